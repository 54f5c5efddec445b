"""The kernel turned by half a turn

Correlation lays the kernel down as it stands; true convolution turns it by 180° first (J2, J3).
"""

import numpy as np
from matplotlib.figure import Figure

from cnnlib import draw, ops
from cnnlib.examples import one_d, tall

ALT = (
    "A kernel of 2 rows and 3 columns beside itself turned by 180 degrees: last row first, each "
    "row backwards; neither mirrored nor transposed. Below, the 1D kernel turned. At the bottom, "
    "two kernels that look the same after the turn and so hide it, and one that does not."
)
HIDING = ([[1, 2], [2, 1]], [[0, 1], [1, 0]], [[1, 2], [2, 5]])
SMALL = 32


def figure() -> Figure:
    """Two kernels and their turns, then three small ones: does the turn show?"""
    ax = draw.canvas(height=500)
    turn(ax, tall.w, 48)
    turn(ax, one_d.w[None], 186)
    draw.line([(16, 282), (744, 282)], ax=ax, width=1, colour=draw.mixed(draw.INK, 0.16))
    draw.title("Does this kernel hide the turn?", ax=ax, at=(32, 312))
    for n, kernel in enumerate(HIDING):
        judge(ax, np.array(kernel), 32 + 240 * n)
    return ax.figure


def turn(ax, kernel: np.ndarray, top: float) -> None:
    """The kernel, an arrow, the kernel turned; the first weight lit in both."""
    left = draw.grid(kernel, "kernel", ax=ax, at=(150, top), lit=[(0, 0)])
    rows, columns = kernel.shape
    last = (rows - 1, columns - 1)
    right = draw.grid(ops.rotate_180(kernel), "kernel", ax=ax, at=(458, top), lit=[last])
    middle = top + left.height / 2
    draw.arrow((330, middle), (434, middle), ax=ax, width=2)
    draw.label("turn by 180°", (380, middle - 16), ax=ax, align="center")
    draw.label("$w$", (112, middle), ax=ax, size=22, align="center").set_color(draw.INK)
    beside = (right.at[0] + right.width + 16, middle)
    draw.label(r"$\mathrm{rot180}(w)$", beside, ax=ax, size=20).set_color(draw.INK)


def judge(ax, kernel: np.ndarray, left: float) -> None:
    """A small kernel, its turn, and whether one can tell them apart."""
    turned = ops.rotate_180(kernel)
    different = np.argwhere(kernel != turned)
    draw.grid(kernel, "kernel", ax=ax, at=(left, 344), cell=SMALL, lit=different)
    draw.arrow((left + 80, 378), (left + 112, 378), ax=ax)
    draw.grid(turned, "kernel", ax=ax, at=(left + 124, 344), cell=SMALL, lit=different)
    words = "no: it shows" if len(different) else "yes: the same again"
    draw.label(words, (left + 96, 444), ax=ax, size=15, align="center").set_color(draw.INK)
    draw.label(note(kernel, turned), (left + 96, 468), ax=ax, align="center")


def note(kernel: np.ndarray, turned: np.ndarray) -> str:
    """How many weights change."""
    changed = np.count_nonzero(kernel != turned)
    return f"{changed} weights differ" if changed else "no weight changes"
