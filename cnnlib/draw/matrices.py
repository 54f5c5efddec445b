"""Many cells at a glance: which output is joined to which input, and maps of numbers as shades."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from numpy.typing import ArrayLike, NDArray

from cnnlib.draw.canvas import box
from cnnlib.draw.style import FAINT, PAPER, Point, mixed, role_named

SHADES = 7


def tiles(
    cells: ArrayLike, *, ax: Axes, at: Point, cell: tuple[float, float], gap: float = 1
) -> PathPatch:
    """Many cells of one colour as one shape.

    Parameters
    ----------
    cells : array_like of int, shape (cells, 2)
        Row and column of each.
    ax : Axes
        In pixels, from `canvas`.
    at : (float, float)
        Top left of the whole.
    cell : (float, float)
        Pixels from one cell to the next: across, down.
    gap : float
        Pixels left between cells.

    Returns
    -------
    PathPatch
        Set its colour.
    """
    wide, tall = cell
    corners, codes = [], [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY]
    for row, column in np.asarray(cells).tolist():
        left, top = at[0] + column * wide, at[1] + row * tall
        right, bottom = left + wide - gap, top + tall - gap
        corners += [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
    patch = PathPatch(Path(corners, codes * (len(corners) // 5)), linewidth=0, zorder=2)
    ax.add_patch(patch)
    return patch


def connections(
    weights: ArrayLike, *, ax: Axes, at: Point, cell: tuple[float, float], role: str = "kernel"
) -> list[PathPatch]:
    """A matrix of connections, outputs down, inputs across; the same shade is the same weight.

    Parameters
    ----------
    weights : array_like of int, shape (outputs, inputs)
        Which weight joins the two; -1 where none does.
    ax : Axes
        In pixels, from `canvas`.
    at : (float, float)
        Top left.
    cell : (float, float)
        Pixels from one connection to the next: across, down.
    role : str
        Whose colour is shaded, one of `ROLES`.

    Returns
    -------
    list of PathPatch
        One per shade.
    """
    which = np.asarray(weights)
    rows, columns = which.shape
    ground = box((at[0] - 3, at[1] - 3), columns * cell[0] + 5, rows * cell[1] + 5, ax=ax)
    ground.set(facecolor=PAPER, edgecolor=FAINT, linewidth=1, zorder=0)
    drawn = []
    shades = scattered(which)
    for shade in range(SHADES):
        found = np.argwhere((which >= 0) & (shades == shade))
        if len(found):
            patch = tiles(found, ax=ax, at=at, cell=cell)
            patch.set_facecolor(shade_of(shade, role))
            drawn.append(patch)
    return drawn


def scattered(which: NDArray[np.intp]) -> NDArray[np.intp]:
    """A shade for each weight: all different where there are few, without a pattern otherwise."""
    if which.max() < SHADES:
        return which
    mixed_up: NDArray[np.intp] = (which * 2654435761 % 2**32) // 2**15 % SHADES
    return mixed_up


def shade_of(shade: int, role: str) -> str:
    """From a pale tint to a dark tone of the role's colour.

    Parameters
    ----------
    shade : int
        0 to 6.
    role : str
        One of `ROLES`.

    Returns
    -------
    str
        Hexadecimal.
    """
    colour, share = role_named(role).colour, shade / (SHADES - 1)
    return mixed(colour, 0.25 + 1.25 * share) if share < 0.6 else mixed(colour, 1.6 - share, "#000")
