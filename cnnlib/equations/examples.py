"""The running examples of the lessons, as numbers for the letters of a setting.

Only inputs, kernels and targets are written down; everything else is computed from them.
"""

from functools import cache
from typing import Any

import numpy as np

from cnnlib.equations.numbers import Example, pairs
from cnnlib.equations.records import Case
from cnnlib.equations.settings import LINE, PLANE, PLANE_BELOW
from cnnlib.equations.settings_layers import LENGTHS, MEANS, maxima
from cnnlib.equations.symbols import activation, activation_slope
from cnnlib.geometry import Window

O_LINE, W_LINE, T_LINE = [1, 2, 0, -1, 3, 1], [2, -1, 1], [-1, 5, 4, -7]
O_PLANE = [[1, 0, 2, 1], [3, 1, 0, 2], [0, 2, 1, 1], [1, 0, 3, 2]]
W_PLANE = [[1, 2], [0, -1]]
T_PLANE = [[-1, 4, 3], [1, -1, 3], [4, 2, 0]]
X_BELOW = [[1, -2, 2, 1], [3, 1, -1, 2], [-3, 2, 1, 1], [1, -1, 3, 2]]
_WORDS = "the running example of the lessons"


def delta(o: Any, w: Any, t: Any) -> Any:
    """∂E/∂x = x − t for E = half the squared error; x by the table of taps."""
    o, w, t = map(np.asarray, (o, w, t))
    taps = Window(w.shape).taps(o.shape)
    x = np.bincount(taps.output, w.flat[taps.weight] * o.flat[taps.input], minlength=t.size)
    return x.astype(int).reshape(t.shape) - t


@cache
def line() -> Example:
    """1D: o and w of lesson 01, δ of lesson 02."""
    scope = LINE.symbols(Case((6,), (3,))).extending()
    values = scope.values
    given = pairs(values["y^l-1"], O_LINE) | pairs(values["w"], W_LINE)
    given |= pairs(values["delta"], delta(O_LINE, W_LINE, T_LINE)) | {values["b"]: 0}
    return Example(scope, given, f"1D, {_WORDS}: y is its input o")


@cache
def plane() -> Example:
    """2D: o and w of lesson 03, δ of lesson 04."""
    scope = PLANE.symbols(Case((4, 4), (2, 2))).extending()
    values = scope.values
    given = pairs(values["o"], O_PLANE) | pairs(values["w"], W_PLANE)
    given |= pairs(values["delta"], delta(O_PLANE, W_PLANE, T_PLANE)) | {values["b"]: 0}
    return Example(scope, given, f"2D, {_WORDS}")


@cache
def plane_below() -> Example:
    """2D with the layer below: its x gives o by ReLU (lesson 06)."""
    scope = PLANE_BELOW.symbols(Case((4, 4), (2, 2))).extending()
    values = scope.values
    x, below = values["x^l"], np.array(X_BELOW)
    given = pairs(list(map(activation, x.flat)), np.maximum(below, 0))
    given |= pairs(list(map(activation_slope, x.flat)), (below > 0).astype(int))
    given |= pairs(x, below) | pairs(values["w^l+1"], W_PLANE) | {values["b^l+1"]: 0}
    given |= pairs(values["delta^l+1"], delta(O_PLANE, W_PLANE, T_PLANE))
    return Example(scope, given, f"2D, {_WORDS}, with ReLU below")


@cache
def max_pool() -> Example:
    """1D: windows of 3 on o of lesson 01, δ of lesson 02 as the gradient at the pool."""
    scope = maxima(Case((6,), (3,)), tuple(O_LINE))
    given = pairs(scope.values["o"], O_LINE)
    given |= pairs(scope.known["E", "y"], delta(O_LINE, W_LINE, T_LINE))
    return Example(scope, given, f"1D, {_WORDS}, windows of 3, stride 1")


@cache
def average_pool() -> Example:
    """1D: the same windows, averaged."""
    scope = MEANS.symbols(Case((6,), (3,)))
    given = pairs(scope.values["o"], O_LINE)
    given |= pairs(scope.known["E", "y"], delta(O_LINE, W_LINE, T_LINE))
    return Example(scope, given, f"1D, {_WORDS}, windows of 3, stride 1")


@cache
def l2_pool() -> Example:
    """One window (3, 4, 0, 0) with gradient 10."""
    scope = LENGTHS.symbols(Case((4,), (4,)))
    given = pairs(scope.values["o"], [3, 4, 0, 0]) | pairs(scope.known["E", "y"], [10])
    return Example(scope, given, "one window (3, 4, 0, 0), gradient 10")
