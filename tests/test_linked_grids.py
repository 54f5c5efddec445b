import json

import numpy as np
import pytest
from traitlets import TraitError

from cnnlib.widgets import LinkedGrids

O, W, DELTA = [1, 2, 0, -1, 3, 1], [2, -1, 1], [1, -2, 0, 3]


@pytest.fixture
def slide():
    widget = LinkedGrids("slide-1d", input=O, kernel=W, delta=DELTA)
    yield widget
    widget.close()


def state_from_the_browser(widget, **changes):
    widget.set_state(json.loads(json.dumps(changes)))


def test_the_array_on_the_screen_is_the_array_in_python(slide):
    np.testing.assert_array_equal(slide.output, [0, 3, 4, -4])
    np.testing.assert_array_equal(slide.weight_gradient, [-6, 11, 5])
    np.testing.assert_array_equal(slide.input_gradient, [2, -5, 3, 4, -3, 3])
    state_from_the_browser(slide, kernel=[1, 0, 0])
    np.testing.assert_array_equal(slide.kernel, [1, 0, 0])
    np.testing.assert_array_equal(slide.output, [1, 2, 0, -1])


def test_two_axes_stride_padding_and_bias_reach_the_output():
    o = np.arange(20.0).reshape(4, 5)
    widget = LinkedGrids("slide-2d", input=o, kernel=[[1, 2, 0], [0, -1, 3]], bias=2, stride=2)
    expected = [[2 + 1 * 0 + 2 * 1 - 6 + 3 * 7, 2 + 2 + 2 * 3 - 8 + 3 * 9]]
    np.testing.assert_array_equal(widget.output[0], expected[0])
    assert widget.weight_gradient is None


def test_the_arrays_cannot_be_changed_behind_the_screens_back(slide):
    with pytest.raises(ValueError, match="read-only"):
        slide.kernel[0] = 5


def test_an_array_that_was_passed_in_can_still_be_changed():
    w = np.array(W, dtype=float)
    widget = LinkedGrids("slide-1d", input=O, kernel=w)
    w[0] = 99
    assert widget.kernel[0] == 2


def test_numbers_that_json_has_no_name_for_survive_the_way_there_and_back(slide):
    slide.kernel = [np.nan, -np.inf, np.inf]
    state = json.loads(json.dumps(slide.get_state(), default=str, allow_nan=False))
    assert state["kernel"] == ["NaN", "-Infinity", "Infinity"]
    state_from_the_browser(slide, kernel=["Infinity", "NaN", 1.5])
    np.testing.assert_array_equal(slide.kernel, [np.inf, np.nan, 1.5])


def test_state_stays_small():
    widget = LinkedGrids("slide-2d", input=np.random.default_rng(0).normal(size=(12, 12)),
                         kernel=np.ones((5, 5)))  # fmt: skip
    state = widget.get_state()
    assert len(json.dumps({k: v for k, v in state.items() if not k.startswith("_")})) < 10_000
    assert len(json.dumps(state)) < 100_000


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"kernel": [1] * 7}, "does not fit"),
        ({"kernel": [[1, 2]]}, "input has 1 axes and kernel 2"),
        ({"kernel": "abc"}, "rows of real numbers"),
        ({"kernel": [1j, 2]}, "rows of real numbers"),
        ({"kernel": [[1, 2], [3]]}, "rows of real numbers"),
        ({"kernel": []}, "shape"),
        ({"kernel": np.ma.masked_less([1, 2, 3], 2)}, r"masked numbers.*kernel\.filled\(0\)"),
        ({"kernel": np.zeros((2, 2, 2))}, "one or two axes"),
        ({"kernel": None}, "None"),
        ({"input": [1, 2]}, "does not fit"),
        ({"dilation": 3}, "does not fit"),
        ({"stride": 0}, "stride"),
        ({"padding": -1}, "padding"),
        ({"stride": 1.5}, "stride"),
        ({"delta": [1, 2, 3]}, r"delta has shape \(3,\); the output has \(4,\)"),
        ({"selected": ["input", 6]}, "selected"),
        ({"selected": ["nowhere", 0]}, "selected"),
        ({"masked": "everything"}, "masked"),
        ({"grids": []}, "grids"),
        ({"bias": "two"}, "bias"),
    ],
)
def test_a_wrong_assignment_raises_at_once_and_changes_nothing(slide, changes, message):
    before = json.dumps(slide.get_state(), default=str)
    (name, value) = next(iter(changes.items()))
    with pytest.raises(TraitError, match=message):
        setattr(slide, name, value)
    assert json.dumps(slide.get_state(), default=str) == before


def test_a_wrong_start_raises_at_once():
    with pytest.raises(TraitError, match="one of these is expected: slide-1d"):
        LinkedGrids("nonsense", input=O, kernel=W)
    with pytest.raises(TraitError, match="needs input"):
        LinkedGrids("slide-1d")
    with pytest.raises(TraitError, match="unknown settings"):
        LinkedGrids("slide-1d", input=O, kernel=W, colour="red")


def test_several_changes_from_the_browser_are_one_change(slide):
    state_from_the_browser(slide, stride=2, delta=[5, 6])
    np.testing.assert_array_equal(slide.delta, [5, 6])
    state_from_the_browser(slide, stride=1, input=[1, 2, 3], delta=[7])
    np.testing.assert_array_equal(slide.delta, [7])


def test_deltas_keep_their_place_when_the_output_changes(slide):
    slide.stride = 2
    np.testing.assert_array_equal(slide.delta, [1, -2])
    slide.stride = 1
    np.testing.assert_array_equal(slide.delta, [1, -2, 0, 0])


def test_the_selection_is_a_grid_and_a_position():
    widget = LinkedGrids("slide-2d", input=np.ones((3, 4)), kernel=[[1, 2], [3, 4]])
    assert widget.selection is None
    state_from_the_browser(widget, selected=["output", 4])
    assert widget.selection == ("output", (1, 1))
    state_from_the_browser(widget, selected=["input", 6])
    assert widget.selection == ("input", (1, 2))


def test_every_configuration_names_grids_that_it_can_show():
    from cnnlib.widgets.linked_grids import CONFIGURATIONS, CONTROLS, GRIDS

    for name, preset in CONFIGURATIONS.items():
        assert set(preset.controls) <= set(CONTROLS), name
        assert set(preset.grids) <= set(GRIDS), name
