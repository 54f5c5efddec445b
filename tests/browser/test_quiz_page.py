"""Quiz, Progress and Levers in a plain page: no JupyterLab, no kernel, from saved state alone."""

import json

import pytest
from seen import in_the_way

from cnnlib import quizzes
from cnnlib.widgets import Levers, Progress, Quiz
from cnnlib.widgets.traits import STATIC

BANK = "01_slide_a_kernel_1d"
PAGE = "http://localhost/widgets.html"

# A model with the five calls that a widget makes of it; it counts who listens.
MOUNT = """
async ([name, code, css, state]) => {
  const listeners = {};
  const model = {
    get: (key) => state[key],
    set: (key, value) => {
      state[key] = value;
      [...(listeners[`change:${key}`] ?? [])].forEach((call) => call());
    },
    save_changes() {},
    on: (event, call) => (listeners[event] ??= []).push(call),
    off: (event, call) => (listeners[event] = listeners[event].filter((other) => other !== call)),
  };
  const style = document.createElement("style");
  style.textContent = css;
  document.head.append(style);
  const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  const { default: widget } = await import(url);
  const el = document.createElement("div");
  document.body.append(el);
  const close = widget.render({ model, el });
  (window.mounted ??= []).push({ state, listeners, el, close });
}
"""


def state_of(widget):
    names = [name for name in widget.trait_names(sync=True) if not name.startswith("_")]
    kept = {name: getattr(widget, name) for name in names if name not in ("layout", "comm")}
    return {name: value for name, value in kept.items() if is_plain(value)}


def is_plain(value):
    try:
        json.dumps(value)
    except TypeError:
        return False
    return True


def mount(page, *widgets):
    for widget in widgets:
        name = type(widget).__name__.lower()
        files = [(STATIC / f"{name}.{suffix}").read_text("utf-8") for suffix in ("js", "css")]
        page.evaluate(MOUNT, [name, *files, state_of(widget)])


@pytest.fixture
def show(new_page):
    """Show widgets in an otherwise empty page; storage lasts as long as the page's context."""

    def open_with(*widgets, **options):
        page = new_page(**options)
        empty = "<!doctype html><html lang='en'><title>Widgets</title><body></body></html>"
        page.route(PAGE, lambda route: route.fulfill(body=empty, content_type="text/html"))
        page.goto(PAGE)
        mount(page, *widgets)
        return page

    return open_with


def again(page, *widgets):
    """What a reader does who opens the notebook another day."""
    page.reload()
    mount(page, *widgets)


def quiz_on(page, number=0):
    return page.locator('[data-cnnlib="quiz"]').nth(number)


def answer(quiz, choice):
    quiz.locator(f'[data-choice="{choice}"] input').check()
    quiz.get_by_role("button", name="Check").click()


def state(page, name, number=0):
    return page.evaluate(f"() => window.mounted[{number}].state.{name}")


PLACES = quizzes.questions(BANK, "quiz")[0]
RIGHT = PLACES.choices.index(PLACES.right)
WRONG = next(n for n in range(4) if n != RIGHT)


def test_a_wrong_answer_is_explained_and_the_first_try_counts(show):
    page = show(Quiz(BANK, "quiz"))
    quiz = quiz_on(page)
    assert quiz.get_by_role("button", name="Check").is_disabled()
    quiz.get_by_label("certain").check()
    answer(quiz, WRONG)
    wrong = quiz.locator(f'[data-choice="{WRONG}"]')
    assert wrong.get_attribute("data-verdict") == "wrong"
    assert "✗" in wrong.inner_text()
    assert quiz.locator('[data-part="verdict"]').inner_text().startswith("✗ Not this one. You were")
    answer(quiz, RIGHT)
    assert quiz.locator(f'[data-choice="{RIGHT}"]').get_attribute("data-verdict") == "right"
    assert quiz.locator('[data-part="score"]').inner_text().startswith("0 of 1 right")
    kept = state(page, "answers")[PLACES.id]
    assert kept == {"tried": [WRONG, RIGHT], "sure": 2, "version": PLACES.version}
    assert Quiz(BANK, "quiz", answers={PLACES.id: kept}).score == (0, 1, 3)


def test_answers_are_there_again_until_they_are_cleared(show):
    page = show(Quiz(BANK, "quiz"))
    answer(quiz_on(page), RIGHT)
    again(page, Quiz(BANK, "quiz"), Quiz(BANK, "quiz"), Quiz(BANK, "recall"))
    for number in (0, 1):
        right = quiz_on(page, number).locator(f'[data-choice="{RIGHT}"]')
        assert right.get_attribute("data-verdict") == "right"
        assert state(page, "answers", number)[PLACES.id]["tried"] == [RIGHT]
    assert state(page, "answers", 2) == {}
    clear = quiz_on(page).locator('[data-part="clear"]')
    clear.click()
    assert state(page, "answers") != {}
    clear.click()
    assert page.locator("[data-verdict]").count() == 0
    again(page, Quiz(BANK, "quiz"))
    assert state(page, "answers") == {}


def test_answers_saved_with_the_notebook_are_shown_in_another_browser(show):
    saved = {PLACES.id: {"tried": [RIGHT], "sure": None, "version": PLACES.version}}
    old = {"uses": {"tried": [0], "sure": None, "version": "an older wording"}}
    page = show(Quiz(BANK, "quiz", answers={**saved, **old}))
    assert quiz_on(page).locator('[data-verdict="right"]').count() >= 1
    assert quiz_on(page).locator('[data-part="score"]').inner_text().startswith("1 of 1 right")


def test_the_keyboard_alone_is_enough(show):
    page = show(Quiz(BANK, "quiz"))
    quiz_on(page).locator('[data-choice="0"] input').focus()
    for _ in range(RIGHT):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    assert state(page, "answers")[PLACES.id]["tried"] == [RIGHT]
    assert page.evaluate("document.activeElement.textContent") == "Next"
    page.keyboard.press("Enter")
    assert state(page, "position") == 1
    assert page.evaluate("document.activeElement.type") == "radio"


def test_the_clicker_shows_all_answers_and_names_misconceptions(show):
    page = show(Quiz(BANK, "clicker"))
    quiz = quiz_on(page)
    assert quiz.locator("input").count() == 0
    quiz.get_by_role("button", name="Show the answers").click()
    assert quiz.locator('.choice[data-verdict="right"]').count() == 1
    assert "too short" in quiz.inner_text()
    quiz.get_by_role("button", name="Next", exact=True).click()
    assert quiz.locator(".choice[data-verdict]").count() == 0


def right_choices():
    items = quizzes.questions("inventory", "inventory")
    return [item.choices.index(item.right) for item in items]


def go_through(quiz, choices):
    for n, choice in enumerate(choices):
        quiz.locator(f'[data-choice="{choice}"] input').check()
        assert quiz.locator(".choice[data-verdict]").count() == 0
        quiz.get_by_role("button", name="See the result" if n == 9 else "Next", exact=True).click()


def test_the_inventory_judges_at_the_end_and_shows_the_gain(show):
    page = show(Quiz("inventory", "before"))
    right = right_choices()
    go_through(quiz_on(page), [*right[:3], *["unsure"] * 7])
    assert "You know 3 of 10" in quiz_on(page).inner_text()
    answers = [item.right.why for item in quizzes.questions("inventory", "inventory")]
    assert not any(why in quiz_on(page).inner_text() for why in answers)
    again(page, Quiz("inventory", "after"), Progress())
    wrong = (right[0] + 1) % 3
    go_through(quiz_on(page), [wrong, *right[1:]])
    line = quiz_on(page).locator(".gain").inner_text()
    assert line.startswith("Before: 3 of 10. Now: 9 of 10. You closed 7 of 7 gaps. 1 that you had")
    assert quiz_on(page).locator('[data-idea="slide"]').inner_text().endswith("slipped")
    summary = page.locator('[data-part="summary"]').inner_text()
    assert "before the course: 3 of 10; after it: 9 of 10" in summary


def test_progress_follows_the_quizzes_of_the_page(show):
    page = show(Quiz(BANK, "quiz"), Progress())
    row = page.locator(f'[data-lesson="{BANK}"]')
    assert row.get_attribute("data-state") == "fresh"
    answer(quiz_on(page), RIGHT)
    assert row.get_attribute("data-state") == "begun"
    assert "1 of 5 answered" in row.inner_text()


def test_words_never_become_elements(show):
    quiz = Quiz(BANK, "quiz", title="<img src=x onerror=alert(1)>")
    quiz.set_trait("questions", [{**quiz.questions[0], "text": "<script>alert(1)</script> *o*"}])
    page = show(quiz)
    legend = quiz_on(page).locator('[data-part="question"]')
    assert legend.inner_text() == "<script>alert(1)</script> o"
    assert quiz_on(page).locator("script, img").count() == 0


def test_closing_a_view_leaves_nothing_behind(show):
    page = show(Quiz(BANK, "quiz"), Progress(), Levers())
    left = page.evaluate("""() => mounted.map(({ close, listeners, el }) => {
      close();
      return [Object.values(listeners).flat().length, el.childElementCount];
    })""")
    assert left == [[0, 0]] * 3
    kept = json.dumps({"tried": [RIGHT], "sure": None, "version": PLACES.version})
    page.evaluate(
        """([key, text]) => {
          localStorage.setItem(key, text);
          window.dispatchEvent(new StorageEvent("storage", { key }));
        }""",
        [f"cnnlib/quiz/{BANK}/quiz/{PLACES.id}", kept],
    )
    assert state(page, "answers") == {}


def test_turning_the_levers_lowers_the_error(show):
    page = show(Levers())
    levers = page.locator('[data-cnnlib="levers"]')
    levers.get_by_role("button", name="raise w[0]").click()
    assert state(page, "weights") == [2.1, -1, 1]
    levers.get_by_role("button", name="Reset").click()
    turn = levers.get_by_role("button", name="Turn all of them a little")
    assert turn.is_disabled()
    levers.get_by_role("button", name="Show the levers").click()
    assert levers.locator('[data-grid="weight-gradient"]').nth(1).inner_text().split() == [
        "lever",
        "11",
        "◀",
        "lower",
        "it",
    ]
    turn.click()
    assert levers.locator('[data-part="error"]').inner_text() == "1.02"
    assert state(page, "history") == pytest.approx([7, 1.02125])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lecture", [False, True])
def test_nothing_serious_is_inaccessible(show, root, scheme, lecture):
    page = show(
        Quiz(BANK, "quiz", lecture=lecture),
        Quiz(BANK, "clicker", lecture=lecture),
        Quiz("inventory", "after", position=10, lecture=lecture),
        Progress(lecture=lecture),
        Levers(shown=True, lecture=lecture),
        color_scheme=scheme,
        width=760,
    )
    page.add_style_tag(content="html { color-scheme: light dark }")
    answer(quiz_on(page), WRONG)
    quiz_on(page, 1).get_by_role("button", name="Show the answers").click()
    page.wait_for_timeout(300)  # explanations fade in; contrast is measured after that
    assert in_the_way(page) == []
    overflow = page.evaluate(
        "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert overflow <= 0
