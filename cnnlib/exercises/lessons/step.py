"""Lessons 02 and 04: one step of gradient descent."""

from functools import cache

from cnnlib.exercises.cases import case, grid, halves, whole
from cnnlib.exercises.reading import an_array
from cnnlib.exercises.task import Array, Case, Exercise, Wrong


def sgd_step(w: Array, d_w: Array, rate: float) -> Array:
    """W - rate * d_w (the step after J14)."""
    return w - rate * d_w


@cache
def cases() -> tuple[tuple[Case, ...], ...]:
    """Kernels of one and two axes, rates from 0 to above 1."""
    two = grid([1, 2], [0, -1])
    return (
        (
            case("the lesson's numbers", w=two, d_w=grid([5, 1], [8, 3]), rate=0.1),
            case("a weight that is 0", w=grid([0]), d_w=grid([3]), rate=0.5),
            case("a small step", w=grid(2, -1, 1), d_w=grid(-6, 11, 5), rate=0.001),
            case("a step of 0.05", w=grid(2, -1, 1), d_w=grid(-6, 11, 5), rate=0.05),
            case("rate 0", w=grid([2, -3]), d_w=grid([1, 4]), rate=0.0),
            case("rate 1", w=grid([2, -3]), d_w=grid([1, 4]), rate=1.0),
            case("rate 2", w=grid([1], [3]), d_w=grid([2], [-1]), rate=2.0),
            case("a gradient of 0", w=grid([4, -2, 1]), d_w=grid([0, 0, 3]), rate=0.25),
            case("a negative gradient", w=grid([1, 1]), d_w=grid([-2, -4]), rate=0.5),
            case("2 × 3 weights", w=whole(61, 2, 3), d_w=whole(62, 2, 3), rate=0.25),
            case("3 × 2 weights", w=halves(63, 3, 2), d_w=halves(64, 3, 2), rate=0.5),
            case("more weights", w=whole(65, 3, 4), d_w=whole(66, 3, 4), rate=0.125),
        ),
    )


EXERCISES = (
    Exercise(
        title="Take one step down",
        lesson="04_collect_weight_gradients",
        statement="w are the weights, d_w is ∂E/∂w with the same shape, rate is one number. Return "
        "the weights after one step of gradient descent, as a new array; w stays as it was.",
        solve=sgd_step,
        families=cases,
        read=an_array("w"),
        linear=False,
        wrong=(
            Wrong(
                "wrong-sign",
                lambda w, d_w, rate: w + rate * d_w,
                "You step uphill: E grows. The gradient points to where E increases.",
                "E is to become smaller. Which way do you go, then?",
            ),
            Wrong("rate-forgotten", lambda w, d_w, rate: w - d_w),
            Wrong("step-for-weights", lambda w, d_w, rate: rate * d_w),
            Wrong("step-for-weights", lambda w, d_w, rate: -rate * d_w),
            Wrong("step-for-weights", lambda w, d_w, rate: d_w),
            Wrong(
                "contribution-for-gradient",
                lambda w, d_w, rate: w - rate * w * d_w,
                "You multiply by w once more. A weight that is 0 would then never change.",
                "The gradient already says how much E changes per nudge of w.",
            ),
            Wrong("wrong-sign", lambda w, d_w, rate: rate * d_w - w),
            Wrong("mean-for-sum", lambda w, d_w, rate: w - rate * d_w / w.size),
            Wrong("mean-for-sum", lambda w, d_w, rate: w - rate * d_w.mean()),
        ),
        hint="Take one weight. Is its gradient positive or negative, and which way lowers E?",
        second_hint="Where you are, the way to go, and how far: three things, one line.",
    ),
)
