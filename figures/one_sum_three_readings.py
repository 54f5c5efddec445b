"""One sum, three readings

The same triple products, delta times weight times input, sorted by output, by weight, by input.
"""

from typing import NamedTuple

import numpy as np
from matplotlib.figure import Figure

from cnnlib import draw
from cnnlib.examples import one_d
from cnnlib.geometry import Window

TAPS = Window(one_d.w.shape).taps(one_d.o.shape)
ALT = (
    f"{len(TAPS.output)} triple products delta times weight times input, sorted three times. By "
    "output, leaving out delta: the forward pass. By weight, leaving out the weight: the weight "
    "gradient. By input, leaving out the input: the input gradient. Put back, each grouping gives "
    f"the same sum, {draw.number(one_d.T)}."
)
ORDER = ("delta", "kernel", "input")
VALUES = {
    "delta": one_d.delta[TAPS.output],
    "kernel": one_d.w[TAPS.weight],
    "input": one_d.o[TAPS.input],
}
WIDE, HIGH, LEFT = 82, 29, 250


class Reading(NamedTuple):
    """One way to sort the products."""

    by: str
    leave_out: str
    name: str
    equation: str
    group: np.ndarray
    own: np.ndarray
    result: np.ndarray
    role: str
    total: str


READINGS = (
    Reading(
        "by output",
        "delta",
        "forward",
        r"$x_i = \sum\, w_a\, o_p$",
        TAPS.output,
        one_d.delta,
        one_d.x,
        "output",
        r"$\sum\, \delta_i\, x_i$",
    ),
    Reading(
        "by weight",
        "kernel",
        "weight gradient",
        r"$\partial E/\partial w_a = \sum\, \delta_i\, o_p$",
        TAPS.weight,
        one_d.w,
        one_d.d_w,
        "gradient",
        r"$\sum\, w_a\, \partial E/\partial w_a$",
    ),
    Reading(
        "by input",
        "input",
        "input gradient",
        r"$\partial E/\partial o_p = \sum\, \delta_i\, w_a$",
        TAPS.input,
        one_d.o,
        one_d.d_o,
        "gradient",
        r"$\sum\, o_p\, \partial E/\partial o_p$",
    ),
)


def figure() -> Figure:
    """Three bands, one for each reading."""
    heights = [148 + HIGH * int(np.bincount(reading.group).max()) for reading in READINGS]
    ax = draw.canvas(height=64 + sum(heights))
    headline(ax)
    top = 64.0
    for reading, height in zip(READINGS, heights, strict=True):
        draw.line([(16, top), (744, top)], ax=ax, width=1, colour=draw.mixed(draw.INK, 0.16))
        legend(ax, reading, top)
        columns(ax, reading, top, int(np.bincount(reading.group).max()))
        top += height
    return ax.figure


def headline(ax) -> None:
    """The sum of all triple products."""
    draw.title("One sum, three readings", ax=ax, at=(24, 34))
    symbols = [(r"$\delta_i$", "delta"), ("$w_a$", "kernel"), ("$o_p$", "input")]
    parts = [draw.Part(r"$T = \sum$", size=22), draw.Part(" ")]
    for symbol, role in symbols:
        parts += [draw.Part(symbol, role, size=22), draw.Part(" ")]
    words = "over all taps: output i uses weight a on input p"
    draw.row([*parts, draw.Part(words, size=13)], (LEFT, 34), ax=ax)


def legend(ax, reading: Reading, top: float) -> None:
    """At the left: how the products are sorted, what is left out, and what that gives."""
    draw.label(reading.by, (24, top + 32), ax=ax, size=15, bold=True).set_color(draw.INK)
    symbol = draw.Part(draw.ROLES[reading.leave_out].symbol, reading.leave_out, size=20)
    draw.row([draw.Part("leave out ", size=13), symbol], (24, top + 62), ax=ax)
    draw.label(reading.name, (24, top + 102), ax=ax)
    draw.label(reading.equation, (24, top + 128), ax=ax, size=20).set_color(draw.INK)
    total = (reading.own * reading.result).sum()
    parts = [draw.Part(reading.total, size=20), draw.Part(" = ")]
    parts.append(draw.Part(draw.number(total), bold=True))
    draw.label("put back:", (24, top + 172), ax=ax)
    draw.row(parts, (24, top + 198), ax=ax)


def columns(ax, reading: Reading, top: float, most: int) -> None:
    """One column per group: the factor left out, the products, and their sum without it."""
    foot = top + 92 + HIGH * most
    for n, (own, result) in enumerate(zip(reading.own, reading.result, strict=True)):
        x = LEFT + (n + 0.5) * WIDE
        draw.grid([own], reading.leave_out, ax=ax, at=(x - 16, top + 20), cell=32)
        taps = np.flatnonzero(reading.group == n)
        for row, tap in enumerate(taps):
            triple(ax, tap, reading.leave_out, (x, top + 80 + HIGH * row))
        end = top + 62 + HIGH * len(taps)
        draw.line([(x, end), (x, foot - 4)], ax=ax)
        draw.grid([result], reading.role, ax=ax, at=(x - 20, foot), cell=40, lit=[0])


def triple(ax, tap: int, leave_out: str, at: tuple[float, float]) -> None:
    """One product of three numbers, each underlined in its colour; the one left out is pale."""
    pill = draw.box((at[0] - 38, at[1] - 12.5), 76, 25, ax=ax, radius=6)
    pill.set(facecolor=draw.mixed(draw.INK, 0.06), linewidth=0)
    for place, role in zip((-24, 0, 24), ORDER, strict=True):
        out, x = role == leave_out, at[0] + place
        text = draw.number(VALUES[role][tap])
        written = draw.label(text, (x, at[1] - 2), ax=ax, size=14, align="center")
        written.set_color(draw.mixed(draw.INK, 0.35 if out else 1))
        colour = draw.mixed(draw.ROLES[role].colour, 0.35 if out else 1)
        bar = draw.line(
            [(x - 8, at[1] + 8.5), (x + 8, at[1] + 8.5)], ax=ax, colour=colour, width=2.5
        )
        bar.set(zorder=4, solid_capstyle="butt")
