"""Words in which right and wrong answers are written: slide, full, turned, and products by loop."""

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnlib.exercises.task import Array, Silent
from cnnlib.ops import convolve, cross_correlate

Function = Callable[..., Any]

# The lesson's numbers, which a student's notebook holds as o and w beside the arguments.
O_1D, W_1D, DELTA_1D = [1, 2, 0, -1, 3, 1], [2, -1, 1], [1, -2, 0, 3]
O_2D = [[1, 0, 2, 1], [3, 1, 0, 2], [0, 2, 1, 1], [1, 0, 3, 2]]
W_2D = [[1, 2], [0, -1]]
DELTA_2D = [[1, 0, -1], [2, 1, 0], [0, -1, 1]]
X_BELOW_2D = [[1, -2, 2, 1], [3, 1, -1, 2], [-3, 2, 1, 1], [1, -1, 3, 2]]


def slide(o: Array, w: Array) -> Array:
    """Cross-correlation where the kernel lies inside the map (J1)."""
    return cross_correlate(o, w)


def full(delta: Array, w: Array) -> Array:
    """Full true convolution: every delta stamps the kernel as it is (J22, read rightly)."""
    return convolve(delta, w, "full")


def full_unturned(delta: Array, w: Array) -> Array:
    """Full cross-correlation: the kernel read in the wrong direction (J22 as printed)."""
    return cross_correlate(delta, w, "full")


def turned(w: Array) -> Array:
    """Half a turn."""
    return np.flip(w)


def same_size(result: Array, shape: tuple[int, ...]) -> Array:
    """Cut the middle out of a full result, as mode "same" does."""
    start = [(n - m) // 2 for n, m in zip(result.shape, shape, strict=True)]
    return result[tuple(slice(s, s + m) for s, m in zip(start, shape, strict=True))]


def only_if(condition: bool) -> None:
    """Say nothing about a case where the wrong turn needs numbers it cannot have."""
    if not condition:
        raise Silent


def square_or_stop(*grids: Array) -> None:
    """Fail where swapped indices run past the end of a grid that is not square."""
    if any(len(set(g.shape[-2:])) > 1 for g in grids):
        raise IndexError("swapped indices on a grid that is not square")
