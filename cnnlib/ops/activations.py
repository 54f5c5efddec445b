"""Functions that bend x into the next o = f(x), each beside its backward: delta = d_o * f'(x).

f' is taken at x, never at o (S4, J20). All work element by element on arrays of any shape.
"""

import numpy as np
from numpy.typing import ArrayLike

from cnnlib import _checks as checks
from cnnlib._checks import Array


def identity(x: ArrayLike) -> Array:
    """f(x) = x: no bend; the result is a new array.

    Parameters
    ----------
    x : array_like, any shape

    Returns
    -------
    ndarray, shape of x

    Raises
    ------
    TypeError
        x is not an array of real numbers.
    """
    return checks.array("x", x).copy()


def identity_backward(d_o: ArrayLike, x: ArrayLike) -> Array:
    """f'(x) = 1, so delta = d_o.

    Parameters
    ----------
    d_o : array_like, any shape
        dE/do, the gradient at the output.
    x : array_like, shape of d_o
        What the forward step was given.

    Returns
    -------
    ndarray, shape of x
        dE/dx.

    Raises
    ------
    TypeError
        d_o or x is not an array of real numbers.
    ValueError
        The shapes differ.
    """
    d_o, x = checks.gradient_at("x", d_o, x)
    return d_o * np.ones_like(x)


def relu(x: ArrayLike) -> Array:
    """f(x) = max(x, 0).

    Parameters
    ----------
    x : array_like, any shape

    Returns
    -------
    ndarray, shape of x

    Raises
    ------
    TypeError
        x is not an array of real numbers.
    """
    return np.maximum(checks.array("x", x), 0)


def relu_backward(d_o: ArrayLike, x: ArrayLike) -> Array:
    """f'(x) = 1 where x > 0, else 0; at the kink, x = 0, it is 0.

    Parameters
    ----------
    d_o : array_like, any shape
        dE/do, the gradient at the output.
    x : array_like, shape of d_o
        What the forward step was given.

    Returns
    -------
    ndarray, shape of x
        dE/dx.

    Raises
    ------
    TypeError
        d_o or x is not an array of real numbers.
    ValueError
        The shapes differ.
    """
    d_o, x = checks.gradient_at("x", d_o, x)
    passes = x > 0
    with np.errstate(invalid="ignore"):  # infinity * 0
        delta = np.asarray(d_o * passes.astype(x.dtype))  # np.where takes ten times longer
    delta[np.isnan(delta) & ~passes] = 0
    delta += 0  # -0 becomes 0
    return delta


def leaky_relu(x: ArrayLike, slope: float = 0.01) -> Array:
    """f(x) = x where x > 0, else slope * x.

    Parameters
    ----------
    x : array_like, any shape
    slope : float
        One finite number, the slope left of the kink.

    Returns
    -------
    ndarray, shape of x

    Raises
    ------
    TypeError
        x is not an array of real numbers, or slope not a number.
    ValueError
        slope is not finite.
    """
    x = checks.array("x", x)
    return np.where(x > 0, x, checks.number("slope", slope) * x)


def leaky_relu_backward(d_o: ArrayLike, x: ArrayLike, slope: float = 0.01) -> Array:
    """f'(x) = 1 where x > 0, else slope; at the kink, x = 0, it is slope.

    Parameters
    ----------
    d_o : array_like, any shape
        dE/do, the gradient at the output.
    x : array_like, shape of d_o
        What the forward step was given.
    slope : float
        As in the forward step.

    Returns
    -------
    ndarray, shape of x
        dE/dx.

    Raises
    ------
    TypeError
        d_o or x is not an array of real numbers, or slope not a number.
    ValueError
        The shapes differ, or slope is not finite.
    """
    d_o, x = checks.gradient_at("x", d_o, x)
    return d_o * np.where(x > 0, np.ones_like(x), checks.number("slope", slope))


def sigmoid(x: ArrayLike) -> Array:
    """f(x) = 1 / (1 + exp(-x)).

    Only exp of a negative number is taken, so that nothing overflows.

    Parameters
    ----------
    x : array_like, any shape

    Returns
    -------
    ndarray, shape of x

    Raises
    ------
    TypeError
        x is not an array of real numbers.
    """
    x = checks.array("x", x)
    z = np.exp(-np.abs(x))
    o: Array = np.where(x < 0, z, np.ones_like(z)) / (1 + z)
    return o


def sigmoid_backward(d_o: ArrayLike, x: ArrayLike) -> Array:
    """f'(x) = f(x) * (1 - f(x)), at most 1/4; 1 - f(x) is f(-x), which does not round to 0.

    Parameters
    ----------
    d_o : array_like, any shape
        dE/do, the gradient at the output.
    x : array_like, shape of d_o
        What the forward step was given.

    Returns
    -------
    ndarray, shape of x
        dE/dx.

    Raises
    ------
    TypeError
        d_o or x is not an array of real numbers.
    ValueError
        The shapes differ.
    """
    d_o, x = checks.gradient_at("x", d_o, x)
    return d_o * sigmoid(x) * sigmoid(-x)


def tanh(x: ArrayLike) -> Array:
    """f(x) = tanh(x).

    Parameters
    ----------
    x : array_like, any shape

    Returns
    -------
    ndarray, shape of x

    Raises
    ------
    TypeError
        x is not an array of real numbers.
    """
    return np.tanh(checks.array("x", x))


def tanh_backward(d_o: ArrayLike, x: ArrayLike) -> Array:
    """f'(x) = 1 - tanh(x)^2.

    Parameters
    ----------
    d_o : array_like, any shape
        dE/do, the gradient at the output.
    x : array_like, shape of d_o
        What the forward step was given.

    Returns
    -------
    ndarray, shape of x
        dE/dx.

    Raises
    ------
    TypeError
        d_o or x is not an array of real numbers.
    ValueError
        The shapes differ.
    """
    d_o, x = checks.gradient_at("x", d_o, x)
    delta: Array = d_o * (1 - np.tanh(x) ** 2)
    return delta
