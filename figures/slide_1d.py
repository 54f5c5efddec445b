"""Slide a kernel along a signal

The kernel at its second place: three products, one output (S1).
"""

import numpy as np
from matplotlib.figure import Figure

from cnnlib import draw
from cnnlib.examples import one_d
from cnnlib.geometry import Window

ALT = "The kernel stands under inputs 1, 2 and 3; its three products add up to output 1."
PLACE = 1
LEFT, PITCH = 260, draw.CELL + draw.GAP


def figure(place: int = PLACE, known: int = one_d.x.size) -> Figure:
    """Input, kernel, products and output under one another; the first so many outputs known."""
    used = Window(one_d.w.shape).receptive_field(place, one_d.o.shape)
    outputs = np.where(np.arange(one_d.x.size) < known, one_d.x, np.nan)
    ax = draw.canvas(height=348)
    o = draw.grid(one_d.o, "input", ax=ax, at=(LEFT, 36), lit=used)
    w = draw.grid(one_d.w, "kernel", ax=ax, at=(LEFT + place * PITCH, 104), lit=range(3))
    x = draw.grid(outputs, "output", ax=ax, at=(LEFT, 212), lit=[place], picked=place)
    for grid in (o, w, x):
        draw.caption(grid, ax=ax, beside=LEFT - 100)
    draw.ruler(o, ax=ax)
    draw.ruler(x, ax=ax, below=True)
    pairs = list(zip(one_d.w, (one_d.o[p] for p in used), strict=True))
    ends = ([o.bottom(p) for p in used], [w.bottom(a) for a in range(3)], x.top(place))
    draw.gather(*ends, [weight * value for weight, value in pairs], ax=ax)
    terms = [[(weight, "kernel"), (value, "input")] for weight, value in pairs]
    parts = draw.sum_parts(f"$x_{place}$", "output", terms, one_d.x[place])
    draw.formula(parts, (16, 292), ax=ax, width=728, reading="forward")
    return ax.figure
