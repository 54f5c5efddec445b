import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view
from traitlets import TraitError

from cnnlib.examples import one_d, two_d
from cnnlib.widgets import LinkedGrids
from cnnlib.widgets.linked_pools import LinkedPools

SIGNAL = {"input": one_d.o, "size": 3, "stride": 1, "delta": one_d.delta}
MAP = {"input": two_d.o, "size": 2, "delta": [[1, -2], [3, 1]]}


def test_a_pool_has_a_bundle_of_its_own_and_no_kernel():
    widget = LinkedGrids("pool", **SIGNAL)
    assert isinstance(widget, LinkedPools)
    assert widget.kernel is None
    assert widget.get_state()["kernel"] is None
    assert widget.weight_gradient is None
    with pytest.raises(TraitError, match="make a new widget"):
        widget.config = "slide-1d"


def test_a_max_lets_the_largest_through_and_routes_back_to_it():
    widget = LinkedGrids("pool", **SIGNAL)
    np.testing.assert_array_equal(widget.output, [2, 2, 3, 3])
    np.testing.assert_array_equal(widget.winner, [1, 1, 4, 4])
    np.testing.assert_array_equal(widget.input_gradient, [0, -1, 0, 0, 3, 0])


def test_the_first_of_a_tie_gets_everything():
    widget = LinkedGrids("pool", **MAP)
    np.testing.assert_array_equal(
        widget.input_gradient, [[0, 0, -2, 0], [1, 0, 0, 0], [0, 3, 0, 0], [0, 0, 1, 0]]
    )


@pytest.mark.parametrize("kind", ["max", "average", "l2"])
@pytest.mark.parametrize(("size", "stride"), [(2, 2), (2, 1), (3, 1), (2, 3)])
def test_every_pool_is_its_definition_and_its_gradient_is_what_a_nudge_does(kind, size, stride):
    rng = np.random.default_rng([size, stride])
    o = rng.permutation(30).reshape(5, 6) / 7 + 0.1  # no ties
    windows = sliding_window_view(o, (size, size))[::stride, ::stride]
    pool = {"max": np.max, "average": np.mean, "l2": lambda a, axis: np.sqrt(np.sum(a**2, axis))}
    y = pool[kind](windows, axis=(-2, -1))
    delta = rng.normal(size=y.shape)
    widget = LinkedGrids("pool", input=o, size=size, stride=stride, kind=kind, delta=delta)
    np.testing.assert_allclose(widget.output, y, rtol=1e-12)
    for at in np.ndindex(o.shape):
        moved = [o.copy(), o.copy()]
        moved[0][at] += 1e-5
        moved[1][at] -= 1e-5
        up, down = (
            LinkedGrids("pool", input=m, size=size, stride=stride, kind=kind) for m in moved
        )
        slope = np.sum(delta * (up.output - down.output)) / 2e-5
        assert widget.input_gradient[at] == pytest.approx(slope, abs=1e-8)


def test_left_out_the_stride_is_the_size_and_the_direction_is_back_where_there_are_deltas():
    alone = LinkedGrids("pool", input=np.arange(9), size=3)
    assert (alone.stride, alone.direction, alone.input_gradient) == (3, "forward", None)
    assert not {"direction", "total"} & set(alone.controls)
    assert LinkedGrids("pool", **MAP).direction == "backward"
    assert LinkedGrids("pool", **MAP, direction="forward").direction == "forward"


def test_other_windows_fit_the_deltas_to_the_output():
    widget = LinkedGrids("pool", **SIGNAL)
    widget.size = 2
    np.testing.assert_array_equal(widget.delta, [1, -2, 0, 3, 0])
    widget.stride = 2
    np.testing.assert_array_equal(widget.delta, [1, -2, 0])
    np.testing.assert_array_equal(widget.input_gradient, [0, 1, -2, 0, 0, 0])


def test_a_selection_lies_on_a_grid_of_the_pool():
    widget = LinkedGrids("pool", **MAP, selected=["delta", 3])
    assert widget.selection == ("delta", (1, 1))
    widget.selected = ["input-gradient", 15]
    with pytest.raises(TraitError, match="selected"):
        widget.selected = ["output", 4]


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"input": None}, "needs input=...: pass"),
        ({"kernel": [1, 2]}, "a pool is drawn with a window, and without kernel"),
        ({"padding": 1}, "without kernel, padding and dilation"),
        ({"dilation": 2}, "without kernel, padding and dilation"),
        ({"size": 7}, "pass a size of at most 6"),
        ({"size": 0}, "size"),
        ({"kind": "min"}, "kind"),
        ({"delta": [1, 2]}, r"delta has shape \(2,\); the output has \(4,\)"),
        ({"delta": None, "direction": "backward"}, "pass delta="),
        ({"masked": "kernel"}, "what a pool computes"),
        ({"by": "product"}, "window by window"),
        ({"grids": ["input", "kernel"]}, "draws input, output, delta, input-gradient"),
    ],
)
def test_what_does_not_fit_is_refused_and_the_message_says_what_does(settings, message):
    with pytest.raises(TraitError, match=message):
        LinkedGrids("pool", **{**SIGNAL, **settings})
