"""Lessons 01, 03 and 05: slide a kernel, count its weights, turn it."""

from typing import Any

import numpy as np

from cnnlib import ops
from cnnlib.geometry import Window
from tools.exam.model import Mistake, Part, Question, mistakes_of, part
from tools.exam.numbers import Numbers


def signal(draw: Numbers) -> Question:
    """Lesson 01: places, outputs, and how often each input is used."""
    size, weights = draw.of([(6, 3), (7, 3), (6, 2)])
    o, w = draw.grid(size), draw.kernel(weights)
    x = part(
        "x",
        "Compute the outputs *x*.",
        ops.cross_correlate(o, w),
        mistakes_of("cross_correlate_1d", o, w),
        "flipped too-short window-not-moved",
    )
    return Question(
        1,
        "Slide a kernel over a signal",
        "A layer slides the kernel *w* along the signal *o*: *x* = *o* ⊗ *w*, without bias.",
        {"o": o, "w": w},
        (_places(size, weights), x, _used(size, weights)),
    )


def _places(size: int, weights: int) -> Part:
    mistakes = (
        Mistake("too-short", size - weights, "N − m: the first place is not counted"),
        Mistake("wrong-size", size, "One for each input"),
        Mistake("window-hops", size // weights, "Laid end to end"),
    )
    ask = "In how many places can the kernel stand?"
    return part("places", ask, size - weights + 1, mistakes, "too-short wrong-size")


def _used(size: int, weights: int) -> Part:
    first = np.arange(size) < weights
    mistakes = (
        Mistake("border-not-clipped", np.full(size, weights), "The same at the border as inside"),
        Mistake("window-not-moved", first * 1),
        Mistake("wrong-index-summed", np.full(weights, size - weights + 1), "Counted by weight"),
    )
    used = np.bincount(Window(weights).taps(size).input)
    return part("used", "How many outputs use each input?", used, mistakes, "border-not-clipped")


def grid(draw: Numbers) -> Question:
    """Lesson 03: a small map, and the weights of four kinds of layer."""
    o, w = draw.grid(3, 4), draw.kernel(2, 2)
    sizes = draw.of([(4, 5, 2, 3), (5, 4, 3, 2), (4, 6, 2, 2), (5, 5, 2, 3)])
    x = part(
        "x",
        "Compute the outputs *x*.",
        ops.cross_correlate(o, w),
        mistakes_of("cross_correlate_2d", o, w),
        "flipped one-axis-flipped transposed",
    )
    return Question(
        3,
        "Slide a kernel over a map",
        "A layer slides the kernel *w* over the map *o*: *x* = *o* ⊗ *w*, without bias.",
        {"o": o, "w": w},
        (x, _counts(*sizes)),
    )


def _counts(rows: int, columns: int, k1: int, k2: int) -> Part:
    inputs, both = rows * columns, k1 * k2
    places = (rows - k1 + 1) * (columns - k2 + 1)
    shared = (2 * rows - k1) * (2 * columns - k2)  # one for each displacement
    short = (rows - k1) * (columns - k2)
    dense, local = places * inputs, places * both
    local_too = np.array([dense, local, both, both])
    fewer = np.array([short * inputs, short * both, shared, both])
    as_inputs = np.array([dense, local, inputs, both])
    mistakes = (
        Mistake("sharing-for-locality", local_too, "Sharing makes it local"),
        Mistake("too-short", fewer, "N − m outputs"),
        Mistake("wrong-size", as_inputs, "Shared: one weight for each input"),
    )
    ask = (
        f"Another layer takes {rows} × {columns} numbers and gives as many as a kernel of {k1} × "
        f"{k2} would. How many weights has it if it is dense; local, but not shared; shared, but "
        "not local (one weight for each displacement); both? Without bias."
    )
    answer = np.array([dense, local, shared, both])
    return part("counts", ask, answer, mistakes, "sharing-for-locality too-short")


def turn(draw: Numbers) -> Question:
    """Lesson 05: turn a kernel, convolve in the true sense, read the matrix of a layer."""
    o, w, v = draw.grid(3, 4), draw.kernel(2, 2), draw.kernel(3)
    convolved = part(
        "convolved",
        "Compute the true convolution *o* ∗ *w*, valid part.",
        ops.convolve(o, w),
        mistakes_of("convolve_2d", o, w),
        "not-flipped one-axis-flipped transposed",
    )
    return Question(
        5,
        "Turn the kernel",
        "*w* is a kernel for the map *o*. *v* is one for a signal of 6 numbers.",
        {"o": o, "w": w, "v": v},
        (_turned(w), convolved, _column(v, draw.of([2, 3]))),
    )


def _turned(w: Any) -> Part:
    mistakes = (
        Mistake("one-axis-flipped", w[::-1], "Only the rows are reversed"),
        Mistake("one-axis-flipped", w[:, ::-1], "Only the columns are reversed"),
        Mistake("transposed", w.T),
        Mistake("quarter-turned", np.rot90(w)),
        Mistake("quarter-turned", np.rot90(w, 3)),
        Mistake("not-flipped", w, "Left as it is"),
    )
    apart = "one-axis-flipped transposed quarter-turned not-flipped"
    return part("turned", "Turn *w* by 180°.", ops.rotate_180(w), mistakes, apart)


def _column(v: Any, at: int) -> Part:
    """A column of T: row i holds v[at - i], where there is such a weight."""
    matrix = np.array([ops.cross_correlate(unit, v) for unit in np.eye(6)]).T
    column = matrix[:, at]
    inside = (at - np.arange(4) >= 0) & (at - np.arange(4) < 3)
    upright = np.zeros(4)
    upright[inside] = column[inside][::-1]
    mistakes = (
        Mistake("not-flipped", upright, "The weights in the kernel's own order"),
        Mistake("diagonal-for-column", inside * v[0], "The weight along a diagonal"),
        Mistake("wrong-size", column[inside], "The zeros of the column are left out"),
    )
    ask = (
        f"*T* is the matrix of the layer *x* = *o* ⊗ *v* for that signal. Write down its column "
        f"{at} (the first one is 0), from top to bottom."
    )
    return part("column", ask, column, mistakes, "not-flipped")
