"""What every argument must look like, in one place: each error names given, expected and remedy."""

import operator
from collections.abc import Iterable
from typing import Any

Sizes = tuple[int, ...]
MOST_AXES = 3


def integer(name: str, value: Any, least: int) -> int:
    """One whole number, at least `least`; booleans, fractions and infinities are not."""
    if isinstance(value, bool):
        raise TypeError(f"{name} is {value!r}; a whole number is expected: pass an int")
    try:
        number = operator.index(value)
    except TypeError:
        raise TypeError(
            f"{name} is {value!r} ({type(value).__name__}); a whole number is expected: pass an int"
        ) from None
    if number < least:
        raise ValueError(f"{name} is {number}; at least {least} is expected: pass a larger one")
    return number


def axis_sizes(name: str, value: Any, least: int, axes: int | None = None) -> Sizes:
    """One whole number per spatial axis; a lone one serves every axis (or is one axis)."""
    if not isinstance(value, Iterable) or isinstance(value, str | bytes):
        return (integer(name, value, least),) * (axes or 1)
    sizes = tuple(integer(name, v, least) for v in value)
    if axes is not None and len(sizes) != axes:
        raise ValueError(
            f"{name} is {sizes}; one number for each of {axes} axes is expected: "
            f"pass {axes} numbers or a single one for all"
        )
    if not 1 <= len(sizes) <= MOST_AXES:
        raise ValueError(
            f"{name} is {sizes}; one to {MOST_AXES} spatial axes are expected: "
            "pass one number per axis"
        )
    return sizes


def spatial_shape(name: str, value: Any, axes: int) -> Sizes:
    """A spatial shape: one size per axis, never a lone number for several axes."""
    sizes = axis_sizes(name, value, least=1)
    if len(sizes) != axes:
        raise ValueError(
            f"{name} is {sizes}; the kernel has {axes} axes: pass the {axes} spatial sizes only"
        )
    return sizes


def position_on(grid: str, value: Any, shape: Sizes) -> Sizes:
    """A cell of a grid; negative numbers do not wrap round."""
    position = axis_sizes(f"{grid} position", value, least=0)
    if len(position) != len(shape):
        raise ValueError(
            f"{grid} position is {position}; the {grid} has shape {shape}: "
            f"pass {len(shape)} indices"
        )
    if any(p >= n for p, n in zip(position, shape, strict=True)):
        raise ValueError(
            f"{grid} position is {position}; the {grid} has shape {shape}: "
            "indices start at 0 and end before the shape"
        )
    return position
