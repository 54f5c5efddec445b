"""Lesson 12: the way back through a layer that turns its kernel on the way forward."""

from functools import cache

import numpy as np

from cnnlib.exercises.cases import case, grid, halves, spike, whole
from cnnlib.exercises.kit import (
    DELTA_2D,
    W_2D,
    full,
    full_unturned,
    same_size,
    slide,
    square_or_stop,
    turned,
)
from cnnlib.exercises.lessons.delta import stamped_last
from cnnlib.exercises.lessons.sliding import one_place_short
from cnnlib.exercises.reading import an_array
from cnnlib.exercises.task import Array, Case, Exercise, Wrong

PRODUCTS = (
    "Output (i, j) uses weight (m, n) on input (i + k1 − 1 − m, j + k2 − 1 − n): the kernel lies "
    "turned on the map."
)


def convolution_input_gradient_2d(delta: Array, w: Array) -> Array:
    """dE/do of x = o * w, valid: the kernel slides over delta unturned, full (R9)."""
    return full_unturned(delta, w)


@cache
def cases() -> tuple[tuple[Case, ...], ...]:
    """Deltas and kernels that are not square, down to one output and to one weight."""
    wide = grid([1, 2, 0], [-1, 3, 1])
    return (
        (
            case("the lesson's numbers", delta=grid(*DELTA_2D), w=grid(*W_2D)),
            case("one output", delta=grid([2]), w=grid([1, -3], [2, 4])),
            case("one weight", delta=whole(261, 2, 3), w=grid([2])),
            case("a row", delta=grid([1, -2, 3]), w=grid([2, -1])),
            case("a column", delta=grid([1], [-2], [3]), w=grid([2], [-1])),
            case("a single δ that is not 0", delta=spike((1, 1), 2, 3), w=wide),
            case("4 × 4 through 2 × 3", delta=whole(262, 4, 4), w=wide),
            case("2 × 3 through 3 × 2", delta=whole(263, 2, 3), w=grid([1, 2], [0, -1], [3, 1])),
            case("more weights than outputs", delta=grid([3, -1]), w=grid([1, 0, 2], [-1, 4, 1])),
            case("digits after the point", delta=halves(264, 3, 2), w=grid([0.5, -1], [0.25, 2])),
            case("a square kernel", delta=whole(265, 3, 4), w=grid([0, 1], [2, -3])),
            case("a larger map", delta=whole(266, 5, 4), w=whole(267, 3, 2)),
        ),
    )


def _transposed(delta: Array, w: Array) -> Array:
    square_or_stop(w)
    return full_unturned(delta, w.T)


TURN_HINT = (
    "That is the way back of a layer that slides its kernel as it is. This layer turns it on the "
    "way forward, so the way back is another."
)

EXERCISES = (
    Exercise(
        title="Mend the way back of a true convolution",
        lesson="12_check_the_sources",
        statement="A layer computes x = o * w, a true convolution, valid: it turns the kernel on "
        "the way forward. delta is ∂E/∂x, w the kernel as it is stored. Return ∂E/∂o, one number "
        "for each cell of o, which had rows of delta + rows of w − 1 rows, and columns likewise.",
        solve=convolution_input_gradient_2d,
        families=cases,
        read=an_array("d_o"),
        wrong=(
            Wrong("flipped", full, TURN_HINT, PRODUCTS),
            Wrong("one-axis-flipped", lambda delta, w: full_unturned(delta, w[::-1])),
            Wrong("one-axis-flipped", lambda delta, w: full_unturned(delta, w[:, ::-1])),
            Wrong("transposed", _transposed),
            Wrong("input-turned", lambda delta, w: full_unturned(turned(delta), w)),
            Wrong("overlap-overwritten", lambda delta, w: stamped_last(delta, turned(w))),
            Wrong("too-short", lambda delta, w: one_place_short(full_unturned(delta, w))),
            Wrong("mean-for-sum", lambda delta, w: full_unturned(delta, w) / w.size),
            Wrong("delta-forgotten", lambda delta, w: full_unturned(np.ones_like(delta), w)),
            Wrong("wrong-size", slide),
            Wrong("wrong-size", lambda delta, w: slide(delta, turned(w))),
            Wrong("wrong-size", lambda d, w: same_size(full_unturned(d, w), d.shape)),
            Wrong("wrong-size", lambda d, w: same_size(full(d, w), d.shape)),
        ),
        hint="Take a map with a single output. Which input does its first weight lie on?",
        second_hint=PRODUCTS,
    ),
)
