"""TrainingBoard: it trains as fit does, obeys within one step, and keeps what it showed."""

import asyncio
import json
from base64 import b64decode

import numpy as np
import pytest
from traitlets import TraitError

from cnnlib import data
from cnnlib.network import Conv, Dense, Flatten, Network, ReLU, lenet5, small_cnn
from cnnlib.training import evaluate, fit
from cnnlib.widgets import TrainingBoard
from cnnlib.widgets.board_curves import Curves
from cnnlib.widgets.board_run import moments
from cnnlib.widgets.page import state_of

(IMAGES, LABELS), TEST = data.digits()
IMAGES, LABELS = IMAGES[:150], LABELS[:150]
FEW = {"epochs": 3, "batch": 40, "seed": 5}


def tiny(seed=0):
    return Network(
        [Conv(1, 2, (3, 2), stride=2), ReLU(), Flatten(), Dense(24, 10)],
        seed=seed,
        input_shape=(1, 8, 8),
    )


def board(network=None, **settings):
    settings = {"test": TEST, "seconds": 0.0, **FEW, **settings}
    return TrainingBoard(network or tiny(), IMAGES, LABELS, **settings)


def same(one, other):
    return all(np.array_equal(w, other[name]) for name, w in one.items())


def long(**settings):
    return board(epochs=400, **settings)


async def until(holds, seconds=20):
    async with asyncio.timeout(seconds):
        while not holds():
            await asyncio.sleep(0.002)


def test_it_trains_as_fit_does_to_the_last_bit_and_beside_the_notebook_too():
    network, beside, alone = tiny(), tiny(), tiny()
    steps = list(fit(network, IMAGES, LABELS, **FEW))
    board(alone).run()

    async def train():
        return await board(beside).train()

    found = asyncio.run(train())
    assert same(network.parameters, alone.parameters)
    assert same(network.parameters, beside.parameters)
    assert found.loss == evaluate(network, *TEST).loss
    assert len(steps) == 12


def test_its_history_is_the_mean_of_the_steps_and_the_test_after_each_epoch():
    shown, network = board(), tiny()
    shown.run()
    assert shown.history[0].test_loss == evaluate(network, *TEST).loss
    assert np.isnan(shown.history[0].loss)
    for epoch, steps in enumerate(np.split(np.array(list(fit(network, IMAGES, LABELS, **FEW))), 3)):
        told = shown.history[epoch + 1]
        assert told.loss == pytest.approx(np.mean([step.loss for step in steps]), rel=1e-12)
        assert told.accuracy == pytest.approx(np.mean([step.accuracy for step in steps]))
        norms = [step.gradient_norms["conv1"] for step in steps]
        assert told.gradient_norms["conv1"] == pytest.approx(np.mean(norms), rel=1e-12)
    assert told.test_accuracy == evaluate(network, *TEST).accuracy


def test_pause_go_on_and_stop_act_within_one_step():
    shown, moved = long(), []

    def step():
        return shown._run.step

    async def work():
        shown.start()
        await until(lambda: step() > 3)
        shown.pause()
        before = step()
        await asyncio.sleep(0.1)
        moved.append(step() - before)
        assert shown.progress["step"] == step()
        shown.resume()
        await until(lambda: step() > before + 3)
        shown.stop()
        before = step()
        await shown.wait()
        moved.append(step() - before)

    asyncio.run(work())
    assert max(moved) <= 1
    assert shown.state == "stopped"
    assert shown.results["confusion"]
    assert shown.evaluation.loss == evaluate(shown._network, *TEST).loss


def test_a_paused_run_ends_where_one_in_one_go_ends():
    shown, network = board(seconds=0.3), tiny()
    list(fit(network, IMAGES, LABELS, **FEW))

    async def work():
        shown.start()
        await until(lambda: shown._run.step > 3)
        shown.pause()
        assert shown.state == "paused"
        await asyncio.sleep(0.05)
        return await shown.train()

    asyncio.run(work())
    assert shown.state == "finished"
    assert same(network.parameters, shown._network.parameters)


@pytest.mark.parametrize("again", [False, True])
def test_a_second_start_stops_the_first(again):
    first = long()
    second = first if again else board()

    async def work():
        first.start()
        await until(lambda: first._run.step > 2)
        run = first._run
        second.start()
        at = run.step
        await until(lambda: second._run.step > 2)
        first.stop()
        await asyncio.gather(first.wait(), second.wait())
        return run.step - at

    assert asyncio.run(work()) <= 1
    assert first.state == "stopped"
    assert second is first or second.state == "finished"
    assert again or first.message == "Another board has been started."


def test_started_again_it_begins_with_the_first_weights():
    shown, network = board(), tiny()
    shown.run()
    once = shown.history
    shown.run()
    assert shown.history[1:] == once[1:]
    assert shown.history[0].test_loss == evaluate(network, *TEST).loss


def test_what_the_browser_says_is_heard_and_nonsense_does_no_harm():
    shown = long()

    async def work():
        for act in ("start", "nothing", None, {}):
            shown._heard(shown, {"act": act}, [])
        shown._heard(shown, "stop", [])
        await until(lambda: shown._run.step > 1)
        shown._heard(shown, {"act": "pause"}, [])
        assert shown.state == "paused"
        shown._heard(shown, {"act": "resume"}, [])
        assert shown.state == "running"
        await asyncio.to_thread(shown._heard, shown, {"act": "stop"}, [])
        await shown.wait()
        await asyncio.to_thread(shown._heard, shown, {"act": "start"}, [])
        await until(lambda: shown._run.step > 1)
        shown.stop()
        await shown.wait()

    asyncio.run(work())
    assert shown.state == "stopped"


def test_it_goes_slowly_only_while_somebody_watches():
    shown = board(seconds=60.0)
    assert shown._rest(0.01, since=0.5) == pytest.approx(60 / 12 - 0.01)
    assert shown._rest(0.01, since=5) == 0
    shown._heard(shown, {"act": "watch", "view": "a"}, [])
    assert shown._rest(0.01, since=5) > 0
    shown.full_speed = True
    assert shown._rest(0.01, since=5) == 0
    shown.full_speed = False
    shown._heard(shown, {"act": "leave", "view": "a"}, [])
    assert shown._rest(0.01, since=5) == 0


def test_numbers_beyond_all_bounds_are_told_in_a_sentence():
    shown = board(rate=1e30)
    assert shown.run() is None
    assert shown.state == "failed"
    assert "try a smaller rate" in shown.message
    assert isinstance(shown.error, FloatingPointError)
    assert shown.results == {}
    json.dumps(state_of(shown), allow_nan=False)


def test_any_other_error_is_shown_too_and_the_next_run_works(monkeypatch):
    shown = board()
    with monkeypatch.context() as patch:
        patch.setattr("cnnlib.widgets.board_run.Curves.add", lambda *_: 1 / 0)
        assert shown.run() is None
    assert shown.state == "failed"
    assert shown.message == "ZeroDivisionError: division by zero"
    assert shown.run() is not None
    assert (shown.state, shown.message, shown.error) == ("finished", "", None)


def test_interrupting_the_wait_stops_the_run():
    shown = long()

    async def work():
        waiting = asyncio.create_task(shown.train())
        await until(lambda: shown._run.step > 1)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        await shown.wait()

    asyncio.run(work())
    assert shown.state == "stopped"


def test_a_kernel_that_ends_leaves_no_task_behind():
    shown = long()

    async def work():
        shown.start()
        await until(lambda: shown._run.step > 1)

    asyncio.run(work())  # cancels what is left; a task that is lost would be a warning
    assert shown.state == "stopped"


def test_in_a_script_start_says_what_to_call_instead():
    with pytest.raises(RuntimeError, match=r"in a script use board.run\(\)"):
        board().start()


@pytest.mark.parametrize(
    ("settings", "error", "words"),
    [
        ({"epoch": 3}, TraitError, r"unknown settings \['epoch'\]"),
        ({"epochs": 0}, ValueError, "epochs is 0"),
        ({"rate": -1.0}, ValueError, "rate is -1.0"),
        ({"test": TEST[0]}, TypeError, r"pass test=\(test_images, test_labels\)"),
        ({"test": (TEST[0], TEST[1][:5])}, ValueError, "one label per image"),
        ({"part": "all"}, TraitError, "part"),
    ],
)
def test_what_does_not_fit_is_refused_at_once(settings, error, words):
    with pytest.raises(error, match=words):
        board(**settings)


def test_what_is_no_network_is_named_before_anything_is_drawn():
    with pytest.raises(TypeError, match="network is None; a Network is expected"):
        TrainingBoard(None, *TEST)


def unpacked(text, top, shape):
    return np.frombuffer(b64decode(text), np.int8).reshape(shape) * top / 127


def test_a_frame_holds_kernels_gradients_and_maps_to_a_byte():
    shown = board(small_cnn())
    shown.run()
    (*_, last), scene, network = shown.frames, shown.scene, shown._network
    step = shown._run.last
    trace = network.forward(shown._run.gallery.digits)
    assert last["epoch"] == 3
    assert [layer["name"] for layer in scene["layers"]] == ["conv1", "conv2"]
    for layer, saved in zip(scene["layers"], last["layers"]):
        w, gradient = network.parameters[f"{layer['name']}.w"], step.gradients[f"{layer['name']}.w"]
        maps = trace[layer["maps"]]
        for name, expected in (("kernels", w), ("gradients", gradient), ("maps", maps)):
            top = saved[f"{name}_top"]
            given = unpacked(saved[name], top, expected.shape)
            assert top == pytest.approx(np.abs(expected).max(), rel=1e-3)
            np.testing.assert_allclose(given, expected, atol=top * (0.5 / 127 + 1e-3))
    np.testing.assert_allclose(last["probabilities"], trace.probabilities, atol=1e-4)
    assert scene["labels"] == list(range(10))


def test_the_confusion_matrix_and_the_worst_mistakes_are_those_of_evaluate():
    shown = board()
    shown.run()
    found = evaluate(shown._network, *TEST)
    assert shown.results["confusion"] == found.confusion.tolist()
    assert [mistake["index"] for mistake in shown.results["worst"]] == found.worst(10).tolist()
    for mistake in shown.results["worst"]:
        n = mistake["index"]
        assert (mistake["label"], mistake["read"]) == (TEST[1][n], found.predicted[n])
        ink = unpacked(mistake["image"], TEST[0][n].max(), (8, 8))
        np.testing.assert_allclose(ink, TEST[0][n, 0], atol=0.005)


def test_without_a_test_the_training_images_are_evaluated_and_said_so():
    shown = board(test=None)
    assert shown.run().labels.shape == (150,)
    assert shown.results["on"] == "training"
    assert shown.tests == []


def networks():
    yield board(small_cnn(), epochs=25, batch=150)
    side = np.repeat(np.repeat(IMAGES[:20], 4, 2), 4, 3)[:, :, :28, :28]
    yield TrainingBoard(lenet5(), side, LABELS[:20], epochs=4, batch=20)
    rows = IMAGES[:40].reshape(40, 1, 64)
    one_axis = Network([Conv(1, 3, 5), Flatten(), Dense(180, 10)], input_shape=(1, 64))
    yield TrainingBoard(one_axis, rows, LABELS[:40], epochs=2)
    flat = Network([Flatten(), Dense(64, 10)], input_shape=(1, 8, 8))
    yield TrainingBoard(flat, IMAGES[:40], LABELS[:40], epochs=120, batch=40)


def test_what_is_kept_stays_small_for_every_network_and_length_of_run():
    for shown in networks():
        shown.run()
        size = len(json.dumps(state_of(shown), allow_nan=False))
        assert size < 300_000
        assert shown.frames[0]["epoch"] == 0
        assert shown.frames[-1]["epoch"] == shown.now["epoch"] == shown.progress["epochs"]
        assert len(shown.curves["at"]) <= 150


def test_frames_are_kept_of_the_last_epoch_and_of_more_early_ones():
    assert moments(25, 16) >= {1, 2, 25}
    assert moments(1, 16) == {1}
    assert moments(1000, 2) == {1000}


def test_neighbouring_steps_share_a_point_their_mean():
    curves = Curves(400)
    for n in range(7):
        curves.add({"loss": float(n**2)})
    assert curves.state() == {"at": [3, 6, 7], "loss": [1.667, 16.67, 36.0]}
