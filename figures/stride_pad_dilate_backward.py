"""Stride, padding, dilation: the way back

The input gradient gathered from delta: zeros put in for stride, cropped for padding, a spread
kernel for dilation; only the taps change.
"""

import numpy as np
from matplotlib.figure import Figure

from cnnlib import draw, ops
from cnnlib.examples import one_d

ALT = (
    "Three bands. Stride 2: a zero stands between the two deltas, and the last input, never read, "
    "gets gradient 0. Padding 1: the two outer gradients belong to the padding and are cropped. "
    "Dilation 2: the turned kernel is spread, with a gap between its weights."
)
DELTA = {"stride": [1, -2], "padding": [1, -2, 0, 3, 2, -1], "dilation": [1, -2]}
Extended = tuple[np.ndarray, np.ndarray]
CELL = 36
PITCH, LEFT = CELL + draw.GAP, 276


def d_o(name: str, **moves: int) -> np.ndarray:
    """The gradient at six inputs."""
    delta = np.array(DELTA[name], dtype=float)[None, None]
    return ops.conv_input_gradient(delta, one_d.w[None, None], (1, 1, 6), **moves)[0, 0]


def extended(delta: list[int], between: int, around: tuple[int, int]) -> Extended:
    """Delta with zeros put in between and around, and where they are."""
    spread = np.zeros((between + 1) * (len(delta) - 1) + 1)
    spread[:: between + 1] = delta
    where = np.ones(len(spread), dtype=bool)
    where[:: between + 1] = False
    return np.pad(spread, around), np.pad(where, around, constant_values=True)


def figure() -> Figure:
    """Three bands with one rule."""
    ax = draw.canvas(height=660)
    stride(ax, 24)
    padding(ax, 236)
    dilation(ax, 448)
    for y in (228, 440):
        draw.line([(16, y), (744, y)], ax=ax, width=1, colour=draw.mixed(draw.INK, 0.16))
    return ax.figure


def ribbon(ax, top: float, delta: Extended, kernel_at: tuple[int, int], result) -> draw.Grid:
    """Delta with zeros, the turned kernel at a place, the gradient; each under the other."""
    values, zeros = delta
    start, step = kernel_at
    used = [start + step * a for a in range(3)]
    d = draw.grid(values, "delta", ax=ax, at=(LEFT, top + 16), cell=CELL, lit=used, zeros=zeros)
    turned = ops.rotate_180(one_d.w)
    at = (LEFT + start * PITCH, top + 70)
    w = draw.grid(turned, "kernel", ax=ax, at=at, cell=CELL, spread=step, lit=range(3))
    at = (LEFT, top + 136)
    g = draw.grid(result, "gradient", ax=ax, at=at, cell=CELL, lit=[start], picked=start)
    for i, a in zip(used, range(3), strict=True):
        draw.line([d.bottom(i), w.top(a)], ax=ax)
        draw.curve(w.bottom(a), g.top(start), ax=ax)
    beside = (w.at[0] + w.width + 12, w.centre(0)[1])
    draw.label(r"$\mathrm{rot180}(w)$", beside, ax=ax, size=18).set_color(draw.INK)
    for symbol, row in ((r"$\delta$", d), (r"$\partial E/\partial o$", g)):
        place = (LEFT - 14, row.centre(0)[1])
        draw.label(symbol, place, ax=ax, size=20, align="right").set_color(draw.INK)
    return g


def notes(ax, top: float, name: str, lines: list[str]) -> None:
    """What the band shows, at its left."""
    draw.title(name, ax=ax, at=(24, top + 22))
    for n, text in enumerate(lines):
        draw.label(text, (24, top + 48 + 20 * n), ax=ax)


def stride(ax, top: float) -> None:
    """Stride 2: zeros between; the row never read gets zero."""
    gradient = d_o("stride", stride=2)
    delta = extended(DELTA["stride"], 1, (2, 3))
    g = ribbon(ax, top, delta, (2, 1), gradient)
    lines = ["stride − 1 zeros between", "the deltas; the last input", "was never read: 0"]
    notes(ax, top, "stride 2", lines)
    draw.label("never read", (g.centre(5)[0] + 28, g.centre(5)[1]), ax=ax)


def padding(ax, top: float) -> None:
    """Padding 1: the gradient of the padding is cropped."""
    whole = ops.convolve(np.array(DELTA["padding"], dtype=float), one_d.w, mode="full")
    delta = extended(DELTA["padding"], 0, (2, 2))
    lines = ["as without padding, then", "the outer ones, gradients", "of zeros, are cropped"]
    notes(ax, top, "padding 1", lines)
    g = ribbon(ax, top, delta, (3, 1), whole)
    for end in (0, len(whole) - 1):
        crop(ax, g, end)


def crop(ax, g: draw.Grid, index: int) -> None:
    """A cell that is thrown away."""
    x, y = g.corner(index)
    draw.line([(x + 4, y + 4), (x + CELL - 4, y + CELL - 4)], ax=ax, colour=draw.INK).set_zorder(7)
    draw.line([(x + CELL - 4, y + 4), (x + 4, y + CELL - 4)], ax=ax, colour=draw.INK).set_zorder(7)


def dilation(ax, top: float) -> None:
    """Dilation 2: the kernel is spread on the way back as well."""
    gradient = d_o("dilation", dilation=2)
    delta = extended(DELTA["dilation"], 0, (4, 4))
    ribbon(ax, top, delta, (1, 2), gradient)
    notes(ax, top, "dilation 2", ["the turned kernel keeps", "its gaps"])
