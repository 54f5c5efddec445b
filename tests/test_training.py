import json

import numpy as np
import pytest

from cnnlib import data, ops
from cnnlib.network import Conv, Dense, Flatten, LeakyReLU, Network, ReLU, small_cnn
from cnnlib.training import Settings, State, Step, evaluate, fit, momentum_step


def digits(count=150):
    (images, labels), _ = data.digits()
    return images[:count], labels[:count]


def tiny(seed=0, **options):
    """A network that takes a step in no time."""
    return Network(
        [Conv(1, 2, (3, 2), stride=2), ReLU(), Flatten(), Dense(24, 10)], seed=seed, **options
    )


def run(network, **options):
    return list(fit(network, *digits(), **({"epochs": 2, "batch": 40} | options)))


def same_parameters(one, other):
    return all(np.array_equal(w, other[name]) for name, w in one.items())


# What a step is


def test_a_step_is_the_gradient_of_its_batch_with_momentum_and_decay():
    network, (images, labels) = tiny(3, dtype=float), digits()
    settings = {"rate": 0.03, "momentum": 0.7, "weight_decay": 0.01}
    steps = fit(network, images, labels, epochs=1, batch=40, seed=5, **settings)
    order = np.random.default_rng([5, 0]).permutation(150)
    w = dict(network.parameters)
    v = {name: np.zeros_like(values) for name, values in w.items()}
    for at in range(0, 150, 40):
        trace = network.forward(images[order[at : at + 40]])
        loss, dloss = ops.softmax_cross_entropy(trace.scores, labels[order[at : at + 40]])
        gradients = network.backward(trace, dloss)
        for name, values in w.items():
            decay = 0.01 * values if name.endswith(".w") else 0
            v[name] = 0.7 * v[name] - 0.03 * (gradients[name] + decay)
            w[name] = values + v[name]
        step = next(steps)
        assert step.loss == pytest.approx(loss, rel=1e-12)
        assert step.gradient_norms["conv1"] == pytest.approx(gradients.norms()["conv1"], rel=1e-12)
        np.testing.assert_allclose(step.gradients["conv1.w"], gradients["conv1.w"], rtol=1e-9)
        for name, values in network.parameters.items():
            np.testing.assert_allclose(values, w[name], rtol=1e-9, atol=1e-12)
        right = trace.scores.argmax(axis=1) == labels[order[at : at + 40]]
        assert step.accuracy == right.mean()
    assert next(steps, None) is None


def test_without_momentum_and_decay_a_step_goes_down_the_gradient():
    w, d_w = {"w": np.array([[1.0, 2.0]])}, {"w": np.array([[10.0, -10.0]])}
    moved, velocity = momentum_step(w, d_w, {"w": np.zeros((1, 2))}, rate=0.1)
    assert moved["w"].tolist() == [[0, 3]]
    assert velocity["w"].tolist() == [[-1, 1]]
    assert w["w"].tolist() == [[1, 2]]


def test_steps_count_from_one_and_say_where_an_epoch_ends():
    steps = run(tiny(), epochs=3)
    assert [step.step for step in steps] == list(range(1, 13))
    assert [step.epoch for step in steps] == [1] * 4 + [2] * 4 + [3] * 4
    assert [step.step for step in steps if step.ends_epoch] == [4, 8, 12]
    assert {(step.epochs, step.steps) for step in steps} == {(3, 12)}
    assert repr(steps[4]).startswith("<Step 5 of 12, epoch 2 of 3: loss ")


def test_a_step_keeps_no_activations_and_no_deltas():
    (step, *_) = run(tiny(), epochs=1)
    kept = [*step.gradients.values(), *step.state.parameters.values()]
    assert [name for name in vars(step) if name not in Step.__annotations__] == []
    assert {array.shape for array in kept} == {(2, 1, 3, 2), (2,), (10, 24), (10,)}
    assert not hasattr(step.gradients, "delta")


def test_each_epoch_shows_every_image_once_in_a_new_order():
    settings = Settings(150, 40, 0.1, 0.9, 0.0, seed=8)
    epochs = [np.concatenate([settings.batch_at(4 * e + k) for k in range(4)]) for e in range(3)]
    for order in epochs:
        assert sorted(order) == list(range(150))
    assert (epochs[0] != epochs[1]).any()
    assert (epochs[1] != epochs[2]).any()
    assert len(settings.batch_at(3)) == 30


# The same run again


def test_the_same_seed_gives_the_same_run_to_the_last_bit():
    first, again = run(tiny(), seed=2), run(tiny(), seed=2)
    assert [step.loss for step in first] == [step.loss for step in again]
    assert same_parameters(first[-1].state.parameters, again[-1].state.parameters)
    other = run(tiny(), seed=3)
    assert [step.loss for step in first] != [step.loss for step in other]


@pytest.mark.parametrize("stop", [1, 4, 6])
def test_a_run_that_was_saved_and_resumed_gives_the_same_bits(tmp_path, stop):
    options = {"epochs": 2, "weight_decay": 0.01, "seed": 4}
    whole = run(tiny(1), **options)
    network = tiny(1)
    steps = fit(network, *digits(), batch=40, **options)
    for _ in range(stop):
        step = next(steps)
    step.state.save(tmp_path / "state.npz")
    state = State.load(tmp_path / "state.npz")
    fresh = tiny(9)  # its own weights do not matter: the state brings them
    rest = run(fresh, resume=state, **options)
    assert [s.step for s in rest] == list(range(stop + 1, 9))
    assert [s.loss for s in rest] == [s.loss for s in whole[stop:]]
    assert same_parameters(fresh.parameters, whole[-1].state.parameters)
    assert same_parameters(rest[-1].state.velocity, whole[-1].state.velocity)


def test_a_state_kept_from_the_middle_stays_what_it_was():
    steps = run(tiny(1))
    rest = run(tiny(1), resume=steps[2].state)
    assert [s.loss for s in rest] == [s.loss for s in steps[3:]]
    with pytest.raises(ValueError, match="read-only"):
        steps[2].state.velocity["conv1.w"][:] = 0


def test_more_epochs_go_on_from_a_finished_run():
    longer = run(tiny(1), epochs=3)
    finished = run(tiny(1), epochs=2)[-1].state
    assert run(tiny(1), epochs=2, resume=finished) == []
    rest = run(tiny(1), epochs=3, resume=finished)
    assert [s.loss for s in rest] == [s.loss for s in longer[8:]]


def test_leaving_the_loop_leaves_the_network_at_that_step():
    network = tiny(1)
    before = network.parameters
    steps = fit(network, *digits(), epochs=1)
    assert network.parameters is before  # nothing happens until a step is asked for
    step = next(steps)
    steps.close()
    assert same_parameters(network.parameters, step.state.parameters)
    assert not same_parameters(network.parameters, before)


def test_training_changes_neither_images_nor_labels():
    images, labels = digits()
    before = images.copy(), labels.copy()
    list(fit(tiny(), images, labels, epochs=1))
    np.testing.assert_array_equal(images, before[0])
    np.testing.assert_array_equal(labels, before[1])


def test_a_float32_run_stays_float32_whatever_the_images_are():
    images, labels = digits()
    for given in (images, images.astype(float), (16 * images).astype(np.uint8)):
        (step, *_) = fit(tiny(), given, labels.tolist(), epochs=1)
        arrays = [*step.state.parameters.values(), *step.state.velocity.values()]
        assert {a.dtype for a in [*arrays, *step.gradients.values()]} == {np.dtype(np.float32)}


# That it learns


def test_three_epochs_of_training_read_most_digits():
    """The whole run, and what it reaches, is in the soak test below."""
    (images, labels), test = data.digits()
    network = small_cnn()
    losses = [step.loss for step in fit(network, images, labels, epochs=3)]
    assert losses[0] == pytest.approx(np.log(10), abs=0.1)
    assert np.mean(losses[-23:]) < 0.6  # 0.37 here
    assert evaluate(network, *test).accuracy > 0.85  # 0.92 here


@pytest.mark.soak
def test_small_cnn_reads_97_and_a_half_percent_after_25_epochs():
    (images, labels), test = data.digits()
    network = small_cnn()
    for _ in fit(network, images, labels, epochs=25):
        pass
    assert evaluate(network, *test).accuracy >= 0.975


def test_ten_images_can_be_learnt_by_heart():
    network, (images, labels) = small_cnn(2), digits(10)
    for _ in fit(network, images, labels, epochs=80, rate=0.1):
        pass
    assert evaluate(network, images, labels).accuracy == 1


# Odd amounts


def test_a_batch_larger_than_the_data_takes_all_of_it():
    images, labels = digits(7)
    steps = list(fit(tiny(), images, labels, epochs=3, batch=1000))
    assert [step.step for step in steps] == [1, 2, 3]
    together = tiny().forward(images)
    assert steps[0].loss == pytest.approx(
        ops.softmax_cross_entropy(together.scores, labels)[0], rel=1e-5
    )


def test_one_image_is_learnt():
    images, labels = digits(1)
    steps = list(fit(tiny(), images, labels, epochs=20, batch=1))
    assert steps[-1].loss < 0.1 * steps[0].loss


# Errors


@pytest.mark.parametrize(
    ("options", "error", "says"),
    [
        ({"epochs": 0}, ValueError, "epochs is 0"),
        ({"epochs": 1.5}, TypeError, "epochs is 1.5"),
        ({"batch": 0}, ValueError, "batch is 0"),
        ({"rate": 0}, ValueError, "rate is 0.0; more than 0"),
        ({"rate": -0.1}, ValueError, "rate is -0.1; more than 0"),
        ({"rate": np.nan}, ValueError, "rate is nan"),
        ({"rate": "fast"}, TypeError, "rate is 'fast'"),
        ({"momentum": 1}, ValueError, "momentum is 1.0; 0 to less than 1"),
        ({"momentum": -0.5}, ValueError, "momentum is -0.5"),
        ({"weight_decay": -1}, ValueError, "weight_decay is -1.0; 0 or more"),
        ({"seed": -1}, ValueError, "seed is -1"),
        ({"resume": "state.npz"}, TypeError, r"State\.load"),
    ],
)
def test_wrong_settings_are_named_before_the_first_step(options, error, says):
    with pytest.raises(error, match=says):
        fit(tiny(), *digits(5), **({"epochs": 1} | options))


@pytest.mark.parametrize("network", [None, small_cnn, [Dense(64, 10)]])
def test_what_is_no_network_is_named(network):
    for use in (lambda n, i, t: fit(n, i, t, epochs=1), evaluate):
        with pytest.raises(TypeError, match="network is .*; a Network is expected"):
            use(network, *digits(5))


def test_a_step_is_refused_where_it_would_be_broadcast_or_is_no_number():
    w, rest = {"w": np.ones((2, 3))}, {"w": np.zeros((2, 3))}
    with pytest.raises(ValueError, match=r"gradient of w has shape \(3,\); the parameter has"):
        momentum_step(w, {"w": np.ones(3)}, rest, rate=0.1)
    with pytest.raises(ValueError, match=r"velocity of w has shape \(\); the parameter has"):
        momentum_step(w, w, {"w": 0.0}, rate=0.1)
    with pytest.raises(ValueError, match="rate is nan"):
        momentum_step(w, w, rest, rate=np.nan)
    with pytest.raises(TypeError, match="momentum is '0'"):
        momentum_step(w, w, rest, rate=0.1, momentum="0")


@pytest.mark.parametrize("use", [lambda n, i, t: fit(n, i, t, epochs=1), evaluate])
def test_wrong_images_and_labels_are_named_before_the_first_step(use):
    images, labels = digits(5)
    wrong = [
        (images, labels[:4], ValueError, r"labels has shape \(4,\); 5 images ask for \(5,\)"),
        (images, labels[:, None], ValueError, r"a column labels\[:, 0\]"),
        (images, labels + 6, ValueError, "there are 10 classes"),
        (images, -labels - 1, ValueError, "there are 10 classes"),
        (images, labels.astype(float), TypeError, "dtype float64"),
        (images, list("abcde"), TypeError, "class numbers"),
        (images[:, 0], labels, ValueError, "conv1"),
        (images[:, :, :5], labels, ValueError, "dense1"),
        (images[:0], labels[:0], ValueError, "no axis may be 0"),
        (images * np.float32(np.nan), labels, ValueError, "images hold NaN"),
        (images.astype(float) * 1e300, labels, ValueError, "beyond float32"),
        (images.astype(complex), labels, TypeError, "complex"),
    ]
    for given, numbers, error, says in wrong:
        with pytest.raises(error, match=says):
            use(tiny(), given, numbers)


def test_a_network_that_ends_with_maps_cannot_be_trained():
    with pytest.raises(ValueError, match="end it with Flatten"):
        fit(Network([Conv(1, 2, (3, 3))]), *digits(5), epochs=1)


def test_a_loss_that_runs_away_stops_with_what_to_try():
    layers = [Conv(1, 3, (3, 3)), LeakyReLU(0.5), Flatten(), Dense(108, 10)]
    network, seen = Network(layers), []
    steps = fit(network, *digits(), epochs=300, rate=1e5)
    with pytest.raises(FloatingPointError, match=r"at step \d+ \(epoch \d+\).*rate.*such as 10000"):
        seen.extend(steps)
    assert len(seen) > 1
    assert same_parameters(network.parameters, seen[-1].state.parameters)


def test_weights_that_are_not_numbers_any_more_are_found_at_the_next_step():
    network = tiny()
    network.parameters = {name: w * np.float32(np.nan) for name, w in network.parameters.items()}
    with pytest.raises(FloatingPointError, match=r"the loss is nan at step 1 \(epoch 1\)"):
        next(fit(network, *digits(5), epochs=1))


def test_a_state_of_another_run_is_refused():
    state = run(tiny())[3].state
    for options, says in [
        ({"rate": 0.01}, "rate=0.05, which differs"),
        ({"batch": 50, "seed": 3}, "batch=40, seed=0"),
    ]:
        with pytest.raises(ValueError, match=says):
            run(tiny(), resume=state, **options)
    with pytest.raises(ValueError, match="images=150"):
        fit(tiny(), *digits(149), epochs=1, batch=40, resume=state)
    with pytest.raises(ValueError, match="parameters are named"):
        run(small_cnn(), resume=state)
    with pytest.raises(ValueError, match="2.0 epochs into its run"):
        run(tiny(), epochs=1, resume=run(tiny())[-1].state)


def saved_state(path):
    state = run(tiny(), epochs=1)[-1].state
    state.save(path)
    return state


def test_damaged_and_foreign_state_files_are_value_errors(tmp_path):
    path, random = tmp_path / "state.npz", np.random.default_rng(2)
    saved_state(path)
    whole = path.read_bytes()
    for _ in range(100):
        path.write_bytes(whole[: random.integers(0, len(whole))])
        with pytest.raises(ValueError, match="state.npz is not a state of training"):
            State.load(path)
    tiny().save(path)
    with pytest.raises(ValueError, match="it is a cnnlib network"):
        State.load(path)
    with pytest.raises(FileNotFoundError):
        State.load(tmp_path / "nothing.npz")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda about, _: about.update(step=-1), "step is -1"),
        (lambda about, _: about["settings"].update(rate="x"), "rate is 'x'"),
        (lambda about, _: about["settings"].update(more=1), "more"),
        (lambda about, _: about.pop("settings"), "settings"),
        (lambda _, arrays: arrays["velocity/dense1.w"].fill(np.nan), "not a finite number"),
        (lambda _, arrays: arrays.update({"parameters/dense1.w": np.array("x")}), "finite"),
    ],
)
def test_a_state_file_with_wrong_contents_is_refused(tmp_path, change, says):
    path = tmp_path / "state.npz"
    saved_state(path)
    with np.load(path) as arrays:
        parts = dict(arrays)
    about = json.loads(str(parts.pop("description")))
    change(about, parts)
    np.savez(path, description=np.array(json.dumps(about)), **parts)
    with pytest.raises(ValueError, match=says):
        State.load(path)


def test_a_state_whose_arrays_do_not_fit_is_refused_when_resumed(tmp_path):
    state = saved_state(tmp_path / "state.npz")
    short = State(
        state.settings, state.step, state.parameters, dict(list(state.velocity.items())[1:])
    )
    with pytest.raises(ValueError, match="parameters are named"):
        run(tiny(), resume=short)


# How good it is


def test_an_evaluation_counts_what_was_misread():
    network = Network([Flatten(), Dense(4, 3)], dtype=float)
    network.parameters = {"dense1.w": np.eye(3, 4), "dense1.b": [0, 0, 0]}
    rows = np.array([[3, 0, 0, 0], [0, 2, 0, 0], [9, 0, 0, 0], [0, 1, 0, 0]], float)
    images = rows.reshape(4, 1, 2, 2)
    found = evaluate(network, images, [0, 1, 1, 2])
    assert found.predicted.tolist() == [0, 1, 0, 1]
    assert found.accuracy == 0.5
    assert found.confusion.tolist() == [[1, 0, 0], [1, 1, 0], [0, 1, 0]]
    assert found.worst().tolist() == [2, 3]
    assert found.worst(1).tolist() == [2]
    scores = rows[:, :3]
    assert found.loss == pytest.approx(ops.softmax_cross_entropy(scores, [0, 1, 1, 2])[0])
    np.testing.assert_allclose(found.probabilities, ops.softmax(scores), rtol=1e-12)
    assert "2 of 4 misread" in repr(found)
