"""One sum of triple products, delta[i] * w[a] * o[p] over all taps, read in three ways.

- grouped by output i, without delta: the forward step, `conv`
- grouped by weight a, without w: `conv_weight_gradient`
- grouped by input p, without o: `conv_input_gradient`

All three walk over blocks of images that fit the cache, with one matrix product for each block in
the layout that `_layout` explains. The same layer, written plainly, is in `reference`.
"""

import numpy as np
from numpy.typing import ArrayLike

from cnnlib import _checks as checks
from cnnlib._checks import Array
from cnnlib.geometry import AxisSizes, Shape
from cnnlib.ops._layout import Layout, Moves, layout_of


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
    b = checks.bias(b, len(w), w)
    layout = layout_of(o.shape, w.shape, (stride, padding, dilation), o, w, b)
    band = layout.band(w).reshape(layout.row_size, -1)
    bias = np.concatenate([b] * layout.members)
    x = np.empty((len(o), len(w), *layout.outputs), layout.dtype)
    for images in layout.row_blocks:
        windows = layout.windows(layout.pad(o[images]))
        for places, outputs in layout.slabs:
            grouped = layout.rows(windows[:, places]).dot(band)  # starts sooner than @
            grouped += bias
            layout.ungroup(grouped, x[images, :, outputs])
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
    delta, moves = checks.layered("delta", delta, "N, D"), (stride, padding, dilation)
    d_o = _input_gradient(delta, w, o.shape, moves)
    d_w = _weight_gradient(delta, o, w.shape, moves)
    return d_o, d_w, conv_bias_gradient(delta)


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
    w_shape = (delta.shape[1], o.shape[1], *kernel)
    return _weight_gradient(delta, o, w_shape, (stride, padding, dilation))


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
    w, delta = checks.layered("w", w, "D, C"), checks.layered("delta", delta, "N, D")
    input_shape = checks.whole_shape("input_shape", input_shape, axes=w.ndim)
    return _input_gradient(delta, w, input_shape, (stride, padding, dilation))


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
    d_b: Array = delta.sum(axis=(0, *range(2, delta.ndim)))
    return d_b


def _weight_gradient(delta: Array, o: Array, w_shape: Shape, moves: Moves) -> Array:
    layout = layout_of(o.shape, w_shape, moves, delta, o)
    _check_delta(delta, o.shape, layout)
    d_band = np.zeros((layout.row_size, layout.members * layout.filters), layout.dtype)
    for images in layout.row_blocks:
        windows = layout.windows(layout.pad(o[images]))
        for places, outputs in layout.slabs:
            d_band += layout.rows(windows[:, places]).T @ layout.group(delta[images, :, outputs])
    return layout.unband(d_band)


def _input_gradient(delta: Array, w: Array, input_shape: Shape, moves: Moves) -> Array:
    layout = layout_of(input_shape, w.shape, moves, delta, w)
    _check_delta(delta, input_shape, layout)
    d_o, band = np.zeros(input_shape, layout.dtype), layout.band(w)
    for images in layout.map_blocks:
        padded = layout.zeros(images.stop - images.start)
        windows = layout.windows(padded)
        grouped = layout.group(delta[images])
        for run in layout.runs():
            share = grouped @ band[run].reshape(-1, grouped.shape[1]).T
            read = windows[(..., *run, slice(None))]
            read += share.reshape(read.shape)
        layout.crop(padded, d_o[images])
    return d_o


def _check_delta(delta: Array, input_shape: Shape, layout: Layout) -> None:
    expected = (input_shape[0], layout.filters, *layout.outputs)
    source, remedy = f"an input of {input_shape} gives", "pass the gradient at the output"
    checks.same_shape("delta", delta.shape, expected, source, remedy)
