"""Ten thousand random touches of every kind of widget that the lessons show, and odd states."""

import json
import random
from pathlib import Path

import pytest
from ipywidgets import DOMWidget
from samples import SAMPLES
from seen import AUDIENCE
from traitlets import TraitError

from cnnlib.lessons import LESSONS
from cnnlib.widgets.page import page_of, state_of
from tools import executed, saved

pytestmark = [pytest.mark.soak, pytest.mark.timeout(1800)]
WALK = Path(__file__).with_name("walk.js").read_text(encoding="utf-8").rstrip().removesuffix(";")
EVENTS = 10_000
STATES = 1_000
ADDRESS = "http://localhost/walk.html"


WALKED = set()


def kinds_of(stem):
    """The widgets of a lesson that no lesson before has shown."""
    notebook = executed.lesson(stem)
    for widget in saved.shown(notebook):
        if widget.kind not in WALKED:
            WALKED.add(widget.kind)
            yield widget.kind, saved.saved(notebook).of([widget.identity])


def opened(new_page, one):
    page = new_page()
    text = page_of(one.models, one.modules, one.styles.values(), "walk")
    page.route(ADDRESS, lambda route: route.fulfill(body=text, content_type="text/html"))
    page.goto(ADDRESS)
    page.wait_for_selector("html[data-widgets=awake]")
    return page


@pytest.mark.parametrize("lesson", [lesson.stem for lesson in LESSONS if lesson.ready])
def test_ten_thousand_touches_break_nothing_and_leave_nothing(lesson, new_page):
    for kind, one in kinds_of(lesson):
        page = opened(new_page, one)
        walk = {"seed": 7, "events": EVENTS}
        assert page.evaluate(f"({WALK})({json.dumps(walk)})") == [], kind
        page.evaluate("window.cnnlib.close()")
        assert page.evaluate(AUDIENCE) == 0, kind


ODD = [
    *(None, True, False, -1, 0, 1, 7, 10**9, 0.5, -2.5, 1e300, "", "x", "output", "<b>", "NaN"),
    *([], [0], [1, 2, 3], [[1, 2], [3, 4]], [["NaN"]], [None], {}, {"a": 1}, ["kernel", 3]),
]


def changed(value, choose):
    """A state like the one there is, with one thing about it changed."""
    if isinstance(value, list) and value and choose.random() < 0.7:
        place = choose.randrange(len(value))
        return [*value[:place], changed(value[place], choose), *value[place + 1 :]]
    if isinstance(value, dict) and value and choose.random() < 0.7:
        key = choose.choice(list(value))
        return value | {key: changed(value[key], choose)}
    if isinstance(value, int | float) and not isinstance(value, bool) and choose.random() < 0.5:
        return value + choose.choice([-1, 1, 2, 100, 0.25])
    return choose.choice(ODD)


def shown_states(name, choose):
    """Mutate one trait after another: refused in words, or taken; yields some that were taken."""
    widget = SAMPLES[name]()
    public = [key for key in state_of(widget) if key not in DOMWidget.class_trait_names()]
    for number in range(STATES):
        key = choose.choice(public)
        value = changed(json.loads(json.dumps(widget.get_state(key)[key])), choose)
        try:
            setattr(widget, key, value)
        except TraitError:
            continue
        if number % 100 == 0:
            json.dumps(widget.get_state())
            yield state_of(widget)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_thousand_odd_states_are_refused_in_words_or_drawn(name, new_page):
    widget, choose = SAMPLES[name](), random.Random(11)
    models = {
        str(number): {"module": "m", "state": state}
        for number, state in enumerate(shown_states(name, choose))
    }
    text = page_of(models, {"m": str(widget._esm)}, [str(widget._css)], "odd")
    page = new_page()
    page.route(ADDRESS, lambda route: route.fulfill(body=text, content_type="text/html"))
    page.goto(ADDRESS)
    page.wait_for_selector("html[data-widgets=awake]")
    page.wait_for_timeout(200)
    assert page.locator("[data-cnnlib]").count() == len(models)
