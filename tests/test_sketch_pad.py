import json
from dataclasses import dataclass

import numpy as np
import pytest
from traitlets import TraitError

from cnnlib import data, ops
from cnnlib.network import Conv, Dense, Flatten, Network, ReLU, lenet5, small_cnn
from cnnlib.network.activations import Sigmoid
from cnnlib.widgets import SketchPad
from cnnlib.widgets.page import standalone, state_of

PEN = {"kind": "pen", "points": [0.1, 0.2, 0.3, 0.4]}


def some_image(side=8):
    image = np.random.default_rng(side).integers(0, 17, (1, 1, side, side)) / 16
    return image.astype(np.float32)


def test_an_image_goes_in_and_comes_out_with_its_probabilities():
    network, image = small_cnn(2), some_image()
    pad = SketchPad(network, image=image)
    assert pad.image.dtype == np.float32
    np.testing.assert_array_equal(pad.image, image)
    expected = ops.softmax(network.forward(image).scores)[0]
    np.testing.assert_array_equal(pad.probabilities, expected)
    assert pad.strokes == [{"kind": "pixels", "values": image.ravel().tolist()}]
    pad.image = data.digits()[1][0][7]  # one channel, no batch
    assert pad.shown == 2


def test_the_state_is_small_and_a_page_can_hold_it():
    state = state_of(SketchPad(small_cnn()))
    assert len(json.dumps(state, allow_nan=False)) < 30_000
    assert len(standalone([SketchPad(lenet5())])) < 400_000


def test_training_goes_on_and_the_pad_reads_with_the_new_weights():
    network = small_cnn(1)
    pad = SketchPad(network, image=some_image())
    before, weights = pad.probabilities, pad.weights
    network.parameters = {name: 2 * array for name, array in network.parameters.items()}
    pad.network = network
    assert pad.weights != weights
    assert not np.array_equal(pad.probabilities, before)
    assert pad.shown == 1


def test_a_network_for_other_pictures_begins_with_an_empty_pad():
    pad = SketchPad(small_cnn(), image=some_image())
    pad.network = lenet5()
    assert (pad.side, pad.shown, pad.strokes) == (28, 0, [])
    assert not pad.image.any()
    assert SketchPad(lenet5()).framing == "mnist"
    assert SketchPad(small_cnn()).framing == "uci"


@dataclass(frozen=True)
class Swish(Sigmoid):
    kind = "swish"


def network(*layers, shape=(1, 8, 8)):
    return Network(layers, input_shape=shape)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: "small_cnn", "Network is expected: pass small_cnn"),
        (lambda: np.zeros((9, 9)), r"network is an array of shape \(9, 9\)"),
        (lambda: network(Swish(), Flatten(), Dense(64, 10)), "swish1 is a Swish.*LeakyReLU"),
        (
            lambda: network(Conv(1, 2, (3, 3), stride=(1, 2)), Flatten(), Dense(36, 10)),
            r"conv1 has stride \(1, 2\).*same for both axes: pass one number",
        ),
        (
            lambda: network(Conv(2, 2, (3, 3)), Flatten(), Dense(72, 3), shape=(2, 8, 8)),
            "one channel and a square",
        ),
        (lambda: network(Flatten(), Dense(48, 3), shape=(1, 6, 8)), "one channel and a square"),
        (lambda: network(Flatten(), Dense(1024, 3), shape=(1, 32, 32)), "at most 28 by 28"),
        (lambda: network(ReLU()), "end it with Flatten"),
        (lambda: network(Flatten(), Dense(64, 26)), "2 to 12 scores"),
        (lambda: Network([Flatten(), Dense(100, 3)]), "without input_shape.*do not fit"),
    ],
)
def test_a_network_that_does_not_fit_is_refused_with_the_remedy(wrong, message):
    with pytest.raises(TraitError, match=message):
        SketchPad(wrong())
    pad = SketchPad(small_cnn(), image=some_image())
    with pytest.raises(TraitError, match=message):
        pad.network = wrong()
    np.testing.assert_array_equal(pad.image, some_image())


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("image", np.zeros((2, 1, 8, 8)), "pass images"),
        ("image", np.full((8, 8), 16), "outside 0 to 1"),
        ("image", np.full((8, 8), np.nan), "outside 0 to 1"),
        ("image", "a digit", "array of numbers"),
        ("pixels", [0.0] * 63, "assign an array to .image"),
        ("pixels", [2.0] * 64, "pixels"),
        ("towards", 10, "from 0 to 9"),
        ("towards", -1, "towards"),
        ("classes", ["a", "b"], "the network gives 10"),
        ("strokes", [PEN, {"kind": "spray"}], "entries as the browser writes them"),
        ("strokes", [{"kind": "pen", "points": [0.1, 0.2, 0.3]}], "entries"),
        ("strokes", [{"kind": "pen", "points": [0.1, "x"]}], "entries"),
        ("strokes", [{"kind": "pixels", "values": [0.5]}], "entries"),
        ("framing", "fit", "framing"),
    ],
)
def test_a_value_that_does_not_fit_raises_at_once_and_nothing_is_lost(name, value, message):
    pad = SketchPad(small_cnn(), image=some_image())
    before = state_of(pad)
    with pytest.raises(TraitError, match=message):
        setattr(pad, name, value)
    assert state_of(pad) == before


def test_another_number_of_classes_and_unknown_settings_are_named():
    pad = SketchPad(small_cnn())
    with pytest.raises(TraitError, match="3 scores.*10.*make a new SketchPad"):
        pad.network = network(Flatten(), Dense(64, 3))
    with pytest.raises(TraitError, match=r"unknown settings \['colour'\]"):
        SketchPad(small_cnn(), colour="red")
    assert SketchPad(network(Flatten(), Dense(64, 2)), classes=["cat", "dog"]).classes[1] == "dog"
