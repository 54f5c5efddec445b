"""What NumPy says of delta's way back, for the widgets' JavaScript: right and wrong sums."""

from itertools import product

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from scipy import signal

SHAPES = [
    ((4, 4), (2, 2)),
    ((5, 6), (2, 3)),
    ((5, 3), (3, 2)),
    ((3, 3), (3, 3)),
    ((4, 5), (4, 2)),
    ((6,), (3,)),
    ((4,), (1,)),
]
KERNELS = [[[1, 2], [2, 1]], [[0, 1], [1, 0]], [[1, 2], [2, 5]], [[1, 2], [0, -1]]]


def flow_vectors():
    random = [case(*shapes, seed) for seed, shapes in enumerate(SHAPES)]
    chosen = [case((4, 4), (2, 2), 9, np.array(kernel, float)) for kernel in KERNELS]
    return random + chosen


def case(input_shape, kernel_shape, seed, w=None):
    rng = np.random.default_rng(seed)
    outputs = tuple(n - k + 1 for n, k in zip(input_shape, kernel_shape))
    o, delta = (rng.integers(-4, 5, shape).astype(float) for shape in (input_shape, outputs))
    w = rng.integers(-4, 5, kernel_shape).astype(float) if w is None else w
    below = rng.integers(-3, 4, input_shape).astype(float)
    below.flat[0] = 0  # ReLU's kink
    return {
        "input": o.tolist(), "kernel": w.tolist(), "delta": delta.tolist(), "below": below.tolist(),
        "scattered": scattered(delta, w), "windows": windows(delta, w),
        "sameTurned": bool(np.array_equal(w, turned(w))),
        "below_f": {f: through_f(o, delta, w, below, f) for f in SLOPES},
        "wrong": {slug: nested(formula(delta, w)) for slug, formula in BACK.items()},
    }  # fmt: skip


def nested(array):
    return None if array is None else array.tolist()


def turned(w):
    return w[(slice(None, None, -1),) * w.ndim]


def right(delta, w):
    return signal.convolve(delta, w, "full", method="direct")


def scattered(delta, w):
    """The input gradient after each stamp, in the order of the deltas."""
    sums, running = np.zeros(right(delta, w).shape), []
    for at in np.ndindex(*delta.shape):
        sums[tuple(slice(i, i + k) for i, k in zip(at, w.shape))] += delta[at] * w
        running.append(sums.ravel().tolist())
    return running


def extended(delta, w):
    return np.pad(delta, [(k - 1, k - 1) for k in w.shape])


def windows(delta, w):
    """For each input the extended deltas in its window, and the turned kernel over them."""
    seen = sliding_window_view(extended(delta, w), w.shape)
    return [
        {"delta": seen[p].ravel().tolist(), "weights": turned(w).ravel().tolist()}
        for p in np.ndindex(*right(delta, w).shape)
    ]


def slid(kernel, over):
    if any(n < k for n, k in zip(over.shape, kernel.shape)):
        return None
    windows = sliding_window_view(over, kernel.shape)
    return (windows * kernel).sum(axis=tuple(range(-kernel.ndim, 0)))


def one_guard(delta, w):
    """NumPy itself wraps round, or raises."""
    d_o = np.zeros(right(delta, w).shape)
    for p, a in product(np.ndindex(*d_o.shape), np.ndindex(*w.shape)):
        i = tuple(int(n) for n in np.subtract(p, a))
        if any(n >= size for n, size in zip(i, delta.shape)):
            continue
        try:
            d_o[p] += delta[i] * w[a]
        except IndexError:
            return None
    return d_o


BACK = {
    "flipped-twice": lambda delta, w: signal.convolve(delta, turned(w), "full", method="direct"),
    "not-flipped": lambda delta, w: slid(w, extended(delta, w)),
    "one-axis-flipped": lambda delta, w: slid(w[::-1], extended(delta, w)),
    "wrong-size": lambda delta, w: slid(turned(w), delta),
    "border-not-clipped": one_guard,
}
SLOPES = {
    "relu": (lambda x: np.clip(x, 0, None), lambda x: np.heaviside(x, 0)),
    "sigmoid": (lambda x: (1 + np.tanh(x / 2)) / 2, lambda x: 0.25 / np.cosh(x / 2) ** 2),
}


def through_f(o, delta, w, below, name):
    f, slope = SLOPES[name]
    d_o, x = right(delta, w), slid(w, o)
    results = {
        "right": d_o * slope(below),
        "derivative-missing": d_o,
        "derivative-at-output": d_o * slope(f(below)),
        "derivative-twice": d_o * slope(below) ** 2,
        "derivative-of-layer-above": right(delta * slope(x), w),
        "relu-by-delta-sign": np.where(d_o > 0, d_o, 0),
    }
    return {slug: result.tolist() for slug, result in results.items()}
