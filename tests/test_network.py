import json
import zipfile

import numpy as np
import pytest

from cnnlib import data, ops
from cnnlib.network import (
    AvgPool,
    Conv,
    Dense,
    Flatten,
    L2Pool,
    LeakyReLU,
    MaxPool,
    Network,
    ReLU,
    Sigmoid,
    Tanh,
    gradient_errors,
    he,
    lenet5,
    small_cnn,
    xavier,
)

RANDOM = np.random.default_rng(12)
LABELS = np.array([2, 0])


def every_layer(**options):
    """One of each kind, on maps that are not square, with overlap, padding, stride, dilation."""
    return Network(
        [
            *(Conv(2, 3, (3, 2), padding=(1, 0), stride=(1, 2)), LeakyReLU(0.2)),
            *(MaxPool((3, 2), stride=(2, 1), padding=1), Tanh()),
            *(Conv(3, 4, (2, 3), padding=2, dilation=(2, 1)), Sigmoid()),
            *(AvgPool(3, stride=2, padding=1), L2Pool((2, 3), stride=1), ReLU()),
            *(Flatten(), Dense(16, 5), ReLU(), Dense(5, 3)),
        ],
        **options,
    )


def images_for_every_layer():
    return np.random.default_rng(5).normal(size=(2, 2, 7, 9))


def digits(count):
    (images, labels), _ = data.digits()
    return images[:count], labels[:count]


def step(network, images, labels, **options):
    trace = network.forward(images)
    loss, dloss = ops.softmax_cross_entropy(trace.scores, labels)
    return loss, trace, network.backward(trace, dloss, **options)


# What it computes


def test_layers_are_named_by_kind_and_counted():
    assert list(every_layer().layers) == [
        *("conv1", "leaky_relu1", "pool1", "tanh1", "conv2", "sigmoid1", "pool2", "pool3"),
        *("relu1", "flatten1", "dense1", "relu2", "dense2"),
    ]


def test_forward_is_the_operations_one_after_another():
    network, (images, _) = small_cnn(3), digits(4)
    w = network.parameters
    trace = network.forward(images)
    x1 = ops.conv(images, w["conv1.w"], w["conv1.b"], padding=1)
    y1, winner = ops.max_pool(ops.relu(x1), 2)
    x2 = ops.conv(y1, w["conv2.w"], w["conv2.b"], padding=1)
    y2, _ = ops.max_pool(ops.relu(x2), 2)
    scores = ops.dense(y2.reshape(4, -1), w["dense1.w"], w["dense1.b"])
    for name, expected in [("conv1", x1), ("pool1", y1), ("conv2", x2), ("pool2", y2)]:
        np.testing.assert_array_equal(trace[name], expected)
    np.testing.assert_array_equal(trace.winners["pool1"], winner)
    np.testing.assert_array_equal(trace.scores, scores)
    np.testing.assert_array_equal(trace["input"], images)
    np.testing.assert_allclose(trace.probabilities.sum(axis=1), 1, rtol=1e-6)
    np.testing.assert_array_equal(network.predict(images), scores.argmax(axis=1))


def test_every_parameter_of_every_layer_agrees_with_central_differences():
    network, images = every_layer(initialisation="xavier", seed=4), images_for_every_layer()
    trace = network.copy(dtype=float).forward(images)
    for name in ("conv1", "pool3", "dense1"):  # what goes into a ReLU, away from its kink
        assert np.abs(trace[name]).min() > 1e-3
    errors = gradient_errors(network, images, LABELS)
    assert list(errors) == list(network.parameters)
    assert max(errors.values()) < 1e-7, errors


@pytest.mark.parametrize("seed", [0, 1])
def test_the_gradient_check_of_small_cnn_holds_on_digits_with_blank_borders(seed):
    errors = gradient_errors(small_cnn(seed), *digits(2), most=20)
    assert max(errors.values()) < 1e-6, errors


def test_the_gradient_check_finds_a_broken_backward(monkeypatch):
    backward = Conv.backward

    def forgets_the_batch(self, d_y, o, own, winner, to_input=True):
        d_o, gradients = backward(self, d_y, o, own, winner, to_input)
        return d_o, {**gradients, "w": gradients["w"] / len(o)}

    monkeypatch.setattr(Conv, "backward", forgets_the_batch)
    errors = gradient_errors(every_layer(seed=4), images_for_every_layer(), LABELS)
    assert errors["conv1.w"] == pytest.approx(0.5, rel=1e-3)
    assert errors["dense1.w"] < 1e-7


def test_every_delta_says_what_a_nudge_of_that_activation_does():
    """Delta at a layer times a small move of its output is the change of the loss above it."""
    network, images = every_layer(seed=4, dtype=float), images_for_every_layer()
    _, trace, gradients = step(network, images, LABELS)
    names = list(trace)
    assert list(gradients.delta) == names
    for at, name in enumerate(names):
        assert gradients.delta[name].shape == trace[name].shape
        above = list(network.layers.values())[at:]
        move = np.random.default_rng(at).normal(size=trace[name].shape)
        change = loss_above(network, above, trace[name] + 1e-6 * move)
        change -= loss_above(network, above, trace[name] - 1e-6 * move)
        assert np.sum(gradients.delta[name] * move) == pytest.approx(change / 2e-6, abs=1e-7)


def loss_above(network, layers, o):
    names = list(network.layers)[len(network.layers) - len(layers) :]
    for name, layer in zip(names, layers):
        w = {s: network.parameters[f"{name}.{s}"] for s in layer.parameter_shapes()}
        o, _ = layer.forward(o, w)
    return ops.softmax_cross_entropy(o, LABELS)[0]


def test_leaving_out_the_input_changes_no_other_gradient():
    network, (images, labels) = small_cnn(1), digits(3)
    _, _, whole = step(network, images, labels)
    _, _, without = step(network, images, labels, to_input=False)
    assert set(whole.delta) - set(without.delta) == {"input"}
    for name, gradient in whole.items():
        np.testing.assert_array_equal(without[name], gradient)
    first_dense = Network([Flatten(), Dense(64, 10)])
    assert "input" not in step(first_dense, images, labels, to_input=False)[2].delta


def test_norms_are_the_length_of_each_layers_gradient():
    _, _, gradients = step(small_cnn(1), *digits(3))
    w, b = (gradients[f"conv2.{name}"].astype(float).ravel() for name in "wb")
    assert list(gradients.norms()) == ["conv1", "conv2", "dense1"]
    assert gradients.norms()["conv2"] == pytest.approx(np.linalg.norm([*w, *b]), rel=1e-12)


def test_a_network_works_in_one_and_in_three_axes():
    signal = Network([Conv(1, 2, 3), ReLU(), MaxPool(2), Flatten(), Dense(8, 3)], seed=1)
    assert signal.forward(np.ones((2, 1, 11)))["pool1"].shape == (2, 2, 4)
    volume = Network([Conv(1, 2, (2, 2, 3)), AvgPool(2), Flatten(), Dense(8, 3)], seed=1)
    volumes = RANDOM.normal(size=(2, 1, 5, 5, 4))
    assert max(gradient_errors(volume, volumes, LABELS).values()) < 1e-7


def test_ten_layers_of_a_kind_keep_their_weights_apart():
    layers = [*(Dense(4, 4) for _ in range(11)), Dense(4, 3)]
    network = Network([Flatten(), *layers], initialisation="xavier", seed=2)
    images = RANDOM.normal(size=(2, 1, 4))
    o = images[:, 0]
    for at in range(1, 13):
        o = ops.dense(o, network.parameters[f"dense{at}.w"])
    np.testing.assert_allclose(network.scores(images), o, rtol=1e-6)
    assert max(gradient_errors(network, images, LABELS).values()) < 1e-7


def test_predict_takes_any_batch_in_parts(monkeypatch):
    monkeypatch.setattr("cnnlib.network.network.IMAGES_AT_A_TIME", 7)
    network, (images, _) = small_cnn(2), digits(20)
    expected = network.forward(images).scores.argmax(axis=1)
    np.testing.assert_array_equal(network.predict(images), expected)


# What it keeps, and that nothing changes


def test_forward_and_backward_change_nothing():
    network, (images, _) = small_cnn(1), digits(3)
    before = images.copy(), {name: w.copy() for name, w in network.parameters.items()}
    dloss = np.full((3, 10), 0.1, np.float32)
    trace = network.forward(images)
    network.backward(trace, dloss)
    network.backward(trace, dloss)
    np.testing.assert_array_equal(images, before[0])
    np.testing.assert_array_equal(dloss, np.full((3, 10), 0.1, np.float32))
    for name, w in network.parameters.items():
        np.testing.assert_array_equal(w, before[1][name])
    images[:] = 0  # the reader's own array is not frozen, and the trace has its own
    dloss[:] = 0
    assert trace["input"].any()


def test_nothing_in_a_record_can_be_changed():
    network, (images, labels) = small_cnn(1), digits(2)
    _, trace, gradients = step(network, images, labels)
    arrays = [*trace.values(), *trace.winners.values(), *trace.parameters.values()]
    for array in [*arrays, *gradients.values(), *gradients.delta.values()]:
        with pytest.raises(ValueError, match="read-only"):
            array[:] = 0
    with pytest.raises(TypeError):
        trace["conv1"] = 0
    with pytest.raises(TypeError):
        gradients.delta["conv1"] = 0
    with pytest.raises(TypeError):
        network.parameters["conv1.w"] = 0
    with pytest.raises(AttributeError):
        trace.winners = {}


def test_a_trace_is_differentiated_at_the_weights_it_was_made_with():
    network, (images, labels) = small_cnn(1), digits(2)
    _, trace, before = step(network, images, labels)
    network.parameters = {name: 3 * w for name, w in network.parameters.items()}
    dloss = ops.softmax_cross_entropy(trace.scores, labels)[1]
    after = network.backward(trace, dloss)
    np.testing.assert_array_equal(before.delta["input"], after.delta["input"])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_run_keeps_its_dtype(dtype):
    images, labels = digits(2)
    network = small_cnn(1, dtype=dtype)
    _, trace, gradients = step(network, images.astype(dtype), labels)
    arrays = [*trace.values(), *gradients.values(), *gradients.delta.values()]
    assert {array.dtype for array in [*arrays, *network.parameters.values()]} == {np.dtype(dtype)}
    network.parameters = {name: w.astype(float) for name, w in network.parameters.items()}
    assert network.parameters["conv1.w"].dtype == dtype


def test_a_copy_is_independent_and_the_same():
    network, (images, _) = small_cnn(1), digits(2)
    twin = network.copy()
    np.testing.assert_array_equal(twin.scores(images), network.scores(images))
    twin.parameters = {name: 0 * w for name, w in twin.parameters.items()}
    assert network.scores(images).any()
    assert network.copy(dtype=float).parameters["conv1.w"].dtype == np.float64


# First weights


def test_he_and_xavier_have_their_spread():
    assert he((6, 3, 5, 4)) == pytest.approx(np.sqrt(2 / 60))
    assert xavier((6, 3, 5, 4)) == pytest.approx(np.sqrt(2 / (60 + 120)))
    assert xavier((30, 20)) == pytest.approx(np.sqrt(2 / 50))
    for name, spread in [("he", he), ("xavier", xavier)]:
        w = Network([Conv(30, 40, (5, 5))], initialisation=name).parameters
        assert w["conv1.w"].std() == pytest.approx(spread((40, 30, 5, 5)), rel=0.02)
        assert not w["conv1.b"].any()


def test_the_same_seed_gives_the_same_weights_and_another_seed_others():
    first, again, other = small_cnn(5), small_cnn(5), small_cnn(6)
    for name, w in first.parameters.items():
        np.testing.assert_array_equal(again.parameters[name], w)
    assert (other.parameters["conv1.w"] != first.parameters["conv1.w"]).all()


@pytest.mark.parametrize("seed", range(4))
def test_before_training_the_loss_is_near_log_ten(seed):
    images, labels = digits(500)
    loss, _ = ops.softmax_cross_entropy(small_cnn(seed).scores(images), labels)
    assert loss == pytest.approx(np.log(10), abs=0.03)


# Summary


def test_the_summary_of_lenet5_tells_shapes_parameters_and_receptive_fields():
    rows = {row.name: row for row in lenet5().summary().rows}
    assert rows["conv2"].shape == (16, 10, 10)
    assert [rows[name].parameters for name in ("conv1", "conv2", "dense1", "dense2", "dense3")] == [
        *(156, 2416, 48120, 10164, 850),
    ]
    fields = [rows[n].field for n in ("input", "conv1", "relu1", "pool1", "conv2", "pool2")]
    assert fields == [(1, 1), (5, 5), (5, 5), (6, 6), (14, 14), (16, 16)]
    assert rows["dense1"].field == (28, 28)
    assert lenet5().summary().parameters == 61706


def test_receptive_fields_agree_with_what_a_delta_reaches():
    """One output's gradient at the image is nonzero on its receptive field and nowhere else."""
    layers = [Conv(1, 1, (3, 2), stride=(1, 2)), AvgPool((2, 3)), Conv(1, 1, (2, 2), dilation=2)]
    network = Network(layers, input_shape=(1, 20, 40), dtype=float)
    network.parameters = {name: 1 + np.abs(w) for name, w in network.parameters.items()}
    trace = network.forward(np.ones((1, 1, 20, 40)))
    dloss = np.zeros_like(trace.scores)
    dloss[0, 0, 1, 1] = 1
    reached = np.argwhere(network.backward(trace, dloss).delta["input"][0, 0])
    sizes = tuple(reached.max(axis=0) - reached.min(axis=0) + 1)
    assert network.summary().rows[-1].field == sizes


def test_the_summary_shows_itself_as_text_and_as_html():
    text, html = repr(small_cnn()), small_cnn()._repr_html_()
    assert "conv 3×3, 8 → 16, padding 1" in text
    assert text.endswith("1,898 parameters")
    assert len({line.find("1×8×8") for line in text.splitlines() if "1×8×8" in line}) == 1
    assert html.count("<tr>") == 1 + 1 + 8
    assert "16×4×4" in html
    assert repr(Network([ReLU()])) == "Network([ReLU()])"
    assert Network([ReLU()])._repr_html_() is None
    with pytest.raises(ValueError, match="no input shape is known"):
        Network([ReLU()]).summary()
    assert Network([ReLU()]).summary((2, 5)).rows[-1].shape == (2, 5)


def test_layers_are_described_in_words():
    described = [layer.describe() for layer in every_layer().layers.values()]
    assert described[0] == "conv 3×2, 2 → 3, stride 1×2, padding 1×0"
    assert described[2] == "max pool 3×2, stride 2×1, padding 1"
    assert described[4] == "conv 2×3, 3 → 4, padding 2, dilation 2×1"
    assert described[6:8] == ["average pool 3, stride 2, padding 1", "L2 pool 2×3, stride 1"]


# Errors


@pytest.mark.parametrize(
    ("layers", "says"),
    [
        ([Conv(2, 4, (3, 3))], r"conv1 \(conv 3×3, 2 → 4\): it is given \(1, 8, 8\); 2 maps"),
        ([Conv(1, 4, 3)], "two sizes|one size per spatial axis"),
        ([Conv(1, 4, (9, 9))], "does not fit"),
        ([Dense(64, 10)], r"put Flatten\(\) before it"),
        ([Flatten(), Dense(63, 10)], r"write Dense\(64, …\)"),
        ([Flatten(), MaxPool(2)], r"pool1 .* pool before Flatten\(\)"),
        ([MaxPool((2, 2, 2))], "pool1"),
    ],
)
def test_layers_that_do_not_fit_are_named_at_once(layers, says):
    with pytest.raises(ValueError, match=says):
        Network(layers, input_shape=(1, 8, 8))
    with pytest.raises(ValueError, match=says):
        Network(layers).forward(np.ones((2, 1, 8, 8)))


@pytest.mark.parametrize(
    ("make", "error", "says"),
    [
        (lambda: Network([]), ValueError, "list of layers is empty"),
        (lambda: Network([ReLU]), TypeError, "with brackets"),
        (lambda: Network(ReLU()), TypeError, r"layers is ReLU\(\); a list is expected"),
        (lambda: Network([ReLU()], initialisation="zeros"), ValueError, "he, xavier"),
        (lambda: Network([ReLU()], initialisation=["he"]), ValueError, "he, xavier"),
        (lambda: Network([ReLU()], dtype="spam"), TypeError, "dtype is 'spam'; a floating one"),
        (lambda: Network([ReLU()], seed=-1), ValueError, "seed is -1"),
        (lambda: Network([ReLU()], dtype=int), TypeError, "floating"),
        (lambda: Network([ReLU()], input_shape=64), TypeError, "one image's"),
        (lambda: Network([ReLU()], input_shape=(1, 8.0)), TypeError, "input_shape is 8.0"),
        (lambda: Network([ReLU()], input_shape=()), ValueError, "one image's"),
        (lambda: Conv(0, 2, (3, 3)), ValueError, "maps is 0"),
        (lambda: Conv(1, 2.0, (3, 3)), TypeError, "filters is 2.0"),
        (lambda: Conv(1, 2, (3, 3), stride=0), ValueError, "stride is 0"),
        (lambda: Dense(3, True), TypeError, "outputs is True"),
        (lambda: MaxPool(2, padding=-1), ValueError, "padding is -1"),
        (lambda: AvgPool("2"), TypeError, "size is '2'"),
        (lambda: LeakyReLU(np.nan), ValueError, "slope is nan"),
    ],
)
def test_wrong_layers_are_named(make, error, says):
    with pytest.raises(error, match=says):
        make()


def test_wrong_arrays_are_named():
    network, (images, _) = small_cnn(), digits(2)
    trace = network.forward(images)
    with pytest.raises(ValueError, match=r"\(N, C, \*spatial\)"):
        network.forward(images[0, 0])
    with pytest.raises(ValueError, match="conv1"):
        network.predict(images[0])
    with pytest.raises(ValueError, match=r"dloss has shape \(2, 9\); the scores have \(2, 10\)"):
        network.backward(trace, np.ones((2, 9)))
    with pytest.raises(ValueError, match="pass what its own forward gave"):
        lenet5().backward(trace, np.ones((2, 10)))
    with pytest.raises(KeyError, match="'conv3' is not the name of an activation: input, conv1"):
        trace["conv3"]
    for given in (images, trace.scores, None):
        with pytest.raises(TypeError, match=r"a Trace is expected: pass what forward\(images\)"):
            network.backward(given, np.ones((2, 10)))
    with pytest.raises(ValueError, match="scores are NaN"):
        network.predict(images * np.float32(np.nan))
    with pytest.raises(ValueError, match="end it with Flatten"):
        Network([Conv(1, 4, (3, 3))]).predict(images)


def test_parameters_can_only_be_replaced_by_ones_that_fit():
    network = small_cnn()
    network.parameters = {**network.parameters, "dense1.b": range(10)}
    assert network.parameters["dense1.b"].tolist() == list(range(10))
    with pytest.raises(ValueError, match=r"conv1\.w, conv1\.b"):
        network.parameters = {"conv1.w": network.parameters["conv1.w"]}
    with pytest.raises(TypeError, match="arrays by name are expected"):
        network.parameters = network.parameters.values()
    with pytest.raises(ValueError, match=r"dense1\.b has shape \(9,\); its layer has \(10,\)"):
        network.parameters = {**network.parameters, "dense1.b": range(9)}
    assert network.parameters["dense1.b"].tolist() == list(range(10))


# Files


@pytest.mark.parametrize("make", [small_cnn, every_layer])
def test_a_saved_network_comes_back_the_same(tmp_path, make):
    network = make(seed=3)
    network.save(tmp_path / "network.npz")
    back = Network.load(tmp_path / "network.npz")
    assert dict(back.layers) == dict(network.layers)
    assert (back.input_shape, back.dtype) == (network.input_shape, network.dtype)
    for name, w in network.parameters.items():
        np.testing.assert_array_equal(back.parameters[name], w)
    assert [path.name for path in tmp_path.iterdir()] == ["network.npz"]


def test_a_file_that_cannot_be_opened_stays_an_os_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        Network.load(tmp_path / "nothing.npz")


class Trap:
    """Unpickling it makes a file."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return type(self.path).touch, (self.path,)


def test_foreign_files_are_refused_and_nothing_in_them_runs(tmp_path):
    path = tmp_path / "foreign.npz"
    contents = [b"", b"hello", b"PK\x05\x06" + bytes(18), b"\x80\x04N."]
    for content in contents:
        path.write_bytes(content)
        with pytest.raises(ValueError, match="foreign.npz is not a cnnlib network"):
            Network.load(path)
    np.savez(path, description=np.array([Trap(tmp_path / "trapped")], dtype=object))
    with pytest.raises(ValueError, match="foreign.npz is not a cnnlib network"):
        Network.load(path)
    assert not (tmp_path / "trapped").exists()
    np.savez(path, a=np.ones(3))
    with pytest.raises(ValueError, match="foreign.npz is not a cnnlib network"):
        Network.load(path)


@pytest.mark.parametrize(
    ("about", "says"),
    [
        ({"kind": "a state of training"}, "it is a state of training"),
        ({"layers": [{"layer": "os.system"}]}, "'os.system' is not a layer"),
        ({"layers": [{"layer": "ReLU", "slope": 1}]}, "slope"),
        ({"layers": 3}, "not iterable"),
        ({"layers": []}, "empty"),
        ({"dtype": "object"}, "floating"),
        ({"input_shape": [1, 8, 13]}, "dense1"),
        ({"layers": [{"layer": "Dense", "inputs": 3, "outputs": 10**12}]}, "parameters are named"),
    ],
)
def test_a_file_with_another_description_is_refused(tmp_path, about, says):
    path = tmp_path / "network.npz"
    small_cnn().save(path)
    with np.load(path) as arrays:
        parts = dict(arrays)
    parts["description"] = np.array(json.dumps(json.loads(str(parts["description"])) | about))
    np.savez(path, **parts)
    with pytest.raises(ValueError, match=says):
        Network.load(path)


def test_damaged_files_are_value_errors(tmp_path):
    path, random = tmp_path / "network.npz", np.random.default_rng(1)
    small_cnn().save(path)
    whole = path.read_bytes()
    for _ in range(150):
        damaged = bytearray(whole[: random.integers(0, len(whole))])
        for place in random.integers(0, len(whole), 3):
            damaged[place : place + 1] = random.bytes(1)
        path.write_bytes(damaged)
        with pytest.raises(ValueError, match="network.npz is not a cnnlib network"):
            Network.load(path)


def test_a_file_that_claims_to_be_huge_is_not_unpacked(tmp_path, monkeypatch):
    path = tmp_path / "network.npz"
    small_cnn().save(path)
    monkeypatch.setattr("cnnlib._archives.MOST_BYTES", 1000)
    with pytest.raises(ValueError, match="more than 1000"):
        Network.load(path)


def test_an_interrupted_save_leaves_the_file_that_was_there(tmp_path, monkeypatch):
    path = tmp_path / "network.npz"
    small_cnn(1).save(path)
    before = path.read_bytes()
    monkeypatch.setattr(np, "savez_compressed", lambda *a, **k: (_ for _ in ()).throw(OSError()))
    with pytest.raises(OSError):  # noqa: PT011
        small_cnn(2).save(path)
    assert path.read_bytes() == before
    assert zipfile.is_zipfile(path)


def test_a_file_is_given_by_its_name_and_a_folder_is_left_alone(tmp_path):
    network = small_cnn()
    for path in (3, True, None, b"run.npz"):
        with pytest.raises(TypeError, match=r"path is .*; a file is expected: pass its name"):
            network.save(path)
        with pytest.raises(TypeError, match="a file is expected"):
            Network.load(path)
    for path in (tmp_path, str(tmp_path), ""):
        with pytest.raises(IsADirectoryError, match="is a folder; a file is expected"):
            network.save(path)
        with pytest.raises(IsADirectoryError, match="is a folder"):
            Network.load(path)
    assert list(tmp_path.iterdir()) == [] == list(tmp_path.parent.glob("*.part"))
