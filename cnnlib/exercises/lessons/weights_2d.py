"""Lesson 04: the gradient of a 2D kernel."""

from functools import cache

import numpy as np

from cnnlib.exercises.cases import case, grid, halves, spike, whole
from cnnlib.exercises.kit import (
    DELTA_2D,
    O_2D,
    W_2D,
    full,
    full_unturned,
    only_if,
    same_size,
    slide,
    square_or_stop,
    turned,
)
from cnnlib.exercises.lessons.sliding import one_place_short
from cnnlib.exercises.reading import an_array
from cnnlib.exercises.task import Array, Case, Exercise, Wrong

PRODUCTS = "The products are δ[i, j] · w[m, n] · o[i + m, j + n]."


def weight_gradient_2d(delta: Array, o: Array) -> Array:
    """dE/dw[m, n] = sum over i, j of delta[i, j] * o[i + m, j + n] (J13)."""
    return slide(o, delta)


@cache
def cases() -> tuple[tuple[Case, ...], ...]:
    """Deltas and maps; the kernel has the size that is left."""
    return (
        (
            case("the lesson's numbers", delta=grid(*DELTA_2D), o=grid(*O_2D)),
            case("one output", delta=grid([-2]), o=grid([1, 3, 0], [2, -1, 4])),
            case("one weight", delta=grid([1, -2, 3]), o=grid([2, 0, -1])),
            case("a row of outputs", delta=grid([1, -2]), o=whole(71, 2, 4)),
            case("a column of outputs", delta=grid([2], [-1], [3]), o=whole(72, 4, 3)),
            case("a single δ that is not 0", delta=spike((0, 2), 2, 3), o=whole(73, 3, 4)),
            case("5 × 6 under 2 × 3", delta=whole(74, 4, 4), o=whole(75, 5, 6)),
            case("6 × 4 under 3 × 2", delta=whole(76, 4, 3), o=whole(77, 6, 4)),
            case("digits after the point", delta=halves(78, 2, 3), o=halves(79, 4, 4)),
            case(
                "zeros in the map",
                delta=grid([1, -1], [2, 3]),
                o=grid([0, 4, 0], [2, 0, 0], [0, 1, -3]),
            ),
            case("more weights than outputs", delta=grid([3, -1]), o=whole(80, 3, 4)),
            case("2 × 2 weights, other numbers", delta=whole(81, 3, 3), o=whole(82, 4, 4)),
        ),
    )


def _patches(delta: Array, o: Array) -> Array:
    """delta[i, j] * o[i + m, j + n] with axes i, j, m, n, not added."""
    size = tuple(n - d + 1 for n, d in zip(o.shape, delta.shape, strict=True))
    windows = np.lib.stride_tricks.sliding_window_view(o, size)
    return np.asarray(delta[:, :, None, None] * windows)


def _contribution(delta: Array, o: Array) -> Array:
    d_w = slide(o, delta)
    only_if(d_w.shape == np.shape(W_2D))
    return np.array(W_2D) * d_w


def _without_last(delta: Array, o: Array) -> Array:
    less = delta.copy()
    less[-1, :] = 0
    less[:, -1] = 0
    return slide(o, less)


def _square(result: Array, *grids: Array) -> Array:
    square_or_stop(*grids)
    return result


def _own_patch(delta: Array, o: Array) -> Array:
    size = tuple(n - d + 1 for n, d in zip(o.shape, delta.shape, strict=True))
    return np.asarray(delta.sum() * o[: size[0], : size[1]])


EXERCISES = (
    Exercise(
        title="Collect the gradient of a 2D kernel",
        lesson="04_collect_weight_gradients",
        statement="delta is ∂E/∂x, one number per output; o is the map that went in. Return ∂E/∂w, "
        "one number per weight: the kernel has as many rows and columns as fit, rows of o − rows "
        "of delta + 1, and columns likewise.",
        solve=weight_gradient_2d,
        families=cases,
        read=an_array("d_w"),
        wrong=(
            Wrong(
                "flipped",
                lambda delta, o: turned(slide(o, delta)),
                "Your numbers are right but stand upside down: the result is turned.",
                "Which patch of the input does the first weight see? " + PRODUCTS,
            ),
            Wrong(
                "flipped",
                lambda delta, o: slide(o, turned(delta)),
                "δ is turned in your sum. Each δ meets the inputs that its own output used.",
                PRODUCTS + " A true convolution would turn δ.",
            ),
            Wrong("one-axis-flipped", lambda delta, o: slide(o, delta)[::-1]),
            Wrong("one-axis-flipped", lambda delta, o: slide(o, delta)[:, ::-1]),
            Wrong("one-axis-flipped", lambda delta, o: slide(o, delta[::-1])),
            Wrong("one-axis-flipped", lambda delta, o: slide(o, delta[:, ::-1])),
            Wrong("transposed", lambda delta, o: _square(slide(o, delta).T, slide(o, delta))),
            Wrong("transposed", lambda delta, o: _square(slide(o.T, delta), o)),
            Wrong("transposed", lambda delta, o: _square(slide(o, delta.T), delta)),
            Wrong("transposed", lambda delta, o: slide(o, delta.T)),
            Wrong("mean-for-sum", lambda delta, o: slide(o, delta) / delta.size),
            Wrong(
                "mean-for-sum",
                lambda delta, o: slide(o, delta) / (slide(o, delta).size),
            ),
            Wrong(
                "too-short",
                _without_last,
                "The last row and column of outputs are left out of every sum.",
                "range(n) ends at n − 1 already. How many rows has δ?",
            ),
            Wrong("too-short", lambda delta, o: one_place_short(slide(o, delta))),
            Wrong("contribution-for-gradient", _contribution),
            Wrong("window-not-moved", _own_patch),
            Wrong("wrong-index-summed", lambda delta, o: _patches(delta, o).sum(axis=(2, 3))),
            Wrong("not-summed", _patches),
            Wrong(
                "overlap-overwritten",
                lambda delta, o: _patches(delta, o)[-1, -1],
                "Each weight keeps the product of the last output only.",
                "A plain = throws away what was there before. Every output adds one product.",
            ),
            Wrong("delta-forgotten", lambda delta, o: slide(o, np.ones_like(delta))),
            Wrong("wrong-size", lambda delta, o: full_unturned(o, delta)),
            Wrong("wrong-size", lambda delta, o: full(o, delta)),
            Wrong("wrong-size", lambda delta, o: same_size(full_unturned(o, delta), o.shape)),
            Wrong("wrong-size", lambda delta, o: same_size(full(o, delta), o.shape)),
        ),
        hint="Take one weight alone: which patch of the input does it see, one cell per output?",
        second_hint=PRODUCTS + " Keep m and n fixed and add over i and j.",
    ),
)
