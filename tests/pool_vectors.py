"""What ops says of pools, for the widgets' JavaScript, and what NumPy says of mistakes."""

from itertools import product

import numpy as np

from cnnlib import ops
from cnnlib.geometry import Window

SHAPES = [
    ((6,), 3, 1),
    ((7,), 2, 3),
    ((4, 4), 2, 2),
    ((5, 6), 2, 1),
    ((4, 7), 3, 2),
    ((5, 3), 2, 2),
    ((3, 5), 1, 1),
]


def pool_vectors():
    cases = [case(*shape, kind, seed) for seed, shape in enumerate(SHAPES) for kind in POOLS]
    flat = np.zeros((4, 4))  # every window ties; its length is 0
    return cases + [case((4, 4), 2, 1, kind, 20, flat) for kind in POOLS]


def case(shape, size, stride, kind, seed, o=None):
    rng = np.random.default_rng(seed)
    o = rng.integers(-2, 3, shape).astype(float) if o is None else o  # few values: many ties
    window = Window((size,) * len(shape), stride)
    d_y = rng.integers(-4, 5, window.output_shape(shape)).astype(float)
    y, d_o = POOLS[kind](o[None, None], d_y[None, None], size, stride)
    return {
        "input": o.tolist(), "delta": d_y.tolist(), "size": size, "stride": stride, "kind": kind,
        "y": y[0, 0].ravel().tolist(), "d_o": d_o[0, 0].ravel().tolist(),
        "wins": wins(o, size, stride), "wrong": wrong(o, d_y, size, stride, kind),
    }  # fmt: skip


def by_max(o, d_y, size, stride):
    y, winner = ops.max_pool(o, size, stride=stride)
    return y, ops.max_pool_backward(d_y, winner, o.shape)


POOLS = {
    "max": by_max,
    "average": lambda o, d_y, size, stride: (
        ops.avg_pool(o, size, stride=stride),
        ops.avg_pool_backward(d_y, o.shape, size, stride=stride),
    ),
    "l2": lambda o, d_y, size, stride: (
        ops.l2_pool(o, size, stride=stride),
        ops.l2_pool_backward(d_y, o, size, stride=stride),
    ),
}


def wins(o, size, stride):
    _, winner = ops.max_pool(o[None, None], size, stride=stride)
    return np.bincount(winner.ravel(), minlength=o.size).tolist()


def patches(o, d_y, size, stride):
    """Each window as a slice, with what its output sends."""
    for at in product(*map(range, d_y.shape)):
        yield tuple(slice(i * stride, i * stride + size) for i in at), d_y[at]


def wrong(o, d_y, size, stride, kind):
    """The gradients that some misconceptions give, in NumPy's own words."""
    both, last, spread = np.zeros(o.shape), np.zeros(o.shape), np.zeros(o.shape)
    inside, times = np.zeros(o.size), np.zeros(o.shape)
    for window, g in patches(o, d_y, size, stride):
        patch = o[window]
        first = np.unravel_index(np.argmax(patch), patch.shape)
        both[window] += g * (patch == patch.max())
        last[window][first] = g
        spread[window] += g
        inside[np.argmax(patch)] += g
        times[window][first] += g * patch.max()
    if kind == "average":
        return {"share-forgotten": spread.ravel().tolist()}
    if kind == "l2":
        return {"share-forgotten": spread.ravel().tolist()}
    return {
        "tie-to-both": both.ravel().tolist(),
        "overlap-overwritten": last.ravel().tolist(),
        "activation-multiplied": times.ravel().tolist(),
        "spread-to-all": spread.ravel().tolist(),
        "window-index-for-map-index": inside.tolist(),
    }
