"""Ten thousand random touches of every kind of widget that the lessons show, and odd states."""

import json
import random
from functools import partial
from pathlib import Path

import pytest
from ipywidgets import DOMWidget
from traitlets import TraitError

from cnnlib import data
from cnnlib.examples import one_d, stacked, two_d
from cnnlib.lessons import LESSONS
from cnnlib.network import small_cnn
from cnnlib.widgets import (
    DepthPlot,
    Levers,
    LinkedGrids,
    NetworkTrace,
    Progress,
    Quiz,
    SketchPad,
    TrainingBoard,
)
from cnnlib.widgets.configurations import CONFIGURATIONS
from cnnlib.widgets.page import page_of, state_of
from tools import executed, saved

pytestmark = [pytest.mark.soak, pytest.mark.timeout(1800)]
WALK = Path(__file__).with_name("walk.js").read_text(encoding="utf-8")
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
        left = "[...window.cnnlib.models.values()].reduce((sum, m) => sum + m.audience, 0)"
        assert page.evaluate(left) == 0, kind


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


def linked(config):
    """LinkedGrids of a configuration, with everything that it may want."""
    if config == "pool":
        return LinkedGrids(config, input=two_d.o, size=2, stride=1, delta=two_d.delta)
    if config == "channels":
        return LinkedGrids(config, input=stacked.o, kernel=stacked.w, delta=stacked.delta)
    one = one_d if config in ("slide-1d", "readings", "toeplitz") else two_d
    given = {"input": one.o, "kernel": one.w, "delta": one.delta, "below": one.x_below}
    known = LinkedGrids(config, input=one.o, kernel=one.w, delta=one.delta).trait_names()
    return LinkedGrids(config, **{k: v for k, v in given.items() if k in known})


def finished_board():
    (images, labels), test = data.digits()
    board = TrainingBoard(small_cnn(), images[:64], labels[:64], test=test, epochs=2)
    board.run()
    return board


SAMPLES = {
    "DepthPlot": DepthPlot,
    "Levers": Levers,
    "NetworkTrace": lambda: NetworkTrace(small_cnn(), *(part[:3] for part in data.digits()[1])),
    "Progress": Progress,
    "Quiz": lambda: Quiz("02_send_errors_back_1d", "quiz"),
    "SketchPad": lambda: SketchPad(small_cnn()),
    "TrainingBoard": finished_board,
    **{config: partial(linked, config) for config in CONFIGURATIONS},
}


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
