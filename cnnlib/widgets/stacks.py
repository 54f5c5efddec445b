"""Traits that hold maps: arrays with axes for images, channels and filters."""

from typing import Any

import traitlets as t

from cnnlib.widgets.pictures import Input
from cnnlib.widgets.traits import MOST_CELLS, Floats, OptionalArray, numbers


class Stack(Input):
    """Maps or kernels: an array whose number of axes is fixed; read-only float64 comes out.

    Parameters
    ----------
    axes : tuple of int
        How many axes it may have.
    written : str
        Their names, for messages.
    """

    info_text = "an array of numbers with axes for channels and filters"

    def __init__(self, axes: tuple[int, ...], written: str) -> None:
        super().__init__()
        self.axes, self.written = axes, written

    def validate(self, obj: Any, value: Any) -> Floats:
        """Check and copy what was assigned."""
        return checked_stack(self.name or "array", value, self.axes, self.written)


class OptionalStack(OptionalArray):
    """Maps like `Stack`, or None where there are none."""

    def __init__(self, axes: tuple[int, ...], written: str) -> None:
        super().__init__()
        self.axes, self.written = axes, written

    def validate(self, obj: Any, value: Any) -> Floats | None:
        """Check and copy what was assigned."""
        return checked_stack(self.name or "array", value, self.axes, self.written)


class Biases(OptionalStack):
    """One number for each filter, or None for none."""

    info_text = "one number for each filter, or None"

    def __init__(self) -> None:
        super().__init__((1,), "(D,)")


def checked_stack(name: str, value: Any, axes: tuple[int, ...], written: str) -> Floats:
    """A read-only copy with so many axes, none of them empty; TraitError otherwise."""
    array = numbers(name, value)
    if array.ndim not in axes or not 1 <= array.size <= MOST_CELLS:
        raise t.TraitError(
            f"{name} has shape {array.shape}; {written} with 1 to {MOST_CELLS} numbers is "
            "expected: put the maps one under the other in one array, or pass fewer"
        )
    array.flags.writeable = False
    return array
