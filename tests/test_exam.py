"""Exam sheets: every answer met by an independent witness, every mistake told apart."""

import re
import subprocess
import sys

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.signal import convolve2d, correlate, correlate2d

from cnnlib import gradcheck
from tools.exam import __main__ as exam
from tools.exam.drawing import LESSONS, questions
from tools.exam.model import Mistake, part, shown
from tools.exam.sheet import key, sheet

SEEDS = [*range(6), *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(6, 100))]
KINDS = [kind.__name__ for kinds in LESSONS.values() for kind in kinds]


def slopes(f, at):
    """What nudges measure, rounded to what a hand can have meant."""
    return gradcheck.numerical_gradient(f, np.array(at, dtype=float)).round(6)


def error(o, w, t, b=0.0):
    return 0.5 * np.sum((correlate(o, w, "valid") + b - t) ** 2)


def relu_below(x, w, delta):
    return np.sum(delta * correlate2d(np.maximum(x, 0), w, "valid"))


def strided(o, w):
    return np.array([o[i : i + 3] @ w for i in (0, 2)])


def padded(o, w):
    return correlate(np.concatenate([[0], o, [0]]), w, "valid")


def both_filters(o, filters):
    return [sum(correlate(o[c], f[c], "valid") for c in (0, 1)) for f in filters]


def windows(o):
    return [[(i, j), o[i : i + 2, j : j + 2]] for i in (0, 2) for j in (0, 2)]


def route(o, d_y):
    back = np.zeros(o.shape)
    for ((i, j), window), lever in zip(windows(o), d_y.ravel(), strict=True):
        row, column = divmod(int(np.argmax(window)), 2)
        back[i + row, j + column] += lever
    return back


def line_route(o, d_y):
    back = np.zeros(len(o))
    for i, lever in enumerate(d_y):
        back[i + o[i : i + 3].tolist().index(max(o[i : i + 3]))] += lever
    return back


# By the question's title and the part's name; g holds what is given on the sheet.
WITNESSES = {
    ("Slide a kernel over a signal", "places"): lambda g: correlate(g["o"], g["w"], "valid").size,
    ("Slide a kernel over a signal", "x"): lambda g: correlate(g["o"], g["w"], "valid"),
    ("Slide a kernel over a signal", "used"): lambda g: np.convolve(
        np.ones(len(g["o"]) - len(g["w"]) + 1), np.ones(len(g["w"]))
    ),
    ("Send errors back, in one dimension", "delta"): lambda g: slopes(
        lambda x: 0.5 * np.sum((x - g["t"]) ** 2), correlate(g["o"], g["w"], "valid")
    ),
    ("Send errors back, in one dimension", "E"): lambda g: error(g["o"], g["w"], g["t"]),
    ("Send errors back, in one dimension", "d_w"): lambda g: slopes(
        lambda w: error(g["o"], w, g["t"]), g["w"]
    ),
    ("Send errors back, in one dimension", "d_b"): lambda g: slopes(
        lambda b: error(g["o"], g["w"], g["t"], b), 0.0
    ),
    ("Send errors back, in one dimension", "d_o"): lambda g: slopes(
        lambda o: error(o, g["w"], g["t"]), g["o"]
    ),
    ("Send errors back, in one dimension", "T"): lambda g: (
        slopes(lambda o: error(o, g["w"], g["t"]), g["o"]) @ g["o"]
    ),
    ("Slide a kernel over a map", "x"): lambda g: correlate2d(g["o"], g["w"], "valid"),
    ("Collect the gradient of a 2D kernel", "d_w"): lambda g: slopes(
        lambda w: np.sum(g["δ"] * correlate2d(g["o"], w, "valid")), g["w"]
    ),
    ("Turn the kernel", "turned"): lambda g: np.rot90(g["w"], 2),
    ("Turn the kernel", "convolved"): lambda g: convolve2d(g["o"], g["w"], "valid"),
    ("Follow δ to the layer below", "d_o"): lambda g: slopes(
        lambda o: np.sum(g["δ"] * correlate2d(o, g["w"], "valid")), np.ones((3, 4))
    ),
    ("Follow δ to the layer below", "below"): lambda g: slopes(
        lambda x: relu_below(x, g["w"], g["δ"]), g["x"]
    ),
    ("Route errors through a max pool", "winner"): lambda g: [
        i + g["o"][i : i + 3].tolist().index(max(g["o"][i : i + 3])) for i in range(4)
    ],
    ("Route errors through a max pool", "d_o"): lambda g: line_route(g["o"], g["∂E/∂y"]),
    ("A tie, and a mean", "max"): lambda g: route(g["o"], g["∂E/∂y"]),
    ("A tie, and a mean", "mean"): lambda g: slopes(
        lambda o: np.sum(g["∂E/∂y"].ravel() * [w.mean() for _, w in windows(o)]), g["o"]
    ),
    ("An L2 pool (optional)", "l2"): lambda g: g["∂E/∂y"] * g["o"] / np.linalg.norm(g["o"]),
    ("A stride of 2", "x"): lambda g: strided(g["o"], g["w"]),
    ("A stride of 2", "d_o"): lambda g: slopes(lambda o: g["δ"] @ strided(o, g["w"]), g["o"]),
    ("A stride of 2", "d_w"): lambda g: slopes(lambda w: g["δ"] @ strided(g["o"], w), g["w"]),
    ("Padding", "x"): lambda g: padded(g["o"], g["w"]),
    ("Padding", "d_o"): lambda g: slopes(lambda o: g["δ"] @ padded(o, g["w"]), g["o"]),
    ("1 × 1 kernels", "x"): lambda g: [row @ g["o"] for row in g["w"]],
    ("1 × 1 kernels", "d_o"): lambda g: slopes(lambda o: g["δ"] @ (g["w"] @ o), g["o"]),
    ("Channels and filters", "d_o"): lambda g: slopes(
        lambda o: np.sum(g["δ"] * both_filters(o, (g["w[0]"], g["w[1]"]))), np.ones((2, 3))
    ),
    ("A batch", "d_w"): lambda g: slopes(
        lambda w: sum(d @ correlate(o, w, "valid") for o, d in zip(g["o"], g["δ"], strict=True)),
        np.ones(2),
    ),
    ("Softmax", "delta"): lambda g: None,  # needs the class: in the test of its own
}
ELSEWHERE = {"change", "counts", "step", "column", "Q", "sigmoid", "kernels"}


@pytest.mark.parametrize("seed", SEEDS)
def test_every_answer_is_what_an_independent_witness_finds(seed):
    met = set()
    for question in (q for lesson in LESSONS for q in questions(lesson, seed)):
        for asked in question.parts:
            witness = WITNESSES.get((question.title, asked.name))
            expected = witness(question.given) if witness else None
            if expected is not None:
                assert_allclose(asked.answer, expected, atol=1e-6, err_msg=asked.name)
                met.add(asked.name)
            else:
                assert asked.name in ELSEWHERE | {"delta"}
    assert len(met) >= 15


def numbers(text):
    return [float(n.replace("−", "-")) for n in re.findall(r"−?\d+(?:\.\d+)?", text)]


def answers(seed, lesson):
    return {p.name: (q, p) for q in questions(lesson, seed) for p in q.parts}


@pytest.mark.parametrize("seed", SEEDS)
def test_the_answers_whose_numbers_stand_in_the_question_are_right(seed):
    question, asked = answers(seed, 2)["change"]
    at, nudge = numbers(asked.ask)
    o, w, t = (question.given[name] for name in "owt")
    moved = error(o, w + nudge * (np.arange(3) == at), t) - error(
        o, w - nudge * (np.arange(3) == at), t
    )
    assert_allclose(asked.answer, moved / 2, atol=1e-9)
    question, asked = answers(seed, 4)["step"]
    d_w = correlate2d(question.given["o"], question.given["δ"], "valid")
    assert_allclose(asked.answer, question.given["w"] - numbers(asked.ask)[0] * d_w)
    question, asked = answers(seed, 5)["column"]
    column = int(numbers(asked.ask)[0])
    unit = np.eye(6)[column]
    assert_allclose(asked.answer, correlate(unit, question.given["v"], "valid"))
    _, asked = answers(seed, 6)["sigmoid"]
    (lever,) = numbers(asked.ask)[2:]
    assert_allclose(asked.answer, lever / 4)
    question, asked = answers(seed, 9)["delta"]
    label = int(numbers(question.text)[0])
    assert_allclose(asked.answer, question.given["p"] - (np.arange(3) == label))
    _, asked = answers(seed, 9)["kernels"]
    maps, filters = numbers(asked.ask)
    assert_allclose(asked.answer, [maps * filters, maps, filters])


@pytest.mark.parametrize("seed", SEEDS)
def test_region_q_and_the_four_counts_are_found_by_asking_every_output(seed):
    _, asked = answers(seed, 6)["Q"]
    row, column = map(int, re.search(r"\((\d), (\d)\)", asked.ask).groups())
    users = {(i, j) for i in range(3) for j in range(3) if 0 <= row - i < 2 and 0 <= column - j < 3}
    assert set(asked.answer) == users
    _, asked = answers(seed, 3)["counts"]
    h, w, k1, k2 = map(int, numbers(asked.ask))
    outputs = [(i, j) for i in range(h - k1 + 1) for j in range(w - k2 + 1)]
    inputs = [(p, q) for p in range(h) for q in range(w)]
    pairs = [(i, j, p, q) for i, j in outputs for p, q in inputs]
    local = [t for t in pairs if 0 <= t[2] - t[0] < k1 and 0 <= t[3] - t[1] < k2]
    shifts, both = ({(p - i, q - j) for i, j, p, q in some} for some in (pairs, local))
    assert asked.answer.tolist() == [len(pairs), len(local), len(shifts), len(both)]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_wrong_answer_tells_its_misconception(seed):
    for asked in (p for lesson in LESSONS for q in questions(lesson, seed) for p in q.parts):
        given = {}
        for mistake in asked.mistakes:
            assert mistake.title
            given.setdefault(shown(mistake.value), set()).add(mistake.slug)
        assert shown(asked.answer) not in given
        for slug in asked.apart:
            assert {slug} in given.values(), (asked.name, slug)


def test_a_part_that_cannot_tell_two_mistakes_apart_is_refused():
    one, other = Mistake("flipped", np.array([1, 2])), Mistake("transposed", np.array([1, 2]))
    assert part("x", "?", np.array([2, 1]), [one], "flipped").is_sharp
    assert not part("x", "?", np.array([2, 1]), [one, other], "flipped").is_sharp
    assert not part("x", "?", np.array([1, 2]), [one], "flipped").is_sharp
    assert not part("x", "?", np.array([99.0]), []).fits


def test_a_wrong_way_that_gives_no_number_is_not_in_the_key():
    nothing = Mistake("too-short", np.empty(0))
    assert part("d_w", "Compute", np.ones(2), [nothing]).mistakes == ()
    assert "[]" not in key(questions(9, 7), 7)


def test_the_same_seed_gives_the_same_bytes_in_another_process(tmp_path):
    first = [path.read_bytes() for path in exam.written(7, list(LESSONS), tmp_path)]
    code = (
        "from pathlib import Path; from tools.exam.__main__ import written; "
        f"written(7, list(range(1, 10)), Path({str(tmp_path / 'again')!r}))"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=exam.ROOT)
    assert [p.read_bytes() for p in sorted((tmp_path / "again").iterdir())] == first[::-1]
    assert exam.written(8, [1], tmp_path)[0].read_bytes() not in first


def test_a_lesson_keeps_its_numbers_whatever_is_beside_it(tmp_path):
    alone, whole = (exam.written(3, lessons, tmp_path)[1].read_text() for lessons in ([6], [2, 6]))
    tail = alone[alone.index("Follow δ") :]
    assert whole.endswith(tail)


def test_the_sheet_asks_and_the_key_answers_and_neither_fetches_anything():
    asked = [question for lesson in LESSONS for question in questions(lesson, 11)]
    for page, count in ((sheet(asked, 11), 0), (key(asked, 11), sum(len(q.parts) for q in asked))):
        assert page.count('class="right"') == count
        assert not re.search(r"https?:|src=|@import|url\(", page)
        assert page.count("<h2>") == len(KINDS)
    assert "misconception" not in sheet(asked, 11)
    assert "contribution-for-gradient" in key(asked, 11)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "make exam SEED=7"),
        (["--seed", "x"], "a whole number is expected"),
        (["--seed", "7", "--lesson", "12"], "hand examples are in 01 02"),
    ],
)
def test_what_cannot_be_made_is_answered_with_the_remedy(arguments, words, capsys):
    with pytest.raises(SystemExit):
        exam.main(arguments)
    assert words in capsys.readouterr().err
