"""Lessons 08 and 09: stride and padding, channels and filters, a batch, softmax."""

from typing import Any

import numpy as np

from cnnlib import ops
from tools.exam.model import Mistake, Part, Question, mistakes_of, part
from tools.exam.numbers import Numbers

CLASSES = [[7, 2, 1], [1, 6, 3], [2, 3, 5], [5, 1, 4]]  # tenths


def stride(draw: Numbers) -> Question:
    """Lesson 08: a stride of 2 on a signal, forward and back; the last input is never read."""
    o, w, delta = draw.grid(6), draw.kernel(3), draw.kernel(2)
    one, kernel, error = (a[None, None] for a in (o, w, delta))
    x = ops.conv(one, kernel, stride=2)[0, 0]
    d_o, d_w, _ = ops.conv_backward(error, one, kernel, stride=2)
    rows = mistakes_of("strided_input_gradient_2d", delta[None], w[None], (1, 6), 2)
    mistakes = (
        Mistake("stride-ignored", ops.cross_correlate(o, w), "In steps of 1"),
        Mistake("flipped", ops.convolve(o, w)[::2]),
        Mistake("window-hops", ops.cross_correlate(o, w)[::3], "In steps of its own width"),
    )
    ask = "Compute ∂*E*/∂*o*, one number for each input."
    inputs = [row.flat for row in rows]
    return Question(
        8,
        "A stride of 2",
        "The kernel *w* moves along *o* in steps of 2, without padding, and gives *x*. δ is "
        "∂*E*/∂*x*.",
        {"o": o, "w": w, "δ": delta},
        (
            part("x", "Compute *x*.", x, mistakes, "stride-ignored flipped"),
            part("d_o", ask, d_o[0, 0], inputs, "stride-ignored not-flipped"),
            _strided_weights(o, w, delta, d_w[0, 0]),
        ),
    )


def _strided_weights(o: Any, w: Any, delta: Any, d_w: Any) -> Part:
    unspaced = np.array([delta @ o[a : a + 2] for a in range(3)])
    turned = np.array([delta[::-1] @ o[a : a + 4 : 2] for a in range(3)])
    mistakes = (
        Mistake("stride-ignored", unspaced),
        Mistake("flipped", d_w[::-1], "The gradient turned"),
        Mistake("flipped", turned, "δ read from its end"),
        Mistake("contribution-for-gradient", w * d_w),
    )
    apart = "stride-ignored flipped contribution-for-gradient"
    return part("d_w", "Compute ∂*E*/∂*w*.", d_w, mistakes, apart)


def padding(draw: Numbers) -> Question:
    """Lesson 08: one zero at each end, and the crop on the way back."""
    o, w, delta = draw.grid(4), draw.kernel(3), draw.grid(4)
    ringed, back = np.pad(o, 1), ops.convolve(delta, w, mode="full")
    unturned = ops.cross_correlate(delta, w, mode="full")[1:-1]
    forward = (
        Mistake("padding-ignored", ops.cross_correlate(o, w), "Without padding"),
        Mistake("flipped", ops.convolve(ringed, w)),
    )
    inputs = (
        Mistake("padding-kept", back, "The padding is not cropped"),
        Mistake("wrong-size", back[:4], "Cropped at one end only"),
        Mistake("not-flipped", unturned),
    )
    x = ops.cross_correlate(ringed, w)
    return Question(
        8,
        "Padding",
        "One zero is put at each end of *o*. Then *w* moves along it in steps of 1 and gives *x*. "
        "δ is ∂*E*/∂*x*.",
        {"o": o, "w": w, "δ": delta},
        (
            part("x", "Compute *x*.", x, forward, "padding-ignored flipped"),
            part("d_o", "Compute ∂*E*/∂*o*.", back[1:-1], inputs, "padding-kept not-flipped"),
        ),
    )


def one_by_one(draw: Numbers) -> Question:
    """Lesson 09: 1 × 1 kernels are a matrix, and back goes its transpose."""
    w, o, delta = draw.kernel(3, 2), draw.kernel(2), draw.kernel(3)
    forward = (
        Mistake("one-kernel-for-all", w[:, 0] * o.sum(), "The weights of channel 0 for both"),
        Mistake("not-summed", w * o),
        Mistake("channels-swapped", w.reshape(2, 3).T @ o, "Read in the wrong order"),
    )
    twice = np.full(2, w[:, 0] @ delta)
    back = (
        Mistake("one-kernel-for-all", twice, "The weights of channel 0 twice"),
        Mistake("channels-turned", w[::-1, ::-1].T @ delta),
        Mistake("filters-not-summed", w[0] * delta[0]),
        Mistake("not-summed", (w * delta[:, None]).T),
    )
    apart = "one-kernel-for-all channels-turned filters-not-summed"
    return Question(
        9,
        "1 × 1 kernels",
        "Two maps of one cell each go in, *o*. There are three filters of 1 × 1: *w* has a row for "
        "each filter and a column for each channel. δ is ∂*E*/∂*x*.",
        {"o": o, "w": w, "δ": delta},
        (
            part("x", "Compute the three outputs *x*.", w @ o, forward, "one-kernel-for-all"),
            part("d_o", "Compute ∂*E*/∂*o*.", w.T @ delta, back, apart),
        ),
    )


def channels(draw: Numbers) -> Question:
    """Lesson 09: two channels, two filters, back; and how many small kernels there are."""
    w, delta = draw.kernel(2, 2, 2), draw.kernel(2, 2)
    back = ops.conv_input_gradient(delta[None], w, (1, 2, 3))[0]
    found = mistakes_of("channel_input_gradient", delta[None, :, None], w[:, :, None])
    ask = "Compute ∂*E*/∂*o*: three numbers for each channel."
    apart = "not-flipped filters-not-summed channels-swapped one-kernel-for-all"
    return Question(
        9,
        "Channels and filters",
        "A layer takes two signals (channels) and has two filters. *w*[0] is filter 0, *w*[1] is "
        "filter 1, each with a row of two weights for each channel. δ is ∂*E*/∂*x*, a row for each "
        "filter.",
        {"w[0]": w[0], "w[1]": w[1], "δ": delta},
        (
            part("d_o", ask, back, [mistake.slim for mistake in found], apart),
            _kernels(*draw.of([(3, 6), (2, 5), (3, 4), (4, 6)])),
        ),
    )


def _kernels(maps: int, filters: int) -> Part:
    mistakes = (
        Mistake("channels-swapped", np.array([maps * filters, filters, maps])),
        Mistake("one-kernel-for-all", np.array([filters, maps, filters])),
    )
    ask = (
        f"Another layer has {maps} maps in and {filters} filters. How many small kernels has it? "
        "How many small convolutions add up to one output map? How many to what comes back to one "
        "input map?"
    )
    right = np.array([maps * filters, maps, filters])
    return part("kernels", ask, right, mistakes, "channels-swapped one-kernel-for-all")


def batch(draw: Numbers) -> Question:
    """Lesson 09: the gradient of a kernel over a batch of two."""
    o, delta = draw.grid(2, 3), draw.kernel(2, 2)
    images = (delta[:, None, None], o[:, None, None])
    d_w = ops.conv_weight_gradient(delta[:, None], o[:, None], (2,))[0, 0]
    found = mistakes_of("channel_weight_gradient", *images)
    ask = "Compute the gradient of the kernel, ∂*E*/∂*w*."
    return Question(
        9,
        "A batch",
        "A kernel of two weights slid along both signals of a batch: *o* has a row for each. δ is "
        "∂*E*/∂*x*, a row for each.",
        {"o": o, "δ": delta},
        (
            part(
                "d_w",
                ask,
                d_w,
                [mistake.slim for mistake in found],
                "batch-not-summed mean-for-sum flipped",
            ),
        ),
    )


def softmax(draw: Numbers) -> Question:
    """Lesson 09: delta at the scores is p − onehot."""
    p, label = np.array(draw.of(CLASSES)) / 10, draw.one(0, 2)
    delta = p - np.eye(3)[label]
    mistakes = (
        Mistake("wrong-sign", -delta),
        Mistake("label-forgotten", p, "The right class is not subtracted"),
        Mistake(
            "jacobian-twice",
            p * (delta - p @ delta),
            "The derivative of the softmax multiplied in once more",
        ),
    )
    ask = "What is δ at the three scores?"
    return Question(
        9,
        "Softmax",
        f"A softmax made the probabilities *p* from three scores. The right class is {label} (the "
        "first one is 0); the error is the cross-entropy.",
        {"p": p},
        (part("delta", ask, delta, mistakes, "wrong-sign label-forgotten jacobian-twice"),),
    )
