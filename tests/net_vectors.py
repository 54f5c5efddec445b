"""What cnnlib.network says of several networks, for the SketchPad's JavaScript."""

import numpy as np

from cnnlib import ops
from cnnlib.network import (
    AvgPool,
    Conv,
    Dense,
    Flatten,
    L2Pool,
    LeakyReLU,
    MaxPool,
    Network,
    ReLU,
    Sigmoid,
    Tanh,
    lenet5,
    small_cnn,
)
from cnnlib.widgets.portable import packed, records_of


def networks():
    return [
        (small_cnn(3), 8),
        (lenet5(1), 28),
        (Network([Conv(1, 3, (3, 2), stride=2, padding=1), Tanh(), MaxPool(3, stride=1, padding=1),
                  Conv(3, 2, (2, 2), dilation=2), Sigmoid(), Flatten(), Dense(18, 4)]), 9),
        (Network([AvgPool(3, stride=2, padding=1), Conv(1, 2, (2, 3)), LeakyReLU(0.2),
                  L2Pool(2, stride=1), Flatten(), Dense(4, 5), LeakyReLU(), Dense(5, 3)]), 7),
        (Network([MaxPool((2, 3), stride=2), Conv(1, 4, (2, 2)), ReLU(), AvgPool((2, 1), stride=1),
                  Flatten()]), 6),
    ]  # fmt: skip


def case(number, network, side):
    rng = np.random.default_rng(number)
    image = rng.integers(0, 4, (1, 1, side, side)) / 4  # ties in every pool
    image[0, 0, :, 0] = 0
    twin = network.copy(np.float64)
    twin.parameters = {
        name: array + 0.1 * rng.normal(size=array.shape).astype(np.float32)
        for name, array in network.parameters.items()
    }
    exact = twin.copy(np.float32).copy(np.float64)  # weights as the browser has them
    trace = exact.forward(image)
    label = number % trace.scores.shape[1]
    error, dloss = ops.softmax_cross_entropy(trace.scores, np.array([label]))
    delta = exact.backward(trace, dloss).delta
    return {
        "layers": records_of(exact), "weights": packed(exact.parameters), "side": side,
        "image": image.ravel().tolist(), "label": label, "error": float(error),
        "p": trace.probabilities[0].tolist(),
        "outputs": [trace[name].ravel().tolist() for name in trace],
        "deltas": [delta[name].ravel().tolist() for name in trace],
    }  # fmt: skip


def net_vectors():
    return [case(number, *one) for number, one in enumerate(networks())]
