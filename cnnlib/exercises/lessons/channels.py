"""Lesson 09: both gradients of a layer with channels, filters and a batch."""

from functools import cache

import numpy as np

from cnnlib.exercises.cases import case, grid, halves, spike, whole
from cnnlib.exercises.kit import Function, full, full_unturned, slide
from cnnlib.exercises.reading import an_array
from cnnlib.exercises.task import Array, Case, Exercise, Wrong

LESSON = "09_stack_channels"


def channel_weight_gradient(delta: Array, o: Array) -> Array:
    """dE/dw[d, c] = sum over the batch of o[n, c] ⊗ delta[n, d]."""
    return np.asarray(_each_image(delta, o).sum(axis=0))


def channel_input_gradient(delta: Array, w: Array) -> Array:
    """dE/do[n, c] = sum over the filters of (delta[n, d] * w[d, c]) full."""
    return np.asarray(_each_filter(delta, w).sum(axis=1))


def _each_image(delta: Array, o: Array, one: Function = slide) -> Array:
    """The weight gradient of every image alone, N × D × C × k1 × k2."""
    return np.array(
        [[[one(o_c, d) for o_c in image] for d in ds] for ds, image in zip(delta, o, strict=True)]
    )


def _each_filter(delta: Array, w: Array, one: Function = full) -> Array:
    """What comes back from every filter alone, N × D × C × H × W."""
    return np.array(
        [
            [[one(d, kernel) for kernel in filter_] for d, filter_ in zip(ds, w, strict=True)]
            for ds in delta
        ]
    )


@cache
def weight_cases() -> tuple[tuple[Case, ...], ...]:
    """Batches of one to three, channels and filters equal and not."""
    shapes = (
        ("three channels to two filters", (2, 2, 2, 3), (2, 3, 3, 5)),
        ("one image, one channel, one filter", (1, 1, 2, 2), (1, 1, 3, 3)),
        ("one image", (1, 2, 2, 1), (1, 3, 3, 3)),
        ("two images, one channel", (2, 1, 1, 2), (2, 1, 2, 4)),
        ("as many channels as filters", (1, 2, 2, 2), (1, 2, 3, 4)),
        ("as many channels as filters, two images", (2, 2, 1, 3), (2, 2, 3, 4)),
        ("kernels of one weight", (2, 3, 2, 2), (2, 2, 2, 2)),
        ("one output per filter", (3, 2, 1, 1), (3, 2, 2, 3)),
        ("three images", (3, 1, 2, 2), (3, 2, 3, 3)),
        ("more filters than channels", (1, 4, 2, 2), (1, 2, 3, 4)),
        ("2 × 3 kernels", (2, 2, 3, 2), (2, 2, 4, 4)),
    )
    return (
        (
            *(
                case(name, delta=whole(170 + n, *delta), o=whole(190 + n, *o))
                for n, (name, delta, o) in enumerate(shapes)
            ),
            case(
                "digits after the point", delta=halves(181, 2, 2, 2, 2), o=halves(182, 2, 2, 3, 4)
            ),
        ),
    )


@cache
def input_cases() -> tuple[tuple[Case, ...], ...]:
    """The lesson's 1 × 1 kernels, then kernels of other sizes."""
    shapes = (
        ("three channels to two filters", (2, 2, 2, 3), (2, 3, 2, 2)),
        ("one image, one channel, one filter", (1, 1, 2, 2), (1, 1, 2, 2)),
        ("two filters, one channel", (1, 2, 1, 2), (2, 1, 2, 3)),
        ("one filter, three channels", (1, 1, 2, 1), (1, 3, 2, 2)),
        ("as many channels as filters", (1, 2, 2, 2), (2, 2, 2, 3)),
        ("as many channels as filters, two images", (2, 2, 1, 3), (2, 2, 3, 2)),
        ("three images", (3, 2, 1, 2), (2, 1, 2, 2)),
        ("more channels than filters", (1, 2, 2, 2), (2, 4, 1, 3)),
        ("square kernels, three filters", (2, 3, 3, 2), (3, 2, 2, 2)),
    )
    one_by_one = grid(1, -2, 1).reshape(1, 3, 1, 1), grid(1, 2, 0, -1, 3, 1).reshape(3, 2, 1, 1)
    spiked = spike((0, 1, 0, 1), 1, 2, 2, 2), whole(241, 2, 3, 2, 2)
    made = (
        ("the lesson's 1 × 1 kernels", *one_by_one),
        ("a single δ that is not 0", *spiked),
        ("digits after the point", halves(242, 2, 2, 2, 2), halves(243, 2, 3, 2, 1)),
    )
    return (
        (
            *(
                case(name, delta=whole(210 + n, *delta), w=whole(230 + n, *w))
                for n, (name, delta, w) in enumerate(shapes)
            ),
            *(case(name, delta=delta, w=w) for name, delta, w in made),
        ),
    )


def _swapped_filters(delta: Array, w: Array) -> Array:
    """Uses w[c, d] for w[d, c]; runs only where there are as many channels as filters."""
    if w.shape[0] != w.shape[1]:
        raise IndexError("channels and filters swapped")
    return channel_input_gradient(delta, w.swapaxes(0, 1))


def _swapped_result(delta: Array, o: Array) -> Array:
    """Writes d_w[c, d] into an array made for d_w[d, c]."""
    if delta.shape[1] != o.shape[1]:
        raise IndexError("channels and filters swapped")
    return channel_weight_gradient(delta, o).swapaxes(0, 1)


def _along_a_row(delta: Array, w: Array) -> Array:
    """Adds into d_o[n, d] for d_o[n, c]: the delta of a filter through all its kernels."""
    back = _each_filter(delta, w)
    filters, channels = w.shape[:2]
    if filters > channels:
        raise IndexError("there is no channel of that number")
    d_o = np.zeros_like(back[:, 0])
    d_o[:, :filters] = back.sum(axis=2)
    return d_o


def _all_axes(delta: Array, w: Array) -> Array:
    """np.flip(w) turns filters and channels as well."""
    return channel_input_gradient(delta, w[::-1, ::-1])


def _over_channels(delta: Array, o: Array) -> Array:
    d_w = channel_weight_gradient(delta, o)
    return np.broadcast_to(d_w.sum(axis=1, keepdims=True), d_w.shape)


def _first_kernel(delta: Array, w: Array) -> Array:
    return channel_input_gradient(delta, np.broadcast_to(w[:, :1], w.shape))


def _first_filter(delta: Array, w: Array) -> Array:
    return channel_input_gradient(delta, np.broadcast_to(w[:1], w.shape))


def _turned_delta(o: Array, delta: Array) -> Array:
    return slide(o, np.flip(delta))


def _valid(delta: Array, w: Array) -> Array:
    return slide(delta, np.flip(w))


WEIGHT_WRONG = (
    Wrong("batch-not-summed", lambda delta, o: _each_image(delta, o)[0]),
    Wrong("batch-not-summed", lambda delta, o: _each_image(delta, o)[-1]),
    Wrong("batch-not-summed", _each_image),
    Wrong("mean-for-sum", lambda delta, o: channel_weight_gradient(delta, o) / len(o)),
    Wrong("mean-for-sum", lambda d, o: channel_weight_gradient(d, o) / d[0, 0].size),
    Wrong("mean-for-sum", lambda d, o: channel_weight_gradient(d, o) / (len(o) * d[0, 0].size)),
    Wrong("channels-swapped", lambda delta, o: channel_weight_gradient(delta, o).swapaxes(0, 1)),
    Wrong("channels-swapped", _swapped_result),
    Wrong("one-kernel-for-all", _over_channels),
    Wrong("one-kernel-for-all", lambda delta, o: channel_weight_gradient(delta, o).sum(axis=1)),
    Wrong(
        "flipped",
        lambda delta, o: channel_weight_gradient(delta, o)[..., ::-1, ::-1],
        "Every little gradient stands upside down.",
    ),
    Wrong("flipped", lambda delta, o: _each_image(delta, o, _turned_delta).sum(axis=0)),
    Wrong("transposed", lambda delta, o: channel_weight_gradient(delta, o).swapaxes(2, 3)),
    Wrong("too-short", lambda delta, o: channel_weight_gradient(delta, o)[..., :-1, :-1]),
    Wrong("wrong-size", lambda delta, o: _each_image(delta, o, full_unturned).sum(axis=0)),
)

ROW_FOR_COLUMN = (
    "You add along a row: one filter's δ through all its kernels. A channel collects up its "
    "column: from every filter, through that filter's kernel for it."
)

INPUT_WRONG = (
    Wrong(
        "flipped-twice", lambda d, w: _each_filter(d, w, full_unturned).sum(axis=1), mentions="conv"
    ),
    Wrong("not-flipped", lambda d, w: _each_filter(d, w, full_unturned).sum(axis=1)),
    Wrong("channels-turned", _all_axes),
    Wrong("channels-swapped", _swapped_filters),
    Wrong("channels-swapped", lambda delta, w: channel_input_gradient(delta, w).swapaxes(0, 1)),
    Wrong("channels-swapped", _along_a_row, ROW_FOR_COLUMN),
    Wrong("channels-swapped", lambda d, w: _each_filter(d, w).sum(axis=2), ROW_FOR_COLUMN),
    Wrong("one-kernel-for-all", _first_kernel),
    Wrong("one-kernel-for-all", _first_filter),
    Wrong("filters-not-summed", lambda delta, w: _each_filter(delta, w)[:, 0]),
    Wrong("filters-not-summed", lambda delta, w: _each_filter(delta, w)[:, -1]),
    Wrong("filters-not-summed", _each_filter),
    Wrong("mean-for-sum", lambda delta, w: channel_input_gradient(delta, w) / len(w)),
    Wrong("batch-summed", lambda delta, w: channel_input_gradient(delta, w).sum(axis=0)),
    Wrong(
        "batch-summed",
        lambda d, w: np.repeat(channel_input_gradient(d, w).sum(axis=0)[None], len(d), axis=0),
    ),
    Wrong(
        "batch-summed",
        lambda d, w: np.repeat(channel_input_gradient(d, w)[:1], len(d), axis=0),
        "Every image gets the gradient of the first one.",
    ),
    Wrong("transposed", lambda d, w: channel_input_gradient(d, w).swapaxes(2, 3)),
    Wrong("too-short", lambda d, w: channel_input_gradient(d, w)[..., :-1, :-1]),
    Wrong("wrong-size", lambda d, w: _each_filter(d, w, _valid).sum(axis=1)),
    Wrong("wrong-size", lambda d, w: _each_filter(d, w, slide).sum(axis=1)),
)

EXERCISES = (
    Exercise(
        title="The weight gradient with channels",
        lesson=LESSON,
        statement="delta is ∂E/∂x with axes N, D, rows, columns (images, filters); o is the input "
        "with axes N, C, rows, columns (images, channels). Return ∂E/∂w with axes D, C, k1, k2: "
        "one little kernel for each pair of a filter and a channel, added up over the images.",
        solve=channel_weight_gradient,
        families=weight_cases,
        read=an_array("d_w"),
        wrong=WEIGHT_WRONG,
        hint="Take one filter, one channel and one image: that is lesson 04. Which indices are "
        "left, and over which one do you add?",
        second_hint="The products are δ[n, d, i] · w[d, c, a] · o[n, c, p]. Keep d, c and a fixed.",
    ),
    Exercise(
        title="The input gradient with channels",
        lesson=LESSON,
        statement="delta is ∂E/∂x with axes N, D, rows, columns (images, filters); w holds the "
        "kernels with axes D, C, k1, k2. Stride 1, no padding. Return ∂E/∂o with axes N, C, rows, "
        "columns: what comes back to each channel from all filters.",
        solve=channel_input_gradient,
        families=input_cases,
        read=an_array("d_o"),
        wrong=INPUT_WRONG,
        hint="Take one channel. Which filters use it, and with which little kernel each?",
        second_hint="The products are δ[n, d, i] · w[d, c, a] · o[n, c, p]. Keep n, c and p fixed.",
    ),
)
