"""The one trait that may hold a photograph."""

from math import floor, log10
from typing import Any

import numpy as np

from cnnlib.widgets.traits import MOST_CELLS, Array, Floats, checked

MOST_PIXELS = 10_000
DIGITS = 3


class Input(Array):
    """An array that may be as large as a photograph where the configuration shows one.

    Cells are elements of the page, which stays fast up to `MOST_CELLS` of them; a photograph is
    one painted picture. Its numbers are kept to a thousand steps or more of grey, so that the state
    saved in a notebook stays under 100 kB.
    """

    def validate(self, obj: Any, value: Any) -> Floats:
        """Check and copy what was assigned."""
        name = self.name or "array"
        if getattr(obj, "config", "") != "photograph":
            return super().validate(obj, value)
        array = checked(name, value, MOST_PIXELS)
        return array if array.size <= MOST_CELLS else _rounded(array)


def _rounded(array: Floats) -> Floats:
    sizes = np.abs(array[np.isfinite(array)])
    largest = sizes.max(initial=0.0)
    rounded = np.round(array, DIGITS - floor(log10(largest)) if largest else DIGITS)
    rounded.flags.writeable = False
    return rounded
