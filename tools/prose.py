"""Numbers in prose: `{{ numbers(one_d.x) }}` in markdown is computed when notebooks are made.

So no number of a running example is typed by hand, and none can go stale: the notebooks' freshness
test computes every one again.
"""

import re
from typing import Any

import numpy as np

import cnnlib
from cnnlib import data, equations, examples, geometry, ops
from cnnlib.lessons import LESSONS

MINUS = "\u2212"
EXAMPLES = ("one_d", "two_d", "tall", "stacked", "one_by_one", "chained")
GAP = re.compile(r"\{\{(.+?)\}\}", re.DOTALL)


def number(value: Any, places: int = 2) -> str:
    """One number as the widgets write it: a true minus, at most two places."""
    text = f"{float(value):.{places}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace("-0", "0", 1) if text == "-0" else text.replace("-", MINUS)


def count(value: int, comma: str = ",") -> str:
    """How many, as the widgets write it: 103,680. In a formula the comma is {,}."""
    return f"{value:,}".replace(",", comma)


def numbers(values: Any, places: int = 2) -> str:
    """An array as the lessons write it: [1 2 0], rows in brackets of their own."""
    array = np.asarray(values)
    if array.ndim == 0:
        return number(array, places)
    apart = " " if array.ndim == 1 else ""
    return "[" + apart.join(numbers(part, places) for part in array) + "]"


def matrix(values: Any, places: int = 2) -> str:
    """An array with two axes as LaTeX."""
    rows = (" & ".join(number(v, places).replace(MINUS, "-") for v in row) for row in values)
    return r"\begin{bmatrix} " + r" \\ ".join(rows) + r" \end{bmatrix}"


def lesson(number: int) -> str:
    """A link to a lesson, or its title where it is planned; read again when notebooks are made."""
    chosen = LESSONS[number]
    title = f"lesson {chosen.number:02d}"
    return f"[{title}]({chosen.stem}.ipynb)" if chosen.ready else f"{title}, {chosen.title.lower()}"


def verdicts(kind: str) -> str:
    """How many statements of the two sources have this verdict; readers' questions left out."""
    return str(sum(r.verdict == kind and r.id[0] != "R" for r in equations.all()))


def filled(text: str) -> str:
    """The text with every {{ expression }} computed.

    Raises
    ------
    ValueError
        An expression fails; the message quotes it.
    """
    return GAP.sub(lambda gap: _computed(gap[1].strip()), text)


def _computed(expression: str) -> str:
    try:
        value = eval(expression, dict(_names()))  # our own sources, while notebooks are made
    except Exception as error:
        raise ValueError(f"in prose, {{{{ {expression} }}}}: {error}") from error
    return value if isinstance(value, str) else numbers(value)


def _names() -> dict[str, Any]:
    shown = {"np": np, "cnnlib": cnnlib, "data": data, "geometry": geometry, "ops": ops}
    running = {name: getattr(examples, name) for name in EXAMPLES}
    words = {"number": number, "count": count, "numbers": numbers, "matrix": matrix}
    return {**shown, **running, **words, "lesson": lesson, "verdicts": verdicts}
