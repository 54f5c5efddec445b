"""The two operations of the textbooks on plain arrays: one map, one kernel, no bias."""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from cnnlib import _checks as checks
from cnnlib._checks import Array
from cnnlib.ops.convolution import conv

Mode = Literal["valid", "full"]


def cross_correlate(o: ArrayLike, w: ArrayLike, mode: Mode = "valid") -> Array:
    """Slide the kernel as it is, o ⊗ w (J1): x[i] = sum over a of w[a] * o[i + a].

    Parameters
    ----------
    o, w : array_like
        One map and one kernel, with the same number of axes, one to three.
    mode : "valid" or "full"
        Places where the kernel lies inside the map, N - m + 1 per axis; or all where it touches
        it, N + m - 1, with zeros outside.

    Returns
    -------
    ndarray

    Raises
    ------
    TypeError
        Something is not an array of real numbers.
    ValueError
        The axes differ, the kernel does not fit, or the mode is unknown.

    Examples
    --------
    >>> cross_correlate([1, 2, 0, -1, 3, 1], [2, -1, 1])
    array([ 0.,  3.,  4., -4.])
    """
    o, w = checks.spatial("o", o), checks.spatial("w", w)
    checks.same_axes("w", w.shape, "o", o.shape)
    if mode not in ("valid", "full"):
        raise ValueError(f'mode is {mode!r}; "valid" or "full" is expected: choose one')
    padding = [k - 1 if mode == "full" else 0 for k in w.shape]
    x: Array = conv(o[None, None], w[None, None], padding=padding)[0, 0]
    return x


def convolve(o: ArrayLike, w: ArrayLike, mode: Mode = "valid") -> Array:
    """True convolution o * w, the kernel turned by 180 degrees (J2): o ⊗ rot180(w).

    Parameters
    ----------
    o, w : array_like
        One map and one kernel, with the same number of axes, one to three.
    mode : "valid" or "full"
        As in `cross_correlate`.

    Returns
    -------
    ndarray

    Raises
    ------
    TypeError
        Something is not an array of real numbers.
    ValueError
        The axes differ, the kernel does not fit, or the mode is unknown.

    Examples
    --------
    >>> convolve([1, 2, 0, -1, 3, 1], [2, -1, 1])
    array([-1.,  0.,  7., -2.])
    """
    return cross_correlate(o, rotate_180(w), mode)


def rotate_180(w: ArrayLike) -> Array:
    """Turn a kernel by 180 degrees: reverse every axis (J3).

    rot180(w)[m, n] = w[k1 - 1 - m, k2 - 1 - n]; neither a mirror image nor the transpose.

    Parameters
    ----------
    w : array_like
        One kernel with one to three axes, all spatial.

    Returns
    -------
    ndarray, shape of w
        A new array.

    Raises
    ------
    TypeError
        It is not an array of real numbers.
    ValueError
        It has more than three axes: then some are channels, which are not turned.

    Examples
    --------
    >>> rotate_180([[1, 2], [0, -1]])
    array([[-1.,  0.],
           [ 2.,  1.]])
    """
    return np.flip(checks.spatial("w", w)).copy()
