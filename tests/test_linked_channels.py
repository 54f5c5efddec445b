import numpy as np
import pytest
from scipy import signal
from traitlets import TraitError

from cnnlib.examples import one_by_one, stacked
from cnnlib.widgets import LinkedGrids
from cnnlib.widgets.linked_channels import LinkedChannels

GIVEN = {"input": stacked.o, "kernel": stacked.w, "delta": stacked.delta}
O, W, D = stacked.o, stacked.w, stacked.delta


def channels(**settings):
    return LinkedGrids("channels", **{**GIVEN, **settings})


def test_every_result_is_a_sum_of_scipys_small_convolutions():
    widget = channels(bias=[1, -2])
    assert isinstance(widget, LinkedChannels)
    x = [[sum(signal.correlate2d(o, w, "valid") for o, w in zip(maps, filter_, strict=True))
          + b for filter_, b in zip(W, [1, -2], strict=True)] for maps in O]  # fmt: skip
    np.testing.assert_array_equal(widget.output, x)
    d_o = [[sum(signal.convolve2d(D[n, d], W[d, c]) for d in range(2)) for c in range(3)]
           for n in range(2)]  # fmt: skip
    np.testing.assert_array_equal(widget.input_gradient, d_o)
    d_w = [[sum(signal.correlate2d(O[n, c], D[n, d], "valid") for n in range(2))
            for c in range(3)] for d in range(2)]  # fmt: skip
    np.testing.assert_array_equal(widget.weight_gradient, d_w)
    np.testing.assert_array_equal(widget.bias_gradient, D.sum(axis=(0, 2, 3)))


def test_one_image_alone_needs_no_axis_for_images():
    widget = LinkedGrids("channels", input=O[1], kernel=W, delta=D[1])
    np.testing.assert_array_equal(widget.output, stacked.x[1])
    np.testing.assert_array_equal(widget.input_gradient, stacked.d_o[1])
    assert widget.weight_gradient.shape == W.shape
    widget.selected = ["output", 11]
    assert widget.selection == ("output", (1, 1, 2))


def test_kernels_of_one_weight_are_a_matrix():
    widget = LinkedGrids(
        "channels", input=one_by_one.o, kernel=one_by_one.w, delta=one_by_one.delta
    )
    matrix = np.array([[1, 2], [0, -1], [3, 1]])
    np.testing.assert_array_equal(widget.output.ravel(), matrix @ [1, 2])
    np.testing.assert_array_equal(widget.input_gradient.ravel(), matrix.T @ [1, -2, 1])
    gradient = np.outer([1, -2, 1], [1, 2])
    np.testing.assert_array_equal(widget.weight_gradient.reshape(3, 2), gradient)


def test_edits_that_come_back_change_the_result():
    widget = channels()
    widget.set_state({"kernel": (W + 1).tolist(), "image": 1, "by": "pair"})
    np.testing.assert_array_equal(widget.kernel, W + 1)
    assert (widget.image, widget.by) == (1, "pair")
    assert not widget.kernel.flags.writeable


def test_deltas_biases_and_the_image_follow_the_shapes():
    widget = channels(bias=[1, 2], image=1)
    widget.input = O[0]
    assert (widget.delta.shape, widget.image) == ((2, 2, 3), 0)
    widget.kernel = W[:1]
    assert (widget.delta.shape, widget.bias.tolist()) == ((1, 2, 3), [1])
    assert widget.weight_gradient.shape == (1, 3, 2, 2)


def test_without_deltas_only_the_forward_reading_is_there():
    widget = channels(delta=None)
    gradients = (widget.weight_gradient, widget.input_gradient, widget.bias_gradient)
    assert gradients == (None, None, None)
    with pytest.raises(TraitError, match="needs delta"):
        widget.reading = "input-gradient"


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"input": O[0, 0]}, r"input has shape \(3, 4\); \(C, H, W\) or \(N, C, H, W\)"),
        ({"kernel": W[0]}, r"kernel has shape \(3, 2, 2\); \(D, C, k1, k2\)"),
        ({"kernel": W[:, :2]}, "input has 3 channels and each filter of kernel 2"),
        ({"kernel": np.ones((2, 3, 4, 4)), "delta": None}, "does not fit"),
        ({"delta": D[0]}, r"delta has shape \(2, 2, 3\); the output has \(2, 2, 2, 3\)"),
        ({"bias": [1, 2, 3]}, r"bias has shape \(3,\); there are 2 filters"),
        ({"bias": 1}, r"bias has shape \(\)"),
        ({"image": 2}, "the batch has 2: pass 0 to 1"),
        ({"stride": 2}, "draws stride 1"),
        ({"padding": 1}, "draws stride 1"),
        ({"masked": "output"}, "asks for no predictions"),
        ({"reading": "backward"}, "reading"),
        ({"by": "product"}, "by"),
        ({"input": np.ones((1, 3, 9, 9)), "delta": None}, "at most 300 can be read"),
        ({"input": [[["a"]]]}, "real numbers"),
        ({"input": np.ones((0, 3, 3, 4)), "delta": None}, r"input has shape \(0, 3, 3, 4\)"),
    ],
)
def test_what_does_not_fit_is_refused_and_the_message_says_what_does(settings, message):
    with pytest.raises(TraitError, match=message):
        channels(**settings)
