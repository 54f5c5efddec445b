"""Region Q follows the pixel

Every pixel of a 5×6 input in reading order, and the outputs that use it, clipped at the border.
"""

from collections.abc import Iterator

import numpy as np
from matplotlib.figure import Figure

from cnnlib import draw
from cnnlib.examples import tall
from cnnlib.geometry import Window

WINDOW = Window(tall.w.shape)
ALT = (
    "Animation: a pixel walks over a 5 by 6 input. In the 4 by 4 output its region Q follows, with "
    "the weight each output uses: one output in the corners, up to six in the interior."
)
CELL = 42


def frames() -> Iterator[tuple[Figure, int]]:
    """One frame per pixel."""
    pixels = list(np.ndindex(tall.o.shape))
    for pixel in pixels:
        yield frame(pixel), 3000 if pixel == pixels[-1] else 600


def frame(pixel: tuple[int, int]) -> Figure:
    """The pixel in the input, its region Q in the output."""
    region = WINDOW.region_q(pixel, tall.o.shape)
    ax = draw.canvas(height=330)
    o = draw.grid(tall.o, "input", ax=ax, at=(48, 70), cell=CELL, lit=[pixel], picked=pixel)
    x = draw.grid(tall.x, "output", ax=ax, at=(448, 93), cell=CELL, lit=region, blank=True)
    for grid in (o, x):
        draw.ruler(grid, ax=ax)
        draw.caption(grid, ax=ax)
    for i in region:
        weight = tall.w[tuple(np.subtract(pixel, i))]
        at = (x.corner(i)[0] + 7, x.corner(i)[1] + 7)
        draw.grid([weight], "kernel", ax=ax, at=at, cell=CELL - 14, lit=[0])
    draw.label(f"|Q| = {len(region)}", (648, 185), ax=ax, size=20).set_color(draw.INK)
    return ax.figure
