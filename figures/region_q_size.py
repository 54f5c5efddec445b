"""How many outputs use each input

The size of region Q over a 5×6 input under a 2×3 kernel: the map of |Q|.
"""

import numpy as np
from matplotlib.figure import Figure

from cnnlib import draw
from cnnlib.examples import tall
from cnnlib.geometry import Window

TAPS = Window(tall.w.shape).taps(tall.o.shape)
SIZES = np.bincount(TAPS.input, minlength=tall.o.size).reshape(tall.o.shape)
ALT = (
    "A 5 by 6 input with the number of outputs that use each cell, under a kernel of 2 rows and 3 "
    f"columns: {SIZES[0, 0]} in the corners, {SIZES[2, 2]} in the interior, and "
    f"{SIZES[0, 2]} or {SIZES[2, 0]} along the edges."
)


def figure() -> Figure:
    """The map, darker where more outputs use the cell, beside the kernel."""
    ax = draw.canvas(height=344)
    o = draw.grid(SIZES, "input", ax=ax, at=(84, 64))
    for index, cell in o.cells.items():
        share = SIZES[index] / SIZES.max()
        cell.set_facecolor(draw.mixed(draw.ROLES["input"].colour, 0.06 + 0.5 * share))
    draw.ruler(o, ax=ax)
    draw.caption(o, ax=ax, symbol="$|Q|$", words="outputs that use each input")
    w = draw.grid(tall.w, "kernel", ax=ax, at=(490, 64), blank=True)
    draw.caption(w, ax=ax, words="kernel, 2 × 3")
    facts = [
        f"corner: {SIZES[0, 0]}",
        f"upper and lower edge: up to {SIZES[0].max()}",
        f"left and right edge: {SIZES[1:-1, 0].max()}",
        f"interior: up to {SIZES.max()}, one per weight",
    ]
    for n, fact in enumerate(facts):
        draw.label(fact, (490, 212 + 28 * n), ax=ax, size=15).set_color(draw.INK)
    return ax.figure
