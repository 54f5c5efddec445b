"""Sums written out: products as chips, and formula lines with the factors underlined."""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from matplotlib.artist import Artist
from matplotlib.axes import Axes

from cnnlib.draw.canvas import box, curve, label, line
from cnnlib.draw.style import (
    DIGITS,
    FAINT,
    INK,
    MUTED,
    NOTE,
    ROLES,
    Point,
    factor,
    mixed,
    number,
    text_width,
)


class Part(NamedTuple):
    """A piece of a formula line.

    Attributes
    ----------
    text : str
        Plain or mathtext.
    role : str or None
        Underlined in this role's colour.
    bold : bool
    size : float
        Pixels.
    colour : str
    """

    text: str
    role: str | None = None
    bold: bool = False
    size: float = DIGITS
    colour: str = INK


def chip(text: str, at: Point, *, ax: Axes, wide: float = 42, bold: bool = False) -> list[Artist]:
    """A product on its way into a sum: a number on a grey pill.

    Parameters
    ----------
    text : str
        Plain or mathtext.
    at : (float, float)
        Its middle.
    ax : Axes
        In pixels, from `canvas`.
    wide : float
        Pixels; it is 24 high.
    bold : bool

    Returns
    -------
    list of Artist
    """
    x, y = at
    pill = box((x - wide / 2, y - 12), wide, 24, ax=ax, radius=11.9)
    pill.set(facecolor=mixed(INK, 0.09), linewidth=0, zorder=3)
    return [pill, label(text, at, ax=ax, size=14.5, colour=INK, align="center", bold=bold)]


def sum_parts(
    head: str, role: str, products: Iterable[Sequence[tuple[float, str]]], result: float
) -> list[Part]:
    """Head = a·b + c·d + ... = result, each factor with its role.

    Parameters
    ----------
    head : str
        Mathtext.
    role : str
        Of head and result.
    products : iterable of sequences of (value, role)
    result : float

    Returns
    -------
    list of Part

    Raises
    ------
    ValueError
        The products do not add up to the result.
    """
    products = [list(product) for product in products]
    total = sum(math.prod(value for value, _ in product) for product in products)
    if not math.isclose(total, result, abs_tol=1e-9):
        raise ValueError(f"the products add up to {total:g}, not to {result:g}: pass all of them")
    parts = [Part(head, role, size=20), Part(" = ")]
    for n, product in enumerate(products):
        parts += [Part(" + ")] if n else []
        for k, (value, of) in enumerate(product):
            parts += [Part("·")] if k else []
            parts.append(Part(factor(value), of))
    return [*parts, Part(" = "), Part(number(result), role, bold=True)]


def parts_width(parts: Iterable[Part]) -> float:
    """The width of parts in a row.

    Parameters
    ----------
    parts : iterable of Part

    Returns
    -------
    float
        Pixels.
    """
    return sum(text_width(p.text, p.size, bold=p.bold) + _space(p) for p in parts)


def _space(part: Part) -> float:
    """Underlined parts keep a little clear of their neighbours; text_width trims outer blanks."""
    blanks = len(part.text) - len(part.text.strip())
    return 2.0 * (part.role is not None) + 5.0 * blanks


def row(parts: Iterable[Part], at: Point, *, ax: Axes) -> list[Artist]:
    """Parts one after the other.

    Parameters
    ----------
    parts : iterable of Part
    at : (float, float)
        Left end of their middle line.
    ax : Axes
        In pixels, from `canvas`.

    Returns
    -------
    list of Artist
    """
    x, y = at
    drawn: list[Artist] = []
    for part in parts:
        text, wide = part.text.strip(), text_width(part.text.strip(), part.size, bold=part.bold)
        x += _space(part) / 2
        drawn.append(label(text, (x, y), ax=ax, size=part.size, colour=part.colour, bold=part.bold))
        if part.role:
            colour = ROLES[part.role].colour
            bar = line([(x - 0.5, y + 13), (x + wide + 0.5, y + 13)], ax=ax, colour=colour, width=3)
            bar.set(solid_capstyle="butt", zorder=4)
            drawn.append(bar)
        x += wide + _space(part) / 2
    return drawn


def formula(
    parts: Sequence[Part], at: Point, *, ax: Axes, width: float, reading: str | None = None
) -> list[Artist]:
    """A formula line on a grey strip, with the reading it is in a small frame before it.

    Parameters
    ----------
    parts : sequence of Part
    at : (float, float)
        Top left of the strip, which is 40 pixels high.
    ax : Axes
        In pixels, from `canvas`.
    width : float
        Of the strip, pixels.
    reading : str, optional
        "forward", "weight gradient", ...

    Returns
    -------
    list of Artist
    """
    x, y = at
    strip = box((x, y), width, 40, ax=ax, radius=8)
    strip.set(facecolor=mixed(INK, 0.05), linewidth=0, zorder=1)
    start = x + 12
    drawn: list[Artist] = [strip]
    if reading:
        wide = text_width(reading, NOTE) + 16
        frame = box((start, y + 9), wide, 22, ax=ax, radius=10.9)
        frame.set(facecolor="none", edgecolor=FAINT, linewidth=1)
        name = label(reading, (start + wide / 2, y + 20), ax=ax, colour=MUTED, align="center")
        drawn, start = [*drawn, frame, name], start + wide + 10
    return [*drawn, *row(parts, (start, y + 19), ax=ax)]


def gather(
    above: Sequence[Point],
    below: Sequence[Point],
    target: Point,
    products: Sequence[float],
    *,
    ax: Axes,
) -> list[Artist]:
    """Pairs of cells, their products as chips under them, and lines that run into one sum.

    Parameters
    ----------
    above, below : sequence of (float, float)
        Lower edges of the two factors of each product, pixels.
    target : (float, float)
        Upper edge of the cell that gets the sum.
    products : sequence of float
    ax : Axes
        In pixels, from `canvas`.

    Returns
    -------
    list of Artist
    """
    drawn: list[Artist] = []
    middle = target[1] - 34
    for first, second, product in zip(above, below, products, strict=True):
        drawn.append(line([first, (first[0], middle)], ax=ax))
        drawn.append(curve((second[0], middle + 12), target, ax=ax))
        drawn += chip(number(product), (second[0], middle), ax=ax)
    return drawn
