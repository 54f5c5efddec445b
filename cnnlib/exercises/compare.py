"""Compare what was returned with what is right, element by element."""

import numpy as np

from cnnlib.exercises.task import Array, Value

# float32 sums of a few dozen small products stay inside this, a wrong formula does not.
TOLERANCE = 1e-5


def same(a: Value, b: Value) -> bool:
    """Whether two results have the same parts with the same shapes and numbers."""
    return a.keys() == b.keys() and all(
        a[name].shape == b[name].shape and not differs(a[name], b[name]).any() for name in a
    )


def differs(given: Array, right: Array) -> Array:
    """Mark the elements that differ; both have one shape. NaN differs from every number.

    Parameters
    ----------
    given, right : ndarray, one shape

    Returns
    -------
    ndarray of bool, the same shape
    """
    finite = right[np.isfinite(right)]
    allowed = TOLERANCE * (1 + np.abs(finite).max(initial=0))
    with np.errstate(invalid="ignore"):
        return ~np.isclose(given, right, rtol=0, atol=allowed, equal_nan=True)


def wrong_cells(given: Value, right: Value) -> dict[str, Array | None]:
    """Mark per part which cells are wrong; None where the shapes differ and no cell has a partner.

    Positions have no place of their own: each one that does not belong is wrong, so is a repeated
    one. The missing ones stay unnamed.
    """
    if "positions" in given:
        return {"positions": _strangers(given["positions"], right["positions"])}
    return {
        name: differs(grid, right[name]) if grid.shape == right[name].shape else None
        for name, grid in given.items()
    }


def _strangers(given: Array, right: Array) -> Array:
    belonging = {tuple(position) for position in right}
    seen: set[tuple[float, ...]] = set()
    wrong = []
    for position in map(tuple, given):
        wrong.append(position not in belonging or position in seen)
        seen.add(position)
    return np.array(wrong, dtype=bool)
