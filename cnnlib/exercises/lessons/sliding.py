"""Lessons 01 and 03: slide a kernel over a signal and over a map."""

from functools import cache
from typing import Any

import numpy as np

from cnnlib.exercises.cases import case, grid, halves, spike, whole
from cnnlib.exercises.kit import (
    O_1D,
    O_2D,
    W_1D,
    W_2D,
    full,
    full_unturned,
    same_size,
    slide,
    square_or_stop,
    turned,
)
from cnnlib.exercises.reading import an_array
from cnnlib.exercises.task import Array, Case, Exercise, Wrong

FULL_HINT = (
    "Your result is longer than the number of places where the kernel lies inside the map. Some "
    "library functions also count the places where it only touches, and np.convolve turns the "
    "kernel as well."
)


def cross_correlate_1d(o: Array, w: Array) -> Array:
    """x[i] = sum over a of w[a] * o[i + a] (S1)."""
    return slide(o, w)


def cross_correlate_2d(o: Array, w: Array) -> Array:
    """x[i, j] = sum over m, n of w[m, n] * o[i + m, j + n] (J7, without b)."""
    return slide(o, w)


@cache
def cases_1d() -> tuple[tuple[Case, ...], ...]:
    """Signals and kernels, also of one weight and as long as the signal."""
    return (
        (
            case("the lesson's numbers", o=grid(*O_1D), w=grid(*W_1D)),
            case("two weights", o=grid(3, -1, 2, 4), w=grid(1, -2)),
            case("a kernel as long as the signal", o=grid(2, 5, -1), w=grid(1, 3, -2)),
            case("a kernel of one weight", o=grid(4, -3, 1, 2), w=grid(3)),
            case("a spike in the signal", o=spike((3,), 8), w=grid(1, 2, 3)),
            case("a kernel that only looks ahead", o=whole(11, 7), w=grid(0, 0, 1)),
            case("four weights", o=whole(12, 9), w=grid(1, 2, 0, -1)),
            case("a zero weight in the middle", o=whole(13, 8), w=grid(2, 0, -1)),
            case("digits after the point", o=halves(14, 6), w=grid(0.5, -0.25, 1)),
            case("negative numbers only", o=grid(-3, -1, -2, -4, -1), w=grid(-2, -1, -3)),
            case("five weights", o=whole(15, 6), w=grid(1, -1, 2, 0, 3)),
            case("a longer signal", o=whole(16, 13), w=grid(1, 3, -2)),
        ),
    )


@cache
def cases_2d() -> tuple[tuple[Case, ...], ...]:
    """Maps and kernels, square and not, down to one place and one weight."""
    return (
        (
            case("the lesson's numbers", o=grid(*O_2D), w=grid(*W_2D)),
            case("one place only", o=grid([1, 2, 3], [4, 5, 6]), w=grid([1, 0, 2], [0, 3, -1])),
            case("a kernel of one weight", o=whole(21, 2, 3), w=grid([2])),
            case("a lying kernel", o=whole(22, 3, 4), w=grid([1, 2, -3])),
            case("a standing kernel", o=whole(23, 4, 3), w=grid([1], [2], [-3])),
            case(
                "a spike in the map", o=spike((2, 2), 5, 5), w=grid([1, 2, 3], [4, 5, 6], [7, 8, 9])
            ),
            case("5 × 6 under 2 × 3", o=whole(24, 5, 6), w=grid([1, 2, 0], [-1, 3, 1])),
            case("6 × 4 under 3 × 2", o=whole(25, 6, 4), w=grid([1, 2], [0, -1], [3, 1])),
            case("digits after the point", o=halves(26, 4, 5), w=grid([0.5, -1], [0.25, 2])),
            case(
                "negative numbers only", o=-np.abs(whole(27, 3, 5)) - 1, w=grid([-1, -2], [-3, -1])
            ),
            case("as wide as the map", o=whole(28, 5, 3), w=grid([1, 0, 2], [3, -1, 1])),
            case("a square map, other numbers", o=whole(29, 4, 4), w=grid([0, 1], [2, -3])),
        ),
    )


def _first_window(o: Array, w: Array) -> Array:
    places = tuple(n - m + 1 for n, m in zip(o.shape, w.shape, strict=True))
    window = o[tuple(slice(m) for m in w.shape)]
    return np.full(places, (w * window).sum())


def _hopping(o: Array, w: Array) -> Array:
    return slide(o, w)[tuple(slice(None, None, m) for m in w.shape)]


def _without_last_weight(o: Array, w: Array) -> Array:
    return slide(o, np.append(w[:-1], 0))


def _x_swapped(o: Array, w: Array) -> Array:
    x = slide(o, w)
    square_or_stop(x)
    return x.T


def _o_swapped(o: Array, w: Array) -> Array:
    square_or_stop(o)
    return slide(o.T, w)


def _w_swapped(o: Array, w: Array) -> Array:
    square_or_stop(w)
    return slide(o, w.T)


WRONG_SIZES = (
    Wrong("wrong-size", full, FULL_HINT),
    Wrong("wrong-size", full_unturned, FULL_HINT),
    Wrong("wrong-size", lambda o, w: same_size(full_unturned(o, w), o.shape), FULL_HINT),
    Wrong("wrong-size", lambda o, w: same_size(full(o, w), o.shape), FULL_HINT),
)

WRONG_SUMS = (
    Wrong("mean-for-sum", lambda o, w: slide(o, w) / w.size),
    Wrong("window-not-moved", _first_window),
    Wrong("window-hops", _hopping),
)


def one_place_short(result: Array, axis: int | None = None) -> Array:
    """Leave out the last place, along one axis or all."""
    return result[tuple(slice(-1 if axis in (None, a) else None) for a in range(result.ndim))]


def _flipped_hint(name: str) -> dict[str, Any]:
    return {
        "hint": "Your numbers are those of a turned kernel. In spite of its name, a convolution "
        "layer slides the kernel as it is.",
        "second_hint": f"{name} pairs the first weight with the first input under the kernel.",
    }


EXERCISES = (
    Exercise(
        title="Slide a kernel over a signal",
        lesson="01_slide_a_kernel_1d",
        statement="Write the cross-correlation of a signal o with a kernel w, both with one axis: "
        "put the kernel at every place where it lies inside the signal, multiply number by number, "
        "and add. Return one number per place, in order.",
        solve=cross_correlate_1d,
        families=cases_1d,
        read=an_array("x"),
        wrong=(
            Wrong("flipped", lambda o, w: slide(o, turned(w)), **_flipped_hint("x[i]")),
            Wrong("too-short", lambda o, w: one_place_short(slide(o, w))),
            Wrong(
                "too-short",
                _without_last_weight,
                "The last weight takes part in no product.",
                "range(m) ends before m: its last number is m − 1.",
            ),
            *WRONG_SIZES,
            *WRONG_SUMS,
        ),
        hint="Take the case below by hand: which inputs lie under the kernel at place 0, and what "
        "do the products add up to?",
        second_hint="x[i] is the sum of the products w[a] · o[p] with p = i + a. Check i, a and p "
        "for the first wrong cell.",
    ),
    Exercise(
        title="Slide a kernel over a map",
        lesson="03_slide_a_kernel_2d",
        statement="Write the cross-correlation of a map o with a kernel w, both with two axes: put "
        "the kernel at every place where it lies inside the map, multiply cell by cell, and add. "
        "Return a map with one number per place. Maps and kernels need not be square.",
        solve=cross_correlate_2d,
        families=cases_2d,
        read=an_array("x"),
        wrong=(
            Wrong("flipped", lambda o, w: slide(o, turned(w)), **_flipped_hint("x[i, j]")),
            Wrong("one-axis-flipped", lambda o, w: slide(o, w[::-1])),
            Wrong("one-axis-flipped", lambda o, w: slide(o, w[:, ::-1])),
            Wrong("transposed", _x_swapped),
            Wrong("transposed", _o_swapped),
            Wrong("transposed", _w_swapped),
            Wrong("transposed", lambda o, w: slide(o, w.T)),
            Wrong("transposed", lambda o, w: slide(o.T, w)),
            Wrong("too-short", lambda o, w: one_place_short(slide(o, w))),
            Wrong("too-short", lambda o, w: one_place_short(slide(o, w), axis=0)),
            Wrong("too-short", lambda o, w: one_place_short(slide(o, w), axis=1)),
            *WRONG_SIZES,
            *WRONG_SUMS,
        ),
        hint="Take the first wrong cell by hand: which patch of the map lies under the kernel "
        "there?",
        second_hint="x[i, j] is the sum of the products w[m, n] · o[p, q] with p = i + m and "
        "q = j + n.",
    ),
)
