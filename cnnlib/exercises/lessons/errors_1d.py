"""Lesson 02: the three gradients of a 1D layer, from one table of taps."""

from functools import cache

import numpy as np

from cnnlib.exercises.cases import case, grid, halves, spike, whole
from cnnlib.exercises.kit import (
    DELTA_1D,
    DELTA_2D,
    O_1D,
    W_1D,
    full,
    full_unturned,
    only_if,
    same_size,
    slide,
    turned,
)
from cnnlib.exercises.lessons.sliding import one_place_short
from cnnlib.exercises.reading import a_number, an_array
from cnnlib.exercises.task import Array, Case, Exercise, Wrong

LESSON = "02_send_errors_back_1d"
RATES = (0.1, 0.05, 0.01, 0.001, 0.2, 0.5, 1.0)
PRODUCTS = "The products are δ[i] · w[a] · o[p] with p = i + a."


def weight_gradient_1d(delta: Array, o: Array) -> Array:
    """dE/dw[a] = sum over i of delta[i] * o[i + a] (S3, corrected)."""
    return slide(o, delta)


def input_gradient_1d(delta: Array, w: Array) -> Array:
    """dE/do[p] = sum over a of delta[p - a] * w[a], where output p - a exists (S5, corrected)."""
    return full(delta, w)


def bias_gradient(delta: Array) -> Array:
    """dE/db = sum of delta."""
    return np.asarray(np.sum(delta))


@cache
def weight_cases() -> tuple[tuple[Case, ...], ...]:
    """Deltas and signals; the kernel has len(o) - len(delta) + 1 weights."""
    return (
        (
            case("the lesson's numbers", delta=grid(*DELTA_1D), o=grid(*O_1D)),
            case("two outputs, two weights", delta=grid(2, -1), o=grid(1, 3, -2)),
            case("one output", delta=grid(-2), o=grid(3, 1, 4)),
            case("one weight", delta=grid(1, -2, 3), o=grid(2, 0, -1)),
            case("a single δ that is not 0", delta=spike((1,), 4), o=grid(5, -1, 2, 3, 4, -2)),
            case("three weights, other numbers", delta=grid(3, 1, -1, 2), o=whole(31, 6)),
            case("five outputs", delta=grid(1, 0, -2, 1, 2), o=whole(32, 7)),
            case("four weights", delta=grid(2, -3, 1), o=whole(33, 6)),
            case("more weights than outputs", delta=grid(1, 2), o=whole(34, 6)),
            case("digits after the point", delta=halves(35, 4), o=halves(36, 7)),
            case("zeros in the signal", delta=grid(1, -1, 2, 4), o=grid(0, 3, 0, 0, -2, 1)),
            case("a longer signal", delta=whole(37, 9), o=whole(38, 11)),
        ),
    )


@cache
def input_cases() -> tuple[tuple[Case, ...], ...]:
    """Deltas and kernels; the input has len(delta) + len(w) - 1 numbers."""
    return (
        (
            case("the lesson's numbers", delta=grid(*DELTA_1D), w=grid(*W_1D)),
            case("two outputs, two weights", delta=grid(1, -2), w=grid(3, 1)),
            case("one output", delta=grid(2), w=grid(1, -3, 2)),
            case("one weight", delta=grid(1, -2, 4), w=grid(3)),
            case("a single δ that is not 0", delta=spike((2,), 5), w=grid(1, 2, 3)),
            case("four outputs, other numbers", delta=grid(-1, 3, 2, 1), w=grid(1, 4, -2)),
            case("four weights", delta=grid(2, 1, -1, 3, 1), w=grid(1, 0, -2, 3)),
            case("more weights than outputs", delta=grid(3, -1), w=grid(2, 1, -1, 4)),
            case("a zero weight in the middle", delta=grid(1, 2, -3, 1), w=grid(2, 0, -1)),
            case("digits after the point", delta=halves(41, 5), w=grid(0.5, -1.25, 2)),
            case("the last δ is the largest", delta=grid(0, 1, -1, 7), w=grid(1, -2, 5)),
            case("a longer layer", delta=whole(43, 9), w=grid(1, -1, 2, 0, 3)),
        ),
    )


@cache
def bias_cases() -> tuple[tuple[Case, ...], ...]:
    """One family with one axis, one with two: either way of writing the sum is right."""
    one = {
        "the lesson's numbers": grid(*DELTA_1D),
        "δ that add up to 0": grid(1, -1),
        "one output": grid(3),
        "mostly zeros": grid(0, 0, 0, 2),
        "three outputs": grid(1, 2, 3),
        "negative numbers only": grid(-2, -1, -4),
        "a large last δ": grid(1, -2, 0, 1, 9),
        "digits after the point": halves(51, 5),
    }
    two = {
        "a square map": grid(*DELTA_2D),
        "a row": grid([2, -1, 4]),
        "a column": grid([3], [1]),
        "a map with zeros": grid([0, 2, 0], [0, 0, -3]),
        "digits after the point": halves(54, 2, 4),
    }
    shapes = ((3, 2), (2, 3), (4, 5), (5, 3), (3, 6), (6, 2), (4, 4))
    return (
        (
            *(case(name, delta=delta) for name, delta in one.items()),
            *(case(f"{n} outputs", delta=whole(520 + n, n)) for n in (6, 8, 10, 13)),
        ),
        (
            *(case(name, delta=delta) for name, delta in two.items()),
            *(case(f"{n} × {m}", delta=whole(540 + 7 * n + m, n, m)) for n, m in shapes),
        ),
    )


def _windows(delta: Array, o: Array) -> Array:
    """delta[i] * o[i + a] for every i (row) and a (column), not added."""
    width = len(o) - len(delta) + 1
    return np.asarray(delta[:, None] * np.lib.stride_tricks.sliding_window_view(o, width))


def _contribution_of_w(delta: Array, o: Array) -> Array:
    d_w = slide(o, delta)
    only_if(len(d_w) == len(W_1D))
    return np.array(W_1D) * d_w


def _contribution_of_o(delta: Array, w: Array) -> Array:
    d_o = full(delta, w)
    only_if(len(d_o) == len(O_1D))
    return np.array(O_1D) * d_o


def _last_write(delta: Array, w: Array) -> Array:
    d_o = np.zeros(len(delta) + len(w) - 1)
    for i, d in enumerate(delta):
        d_o[i : i + len(w)] = d * w
    return d_o


def _last_write_by_weight(delta: Array, w: Array) -> Array:
    d_o = np.zeros(len(delta) + len(w) - 1)
    for a, weight in enumerate(w):
        d_o[a : a + len(delta)] = delta * weight
    return d_o


def _guarded_above_only(delta: Array, w: Array) -> Array:
    n, m = len(delta), len(w)
    return np.array(
        [sum(delta[p - a] * w[a] for a in range(m) if p - a < n) for p in range(n + m - 1)]
    )


def _guarded_below_only(delta: Array, w: Array) -> Array:
    n, m = len(delta), len(w)
    return np.array(
        [sum(delta[p - a] * w[a] for a in range(m) if p - a >= 0) for p in range(n + m - 1)]
    )


def _wrapped_round(delta: Array, w: Array) -> Array:
    n, m = len(delta), len(w)
    return np.array([sum(delta[(p - a) % n] * w[a] for a in range(m)) for p in range(n + m - 1)])


def _updated_first(rate: float) -> Wrong:
    def function(delta: Array, w: Array) -> Array:
        only_if((len(delta), len(w)) == (len(DELTA_1D), len(W_1D)))
        return full(delta, w - rate * slide(np.array(O_1D, dtype=float), delta))

    return Wrong("updated-too-early", function)


def _per_path(delta: Array, w: Array) -> Array:
    """The mean over the products that meet in a cell."""
    return full(delta, w) / full(np.ones_like(delta), np.ones_like(w))


WEIGHT_WRONG = (
    Wrong(
        "flipped",
        lambda delta, o: turned(slide(o, delta)),
        "Your numbers are right, in the opposite order.",
        "Which weight meets the first input o[0]? " + PRODUCTS,
    ),
    Wrong(
        "flipped",
        lambda delta, o: slide(o, turned(delta)),
        "You read δ from its end. δ[0] belongs to output 0, which stands at the beginning.",
        PRODUCTS + " A true convolution, np.convolve, would turn one of them.",
    ),
    Wrong(
        "too-short",
        lambda delta, o: slide(o[:-1], delta[:-1]) if len(delta) > 1 else np.zeros(len(o)),
        "The last output is left out of every sum. The sum over i has N − m + 1 terms, not N − m.",
        "range(n) ends at n − 1 already. How many numbers has δ?",
    ),
    Wrong("too-short", lambda delta, o: one_place_short(slide(o, delta))),
    Wrong("mean-for-sum", lambda delta, o: slide(o, delta) / len(delta)),
    Wrong("mean-for-sum", lambda delta, o: slide(o, delta) / (len(o) - len(delta) + 1)),
    Wrong("wrong-index-summed", lambda delta, o: _windows(delta, o).sum(axis=1)),
    Wrong("not-summed", _windows),
    Wrong("not-summed", lambda delta, o: _windows(delta, o).T),
    Wrong(
        "overlap-overwritten",
        lambda delta, o: _windows(delta, o)[-1],
        "Each weight keeps the product of the last output only.",
        "A plain = throws away what was there before. Every output adds one product.",
    ),
    Wrong("contribution-for-gradient", _contribution_of_w),
    Wrong("window-not-moved", lambda delta, o: delta.sum() * o[: len(o) - len(delta) + 1]),
    Wrong("delta-forgotten", lambda delta, o: slide(o, np.ones_like(delta))),
    Wrong("wrong-size", lambda delta, o: full_unturned(o, delta)),
    Wrong("wrong-size", lambda delta, o: full(o, delta)),
    Wrong("wrong-size", lambda delta, o: same_size(full_unturned(o, delta), o.shape)),
)

DIRECTION_HINT = (
    "You read the weights in the wrong order: input p meets weight 0 in output p, and weight 1 in "
    "the output before it."
)

INPUT_WRONG = (
    Wrong("flipped-twice", full_unturned, mentions="conv"),
    Wrong("not-flipped", full_unturned, DIRECTION_HINT, PRODUCTS + " So i = p − a."),
    Wrong("overlap-overwritten", _last_write),
    Wrong("overlap-overwritten", _last_write_by_weight),
    Wrong("border-not-clipped", _guarded_above_only),
    Wrong("border-not-clipped", _guarded_below_only),
    Wrong("border-not-clipped", _wrapped_round),
    Wrong("too-short", lambda delta, w: full(np.append(delta[:-1], 0), w)),
    Wrong("too-short", lambda delta, w: one_place_short(full(delta, w))),
    Wrong("contribution-for-gradient", _contribution_of_o),
    *(_updated_first(rate) for rate in RATES),
    Wrong("mean-for-sum", lambda delta, w: full(delta, w) / len(w)),
    Wrong("mean-for-sum", _per_path),
    Wrong("wrong-index-summed", lambda delta, w: delta * w.sum()),
    Wrong("not-summed", np.outer),
    Wrong("not-summed", lambda delta, w: np.outer(w, delta)),
    Wrong("delta-forgotten", lambda delta, w: full(np.ones_like(delta), w)),
    Wrong("wrong-size", slide),
    Wrong("wrong-size", lambda delta, w: slide(delta, turned(w))),
    Wrong("wrong-size", lambda delta, w: same_size(full(delta, w), delta.shape)),
    Wrong("wrong-size", lambda delta, w: same_size(full_unturned(delta, w), delta.shape)),
)

BIAS_WRONG = (
    Wrong("bias-as-count", lambda delta: delta.size),
    Wrong("bias-as-count", len),
    Wrong("bias-not-summed", lambda delta: delta),
    Wrong("mean-for-sum", lambda delta: delta.mean()),
    Wrong("delta-forgotten", np.ones_like),
    Wrong("delta-forgotten", lambda delta: 1.0),
    Wrong("too-short", lambda delta: delta.ravel()[:-1].sum()),
    Wrong("overlap-overwritten", lambda delta: delta.ravel()[-1]),
)

EXERCISES = (
    Exercise(
        title="Find the lever of each weight",
        lesson=LESSON,
        statement="delta is ∂E/∂x, one number per output; o is the signal that went in. Return "
        "∂E/∂w, one number per weight. The kernel has len(o) − len(delta) + 1 weights.",
        solve=weight_gradient_1d,
        families=weight_cases,
        read=an_array("d_w"),
        wrong=WEIGHT_WRONG,
        hint="Take weight 0 alone: write down every product it takes part in.",
        second_hint=PRODUCTS + " Keep a fixed and add over the rest.",
    ),
    Exercise(
        title="Find the lever of the bias",
        lesson=LESSON,
        statement="delta is ∂E/∂x of one map. The same bias b was added to every output. Return "
        "∂E/∂b, one number.",
        solve=bias_gradient,
        families=bias_cases,
        read=a_number("d_b"),
        wrong=BIAS_WRONG,
        hint="Nudge b by 0.01. Which outputs change, and by how much?",
        second_hint="Each output is one path from b to E. Several paths: the chain rule adds.",
    ),
    Exercise(
        title="Find the lever of each input",
        lesson=LESSON,
        statement="delta is ∂E/∂x, one number per output; w is the kernel that was used. Return "
        "∂E/∂o, one number per input. The signal had len(delta) + len(w) − 1 numbers.",
        solve=input_gradient_1d,
        families=input_cases,
        read=an_array("d_o"),
        wrong=INPUT_WRONG,
        hint="Take input 0 alone, then input 1: which outputs use it, and with which weight?",
        second_hint=PRODUCTS + " Keep p fixed and add over the rest.",
    ),
)
