"""The running examples of the lessons, as numbers for the letters of a setting."""

from functools import cache

import numpy as np

from cnnlib.equations.numbers import Example, pairs
from cnnlib.equations.records import Case
from cnnlib.equations.settings import LINE, PLANE, PLANE_BELOW
from cnnlib.equations.settings_layers import LENGTHS, MEANS, STRIDED, maxima
from cnnlib.equations.symbols import activation, activation_slope
from cnnlib.examples import one_d, tall, two_d

_WORDS = "running example"


@cache
def line() -> Example:
    """1D: o and w of lesson 01, δ of lesson 02."""
    scope = LINE.symbols(Case((6,), (3,))).extending()
    values = scope.values
    given = pairs(values["y^l-1"], one_d.o) | pairs(values["w"], one_d.w)
    given |= pairs(values["delta"], one_d.delta) | {values["b"]: 0}
    return Example(scope, given, f"{_WORDS} in 1D")


@cache
def plane() -> Example:
    """2D: o and w of lesson 03, δ of lesson 04."""
    scope = PLANE.symbols(Case((4, 4), (2, 2))).extending()
    values = scope.values
    given = pairs(values["o"], two_d.o) | pairs(values["w"], two_d.w)
    given |= pairs(values["delta"], two_d.delta) | {values["b"]: 0}
    return Example(scope, given, f"{_WORDS} in 2D")


@cache
def plane_below() -> Example:
    """2D with the layer below: its x gives o by ReLU (lesson 06)."""
    scope = PLANE_BELOW.symbols(Case((4, 4), (2, 2))).extending()
    values = scope.values
    x, below = values["x^l"], two_d.x_below
    assert below is not None
    given = pairs(list(map(activation, x.flat)), np.maximum(below, 0))
    given |= pairs(list(map(activation_slope, x.flat)), below > 0)
    given |= pairs(x, below) | pairs(values["w^l+1"], two_d.w) | {values["b^l+1"]: 0}
    given |= pairs(values["delta^l+1"], two_d.delta)
    return Example(scope, given, f"{_WORDS} in 2D, with ReLU below")


@cache
def max_pool() -> Example:
    """1D: windows of 3 on o of lesson 01, δ of lesson 02 as the gradient at the pool."""
    scope = maxima(Case((6,), (3,)), tuple(one_d.o.astype(int)))
    given = pairs(scope.values["o"], one_d.o)
    given |= pairs(scope.known["E", "y"], one_d.delta)
    return Example(scope, given, f"{_WORDS} in 1D, windows of 3, stride 1")


@cache
def average_pool() -> Example:
    """1D: the same windows, averaged."""
    scope = MEANS.symbols(Case((6,), (3,)))
    given = pairs(scope.values["o"], one_d.o)
    given |= pairs(scope.known["E", "y"], one_d.delta)
    return Example(scope, given, f"{_WORDS} in 1D, windows of 3, stride 1")


@cache
def l2_pool() -> Example:
    """One window (3, 4, 0, 0) with gradient 10."""
    scope = LENGTHS.symbols(Case((4,), (4,)))
    given = pairs(scope.values["o"], [3, 4, 0, 0]) | pairs(scope.known["E", "y"], [10])
    return Example(scope, given, "one window (3, 4, 0, 0), gradient 10")


@cache
def strided() -> Example:
    """2D: the 5 by 6 input and 2 by 3 kernel with stride 2 and padding 1 (lesson 08)."""
    scope = STRIDED.symbols(Case((5, 6), (2, 3), 2, 1)).extending()
    values = scope.values
    given = pairs(values["o"], tall.o) | pairs(values["w"], tall.w)
    given |= pairs(values["delta"], two_d.delta) | {values["b"]: 0}
    return Example(scope, given, "5 by 6 input, 2 by 3 kernel, stride 2, padding 1")
