import itertools
import json

import numpy as np
import pytest
from scipy import signal
from traitlets import TraitError

from cnnlib.examples import one_d, tall, two_d
from cnnlib.widgets import LinkedGrids
from cnnlib.widgets.configurations import CONFIGURATIONS, TURNS
from cnnlib.widgets.turning import count_hiding, hides_flip


def toeplitz(**settings):
    given = {"input": one_d.o, "kernel": one_d.w, "delta": one_d.delta, **settings}
    return LinkedGrids("toeplitz", **given)


def flip(example=two_d, **settings):
    return LinkedGrids("flip", **{"input": example.o, "kernel": example.w, **settings})


@pytest.mark.parametrize(
    ("stride", "padding", "dilation"), [(1, 0, 1), (2, 0, 1), (1, 2, 1), (2, 1, 2), (3, 2, 2)]
)
def test_the_matrix_is_the_layer_and_its_transpose_the_way_back(stride, padding, dilation):
    move = {"stride": stride, "padding": padding, "dilation": dilation}
    widget = toeplitz(delta=None, bias=1.5, **move)
    widget.delta = np.arange(1.0, 1 + len(widget.output))
    np.testing.assert_array_equal(widget.toeplitz @ one_d.o + 1.5, widget.output)
    np.testing.assert_array_equal(widget.toeplitz.T @ widget.delta, widget.input_gradient)


def test_a_row_reads_the_kernel_and_a_column_reads_it_from_the_other_end():
    matrix = toeplitz().toeplitz
    np.testing.assert_array_equal(matrix[1], [0, 2, -1, 1, 0, 0])
    np.testing.assert_array_equal(matrix[:, 2], [1, -1, 2, 0])
    assert not np.allclose(matrix.T @ one_d.x, one_d.o)


@pytest.mark.parametrize("example", [one_d, two_d, tall])
def test_convolution_is_scipys(example):
    expected = signal.convolve(example.o, example.w, mode="valid", method="direct")
    np.testing.assert_allclose(flip(example).convolution, expected, rtol=0, atol=1e-12)


def test_only_the_turn_gives_true_convolution():
    widget = flip()
    flat = [[1.0, 2.0], [0.0, -1.0]]
    for turn, kernel in {
        "turn": [[-1, 0], [2, 1]],
        "mirror left-right": [[2, 1], [-1, 0]],
        "mirror up-down": [[0, -1], [1, 2]],
        "transpose": [[1, 0], [2, -1]],
    }.items():
        widget.turn = turn
        np.testing.assert_array_equal(widget.turned_kernel, kernel)
        same = np.array_equal(widget.turned_output, widget.convolution)
        assert same == (turn == "turn")
    np.testing.assert_array_equal(widget.kernel, flat)


@pytest.mark.parametrize("shape", [(1,), (2,), (3,), (2, 2), (2, 3)])
def test_kernels_that_hide_the_flip_are_those_that_no_input_can_tell(shape):
    rng = np.random.default_rng(5)
    o = rng.normal(size=tuple(n + 2 for n in shape))
    hidden = 0
    for values in itertools.product((-1, 0, 1), repeat=int(np.prod(shape))):
        w = np.reshape(values, shape).astype(float)
        same = np.allclose(signal.correlate(o, w, "valid"), signal.convolve(o, w, "valid"))
        assert hides_flip(w) == same
        hidden += same
    assert count_hiding(shape) == (hidden, 3 ** np.prod(shape))


@pytest.mark.parametrize(
    ("kernel", "hides"),
    [([[1, 2], [2, 1]], True), ([[0, 1], [1, 0]], True), ([[1, 2], [2, 5]], False)],
)
def test_the_kernels_of_the_lesson(kernel, hides):
    widget = flip(kernel=kernel)
    assert widget.hides_flip == hides
    assert np.array_equal(widget.output, widget.convolution) == hides


def test_counting_stops_where_it_would_take_long():
    with pytest.raises(ValueError, match="at most 9 are expected"):
        count_hiding((4, 4))


@pytest.mark.parametrize("config", TURNS)
def test_each_makes_its_own_widget_and_its_state_can_be_sent(config):
    widget = LinkedGrids(config, input=one_d.o, kernel=one_d.w, lecture=True)
    assert type(widget).__name__ == "LinkedTurns"
    assert widget.title == CONFIGURATIONS[config].title
    state = {k: v for k, v in widget.get_state().items() if not k.startswith("_")}
    assert json.loads(json.dumps(state, allow_nan=False))["config"] == config
    with pytest.raises(TraitError, match="make a new widget"):
        widget.config = "slide-1d"


def test_what_cannot_be_shown_is_refused_and_says_why():
    with pytest.raises(TraitError, match=r"there is no delta.*pass delta"):
        toeplitz(delta=None, direction="backward")
    with pytest.raises(TraitError, match="at most 10 of each can be read"):
        toeplitz(input=np.zeros(11), delta=None)
    with pytest.raises(TraitError, match="pass a row of numbers"):
        toeplitz(input=two_d.o, kernel=two_d.w, delta=None)
    with pytest.raises(TraitError, match="can only be turned"):
        flip(one_d, turn="transpose")
    with pytest.raises(TraitError, match="pass a square kernel"):
        flip(tall, turn="transpose")
    with pytest.raises(TraitError, match="leave the padding out"):
        flip(padding=1)
    with pytest.raises(TraitError, match="asks for no predictions"):
        flip(masked="output")
    with pytest.raises(TraitError, match="turn"):
        flip(turn="quarter")
    with pytest.raises(TraitError, match="unknown settings"):
        LinkedGrids("slide-1d", input=one_d.o, kernel=one_d.w, direction="backward")


def test_a_new_kernel_must_suit_the_movement_that_is_chosen():
    widget = flip(turn="transpose")
    with pytest.raises(TraitError, match="pass a square kernel"):
        widget.kernel = tall.w
    widget.turn = "turn"
    widget.kernel = tall.w
    np.testing.assert_array_equal(widget.turned_kernel, tall.w[::-1, ::-1])


def test_a_kernel_keeps_its_shape_when_padding_makes_the_matrix_too_large():
    widget = toeplitz(delta=None)
    with pytest.raises(TraitError, match="or less padding"):
        widget.padding = 4
    assert widget.padding == 0


def test_selections_on_the_new_grids_have_positions():
    assert toeplitz(selected=["toeplitz", 8]).selection == ("toeplitz", (1, 2))
    assert flip(selected=["turned", 2]).selection == ("turned", (1, 0))
    assert flip(selected=["convolution", 5]).selection == ("convolution", (1, 2))
