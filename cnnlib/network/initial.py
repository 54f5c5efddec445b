"""First weights: random, and of a size that keeps signals and gradients alive from layer to layer.

Weights have the shape (D, C, *K), or (D, C) when dense. A weight's fan-in is how many numbers one
output sums, C * prod(K); its fan-out how many outputs one input reaches, D * prod(K).
"""

from collections.abc import Callable, Mapping
from math import prod, sqrt

import numpy as np

from cnnlib import _checks as checks
from cnnlib._checks import Array
from cnnlib.geometry import Shape

Parameters = dict[str, Array]


def he(shape: Shape) -> float:
    """He's standard deviation, sqrt(2 / fan-in): for ReLU, which halves the signal's power.

    Parameters
    ----------
    shape : tuple of int
        A weight's, (D, C, *K) or (D, C).

    Returns
    -------
    float
    """
    return sqrt(2 / prod(shape[1:]))


def xavier(shape: Shape) -> float:
    """Xavier's (Glorot's), sqrt(2 / (fan-in + fan-out)): for tanh and sigmoid.

    Parameters
    ----------
    shape : tuple of int
        A weight's, (D, C, *K) or (D, C).

    Returns
    -------
    float
    """
    return sqrt(2 / (prod(shape[1:]) + shape[0] * prod(shape[2:])))


SCALES: dict[str, Callable[[Shape], float]] = {"he": he, "xavier": xavier}


def first_parameters(shapes: Mapping[str, Shape], initialisation: str, seed: int) -> Parameters:
    """Normal numbers of that standard deviation for weights, zeros for biases."""
    if initialisation not in list(SCALES):
        raise ValueError(
            f"initialisation is {checks.told(initialisation)}; one of {', '.join(SCALES)} is "
            "expected: pass its name"
        )
    scale = SCALES[initialisation]
    random = np.random.default_rng(checks.integer("seed", seed, least=0))
    return {
        name: random.normal(0, scale(shape), shape) if len(shape) > 1 else np.zeros(shape)
        for name, shape in shapes.items()
    }
