"""Traits that a widget's state is made of."""

from pathlib import Path
from typing import Any

import numpy as np
import traitlets as t
from numpy.typing import NDArray

STATIC = Path(__file__).parent / "static"
MOST_CELLS = 1024

Nested = list[Any]


class Array(t.TraitType[NDArray[np.float64] | None, Any]):
    """Numbers on one or two axes; anything array-like goes in, a read-only float64 array comes out.

    To change one number assign a whole new array: ``w.kernel = [2, -1, 1]``.
    """

    info_text = "an array of numbers with one or two axes"

    def __init__(self, *, optional: bool = False) -> None:
        super().__init__(None, allow_none=True)
        self.optional = optional
        self.tag(sync=True, to_json=_to_json, from_json=_from_json)

    def validate(self, obj: Any, value: Any) -> NDArray[np.float64] | None:
        """Check and copy what was assigned."""
        if value is None and self.optional:
            return None
        array = _numbers(self.name or "array", value)
        if array.ndim not in (1, 2) or not 1 <= array.size <= MOST_CELLS:
            raise t.TraitError(
                f"{self.name} has shape {array.shape}; one or two axes with 1 to {MOST_CELLS} "
                "numbers are expected: pass a smaller array or a part of it"
            )
        array.flags.writeable = False
        return array


def _numbers(name: str, value: Any) -> NDArray[np.float64]:
    try:
        array = np.asarray(value)
        if array.dtype.kind not in "biuf":
            raise TypeError
        return np.array(array, dtype=np.float64)
    except (TypeError, ValueError):
        raise t.TraitError(
            f"{name} is {value!r}; rows of real numbers of equal length are expected, "
            "like [1, 2, 0] or [[1, 2], [0, -1]]"
        ) from None


def _to_json(array: NDArray[np.float64] | None, _: Any) -> Nested | None:
    """Nested lists; JSON has no NaN and no infinity, so these travel as text."""
    if array is None:
        return None
    if np.isfinite(array).all():
        return array.tolist()
    return _with_text(array.tolist())


def _with_text(nested: Any) -> Any:
    if isinstance(nested, list):
        return [_with_text(item) for item in nested]
    return nested if np.isfinite(nested) else _NAMES[str(nested)]


_NAMES = {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}


def _from_json(nested: Nested | None, _: Any) -> NDArray[np.float64] | None:
    return None if nested is None else np.array(_with_numbers(nested))


def _with_numbers(nested: Any) -> Any:
    if isinstance(nested, list):
        return [_with_numbers(item) for item in nested]
    return float(nested)
