"""The layers that are timed, and each peer's way to compute them, as calls without arguments."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

import numpy as np
import torch
from numpy.lib.stride_tricks import sliding_window_view
from scipy import signal
from torch.nn import functional, grad

from cnnlib import ops

Work = Callable[[], object]
CONV = {1: functional.conv1d, 2: functional.conv2d}
WEIGHT = {1: grad.conv1d_weight, 2: grad.conv2d_weight}
INPUT = {1: grad.conv1d_input, 2: grad.conv2d_input}


@dataclass(frozen=True)
class Layer:
    """One convolution layer; `reach` are the ratios to PyTorch aimed at (forward, all three)."""

    name: str
    o_shape: tuple[int, ...]
    w_shape: tuple[int, ...]
    geometry: dict[str, int]
    reach: tuple[float | None, float | None] = (None, None)


TINY, SMALL = ((1, 1, 5, 5), (1, 1, 3, 3)), ((1, 1, 28, 28), (1, 1, 3, 3))
LENET_1, LENET_2 = ((128, 1, 28, 28), (6, 1, 5, 5)), ((128, 6, 14, 14), (16, 6, 5, 5))
CIFAR = (32, 32, 32, 32), (64, 32, 3, 3)
LAYERS = [
    Layer("1×1×5×5, k3", *TINY, {}, (2, 2.5)),
    Layer("1×1×28×28, k3", *SMALL, {}, (2, 2.5)),
    Layer("LeNet 1: 128×1→6×28×28, k5 p2", *LENET_1, {"padding": 2}, (2.5, 1.3)),
    Layer("LeNet 2: 128×6→16×14×14, k5", *LENET_2, {}, (5, 3.5)),
    Layer("CIFAR: 32×32→64×32×32, k3 p1", *CIFAR, {"padding": 1}, (3, 3)),
    Layer("CIFAR, stride 2", *CIFAR, {"padding": 1, "stride": 2}, (3, 3)),
    Layer("CIFAR, dilation 2", *CIFAR, {"padding": 1, "dilation": 2}, (3, 3)),
    Layer("1D: 64×16→32×256, k5", (64, 16, 256), (32, 16, 5), {}),
]


class Case:
    """A layer with its arrays, float32, ours and PyTorch's."""

    def __init__(self, layer: Layer) -> None:
        random = np.random.default_rng(0)
        self.layer, self.geometry = layer, layer.geometry
        self.o, self.w, b = (
            random.normal(size=s).astype(np.float32)
            for s in (layer.o_shape, layer.w_shape, layer.w_shape[:1])
        )
        self.b = b
        x = ops.conv(self.o, self.w, b, **self.geometry)
        self.delta = random.normal(size=x.shape).astype(np.float32)
        self.axes = x.ndim - 2

    def ours(self) -> dict[str, Work]:
        """Ours: the public functions, with their checks."""
        o, w, b, delta, sizes = self.o, self.w, self.b, self.delta, self.geometry
        return {
            "forward": lambda: ops.conv(o, w, b, **sizes),
            "weight gradient": lambda: ops.conv_weight_gradient(delta, o, w.shape[2:], **sizes),
            "input gradient": lambda: ops.conv_input_gradient(delta, w, o.shape, **sizes),
            "all three": lambda: (
                ops.conv(o, w, b, **sizes),
                *ops.conv_backward(delta, o, w, **sizes),
            ),
        }

    def pytorch(self) -> dict[str, Work]:
        """PyTorch: its functions for one reading, its autograd for all three and the bias."""
        o, w, b, delta = (torch.from_numpy(a) for a in (self.o, self.w, self.b, self.delta))
        leaves = [a.clone().requires_grad_() for a in (o, w, b)]
        conv, sizes = CONV[self.axes], self.geometry

        def all_three() -> object:
            x = conv(*leaves, **sizes)
            return (x, *torch.autograd.grad(x, leaves, delta))

        return {
            "forward": lambda: conv(o, w, b, **sizes),
            "weight gradient": lambda: WEIGHT[self.axes](o, w.shape, delta, **sizes),
            "input gradient": lambda: INPUT[self.axes](o.shape, w, delta, **sizes),
            "all three": all_three,
        }

    def plain(self) -> dict[str, Work]:
        """Forward steps in plain NumPy and SciPy, as one would write them first."""
        peers = {"einsum on windows": self._einsum, "tensordot on windows": self._tensordot}
        correlations = len(self.o) * self.w.shape[0] * self.w.shape[1]
        if self.geometry.keys() <= {"padding"} and correlations < 20_000:
            peers["SciPy, map by map"] = self._scipy
        if self.o.size * self.w.size < 10_000:
            peers["loops"] = self._loops
        return peers

    def _windows(self) -> np.ndarray:
        padding, stride, dilation = (self.geometry.get(n, v) for n, v in DEFAULTS)
        axes = tuple(range(2, self.o.ndim))
        padded = np.pad(self.o, [(0, 0)] * 2 + [(padding, padding)] * self.axes)
        extent = [dilation * (k - 1) + 1 for k in self.w.shape[2:]]
        windows = sliding_window_view(padded, extent, axes)
        steps, within = [slice(None, None, stride)], [slice(None, None, dilation)]
        return windows[(slice(None), slice(None), *steps * self.axes, *within * self.axes)]

    def _einsum(self) -> np.ndarray:
        i, a = "ij"[: self.axes], "ab"[: self.axes]
        return np.einsum(f"nc{i}{a},dc{a}->nd{i}", self._windows(), self.w) + self._bias()

    def _tensordot(self) -> np.ndarray:
        kernel_axes = list(range(2, self.w.ndim))
        windows_axes = [a + self.axes for a in kernel_axes]
        x = np.tensordot(self._windows(), self.w, ([1, *windows_axes], [1, *kernel_axes]))
        return np.moveaxis(x, -1, 1) + self._bias()

    def _scipy(self) -> np.ndarray:
        padding = self.geometry.get("padding", 0)
        padded = np.pad(self.o, [(0, 0)] * 2 + [(padding, padding)] * self.axes)
        x = [
            [
                sum(
                    signal.correlate(m, k, "valid", "direct")
                    for m, k in zip(maps, kernel, strict=True)
                )
                for kernel in self.w
            ]
            for maps in padded
        ]
        return np.array(x) + self._bias()

    def _loops(self) -> np.ndarray:
        windows, x = self._windows(), np.zeros(self.delta.shape, np.float32)
        for at in product(*map(range, x.shape)):
            n, d, *i = at
            total = self.b[d]
            for c, *a in product(*map(range, self.w.shape[1:])):
                total += windows[(n, c, *i, *a)] * self.w[(d, c, *a)]
            x[at] = total
        return x

    def _bias(self) -> np.ndarray:
        return self.b.reshape(-1, *[1] * self.axes)


DEFAULTS = (("padding", 0), ("stride", 1), ("dilation", 1))


def pools() -> list[tuple[str, Work, Work]]:
    """(name, ours, PyTorch's) for 2x2 pools on 128x6x28x28."""
    random = np.random.default_rng(0)
    o = random.normal(size=(128, 6, 28, 28)).astype(np.float32)
    d_y = random.normal(size=(128, 6, 14, 14)).astype(np.float32)
    leaf, d = torch.from_numpy(o).requires_grad_(), torch.from_numpy(d_y)
    plain, winner = leaf.detach(), ops.max_pool(o, 2)[1]
    y_max, y_mean = functional.max_pool2d(leaf, 2), functional.avg_pool2d(leaf, 2)

    def back(y: torch.Tensor) -> object:
        return torch.autograd.grad(y, leaf, d, retain_graph=True)[0]

    ours = {
        "max, forward": lambda: ops.max_pool(o, 2)[0],
        "max, backward": lambda: ops.max_pool_backward(d_y, winner, o.shape),
        "average, forward": lambda: ops.avg_pool(o, 2),
        "average, backward": lambda: ops.avg_pool_backward(d_y, o.shape, 2),
    }
    pytorch = (
        lambda: functional.max_pool2d(plain, 2, return_indices=True)[0],
        lambda: back(y_max),
        lambda: functional.avg_pool2d(plain, 2),
        lambda: back(y_mean),
    )
    return [(name, one, other) for (name, one), other in zip(ours.items(), pytorch, strict=True)]
