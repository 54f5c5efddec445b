"""Connections, weights and paths, counted: what sharing and locality save, what two layers see."""

from itertools import product
from math import prod
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cnnlib import ops
from cnnlib.geometry import Position, Shape, Window

KINDS = ("dense", "local", "shared", "both")
MOST_PAIRS = 2500
MOST_TAPS = 300_000
MOST_PADDED, MOST_PIXELS = 4096, 20_000


class Counts(NamedTuple):
    """How many connections a layer has, and how many different weights they use."""

    connections: int
    weights: int


def count_connections(window: Window, input_shape: Shape, kind: str) -> Counts:
    """Connections and weights of a layer with the same input and output, wired in one of four ways.

    Parameters
    ----------
    window : Window
        The kernel and how it moves.
    input_shape : tuple of int
        Spatial shape of the input, in cells.
    kind : str
        "dense": every output sees every input, every connection has a weight of its own.
        "local": an output sees only what is under the kernel, every weight is its own.
        "shared": every output sees every input; the weight depends on the displacement only.
        "both": a convolution layer.

    Returns
    -------
    Counts

    Raises
    ------
    ValueError
        kind is none of these, or the kernel does not fit.

    Examples
    --------
    >>> count_connections(Window((2, 3)), (5, 6), "shared")
    Counts(connections=480, weights=72)
    """
    if kind not in KINDS:
        raise ValueError(f"kind is {kind!r}; one of these is expected: {', '.join(KINDS)}")
    outputs = window.output_shape(input_shape)
    if kind in ("dense", "shared"):
        pairs = prod(outputs) * prod(input_shape)
        axes = zip(outputs, input_shape, window.stride, strict=True)
        return Counts(pairs, prod(map(_displacements, axes)) if kind == "shared" else pairs)
    taps = len(window.taps(input_shape).output)
    return Counts(taps, prod(window.kernel) if kind == "both" else taps)


def _displacements(axis: tuple[int, int, int]) -> int:
    """How many different ways lead from an output's place to an input, along one axis."""
    outputs, inputs, stride = axis
    return len({p - stride * i for i, p in product(range(outputs), range(inputs))})


def count_paths(window: Window, input_shape: Shape, position: Position) -> NDArray[np.intp]:
    """How many paths lead from each input through two layers of one window to an output.

    Parameters
    ----------
    window : Window
        The kernel and how it moves, the same in both layers.
    input_shape : tuple of int
        Spatial shape of the input, in cells.
    position : tuple of int
        The output, behind the second layer.

    Returns
    -------
    ndarray of int, shape input_shape
        0 outside the receptive field.

    Raises
    ------
    ValueError
        The window does not fit twice, or the position is not on the output.

    Examples
    --------
    >>> count_paths(Window((2, 2)), (4, 4), (0, 0))
    array([[1, 2, 1, 0],
           [2, 4, 2, 0],
           [1, 2, 1, 0],
           [0, 0, 0, 0]])
    """
    hidden = window.output_shape(input_shape)
    paths = np.zeros((1, 1, *hidden))
    for cell in window.receptive_field(position, hidden):
        paths[(0, 0, *cell)] = 1
    ones = np.ones((1, 1, *window.kernel))
    moves = {"stride": window.stride, "padding": window.padding, "dilation": window.dilation}
    through = ops.conv_input_gradient(paths, ones, (1, 1, *input_shape), **moves)
    return np.asarray(np.rint(through[0, 0]), dtype=np.intp)


def check_size(config: str, input_shape: Shape, window: Window) -> None:
    """Does the picture that a configuration draws stay small enough, and does the window fit?

    Raises
    ------
    ValueError
        It does not: the message says what was given, what is expected, and the remedy.
    """
    outputs = window.output_shape(input_shape)
    _check_room(window, input_shape, MOST_PIXELS if config == "photograph" else MOST_PADDED)
    if config == "two-layers":
        _check_twice(window, input_shape, outputs)
    if config == "sharing" and prod(outputs) * prod(input_shape) > MOST_PAIRS:
        raise ValueError(
            f"{prod(outputs)} outputs and {prod(input_shape)} inputs could be joined in "
            f"{prod(outputs) * prod(input_shape)} ways; at most {MOST_PAIRS} can be drawn: "
            "pass a smaller input, like one of 5 by 6"
        )
    if config == "photograph":
        _check_photograph(window, input_shape, outputs)


def _check_room(window: Window, input_shape: Shape, most: int) -> None:
    padded = tuple(n + 2 * p for n, p in zip(input_shape, window.padding, strict=True))
    if prod(padded) > most:
        raise ValueError(
            f"padding is {window.padding[0]}; the input would have {padded} cells with it and at "
            f"most {most} in all can be drawn: pass a smaller padding"
        )
    if max(window.stride) > max(padded):
        raise ValueError(
            f"stride is {window.stride[0]}; the padded input has {padded} cells and a larger step "
            "is never taken: pass a smaller stride"
        )


def _check_twice(window: Window, input_shape: Shape, hidden: Shape) -> None:
    try:
        window.output_shape(hidden)
    except ValueError:
        raise ValueError(
            f"an input of {input_shape} gives {hidden} hidden cells, and a kernel of "
            f"{window.kernel} does not fit into these a second time: "
            "make the input larger or the kernel smaller"
        ) from None


def _check_photograph(window: Window, input_shape: Shape, outputs: Shape) -> None:
    if len(input_shape) != 2:
        raise ValueError(
            f"input has shape {input_shape}; a photograph has rows and columns: "
            "pass data.photograph() or another array with two axes"
        )
    taps = prod(outputs) * prod(window.kernel)
    if taps > MOST_TAPS:
        raise ValueError(
            f"a kernel of {window.kernel} over {input_shape} pixels makes {taps} products; "
            f"at most {MOST_TAPS} stay smooth: pass a smaller kernel or fewer pixels"
        )
