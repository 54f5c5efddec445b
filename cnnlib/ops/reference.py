"""The convolution layer as the lessons write it: one table of taps, grouped three ways.

Slow and plain. The fast operations in `convolution` are tested against these.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnnlib import _checks as checks
from cnnlib._checks import Array
from cnnlib.geometry import AxisSizes
from cnnlib.ops._arguments import conv_window, output_gradient


def conv_by_taps(
    o: ArrayLike,
    w: ArrayLike,
    b: ArrayLike | None = None,
    *,
    stride: AxisSizes = 1,
    padding: AxisSizes = 0,
    dilation: AxisSizes = 1,
) -> Array:
    """The taps grouped by output (J7, S1): x[i] = b + sum of w[a] * o[p].

    Parameters
    ----------
    o, w, b : array_like, shapes (N, C, *S), (D, C, *K), (D,)
        Inputs, kernels and, optionally, the bias per kernel.
    stride, padding, dilation : int or tuple of int
        In pixels, one for all axes or one per axis.

    Returns
    -------
    ndarray, shape (N, D, *O)
        The same numbers as `conv`.

    Raises
    ------
    TypeError, ValueError
        As `conv` does.
    """
    o, w = checks.layered("o", o, "N, C"), checks.layered("w", w, "D, C")
    window = conv_window(o.shape, w.shape, stride, padding, dilation)
    i, a, p = window.taps(o.shape[2:])
    outputs = window.output_shape(o.shape[2:])
    x = np.zeros((len(o), len(w), *outputs), np.result_type(o, w))
    _collect(x, i, np.einsum("dct,nct->ndt", _flat(w)[..., a], _flat(o)[..., p]))
    return x + checks.bias(b, len(w), w).reshape(-1, *(1 for _ in outputs))


def conv_backward_by_taps(
    delta: ArrayLike,
    o: ArrayLike,
    w: ArrayLike,
    *,
    stride: AxisSizes = 1,
    padding: AxisSizes = 0,
    dilation: AxisSizes = 1,
) -> tuple[Array, Array, Array]:
    """The taps grouped by input (J17, S5) and by weight (J13, S3); the bias has one tap per output.

    d_o[p] = sum of delta[i] * w[a], d_w[a] = sum of delta[i] * o[p], d_b = sum of delta[i].

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
        The same numbers as `conv_backward`.

    Raises
    ------
    TypeError, ValueError
        As `conv_backward` does.
    """
    o, w = checks.layered("o", o, "N, C"), checks.layered("w", w, "D, C")
    window = conv_window(o.shape, w.shape, stride, padding, dilation)
    outputs = (len(o), len(w), *window.output_shape(o.shape[2:]))
    delta = output_gradient("delta", delta, o.shape, outputs)
    i, a, p = window.taps(o.shape[2:])
    d_o = np.zeros(o.shape, np.result_type(delta, w))
    d_w = np.zeros(w.shape, np.result_type(delta, o))
    _collect(d_o, p, np.einsum("ndt,dct->nct", _flat(delta)[..., i], _flat(w)[..., a]))
    _collect(d_w, a, np.einsum("ndt,nct->dct", _flat(delta)[..., i], _flat(o)[..., p]))
    return d_o, d_w, _flat(delta).sum(axis=(0, 2))


def _collect(sums: Array, places: NDArray[np.intp], products: Array) -> None:
    """Add each product to its place; `+=` would forget all but one where a place comes twice."""
    where: Any = (slice(None), slice(None), places)
    np.add.at(_flat(sums), where, products)


def _flat(maps: Array) -> Array:
    """The spatial axes as one, in reading order; a view of contiguous maps."""
    return maps.reshape(*maps.shape[:2], -1)
