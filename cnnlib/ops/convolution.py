"""One sum of triple products, delta[i] * w[a] * o[p] over all taps, read in three ways.

- grouped by output i, without delta: the forward step, `conv`
- grouped by weight a, without w: `conv_weight_gradient`
- grouped by input p, without o: `conv_input_gradient`

All three walk over blocks of images that fit the cache, with one matrix product for each block in
the layout that `_layout` explains. The same layer, written plainly, is in `reference`.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from cnnlib import _checks as checks
from cnnlib._checks import Array
from cnnlib.geometry import AxisSizes, Shape, Window
from cnnlib.ops._arguments import conv_window, output_gradient
from cnnlib.ops._layout import Layout, layout_of


def conv(
    o: ArrayLike,
    w: ArrayLike,
    b: ArrayLike | None = None,
    *,
    stride: AxisSizes = 1,
    padding: AxisSizes = 0,
    dilation: AxisSizes = 1,
) -> Array:
    """Slide D kernels over C maps, without a flip: x = o ⊗ w + b (J7, S1).

    x[n, d, i] = b[d] + sum over c, a of w[d, c, a] * o[n, c, stride * i + dilation * a - padding]

    Parameters
    ----------
    o : array_like, shape (N, C, *S)
        A batch of N inputs with C maps; one to three spatial axes.
    w : array_like, shape (D, C, *K)
        D kernels, each with one slice per map.
    b : array_like, shape (D,), optional
        Bias per kernel; none is zero.
    stride, padding, dilation : int or tuple of int
        In pixels, one for all axes or one per axis.

    Returns
    -------
    ndarray, shape (N, D, *O)

    Raises
    ------
    TypeError
        Something is not an array of real numbers, or a size not an integer.
    ValueError
        The shapes do not fit together, or the kernel not into the input.
    """
    o, w = checks.layered("o", o, "N, C"), checks.layered("w", w, "D, C")
    window = conv_window(o.shape, w.shape, stride, padding, dilation)
    b = checks.bias(b, len(w), w)
    layout = _layout(window, o.shape, len(w), o, w, b)
    x = np.empty((len(o), len(w), *window.output_shape(o.shape[2:])), layout.dtype)
    band = layout.band(w).reshape(-1, layout.members * len(w))
    bias = np.tile(b, layout.members)
    for images in layout.blocks(len(o)):
        windows = layout.windows(layout.pad(o[images]))
        for places, outputs in layout.slabs():
            rows = layout.rows(windows[:, places])
            layout.ungroup(rows @ band + bias, x[images, :, outputs])
    return x


def conv_backward(
    delta: ArrayLike,
    o: ArrayLike,
    w: ArrayLike,
    *,
    stride: AxisSizes = 1,
    padding: AxisSizes = 0,
    dilation: AxisSizes = 1,
) -> tuple[Array, Array, Array]:
    """All three gradients of `conv` at once.

    Parameters
    ----------
    delta : array_like, shape (N, D, *O)
        dE/dx, the gradient at the output.
    o, w : array_like, shapes (N, C, *S) and (D, C, *K)
        What the forward step was given.
    stride, padding, dilation : int or tuple of int
        As in the forward step.

    Returns
    -------
    d_o, d_w, d_b : ndarray, shapes (N, C, *S), (D, C, *K), (D,)
        dE/do, dE/dw, dE/db; the last two add up over the batch.

    Raises
    ------
    TypeError
        Something is not an array of real numbers, or a size not an integer.
    ValueError
        The shapes do not fit together, or the kernel not into the input.
    """
    o, w = checks.layered("o", o, "N, C"), checks.layered("w", w, "D, C")
    window = conv_window(o.shape, w.shape, stride, padding, dilation)
    delta = output_gradient("delta", delta, o.shape, len(w), window)
    return (
        _input_gradient(delta, w, o.shape, window),
        _weight_gradient(delta, o, window),
        conv_bias_gradient(delta),
    )


def conv_weight_gradient(
    delta: ArrayLike,
    o: ArrayLike,
    kernel_shape: AxisSizes,
    *,
    stride: AxisSizes = 1,
    padding: AxisSizes = 0,
    dilation: AxisSizes = 1,
) -> Array:
    """The gradient dE/dw: the taps grouped by weight (J13, S3).

    d_w[d, c, a] = sum over n, i of delta[n, d, i] * o[n, c, stride * i + dilation * a - padding]

    Parameters
    ----------
    delta : array_like, shape (N, D, *O)
        dE/dx, the gradient at the output.
    o : array_like, shape (N, C, *S)
        The input of the forward step.
    kernel_shape : int or tuple of int
        The spatial shape of the kernel, one size per axis.
    stride, padding, dilation : int or tuple of int
        As in the forward step.

    Returns
    -------
    ndarray, shape (D, C, *K)

    Raises
    ------
    TypeError
        Something is not an array of real numbers, or a size not an integer.
    ValueError
        The shapes do not fit together, or the kernel not into the input.
    """
    o, delta = checks.layered("o", o, "N, C"), checks.layered("delta", delta, "N, D")
    kernel = checks.spatial_shape("kernel_shape", kernel_shape, axes=o.ndim - 2)
    window = Window(kernel, stride, padding, dilation)
    delta = output_gradient("delta", delta, o.shape, delta.shape[1], window)
    return _weight_gradient(delta, o, window)


def conv_input_gradient(
    delta: ArrayLike,
    w: ArrayLike,
    input_shape: Shape,
    *,
    stride: AxisSizes = 1,
    padding: AxisSizes = 0,
    dilation: AxisSizes = 1,
) -> Array:
    """The gradient dE/do: the taps grouped by input, region Q (J17, S5).

    Also called transposed convolution.

    d_o[n, c, p] = sum over d and the taps (i, a) with stride * i + dilation * a - padding = p
    of delta[n, d, i] * w[d, c, a]

    Parameters
    ----------
    delta : array_like, shape (N, D, *O)
        dE/dx, the gradient at the output.
    w : array_like, shape (D, C, *K)
        The kernels of the forward step.
    input_shape : tuple of int
        The whole shape (N, C, *S) of the forward step's input: a stride can leave rows unread.
    stride, padding, dilation : int or tuple of int
        As in the forward step.

    Returns
    -------
    ndarray, shape (N, C, *S)

    Raises
    ------
    TypeError
        Something is not an array of real numbers, or a size not an integer.
    ValueError
        The shapes do not fit together, or the kernel not into the input.
    """
    w = checks.layered("w", w, "D, C")
    input_shape = checks.whole_shape("input_shape", input_shape, axes=w.ndim)
    window = conv_window(input_shape, w.shape, stride, padding, dilation)
    delta = output_gradient("delta", delta, input_shape, len(w), window)
    return _input_gradient(delta, w, input_shape, window)


def conv_bias_gradient(delta: ArrayLike) -> Array:
    """The gradient dE/db: every output holds the bias once, so its gradient is the sum of delta.

    Parameters
    ----------
    delta : array_like, shape (N, D, *O)
        dE/dx, the gradient at the output.

    Returns
    -------
    ndarray, shape (D,)

    Raises
    ------
    TypeError
        delta is not an array of real numbers.
    ValueError
        It does not have one to three spatial axes.
    """
    delta = checks.layered("delta", delta, "N, D")
    return delta.sum(axis=(0, *range(2, delta.ndim)))


def _weight_gradient(delta: Array, o: Array, window: Window) -> Array:
    layout = _layout(window, o.shape, delta.shape[1], delta, o)
    d_band: Any = 0
    for images in layout.blocks(len(o)):
        windows = layout.windows(layout.pad(o[images]))
        for places, outputs in layout.slabs():
            rows = layout.rows(windows[:, places])
            d_band += rows.T @ layout.group(delta[images, :, outputs])
    return layout.unband(d_band)


def _input_gradient(delta: Array, w: Array, input_shape: Shape, window: Window) -> Array:
    layout = _layout(window, input_shape, len(w), delta, w)
    d_o = np.zeros(input_shape, layout.dtype)
    band = layout.band(w)
    for images in layout.blocks(len(d_o)):
        padded = layout.zeros(len(d_o[images]))
        windows = layout.windows(padded)
        for places, outputs in layout.slabs():
            grouped = layout.group(delta[images, :, outputs])
            for run in layout.runs():
                weights = band[run].reshape(-1, grouped.shape[1])
                read = windows[:, places][(..., *run, slice(None))]
                read += (grouped @ weights.T).reshape(read.shape)
        layout.crop(padded, d_o[images])
    return d_o


def _layout(window: Window, input_shape: Shape, filters: int, *arrays: Array) -> Layout:
    dtype = np.result_type(*arrays)
    return layout_of(window, input_shape[2:], input_shape[1], filters, dtype)
