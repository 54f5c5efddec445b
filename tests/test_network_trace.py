import json

import numpy as np
import pytest
from traitlets import TraitError

from cnnlib import data, ops
from cnnlib import network as n
from cnnlib.widgets import NetworkTrace


@pytest.fixture(scope="module")
def digits():
    images, labels = data.digits()[1]
    return images[:12], labels[:12]


def test_the_browser_gets_everything_and_little_of_it(digits):
    widget = NetworkTrace(n.small_cnn(), *digits)
    assert [layer["name"] for layer in widget.layers] == [
        "input", "conv1", "relu1", "pool1", "conv2", "relu2", "pool2", "dense1", "softmax",
    ]  # fmt: skip
    sent = {k: v for k, v in widget.get_state().items() if not k.startswith("_")}
    assert len(json.dumps(sent, allow_nan=False)) < 60_000
    np.testing.assert_array_equal(np.reshape(widget.images, digits[0].shape), digits[0])


def test_the_weights_are_rounded_and_the_network_stays_as_it_was(digits):
    network = n.small_cnn(seed=4)
    before = dict(network.parameters)
    widget = NetworkTrace(network, *digits)
    assert all(network.parameters[name] is array for name, array in before.items())
    for name, array in widget.network.parameters.items():
        np.testing.assert_allclose(array, before[name], rtol=0, atol=0.0005 + 1e-7)
        np.testing.assert_array_equal(array, array.round(3))
    layer = next(layer for layer in widget.layers if layer["name"] == "conv2")
    np.testing.assert_array_equal(layer["w"], widget.network.parameters["conv2.w"].ravel())


def test_it_opens_on_the_pixel_that_moves_the_error_most(digits):
    widget = NetworkTrace(n.small_cnn(seed=4), *digits)
    trace = widget.network.forward(digits[0][:1])
    _, dloss = ops.softmax_cross_entropy(trace.scores, digits[1][:1])
    delta = widget.network.backward(trace, dloss).delta["input"]
    assert widget.selected == ["input", int(np.abs(delta).argmax())]


def test_without_labels_each_picture_is_what_the_network_says(digits):
    widget = NetworkTrace(n.small_cnn(seed=4), digits[0])
    assert widget.labels == widget.network.predict(digits[0]).tolist()


@pytest.mark.parametrize(
    ("network", "words"),
    [
        (n.lenet5(), "too large to be seen: 4704 numbers in a layer"),
        (n.Network([n.Flatten(), n.Dense(64, 90)]), "5850 weights"),
        (n.Network([n.Conv(1, 1, (3, 3)), n.LeakyReLU(), n.Flatten(), n.Dense(36, 2)]), "leaky"),
        (n.Network([n.Conv(1, 1, (3, 3))]), "the last layer is dense"),
        (n.Network([n.Conv(2, 1, (3, 3)), n.Flatten(), n.Dense(36, 2)]), "do not fit the network"),
        (
            n.Network([n.Conv(1, 1, (3, 3), stride=(1, 2)), n.Flatten(), n.Dense(18, 2)]),
            "same stride",
        ),
        ("small_cnn", "cnnlib.network.Network is expected"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_the_remedy(digits, network, words):
    images = np.zeros((12, 1, 28, 28)) if "4704" in words else digits[0]
    with pytest.raises(TraitError, match=words):
        NetworkTrace(network, images, np.zeros(12, int))


@pytest.mark.parametrize(
    ("images", "labels", "words"),
    [
        (np.zeros((13, 1, 8, 8)), None, "1 to 12 pictures"),
        (np.zeros((0, 1, 8, 8)), None, "1 to 12 pictures"),
        (np.zeros((8, 8)), None, "shape \\(C, H, W\\) are expected"),
        (np.full((1, 1, 8, 8), np.nan), None, "NaN"),
        (np.zeros((2, 1, 8, 8)), [1], "2 integers from 0 to 9"),
        (np.zeros((1, 1, 8, 8)), [10], "from 0 to 9"),
        (np.zeros((1, 1, 8, 8)), [1.5], "from 0 to 9"),
        (np.zeros((2, 1, 8, 8)), np.eye(10)[:2], "labels is an array of shape \\(2, 10\\)"),
        (np.zeros((2, 1, 8, 8)), [[1], [2, 3]], "labels is .*rows of equal length"),
        (np.ma.masked_less(np.zeros((1, 1, 8, 8)), 1), None, "images has masked numbers"),
    ],
)
def test_pictures_and_labels_that_do_not_fit_are_refused(images, labels, words):
    with pytest.raises(TraitError, match=words):
        NetworkTrace(n.small_cnn(), images, labels)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *[("digit", 12), ("digit", -1), ("target", 10), ("target", -2), ("position", -2)],
        *[("selected", ["conv1", 512]), ("selected", ["conv9", 0]), ("selected", ["conv1"])],
        *[("selected", ["conv2.w", 1152]), ("selected", ["conv1", 1.5]), ("reading", "both")],
    ],
)
def test_a_wrong_assignment_raises_at_once_and_changes_nothing(digits, name, value):
    widget = NetworkTrace(n.small_cnn(), *digits)
    before = getattr(widget, name)
    with pytest.raises(TraitError):
        setattr(widget, name, value)
    assert getattr(widget, name) == before


def test_a_class_is_a_number_in_the_browser_too(digits):
    widget = NetworkTrace(n.small_cnn(), *digits, target=False)
    assert json.dumps(widget.get_state("target")) == '{"target": 0}'


def test_a_cell_a_weight_or_nothing_can_be_picked(digits):
    widget = NetworkTrace(n.small_cnn(), *digits, selected=["conv2.w", 1151])
    for pick in (["conv1", 511], ["softmax", 9], []):
        widget.selected = pick
        assert widget.selected == pick
    with pytest.raises(TraitError, match="unknown settings \\['layers'\\]"):
        NetworkTrace(n.small_cnn(), *digits, layers=[])
