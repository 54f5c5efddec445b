import json

import numpy as np
import pytest
from traitlets import TraitError

from cnnlib import data
from cnnlib.geometry import Window
from cnnlib.widgets import LinkedGrids
from cnnlib.widgets.configurations import CONFIGURATIONS, MAPS
from cnnlib.widgets.counting import count_connections, count_paths

EDGE = [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]
TALL = {"input": np.zeros((5, 6)), "kernel": np.zeros((2, 3))}
TWICE = {"input": np.zeros((4, 4)), "kernel": np.ones((2, 2))}


def test_sharing_and_locality_are_two_savings():
    widget = LinkedGrids("sharing", **TALL)
    counted = {}
    for kind in ("dense", "local", "shared", "both"):
        widget.connections = kind
        counted[kind] = widget.counts
    assert counted == {"dense": (480, 480), "local": (96, 96), "shared": (480, 72), "both": (96, 6)}


def test_shared_weights_are_one_for_each_displacement_whatever_the_stride():
    rng = np.random.default_rng(3)
    for _ in range(20):
        shape = tuple(int(n) for n in rng.integers(3, 8, 2))
        window = Window((2, 3), stride=tuple(int(n) for n in rng.integers(1, 4, 2)))
        places = [
            tuple(s * n for s, n in zip(window.stride, at, strict=True))
            for at in np.ndindex(*window.output_shape(shape))
        ]
        ways = {(p - i, q - j) for i, j in places for p, q in np.ndindex(*shape)}
        assert count_connections(window, shape, "shared").weights == len(ways)


def test_an_unknown_way_of_connecting_is_refused():
    with pytest.raises(ValueError, match="one of these is expected: dense"):
        count_connections(Window((2, 3)), (5, 6), "sparse")
    with pytest.raises(TraitError, match="connections"):
        LinkedGrids("sharing", connections="sparse", **TALL)


def test_paths_through_two_layers_are_the_product_of_their_matrices():
    window = Window((2, 3), stride=(1, 2), padding=1, dilation=(2, 1))
    shape = (6, 7)
    first, second = (matrix(window, s) for s in (shape, window.output_shape(shape)))
    outputs = window.output_shape(window.output_shape(shape))
    for row, position in enumerate(np.ndindex(*outputs)):
        expected = (second @ first)[row].reshape(shape)
        np.testing.assert_array_equal(count_paths(window, shape, position), expected)


def matrix(window, shape):
    taps = window.taps(shape)
    ones = np.zeros((np.prod(window.output_shape(shape)), np.prod(shape)), int)
    ones[taps.output, taps.input] = 1
    return ones


def test_two_small_layers_see_nine_inputs_by_sixteen_paths():
    paths = LinkedGrids("two-layers", **TWICE).path_counts((0, 0))
    np.testing.assert_array_equal(paths[:3, :3], [[1, 2, 1], [2, 4, 2], [1, 2, 1]])
    assert np.count_nonzero(paths) == 9
    assert paths.sum() == 16


def test_a_window_that_fits_once_but_not_twice_is_refused():
    with pytest.raises(TraitError, match="does not fit into these a second time"):
        LinkedGrids("two-layers", input=np.zeros((4, 4)), kernel=np.ones((3, 3)))


def test_a_matrix_too_large_to_draw_is_refused():
    with pytest.raises(TraitError, match="at most 2500 can be drawn"):
        LinkedGrids("sharing", input=np.zeros((12, 12)), kernel=np.zeros((5, 5)))


def test_selections_on_the_new_grids_have_positions():
    sharing = LinkedGrids("sharing", **TALL, selected=["connections", 157])
    assert sharing.selection == ("connections", (5, 7))
    layers = LinkedGrids("two-layers", **TWICE, selected=["hidden", 4])
    assert layers.selection == ("hidden", (1, 1))
    layers.selected = ["output", 3]
    assert layers.selection == ("output", (1, 1))
    with pytest.raises(TraitError, match="selected"):
        layers.selected = ["output", 4]


@pytest.mark.parametrize("config", MAPS)
def test_a_picture_draws_its_own_grids_and_hides_nothing(config):
    with pytest.raises(TraitError, match="draws " + ", ".join(CONFIGURATIONS[config].grids)):
        LinkedGrids(config, **TWICE, grids=["input", "weight-gradient"])
    with pytest.raises(TraitError, match="asks for no predictions"):
        LinkedGrids(config, **TWICE, masked="output")


def test_grids_of_a_picture_are_no_grids_of_a_sum():
    with pytest.raises(TraitError, match="draws input, kernel, output"):
        LinkedGrids("slide-2d", **TWICE, grids=["input", "hidden"])


def test_each_bundle_draws_its_own_configurations():
    maps, sums = LinkedGrids("sharing", **TALL), LinkedGrids("slide-2d", **TWICE)
    assert str(maps._esm) != str(sums._esm)
    assert isinstance(maps, LinkedGrids)
    assert type(maps).__name__ != type(sums).__name__
    for widget, other in ((maps, "slide-2d"), (sums, "sharing")):
        with pytest.raises(TraitError, match="make a new widget"):
            widget.config = other


def test_a_photograph_goes_to_the_browser_in_under_100_kb():
    widget = LinkedGrids("photograph", input=data.photograph(), kernel=EDGE)
    state = {k: v for k, v in widget.get_state().items() if k not in ("_esm", "_css")}
    assert len(json.dumps(state)) < 100_000
    np.testing.assert_allclose(widget.input, data.photograph(), rtol=0, atol=0.0005)
    assert widget.output.shape == (94, 94)


@pytest.mark.parametrize("scale", [255, 1e-3, 12_345.678])
def test_numbers_of_any_size_keep_a_thousand_greys(scale):
    picture = scale * data.photograph(100)
    widget = LinkedGrids("photograph", input=picture, kernel=EDGE)
    np.testing.assert_allclose(widget.input, picture, rtol=0, atol=picture.max() / 2000)
    assert len(json.dumps(widget.get_state()["input"])) < 100_000


def test_a_picture_of_zeros_or_with_gaps_is_still_a_picture():
    for fill in (0.0, np.nan, np.inf):
        picture = np.full((40, 40), fill)
        np.testing.assert_array_equal(
            LinkedGrids("photograph", input=picture, kernel=EDGE).input, picture
        )


def test_what_is_too_large_for_a_photograph_is_refused():
    with pytest.raises(TraitError, match="1 to 10000 numbers"):
        LinkedGrids("photograph", input=np.zeros((120, 120)), kernel=EDGE)
    with pytest.raises(TraitError, match="at most 300000 stay smooth"):
        LinkedGrids("photograph", input=np.zeros((96, 96)), kernel=np.ones((9, 9)))
    with pytest.raises(TraitError, match="has rows and columns"):
        LinkedGrids("photograph", input=np.zeros(50), kernel=[1, 2])
    with pytest.raises(TraitError, match="1 to 1024 numbers"):
        LinkedGrids("slide-2d", input=data.photograph(), kernel=EDGE)


def test_the_photograph_is_a_face_in_grey():
    picture = data.photograph()
    assert picture.shape == (96, 96)
    assert picture.dtype == np.float64
    assert picture.min() >= 0
    assert picture.max() <= 1
    assert picture[40, 45] > 2 * picture[85, 60]  # a cheek, and the dark uniform


def test_a_smaller_photograph_is_the_same_one_in_larger_blocks():
    fine, coarse = data.photograph(96), data.photograph(48)
    blocks = fine.reshape(48, 2, 48, 2).mean(axis=(1, 3))
    np.testing.assert_allclose(coarse, blocks, rtol=0, atol=1e-12)


@pytest.mark.parametrize(("size", "error"), [(4, ValueError), (500, ValueError), (9.5, TypeError)])
def test_a_photograph_of_an_impossible_size_is_refused(size, error):
    with pytest.raises(error, match="size is"):
        data.photograph(size)


@pytest.mark.parametrize(
    ("setting", "value", "says"),
    [
        ("padding", 10**9, "pass a smaller padding"),
        ("padding", False, "whole number is expected"),
        ("stride", 10**300, "larger step is never taken: pass a smaller stride"),
        ("grids", ["input", "input"], "each once"),
        ("kernel", [["kernel", 1]], "rows of real numbers"),
    ],
)
def test_an_odd_setting_is_refused_in_words_and_nothing_changes(setting, value, says):
    widget = LinkedGrids("slide-2d", **TWICE)
    before = widget.get_state()
    with pytest.raises(TraitError, match=says):
        setattr(widget, setting, value)
    assert str(widget.get_state()) == str(before)


def test_text_from_a_browser_is_refused_in_words():
    widget = LinkedGrids("slide-2d", **TWICE)
    with pytest.raises(TraitError, match="rows of real numbers"):
        widget.set_state({"kernel": [["<b>", 1.0]]})
