import numpy as np
import pytest
from traitlets import TraitError

from cnnlib.examples import one_d, tall
from cnnlib.geometry import Window
from cnnlib.widgets import LinkedGrids
from cnnlib.widgets.linked_strides import LinkedStrides

SIGNAL = {"input": one_d.o, "kernel": one_d.w, "delta": [1, -2], "stride": 2}
PLANE = {"input": tall.o, "kernel": tall.w, "delta": [[1, -2], [2, 1]], "stride": 2}


def test_the_gradients_are_those_of_slices_in_steps():
    widget = LinkedGrids("stride-backward", **SIGNAL)
    np.testing.assert_array_equal(widget.output, [0, 4])
    np.testing.assert_array_equal(widget.input_gradient, [2, -1, -3, 2, -2, 0])
    np.testing.assert_array_equal(widget.weight_gradient, [1, 4, -6])
    plane = LinkedGrids("stride-backward", **PLANE)
    d_o = np.zeros((5, 6))
    d_w = np.zeros((2, 3))
    for (i, j), delta in np.ndenumerate(PLANE["delta"]):
        rows, columns = slice(2 * i, 2 * i + 2), slice(2 * j, 2 * j + 3)
        d_o[rows, columns] += delta * tall.w
        d_w += delta * tall.o[rows, columns]
    np.testing.assert_array_equal(plane.input_gradient, d_o)
    np.testing.assert_array_equal(plane.weight_gradient, d_w)


def test_the_deltas_stand_a_stride_apart():
    plane = LinkedGrids("stride-backward", **PLANE)
    np.testing.assert_array_equal(plane.spread_delta, [[1, 0, -2], [0, 0, 0], [2, 0, 1]])
    plane.stride = 1
    np.testing.assert_array_equal(plane.spread_delta, plane.delta)
    assert plane.delta.shape == (4, 4)


@pytest.mark.parametrize(("stride", "padding", "dilation"), [(2, 0, 1), (3, 1, 1), (2, 0, 2)])
def test_never_read_is_where_no_output_looks(stride, padding, dilation):
    moves = {"stride": stride, "padding": padding, "dilation": dilation}
    window = Window((2, 3), **moves)
    shape = window.output_shape((5, 6))
    widget = LinkedGrids("stride-backward", **{**PLANE, **moves, "delta": np.ones(shape)})
    read = np.zeros((5, 6), bool)
    for position in np.ndindex(*shape):
        for cell in window.receptive_field(position, (5, 6)):
            read[cell] = True
    np.testing.assert_array_equal(widget.never_read, ~read)
    assert widget.never_read.any()


def test_it_is_a_bundle_of_its_own_and_begins_with_the_way_back():
    widget = LinkedGrids("stride-backward", **SIGNAL)
    assert isinstance(widget, LinkedStrides)
    assert widget.reading == "inputs"
    with pytest.raises(TraitError, match="make a new widget"):
        widget.config = "stride"
    assert LinkedStrides(**SIGNAL).config == "stride-backward"


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"delta": None}, "needs delta"),
        ({"delta": [1, -2, 0]}, r"delta has shape \(3,\); the output has \(2,\)"),
        ({"reading": "scatter"}, "reading"),
        ({"input": np.ones(17), "delta": np.ones(8)}, "at most 16"),
        ({"stride": 0}, "stride"),
        ({"dilation": 4, "delta": [1]}, "fit"),
    ],
)
def test_what_does_not_fit_is_refused_and_the_message_says_what_does(settings, message):
    with pytest.raises(TraitError, match=message):
        LinkedGrids("stride-backward", **{**SIGNAL, **settings})
