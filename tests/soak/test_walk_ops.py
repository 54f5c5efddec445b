"""Thousands of geometries: operations against the table of taps, pools window by window."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from layer_cases import layers

from cnnlib import ops
from cnnlib.geometry import Window

WALK = settings(max_examples=5_000, deadline=None, print_blob=True)
POOLS = settings(WALK, max_examples=1_500)


def close(ours, theirs):
    np.testing.assert_allclose(ours, theirs, rtol=1e-10, atol=1e-11)


@WALK
@given(layers())
def test_forward_and_backward_are_the_sum_over_taps(layer):
    o, w, b, delta = layer.arrays
    close(ops.conv(o, w, b, **layer.geometry), ops.conv_by_taps(o, w, b, **layer.geometry))
    ours = ops.conv_backward(delta, o, w, **layer.geometry)
    for fast, slow in zip(ours, ops.conv_backward_by_taps(delta, o, w, **layer.geometry)):
        close(fast, slow)


@st.composite
def pools(draw):
    """A pool that PyTorch would take: padding at most half the size; small integers, so ties."""
    axes = draw(st.integers(1, 2))
    size, stride, pad, dilation, shape = [], [], [], [], []
    for _ in range(axes):
        k, d = draw(st.integers(1, 3)), draw(st.integers(1, 2))
        p = draw(st.integers(0, k // 2))
        least = max(1, d * (k - 1) + 1 - 2 * p)
        for values, value in ((size, k), (dilation, d), (pad, p)):
            values.append(value)
        stride.append(draw(st.integers(1, 3)))
        shape.append(least + draw(st.integers(0, 4)))
    seed = draw(st.integers(0, 2**32 - 1))
    return Window(tuple(size), tuple(stride), tuple(pad), tuple(dilation)), tuple(shape), seed


def windows_of(window, shape):
    """For each output its inputs (flat, in reading order), by nested loops and nothing else."""
    outputs = window.output_shape(shape)
    for i in np.ndindex(*outputs):
        corner = [s * n - p for s, n, p in zip(window.stride, i, window.padding)]
        steps = (
            [c + d * a for a in range(k)] for c, k, d in zip(corner, window.kernel, window.dilation)
        )
        there = [p for p in itertools.product(*steps) if all(0 <= q < n for q, n in zip(p, shape))]
        yield i, [int(np.ravel_multi_index(p, shape)) for p in there]


@POOLS
@given(pools())
def test_max_pool_routes_to_the_first_winner_of_each_window(case):
    window, shape, seed = case
    random = np.random.default_rng(seed)
    o = random.integers(-2, 3, (2, 2, *shape)).astype(float)
    moves = {"stride": window.stride, "padding": window.padding, "dilation": window.dilation}
    y, winner = ops.max_pool(o, window.kernel, **moves)
    d_y = random.normal(size=y.shape)
    expected = np.zeros((4, int(np.prod(shape))))
    for n, flat in enumerate(o.reshape(4, -1)):
        for i, inputs in windows_of(window, shape):
            at = (n // 2, n % 2, *i)
            if not inputs:  # with dilation a window may see nothing but padding
                assert (y[at], winner[at]) == (-np.inf, -1)
                continue
            won = max(inputs, key=lambda p: (flat[p], -p))
            assert (y[at], winner[at]) == (flat[won], won)
            expected[n, won] += d_y[at]
    d_o = ops.max_pool_backward(d_y, winner, o.shape)
    np.testing.assert_allclose(d_o.reshape(4, -1), expected, rtol=0, atol=1e-12)


@POOLS
@given(pools())
def test_average_and_l2_share_what_comes_back(case):
    window, shape, seed = case
    window = Window(window.kernel, window.stride, window.padding)
    if any(n + 2 * p < k for n, p, k in zip(shape, window.padding, window.kernel)):
        return
    random = np.random.default_rng(seed)
    o = random.normal(size=(1, 1, *shape))
    moves = {"stride": window.stride, "padding": window.padding}
    mean, root = ops.avg_pool(o, window.kernel, **moves), ops.l2_pool(o, window.kernel, **moves)
    d_y = random.normal(size=mean.shape)
    shared, rooted = np.zeros(o.size), np.zeros(o.size)
    flat, cells = o.ravel(), int(np.prod(window.kernel))
    for i, inputs in windows_of(window, shape):
        at = (0, 0, *i)
        length = np.sqrt(sum(flat[p] ** 2 for p in inputs))
        close(mean[at], sum(flat[p] for p in inputs) / cells)
        close(root[at], length)
        for p in inputs:
            shared[p] += d_y[at] / cells
            rooted[p] += d_y[at] * flat[p] / length
    close(ops.avg_pool_backward(d_y, o.shape, window.kernel, **moves).ravel(), shared)
    close(ops.l2_pool_backward(d_y, o, window.kernel, **moves).ravel(), rooted)
