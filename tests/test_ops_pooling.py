from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from layer_cases import layers, recorded, short_sweep, sizes_of, sweep
from scipy import ndimage

from cnnlib import ops
from cnnlib.gradcheck import numerical_gradient

RECORDED = recorded("pool")


def windows(layer):
    """(output, inputs of its window in reading order) for every output."""
    for i in product(*map(range, layer.window.output_shape(layer.shape))):
        yield i, layer.window.receptive_field(i, layer.shape)


def winner_by_hand(cells):
    """Place of the first NaN, or else of the first largest; none is -1."""
    if not cells:
        return -1
    best = 0
    for place, value in enumerate(cells):
        if np.isnan(value):
            return place
        if value > cells[best]:
            best = place
    return best


def assert_max_pool_is_right(o, y, winner, layer):
    for i, places in windows(layer):
        for n, c in np.ndindex(*o.shape[:2]):
            best = winner_by_hand([o[n, c, *p] for p in places])
            at = (n, c, *i)
            if best < 0:
                assert (y[at], winner[at]) == (-np.inf, -1)
            else:
                assert winner[at] == np.ravel_multi_index(places[best], layer.shape)
                np.testing.assert_array_equal(y[at], o[n, c, *places[best]])


def pool_sizes(layer):
    sizes = {"stride": layer.window.stride, "padding": layer.window.padding}
    return layer.window.kernel, sizes


def test_the_numbers_of_lesson_seven():
    y, winner = ops.max_pool([[[1, 2, 0, -1, 3, 1]]], 3, stride=1)
    assert y.tolist() == [[[2, 2, 3, 3]]]
    assert winner.tolist() == [[[1, 1, 4, 4]]]
    d_o = ops.max_pool_backward([[[1, -2, 0, 3]]], winner, (1, 1, 6))
    assert d_o.tolist() == [[[0, -1, 0, 0, 3, 0]]]
    d_o = ops.l2_pool_backward([[[10]]], [[[3, 4, 0, 0]]], 4)
    assert d_o.tolist() == [[[6, 8, 0, 0]]]


@sweep
@given(layers(), st.sampled_from(["ties", "plain", "nan", "infinite"]))
def test_max_pool_agrees_with_a_search_through_every_window(layer, kind):
    o = layer.arrays[0]
    if kind != "plain":
        o = o.round()
    if kind in ("nan", "infinite"):
        o[o > 0] = np.nan if kind == "nan" else -np.inf
    y, winner = ops.max_pool(o, layer.window.kernel, **layer.geometry)
    assert_max_pool_is_right(o, y, winner, layer)


@sweep
@given(layers())
def test_max_pool_backward_adds_each_delta_to_its_winner(layer):
    o = layer.arrays[0]
    y, winner = ops.max_pool(o, layer.window.kernel, **layer.geometry)
    d_y = np.random.default_rng(layer.seed).normal(size=y.shape)
    expected = np.zeros((*o.shape[:2], np.prod(layer.shape)))
    for at in zip(*np.nonzero(winner >= 0), strict=True):
        expected[(*at[:2], winner[at])] += d_y[at]
    ours = ops.max_pool_backward(d_y, winner, o.shape)
    np.testing.assert_allclose(ours, expected.reshape(o.shape), rtol=1e-12, atol=1e-13)


@short_sweep
@given(layers(dilation=st.just(1)))
def test_average_and_l2_pool_agree_with_windows_summed_by_hand(layer):
    o, (size, sizes) = layer.arrays[0], pool_sizes(layer)
    mean, length = ops.avg_pool(o, size, **sizes), ops.l2_pool(o, size, **sizes)
    for i, places in windows(layer):
        for n, c in np.ndindex(*o.shape[:2]):
            cells = [o[n, c, *p] for p in places]
            assert mean[n, c, *i] == pytest.approx(sum(cells) / np.prod(size), abs=1e-13)
            assert length[n, c, *i] == pytest.approx(sum(v * v for v in cells) ** 0.5, abs=1e-13)


def test_pools_agree_with_scipy_filters():
    o = np.random.default_rng(3).normal(size=(2, 3, 9, 12))
    size = (1, 1, 3, 4)
    largest, mean = ndimage.maximum_filter(o, size), ndimage.uniform_filter(o, size)
    inside = (..., slice(1, 9, 3), slice(2, 12, 4))
    np.testing.assert_array_equal(ops.max_pool(o, (3, 4))[0], largest[inside])
    np.testing.assert_allclose(ops.avg_pool(o, (3, 4)), mean[inside], rtol=1e-12, atol=1e-13)


@short_sweep
@given(layers(axes=st.integers(1, 2), dilation=st.just(1)))
def test_backwards_agree_with_central_differences(layer):
    o, (size, sizes) = layer.arrays[0], pool_sizes(layer)
    y, winner = ops.max_pool(o, size, **sizes)
    d_y = np.random.default_rng(layer.seed).normal(size=y.shape)
    some = winner >= 0
    pairs = [
        (
            lambda v: np.sum((d_y * ops.max_pool(v, size, **sizes)[0])[some]),
            ops.max_pool_backward(d_y, winner, o.shape),
        ),
        (
            lambda v: np.sum(d_y * ops.avg_pool(v, size, **sizes)),
            ops.avg_pool_backward(d_y, o.shape, size, **sizes),
        ),
        (
            lambda v: np.sum(d_y * ops.l2_pool(v, size, **sizes)),
            ops.l2_pool_backward(d_y, o, size, **sizes),
        ),
    ]
    for loss, gradient in pairs:
        # Curvature of the length is 1 / y, so a small window costs a few digits.
        np.testing.assert_allclose(gradient, numerical_gradient(loss, o), rtol=1e-5, atol=1e-6)


@sweep
@given(layers(dilation=st.just(1)))
def test_average_pool_and_its_backward_are_adjoint(layer):
    o, (size, sizes) = layer.arrays[0], pool_sizes(layer)
    y = ops.avg_pool(o, size, **sizes)
    d_y = np.random.default_rng(layer.seed).normal(size=y.shape)
    back = ops.avg_pool_backward(d_y, o.shape, size, **sizes)
    assert np.vdot(d_y, y) == pytest.approx(np.vdot(back, o), abs=1e-10)


@pytest.mark.parametrize("name", RECORDED)
def test_pools_agree_with_recorded_pytorch(name):
    case = RECORDED[name]
    o, (size,) = case["o"], sizes_of(case, "size").values()
    sizes = sizes_of(case, "stride", "padding")
    y, winner = ops.max_pool(o, size, **sizes, **sizes_of(case, "dilation"))
    np.testing.assert_array_equal(y, case["y"])
    d_o = ops.max_pool_backward(case["d_y"], case["winner"], o.shape)
    np.testing.assert_allclose(d_o, case["d_o"], rtol=1e-12, atol=1e-13)
    np.testing.assert_array_equal(winner, case["winner"])
    finite = np.nan_to_num(o)
    mean = ops.avg_pool(finite, size, **sizes)
    np.testing.assert_allclose(mean, case["mean"], rtol=1e-12, atol=1e-13)
    d_o = ops.avg_pool_backward(case["d_mean"], o.shape, size, **sizes)
    np.testing.assert_allclose(d_o, case["d_o_mean"], rtol=1e-12, atol=1e-13)


def test_a_window_on_padding_alone_has_no_winner_and_sends_nothing_back():
    y, winner = ops.max_pool(np.full((1, 1, 2), 5.0), 1, stride=1, padding=1)
    assert y.tolist() == [[[-np.inf, 5, 5, -np.inf]]]
    assert winner.tolist() == [[[-1, 0, 1, -1]]]
    assert ops.max_pool_backward([[[9, 1, 2, 9]]], winner, (1, 1, 2)).tolist() == [[[1, 2]]]


def test_l2_pool_does_not_overflow_and_is_flat_at_zero():
    o = np.array([[[3e200, 4e200, 0.0, 0.0]]])
    np.testing.assert_allclose(ops.l2_pool(o, 2), [[[5e200, 0]]], rtol=1e-15)
    d_o = ops.l2_pool_backward([[[1, 1]]], o, 2)
    np.testing.assert_allclose(d_o, [[[0.6, 0.8, 0, 0]]], rtol=1e-15)
