"""Derivations and cards as HTML with <details> only: no script, no kernel; in print all is open."""

from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from cnnlib.equations.mathml import line, sides

if TYPE_CHECKING:
    from cnnlib.equations.steps import Derivation, Step


def styled(kind: str, body: str) -> str:
    """A block with the style sheet that it needs."""
    return f'<div class="cnn-equations {kind}"><style>{_style()}</style>{body}</div>'


@cache
def _style() -> str:
    return files("cnnlib.equations").joinpath("equations.css").read_text("utf-8")


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
        f'<div class="cnn-result"><p>Every element ({escape(example.words)}):</p>'
        f"{line(derivation.result())}</div>"
    )
    covered = fold("cnn-why", "What is checked?", f"<p>{escape(derivation.covers)}</p>")
    body, count = f'{total}<div class="cnn-asides">{covered}</div>', len(steps)
    for number in range(count, 0, -1):
        shown = _line(steps[number - 1], _left(steps, number - 1)) + body
        later = fold("cnn-next", _next(number, count), shown, every_line)
        body = shown if number == 1 else later
    ids = ", ".join(derivation.plan.ids)
    head = f'<p class="cnn-head"><b>{escape(derivation.title)}</b> <span>{ids}</span></p>'
    return styled("cnn-derivation", head + body)


def _left(steps: list["Step"], at: int) -> str:
    """The left side that a line goes on from, or nothing for a statement of its own."""
    if not steps[at].latex.startswith("="):
        return ""
    return _left(steps, at - 1) or sides(steps[at - 1].latex)[0]


def _next(number: int, count: int) -> str:
    more = '<span class="cnn-more">Next line</span><span class="cnn-less">▴ hide</span>'
    return f'{more} <span class="cnn-count">{number} of {count}</span>'


def _line(step: "Step", left: str) -> str:
    tag = f'<span class="cnn-tag">({step.id})</span>' if step.id else ""
    tag += "" if step.proved else '<b class="cnn-tag">NOT PROVED</b>'
    formula = line(step.latex, left, hidden=True) if left else line(step.latex)
    why = fold("cnn-why", "Why?", f"<p>{escape(step.reason)}</p>")
    numbers = fold("cnn-numbers", "Show the numbers", line(step.numbers))
    return (
        f'<div class="cnn-line"><div class="cnn-row">{formula}{tag}</div>'
        f'<div class="cnn-asides">{why}{numbers}</div></div>'
    )
