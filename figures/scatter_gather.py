"""Scatter and gather: the same numbers

Each delta stamps the kernel as it is; each input collects with the kernel turned (J17, J20, J22).
"""

import numpy as np
from matplotlib.figure import Figure

from cnnlib import draw, ops
from cnnlib.examples import two_d
from cnnlib.geometry import Window

ALT = (
    "Above, scatter: delta 1,0 stamps the kernel, unturned and times delta, onto the four inputs "
    "that output 1,0 used; the stamps of all deltas add up. Below, gather: input 1,1 lays the "
    "turned kernel on its four deltas, zeros around them. Both give the same input gradient."
)
CELL, SOURCE, PIXEL = 34, (1, 0), (1, 1)
WINDOW = Window(two_d.w.shape)


def figure() -> Figure:
    """Two rows with one result."""
    ax = draw.canvas(height=560)
    scatter(ax)
    draw.line([(16, 256), (744, 256)], ax=ax, width=1, colour=draw.mixed(draw.INK, 0.16))
    gather(ax)
    return ax.figure


def scatter(ax) -> None:
    """One delta, the kernel, its stamp, and the sum of all stamps."""
    heading(ax, "scatter", "each delta stamps w as it is; stamps add up", 28)
    field = WINDOW.receptive_field(SOURCE, two_d.o.shape)
    stamp = np.zeros(two_d.o.shape)
    stamp[tuple(np.transpose(field))] = two_d.delta[SOURCE] * two_d.w.reshape(-1)
    delta = draw.grid(
        two_d.delta, "delta", ax=ax, at=(64, 102), cell=CELL, lit=[SOURCE], picked=SOURCE
    )
    w = draw.grid(two_d.w, "kernel", ax=ax, at=(232, 121), cell=CELL, lit=np.ndindex(2, 2))
    one = draw.grid(
        stamp, "gradient", ax=ax, at=(366, 83), cell=CELL, lit=field, zeros=stamp_free(field)
    )
    all_stamps = draw.grid(two_d.d_o, "gradient", ax=ax, at=(576, 83), cell=CELL, lit=[PIXEL])
    signs(ax, 157, {204: "×", 336: "=", 546: "…"})
    draw.caption(delta, ax=ax, words="", above=22)
    draw.caption(w, ax=ax, words="", above=22)
    draw.caption(one, ax=ax, symbol="", words="one stamp", above=14)
    draw.caption(all_stamps, ax=ax, symbol=r"$\partial E/\partial o$", words="all stamps", above=22)
    draw.ring(all_stamps, PIXEL, ax=ax)


def stamp_free(field) -> np.ndarray:
    """Cells that the stamp leaves alone."""
    free = np.ones(two_d.o.shape, dtype=bool)
    free[tuple(np.transpose(field))] = False
    return free


def gather(ax) -> None:
    """The zero-extended delta, the turned kernel on it, and the same gradient."""
    heading(ax, "gather", "each input lays the turned w on the deltas; zeros beyond the map", 284)
    padded = np.pad(two_d.delta, 1)
    around = np.pad(np.zeros(two_d.delta.shape, dtype=bool), 1, constant_values=True)
    turned = ops.rotate_180(two_d.w)
    window = [(PIXEL[0] + a, PIXEL[1] + b) for a, b in np.ndindex(2, 2)]
    delta = draw.grid(padded, "delta", ax=ax, at=(64, 346), cell=CELL, lit=window, zeros=around)
    w = draw.grid(turned, "kernel", ax=ax, at=(336, 402), cell=CELL, lit=np.ndindex(2, 2))
    texts = (f"×{draw.number(weight)}" for weight in turned.flat)
    draw.badges(delta, dict(zip(window, texts, strict=True)), ax=ax)
    d_o = draw.grid(
        two_d.d_o, "gradient", ax=ax, at=(576, 364), cell=CELL, lit=[PIXEL], picked=PIXEL
    )
    signs(ax, 438, {294: r"$\otimes$", 480: "="})
    draw.caption(delta, ax=ax, words="", above=22)
    draw.caption(w, ax=ax, symbol=r"$\mathrm{rot180}(w)$", words="", above=22)
    draw.caption(d_o, ax=ax, symbol=r"$\partial E/\partial o$", words="", above=22)


def heading(ax, name: str, words: str, y: float) -> None:
    """What the row does."""
    draw.title(name, ax=ax, at=(24, y))
    draw.label(words, (24 + draw.text_width(name, 15, bold=True) + 14, y), ax=ax)


def signs(ax, y: float, at: dict[float, str]) -> None:
    """Operators between the grids."""
    for x, sign in at.items():
        draw.label(sign, (x, y), ax=ax, size=22, align="center")
