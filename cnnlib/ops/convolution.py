"""One sum of triple products, delta[i] * w[a] * o[p] over all taps, read in three ways.

- grouped by output i, without delta: the forward step, `conv`
- grouped by weight a, without w: `conv_weight_gradient`
- grouped by input p, without o: `conv_input_gradient`

Each runs over the weights of the kernel; the taps of one weight are a slice of the output and a
slice of the input (`Window.slices`). Stride, padding and dilation only change the slices.
"""

import numpy as np
from numpy.typing import ArrayLike

from cnnlib import _checks as checks
from cnnlib._checks import Array
from cnnlib.geometry import AxisSizes, Shape, Window


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
    window = _window(o.shape, w, stride, padding, dilation)
    b = checks.bias(b, len(w), w)
    shape = (len(o), len(w), *window.output_shape(o.shape[2:]))
    x = np.zeros(shape, np.result_type(o, w, b))
    for weight, output, input in window.slices(o.shape[2:]):
        x[(..., *output)] += np.einsum("dc,nc...->nd...", w[:, :, *weight], o[(..., *input)])
    return x + b.reshape(-1, *(1 for _ in window.kernel))


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
    window = _window(o.shape, w, stride, padding, dilation)
    delta = _delta(delta, o.shape, len(w), window)
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
    return _weight_gradient(_delta(delta, o.shape, delta.shape[1], window), o, window)


def conv_input_gradient(
    delta: ArrayLike,
    w: ArrayLike,
    input_shape: Shape,
    *,
    stride: AxisSizes = 1,
    padding: AxisSizes = 0,
    dilation: AxisSizes = 1,
) -> Array:
    """The gradient dE/do: the taps grouped by input, region Q (J17, S5); also called transposed convolution.

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
    window = _window(input_shape, w, stride, padding, dilation)
    delta = _delta(delta, input_shape, len(w), window)
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
    shape = (delta.shape[1], o.shape[1], *window.kernel)
    d_w = np.zeros(shape, np.result_type(delta, o))
    for weight, output, input in window.slices(o.shape[2:]):
        i, p = delta[(..., *output)], o[(..., *input)]
        axes = [0, *range(2, o.ndim)]
        d_w[:, :, *weight] = np.tensordot(i, p, (axes, axes))
    return d_w


def _input_gradient(delta: Array, w: Array, input_shape: Shape, window: Window) -> Array:
    d_o = np.zeros(input_shape, np.result_type(delta, w))
    for weight, output, input in window.slices(input_shape[2:]):
        d_o[(..., *input)] += np.einsum("dc,nd...->nc...", w[:, :, *weight], delta[(..., *output)])
    return d_o


def _window(
    input_shape: Shape, w: Array, stride: AxisSizes, padding: AxisSizes, dilation: AxisSizes
) -> Window:
    """The layer's geometry, once input and kernels are known to fit together."""
    checks.same_axes("w", w.shape, "the input", input_shape)
    expected = (len(w), input_shape[1], *w.shape[2:])
    remedy = "give each kernel one slice per map"
    checks.same_shape("w", w.shape, expected, f"an input of {input_shape} asks for", remedy)
    return Window(w.shape[2:], stride, padding, dilation)


def _delta(delta: ArrayLike, input_shape: Shape, filters: int, window: Window) -> Array:
    delta = checks.array("delta", delta)
    expected = (input_shape[0], filters, *window.output_shape(input_shape[2:]))
    remedy = "pass the gradient at the output"
    checks.same_shape("delta", delta.shape, expected, "the forward step gives", remedy)
    return delta
