"""What the browser's network must compute: cases for tests/js/trace.test.mjs, made with cnnlib."""

import numpy as np

from cnnlib import network as n
from cnnlib import ops
from cnnlib.widgets import NetworkTrace

NETWORKS = {
    "course": lambda: n.small_cnn(seed=3),
    "odd": lambda: n.Network(
        [
            *(n.Conv(2, 3, (2, 3), stride=2, padding=1), n.Sigmoid(), n.AvgPool((2, 1), stride=2)),
            *(n.Conv(3, 2, (1, 2), dilation=2), n.Tanh(), n.Flatten(), n.Dense(4, 5)),
            *(n.ReLU(), n.Dense(5, 3)),
        ],
        input_shape=(2, 7, 10),
        seed=5,
    ),
    "overlap": lambda: n.Network(
        [n.Conv(1, 2, (3, 2)), n.MaxPool(3, stride=1), n.ReLU(), n.Flatten(), n.Dense(12, 4)],
        input_shape=(1, 6, 6),
        seed=8,
    ),
}


def trace_vectors():
    """For each network a picture, what the browser gets, and what cnnlib says."""
    return {name: vector(make(), seed) for seed, (name, make) in enumerate(NETWORKS.items())}


def vector(network, seed):
    rng = np.random.default_rng(seed)
    images = rng.integers(0, 17, (1, *network.input_shape)) / 16
    scale = {k: a * 3 if k.startswith("dense") else a for k, a in network.parameters.items()}
    network.parameters = scale
    widget = NetworkTrace(network, images, [1])
    trace = widget.network.forward(images)
    loss, dloss = ops.softmax_cross_entropy(trace.scores, [1])
    back = widget.network.backward(trace, dloss)
    kept = [name for name in trace if not name.startswith("flatten")]
    return {
        "layers": widget.layers,
        "image": widget.images[0],
        "places": widget.places,
        "loss": float(loss),
        "values": {name: trace[name].ravel().tolist() for name in kept},
        "deltas": {name: back.delta[name].ravel().tolist() for name in kept},
        "gradients": {k: g.ravel().tolist() for k, g in back.items() if k.endswith(".w")},
    }
