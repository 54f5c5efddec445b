"""A check survives whatever a student's function does, and says it in plain words."""

# ruff: noqa: NPY002 (students use the legacy random state, and it has to survive them)

import builtins
import itertools
import os
import random
import subprocess
import sys
import time
import warnings
from contextlib import suppress
from fractions import Fraction

import numpy as np
import pytest

from cnnlib import exercises
from cnnlib.exercises.compare import differs
from cnnlib.exercises.deadline import Deadline, TooSlow
from cnnlib.exercises.hints import HINTS
from cnnlib.exercises.lessons.training import training_step


def check(function, task="weight_gradient_1d", seconds=2.0):
    return exercises.check(task, function, seconds=seconds)


def right(delta, o):
    return np.correlate(o, delta)


# Names and tasks


def test_tasks_are_those_of_the_course_and_say_what_to_write():
    tasks = exercises.tasks()
    assert set(tasks) == {
        "cross_correlate_1d",
        "cross_correlate_2d",
        "convolve_2d",
        "weight_gradient_1d",
        "weight_gradient_2d",
        "bias_gradient",
        "input_gradient_1d",
        "region_q",
        "delta_2d",
        "max_pool_2d",
        "max_pool_backward_2d",
        "avg_pool_backward_2d",
        "strided_input_gradient_2d",
        "channel_weight_gradient",
        "channel_input_gradient",
        "chain_back_2d",
        "sgd_step",
        "training_step",
        "two_layers_backward",
        "convolution_input_gradient_2d",
        "chain_deltas",
    }
    assert tasks["delta_2d"].signature == "delta_2d(delta, w, x, f_prime)"
    assert tasks["region_q"].signature == "region_q(position, input_shape, kernel_shape)"
    for task in tasks.values():
        assert task.title
        assert len(task.statement) > 80
        assert task.lesson[:2].isdigit()
        assert task.signature in repr(task)


def test_an_unknown_task_names_the_closest_one():
    with pytest.raises(ValueError, match="closest name is 'weight_gradient_1d'"):
        exercises.check("weight_gradiant_1d", right)


def test_a_function_in_the_place_of_the_task_is_a_clear_error():
    with pytest.raises(TypeError, match="the name of a task is expected"):
        exercises.check(right, "weight_gradient_1d")


@pytest.mark.parametrize("seconds", [0, -1, np.nan, None, "3", True, 1j])
def test_a_check_without_time_does_not_blame_the_student(seconds):
    with pytest.raises((TypeError, ValueError), match="seconds is"):
        exercises.check("weight_gradient_1d", right, seconds=seconds)


def test_importing_the_exercises_loads_numpy_only():
    code = (
        "import sys, cnnlib.exercises as e; e.tasks(); "
        "print({'scipy', 'matplotlib', 'IPython', 'sympy', 'ipywidgets'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


# Not attempted


def stub_dots(delta, o): ...


def stub_pass(delta, o):
    """Your turn."""
    pass


def stub_filled_in(delta, o):
    d_w = ...
    return d_w


def stub_none(delta, o):
    d_w = None
    return d_w


def stub_not_implemented(delta, o):
    raise NotImplementedError


@pytest.mark.parametrize(
    "stub", [stub_dots, stub_pass, stub_filled_in, stub_none, stub_not_implemented, None, ...]
)
def test_an_untouched_stub_is_not_attempted_yet(stub):
    report = check(stub)
    assert not report.attempted
    assert not report.passed
    assert report.misconception is None
    assert report.case is None
    assert "not attempted yet" in repr(report)
    with pytest.raises(AssertionError, match="not attempted yet"):
        report.assert_passed()


def test_a_function_that_works_and_returns_nothing_was_attempted():
    def student(delta, o):
        print(np.correlate(o, delta))

    report = check(student)
    assert report.attempted
    assert report.misconception == "returned-nothing"
    assert report.printed


# What comes back


def generator(delta, o):
    yield from np.correlate(o, delta)


async def asynchronous(delta, o):
    return np.correlate(o, delta)


UNREADABLE = [
    (lambda delta, o: "right", "a text"),
    (lambda delta, o: ["a", "b"], "numbers are expected"),
    (lambda delta, o: [[1, 2], [3]], "different lengths"),
    (lambda delta, o: [1, [2, 3]], "different lengths"),
    (lambda delta, o: [1, None], "None"),
    (lambda delta, o: [1, ...], "..."),
    (lambda delta, o: {"d_w": 1}, "a dict"),
    (lambda delta, o: {1, 2}, "a set"),
    (lambda delta, o: np.correlate(o, delta) > 0, "True and False"),
    (lambda delta, o: np.correlate(o, delta) + 1j, "complex"),
    (lambda delta, o: object(), "an object"),
    (lambda delta, o: (v for v in o), "a generator"),
    (lambda delta, o: map(abs, o), "a map"),
    (lambda delta, o: itertools.count(), "a count"),
    (lambda delta, o: np.correlate, "a function"),
    (generator, "a generator"),
    (asynchronous, "async"),
]


@pytest.mark.parametrize(("function", "words"), UNREADABLE)
def test_what_is_no_grid_of_numbers_is_told_in_one_line(function, words):
    report = check(function)
    assert report.misconception == "wrong-type"
    assert words in report.note
    assert "\n" not in report.note
    assert report.error is None


def test_one_part_of_a_pair_is_told():
    report = check(lambda o, size: o, "max_pool_2d")
    assert report.misconception == "wrong-type"
    assert "return y, winner" in report.note


def test_positions_must_be_pairs():
    report = check(lambda *_: [1, 2, 3], "region_q")
    assert report.misconception == "wrong-type"
    assert "(row, column)" in report.note


def test_no_position_at_all_is_wrong_but_readable():
    report = check(lambda *_: [], "region_q")
    assert report.attempted
    assert not report.passed
    assert "none" in repr(report)


def test_a_repeated_position_is_wrong():
    def student(position, input_shape, kernel_shape):
        from cnnlib.geometry import Window

        found = Window(kernel_shape).region_q(position, input_shape)
        return found + found[:1]

    report = check(student, "region_q")
    assert not report.passed
    assert report.given[0].wrong.sum() == 1


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_nan_and_infinity_are_named(value):
    report = check(lambda delta, o: right(delta, o) * value)
    assert report.misconception == "not-a-number"


def test_the_tolerance_grows_with_the_largest_right_number_and_not_below_one():
    """1e-5 for zeros, a hundred times as much among numbers up to 99; infinity sets no scale."""
    right = np.array([99.0, 0.0, np.inf, np.nan])
    off = np.array([1e-3, -1e-3, 0, 0])
    assert differs(right + 0.9 * off, right).tolist() == [False] * 4
    assert differs(right + 1.1 * off, right).tolist() == [True, True, False, False]
    assert differs(np.array([np.nan, np.inf, 99.0, 0.0]), right).all()
    assert not differs(np.full(2, 9e-6), np.zeros(2)).any()
    assert differs(np.full(2, 1.1e-5), np.zeros(2)).all()


def test_a_wrong_shape_tells_both_shapes():
    report = check(lambda delta, o: np.zeros((2, 7)))
    assert report.misconception in ("wrong-size", "arguments-ignored")
    report = check(lambda delta, o: right(delta, o)[None])
    assert report.misconception == "wrong-size"
    assert "expected" in report.given[0].note


def test_a_huge_result_is_told_without_delay():
    start = time.perf_counter()
    report = check(lambda delta, o: np.zeros((len(o), 4_000, 500)))
    assert report.misconception == "wrong-size"
    assert time.perf_counter() - start < 2
    assert len(repr(report)) < 3_000
    assert len(report._repr_html_()) < 60_000


def test_a_result_that_claims_terabytes_is_told_by_its_shape():
    report = check(lambda delta, o: np.broadcast_to(1.0, (10**6, 10**6)))
    assert report.misconception == "wrong-size"


def test_the_folder_and_the_built_in_names_are_put_back(tmp_path):
    def student(delta, o):
        os.chdir(tmp_path)
        builtins.print = None
        return right(delta, o)

    before = os.getcwd(), print
    check(student).assert_passed()
    assert (os.getcwd(), builtins.print) == before


def test_exact_numbers_and_number_zero_d_are_read():
    check(lambda delta, o: [Fraction(float(v)) for v in right(delta, o)]).assert_passed()
    check(lambda delta: np.array(delta.sum()), "bias_gradient").assert_passed()


# Exceptions


def test_an_exception_is_told_in_one_line_with_its_line():
    def student(delta, o):
        d_w = np.zeros(3)
        return d_w / delta.missing

    report = check(student)
    assert report.misconception == "raised"
    assert "AttributeError" in report.note
    assert "line 3 of your function: return d_w / delta.missing" in report.note
    assert isinstance(report.error, AttributeError)
    for text in (repr(report), report._repr_html_()):
        assert "Traceback" not in text
        assert "AttributeError" in text


def test_the_line_is_named_inside_a_helper_of_the_same_cell():
    def helper(o):
        return o.nothing

    def student(delta, o):
        return helper(o)

    assert "line 2 of helper(): return o.nothing" in check(student).note


def test_an_error_inside_numpy_names_the_students_line():
    def student(delta, o):
        return np.concatenate([delta, np.zeros((2, 2))])

    assert "line 2 of your function" in check(student).note


class Unprintable(Exception):
    def __str__(self):
        raise RuntimeError("no words")


def raising(error):
    def student(delta, o):
        raise error

    return student


@pytest.mark.parametrize(
    "error",
    [SystemExit(3), GeneratorExit(), Unprintable(), ValueError("long " * 500), MemoryError()],
)
def test_no_exception_comes_through(error):
    report = check(raising(error))
    assert report.misconception == "raised"
    assert report.error is error
    assert len(report.note) < 400


def test_interrupting_the_notebook_still_works():
    with pytest.raises(KeyboardInterrupt):
        check(raising(KeyboardInterrupt()))


def test_a_wrong_number_of_arguments_shows_the_call():
    report = check(lambda delta: delta)
    assert report.misconception == "raised"
    assert "weight_gradient_1d(delta, o)" in report.second_hint


def test_recursion_without_end_is_an_error_like_any_other():
    def student(delta, o):
        return student(delta, o)

    assert "RecursionError" in check(student).note


def test_dots_left_in_the_code_are_pointed_at():
    def student(delta, o):
        d_w = ...
        d_w += delta[0]
        return d_w

    assert "..." in check(student).hint


def test_what_is_no_function_is_told():
    report = check(np.zeros(3))
    assert report.misconception == "wrong-type"
    assert "without brackets" in report.hint


def test_an_autograder_gets_the_text_and_the_original_error():
    with pytest.raises(AssertionError, match="ZeroDivisionError") as caught:
        check(lambda delta, o: 1 / 0).assert_passed()
    assert isinstance(caught.value.__cause__, ZeroDivisionError)


# Never ending


def on_one_line(delta, o):
    while True: pass  # fmt: skip  # noqa: E701


def catches_exceptions(delta, o):
    while True:
        try:
            o[0] = 1 / 0
        except Exception:
            continue


def catches_everything(delta, o):
    while True:
        try:
            while True:
                try:
                    o = o + 1
                except BaseException as error:
                    last = repr(error)
        except:  # noqa: E722
            last = ""  # noqa: F841


def swallows_its_stop(delta, o):
    try:
        while True:
            delta = delta * 1
    except BaseException:
        return np.correlate(o, delta)


KEPT = []


def keeps_its_stop(delta, o):
    try:
        while True:
            delta = delta * 1
    except BaseException as stop:
        KEPT.append(stop)
        return np.correlate(o, delta)


def nested(delta, o):
    def inner():
        for _ in itertools.count():
            deeper()

    def deeper():
        return [0 for _ in range(10)]

    inner()


def in_a_comprehension(delta, o):
    return sum(1 for _ in iter(int, 1))


def in_a_helper_loop(delta, o):
    i = 0
    while i < len(o):
        i -= 1
    return o


def after_an_import_that_fails(delta, o):
    try:
        import cnnlib.no_such_module  # noqa: F401
    except ImportError:
        while True:
            pass


def while_reading(delta, o):
    class Endless:
        def __array__(self, dtype=None, copy=None):
            while True:
                pass

    return Endless()


@pytest.mark.parametrize(
    "function",
    [
        on_one_line,
        catches_exceptions,
        catches_everything,
        swallows_its_stop,
        keeps_its_stop,
        nested,
        in_a_comprehension,
        in_a_helper_loop,
        after_an_import_that_fails,
        while_reading,
    ],
)
def test_a_function_that_never_ends_is_stopped(function):
    before, start = sys.gettrace(), time.perf_counter()
    report = check(function, seconds=0.2)
    # A loaded machine may be late by a second; a function that is not stopped is late for ever.
    assert time.perf_counter() - start < 5
    assert report.misconception == "too-slow"
    assert sys.gettrace() is before


def test_an_import_takes_none_of_the_time(tmp_path, monkeypatch):
    (tmp_path / "takes_long.py").write_text("import time\ntime.sleep(0.7)\n")
    monkeypatch.syspath_prepend(tmp_path)

    def student(delta, o):
        import takes_long  # noqa: F401

        return right(delta, o)

    assert check(student, seconds=0.5).passed


def test_the_trace_of_a_debugger_is_put_back():
    def tracer(frame, event, argument):
        return None

    before = sys.gettrace()
    sys.settrace(tracer)
    try:
        check(right)
        assert sys.gettrace() is tracer
    finally:
        sys.settrace(before)


def test_a_deadline_leaves_the_frames_outside_alone():
    """Also after a stop was swallowed, when the frames inside are traced again."""
    deadline, frame = Deadline(0.02), sys._getframe()
    before = frame.f_trace
    with suppress(TooSlow), deadline:
        swallows_its_stop(np.ones(2), np.zeros(3))
    assert deadline.missed
    assert frame.f_trace is before


def test_a_check_takes_less_time_than_it_gives_a_students_function():
    start = time.perf_counter()
    exercises.check("weight_gradient_1d", right).assert_passed()
    assert time.perf_counter() - start < 3  # some 0.1 on a quiet machine


# What it leaves behind


def test_printing_is_kept_short_and_not_shown_as_noise(capsys):
    def student(delta, o):
        for _ in range(200):
            print("x" * 1_000)
        print("to stderr", file=sys.stderr)
        return right(delta, o)

    report = check(student)
    assert report.passed
    assert capsys.readouterr() == ("", "")
    assert len(report.printed) <= 2_000
    assert len(repr(report)) < 700


def test_numpy_and_random_states_warnings_and_input_are_put_back():
    def student(delta, o):
        np.seterr(all="raise")
        np.set_printoptions(precision=1)
        np.random.seed(0)
        random.seed(0)
        np.random.random()
        random.random()
        warnings.simplefilter("error")
        sys.setrecursionlimit(5_000)
        return right(delta, o)

    np.random.seed(7)
    random.seed(7)
    before = (
        np.geterr(),
        np.get_printoptions(),
        np.random.get_state()[1].tolist(),
        random.getstate(),
        list(warnings.filters),
        sys.getrecursionlimit(),
        input,
    )
    check(student).assert_passed()
    after = (
        np.geterr(),
        np.get_printoptions(),
        np.random.get_state()[1].tolist(),
        random.getstate(),
        list(warnings.filters),
        sys.getrecursionlimit(),
        input,
    )
    assert before == after


def test_asking_for_input_is_an_error_and_not_a_wait():
    def student(delta, o):
        return input("a number? ")

    assert "nobody to ask" in check(student).note


def test_a_students_warning_is_neither_shown_nor_raised():
    def student(delta, o):
        np.array([1.0]) / np.array([0.0])
        warnings.warn("careful", stacklevel=1)
        return right(delta, o)

    check(student).assert_passed()


# Arguments


def test_changed_arguments_are_named_although_the_numbers_are_right():
    def student(w, d_w, rate):
        w -= rate * d_w
        return w

    report = check(student, "sgd_step")
    assert report.misconception == "changed-in-place"
    assert "w was changed" in report.note
    assert not report.given


def test_two_changed_arguments_were_changed_and_one_was():
    def student(o, labels, w, b, rate):
        new_w, new_b = training_step(o, labels, w, b, rate)
        w[:], b[:] = new_w, new_b
        return w, b

    assert "but w and b were changed" in check(student, "training_step").note


def test_one_result_where_two_are_asked_for_is_not_said_to_be_no_numbers():
    report = check(lambda o, labels, w, b, rate: w, "training_step")
    assert report.note == "It returned an array; a pair is expected: return w, b."
    assert "numbers" not in report.title + report.hint


def test_wrong_numbers_with_a_changed_argument_are_blamed_on_the_change():
    def student(delta, o):
        o *= 3
        return right(delta, o) + 1

    assert check(student).misconception == "changed-in-place"


def test_the_cases_survive_a_function_that_changes_them():
    def student(delta, o):
        delta[:] = 0
        o[:] = 0
        return right(delta, o)

    check(student)
    check(right).assert_passed()


def test_an_array_outside_the_function_is_found_out():
    total = np.zeros(3)

    def student(delta, o):
        result = right(delta, o)
        if len(result) == 3:
            total[:] += result
            return total
        return result

    assert check(student).misconception == "remembers-last-call"


def test_a_function_that_is_right_once_only_is_found_out():
    calls = []

    def student(delta, o):
        calls.append(1)
        return right(delta, o) + (len(calls) > 12)

    report = check(student)
    assert not report.passed
    assert report.misconception == "remembers-last-call"


def test_every_slug_of_behaviour_has_its_hints():
    assert {"returned-nothing", "raised", "wrong-type", "too-slow", "changed-in-place"} <= set(
        HINTS
    )
    for hint in HINTS.values():
        assert all(hint)
        assert len(hint.first) < 260
