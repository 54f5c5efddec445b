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
    return stage(SOURCE, two_d.d_o, PIXEL, two_d.d_o)


def stage(source, stamped: np.ndarray, pixel, gathered: np.ndarray) -> Figure:
    """Both rows at some moment: the delta that stamps, the input that gathers, what is known."""
    ax = draw.canvas(height=540)
    scatter(ax, source, stamped, pixel)
    draw.line([(16, 256), (744, 256)], ax=ax, width=1, colour=draw.mixed(draw.INK, 0.16))
    gather(ax, pixel, gathered)
    return ax.figure


def scatter(ax, source: tuple[int, int], stamped: np.ndarray, pixel) -> None:
    """One delta, the kernel, its stamp, and the sum of the stamps."""
    heading(ax, "scatter", "each delta stamps w as it is; stamps add up", 28)
    field = WINDOW.receptive_field(source, two_d.o.shape)
    stamp, free = np.zeros(two_d.o.shape), np.ones(two_d.o.shape, dtype=bool)
    stamp[tuple(np.transpose(field))] = two_d.delta[source] * two_d.w.reshape(-1)
    free[tuple(np.transpose(field))] = False
    shown = {"ax": ax, "cell": CELL}
    delta = draw.grid(two_d.delta, "delta", at=(64, 102), lit=[source], picked=source, **shown)
    w = draw.grid(two_d.w, "kernel", at=(232, 121), lit=np.ndindex(2, 2), **shown)
    one = draw.grid(stamp, "gradient", at=(366, 83), lit=field, zeros=free, **shown)
    lit = field if pixel is None else [pixel]
    total = draw.grid(stamped, "gradient", at=(576, 83), lit=lit, picked=pixel, **shown)
    signs(ax, 157, {204: "×", 336: "=", 546: "…"})
    draw.caption(delta, ax=ax, words="", above=22)
    draw.caption(w, ax=ax, words="", above=22)
    draw.caption(one, ax=ax, symbol="", words="one stamp", above=14)
    words = "all stamps" if pixel else "stamps so far"
    draw.caption(total, ax=ax, symbol=r"$\partial E/\partial o$", words=words, above=22)


def gather(ax, pixel, gathered: np.ndarray) -> None:
    """The zero-extended delta, the turned kernel on it, and the same gradient."""
    heading(ax, "gather", "each input lays the turned w on the deltas; zeros beyond the map", 284)
    padded = np.pad(two_d.delta, 1)
    around = np.pad(np.zeros(two_d.delta.shape, dtype=bool), 1, constant_values=True)
    turned = ops.rotate_180(two_d.w)
    window = [(pixel[0] + a, pixel[1] + b) for a, b in np.ndindex(2, 2)] if pixel else []
    lit = [pixel] if pixel else []
    shown = {"ax": ax, "cell": CELL}
    delta = draw.grid(padded, "delta", at=(64, 338), lit=window, zeros=around, **shown)
    w = draw.grid(turned, "kernel", at=(336, 394), lit=np.ndindex(2, 2), **shown)
    texts = (f"×{draw.number(weight)}" for weight in turned.flat)
    draw.badges(delta, dict(zip(window, texts, strict=bool(window))), ax=ax)
    d_o = draw.grid(gathered, "gradient", at=(576, 356), lit=lit, picked=pixel, **shown)
    signs(ax, 430, {294: r"$\otimes$", 480: "="})
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
