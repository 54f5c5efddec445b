"""The counts of paths that notebooks/lecturing.md tells for lesson 11, counted in its network."""

import re

import numpy as np
import pytest

from cnnlib import data, network, ops, training
from cnnlib.quizzes import questions

INTERIOR = np.s_[3:5, 3:5]  # pixels none of whose paths a border cuts off

PLACES = 4  # to which the picture rounds the deltas of a digit that is read wrong


@pytest.fixture(scope="module")
def told(root):
    """What the lecturer reads on how many paths there are."""
    text = (root / "notebooks" / "lecturing.md").read_text(encoding="utf-8")
    return re.search(r"\*How many paths lead.*?of its ten scores\.", text, re.DOTALL).group()


@pytest.fixture(scope="module")
def traces():
    """Lesson 11's network, and its way forward for digits it misreads and digits it reads."""
    (images, labels), (test, classes) = data.digits()
    net = network.small_cnn(seed=0)
    for _ in training.fit(net, images, labels, epochs=4, batch=128, rate=0.1):
        pass
    wrong = np.flatnonzero(net.predict(test) != classes)[:3]
    return [net.forward(test[i : i + 1]) for i in (*wrong, 0, 9, 6)]


def through(weights, delta, shape):
    """One path for each weight: a way back with ones for weights counts them."""
    return ops.conv_input_gradient(delta, np.ones(weights), shape, padding=1)


def paths(trace, open_only):
    """How many paths lead from each pixel to the ten scores."""
    count = np.full(trace["pool2"].shape, 10.0)
    for layer, weights, below in (("2", (16, 8, 3, 3), "pool1"), ("1", (8, 1, 3, 3), "input")):
        if open_only:
            won = trace.winners[f"pool{layer}"]
            count = ops.max_pool_backward(count, won, trace[f"relu{layer}"].shape)
            count = count * (trace[f"conv{layer}"] > 0)
        else:
            count = count.repeat(2, axis=2).repeat(2, axis=3)
        count = through(weights, count, trace[below].shape)
    return count[0, 0][INTERIOR]


def test_the_lecturer_is_told_as_many_paths_as_there_are(told, traces):
    (every,) = np.unique(paths(traces[0], open_only=False))
    assert f"They multiply:\n{every:,.0f}." in told
    (question,) = questions("11_trace_one_number", "predict")
    assert question.right.text == f"{every:,.0f}"
    assert f"{3 * 3 * 8 + 3 * 3 * 16 + 10} (steps added)" in told


def test_three_to_five_in_a_hundred_are_open(told, traces):
    share = [paths(t, open_only=True) / paths(t, open_only=False) for t in traces]
    assert "leave three to five in a hundred" in told
    assert 100 * np.min(share) > 2.5
    assert 100 * np.max(share) < 5.5


def test_the_picture_shuts_paths_whose_score_has_no_delta(told, traces):
    scores = ops.softmax(traces[0].scores)[0]
    assert np.count_nonzero(scores.round(PLACES) == 0) == 7
    assert "δ is 0 at seven of its ten scores" in told
    share = paths(traces[0], open_only=True) / paths(traces[0], open_only=False)
    assert "about one in a hundred" in told
    assert (100 * share * 3 / 10).round().tolist() == [[1, 1], [1, 1]]
