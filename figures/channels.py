"""Three channels in, two filters out

Six small convolutions: forward sums over channels, backward over filters (J4).
"""

import numpy as np
from matplotlib.figure import Figure

from cnnlib import draw

ALT = (
    "Three input maps are joined to two output maps by six small kernels, one per pair. Forward, "
    "each output map adds up over the three channels; backward, each channel's gradient adds up "
    "over the two filters."
)
CHANNELS, FILTERS = 3, 2
MAP, KERNEL = 18, 15


def figure() -> Figure:
    """Maps at left and right, a kernel on each line between them."""
    ax = draw.canvas(height=484)
    inputs = [stack(ax, "input", (70, 40 + 140 * c), 4, rf"$o_{c}$") for c in range(CHANNELS)]
    outputs = [stack(ax, "output", (600, 106 + 172 * d), 3, rf"$x_{d}$") for d in range(FILTERS)]
    for d, x in enumerate(outputs):
        for c, o in enumerate(inputs):
            join(ax, o, x, (c, d))
    draw.label("forward: sum over channels", (548, 440), ax=ax).set_color(draw.INK)
    draw.arrow((548, 460), (724, 460), ax=ax, width=2)
    draw.label("backward: sum over filters", (36, 440), ax=ax).set_color(draw.INK)
    draw.arrow((200, 460), (36, 460), ax=ax, width=2)
    return ax.figure


def stack(ax, role: str, at: tuple[float, float], side: int, symbol: str) -> draw.Grid:
    """A map without numbers, and its name outside."""
    whole = draw.grid(np.zeros((side, side)), role, ax=ax, at=at, cell=MAP, blank=True)
    forward = role == "output"
    x = at[0] + whole.width + 14 if forward else at[0] - 14
    middle = (x, at[1] + whole.height / 2)
    name = draw.label(symbol, middle, ax=ax, size=22, align="left" if forward else "right")
    name.set_color(draw.INK)
    return whole


def join(ax, o: draw.Grid, x: draw.Grid, pair: tuple[int, int]) -> None:
    """A line from a channel to a filter's map, with their kernel on it."""
    start = np.array([o.at[0] + o.width + 8, o.at[1] + o.height / 2])
    end = np.array([x.at[0] - 8, x.at[1] + x.height / 2])
    draw.arrow(tuple(start), tuple(end), ax=ax)
    c, d = pair
    middle = start + 0.28 * (end - start)
    size = 2 * KERNEL + draw.GAP
    corner = tuple(middle - size / 2)
    ground = draw.box((corner[0] - 4, corner[1] - 4), size + 44, size + 8, ax=ax, radius=6)
    ground.set(facecolor="white", linewidth=0, zorder=4.5)
    w = draw.grid(np.zeros((2, 2)), "kernel", ax=ax, at=corner, cell=KERNEL, blank=True)
    for cell in w.cells.values():
        cell.set_zorder(5)
    beside = (corner[0] + size + 8, middle[1])
    draw.label(f"$w_{{{d},{c}}}$", beside, ax=ax, size=18).set_color(draw.INK)
