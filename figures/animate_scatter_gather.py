"""Scatter, then gather, step by step

Nine deltas stamp the kernel; then sixteen inputs gather, and find the same numbers.
"""

from collections.abc import Iterator

import numpy as np
from matplotlib.figure import Figure

from cnnlib import ops
from cnnlib.examples import two_d
from figures.scatter_gather import stage

ALT = (
    "Animation: first, nine deltas one after the other stamp the kernel onto the input gradient, "
    "where the stamps add up. Then sixteen inputs one after the other gather with the turned "
    "kernel and find the same sixteen numbers."
)


def frames() -> Iterator[tuple[Figure, int]]:
    """One frame per delta, then one per input, with a rest after each half."""
    outputs, inputs = (list(np.ndindex(array.shape)) for array in (two_d.delta, two_d.o))
    unknown = np.full(two_d.o.shape, np.nan)
    for n, source in enumerate(outputs):
        stay = 2400 if n == len(outputs) - 1 else 900
        yield stage(source, stamps(n + 1), None, unknown), stay
    for n, pixel in enumerate(inputs):
        known = np.where(np.arange(two_d.o.size).reshape(two_d.o.shape) <= n, two_d.d_o, np.nan)
        stay = 4000 if n == len(inputs) - 1 else 800
        yield stage(outputs[-1], two_d.d_o, pixel, known), stay


def stamps(count: int) -> np.ndarray:
    """The sum of the first so many stamps."""
    delta = np.where(np.arange(two_d.delta.size).reshape(two_d.delta.shape) < count, two_d.delta, 0)
    shape = (1, 1, *two_d.o.shape)
    return ops.conv_input_gradient(delta[None, None], two_d.w[None, None], shape)[0, 0]
