"""Make the cases: small whole numbers from seeds, never symmetric, so that no fault can hide."""

from typing import Any

import numpy as np

from cnnlib.exercises.task import Array, Case


def grid(*rows: Any) -> Array:
    """Make a read-only array of floats from rows (or, for one axis, from numbers)."""
    return frozen(np.array(rows, dtype=float))


def frozen(numbers: Array) -> Array:
    """The same array, which nobody can change."""
    numbers.setflags(write=False)
    return numbers


def whole(seed: int, *shape: int) -> Array:
    """Whole numbers from -4 to 4."""
    rng = np.random.default_rng(seed)
    return frozen(rng.integers(-4, 5, shape).astype(float))


def halves(seed: int, *shape: int) -> Array:
    """Numbers with digits after the point, exact in float32."""
    rng = np.random.default_rng(seed)
    return frozen(rng.integers(-15, 16, shape) / 4)


def spike(at: tuple[int, ...], *shape: int) -> Array:
    """Zeros with a single 1: what comes back is the kernel itself, or the map."""
    numbers = np.zeros(shape)
    numbers[at] = 1
    return frozen(numbers)


def case(name: str, **arguments: Any) -> Case:
    """One case; the arguments in the order of the task's signature, arrays made read-only."""
    for value in arguments.values():
        if isinstance(value, np.ndarray):
            frozen(value)
    return Case(name, arguments)
