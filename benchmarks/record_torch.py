"""Record small cases of PyTorch's layers in tests/data/torch.npz, which the tests compare with.

Run it where PyTorch is installed; the tests only read the file. Keys are case/array; every case
also keeps its geometry as integers.
"""

from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

TARGET = Path(__file__).parents[1] / "tests" / "data" / "torch.npz"
CONV = {1: functional.conv1d, 2: functional.conv2d, 3: functional.conv3d}
MAX_POOL = {1: functional.max_pool1d, 2: functional.max_pool2d, 3: functional.max_pool3d}
AVG_POOL = {1: functional.avg_pool1d, 2: functional.avg_pool2d, 3: functional.avg_pool3d}

LAYERS = {  # o, w, stride, padding, dilation
    "conv_1d": ((2, 3, 11), (4, 3, 3), (2,), (1,), (2,)),
    "conv_2d": ((2, 2, 7, 6), (3, 2, 3, 2), (1, 1), (0, 0), (1, 1)),
    "conv_2d_steps": ((2, 3, 8, 9), (2, 3, 3, 2), (3, 2), (2, 1), (1, 2)),
    "conv_2d_mostly_padding": ((1, 1, 2, 1), (2, 1, 3, 2), (3, 3), (3, 3), (2, 3)),
    "conv_3d": ((1, 2, 5, 4, 6), (3, 2, 2, 3, 2), (2, 1, 3), (1, 0, 2), (1, 1, 2)),
}
POOLS = {  # o, size, stride, padding, dilation (for the maximum)
    "pool_1d": ((2, 3, 10), (3,), (2,), (1,), (2,)),
    "pool_2d": ((2, 2, 6, 8), (2, 2), (2, 2), (0, 0), (1, 1)),
    "pool_2d_overlap": ((1, 2, 7, 6), (3, 2), (1, 2), (1, 1), (1, 2)),
    "pool_3d": ((1, 2, 5, 4, 6), (2, 3, 2), (2, 1, 1), (1, 1, 0), (1, 1, 2)),
}


def record() -> dict[str, np.ndarray]:
    random = np.random.default_rng(11)
    arrays: dict[str, np.ndarray] = {"version": np.array(torch.__version__)}
    for name, sizes in LAYERS.items():
        arrays |= {f"{name}/{key}": value for key, value in conv_case(random, sizes).items()}
    for name, sizes in POOLS.items():
        arrays |= {f"{name}/{key}": value for key, value in pool_case(random, sizes).items()}
    arrays |= {f"loss/{key}": value for key, value in loss_case(random).items()}
    return arrays


def conv_case(random, sizes):
    o_shape, w_shape, stride, padding, dilation = sizes
    o, w = random.normal(size=o_shape), random.normal(size=w_shape)
    b = random.normal(size=w_shape[0])
    leaves = [torch.tensor(v, requires_grad=True) for v in (o, w, b)]
    x = CONV[len(stride)](*leaves, stride=stride, padding=padding, dilation=dilation)
    delta = random.normal(size=tuple(x.shape))
    d_o, d_w, d_b = (g.numpy() for g in torch.autograd.grad(x, leaves, torch.tensor(delta)))
    geometry = {"stride": stride, "padding": padding, "dilation": dilation}
    results = {"x": x.detach().numpy(), "d_o": d_o, "d_w": d_w, "d_b": d_b}
    return {"o": o, "w": w, "b": b, "delta": delta, **results, **integers(geometry)}


def pool_case(random, sizes):
    o_shape, size, stride, padding, dilation = sizes
    o = random.integers(-3, 4, o_shape).astype(float)  # ties
    o.flat[3] = np.nan
    leaf = torch.tensor(o, requires_grad=True)
    at = {"stride": stride, "padding": padding}
    y, winner = MAX_POOL[len(size)](leaf, size, **at, dilation=dilation, return_indices=True)
    d_y = random.normal(size=tuple(y.shape))
    (d_o,) = torch.autograd.grad(y, leaf, torch.tensor(d_y))
    finite = np.nan_to_num(o)
    leaf = torch.tensor(finite, requires_grad=True)
    mean = AVG_POOL[len(size)](leaf, size, **at, count_include_pad=True)
    d_mean = random.normal(size=tuple(mean.shape))
    (d_o_mean,) = torch.autograd.grad(mean, leaf, torch.tensor(d_mean))
    largest = {"y": y.detach().numpy(), "winner": winner.numpy(), "d_y": d_y, "d_o": d_o.numpy()}
    average = {"mean": mean.detach().numpy(), "d_mean": d_mean, "d_o_mean": d_o_mean.numpy()}
    return {"o": o, **largest, **average, **integers({"size": size, **at, "dilation": dilation})}


def loss_case(random):
    scores, labels = random.normal(0, 30, (5, 4)), random.integers(0, 4, 5)
    leaf = torch.tensor(scores, requires_grad=True)
    loss = functional.cross_entropy(leaf, torch.tensor(labels))
    (gradient,) = torch.autograd.grad(loss, leaf)
    results = {"loss": loss.detach().numpy(), "gradient": gradient.numpy()}
    return {"scores": scores, "labels": labels, **results}


def integers(sizes):
    return {name: np.array(value) for name, value in sizes.items()}


if __name__ == "__main__":
    np.savez_compressed(TARGET, **record())
    print(f"{TARGET}: {TARGET.stat().st_size} bytes")
