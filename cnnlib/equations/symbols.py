"""Symbolic layers: arrays of SymPy symbols, an activation f and an error E left undefined.

E is any function of all outputs. That its derivative is the sum over the outputs, each with its own
delta, is checked once with an undefined E; after that one output is differentiated at a time.
"""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from cnnlib.geometry import Window

Shape = tuple[int, ...]


def grid(letter: str, shape: Shape) -> Any:
    """An object array of real symbols, named ``w_1_0`` so that no two names can meet."""
    import sympy

    names = ("_".join([letter, *map(str, index)]) for index in np.ndindex(*shape))
    symbols = [sympy.Symbol(name, real=True) for name in names]
    return as_grid(symbols, shape)


def as_grid(values: Iterable[Any], shape: Shape) -> Any:
    """An object array of any expressions."""
    array = np.empty(shape, dtype=object)
    array.ravel()[:] = list(values)
    return array


@cache
def activation(x: Any) -> Any:
    """f(x), with f undefined."""
    import sympy

    return sympy.Function("f")(x)


@cache
def activation_slope(x: Any) -> Any:
    """f'(x), with f undefined; x is a symbol."""
    return activation(x).diff(x)


class Layer(NamedTuple):
    """A layer by its table of taps: x[i] = sum of w[a] o[p] + b, and E as a function of x."""

    w: Any
    b: Any
    x: Any
    delta: Any
    differentiate: Callable[[Any, Any], Any]


def layer(inputs: Any, window: Window, letter: str = "w") -> Layer:
    """A convolution layer on an array of expressions, one channel.

    The outputs are added up tap by tap from ``geometry``, so that no printed sum is taken on trust.
    """
    import sympy

    w, b = grid(letter, window.kernel), sympy.Symbol("b", real=True)
    x = as_grid([b] * np.prod(window.output_shape(inputs.shape)), window.output_shape(inputs.shape))
    for i, a, p in zip(*window.taps(inputs.shape), strict=True):
        x.flat[i] += w.flat[a] * inputs.flat[p]
    delta = grid("delta", x.shape)
    return Layer(w, b, x, delta, error_of(x, delta))


def error_of(outputs: Any, delta: Any) -> Callable[[Any, Any], Any]:
    """Derivatives where E is any function of the outputs and delta names its partial derivatives.

    One output is differentiated at a time; that their sum with delta is the derivative of E,
    whatever E is, is `chain_rule`.
    """
    import sympy

    if not chain_rule(outputs.size):
        raise ArithmeticError(f"the chain rule fails for {outputs.size} outputs: look at SymPy")

    @cache
    def differentiate(expression: Any, symbol: Any) -> Any:
        if not isinstance(expression, str):
            return sympy.diff(expression, symbol)
        paths = (d * x.diff(symbol) for d, x in zip(delta.flat, outputs.flat, strict=True))
        return sum(paths, start=sympy.Integer(0))

    return differentiate


@cache
def chain_rule(count: int) -> bool:
    """dE/ds = sum of ∂E/∂x_k dx_k/ds for undefined E and x_k: SymPy's own against the sum."""
    import sympy

    s = sympy.Symbol("s", real=True)
    x = [sympy.Function(f"x_{k}")(s) for k in range(count)]
    error = sympy.Function("E")(*x)
    paths = (error.fdiff(k + 1) * x[k].diff(s) for k in range(count))
    return bool(sympy.Add(*paths) == error.diff(s))


def equal(first: Any, second: Any) -> bool:
    """Whether two expressions are the same polynomial in symbols, f and f'."""
    import sympy

    return bool(first == second or sympy.expand(sympy.sympify(first) - second) == 0)
