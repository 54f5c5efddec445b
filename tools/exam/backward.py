"""Lessons 02, 04 and 06: send errors back, to the weights, the bias and the inputs."""

from functools import partial
from typing import Any

import numpy as np

from cnnlib import ops
from cnnlib.examples import Example
from cnnlib.exercises.lessons.delta import BACK, RELU, THROUGH_F
from cnnlib.geometry import Window
from tools.exam.model import Mistake, Part, Question, mistakes_of, named, part
from tools.exam.numbers import Numbers

# These need numbers that a function is not given; here they are made from the question's own.
NOTEBOOK = "contribution-for-gradient updated-too-early"
# ReLU hides these: the sigmoid asks for them.
HIDDEN = ("derivative-at-output", "derivative-twice", "relu-assumed")


def line(draw: Numbers) -> Question:
    """Lesson 02: from the error to every lever of a 1D layer."""
    o, w, delta = draw.grid(6), draw.kernel(3), draw.grid(4)
    layer = Example(o=o, w=w, t=ops.cross_correlate(o, w) - delta)
    change = partial(_change, at=draw.one(0, 2))
    return Question(
        2,
        "Send errors back, in one dimension",
        "A layer computes *x* = *o* ⊗ *w* + *b* with *b* = 0. The target is *t*, the error "
        "*E* = ½ Σ (*x* − *t*)².",
        {"o": o, "w": w, "t": layer.t},
        tuple(ask(layer) for ask in (_delta, _error, _weights, change, _bias, _inputs, _total)),
    )


def _delta(layer: Example) -> Part:
    mistakes = (
        Mistake("wrong-sign", -layer.delta, "t − x"),
        Mistake(
            "flipped", ops.convolve(layer.o, layer.w) - layer.t, "The kernel turned on the way up"
        ),
    )
    return part("delta", "Compute δ = ∂*E*/∂*x*.", layer.delta, mistakes, "wrong-sign flipped")


def _error(layer: Example) -> Part:
    mistakes = (
        Mistake("constant-factor", 2 * layer.E, "½ forgotten"),
        Mistake("mean-for-sum", np.mean(layer.delta**2), "The mean of the squares"),
        Mistake("not-squared", np.sum(layer.delta), "Not squared"),
    )
    return part("E", "Compute *E*.", layer.E, mistakes, "constant-factor")


def _weights(layer: Example) -> Part:
    own = Mistake("contribution-for-gradient", layer.w * layer.d_w)
    return part(
        "d_w",
        "Compute ∂*E*/∂*w*, one number for each weight.",
        layer.d_w,
        [own, *mistakes_of("weight_gradient_1d", layer.delta, layer.o, without=NOTEBOOK)],
        "contribution-for-gradient flipped too-short window-not-moved",
    )


def _bias(layer: Example) -> Part:
    wrong = mistakes_of("bias_gradient", layer.delta)
    apart = "bias-as-count bias-not-summed mean-for-sum"
    return part("d_b", "Compute ∂*E*/∂*b*.", layer.d_b, wrong, apart)


def _change(layer: Example, at: int) -> Part:
    lever, weight = float(layer.d_w[at]), float(layer.w[at])
    mistakes = (
        Mistake("wrong-sign", -0.01 * lever),
        Mistake("contribution-for-gradient", 0.01 * weight * lever),
        Mistake("lever-for-change", lever, "The lever itself, not times the nudge"),
        Mistake("nudge-for-change", 0.01, "As far as the weight moved"),
    )
    ask = f"*w*[{at}] is raised by 0.01. By how much does *E* change, about?"
    apart = "wrong-sign contribution-for-gradient nudge-for-change"
    return part("change", ask, 0.01 * lever, mistakes, apart)


def _inputs(layer: Example) -> Part:
    early = ops.convolve(layer.delta, layer.w - 0.1 * layer.d_w, mode="full")
    own = (
        Mistake("contribution-for-gradient", layer.o * layer.d_o),
        Mistake("updated-too-early", early, "Through weights stepped already, with η = 0.1"),
    )
    return part(
        "d_o",
        "Compute ∂*E*/∂*o*, one number for each input.",
        layer.d_o,
        [*own, *mistakes_of("input_gradient_1d", layer.delta, layer.w, without=NOTEBOOK)],
        "not-flipped overlap-overwritten contribution-for-gradient",
    )


def _total(layer: Example) -> Part:
    # From o with w unturned, or from w with its gradient turned: the same products.
    unturned = ops.cross_correlate(layer.delta, layer.w, mode="full")
    wrong = Mistake("not-flipped", np.sum(layer.o * unturned), "w or its gradient read backwards")
    ask = (
        "Check yourself: *w* · ∂*E*/∂*w*, δ · *x* and *o* · ∂*E*/∂*o* have to be one number, *T*. "
        "Which?"
    )
    return part("T", ask, layer.T, [wrong], "not-flipped")


def kernel(draw: Numbers) -> Question:
    """Lesson 04: the gradient of a 2D kernel, and a step."""
    o, w, delta, rate = draw.grid(3, 4), draw.kernel(2, 2), draw.grid(2, 3), draw.of([0.1, 0.5])
    d_w = ops.cross_correlate(o, delta)
    own = Mistake("contribution-for-gradient", w * d_w)
    gradient = part(
        "d_w",
        "Compute ∂*E*/∂*w*.",
        d_w,
        [own, *mistakes_of("weight_gradient_2d", delta, o, without=NOTEBOOK)],
        "contribution-for-gradient flipped one-axis-flipped transposed",
    )
    step = part(
        "step",
        f"Take one step with the rate η = {rate}. What is *w* then?",
        w - rate * d_w,
        mistakes_of("sgd_step", w, d_w, rate),
        "wrong-sign rate-forgotten step-for-weights contribution-for-gradient",
    )
    title = "Collect the gradient of a 2D kernel"
    text = "A layer computed *x* = *o* ⊗ *w*. δ is its ∂*E*/∂*x*."
    return Question(4, title, text, {"o": o, "w": w, "δ": delta}, (gradient, step))


def below(draw: Numbers) -> Question:
    """Lesson 06: region Q, back through the kernel, back through f."""
    w, delta, x = draw.kernel(2, 2), draw.grid(2, 3), draw.grid(3, 4, low=-3)
    x = np.where(x == 0, -1, x)  # off the kink
    d_o = ops.convolve(delta, w, mode="full")
    through = [Mistake(s, f(d_o, x, RELU)) for s, f in THROUGH_F if s not in HIDDEN]
    apart = "not-flipped one-axis-flipped transposed overlap-overwritten"
    gradient = part("d_o", "Compute ∂*E*/∂*o*.", d_o, named(BACK, delta, w), apart)
    relu = part(
        "below",
        "Compute δ of the layer below.",
        ops.relu_backward(d_o, x),
        through,
        "derivative-missing relu-by-delta-sign",
    )
    return Question(
        6,
        "Follow δ to the layer below",
        "A layer computed *o* ⊗ *w*; δ is the gradient at its outputs. *o* = ReLU(*x*), where *x* "
        "belongs to the layer below.",
        {"w": w, "δ": delta, "x": x},
        (_region(draw), gradient, relu, _sigmoid(draw.of([4, 8, 12, -8]))),
    )


def _region(draw: Numbers) -> Part:
    pixel = draw.of([(0, 3), (0, 2), (3, 2), (1, 4), (3, 0)])
    ask = (
        "Another kernel, of 2 rows and 3 columns, slides over 4 rows and 5 columns. Which outputs "
        f"use the input {pixel}? (Rows and columns are counted from 0.)"
    )
    asked: Any = (pixel, (4, 5), (2, 3))
    right = Window((2, 3)).region_q(pixel, (4, 5))
    wrong = mistakes_of("region_q", *asked, take=list)
    return part("Q", ask, right, wrong, "receptive-field-for-region border-not-clipped")


def _sigmoid(lever: int) -> Part:
    mistakes = (
        Mistake("derivative-missing", lever),
        Mistake("derivative-at-output", ops.sigmoid_backward(float(lever), 0.5)),
        Mistake("derivative-twice", lever / 16),
    )
    ask = (
        "Another layer below has the sigmoid for *f*. For one pixel *x* = 0, so *o* = 0.5, and "
        f"∂*E*/∂*o* = {str(lever).replace('-', '−')}. What is δ of the layer below there?"
    )
    right = float(ops.sigmoid_backward(float(lever), 0.0))
    apart = "derivative-missing derivative-at-output derivative-twice"
    return part("sigmoid", ask, right, mistakes, apart)
