"""Lesson 13: delta at every layer of a chain."""

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from cnnlib.exercises.cases import case, grid, halves
from cnnlib.exercises.lessons.delta import RELU, SIGMOID, SQUARE, TANH, Derivative
from cnnlib.exercises.reading import an_array
from cnnlib.exercises.task import Array, Case, Exercise, Wrong

Slopes = Callable[[Array], Array]


def chain_deltas(x: Array, w: Array, d_o: float, f_prime: Slopes) -> Array:
    """Delta of every layer: w of the layer above times its delta, times f'(x) (S6, J20)."""
    return _back(x, w, d_o, f_prime(x))


def _back(x: Array, w: Array, d_o: float, slopes: Array, above: int = 1) -> Array:
    delta = np.empty(len(x))
    for layer in reversed(range(len(x))):
        delta[layer] = d_o * slopes[layer]
        d_o = delta[layer] * w[(layer + above - 1) % len(w)]
    return delta


@cache
def cases() -> tuple[tuple[Case, ...], ...]:
    """Chains of different lengths; weights that differ, so that none can stand for another."""
    return (
        (
            case("the lesson's numbers", **_three(), d_o=8.0, f_prime=SIGMOID),
            case("the lesson's numbers, ReLU", **_three(), d_o=8.0, f_prime=RELU),
            case("one layer", x=grid(0.5), w=grid(3), d_o=2.0, f_prime=SIGMOID),
            case("two layers", x=grid(1, -2), w=grid(2, 5), d_o=1.0, f_prime=TANH),
            case("two layers, x²", x=grid(3, 0.5), w=grid(-1, 4), d_o=2.0, f_prime=SQUARE),
            case("sigmoid at x = 0", x=grid(0, 0, 0), w=grid(1, 2, 4), d_o=16.0, f_prime=SIGMOID),
            case("negative at the top", x=grid(1, 2, 3, 1), w=grid(2, 3, -1, 5), d_o=-1.0,
                 f_prime=RELU),
            case("a unit that is off", x=grid(2, 1, -1, 3), w=grid(3, 2, 4, 1), d_o=2.0,
                 f_prime=RELU),
            case("a weight below 0", x=grid(0.5, 1, -0.5, 2), w=grid(2, -3, 1, 4), d_o=1.0,
                 f_prime=TANH),
            case("five layers", **_many(5), d_o=1.5, f_prime=TANH),
            case("six layers, x²", **_many(6), d_o=0.25, f_prime=SQUARE),
            case("ten layers", **_many(10), d_o=4.0, f_prime=SIGMOID),
        ),
    )  # fmt: skip


def _three() -> dict[str, Array]:
    return {"x": grid(1, -1, 2), "w": grid(2, -1, 3)}


def _many(length: int) -> dict[str, Array]:
    w = halves(130 + length, length)
    return {"x": halves(140 + length, length) / 2 + 0.125, "w": w + np.where(w < 0, -0.5, 0.5)}


def _at_output(x: Array, w: Array, d_o: float, f_prime: Any) -> Array:
    f = f_prime.f if isinstance(f_prime, Derivative) else np.tanh
    return _back(x, w, d_o, np.asarray(f_prime(f(x))))


def _of_layer_above(x: Array, w: Array, d_o: float, f_prime: Slopes) -> Array:
    slopes = f_prime(x)
    return _back(x, w, d_o, np.append(slopes[1:], 1.0))


def _apart(x: Array, w: Array, d_o: float, f_prime: Slopes) -> Array:
    return np.asarray(d_o * np.append(w[1:], 1.0) * f_prime(x))


def _without_top_slope(x: Array, w: Array, d_o: float, f_prime: Slopes) -> Array:
    slopes = np.array(f_prime(x), dtype=float)
    slopes[-1] = 1
    return _back(x, w, d_o, slopes)


EXERCISES = (
    Exercise(
        title="Send delta down a chain of layers",
        lesson="13_keep_gradients_alive",
        statement="A chain of layers with one unit each: x[l] = w[l] · o of the layer below, and "
        "o = f(x[l]). x and w hold one number for each layer, the first layer first. d_o is ∂E/∂o "
        "of the last layer, one number; f_prime is a function of x. Return δ of every layer, the "
        "first layer first.",
        solve=chain_deltas,
        families=cases,
        read=an_array("δ"),
        linear=False,
        wrong=(
            Wrong(
                "derivative-missing",
                lambda x, w, d_o, f_prime: _back(x, w, d_o, np.ones(len(x))),
            ),
            Wrong("derivative-missing", _without_top_slope),
            Wrong(
                "weight-of-own-layer",
                lambda x, w, d_o, f_prime: _back(x, w, d_o, f_prime(x), above=0),
            ),
            Wrong(
                "weight-of-own-layer",
                lambda x, w, d_o, f_prime: w * _back(x, w, d_o, f_prime(x)),
                "You end at ∂E/∂o of the layer below: one weight too far.",
                "δ of a layer belongs to its x. Its own w comes after that, on the way further "
                "down.",
            ),
            Wrong("derivative-of-layer-above", _of_layer_above,
                  "Your f′ is taken at x of the layer above, one place too far up.",
                  "Between o and x of one layer stands f of that layer."),
            Wrong("derivative-at-output", _at_output),
            Wrong(
                "derivative-twice",
                lambda x, w, d_o, f_prime: _back(x, w, d_o, np.asarray(f_prime(x)) ** 2),
            ),
            Wrong(
                "order-reversed",
                lambda x, w, d_o, f_prime: chain_deltas(x, w, d_o, f_prime)[::-1],
            ),
            Wrong("factors-not-multiplied-up", _apart),
            Wrong(
                "wrong-sign",
                lambda x, w, d_o, f_prime: -chain_deltas(x, w, d_o, f_prime),
                "Every number has the right size and the wrong sign. No minus comes in on the way.",
                "The minus of a step, w ← w − η ∂E/∂w, comes after all deltas.",
            ),
            Wrong(
                "weight-forgotten",
                lambda x, w, d_o, f_prime: _back(x, np.ones(len(x)), d_o, f_prime(x)),
            ),
        ),
        hint="Begin at the top, with d_o, and go down one layer at a time. Which two factors lie "
        "between δ of one layer and δ of the layer below it?",
        second_hint="Down through w of the layer you come from, then through f′ at x of the layer "
        "you come to.",
    ),
)  # fmt: skip
