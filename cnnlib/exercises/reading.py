"""Read what a student's function returned, however it is written, as named arrays."""

import inspect
from collections.abc import Iterator, Mapping, Set
from typing import Any

import numpy as np

from cnnlib.exercises.task import HUGE, Array, Reader, Unreadable, Value


def an_array(name: str) -> Reader:
    """Read one grid of numbers: an array, nested lists or tuples, a number."""
    return lambda returned: {name: numbers(returned)}


def a_number(name: str) -> Reader:
    """Read one number; an array with one element will do."""

    def read(returned: Any) -> Value:
        found = numbers(returned)
        return {name: found.reshape(()) if found.size == 1 else found}

    return read


def a_pair(first: str, second: str) -> Reader:
    """Read a tuple or list of two grids."""

    def read(returned: Any) -> Value:
        if not isinstance(returned, tuple | list) or len(returned) != 2:
            raise Unreadable(
                f"it returned {kind(returned)}; a pair is expected: return {first}, {second}"
            )
        return {first: numbers(returned[0]), second: numbers(returned[1])}

    return read


def positions(returned: Any) -> Value:
    """Read positions in any order: a list, set, tuple or array of (row, column)."""
    _refuse_lazy(returned)
    rows = sorted(returned, key=repr) if isinstance(returned, Set) else returned
    found = numbers(rows)
    if found.size == 0:
        return {"positions": np.zeros((0, 2))}
    if found.ndim != 2 or found.shape[1] != 2:
        raise Unreadable(
            f"it returned numbers of shape {found.shape}; "
            "positions are expected: return a list of (row, column)"
        )
    return {"positions": found[np.lexsort(found.T[::-1])]}


def numbers(returned: Any) -> Array:
    """One array of real numbers, copied, so that later changes do not reach it.

    Raises
    ------
    Unreadable
        It is no grid of real numbers.
    """
    _refuse_lazy(returned)
    if isinstance(returned, Set):
        raise Unreadable("it returned a set, which has no order: return a list or an array")
    try:
        found = np.asarray(returned)
    except ValueError:
        raise Unreadable(
            "its rows have different lengths: every row of the grid needs the same number of cells"
        ) from None
    if found.dtype.kind == "O":
        found = _from_objects(found)
    if found.dtype.kind not in "iuf":
        raise Unreadable(f"it returned {kind(returned)}; numbers are expected")
    # A wrong size is told by its shape alone, so a huge array is not copied.
    return found.astype(float) if found.size < HUGE else found


def kind(returned: Any) -> str:
    """What this is, in a student's words."""
    names = {str: "a text", bool: "True or False", tuple: "a tuple", list: "a list"}
    if isinstance(returned, np.ndarray):
        contents = {"b": " of True and False", "c": " of complex numbers", "U": " of texts"}
        return f"an array{contents.get(returned.dtype.kind, '')}"
    known = [words for type_, words in names.items() if isinstance(returned, type_)]
    name = type(returned).__name__
    return known[0] if known else f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"


def _from_objects(found: Array) -> Array:
    """Fractions and other exact numbers as floats; text never becomes a number."""
    for item in found.flat:
        if item is None or item is Ellipsis or isinstance(item, str | bytes | complex | Iterator):
            what = "None" if item is None else "..." if item is Ellipsis else kind(item)
            raise Unreadable(f"there is {what} among its numbers")
    try:
        return found.astype(float)
    except (TypeError, ValueError):
        raise Unreadable(f"there is {kind(found.flat[0])} among its numbers") from None


def _refuse_lazy(returned: Any) -> None:
    if inspect.iscoroutine(returned):
        returned.close()
        raise Unreadable("it is an async function: write def, without async")
    if isinstance(returned, Iterator):
        raise Unreadable(
            f"it returned {kind(returned)}, which makes its numbers later: "
            "return a list or an array"
        )
    if callable(returned):
        raise Unreadable("it returned a function: return its result, with brackets and arguments")
    if isinstance(returned, Mapping):
        raise Unreadable(f"it returned {kind(returned)}; numbers are expected")
