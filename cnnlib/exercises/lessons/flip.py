"""Lesson 05: true convolution."""

import numpy as np

from cnnlib.exercises.kit import full, full_unturned, same_size, slide, square_or_stop, turned
from cnnlib.exercises.lessons.sliding import cases_2d, one_place_short
from cnnlib.exercises.reading import an_array
from cnnlib.exercises.task import Array, Exercise, Wrong


def convolve_2d(o: Array, w: Array) -> Array:
    """O * w, valid: cross-correlation with the kernel turned by 180 degrees (J2)."""
    return slide(o, turned(w))


def _transposed_where_square(o: Array, w: Array) -> Array:
    square_or_stop(w)
    return slide(o, w.T)


SIZE_HINT = (
    "Your result also has the places where the kernel hangs over the edge. Asked for is the valid "
    "part, where it lies inside."
)

EXERCISES = (
    Exercise(
        title="Convolve in the true sense",
        lesson="05_flip_the_kernel",
        statement="Write the true convolution of a map o with a kernel w: turn the kernel by half "
        "a turn, then slide it. Return the valid part, one number for each place where the kernel "
        "lies inside the map.",
        solve=convolve_2d,
        families=cases_2d,
        read=an_array("x"),
        wrong=(
            Wrong("flipped-twice", slide, mentions="conv"),
            Wrong(
                "not-flipped",
                slide,
                "You slide the kernel as it is: that is cross-correlation. Convolution reads the "
                "kernel from its other end.",
                "Try a map with a single 1 in it: a convolution stamps the kernel there as it is, "
                "a correlation upside down.",
            ),
            Wrong("one-axis-flipped", lambda o, w: slide(o, w[::-1])),
            Wrong("one-axis-flipped", lambda o, w: slide(o, w[:, ::-1])),
            Wrong(
                "transposed",
                _transposed_where_square,
                "You swapped rows and columns of the kernel. Half a turn is something else.",
                "Write 1 2 / 3 4 on paper, turn the sheet by half, and compare with w.T.",
            ),
            Wrong("transposed", lambda o, w: slide(o, w.T)),
            Wrong("transposed", lambda o, w: slide(o, turned(w).T)),
            Wrong("quarter-turned", lambda o, w: slide(o, np.rot90(w))),
            Wrong("quarter-turned", lambda o, w: slide(o, np.rot90(w, 3))),
            Wrong("input-turned", lambda o, w: slide(turned(o), w)),
            Wrong("too-short", lambda o, w: one_place_short(slide(o, turned(w)))),
            Wrong("wrong-size", full, SIZE_HINT),
            Wrong("wrong-size", full_unturned, SIZE_HINT),
            Wrong("wrong-size", lambda o, w: same_size(full(o, w), o.shape), SIZE_HINT),
            Wrong("wrong-size", lambda o, w: same_size(full_unturned(o, w), o.shape), SIZE_HINT),
            Wrong("mean-for-sum", lambda o, w: slide(o, turned(w)) / w.size),
        ),
        hint="Take output (0, 0) by hand: which input meets the last weight of the kernel?",
        second_hint="Turn the kernel on paper first, then slide the turned one.",
    ),
)
