"""One equation as a card: printed form, right form, verdict, proof and counterexamples."""

from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np

from cnnlib.equations.mathml import line, lines, mathml
from cnnlib.equations.numbers import matrix
from cnnlib.equations.table import verdict
from cnnlib.equations.view import fold, styled

if TYPE_CHECKING:
    from cnnlib.equations.records import Equation
    from cnnlib.equations.search import Counterexample

_LETTERS = {"delta": r"\delta"}


def card(record: "Equation") -> str:
    """HTML of one record; it needs no script.

    Parameters
    ----------
    record : Equation
        One of `cnnlib.equations.all()`.
    """
    head = (
        f'<p class="cnn-head"><b>{record.id}: {escape(record.title)}</b> '
        f"<span>{escape(record.source)}, {escape(record.where)}</span></p>"
    )
    rows = [
        ("As printed", lines(record.printed) if record.printed else "The source gives none."),
        ("Verdict", f"{verdict(record)} {escape(record.why)}"),
        ("As it holds", lines(record.correct)),
    ]
    body = "".join(f"<dt>{name}</dt><dd>{text}</dd>" for name, text in rows)
    folds = fold("cnn-why", "What is proved?", _proof(record))
    found = record.counterexamples()
    for number, example in enumerate(found, start=1):
        name = f"Counterexample {number}" if len(found) > 1 else "Counterexample"
        folds += fold("cnn-numbers", name, _counterexample(example))
    hiding = record.hidden_by()
    if hiding:
        folds += fold("cnn-why", "Why you might not have noticed", _hiding(hiding))
    return styled("cnn-card", f'{head}<dl>{body}</dl><div class="cnn-asides">{folds}</div>')


def _proof(record: "Equation") -> str:
    """The verdict of the machine, on which LaTeX, for which indices, at which sizes."""
    proved = "Proved by machine" if record.prove() else "NOT PROVED"
    free = ", ".join(
        mathml(f"0 \\le {i} < {end}", display=False) for i, end in record.every.items()
    )
    heading = f"{proved}, for every {free}:" if free else f"{proved}:"
    claims = "".join(lines(claim) for claim in record.claims or (record.correct,))
    return f"<p>{heading}</p>{claims}<p>{escape(record.covers)}</p>"


def _counterexample(found: "Counterexample") -> str:
    arrays = [f"{_LETTERS.get(name, name)} = {_array(a)}" for name, a in found.arrays.items()]
    given = r",\quad ".join(arrays)
    results = (
        rf"\text{{as read: }} {_array(found.wrong)} \qquad \text{{right: }} {_array(found.right)}"
    )
    shown = "".join(line(part) for part in (given, found.formula, results) if part)
    return f"<p>Read so: {escape(found.reading)}. With {escape(found.sizes)}:</p>{shown}"


def _hiding(arrays: list[Any]) -> str:
    turned = all(np.array_equal(a, np.flip(a)) for a in arrays)
    same = ": they look the same turned by 180°" if turned else ""
    shown = line(r",\quad ".join(map(_array, arrays[:6])))
    return (
        f"<p>With these the fault cannot be seen, whatever the other numbers are{same}.</p>{shown}"
    )


def _array(array: Any) -> str:
    """A matrix; further axes are left out where they have one cell."""
    array = np.asarray(array)
    return matrix(np.squeeze(array) if array.ndim > 2 else array)
