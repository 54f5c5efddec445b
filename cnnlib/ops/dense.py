"""A dense layer: every output weighs every input, as 1x1 kernels do at one pixel."""

from numpy.typing import ArrayLike

from cnnlib import _checks as checks
from cnnlib._checks import Array


def dense(o: ArrayLike, w: ArrayLike, b: ArrayLike | None = None) -> Array:
    """Weigh every input for every output: x = w o + b for each row of the batch.

    Parameters
    ----------
    o : array_like, shape (N, C)
        A batch of flat activations.
    w : array_like, shape (D, C)
        One row of weights per output.
    b : array_like, shape (D,), optional
        Bias per output; none is zero.

    Returns
    -------
    ndarray, shape (N, D)

    Raises
    ------
    TypeError
        Something is not an array of real numbers.
    ValueError
        The shapes do not fit together.

    Examples
    --------
    >>> dense([[1, 2]], [[1, 2], [0, -1], [3, 1]])
    array([[ 5., -2.,  5.]])
    """
    o, w = _layer(o, w)
    return o @ w.T + checks.bias(b, len(w), w, each="output")


def dense_backward(delta: ArrayLike, o: ArrayLike, w: ArrayLike) -> tuple[Array, Array, Array]:
    """The three gradients of a dense layer; weight and bias gradients add up over the batch.

    d_o = delta w (the transpose of the forward step), d_w = delta^T o, d_b = sum of delta (S6).

    Parameters
    ----------
    delta : array_like, shape (N, D)
        dE/dx, the gradient at the output.
    o, w : array_like, shapes (N, C) and (D, C)
        What the forward step was given.

    Returns
    -------
    d_o, d_w, d_b : ndarray, shapes (N, C), (D, C), (D,)

    Raises
    ------
    TypeError
        Something is not an array of real numbers.
    ValueError
        The shapes do not fit together.
    """
    o, w = _layer(o, w)
    delta = checks.array("delta", delta)
    expected = (len(o), len(w))
    remedy = "pass the gradient at the output"
    checks.same_shape("delta", delta.shape, expected, "dense(o, w) gives", remedy)
    return delta @ w, delta.T @ o, delta.sum(axis=0)


def _layer(o: ArrayLike, w: ArrayLike) -> tuple[Array, Array]:
    o, w = checks.matrix("o", o, "(N, C)"), checks.matrix("w", w, "(D, C)")
    remedy = "one column per input is needed"
    checks.same_shape("w", w.shape, (len(w), o.shape[1]), f"o of {o.shape} asks for", remedy)
    return o, w
