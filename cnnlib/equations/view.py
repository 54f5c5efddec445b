"""Derivations and cards as HTML with <details> only: no script, no kernel; in print all is open."""

from html import escape
from typing import TYPE_CHECKING

from cnnlib.equations.mathml import mathml
from cnnlib.equations.style import STYLE

if TYPE_CHECKING:
    from cnnlib.equations.steps import Derivation, Step


def styled(kind: str, body: str) -> str:
    """A block with the style sheet that it needs."""
    return f'<div class="cnn-equations {kind}"><style>{STYLE}</style>{body}</div>'


def fold(kind: str, summary: str, body: str, opened: bool = False) -> str:
    """One fold that opens by click, by tap and by key."""
    state = " open" if opened else ""
    return f'<details class="{kind}"{state}><summary>{summary}</summary>{body}</details>'


def derivation_html(derivation: "Derivation", every_line: bool = False) -> str:
    """A derivation whose next line, reason and numbers are each one click away.

    Parameters
    ----------
    derivation : Derivation
        The derivation.
    every_line : bool
        Whether all lines stand open from the start.
    """
    steps = derivation.steps
    example = derivation.plan.example()
    total = (
        f'<div class="cnn-result"><p>Every element, on {escape(example.words)}:</p>'
        f"{_math(derivation.result())}</div>"
    )
    body = total
    for number, step in reversed(list(enumerate(steps, start=1))):
        shown = _line(step, number, len(steps)) + body
        body = shown if number == 1 else fold("cnn-next", _next(number, len(steps)), shown, every_line)
    ids = ", ".join(derivation.plan.ids)
    head = f'<p class="cnn-head"><b>{escape(derivation.title)}</b> <span>{ids}</span></p>'
    return styled("cnn-derivation", head + body)


def _next(number: int, count: int) -> str:
    more = f'<span class="cnn-more">Next line</span><span class="cnn-less">Hide from here</span>'
    return f'{more} <span class="cnn-count">{number} of {count}</span>'


def _line(step: "Step", number: int, count: int) -> str:
    tag = f'<span class="cnn-tag">({step.id})</span>' if step.id else ""
    going_on = " cnn-on" if step.latex.startswith("=") else ""
    why = fold("cnn-why", "Why?", f"<p>{escape(step.reason)}</p>")
    numbers = fold("cnn-numbers", "Show the numbers", _math(step.numbers))
    return (
        f'<div class="cnn-line{going_on}"><div class="cnn-row">{_math(step.latex)}{tag}</div>'
        f'<div class="cnn-asides">{why}{numbers}</div></div>'
    )


def _math(latex: str) -> str:
    """A formula that scrolls by itself where the page is too narrow."""
    return f'<div class="cnn-math" tabindex="0">{mathml(latex)}</div>'
