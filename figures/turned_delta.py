"""Delta, turned or not

The weight gradient is o ⊗ δ; a true convolution needs δ turned to say the same (J14).
"""

import numpy as np
from matplotlib.figure import Figure

from cnnlib import draw, ops
from cnnlib.examples import two_d

ALT = (
    "Above, the input cross-correlated with delta as it stands gives the weight gradient. Below, "
    "the input convolved with delta turned by 180 degrees gives the same four numbers: true "
    "convolution turns it back."
)
CELL = 36


def figure() -> Figure:
    """Two rows with one result."""
    ax = draw.canvas(height=480)
    turned = ops.rotate_180(two_d.delta)
    gradient = ops.cross_correlate(two_d.o, two_d.delta)
    row(ax, 52, two_d.delta, gradient, signs=(r"$\otimes$", r"$\delta$"))
    gradient = ops.convolve(two_d.o, turned)
    row(ax, 284, turned, gradient, signs=("$*$", r"$\mathrm{rot180}(\delta)$"))
    draw.arrow((404, 188), (404, 264), ax=ax, width=2)
    draw.label("turn by 180°", (416, 226), ax=ax)
    draw.label("cross-correlation: as it stands", (124, 224), ax=ax)
    draw.label("true convolution: turns its second factor", (124, 456), ax=ax)
    return ax.figure


def row(ax, top: float, delta: np.ndarray, result: np.ndarray, *, signs) -> None:
    """o, sign, delta = the gradient."""
    sign, symbol = signs
    o = draw.grid(two_d.o, "input", ax=ax, at=(124, top), cell=CELL)
    middle = top + o.height / 2
    d = draw.grid(delta, "delta", ax=ax, at=(346, top + 20), cell=CELL, lit=lit_in(delta))
    g = draw.grid(result, "gradient", ax=ax, at=(574, top + 40), cell=CELL, lit=np.argwhere(result))
    draw.label("$o$", (84, middle), ax=ax, size=22, align="center").set_color(draw.INK)
    draw.label(sign, (310, middle), ax=ax, size=26, align="center")
    draw.label("=", (516, middle), ax=ax, size=22, align="center")
    draw.caption(d, ax=ax, symbol=symbol, words="", above=22)
    draw.caption(g, ax=ax, words="", above=22)


def lit_in(delta: np.ndarray) -> list[tuple[int, int]]:
    """The corner that was first, to see the turn."""
    return [(0, 0)] if (delta == two_d.delta).all() else [(2, 2)]
