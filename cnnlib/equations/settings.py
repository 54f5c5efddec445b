"""The situations that the equations speak about, in the letters of both sources."""

from functools import cache
from typing import Any

import numpy as np

from cnnlib.equations.evaluate import Scope
from cnnlib.equations.records import Case, Integers, Setting
from cnnlib.equations.symbols import (
    activation,
    activation_slope,
    as_grid,
    error_of,
    grid,
    layer,
)
from cnnlib.geometry import Window

FUNCTIONS = {"f": activation, "f'": activation_slope}
IDENTITY = {"f": lambda x: x, "f'": lambda x: 1}
PLANES = (Case((3, 4), (2, 2)), Case((2, 4), (1, 3)), Case((4, 2), (3, 1)), Case((3, 3), (2, 3)))
LINES = (Case((5,), (3,)), Case((4,), (2,)), Case((3,), (3,)), Case((3,), (1,)))
SMALL_PLANES = (
    *(Case((1, 2), (1, 2)), Case((2, 1), (2, 1)), Case((1, 3), (1, 2)), Case((3, 1), (2, 1))),
    *(Case((2, 2), (2, 2)), Case((2, 3), (2, 2)), Case((3, 3), (2, 2))),
)
SMALL_LINES = (Case((2,), (2,)), Case((3,), (2,)), Case((3,), (3,)), Case((5,), (3,)))


def sizes(case: Case) -> dict[str, Any]:
    """Letters of both sources for the sizes: N, m; H, W, k_1, k_2."""
    names = {"N": case.input[0], "m": case.kernel[0], "H": case.input[0], "W": case.input[-1]}
    names |= {"G": case.input[1] if len(case.input) == 3 else 1}
    kernel = {k + 1: size for k, size in enumerate(case.kernel)}
    kernel.setdefault(2, case.kernel[0])
    return {**names, "k": kernel, "s": case.stride, "P": case.padding}


def ranges(case: Case) -> dict[str, int]:
    """How far an index runs where a sum prints no limits."""
    rows, columns = case.kernel[0], case.kernel[-1]
    return {"a": rows, "m": rows, "m'": rows, "n": columns, "n'": columns}


def outputs(case: Case) -> tuple[int, ...]:
    """Shape of the output."""
    return window(case).output_shape(case.input)


def window(case: Case) -> Window:
    """The kernel and how it moves."""
    return Window(case.kernel, stride=case.stride, padding=case.padding)


def _region(case: Case) -> Any:
    def positions(variables: Any) -> list[tuple[int, ...]]:
        names = ("i'", "j'")[: len(case.input)]
        return window(case).region_q(tuple(variables[name] for name in names), case.input)

    return positions


@cache
def _above(case: Case) -> Scope:
    """One layer on given inputs: o (or y, I) into x, kernel w (or K), delta at x."""
    import sympy

    o = grid("o", case.input)
    made = layer(o, window(case))
    values = {"w": made.w, "K": made.w, "b": made.b, "x": made.x, "delta": made.delta}
    values |= {f"{letter}^l": value for letter, value in values.items()}
    values |= {"o": o, "o^l-1": o, "y": o, "y^l-1": o, "I": o, "exact": sympy.sympify} | sizes(case)
    known = {("E", "x"): made.delta, ("E", "x^l"): made.delta}
    regions = {"Q": _region(case)}
    return Scope(values, ranges(case), regions, "undefined", known, made.differentiate)


@cache
def _below(case: Case) -> Scope:
    """Two layers: x^l, o^l = f(x^l), then w^{l+1}, x^{l+1} and delta^{l+1}."""
    x = grid("x", case.input)
    o = as_grid(map(activation, x.flat), x.shape)
    made = layer(o, window(case))
    values = {"x^l": x, "o^l": o, "y^l": o, "w^l+1": made.w, "b^l+1": made.b, "x^l+1": made.x}
    values |= {"delta^l+1": made.delta} | FUNCTIONS | sizes(case)
    known = {("E", "x^l+1"): made.delta}
    regions = {"Q": _region(case)}
    return Scope(values, ranges(case), regions, "undefined", known, made.differentiate)


@cache
def _nonlinear(case: Case) -> Scope:
    """Only an activation: x^l, y^l = f(x^l) = o^l, E a function of y^l."""
    x = grid("x", case.input)
    y = as_grid(map(activation, x.flat), x.shape)
    partials = grid("g", case.input)
    known = {("E", "y^l"): partials, ("E", "o^l"): partials}
    values = {"x^l": x, "y^l": y, "o^l": y} | FUNCTIONS | sizes(case)
    return Scope(values, {}, {}, "undefined", known, error_of(y, partials))


@cache
def _defined(case: Case) -> Scope:
    """E as a function of the outputs x themselves, delta its partial derivatives."""
    x, delta = grid("x", case.input), grid("delta", case.input)
    return Scope(
        {"x": x, "delta": delta} | sizes(case), {}, {}, "undefined", {}, error_of(x, delta)
    )


@cache
def _image(case: Case) -> Scope:
    """An image and a kernel, and c: the coefficients of the product of their polynomials."""
    import sympy

    scope = _above(case)
    image, kernel = scope.values["I"], scope.values["K"]
    u, v = sympy.symbols("u v")
    factors = [
        sympy.Poly({index: array[index] for index in np.ndindex(*array.shape)}, u, v)
        for array in (image, kernel)
    ]
    full = tuple(n + k - 1 for n, k in zip(case.input, case.kernel, strict=True))
    terms = (factors[0] * factors[1]).as_dict()
    c = as_grid((terms.get(index, 0) for index in np.ndindex(*full)), full)
    return scope.with_values(values={**scope.values, "c": c})


@cache
def _toeplitz(case: Case) -> Scope:
    """Two layers in one dimension, the upper one written as a matrix T, and delta^l derived."""
    scope = _below(case)
    w, x = scope.values["w^l+1"], scope.values["x^l"]
    rows = outputs(case)[0]
    matrix = np.zeros((rows, len(x)), dtype=object)
    for i, a in np.ndindex(rows, len(w)):
        matrix[i, i + a] = w[a]
    assert scope.differentiate is not None
    below = as_grid([scope.differentiate("E", symbol) for symbol in x], x.shape)
    return scope.with_values(values={**scope.values, "T^l+1": matrix, "delta^l": below})


@cache
def _flipped(case: Case) -> Scope:
    """A layer that convolves truly: the taps with every weight at its turned place."""
    scope = _above(case)
    w = scope.values["w"]
    return scope.with_values(values={**scope.values, "w": np.flip(w), "K": np.flip(w)})


def _flat_integers(case: Case) -> Integers:
    """All letters as plain integers; f is the identity, so that f' is 1."""
    below = {"o": case.input, "y": case.input, "I": case.input}
    shapes = below | {"w": case.kernel, "K": case.kernel, "v": case.kernel, "delta": outputs(case)}
    return Integers(shapes, sizes(case) | IDENTITY | {"x": np.zeros(case.input, int), "b": 0})


_FREE = "E is any differentiable function of the outputs; "
_ONE = "stride 1, no padding, one channel and one sample"
LINE = Setting(_above, _flat_integers, LINES, SMALL_LINES, _FREE + _ONE)
PLANE = Setting(_above, _flat_integers, PLANES, SMALL_PLANES, _FREE + _ONE)
PLANE_BELOW = Setting(
    _below, _flat_integers, PLANES, SMALL_PLANES, _FREE + "f is any function; " + _ONE
)
SQUARE = Setting(_above, _flat_integers, PLANES, (Case((2, 2), (2, 2)),))
SINGLE = Setting(_above, _flat_integers, LINES, (Case((1,), (1,)),))
SPACES = (Case((1, 2, 3), (1, 2, 2)), Case((3, 2, 2), (2, 1, 2)))
SPACE = Setting(_above, _flat_integers, SPACES, (), _FREE + _ONE)
TOEPLITZ = Setting(
    _toeplitz, _flat_integers, LINES, SMALL_LINES, _FREE + "f is any function; " + _ONE
)
LINE_ACTIVATION = Setting(
    *(_nonlinear, _flat_integers, (Case((3,), (1,)), Case((1,), (1,))), SMALL_LINES),
    "E and f are any differentiable functions, f element by element",
)
PLANE_ACTIVATION = Setting(
    *(_nonlinear, _flat_integers, (Case((2, 3), (1, 1)),), SMALL_PLANES),
    "E and f are any differentiable functions, f element by element",
)
ERROR = Setting(
    *(_defined, _flat_integers, (Case((2, 3), (1, 1)), Case((3, 1), (1, 1))), SMALL_PLANES),
    "E is any differentiable function of all x",
)
FLIPPED = Setting(_flipped, _flat_integers, PLANES, SMALL_PLANES, _FREE + _ONE)
IMAGE = Setting(_image, _flat_integers, PLANES, SMALL_PLANES, _ONE)
