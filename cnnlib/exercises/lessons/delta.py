"""Lesson 06: send delta back through a 2D layer and through f."""

from collections.abc import Callable
from functools import cache

import numpy as np

from cnnlib import ops
from cnnlib.exercises.cases import case, grid, halves, spike, whole
from cnnlib.exercises.hints import HINTS
from cnnlib.exercises.kit import (
    DELTA_2D,
    W_2D,
    X_BELOW_2D,
    Function,
    full,
    full_unturned,
    same_size,
    slide,
    square_or_stop,
    turned,
)
from cnnlib.exercises.lessons.sliding import one_place_short
from cnnlib.exercises.reading import an_array
from cnnlib.exercises.task import Array, Case, Exercise, Wrong

PRODUCTS = "The products are δ[i, j] · w[m, n] · o[p, q] with p = i + m and q = j + n."


class Derivative:
    """f', a function of x, which knows its f and says what it is."""

    def __init__(self, name: str, f: Function, backward: Function) -> None:
        self.name, self.f, self._backward = name, f, backward

    def __call__(self, x: Array) -> Array:
        """The slope of f at every x."""
        x = np.asarray(x, dtype=float)
        return np.asarray(self._backward(np.ones_like(x), x))

    def __repr__(self) -> str:
        return f"derivative of {self.name}"


SIGMOID = Derivative("sigmoid", ops.sigmoid, ops.sigmoid_backward)
RELU = Derivative("ReLU", ops.relu, ops.relu_backward)
TANH = Derivative("tanh", ops.tanh, ops.tanh_backward)
SQUARE = Derivative("x²", np.square, lambda d_o, x: 2 * x * d_o)


def delta_2d(delta: Array, w: Array, x: Array, f_prime: Callable[[Array], Array]) -> Array:
    """The delta below: (delta * w) full, times f'(x) (J20, J22 read rightly)."""
    return full(delta, w) * f_prime(x)


@cache
def cases() -> tuple[tuple[Case, ...], ...]:
    """Every f' with maps that are not square; x is never exactly at ReLU's kink."""
    lesson = grid(*DELTA_2D), grid(*W_2D), grid(*X_BELOW_2D)
    spread = grid([1, 2, 3], [4, 5, 6])
    wide, tall = grid([1, 2, 0], [-1, 3, 1]), grid([1, 2], [0, -1], [3, 1])
    negative = -np.abs(whole(99, 3, 2)) - 1
    made = [
        ("the lesson's numbers, ReLU", *lesson, RELU),
        ("the lesson's numbers, sigmoid", *lesson, SIGMOID),
        ("one output", grid([2]), grid([1, -3], [2, 4]), halves(91, 2, 2) + 0.125, SIGMOID),
        ("one weight", whole(92, 2, 3), grid([2]), grid([1, -1, 2], [0.5, 3, -2]), TANH),
        ("sigmoid at x = 0", grid([4, -8]), grid([1, 2]), grid([0, 0, 0]), SIGMOID),
        ("a single δ that is not 0", spike((1, 1), 2, 3), spread, whole(93, 3, 5) + 0.5, SQUARE),
        ("4 × 4 through 2 × 3", whole(94, 4, 4), wide, halves(95, 5, 6) + 0.125, RELU),
        ("3 × 2 weights, tanh", whole(96, 2, 3), tall, halves(97, 4, 4) / 2, TANH),
        (
            "more weights than outputs",
            grid([3, -1]),
            grid([1, 0, 2], [-1, 4, 1]),
            halves(98, 2, 4) + 0.125,
            SIGMOID,
        ),
        ("negative δ only", negative, grid([1, 2], [3, 1]), whole(100, 4, 3) + 0.5, RELU),
        (
            "a column of outputs",
            grid([1], [-2], [3]),
            grid([2, -1]),
            halves(101, 3, 2) + 0.125,
            TANH,
        ),
        ("f = x²", whole(102, 3, 3), grid([2, 1], [-1, 3]), whole(103, 4, 4) + 0.5, SQUARE),
    ]
    return (tuple(_delta_case(*row) for row in made),)


def _delta_case(name: str, delta: Array, w: Array, x: Array, f_prime: Derivative) -> Case:
    return case(name, delta=delta, w=w, x=x, f_prime=f_prime)


def _guarded(delta: Array, w: Array, above: bool, below: bool) -> Array:
    """The sum over all weights with only one of the two guards at the border."""
    rows, columns = (n + k - 1 for n, k in zip(delta.shape, w.shape, strict=True))
    d_o = np.zeros((rows, columns))
    for p, q, m, n in np.ndindex(rows, columns, *w.shape):
        i, j = p - m, q - n
        if above and (i >= delta.shape[0] or j >= delta.shape[1]):
            continue
        if below and (i < 0 or j < 0):
            continue
        d_o[p, q] += delta[i, j] * w[m, n]
    return d_o


def _wrapped(delta: Array, w: Array) -> Array:
    d_o = np.zeros(tuple(n + k - 1 for n, k in zip(delta.shape, w.shape, strict=True)))
    for p, q, m, n in np.ndindex(*d_o.shape, *w.shape):
        d_o[p, q] += delta[(p - m) % delta.shape[0], (q - n) % delta.shape[1]] * w[m, n]
    return d_o


def stamped_last(delta: Array, w: Array) -> Array:
    """Scatter with = in place of +=: each stamp wipes out what lay under it."""
    d_o = np.zeros(tuple(n + k - 1 for n, k in zip(delta.shape, w.shape, strict=True)))
    for i, j in np.ndindex(*delta.shape):
        d_o[i : i + w.shape[0], j : j + w.shape[1]] = delta[i, j] * w
    return d_o


def _transposed(delta: Array, w: Array) -> Array:
    square_or_stop(w)
    return full(delta, w.T)


def _valid(delta: Array, w: Array) -> Array:
    return slide(delta, turned(w))


BACK_HINT = (
    "Your kernel lies the wrong way round. Seen from an input, the weights arrive in the opposite "
    "order; and a true convolution turns the kernel already."
)

# What may go wrong on the way back through the kernel: slug, function, words of its own.
BACK = (
    Wrong("flipped-twice", full_unturned, mentions="conv"),
    Wrong("not-flipped", full_unturned, BACK_HINT),
    Wrong("one-axis-flipped", lambda delta, w: full(delta, w[::-1])),
    Wrong("one-axis-flipped", lambda delta, w: full(delta, w[:, ::-1])),
    Wrong("transposed", _transposed),
    Wrong("overlap-overwritten", stamped_last),
    Wrong("border-not-clipped", lambda delta, w: _guarded(delta, w, above=True, below=False)),
    Wrong("border-not-clipped", lambda delta, w: _guarded(delta, w, above=False, below=True)),
    Wrong("border-not-clipped", lambda delta, w: _guarded(delta, w, above=False, below=False)),
    Wrong("border-not-clipped", _wrapped),
    Wrong("too-short", lambda delta, w: one_place_short(full(delta, w))),
    Wrong("mean-for-sum", lambda delta, w: full(delta, w) / w.size),
)


def _own(x: Array, f_prime: Function) -> Array:
    return np.asarray(f_prime(f_prime.f(x) if isinstance(f_prime, Derivative) else x))


# What may go wrong on the way through f: how d_o, x and f_prime are joined.
THROUGH_F: tuple[tuple[str, Function], ...] = (
    ("derivative-missing", lambda d_o, x, f_prime: d_o),
    ("derivative-at-output", lambda d_o, x, f_prime: d_o * _own(x, f_prime)),
    ("derivative-at-output", lambda d_o, x, f_prime: d_o * f_prime(ops.sigmoid(x))),
    ("derivative-at-output", lambda d_o, x, f_prime: d_o * f_prime(ops.relu(x))),
    ("derivative-at-output", lambda d_o, x, f_prime: d_o * f_prime(ops.tanh(x))),
    ("derivative-twice", lambda d_o, x, f_prime: d_o * f_prime(x) ** 2),
    ("derivative-twice", lambda d_o, x, f_prime: d_o * f_prime(f_prime(x))),
    ("relu-by-delta-sign", lambda d_o, x, f_prime: d_o * (d_o > 0)),
    ("relu-by-delta-sign", lambda d_o, x, f_prime: d_o * f_prime(d_o)),
    ("relu-assumed", lambda d_o, x, f_prime: d_o * (x > 0)),
    (
        "wrong-sign",
        lambda d_o, x, f_prime: -d_o * f_prime(x),
    ),
)


def _joined(back: Function, through: Function) -> Function:
    return lambda delta, w, x, f_prime: through(back(delta, w), x, f_prime)


def _masked_before(delta: Array, w: Array, x: Array, f_prime: Function) -> Array:
    return full(delta * f_prime(x[: delta.shape[0], : delta.shape[1]]), w)


def _delta_masked_first(delta: Array, w: Array, x: Array, f_prime: Function) -> Array:
    return full(delta * (delta > 0), w)


def _updated_first(rate: float) -> Function:
    def function(delta: Array, w: Array, x: Array, f_prime: Function) -> Array:
        o = f_prime.f(x) if isinstance(f_prime, Derivative) else x
        return _right_through(full(delta, w - rate * slide(o, delta)), x, f_prime)

    return function


def _right_through(d_o: Array, x: Array, f_prime: Function) -> Array:
    return np.asarray(d_o * f_prime(x))


def _two_faults() -> tuple[Wrong, ...]:
    """Each fault on the way back together with each fault at f; the first one is named."""
    return tuple(
        Wrong(
            back.slug,
            _joined(back.function, through),
            back.hint,
            f"And there is a second thing: {HINTS[slug].first}",
            back.mentions,
        )
        for back in BACK
        for slug, through in THROUGH_F
    )


EXERCISES = (
    Exercise(
        title="Send δ to the layer below",
        lesson="06_follow_the_delta",
        statement="delta is ∂E/∂x of the layer above, w its kernel. x is what the layer below had "
        "before its activation f, so o = f(x) went into the layer above. f_prime is f′, a function "
        "of x. Return δ of the layer below, ∂E/∂x, with the shape of x (J20).",
        solve=delta_2d,
        families=cases,
        read=an_array("delta below"),
        wrong=(
            *(
                Wrong(
                    b.slug, _joined(b.function, _right_through), b.hint, b.second_hint, b.mentions
                )
                for b in BACK
            ),
            *(Wrong(slug, _joined(full, through)) for slug, through in THROUGH_F),
            Wrong("derivative-of-layer-above", _masked_before),
            Wrong("relu-by-delta-sign", _delta_masked_first),
            *(Wrong("updated-too-early", _updated_first(rate)) for rate in (0.1, 0.05, 0.01)),
            Wrong("wrong-size", lambda delta, w, x, f_prime: _valid(delta, w)),
            Wrong("wrong-size", lambda delta, w, x, f_prime: slide(delta, w)),
            Wrong(
                "wrong-size", lambda delta, w, x, f_prime: same_size(full(delta, w), delta.shape)
            ),
            *_two_faults(),
        ),
        hint="Go one step at a time: first ∂E/∂o for one pixel, from its region Q; then through f.",
        second_hint=PRODUCTS + " Keep p and q fixed, add over the rest, then one more factor.",
    ),
)
