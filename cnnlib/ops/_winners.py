"""Who wins each window of a max pool: every tap is compared with the best so far, all at once."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnnlib._checks import Array
from cnnlib.geometry import Shape, Window

TapNumbers = NDArray[np.unsignedinteger[Any]]


def tap_that_won(o: Array, y: Array, window: Window) -> TapNumbers:
    """Write the largest numbers into y; return which tap won, counted from 1, and 0 for none.

    The taps come in reading order, so a later one has to be larger to win: its number is larger
    too, and the maximum of the numbers keeps the last that won.
    """
    place = np.zeros(y.shape, np.min_scalar_type(math.prod(window.kernel)))
    for tap in window.slices(o.shape[2:]):
        value = o[tap.input].copy()  # a strided view is slow to read several times
        best, so_far = y[tap.output], place[tap.output]
        wins = (value > best) | (so_far == 0) | (np.isnan(value) & ~np.isnan(best))
        number = place.dtype.type(1 + np.ravel_multi_index(tap.weight, window.kernel))
        np.maximum(so_far, wins * number, out=so_far)
        np.maximum(best, value, out=best)
    return place


def winners(place: TapNumbers, window: Window, shape: Shape, outputs: Shape) -> NDArray[np.intp]:
    """Tap numbers as flat indices into the map: p = stride * i - padding + dilation * a."""
    rows = [math.prod(shape[n + 1 :]) for n in range(len(shape))]
    i, a = np.indices(outputs), np.indices(window.kernel)
    scale = (np.reshape(v, (-1, *(1 for _ in shape))) for v in (window.stride, window.dilation))
    corner = np.tensordot(rows, next(scale) * i, 1) - np.dot(rows, window.padding)
    beyond = np.tensordot(rows, next(scale) * a, 1).ravel()
    winner: NDArray[np.intp] = corner + np.concatenate([[0], beyond])[place]
    if any(window.padding):
        winner[place == 0] = -1
    return winner
