"""A report shows what is wrong, never what is right, and escapes whatever a student wrote."""

import re
from html.parser import HTMLParser

import numpy as np
import pytest

from cnnlib import exercises
from cnnlib.exercises.compare import same
from cnnlib.exercises.lessons import EXERCISES
from cnnlib.exercises.page import as_html
from cnnlib.exercises.text import number

VOID = {"br", "hr", "img"}


class Balanced(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.tags = [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def parsed(report):
    parser = Balanced()
    parser.feed(report._repr_html_())
    assert parser.open == []
    return parser


def first_wrong(name):
    return exercises.check(name, EXERCISES[name].wrong[0].function)


@pytest.mark.parametrize("name", EXERCISES)
def test_a_failed_report_is_complete_in_both_forms(name):
    report = first_wrong(name)
    html, text = report._repr_html_(), repr(report)
    parsed(report)
    assert report.case.name in text
    assert "data-wrong" in html or report.given[0].wrong is None
    assert "*" in text or report.given[0].wrong is None
    assert report.misconception in html
    assert report.misconception in text
    assert "<script" not in html
    assert "http" not in html


@pytest.mark.parametrize("name", EXERCISES)
def test_the_right_numbers_of_wrong_cells_are_not_shown(name):
    """Everything a report holds comes from the arguments, the student, or the hints."""
    exercise = EXERCISES[name]

    def far_off(*arguments):
        right = exercise.solve(*arguments)
        if isinstance(right, tuple):
            return tuple(np.asarray(part) * 0 + 777 for part in right)
        return [(777, 777)] if isinstance(right, list) else np.asarray(right) * 0 + 777

    report = exercises.check(name, far_off)
    right = exercise.read(exercise.solve(*report.case.arguments.values()))
    shown = {p.name: p.numbers for p in report.given}
    assert not same(shown, right)
    fields = {part.name: part.numbers for part in report.given}
    assert all((numbers == 777).all() for numbers in fields.values())


def test_passed_and_not_attempted_are_told_apart_without_colour():
    passed = exercises.check("cross_correlate_1d", np.correlate)
    stub = exercises.check("cross_correlate_1d", None)
    assert 'data-state="passed"' in passed._repr_html_()
    assert 'data-state="open"' in stub._repr_html_()
    assert "✓" in passed._repr_html_()
    assert "12 cases" in repr(passed)
    assert passed.assert_passed() is None
    parsed(passed)
    parsed(stub)


NASTY = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'"


def test_printed_text_is_escaped():
    def student(o, w):
        print(NASTY)
        return np.correlate(o, w)

    html = exercises.check("cross_correlate_1d", student)._repr_html_()
    assert "&lt;script&gt;" in html
    assert "<script" not in html
    assert "<img" not in html


def test_messages_and_names_of_types_are_escaped():
    def raises(o, w):
        raise ValueError(NASTY)

    odd = type("<b>Odd</b>", (), {})
    for student in (raises, lambda o, w: odd()):
        report = exercises.check("cross_correlate_1d", student)
        assert "<script" not in report._repr_html_()
        assert "<b>Odd" not in report._repr_html_()
        parsed(report)


def test_wrong_cells_are_marked_in_words_and_shape():
    report = exercises.check("weight_gradient_1d", lambda delta, o: np.correlate(o, delta)[::-1])
    html = as_html(report)
    marked = re.findall(r"<td data-wrong[^>]*>(.*?)</td>", html)
    assert len(marked) == int(report.given[0].wrong.sum())
    assert all("wrong: " in cell for cell in marked)
    assert "dashed" in html


def test_only_the_wrong_cells_are_marked():
    def last_cell_off(o, w):
        x = np.correlate(o, w)
        x[-1] += 1
        return x

    report = exercises.check("cross_correlate_1d", last_cell_off)
    wrong = report.given[0].wrong
    assert wrong[-1]
    assert wrong.sum() == 1


def test_a_missing_position_is_not_named():
    report = exercises.check("region_q", lambda position, *_: [position])
    parts = report.given[0]
    assert "missing" in parts.note or parts.wrong.any()
    assert len(parts.numbers) == 1


def test_the_second_hint_waits_until_it_is_asked_for():
    report = first_wrong("weight_gradient_1d")
    assert report.second_hint not in repr(report)
    assert "report.second_hint" in repr(report)
    assert re.search(r"<details><summary>A second hint", report._repr_html_())


def test_large_and_deep_results_stay_readable():
    for shape in ((40, 40), (3, 4, 5, 6), (2, 2, 2, 2, 2, 2), (0,), (0, 4)):
        report = exercises.check("cross_correlate_2d", lambda o, w, s=shape: np.ones(s) * o[0, 0])
        assert len(repr(report)) < 3_000
        assert len(report._repr_html_()) < 40_000
        parsed(report)


def test_a_result_larger_than_any_memory_gets_a_report():
    huge = np.broadcast_to(1.0, (10**6, 10**6))  # one number, shown everywhere
    report = exercises.check("cross_correlate_2d", lambda o, w: huge)
    assert "shape 1000000 × 1000000" in repr(report)
    parsed(report)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (-1, "−1"),
        (0.25, "0.25"),
        (0.23529, "0.235"),
        (-0.0, "0"),
        (-1e-9, "0"),
        (np.nan, "NaN"),
        (-np.inf, "−∞"),
        (1e20, "1e+20"),
    ],
)
def test_numbers_are_written_with_a_true_minus(value, text):
    assert number(value) == text
