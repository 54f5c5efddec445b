"""Traits that a widget's state is made of."""

from pathlib import Path
from typing import Any

import numpy as np
import traitlets as t
from numpy.typing import NDArray

from cnnlib._checks import no_masks, told

STATIC = Path(__file__).parent / "static"
MOST_CELLS = 1024

Floats = NDArray[np.float64]


class Array(t.TraitType[Floats, Any]):
    """Numbers on one or two axes; anything array-like goes in, a read-only float64 array comes out.

    To change one number assign a whole new array: ``w.kernel = [2, -1, 1]``.
    """

    info_text = "an array of numbers with one or two axes"

    def __init__(self) -> None:
        super().__init__(None)
        self.tag(sync=True, to_json=_to_json, from_json=_from_json)

    def validate(self, obj: Any, value: Any) -> Floats:
        """Check and copy what was assigned."""
        return checked(self.name or "array", value)


class OptionalArray(t.TraitType[Floats | None, Any]):
    """An array like `Array`, or None where there is none."""

    info_text = "an array of numbers with one or two axes, or None"

    def __init__(self) -> None:
        super().__init__(None, allow_none=True)
        self.tag(sync=True, to_json=_to_json, from_json=_from_json)

    def validate(self, obj: Any, value: Any) -> Floats | None:
        """Check and copy what was assigned."""
        return checked(self.name or "array", value)


def checked(name: str, value: Any, most: int = MOST_CELLS) -> Floats:
    """A read-only copy with one or two axes and at most so many numbers; TraitError otherwise."""
    array = numbers(name, value)
    if array.ndim not in (1, 2) or not 1 <= array.size <= most:
        raise t.TraitError(
            f"{name} has shape {array.shape}; one or two axes with 1 to {most} "
            "numbers are expected: pass a smaller array or a part of it"
        )
    array.flags.writeable = False
    return array


def numbers(name: str, value: Any) -> Floats:
    """A float64 copy of anything array-like and real; TraitError otherwise."""
    no_masks(name, value, t.TraitError)
    try:
        array = np.asarray(value)
        if array.dtype.kind not in "biuf":
            raise TypeError
        return np.array(array, dtype=np.float64)
    except (TypeError, ValueError):
        raise t.TraitError(
            f"{name} is {told(value)}; rows of real numbers of equal length are expected, "
            "like [1, 2, 0] or [[1, 2], [0, -1]]"
        ) from None


# JSON has no NaN and no infinity: these travel as text.
_NAMES = {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}
_NUMBERS = {text: float(name) for name, text in _NAMES.items()}


def _to_json(array: Floats | None, _: Any) -> Any:
    return None if array is None else _with_text(array.tolist())


def _with_text(nested: Any) -> Any:
    if isinstance(nested, list):
        return [_with_text(item) for item in nested]
    return _NAMES.get(str(nested), nested)


def _from_json(nested: Any, _: Any) -> Any:
    return None if nested is None else _with_numbers(nested)


def _with_numbers(nested: Any) -> Any:
    """What is no number is left for the trait to refuse in words."""
    if isinstance(nested, list):
        return [_with_numbers(item) for item in nested]
    return _NUMBERS.get(nested, nested) if isinstance(nested, str) else nested


def single(batch: Any) -> Floats:
    """One sample of one channel, out of (1, 1, *S)."""
    found: Floats = batch[0, 0]
    return found
