"""From gradients to the next weights."""

from collections.abc import Mapping

import numpy as np

from cnnlib import _checks as checks
from cnnlib._checks import Array

Arrays = Mapping[str, Array]


def momentum_step(
    parameters: Arrays,
    gradients: Arrays,
    velocity: Arrays,
    *,
    rate: float,
    momentum: float = 0.0,
    weight_decay: float = 0.0,
) -> tuple[dict[str, Array], dict[str, Array]]:
    """One step of gradient descent: v <- momentum v - rate (dE/dw + weight_decay w), w <- w + v.

    With momentum and decay 0 it is w <- w - rate dE/dw (J14). Biases do not decay.

    Parameters
    ----------
    parameters, gradients, velocity : mapping of arrays
        By the same names, and of the same shapes; the velocity begins as zeros.
    rate : float
        How far to go down the gradient.
    momentum : float
        How much of the last step is taken again, 0 to less than 1.
    weight_decay : float
        How strongly weights are drawn to 0.

    Returns
    -------
    parameters, velocity : dict of arrays
        New ones; what was given is not changed.

    Raises
    ------
    KeyError
        A gradient or a velocity is missing.
    TypeError
        rate, momentum or weight_decay is not a number.
    ValueError
        One of them is not finite, or shapes differ.
    """
    rate, momentum = checks.number("rate", rate), checks.number("momentum", momentum)
    weight_decay = checks.number("weight_decay", weight_decay)
    moved: dict[str, Array] = {}
    for name, w in parameters.items():
        for what, arrays in {"gradient": gradients, "velocity": velocity}.items():
            given, remedy = np.shape(arrays[name]), "pass one number for each weight"
            checks.same_shape(f"{what} of {name}", given, np.shape(w), "the parameter has", remedy)
        decay = weight_decay if w.ndim > 1 else 0.0
        moved[name] = momentum * velocity[name] - rate * (gradients[name] + decay * w)
    return {name: w + moved[name] for name, w in parameters.items()}, moved
