"""A long signal as a line in a frame of its role's colour."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike, NDArray

from cnnlib.draw.canvas import box, label, line
from cnnlib.draw.style import INK, MUTED, SMALL, Point, mixed, number, numbers_of, role_named


def trace_points(
    values: ArrayLike, at: Point, width: float, height: float, inset: float = 8
) -> NDArray[np.float64]:
    """Where each sample of a signal stands in its frame.

    Parameters
    ----------
    values : array_like, shape (samples,)
    at : (float, float)
        Top left of the frame.
    width, height : float
        Of the frame, pixels.
    inset : float
        Pixels between the frame and the extremes.

    Returns
    -------
    ndarray, shape (samples, 2)
        Pixels: across, down.
    """
    array = np.asarray(values, dtype=float)
    low, high = array.min(), array.max()
    share = (high - array) / (high - low) if high > low else np.full(array.shape, 0.5)
    x = at[0] + np.linspace(inset, width - inset, len(array))
    return np.column_stack([x, at[1] + inset + share * (height - 2 * inset)])


def trace(
    values: ArrayLike, role: str, *, ax: Axes, at: Point, width: float, height: float
) -> Line2D:
    """A signal, its zero line, and its largest and smallest value beside it.

    Parameters
    ----------
    values : array_like, shape (samples,)
    role : str
        One of `style.ROLES`.
    ax : Axes
        In pixels, from `canvas`.
    at : (float, float)
        Top left of the frame.
    width, height : float
        Of the frame, pixels.

    Returns
    -------
    Line2D
        The signal.
    """
    colour = role_named(role).colour
    for inset in (0.0, 3.0) if role_named(role).mark == "double" else (0.0,):
        edge = (at[0] + inset, at[1] + inset)
        frame = box(edge, width - 2 * inset, height - 2 * inset, ax=ax, radius=3)
        fill = mixed(colour, 0.05) if not inset else "none"
        frame.set(facecolor=fill, edgecolor=mixed(colour, 0.62), linewidth=1.4, zorder=0.2)
    array = numbers_of(values, (1,), finite=True)
    points = trace_points(array, at, width, height)
    for extreme in (array.max(), array.min()):
        y = float(points[np.flatnonzero(array == extreme)[0], 1])
        label(number(extreme), (at[0] - 6, y), ax=ax, size=SMALL, align="right")
    if array.min() < 0 < array.max():
        zero = at[1] + 8 + array.max() / (array.max() - array.min()) * (height - 16)
        dots = line([(at[0] + 4, zero), (at[0] + width - 4, zero)], ax=ax, colour=MUTED, width=1)
        dots.set_linestyle((0, (1.5, 4)))
    pairs = [(float(x), float(y)) for x, y in points]
    return line(pairs, ax=ax, colour=mixed(colour, 0.72, INK), width=1.6)


def band(left: float, right: float, role: str, *, ax: Axes, top: float, bottom: float) -> Rectangle:
    """A stretch of the signal, marked.

    Parameters
    ----------
    left, right, top, bottom : float
        Pixels.
    role : str
        Whose colour it has, one of `ROLES`.
    ax : Axes
        In pixels, from `canvas`.

    Returns
    -------
    Rectangle
    """
    patch = Rectangle((left, top), right - left, bottom - top, zorder=0.4, linewidth=0)
    patch.set(facecolor=role_named(role).colour, alpha=0.3)
    ax.add_patch(patch)
    return patch
