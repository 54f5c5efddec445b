"""Photographs and feature maps in shades of grey."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.image import AxesImage
from numpy.typing import ArrayLike

from cnnlib.draw.canvas import box
from cnnlib.draw.style import Point, mixed, numbers_of, role_named


def picture(
    values: ArrayLike,
    *,
    ax: Axes,
    at: Point,
    side: float,
    low: float | None = None,
    high: float | None = None,
    role: str = "input",
) -> AxesImage:
    """An array as grey pixels in a frame of its role's colour.

    Parameters
    ----------
    values : array_like, shape (rows, columns)
    ax : Axes
        In pixels, from `canvas`.
    at : (float, float)
        Top left.
    side : float
        Width, pixels; the height follows from the shape.
    low, high : float
        Values shown as black and as white; the array's own extremes where not given. Swapped,
        they make a negative.
    role : str
        One of `style.ROLES`.

    Returns
    -------
    AxesImage

    Raises
    ------
    ValueError
        There is no such role, or values are not finite numbers with two axes.
    """
    array = numbers_of(values, (2,), finite=True)
    black = array.min() if low is None else low
    white = array.max() if high is None else high
    grey = np.rint(255 * np.clip((array - black) / (white - black or 1), 0, 1)).astype(np.uint8)
    tall = side * array.shape[0] / array.shape[1]
    pixels = np.repeat(grey[:, :, None], 3, axis=2)
    extent = (at[0], at[0] + side, at[1] + tall, at[1])
    limits = ax.get_xlim(), ax.get_ylim()
    drawn = ax.imshow(pixels, extent=extent, interpolation="none", aspect="auto", zorder=2)
    ax.set(xlim=limits[0], ylim=limits[1])
    frame = box((at[0] - 2, at[1] - 2), side + 4, tall + 4, ax=ax, radius=3)
    frame.set(facecolor="none", edgecolor=mixed(role_named(role).colour, 0.8), linewidth=2)
    return drawn
