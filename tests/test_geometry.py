import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from layer_cases import layers, sweep

from cnnlib.geometry import Window


def every_tap(window, shape):
    """(i, a, p) by trying every pair, straight from p = s i + d a - pad."""
    sizes = (window.stride, window.dilation, window.padding)
    for i in product(*map(range, window.output_shape(shape))):
        for a in product(*map(range, window.kernel)):
            p = tuple(s * m + d * n - q for m, n, s, d, q in zip(i, a, *sizes, strict=True))
            if all(0 <= c < n for c, n in zip(p, shape, strict=True)):
                yield i, a, p


def flat(positions, shape):
    return [int(np.ravel_multi_index(p, shape)) for p in positions]


def test_a_three_wide_kernel_stands_in_four_places_on_six_numbers():
    assert Window(3).output_shape(6) == (4,)


def test_output_shape_counts_the_places_where_the_kernel_fits():
    for kernel, stride, padding, dilation, size in product(
        (1, 2, 3), (1, 2, 3), (0, 1, 2), (1, 2), range(1, 9)
    ):
        window = Window(kernel, stride, padding, dilation)
        reach = dilation * (kernel - 1)
        places = range(-padding, size + padding - reach, stride)
        if places:
            assert window.output_shape(size) == (len(places),)
        else:
            with pytest.raises(ValueError, match="does not fit"):
                window.output_shape(size)


@sweep
@given(layers())
def test_taps_are_all_the_products_in_reading_order(layer):
    window, shape = layer.window, layer.shape
    taps = window.taps(shape)
    triples = list(every_tap(window, shape))
    outputs, weights, inputs = zip(*triples, strict=True) if triples else ((), (), ())
    assert taps.output.tolist() == flat(outputs, window.output_shape(shape))
    assert taps.weight.tolist() == flat(weights, window.kernel)
    assert taps.input.tolist() == flat(inputs, shape)


@sweep
@given(layers())
def test_slices_are_the_taps_grouped_by_weight(layer):
    window, shape = layer.window, layer.shape
    outputs, cells = window.output_shape(shape), np.arange(math.prod(shape)).reshape(shape)
    numbers = np.arange(math.prod(outputs)).reshape(outputs)
    grouped = set()
    for tap in window.slices(shape):
        i, p = numbers[tap.output], cells[tap.input]
        assert i.shape == p.shape
        assert i.size > 0
        a = np.ravel_multi_index(tap.weight, window.kernel)
        grouped |= {(n, int(a), m) for n, m in zip(i.ravel().tolist(), p.ravel().tolist())}
    assert grouped == set(zip(*(index.tolist() for index in window.taps(shape)), strict=True))


@sweep
@given(layers(), st.randoms())
def test_region_q_and_receptive_field_are_the_taps_of_one_input_and_one_output(layer, random):
    window, shape = layer.window, layer.shape
    triples = list(every_tap(window, shape))
    here = tuple(random.randrange(n) for n in shape)
    there = tuple(random.randrange(n) for n in window.output_shape(shape))
    assert window.region_q(here, shape) == sorted({i for i, _, p in triples if p == here})
    assert window.receptive_field(there, shape) == sorted({p for i, _, p in triples if i == there})


def test_region_q_is_clipped_at_the_border():
    sizes = [len(Window(3).region_q(p, 6)) for p in range(6)]
    assert sizes == [1, 2, 3, 3, 2, 1]
    window = Window((2, 3))
    map_of_q = [[len(window.region_q((r, c), (5, 6))) for c in range(6)] for r in range(5)]
    assert map_of_q[0] == [1, 2, 3, 3, 2, 1]
    assert map_of_q[2] == [2, 4, 6, 6, 4, 2]
    assert map_of_q[4] == map_of_q[0]


def test_a_stride_can_leave_inputs_unread():
    assert Window(3, stride=2).region_q(5, 6) == []
    assert Window(1, padding=2).receptive_field(0, 3) == []


def test_positions_are_tuples_in_one_dimension_too():
    assert Window(3).region_q(2, 6) == [(0,), (1,), (2,)]
    assert Window(3).region_q((2,), (6,)) == [(0,), (1,), (2,)]


def test_a_lone_number_serves_every_axis():
    assert Window((3, 2), stride=2, padding=1) == Window((3, 2), (2, 2), (1, 1), (1, 1))


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        ((0,), ValueError, "kernel is 0"),
        ((2.0,), TypeError, "kernel is 2.0"),
        ((True,), TypeError, "kernel is True"),
        ((math.nan,), TypeError, "kernel is nan"),
        ((math.inf,), TypeError, "kernel is inf"),
        (("3",), TypeError, "kernel is '3'"),
        (((),), ValueError, "one to 3 spatial axes"),
        (((1, 1, 1, 1),), ValueError, "one to 3 spatial axes"),
        ((3, 0), ValueError, "stride is 0"),
        ((3, (1, 1)), ValueError, "stride is"),
        ((3, 1, -1), ValueError, "padding is -1"),
        ((3, 1, 0, 0), ValueError, "dilation is 0"),
        ((3, 1, 0, None), TypeError, "dilation is None"),
    ],
)
def test_wrong_sizes_are_named(arguments, error, says):
    with pytest.raises(error, match=says):
        Window(*arguments)


@pytest.mark.parametrize(
    ("position", "says"), [((6,), "shape"), ((-1,), "at least 0"), ((1, 1), "pass 1 indices")]
)
def test_a_position_off_the_grid_is_refused(position, says):
    with pytest.raises(ValueError, match=says):
        Window(3).region_q(position, 6)


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda window: window.output_shape((6, 0)), "^input_shape is 0;"),
        (lambda window: window.taps((6, 0)), "^input_shape is 0;"),
        (lambda window: window.slices((6, 0)), "^input_shape is 0;"),
        (lambda window: window.region_q((0, 0), (6, 0)), "^input_shape is 0;"),
        (lambda window: window.receptive_field((0, 0), (6, 0)), "^input_shape is 0;"),
        (
            lambda window: window.region_q((5, 7), (6, 7)),
            r"^input position is \(5, 7\); the input has shape \(6, 7\)",
        ),
        (
            lambda window: window.receptive_field((5, 0), (6, 7)),
            r"^output position is \(5, 0\); the output has shape \(5, 5\)",
        ),
    ],
)
def test_each_question_names_the_argument_that_is_wrong(ask, says):
    with pytest.raises(ValueError, match=says):
        ask(Window((2, 3)))


def test_a_kernel_that_does_not_fit_is_told_with_every_remedy():
    says = (
        r"^a kernel reaching over \(3, 5\) does not fit into an input of \(4, 2\) with padding "
        r"\(0, 1\): make the input or the padding larger, or the kernel or the dilation smaller$"
    )
    with pytest.raises(ValueError, match=says):
        Window((3, 3), padding=(0, 1), dilation=(1, 2)).output_shape((4, 2))


def test_input_shape_is_the_spatial_one():
    with pytest.raises(ValueError, match="spatial sizes only"):
        Window((2, 2)).output_shape((1, 5, 6))
    with pytest.raises(ValueError, match="spatial sizes only"):
        Window((2, 2)).output_shape(5)
