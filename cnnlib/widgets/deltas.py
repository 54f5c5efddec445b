"""What the linked widgets ask of their deltas, the gradient at the output."""

from math import prod
from typing import Any

import numpy as np
import traitlets as t

from cnnlib.geometry import Shape
from cnnlib.widgets.traits import Floats


def need_deltas(what: str, delta: Any) -> None:
    """TraitError where something goes back and there is nothing to send."""
    if delta is None:
        raise t.TraitError(
            f"{what} needs delta=..., the gradient at the output: pass one number for each output"
        )


def check_direction(direction: str, delta: Any) -> None:
    """TraitError for "backward" without deltas."""
    if direction == "backward" and delta is None:
        raise t.TraitError(
            'direction is "backward" and there is no delta; one number for each output is '
            "expected: pass delta=... as well"
        )


def refitted(array: Floats, shape: Shape) -> Floats:
    """The numbers that were there, in reading order, and zeros after them."""
    return np.resize(np.append(array, np.zeros(prod(shape))), shape)
