"""How wrong the network was: one number E and its gradient, together."""

import numpy as np
from numpy.typing import ArrayLike

from cnnlib import _checks as checks
from cnnlib._checks import Array


def half_squared_error(o: ArrayLike, t: ArrayLike) -> tuple[float, Array]:
    """E = 1/2 sum (o - t)^2, and dE/do = o - t (J9): half the sum, not the mean.

    Parameters
    ----------
    o, t : array_like, one shape
        What the network gave and what it should have given.

    Returns
    -------
    loss : float
    gradient : ndarray, shape of o

    Raises
    ------
    TypeError
        Something is not an array of real numbers.
    ValueError
        The shapes differ.
    """
    o, t = checks.array("o", o), checks.array("t", t)
    checks.same_shape("t", t.shape, o.shape, "o has", "pass one target per output")
    difference = o - t
    return 0.5 * float(np.sum(difference**2)), difference


def softmax(scores: ArrayLike) -> Array:
    """Class probabilities p_d = exp(s_d) / sum exp(s), row by row.

    Parameters
    ----------
    scores : array_like, shape (N, D)

    Returns
    -------
    ndarray, shape (N, D)
        Each row adds up to 1.

    Raises
    ------
    TypeError
        The scores are not an array of real numbers.
    ValueError
        The shape is not (N, D).
    """
    return np.exp(_log_softmax(checks.matrix("scores", scores, "(N, D)")))


def softmax_cross_entropy(scores: ArrayLike, labels: ArrayLike) -> tuple[float, Array]:
    """E = mean over the batch of -log p[label], and dE/ds = (p - onehot) / N, with p = softmax(s).

    Parameters
    ----------
    scores : array_like, shape (N, D)
        One score per class, before any softmax.
    labels : array_like of int, shape (N,)
        The right class of each row, 0 to D - 1.

    Returns
    -------
    loss : float
    gradient : ndarray, shape (N, D)
        Each row adds up to 0.

    Raises
    ------
    TypeError
        The scores are not real numbers or the labels not integers.
    ValueError
        The shapes do not fit, or a label is not a class.
    """
    scores = checks.matrix("scores", scores, "(N, D)")
    right = np.arange(len(scores)), checks.labels(labels, *scores.shape)
    log_p = _log_softmax(scores)
    gradient = np.exp(log_p)
    gradient[right] -= 1
    return -float(np.mean(log_p[right])), gradient / len(scores)


def _log_softmax(scores: Array) -> Array:
    """Log p; the largest score is taken off first, so that no exp overflows."""
    scores = scores - scores.max(axis=1, keepdims=True)
    log_p: Array = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    return log_p
