"""Slide a kernel over a picture

A 2×2 kernel on a 4×4 input: nine places, one output each (J7).
"""

from matplotlib.figure import Figure

from cnnlib import draw
from cnnlib.examples import two_d
from cnnlib.geometry import Window

ALT = (
    "A 2 by 2 kernel lies on the patch of the input that begins at row 1, column 1; its four "
    "products add up to output 1,1. The kernel has nine places on the 4 by 4 input, so the output "
    "is 3 by 3."
)
PLACE = (1, 1)


def figure() -> Figure:
    """Input, kernel and output side by side, the patch lit and its weights on it."""
    used = Window(two_d.w.shape).receptive_field(PLACE, two_d.o.shape)
    ax = draw.canvas(height=348)
    o = draw.grid(two_d.o, "input", ax=ax, at=(70, 66), lit=used)
    w = draw.grid(two_d.w, "kernel", ax=ax, at=(356, 118), lit=[(0, 0), (0, 1), (1, 0), (1, 1)])
    x = draw.grid(two_d.x, "output", ax=ax, at=(540, 92), lit=[PLACE], picked=PLACE)
    for grid in (o, w, x):
        draw.caption(grid, ax=ax)
        draw.ruler(grid, ax=ax)
    draw.badges(
        o, {p: f"×{draw.number(v)}" for p, v in zip(used, two_d.w.flat, strict=True)}, ax=ax
    )
    draw.joined(o, used, x, PLACE, ax=ax)
    middle = o.at[1] + o.height / 2
    draw.label(r"$\otimes$", (312, middle), ax=ax, size=26, align="center")
    draw.label("=", (492, middle), ax=ax, size=22, align="center")
    pairs = zip(two_d.w.flat, (two_d.o[p] for p in used), strict=True)
    terms = [[(weight, "kernel"), (value, "input")] for weight, value in pairs]
    head = f"$x_{{{PLACE[0]},{PLACE[1]}}}$"
    parts = draw.sum_parts(head, "output", terms, two_d.x[PLACE])
    draw.formula(parts, (16, 292), ax=ax, width=728, reading="forward")
    return ax.figure
