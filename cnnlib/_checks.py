"""What every argument must look like, in one place: each error names given, expected and remedy."""

import math
import operator
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.floating[Any]]
Sizes = tuple[int, ...]
MOST_AXES = 3
LONGEST_VALUE = 60  # characters of a wrong value that an error repeats


def told(value: Any) -> str:
    """A wrong value as an error repeats it: arrays by their shape, others in one short line."""
    if getattr(value, "ndim", 0):
        return f"an array of shape {tuple(value.shape)}"
    text = " ".join(repr(value).split())
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 3] + "..."


def integer(name: str, value: Any, least: int) -> int:
    """One whole number, at least `least`; booleans, fractions and infinities are not."""
    if isinstance(value, bool):
        raise TypeError(f"{name} is {value!r}; a whole number is expected: pass an int")
    try:
        number = operator.index(value)
    except TypeError:
        raise TypeError(
            f"{name} is {told(value)} ({type(value).__name__}); a whole number is expected: "
            "pass an int"
        ) from None
    if number < least:
        raise ValueError(f"{name} is {number}; at least {least} is expected: pass a larger one")
    return number


def axis_sizes(name: str, value: Any, least: int, axes: int | None = None) -> Sizes:
    """One whole number per spatial axis; a lone one serves every axis (or is one axis)."""
    if _is_lone(value):
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


def _is_lone(value: Any) -> bool:
    """Not several sizes: a number, an array of no axes, or text (which is refused as a number)."""
    return (
        not isinstance(value, Iterable)
        or isinstance(value, str | bytes)
        or getattr(value, "ndim", 1) == 0
    )


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


def array(name: str, value: ArrayLike) -> Array:
    """An array of real numbers: floating dtypes stay, integers and booleans become float64."""
    numbers = rows_of(name, value)
    if numbers.dtype.kind == "f":
        return numbers if numbers.dtype.isnative else numbers.astype(numbers.dtype.newbyteorder())
    if numbers.dtype.kind in "iub":
        return numbers.astype(np.float64)
    raise TypeError(
        f"{name} has dtype {numbers.dtype}; real numbers are expected: "
        "pass an array of floats or integers"
    )


def rows_of(name: str, value: ArrayLike) -> NDArray[Any]:
    """An array of any dtype; rows of unequal length are none, and masks would be forgotten."""
    no_masks(name, value)
    try:
        return np.asarray(value)
    except ValueError:
        raise ValueError(
            f"{name} is not an array; its rows differ in length or depth: pass rows of equal length"
        ) from None


def no_masks(name: str, value: Any, error: type[Exception] = ValueError) -> None:
    """A mask would be forgotten, and what it hides be counted or shown."""
    if isinstance(value, np.ma.MaskedArray) and np.ma.is_masked(value):
        raise error(
            f"{name} has masked numbers; a number in every place is expected: "
            f"fill them, for example {name}.filled(0)"
        )


def layered(name: str, value: ArrayLike, axes: str) -> Array:
    """An array with two axes of `axes` ("N, C") and one to three spatial ones, none empty."""
    numbers = array(name, value)
    if not 3 <= numbers.ndim <= 2 + MOST_AXES:
        raise ValueError(
            f"{name} has shape {numbers.shape}; ({axes}, *spatial) with one to {MOST_AXES} "
            f"spatial axes is expected: a single map or kernel becomes {name}[None, None]"
        )
    return filled(name, numbers)


def filled(name: str, numbers: Array) -> Array:
    """Every axis holds something."""
    if 0 in numbers.shape:
        raise ValueError(
            f"{name} has shape {numbers.shape}; at least one number is expected: no axis may be 0"
        )
    return numbers


def same_axes(name: str, given: Sizes, other: str, expected: Sizes) -> None:
    """Two arrays with equally many axes."""
    if len(given) != len(expected):
        raise ValueError(
            f"{name} has shape {given} and {other} {expected}; equally many axes are expected: "
            "give both the same spatial axes"
        )


def same_shape(name: str, given: Sizes, expected: Sizes, source: str, remedy: str) -> None:
    """A shape that another argument settles."""
    if given != expected:
        raise ValueError(f"{name} has shape {given}; {source} {expected}: {remedy}")


def whole_shape(name: str, value: Any, axes: int | None = None) -> Sizes:
    """The shape of a whole array, (N, C, *spatial)."""
    if getattr(value, "ndim", 1) > 1:
        raise TypeError(f"{name} is {told(value)}; a shape is expected: pass its .shape")
    shape = tuple(integer(name, v, 1) for v in ((value,) if _is_lone(value) else value))
    least, most = (axes, axes) if axes else (3, 2 + MOST_AXES)
    if not least <= len(shape) <= most:
        raise ValueError(
            f"{name} is {shape}; the whole array's shape (N, C, *spatial) is expected"
            f"{f', {axes} sizes' if axes else ''}: pass o.shape"
        )
    return shape


def labels(value: ArrayLike, batch: int, classes: int) -> NDArray[np.intp]:
    """One class number per row of scores."""
    numbers = label_row(value)
    if numbers.dtype.kind not in "iu":
        raise TypeError(
            f"labels has dtype {numbers.dtype}; class numbers are expected: pass integers"
        )
    same_shape("labels", numbers.shape, (batch,), "the scores ask for", "pass one label per row")
    if numbers.min() < 0 or numbers.max() >= classes:
        raise ValueError(
            f"labels run from {numbers.min()} to {numbers.max()}; there are {classes} classes: "
            f"pass numbers from 0 to {classes - 1}"
        )
    return numbers.astype(np.intp)


def label_row(value: ArrayLike) -> NDArray[Any]:
    """Labels as an array; one-hot rows are none."""
    numbers = rows_of("labels", value)
    if numbers.ndim == 2:
        column = numbers.shape[1] == 1
        remedy = "a column labels[:, 0]" if column else "one-hot rows labels.argmax(axis=1)"
        raise ValueError(
            f"labels has shape {numbers.shape}; one class number per row is expected: "
            f"pass of {remedy}"
        )
    return numbers


def number(name: str, value: Any) -> float:
    """One finite real number."""
    if isinstance(value, bool) or not isinstance(value, int | float | np.integer | np.floating):
        raise TypeError(f"{name} is {told(value)}; one real number is expected: pass a float")
    try:
        real = float(value)
    except OverflowError:
        real = math.inf
    if not math.isfinite(real):
        raise ValueError(f"{name} is {told(value)}; a finite number is expected: pass one")
    return real


def gradient_at(other: str, d_o: ArrayLike, x: ArrayLike) -> tuple[Array, Array]:
    """A gradient dE/do and the array it is taken at, of one shape."""
    gradient, at = array("d_o", d_o), array(other, x)
    same_shape(
        "d_o", gradient.shape, at.shape, f"{other} has", "pass the gradient at the activation"
    )
    return gradient, at


def matrix(name: str, value: ArrayLike, axes: str) -> Array:
    """An array with two axes, none empty."""
    numbers = array(name, value)
    if numbers.ndim != 2:
        raise ValueError(
            f"{name} has shape {numbers.shape}; {axes} is expected: "
            f"flatten maps with {name}.reshape(len({name}), -1), give a single row as {name}[None]"
        )
    return filled(name, numbers)


def bias(value: ArrayLike | None, count: int, like: Array, each: str = "filter") -> Array:
    """One bias for each filter or output; none is zeros of the dtype the layer computes in."""
    if value is None:
        return np.zeros(count, like.dtype)
    numbers = array("b", value)
    same_shape("b", numbers.shape, (count,), f"one bias per {each} is", "pass a row of that length")
    return numbers


def spatial(name: str, value: ArrayLike) -> Array:
    """One map or kernel without channels: one to three axes, none empty."""
    numbers = array(name, value)
    if not 1 <= numbers.ndim <= MOST_AXES:
        raise ValueError(
            f"{name} has shape {numbers.shape}; one to {MOST_AXES} spatial axes are expected: "
            "pass one map at a time, without batch and channels"
        )
    return filled(name, numbers)


def winners(value: ArrayLike, shape: Sizes, cells: int) -> NDArray[np.intp]:
    """Winners of a max pool: flat indices into the input's spatial axes, -1 where there is none."""
    numbers = rows_of("winner", value)
    if numbers.dtype.kind not in "iu":
        raise TypeError(
            f"winner has dtype {numbers.dtype}; flat indices are expected: "
            "pass the second result of max_pool"
        )
    remedy = "pass the second result of max_pool"
    same_shape("winner", numbers.shape, shape, "d_y has", remedy)
    if numbers.min() < -1 or numbers.max() >= cells:
        raise ValueError(
            f"winner runs from {numbers.min()} to {numbers.max()}; the map has {cells} cells: "
            "pass the input_shape that max_pool was given"
        )
    return numbers.astype(np.intp, copy=False)
