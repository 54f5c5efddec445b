import tracemalloc

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from autograd.scipy.signal import convolve as autograd_convolve
from hypothesis import given
from hypothesis import strategies as st
from layer_cases import layers, recorded, short_sweep, sizes_of, sweep
from scipy import signal

from cnnlib import ops
from cnnlib.gradcheck import numerical_gradient

RECORDED = recorded("conv")


def close(ours, theirs):
    """Sums of at most a few hundred products of size 1, in float64."""
    np.testing.assert_allclose(ours, theirs, rtol=1e-10, atol=1e-11)


def dilated(w, window):
    """The kernel with zeros put between its weights."""
    wide = np.zeros((*w.shape[:2], *window.extent))
    wide[(..., *(slice(None, None, d) for d in window.dilation))] = w
    return wide


def every_step(window):
    return (..., *(slice(None, None, s) for s in window.stride))


def conv_by_scipy(o, w, layer):
    """One small correlation per image, filter and map, in SciPy."""
    padded, wide = np.pad(o, layer.padded), dilated(w, layer.window)
    full = [
        [
            sum(signal.correlate(m, k, "valid", "direct") for m, k in zip(image, kernel))
            for kernel in wide
        ]
        for image in padded
    ]
    return np.array(full)[every_step(layer.window)]


def conv_by_autograd(o, wide, layer):
    axes = list(range(2, o.ndim))
    padded = anp.pad(o, layer.padded, "constant")
    turned = wide[(..., *(slice(None, None, -1) for _ in axes))]
    x = autograd_convolve(padded, turned, axes=(axes, axes), dot_axes=([1], [1]), mode="valid")
    return x[every_step(layer.window)]


def test_the_numbers_of_the_second_lesson():
    o, w, delta = ([[v]] for v in ([1, 2, 0, -1, 3, 1], [2, -1, 1], [1, -2, 0, 3]))
    d_o, d_w, d_b = ops.conv_backward(delta, o, w)
    assert d_o.tolist() == [[[2, -5, 3, 4, -3, 3]]]
    assert d_w.tolist() == [[[-6, 11, 5]]]
    assert d_b.tolist() == [2]


def test_the_numbers_of_lesson_six():
    o = [[[[1, 0, 2, 1], [3, 1, 0, 2], [0, 2, 1, 1], [1, 0, 3, 2]]]]
    w, delta = [[[[1, 2], [0, -1]]]], [[[[1, 0, -1], [2, 1, 0], [0, -1, 1]]]]
    assert ops.conv(o, w).tolist() == [[[[0, 4, 2], [3, 0, 3], [4, 1, 1]]]]
    d_o, d_w, d_b = ops.conv_backward(delta, o, w)
    assert d_o[0, 0].tolist() == [[1, 2, -1, -2], [2, 4, 2, 1], [0, -3, -2, 2], [0, 0, 1, -1]]
    assert d_w[0, 0].tolist() == [[5, 1], [8, 3]]
    assert d_b.tolist() == [3]


@sweep
@given(layers())
def test_conv_agrees_with_the_sum_over_taps(layer):
    o, w, b, _ = layer.arrays
    close(ops.conv(o, w, b, **layer.geometry), ops.conv_by_taps(o, w, b, **layer.geometry))


@sweep
@given(layers())
def test_conv_backward_agrees_with_the_sum_over_taps(layer):
    o, w, _, delta = layer.arrays
    ours = ops.conv_backward(delta, o, w, **layer.geometry)
    taps = ops.conv_backward_by_taps(delta, o, w, **layer.geometry)
    for gradient, expected in zip(ours, taps, strict=True):
        assert gradient.shape == expected.shape
        close(gradient, expected)


@short_sweep
@given(layers())
def test_conv_agrees_with_scipy(layer):
    o, w, _, _ = layer.arrays
    close(ops.conv(o, w, **layer.geometry), conv_by_scipy(o, w, layer))


@short_sweep
@given(layers())
def test_gradients_agree_with_autograd(layer):
    o, w, _, delta = layer.arrays
    wide = dilated(w, layer.window)
    d_o, d_wide = autograd.grad(
        lambda both: anp.sum(delta * conv_by_autograd(*both, layer)),
    )((o, wide))
    close(ops.conv_input_gradient(delta, w, o.shape, **layer.geometry), d_o)
    d_w = ops.conv_weight_gradient(delta, o, layer.window.kernel, **layer.geometry)
    close(d_w, d_wide[(..., *(slice(None, None, d) for d in layer.window.dilation))])


@short_sweep
@given(layers(axes=st.just(1)) | layers(axes=st.just(2)))
def test_gradients_agree_with_central_differences(layer):
    o, w, b, delta = layer.arrays
    ours = ops.conv_backward(delta, o, w, **layer.geometry)
    for place, gradient in enumerate(ours):
        arguments = [o, w, b]

        def loss(value, place=place, arguments=arguments):
            changed = [*arguments[:place], value, *arguments[place + 1 :]]
            return np.sum(delta * ops.conv(*changed, **layer.geometry))

        numbers = numerical_gradient(loss, arguments[place])
        size = np.abs(numbers).max() + np.abs(delta).max()
        assert np.abs(gradient - numbers).max() < 1e-7 * size


@sweep
@given(layers())
def test_both_gradients_are_adjoints_of_the_forward_step(layer):
    """<delta, o ⊗ w> is one number, however the products are grouped."""
    o, w, _, delta = layer.arrays
    d_o, d_w, _ = ops.conv_backward(delta, o, w, **layer.geometry)
    total = np.vdot(delta, ops.conv(o, w, **layer.geometry))
    scale = np.abs(delta).sum() + np.abs(o).sum()
    assert abs(np.vdot(d_o, o) - total) < 1e-11 * scale
    assert abs(np.vdot(d_w, w) - total) < 1e-11 * scale


@sweep
@given(layers())
def test_each_gradient_on_its_own_is_that_of_conv_backward(layer):
    o, w, _, delta = layer.arrays
    d_o, d_w, d_b = ops.conv_backward(delta, o, w, **layer.geometry)
    kernel = layer.window.kernel
    np.testing.assert_array_equal(ops.conv_input_gradient(delta, w, o.shape, **layer.geometry), d_o)
    np.testing.assert_array_equal(ops.conv_weight_gradient(delta, o, kernel, **layer.geometry), d_w)
    np.testing.assert_array_equal(ops.conv_bias_gradient(delta), d_b)


@pytest.mark.parametrize("name", RECORDED)
def test_conv_agrees_with_recorded_pytorch(name):
    case = RECORDED[name]
    o, w, b, delta = (case[key] for key in ("o", "w", "b", "delta"))
    geometry = sizes_of(case, "stride", "padding", "dilation")
    close(ops.conv(o, w, b, **geometry), case["x"])
    gradients = ops.conv_backward(delta, o, w, **geometry)
    for key, gradient in zip(("d_o", "d_w", "d_b"), gradients, strict=True):
        close(gradient, case[key])


@pytest.mark.parametrize(
    ("sizes", "geometry"),
    [
        (((40, 1, 28, 28), (6, 1, 5, 5)), {"padding": 2}),
        (((9, 6, 14, 14), (16, 6, 5, 5)), {}),
        (((5, 32, 17, 15), (24, 32, 3, 3)), {"padding": 1}),
        (((5, 32, 17, 15), (24, 32, 3, 3)), {"padding": 1, "stride": 2}),
        (((5, 32, 17, 15), (24, 32, 3, 3)), {"padding": 2, "dilation": 2}),
        (((6, 16, 130), (32, 16, 5)), {"padding": 2}),
        (((3, 4, 9, 8, 10), (5, 4, 3, 2, 3)), {"padding": (1, 0, 1), "stride": (2, 1, 1)}),
        (((2, 3, 300, 310), (4, 3, 3, 3)), {"padding": 1}),
        (((2, 2, 30, 30), (3, 2, 29, 28)), {}),
        (((300, 2, 5, 4), (3, 2, 2, 3)), {}),
    ],
    ids=str,
)
def test_large_layers_that_take_several_blocks_agree_with_the_taps(sizes, geometry):
    random = np.random.default_rng(5)
    o, w = (random.normal(size=s) for s in sizes)
    x = ops.conv(o, w, **geometry)
    np.testing.assert_allclose(x, ops.conv_by_taps(o, w, **geometry), rtol=1e-9, atol=1e-9)
    delta = random.normal(size=x.shape)
    ours = ops.conv_backward(delta, o, w, **geometry)
    taps = ops.conv_backward_by_taps(delta, o, w, **geometry)
    for gradient, expected in zip(ours, taps, strict=True):
        np.testing.assert_allclose(gradient, expected, rtol=1e-8, atol=1e-8)


@pytest.mark.parametrize("padding", [3, 40])
def test_outputs_that_see_only_padding_are_the_bias_and_send_nothing_back(padding):
    o, w = np.ones((2, 2, 5, 6)), np.ones((3, 2, 1, 2))
    geometry = {"stride": 100, "padding": padding}
    np.testing.assert_array_equal(
        ops.conv(o, w, [1, 2, 3], **geometry), [[[[1]], [[2]], [[3]]]] * 2
    )
    d_o, d_w, d_b = ops.conv_backward(np.ones((2, 3, 1, 1)), o, w, **geometry)
    assert not d_o.any()
    assert not d_w.any()
    assert d_b.tolist() == [2, 2, 2]


def test_wide_numbers_keep_their_last_digits_on_the_way():
    """Where longdouble is wider than float64, no buffer in between may round to float64."""
    random = np.random.default_rng(5)
    o, w, delta = (
        random.normal(size=s).astype("longdouble") / 3
        for s in ((2, 3, 5, 9), (2, 3, 2, 3), (2, 2, 4, 7))
    )
    allowed = 200 * np.finfo("longdouble").eps
    pairs = [(ops.conv(o, w), ops.conv_by_taps(o, w))]
    pairs += zip(ops.conv_backward(delta, o, w), ops.conv_backward_by_taps(delta, o, w))
    for ours, expected in pairs:
        assert np.abs(ours - expected).max() < allowed


@pytest.mark.parametrize("images", [64, 512])
def test_buffers_stay_small_whatever_the_batch(images):
    random = np.random.default_rng(0)
    o, w = random.normal(size=(images, 6, 20, 20)), random.normal(size=(8, 6, 5, 5))
    x, peak = peak_bytes(lambda: ops.conv(o, w, padding=2))
    assert peak - x.nbytes < 4 * 2**20  # rows, product and padded images of one block
    gradients, peak = peak_bytes(lambda: ops.conv_backward(x, o, w, padding=2))
    assert peak - sum(g.nbytes for g in gradients) < 4 * 2**20


def peak_bytes(work):
    tracemalloc.start()
    result = work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return result, peak
