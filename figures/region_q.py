"""Region Q: interior, edge, corner

Which outputs use an input, and with which weight, in a 5×6 input under a 2×3 kernel (J16, J17).
"""

import numpy as np
from matplotlib.figure import Figure

from cnnlib import draw
from cnnlib.examples import tall
from cnnlib.geometry import Window

WINDOW = Window(tall.w.shape)
PIXELS = {"interior": (2, 3), "edge": (0, 3), "corner": (4, 5)}
SIZES = [len(WINDOW.region_q(pixel, tall.o.shape)) for pixel in PIXELS.values()]
ALT = (
    "Three input pixels and the outputs that use them, their region Q, under a kernel of 2 rows "
    f"and 3 columns: {SIZES[0]} outputs for an interior pixel, with all weights in turned order; "
    f"{SIZES[1]} at the upper edge; {SIZES[2]} in the lower right corner."
)
CELL, PITCH = 26, 30


def figure() -> Figure:
    """One column per pixel: the input above, the output with the weights used below."""
    ax = draw.canvas(height=424)
    for n, (where, pixel) in enumerate(PIXELS.items()):
        column(ax, where, pixel, 60 + 232 * n)
    for role, y in (("input", 112), ("output", 314)):
        draw.name(draw.ROLES[role], (14, y), ax=ax)
    return ax.figure


def column(ax, where: str, pixel: tuple[int, int], left: float) -> None:
    """Input with the pixel, output with region Q and its weights."""
    region = WINDOW.region_q(pixel, tall.o.shape)
    draw.label(where, (left, 26), ax=ax, size=15, bold=True).set_color(draw.INK)
    count = f"|Q| = {len(region)}"
    draw.label(count, (left + 6 * PITCH - 4, 26), ax=ax, size=15, align="right").set_color(draw.INK)
    o = draw.grid(tall.o, "input", ax=ax, at=(left, 48), cell=CELL, lit=[pixel], picked=pixel)
    corner = (left + 14, 252)
    x = draw.grid(tall.x, "output", ax=ax, at=corner, cell=34, lit=region, blank=True)
    for i in region:
        weight = tall.w[tuple(np.subtract(pixel, i))]
        at = (x.corner(i)[0] + 6, x.corner(i)[1] + 6)
        draw.grid([weight], "kernel", ax=ax, at=at, cell=22, lit=[0])
    y, (x_0, x_1) = o.centre(pixel)[1], (x.corner(region[0])[0], x.corner(region[-1])[0] + 34)
    across, top = o.centre(pixel)[0], x.corner(region[0])[1]
    fan = [(across - 13, y + 13), (across + 13, y + 13), (x_1, top), (x_0, top)]
    draw.beam(fan, draw.ROLES["input"].colour, ax=ax, strength=0.25)
