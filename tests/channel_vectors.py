"""What SciPy says of layers with channels, for the widgets' JavaScript."""

import numpy as np
from scipy import signal

SHAPES = [
    ((2, 3, 3, 4), (2, 3, 2, 2)),
    ((3, 3, 5), (6, 3, 2, 1)),
    ((3, 1, 3, 3), (2, 1, 3, 2)),
    ((1, 2, 1, 1), (3, 2, 1, 1)),
    ((2, 2, 2, 3), (1, 2, 1, 1)),
]


def channel_vectors():
    return [case(*shapes, seed) for seed, shapes in enumerate(SHAPES)]


def case(input_shape, kernel_shape, seed):
    rng = np.random.default_rng(seed)
    o, w = (rng.integers(-4, 5, shape).astype(float) for shape in (input_shape, kernel_shape))
    batch = o.reshape(-1, *input_shape[-3:])
    bias = rng.integers(1, 4, len(w)).astype(float)
    parts = [[[signal.correlate2d(maps[c], f[c], "valid") for c in range(len(f))] for f in w]
             for maps in batch]  # fmt: skip
    x = np.sum(parts, axis=2)
    delta = rng.integers(-4, 5, x.shape).astype(float)
    back = [[[signal.convolve2d(ds[d], w[d, c]) for c in range(w.shape[1])]
             for d in range(len(w))] for ds in delta]  # fmt: skip
    d_w = [[sum(signal.correlate2d(maps[c], ds[d], "valid")
                for maps, ds in zip(batch, delta, strict=True)) for c in range(w.shape[1])]
           for d in range(len(w))]  # fmt: skip
    single = o.ndim == 3
    return {
        "input": o.tolist(), "kernel": w.tolist(), "bias": bias.tolist(),
        "delta": (delta[0] if single else delta).tolist(),
        "output": (x + bias[:, None, None]).ravel().tolist(),
        "d_w": np.ravel(d_w).tolist(), "d_o": np.sum(back, axis=1).ravel().tolist(),
        "forward_parts": np.array(parts).tolist(), "back_parts": np.array(back).tolist(),
    }  # fmt: skip
