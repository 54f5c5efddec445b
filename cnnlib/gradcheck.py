"""Is a gradient right? Nudge each number both ways, see what E does, and compare."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from cnnlib import _checks as checks
from cnnlib._checks import Array


def numerical_gradient(
    f: Callable[[Array], float], x: ArrayLike, step: float | None = None
) -> Array:
    """Central differences: dE/dx[p] = (f(x + h e_p) - f(x - h e_p)) / 2h for every element p.

    Parameters
    ----------
    f : function of an array, returning one number
        It gets a fresh float64 copy of x each time. For an operation with many outputs, weigh
        them: ``lambda o: np.sum(delta * conv(o, w))``.
    x : array_like
        Where the gradient is taken. Keep it off kinks such as ReLU's 0.
    step : float, optional
        h, in the units of x; left out, 6e-6 times the larger of 1 and |x[p]|, which balances
        rounding against curvature.

    Returns
    -------
    ndarray of float64, shape of x

    Raises
    ------
    TypeError
        x is not real numbers, f is no function or returns no number.
    ValueError
        f returns more than one number, or the step is not positive.

    Examples
    --------
    >>> numerical_gradient(lambda w: np.sum(w**2), [1.0, -2.0]).round(6)
    array([ 2., -4.])
    """
    if not callable(f):
        raise TypeError(f"f is {f!r}; a function of an array is expected: pass a function")
    x = checks.array("x", x).astype(np.float64)
    gradient = np.empty_like(x)
    for position in np.ndindex(x.shape):
        gradient[position] = _slope(f, x, position, _step(step, float(x[position])))
    return gradient


def relative_error(a: ArrayLike, b: ArrayLike) -> float:
    """How far two gradients are apart: max |a - b| / max(|a|, |b|), the largest over all elements.

    One ratio for the whole array, so that an element near 0 does not cry wolf. About 1e-9 is
    agreement in float64; above 1e-4 a formula is wrong.

    Parameters
    ----------
    a, b : array_like, one shape

    Returns
    -------
    float
        0 where both are equal, at most 2, NaN where a NaN is among them.

    Raises
    ------
    TypeError
        Something is not an array of real numbers.
    ValueError
        The shapes differ.
    """
    a, b = checks.array("a", a), checks.array("b", b)
    checks.same_shape("b", b.shape, a.shape, "a has", "compare arrays of one shape")
    size = max(np.max(np.abs(a), initial=0), np.max(np.abs(b), initial=0))
    return float(np.max(np.abs(a - b), initial=0) / (size or 1))


def _step(step: float | None, value: float) -> float:
    if step is None:
        return 6e-6 * max(1.0, abs(value))
    if checks.number("step", step) <= 0:
        raise ValueError(f"step is {step}; a positive one is expected: try 1e-5")
    return float(step)


def _slope(f: Callable[[Array], float], x: Array, position: tuple[int, ...], step: float) -> float:
    """The slope of f along one element, over the step that was really taken after rounding."""
    up, down = x.copy(), x.copy()
    up[position] += step
    down[position] -= step
    run = up[position] - down[position]
    return (_one_number(f(up)) - _one_number(f(down))) / float(run)


def _one_number(value: ArrayLike) -> float:
    numbers = checks.array("f(x)", value)
    if numbers.size != 1:
        raise ValueError(
            f"f(x) has shape {numbers.shape}; one number is expected: "
            "weigh the outputs, for example np.sum(delta * f(x))"
        )
    return float(numbers.reshape(()))
