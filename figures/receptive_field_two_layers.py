"""Two layers see further than one

Paths from nine inputs through four hidden values to one output of two stacked 2×2 layers.
"""

import numpy as np
from matplotlib.figure import Figure

from cnnlib import draw
from cnnlib.geometry import Window

ALT = (
    "Two stacked 2 by 2 layers on a 4 by 4 input. One output of the second layer uses four values "
    "of the first; these use nine inputs, along 1 2 1, 2 4 2, 1 2 1 paths: sixteen in all."
)
OUTPUT = (0, 1)
WINDOW = Window((2, 2))
SHAPES = [(4, 4), (3, 3), (2, 2)]


def paths() -> list[np.ndarray]:
    """How many paths lead from each cell to the output: input, first layer, second layer."""
    counts = [np.zeros(SHAPES[2])]
    counts[0][OUTPUT] = 1
    for shape in (SHAPES[1], SHAPES[0]):
        taps = WINDOW.taps(shape)
        below = np.bincount(taps.input, counts[0].flat[taps.output], minlength=np.prod(shape))
        counts.insert(0, below.reshape(shape))
    return counts


def figure() -> Figure:
    """Three grids with the number of paths in each cell, joined where they are used."""
    counts = paths()
    ax = draw.canvas(height=336)
    places, roles = [(60, 64), (344, 90), (580, 116)], ["input", "output", "output"]
    o, first, second = (
        counted(count, role, place, ax)
        for count, role, place in zip(counts, roles, places, strict=True)
    )
    for below, above, count in ((o, first, counts[1]), (first, second, counts[2])):
        for target in np.argwhere(count):
            field = WINDOW.receptive_field(target, below.shape)
            draw.joined(below, field, above, target, ax=ax)
    draw.caption(o, ax=ax, above=26)
    draw.caption(first, ax=ax, symbol="$x^{(1)}$", words="first layer", above=26)
    draw.caption(second, ax=ax, symbol="$x^{(2)}$", words="second layer", above=26)
    note(ax, counts)
    return ax.figure


def counted(count: np.ndarray, role: str, at, ax) -> draw.Grid:
    """Cells with the number of their paths; the others empty."""
    used = np.argwhere(count)
    grid = draw.grid(count, role, ax=ax, at=at, lit=used, blank=True)
    for index in used:
        number = draw.number(count[tuple(index)])
        text = draw.label(number, grid.centre(index), ax=ax, size=16, align="center", bold=True)
        text.set_color(draw.INK)
    if grid.shape == SHAPES[2]:
        draw.ring(grid, OUTPUT, ax=ax)
    return grid


def note(ax, counts) -> None:
    """The sum of it, below."""
    inputs, steps = np.count_nonzero(counts[0]), np.count_nonzero(counts[1])
    text = f"1 output  ←  {steps} values  ←  {inputs} inputs, by {counts[0].sum():.0f} paths"
    strip = draw.box((16, 284), 728, 36, ax=ax, radius=8)
    strip.set(facecolor=draw.mixed(draw.INK, 0.05), linewidth=0)
    draw.label(text, (380, 302), ax=ax, size=15, align="center").set_color(draw.INK)
