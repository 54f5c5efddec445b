"""One equation as a card: as printed, as it holds, why, what is proved, where the printed form fails."""

from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np

from cnnlib.equations.mathml import mathml
from cnnlib.equations.numbers import matrix
from cnnlib.equations.table import verdict
from cnnlib.equations.view import fold, styled

if TYPE_CHECKING:
    from cnnlib.equations.records import Equation
    from cnnlib.equations.search import Counterexample

_LETTERS = {"delta": r"\delta", "g": r"\frac{\partial E}{\partial y}"}


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
        ("As printed", mathml(record.printed) if record.printed else "The source gives none."),
        ("Verdict", f"{verdict(record)} {escape(record.why)}"),
        ("As it holds", mathml(record.correct)),
    ]
    body = "".join(f"<dt>{name}</dt><dd>{text}</dd>" for name, text in rows)
    proof = "Proved by machine." if record.prove() else "NOT PROVED."
    folds = fold("cnn-why", "What is proved?", f"<p>{proof} {escape(record.covers)}</p>")
    for found in record.counterexamples():
        folds += fold("cnn-numbers", "Counterexample", _counterexample(found))
    hiding = record.hidden_by()
    if hiding:
        folds += fold("cnn-why", "Why you might not have noticed", _hiding(hiding))
    return styled("cnn-card", f'{head}<dl>{body}</dl><div class="cnn-asides">{folds}</div>')


def _counterexample(found: "Counterexample") -> str:
    arrays = [f"{_LETTERS.get(name, name)} = {_array(a)}" for name, a in found.arrays.items()]
    given = r",\quad ".join(arrays)
    results = (
        rf"\text{{as read: }} {_array(found.wrong)} \qquad \text{{right: }} {_array(found.right)}"
    )
    parts = [given, found.formula, results]
    shown = "".join(f'<div class="cnn-math">{mathml(part)}</div>' for part in parts if part)
    return f"<p>Reading: {escape(found.reading)}.</p>{shown}"


def _hiding(arrays: list[Any]) -> str:
    shown = r",\quad ".join(map(_array, arrays[:6]))
    return (
        "<p>With these, among others, the fault cannot be seen, whatever the other numbers are: "
        f'they look the same turned by 180°.</p><div class="cnn-math">{mathml(shown)}</div>'
    )


def _array(array: Any) -> str:
    """A matrix; further axes are left out where they have one cell."""
    array = np.asarray(array)
    return matrix(np.squeeze(array) if array.ndim > 2 else array)
