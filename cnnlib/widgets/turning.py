"""Which kernels hide the flip, counted: those that are their own half turn."""

from itertools import product
from math import prod
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnnlib.geometry import Shape, Window

TURNS = ("turn", "mirror left-right", "mirror up-down", "transpose")
ENTRIES = (-1, 0, 1)
MOST_IN_A_ROW = 10
MOST_WEIGHTS = 9


class Hiding(NamedTuple):
    """How many kernels of a shape hide the flip, and how many there are."""

    hiding: int
    kernels: int


def hides_flip(w: ArrayLike) -> bool:
    """Is the kernel its own half turn? Then o ⊗ w and o * w are the same for every o (J1-J3).

    Parameters
    ----------
    w : array_like
        One kernel; every axis is spatial.

    Returns
    -------
    bool

    Examples
    --------
    >>> hides_flip([[1, 2], [2, 1]]), hides_flip([[1, 2], [2, 5]])
    (True, False)
    """
    return bool(np.array_equal(w, np.flip(w), equal_nan=True))


def count_hiding(shape: Shape) -> Hiding:
    """Count the kernels with entries −1, 0 and 1 that hide the flip, by looking at every one.

    Parameters
    ----------
    shape : tuple of int
        Of the kernel; at most 9 weights, which makes 19,683 kernels.

    Returns
    -------
    Hiding

    Raises
    ------
    ValueError
        The kernel has too many weights to look at every one.

    Examples
    --------
    >>> count_hiding((2, 2))
    Hiding(hiding=9, kernels=81)
    """
    size = prod(shape)
    if size > MOST_WEIGHTS:
        raise ValueError(
            f"a kernel of {shape} has {size} weights; at most {MOST_WEIGHTS} are expected, so that "
            "every kernel can be looked at: pass a smaller shape"
        )
    found = [kernel == kernel[::-1] for kernel in product(ENTRIES, repeat=size)]
    return Hiding(sum(found), len(found))


def moved(w: NDArray[np.float64], turn: str) -> NDArray[np.float64]:
    """The kernel after one of the four movements; only "turn" is what true convolution does."""
    axes = {"turn": None, "mirror left-right": -1, "mirror up-down": 0}
    return w.T if turn == "transpose" else np.flip(w, axis=axes[turn])


def check_turn(turn: str, kernel: Shape) -> None:
    """Can a kernel of this shape be moved like this?

    Raises
    ------
    ValueError
        It cannot: the message says what was given, what is expected, and the remedy.
    """
    if len(kernel) == 1 and turn != "turn":
        raise ValueError(
            f'turn is {turn!r}; a kernel with one axis can only be turned: pass turn="turn"'
        )
    if turn == "transpose" and kernel[0] != kernel[1]:
        raise ValueError(
            f'turn is "transpose" and the kernel has shape {kernel}; as many rows as columns are '
            "expected, so that it keeps its shape: pass a square kernel or another turn"
        )


def check_matrix(window: Window, input_shape: Shape) -> None:
    """Is the layer's matrix small enough to be read?

    Raises
    ------
    ValueError
        It is not, or the input has two axes.
    """
    outputs = window.output_shape(input_shape)
    if len(input_shape) != 1:
        raise ValueError(
            f"input has shape {input_shape}; the matrix is drawn for one axis: "
            "pass a row of numbers"
        )
    if max(*outputs, *input_shape) > MOST_IN_A_ROW:
        raise ValueError(
            f"the matrix has {outputs[0]} rows and {input_shape[0]} columns; at most "
            f"{MOST_IN_A_ROW} of each can be read: pass a shorter input or less padding"
        )
