"""One training step of LeNet-5 at batch 128, float32: ours, PyTorch's, and NumPy written plainly.

Each work is a whole step: forward, softmax cross-entropy, all gradients, SGD with momentum. Ours is
`training.fit` itself, with its checks, its gradient norms and its choice of a batch.
"""

from collections.abc import Callable

import numpy as np
import torch
from numpy.lib.stride_tricks import sliding_window_view

from benchmarks.timing import Duel, duel
from cnnlib import network, ops, training

BATCH, RATE, MOMENTUM = 128, 0.01, 0.9
REACH = {"PyTorch": 2.0}
Work = Callable[[], object]
Arrays = dict[str, np.ndarray]


def step_duels(rounds: int) -> list[tuple[str, Duel]]:
    """(peer, timings) of ours beside each peer; all begin from the same weights."""
    images, labels = _data()
    peers = {
        "PyTorch": PyTorch(images, labels),
        "tensordot on windows": Plain(images, labels),
    }
    for name, peer in peers.items():
        _check(name, peer, images, labels)
    return [(name, duel(_ours(images, labels), peer.step, rounds)) for name, peer in peers.items()]


def _data() -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(0)
    images = random.random((BATCH, 1, 28, 28), np.float32)
    return images, random.integers(0, 10, BATCH)


def _ours(images: np.ndarray, labels: np.ndarray) -> Work:
    settings = {"batch": BATCH, "rate": RATE, "momentum": MOMENTUM}
    steps = training.fit(network.lenet5(), images, labels, epochs=10**9, **settings)
    return lambda: next(steps)


def _check(name: str, peer: "PyTorch | Plain", images: np.ndarray, labels: np.ndarray) -> None:
    """The peer finds the same gradients from the same weights."""
    lenet = network.lenet5()
    trace = lenet.forward(images)
    ours = lenet.backward(trace, ops.softmax_cross_entropy(trace.scores, labels)[1])
    for key, theirs in peer.gradients().items():
        if np.abs(ours[key] - theirs).max() > 1e-4 * np.abs(theirs).max():
            raise SystemExit(f"LeNet-5, {name}: gradients of {key} differ")


class PyTorch:
    """As one writes it with torch.nn."""

    def __init__(self, images: np.ndarray, labels: np.ndarray) -> None:
        nn = torch.nn
        self.images, self.labels = torch.from_numpy(images), torch.from_numpy(labels)
        self.model = nn.Sequential(
            *(nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2)),
            *(nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten()),
            *(nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10)),
        )
        ours = network.lenet5().parameters
        with torch.no_grad():
            for theirs, values in zip(self.model.parameters(), ours.values(), strict=True):
                theirs.copy_(torch.from_numpy(values.copy()))
        self.names = list(ours)
        self.optimiser = torch.optim.SGD(self.model.parameters(), lr=RATE, momentum=MOMENTUM)
        self.loss = nn.CrossEntropyLoss()

    def gradients(self) -> Arrays:
        """From the weights as they are."""
        self.optimiser.zero_grad()
        self.loss(self.model(self.images), self.labels).backward()
        found = (p.grad.numpy() for p in self.model.parameters())
        return dict(zip(self.names, found, strict=True))

    def step(self) -> None:
        """One step of training."""
        self.optimiser.zero_grad()
        self.loss(self.model(self.images), self.labels).backward()
        self.optimiser.step()


class Plain:
    """As one writes it first in NumPy: a view of windows, tensordot, argmax."""

    def __init__(self, images: np.ndarray, labels: np.ndarray) -> None:
        self.images, self.labels = images, labels
        self.weights = {name: w.copy() for name, w in network.lenet5().parameters.items()}
        self.velocity = {name: np.zeros_like(w) for name, w in self.weights.items()}

    def step(self) -> None:
        """One step of training."""
        for name, gradient in self.gradients().items():
            self.velocity[name] = MOMENTUM * self.velocity[name] - RATE * gradient
            self.weights[name] += self.velocity[name]

    def gradients(self) -> Arrays:
        """From the weights as they are."""
        w, found = self.weights, {}
        x1 = conv(self.images, w["conv1.w"], w["conv1.b"], 2)
        y1, won1 = pool(np.maximum(x1, 0))
        x2 = conv(y1, w["conv2.w"], w["conv2.b"], 0)
        y2, won2 = pool(np.maximum(x2, 0))
        outs, inputs = [y2.reshape(BATCH, -1)], []
        for name in ("dense1", "dense2", "dense3"):
            inputs.append(np.maximum(outs[-1], 0))
            outs.append(inputs[-1] @ w[f"{name}.w"].T + w[f"{name}.b"])
        delta = _softmax_gradient(outs[-1], self.labels)
        for at, name in ((2, "dense3"), (1, "dense2"), (0, "dense1")):
            found |= {f"{name}.w": delta.T @ inputs[at], f"{name}.b": delta.sum(0)}
            delta = delta @ w[f"{name}.w"]
            if at:
                delta = delta * (outs[at] > 0)
        delta = unpool(delta.reshape(y2.shape), won2, x2.shape) * (x2 > 0)
        found |= {"conv2.w": weight_gradient(delta, y1, 0), "conv2.b": delta.sum((0, 2, 3))}
        delta = unpool(input_gradient(delta, w["conv2.w"]), won1, x1.shape) * (x1 > 0)
        found |= {"conv1.w": weight_gradient(delta, self.images, 2)}
        return found | {"conv1.b": delta.sum((0, 2, 3))}


def conv(o: np.ndarray, w: np.ndarray, b: np.ndarray, padding: int) -> np.ndarray:
    windows = _windows(o, w.shape[2:], padding)
    x = np.tensordot(windows, w, ([1, 4, 5], [1, 2, 3])).transpose(0, 3, 1, 2)
    return x + b[:, None, None]


def weight_gradient(delta: np.ndarray, o: np.ndarray, padding: int) -> np.ndarray:
    windows = _windows(o, (5, 5), padding)
    return np.tensordot(delta, windows, ([0, 2, 3], [0, 2, 3]))


def input_gradient(delta: np.ndarray, w: np.ndarray) -> np.ndarray:
    windows = _windows(delta, w.shape[2:], w.shape[2] - 1)
    turned = w[:, :, ::-1, ::-1]
    return np.tensordot(windows, turned, ([1, 4, 5], [0, 2, 3])).transpose(0, 3, 1, 2)


def pool(o: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    n, c, rows, columns = o.shape
    windows = o.reshape(n, c, rows // 2, 2, columns // 2, 2).transpose(0, 1, 2, 4, 3, 5)
    windows = windows.reshape(n, c, rows // 2, columns // 2, 4)
    won = windows.argmax(-1)[..., None]
    return np.take_along_axis(windows, won, -1)[..., 0], won


def unpool(d_y: np.ndarray, won: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    n, c, rows, columns = d_y.shape
    windows = np.zeros((*d_y.shape, 4), d_y.dtype)
    np.put_along_axis(windows, won, d_y[..., None], -1)
    back = windows.reshape(n, c, rows, columns, 2, 2).transpose(0, 1, 2, 4, 3, 5)
    return back.reshape(shape)


def _windows(o: np.ndarray, kernel: tuple[int, ...], padding: int) -> np.ndarray:
    padded = np.pad(o, [(0, 0), (0, 0), (padding, padding), (padding, padding)])
    return sliding_window_view(padded, kernel, (2, 3))


def _softmax_gradient(scores: np.ndarray, labels: np.ndarray) -> np.ndarray:
    p = np.exp(scores - scores.max(1, keepdims=True))
    p /= p.sum(1, keepdims=True)
    p[np.arange(len(p)), labels] -= 1
    return p / np.float32(len(p))
