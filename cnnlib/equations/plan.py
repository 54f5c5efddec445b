"""What a derivation is made of."""

from collections.abc import Callable
from dataclasses import dataclass

from cnnlib.equations.numbers import Example
from cnnlib.equations.records import Setting


@dataclass(frozen=True)
class Line:
    """One line of a derivation.

    Attributes
    ----------
    latex : str
        The line; it may begin with ``=``.
    reason : str
        Why it is equal to the line before.
    id : str
        The equation of the sources that it is, if it is one.
    """

    latex: str
    reason: str
    id: str = ""


@dataclass(frozen=True)
class Plan:
    """What a derivation is made of.

    Attributes
    ----------
    title, ids
        Its heading, and the equations of the sources that it passes through.
    lines : tuple of Line
        In order.
    setting, every, extended
        As in `records.Equation`: where and for which indices the lines are proved equal.
    example : callable
        The running example.
    at : dict
        The element whose numbers are shown.
    """

    title: str
    ids: tuple[str, ...]
    lines: tuple[Line, ...]
    setting: Setting
    every: dict[str, str]
    example: Callable[[], Example]
    at: dict[str, int]
    extended: str | None = None
