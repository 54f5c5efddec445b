import math
import time

import numpy as np
import pytest

from cnnlib import ops
from cnnlib.gradcheck import numerical_gradient, relative_error


def test_central_differences_of_known_functions():
    x = np.random.default_rng(1).normal(size=(2, 3, 2))
    expected = 3 * np.cos(x) ** 2 * -np.sin(x)
    ours = numerical_gradient(lambda v: np.sum(np.cos(v) ** 3), x)
    np.testing.assert_allclose(ours, expected, rtol=0, atol=1e-9)


@pytest.mark.parametrize(("size", "tolerance"), [(1e-3, 1e-4), (1.0, 1e-9), (1e6, 1e-9)])
def test_the_step_grows_with_large_numbers(size, tolerance):
    x = np.array([size, -2 * size])
    gradient = numerical_gradient(lambda v: float(np.sum(v**3)) / size**2, x)
    np.testing.assert_allclose(gradient, 3 * x**2 / size**2, rtol=tolerance)


def test_the_step_is_the_one_left_after_rounding():
    gradient = numerical_gradient(lambda v: v[0], [0.1], step=1e-12)
    assert gradient[0] == 1  # 2e-12 instead of the rounded step would give 1.00002


def test_a_step_may_be_chosen():
    gradient = numerical_gradient(lambda v: np.sum(v**3), [1.0], step=0.5)
    np.testing.assert_allclose(gradient, [3.25], rtol=1e-12)  # 3 + step^2


def test_integers_and_plain_numbers_are_taken():
    assert numerical_gradient(lambda v: v[0] * v[1], [2, 3]).round(6).tolist() == [3, 2]
    assert numerical_gradient(lambda v: v**2, 3).round(6) == 6


def test_a_function_that_writes_into_its_argument_does_no_harm():
    def spoils(v):
        result = float(np.sum(v**2))
        v[...] = 100
        return result

    x = np.array([1.0, -2.0])
    np.testing.assert_allclose(numerical_gradient(spoils, x), [2, -4], rtol=1e-8)
    assert x.tolist() == [1, -2]


def test_the_numbers_of_the_second_lesson():
    o, t = np.array([1.0, 2, 0, -1, 3, 1]), [-1, 5, 4, -7]

    def loss(w):
        return ops.half_squared_error(ops.cross_correlate(o, w), t)[0]

    np.testing.assert_allclose(numerical_gradient(loss, [2, -1, 1]), [-6, 11, 5], rtol=1e-8)


def test_fast_enough_for_a_lesson():
    o, w = np.ones((1, 1, 12, 12)), np.random.default_rng(0).normal(size=(4, 1, 5, 5))
    start = time.perf_counter()
    numerical_gradient(lambda v: np.sum(ops.conv(o, v)), w)
    assert time.perf_counter() - start < 2  # seconds; some 0.02 on a quiet machine


def test_relative_error_is_one_ratio_for_the_whole_array():
    assert relative_error([1.0, 2.0], [1.0, 2.0]) == 0
    assert relative_error([0.0, 0.0], [0.0, 0.0]) == 0
    assert relative_error([1e-12, 4.0], [0.0, 5.0]) == 0.2
    assert relative_error([1.0], [-1.0]) == 2
    assert math.isnan(relative_error([math.nan], [1.0]))
    assert relative_error([], []) == 0


def test_wrong_arguments_are_named():
    with pytest.raises(ValueError, match=r"b has shape \(1,\); a has \(2,\)"):
        relative_error([1.0, 2.0], [1.0])
    with pytest.raises(ValueError, match="weigh the outputs"):
        numerical_gradient(lambda v: v, [1.0, 2.0])
    with pytest.raises(TypeError, match=r"f\(x\) has dtype object"):
        numerical_gradient(lambda v: None, [1.0])
    with pytest.raises(TypeError, match="pass a function"):
        numerical_gradient(3, [1.0])
    with pytest.raises(TypeError, match="x has dtype"):
        numerical_gradient(np.sum, ["a"])
    for step in (0, -1.0, math.nan):
        with pytest.raises(ValueError, match="step is"):
            numerical_gradient(np.sum, [1.0], step=step)
