"""Max, average and L2 pooling, forward and back

Windows of 2×2 without overlap: how each pool routes the gradient back (P1, P2, P3).
"""

from typing import NamedTuple

import numpy as np
from matplotlib.figure import Figure

from cnnlib import draw, ops

ALT = (
    "A 4 by 4 input pooled to 2 by 2 in three ways, and a gradient sent back. Max: all of it goes "
    "to the winner of each window. Average: a quarter goes to each of the four. L2: each gets its "
    "share in proportion to its own value divided by the pooled one."
)
INPUT = np.array([[3.0, 4, 1, 2], [0, 0, 2, 4], [2, 4, 1, 5], [1, 2, 3, 1]])[None, None]
D_Y = np.array([[20.0, -10], [10, 12]])[None, None]
CELL, SIZE = 40, 2
LEFTS = {"o": 124, "y": 326, "d_y": 446, "d_o": 568}


class Pool(NamedTuple):
    """One way to pool, on the example."""

    name: str
    words: str
    y: np.ndarray
    d_o: np.ndarray


def pools() -> list[Pool]:
    """The three, computed."""
    y, winner = ops.max_pool(INPUT, SIZE)
    shares = ops.avg_pool_backward(D_Y, INPUT.shape, SIZE)
    proportions = ops.l2_pool_backward(D_Y, INPUT, SIZE)
    return [
        Pool("max", "to the winner", y, ops.max_pool_backward(D_Y, winner, INPUT.shape)),
        Pool("average", "a quarter\neach", ops.avg_pool(INPUT, SIZE), shares),
        Pool("L2", "in proportion\nto o / y", ops.l2_pool(INPUT, SIZE), proportions),
    ]


def figure() -> Figure:
    """One row per pool: input, pooled; gradient above, routed back."""
    ax = draw.canvas(height=692)
    for n, pool in enumerate(pools()):
        band(ax, pool, 44 + 212 * n)
    for x, role, symbol in (
        (LEFTS["o"], "input", "$o$"),
        (LEFTS["y"], "output", "$y$"),
        (LEFTS["d_y"], "delta", r"$\partial E/\partial y$"),
        (LEFTS["d_o"], "gradient", r"$\partial E/\partial o$"),
    ):
        draw.name(draw.ROLES[role]._replace(symbol=symbol, words=""), (x, 22), ax=ax)
    return ax.figure


def band(ax, pool: Pool, top: float) -> None:
    """Forward at the left, backward at the right; what each window took part in is lit."""
    used = np.argwhere(pool.d_o[0, 0])
    o = draw.grid(INPUT[0, 0], "input", ax=ax, at=(LEFTS["o"], top + 8), cell=CELL, lit=used)
    y = draw.grid(pool.y[0, 0], "output", ax=ax, at=(LEFTS["y"], top + 52), cell=CELL)
    d_y = draw.grid(D_Y[0, 0], "delta", ax=ax, at=(LEFTS["d_y"], top + 52), cell=CELL)
    d_o = draw.grid(
        pool.d_o[0, 0], "gradient", ax=ax, at=(LEFTS["d_o"], top + 8), cell=CELL, lit=used
    )
    for whole in (o, d_o):
        windows(ax, whole)
    middle = top + 94
    draw.arrow((o.at[0] + o.width + 12, middle), (y.at[0] - 10, middle), ax=ax)
    draw.arrow((d_y.at[0] + d_y.width + 10, middle), (d_o.at[0] - 12, middle), ax=ax)
    draw.label(pool.name, (24, middle - 10), ax=ax, size=15, bold=True).set_color(draw.INK)
    for n, words in enumerate(pool.words.split("\n")):
        draw.label(words, (24, middle + 12 + 18 * n), ax=ax)


def windows(ax, whole: draw.Grid) -> None:
    """The cross between the four windows."""
    x, y = (at + 2 * CELL + 1.5 * draw.GAP for at in whole.at)
    draw.line([(x, whole.at[1] - 4), (x, whole.at[1] + whole.height + 4)], ax=ax, colour=draw.INK)
    draw.line([(whole.at[0] - 4, y), (whole.at[0] + whole.width + 4, y)], ax=ax, colour=draw.INK)
