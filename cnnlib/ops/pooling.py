"""Pools: one number for each window of a map, and the way back. No weights, channels kept apart.

The taps are those of `Window`, one slice of the output and one of the input per place in the
window; overlapping windows add up on the way back.
"""

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnnlib import _checks as checks
from cnnlib._checks import Array
from cnnlib.geometry import AxisSizes, Shape, Window
from cnnlib.ops._arguments import output_gradient, pool_window
from cnnlib.ops._winners import tap_that_won, winners

BLOCK_BYTES = 1 << 18  # of maps at a time, which stay in the cache while tap after tap is read


def max_pool(
    o: ArrayLike,
    size: AxisSizes,
    *,
    stride: AxisSizes | None = None,
    padding: AxisSizes = 0,
    dilation: AxisSizes = 1,
) -> tuple[Array, NDArray[np.intp]]:
    """The largest number y of each window, and where it stood (P1).

    Parameters
    ----------
    o : array_like, shape (N, C, *S)
        One to three spatial axes.
    size : int or tuple of int
        The window in pixels, one for all axes or one per axis.
    stride : int or tuple of int, optional
        How far the window moves, in pixels; left out, its size: windows side by side.
    padding, dilation : int or tuple of int
        In pixels. Padding never wins.

    Returns
    -------
    y : ndarray, shape (N, C, *O)
        A NaN in the window wins it; where a window sees only padding, -inf.
    winner : ndarray of int, shape (N, C, *O)
        Flat index into the input's own spatial axes; the first in reading order wins a tie, and
        -1 stands where a window sees only padding.

    Raises
    ------
    TypeError
        o is not an array of real numbers, or a size not an integer.
    ValueError
        The window does not fit into the input.
    """
    o, window = _pool(o, size, stride, padding, dilation)
    outputs = window.output_shape(o.shape[2:])
    y = np.full(o.shape[:2] + outputs, -np.inf, o.dtype)
    winner = np.empty(y.shape, np.intp)
    for images in _blocks(o):
        place = tap_that_won(o[images], y[images], window)
        winner[images] = winners(place, window, o.shape[2:], outputs)
    return y, winner


def max_pool_backward(d_y: ArrayLike, winner: ArrayLike, input_shape: Shape) -> Array:
    """Route each delta to the winner of its window, with factor 1 (P1).

    Parameters
    ----------
    d_y : array_like, shape (N, C, *O)
        dE/dy, the gradient at the output.
    winner : array_like of int, shape (N, C, *O)
        The second result of `max_pool`.
    input_shape : tuple of int
        The whole shape (N, C, *S) of the input.

    Returns
    -------
    ndarray, shape (N, C, *S)
        dE/do; a cell that wins several windows gets the sum.

    Raises
    ------
    TypeError
        d_y is not an array of real numbers, or winner not one of integers.
    ValueError
        The shapes do not fit together, or a winner is not on the map.
    """
    d_y = checks.layered("d_y", d_y, "N, C")
    input_shape = checks.whole_shape("input_shape", input_shape, axes=d_y.ndim)
    expected = input_shape[:2] + d_y.shape[2:]
    remedy = "pass the gradient at the pool's output"
    checks.same_shape("d_y", d_y.shape, expected, f"an input of {input_shape} gives", remedy)
    cells = math.prod(input_shape[2:])
    winner = checks.winners(winner, d_y.shape, cells)
    d_o = np.zeros(input_shape, d_y.dtype)
    first_cell = np.arange(0, d_o.size, cells).reshape(
        *input_shape[:2], *(1 for _ in d_y.shape[2:])
    )
    where, won = winner + first_cell, winner >= 0
    if not won.all():
        where, d_y = where[won], d_y[won]
    np.add.at(d_o.reshape(-1), where.ravel(), d_y.ravel())
    return d_o


def avg_pool(
    o: ArrayLike, size: AxisSizes, *, stride: AxisSizes | None = None, padding: AxisSizes = 0
) -> Array:
    """The mean y of each window (P2); padding counts as zeros.

    Parameters
    ----------
    o : array_like, shape (N, C, *S)
        One to three spatial axes.
    size : int or tuple of int
        The window in pixels, one for all axes or one per axis.
    stride : int or tuple of int, optional
        How far the window moves, in pixels; left out, its size: windows side by side.
    padding : int or tuple of int
        In pixels.

    Returns
    -------
    ndarray, shape (N, C, *O)

    Raises
    ------
    TypeError
        o is not an array of real numbers, or a size not an integer.
    ValueError
        The window does not fit into the input.
    """
    o, window = _pool(o, size, stride, padding)
    y = np.zeros(o.shape[:2] + window.output_shape(o.shape[2:]), o.dtype)
    for _, output, input in window.slices(o.shape[2:]):
        y[output] += o[input]
    return y / math.prod(window.kernel)


def avg_pool_backward(
    d_y: ArrayLike,
    input_shape: Shape,
    size: AxisSizes,
    *,
    stride: AxisSizes | None = None,
    padding: AxisSizes = 0,
) -> Array:
    """Share each delta equally among its window: 1 / window size to each (P2).

    Parameters
    ----------
    d_y : array_like, shape (N, C, *O)
        dE/dy, the gradient at the output.
    input_shape : tuple of int
        The whole shape (N, C, *S) of the input.
    size, stride, padding : int or tuple of int
        As in the forward step.

    Returns
    -------
    ndarray, shape (N, C, *S)
        dE/do; overlapping windows add up, and shares that fall on padding are dropped.

    Raises
    ------
    TypeError
        d_y is not an array of real numbers, or a size not an integer.
    ValueError
        The shapes do not fit together.
    """
    input_shape = checks.whole_shape("input_shape", input_shape)
    window = pool_window(input_shape, size, stride, padding)
    share = _d_y(d_y, input_shape, window) / math.prod(window.kernel)
    d_o = np.zeros(input_shape, share.dtype)
    for _, output, input in window.slices(input_shape[2:]):
        d_o[input] += share[output]
    return d_o


def l2_pool(
    o: ArrayLike, size: AxisSizes, *, stride: AxisSizes | None = None, padding: AxisSizes = 0
) -> Array:
    """The length of each window as a vector (P3): y = sqrt(sum of squares).

    Parameters
    ----------
    o : array_like, shape (N, C, *S)
        One to three spatial axes.
    size : int or tuple of int
        The window in pixels, one for all axes or one per axis.
    stride : int or tuple of int, optional
        How far the window moves, in pixels; left out, its size: windows side by side.
    padding : int or tuple of int
        In pixels.

    Returns
    -------
    ndarray, shape (N, C, *O)

    Raises
    ------
    TypeError
        o is not an array of real numbers, or a size not an integer.
    ValueError
        The window does not fit into the input.
    """
    o, window = _pool(o, size, stride, padding)
    y = np.zeros(o.shape[:2] + window.output_shape(o.shape[2:]), o.dtype)
    for _, output, input in window.slices(o.shape[2:]):
        y[output] = np.hypot(y[output], o[input])  # squares may overflow
    return y


def l2_pool_backward(
    d_y: ArrayLike,
    o: ArrayLike,
    size: AxisSizes,
    *,
    stride: AxisSizes | None = None,
    padding: AxisSizes = 0,
) -> Array:
    """Share each delta in proportion: dy/do[p] = o[p] / y, and 0 where y is 0 (P3).

    Parameters
    ----------
    d_y : array_like, shape (N, C, *O)
        dE/dy, the gradient at the output.
    o : array_like, shape (N, C, *S)
        The input of the forward step.
    size, stride, padding : int or tuple of int
        As in the forward step.

    Returns
    -------
    ndarray, shape (N, C, *S)
        dE/do; overlapping windows add up.

    Raises
    ------
    TypeError
        Something is not an array of real numbers, or a size not an integer.
    ValueError
        The shapes do not fit together.
    """
    o, window = _pool(o, size, stride, padding)
    d_y = _d_y(d_y, o.shape, window)
    y = l2_pool(o, window.kernel, stride=window.stride, padding=window.padding)
    y[y == 0] = 1  # there o is 0 too, so the share is 0
    d_o = np.zeros(o.shape, np.result_type(d_y, o))
    for _, output, input in window.slices(o.shape[2:]):
        d_o[input] += d_y[output] * (o[input] / y[output])
    return d_o


def _blocks(o: Array) -> list[slice]:
    size = max(1, BLOCK_BYTES // o[0].nbytes)
    return [slice(start, start + size) for start in range(0, len(o), size)]


def _pool(
    o: ArrayLike,
    size: AxisSizes,
    stride: AxisSizes | None,
    padding: AxisSizes,
    dilation: AxisSizes = 1,
) -> tuple[Array, Window]:
    o = checks.layered("o", o, "N, C")
    return o, pool_window(o.shape, size, stride, padding, dilation)


def _d_y(d_y: ArrayLike, input_shape: Shape, window: Window) -> Array:
    expected = input_shape[:2] + window.output_shape(input_shape[2:])
    return output_gradient("d_y", d_y, input_shape, expected)
