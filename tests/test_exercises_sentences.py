"""What a check says, word for word: the note under a result, the headline, what is missing."""

import numpy as np
import pytest

from cnnlib import exercises
from cnnlib.exercises.lessons import EXERCISES
from cnnlib.geometry import Window


def right(delta, o):
    return np.correlate(o, delta)


def check(function, task="weight_gradient_1d"):
    return exercises.check(task, function)


NOTES = [
    (lambda delta, o: "right", "It returned a text; numbers are expected."),
    (
        lambda delta, o: right(delta, o) > 0,
        "It returned an array of True and False; numbers are expected.",
    ),
    (
        lambda delta, o: right(delta, o) * 1j,
        "It returned an array of complex numbers; numbers are expected.",
    ),
    (lambda delta, o: {"d_w": 1}, "It returned a dict; numbers are expected."),
    (lambda delta, o: {1, 2}, "It returned a set, which has no order: return a list or an array."),
    (lambda delta, o: [1, None], "There is None among its numbers."),
    (lambda delta, o: [1, ...], "There is ... among its numbers."),
    (lambda delta, o: [object()], "There is an object among its numbers."),
    (
        lambda delta, o: [[1, 2], [3]],
        "Its rows have different lengths: every row of the grid needs the same number of cells.",
    ),
    (
        lambda delta, o: (v for v in o),
        "It returned a generator, which makes its numbers later: return a list or an array.",
    ),
    (
        lambda delta, o: np.correlate,
        "It returned a function: return its result, with brackets and arguments.",
    ),
    (lambda delta, o: print("here"), "It came to its end and returned None."),
    (np.zeros(3), "You gave ndarray instead of a function."),
]


@pytest.mark.parametrize(("function", "note"), NOTES)
def test_a_note_is_one_sentence_for_a_student(function, note):
    assert check(function).note == note


def test_a_long_message_is_cut_and_says_so():
    def student(delta, o):
        raise ValueError("x" * 201)

    assert check(student).note.startswith(f"ValueError: {'x' * 200} …  (line 2 of your function")


def test_an_index_past_the_end_is_told_in_the_students_words():
    hint = check(lambda delta, o: o[len(o)]).hint
    assert hint == "An index ran past the end of an array, on a case that has an answer."


def test_the_headline_counts_the_cases():
    cases = EXERCISES["weight_gradient_1d"].families()[0]
    sixes = sum(len(case.arguments["o"]) == 6 for case in cases)
    assert 0 < sixes < len(cases)
    expected = f"passed: every number is right in all {len(cases)} cases"
    assert check(right).headline == expected
    report = check(lambda delta, o: right(delta, o) + (len(o) == 6))
    assert report.headline == f"not right yet ({sixes} of {len(cases)} cases differ)"
    assert check(np.zeros(3)).headline == "not right yet"


def region(position, input_shape, kernel_shape):
    return Window(kernel_shape).region_q(position, input_shape)


def test_a_missing_position_is_told_but_not_named_and_a_stranger_is_marked():
    (part,) = check(lambda *sizes: region(*sizes)[:-1], "region_q").given
    assert part.note == "at least one is missing"
    assert not part.wrong.any()
    (part,) = check(lambda *sizes: [*region(*sizes), (9, 9)], "region_q").given
    assert part.note == ""
    assert part.wrong.tolist() == [False] * (len(part.numbers) - 1) + [True]


def test_both_shapes_are_told():
    (part,) = check(lambda delta, o: right(delta, o)[None]).given
    assert part.note == "shape 1 × 3, expected 3"
    (part,) = check(lambda delta: np.append(delta, 0), "bias_gradient").given
    assert part.note.endswith(", expected one number")
