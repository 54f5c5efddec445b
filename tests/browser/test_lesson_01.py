"""Lesson 01 as a student meets it: real JupyterLab, real browser."""

import json

import pytest
from seen import MINUS, cell, formula, lit

LESSON = "01_slide_a_kernel_1d"


@pytest.fixture
def lesson(open_lesson):
    opened = open_lesson(LESSON)
    opened.run_all()
    return opened


def widget(lesson, number):
    """LinkedGrids number n of the lesson, scrolled into view."""
    ids = [
        i
        for i in lesson.cell_ids()
        if i.endswith(("predict-the-output", "touch", "search-the-signal"))
    ]
    return lesson.scroll_to(ids[number]).locator('[data-cnnlib="linked-grids"]')


def becomes(lesson, code, text, tries=20):
    """What Python prints, once the messages that waited for the kernel have come through."""
    for _ in range(tries):
        if (printed := lesson.kernel(code).strip()) == text:
            return True
        lesson.page.wait_for_timeout(100)
    raise AssertionError(f"{code} printed {printed}, not {text}")


def pointing_lights_the_partners_and_writes_the_sum(lesson):
    grids = widget(lesson, 1)
    cell(grids, "output", 2).hover()
    assert lit(grids, "input") == ["2", "3", "4"]
    assert lit(grids, "kernel") == ["0", "1", "2"]
    assert formula(grids) == f"forwardx[2]=2·0+({MINUS}1)·({MINUS}1)+1·3=4"
    lesson.page.wait_for_timeout(600)  # the kernel has come to rest
    lesson.screenshot("lesson-01-widget", grids)
    cell(grids, "kernel", 0).hover()
    assert lit(grids, "input") == ["0", "1", "2", "3"]
    assert lit(grids, "output") == ["0", "1", "2", "3"]
    cell(grids, "input", 5).hover()
    assert lit(grids, "output") == ["3"]
    assert lit(grids, "kernel") == ["2"]


def test_keys_step_move_and_edit_and_the_notebook_keeps_its_hands_off(lesson):
    grids = widget(lesson, 1)
    cells_before = len(lesson.cell_ids())
    cell(grids, "output", 0).focus()
    for key in ("ArrowRight", "ArrowRight", "d", "d", "b", "x"):
        lesson.page.keyboard.press(key)
    assert lit(grids, "output") == ["2"]
    lesson.page.keyboard.press(" ")
    assert lit(grids, "output") == ["3"]
    cell(grids, "kernel", 0).focus()
    lesson.page.keyboard.type("-3")
    lesson.page.keyboard.press("Enter")
    assert cell(grids, "kernel", 0).inner_text().strip() == f"{MINUS}3"
    assert cell(grids, "output", 0).inner_text().strip() == f"{MINUS}5"
    assert len(lesson.cell_ids()) == cells_before
    lesson.wait_for_idle_kernel()
    assert becomes(lesson, "print(slide.kernel.tolist())", "[-3.0, -1.0, 1.0]")


def test_it_all_works_while_the_kernel_is_busy_and_syncs_afterwards(lesson):
    grids = widget(lesson, 1)
    lesson.keep_kernel_busy(seconds=4)
    cell(grids, "output", 1).hover()
    assert lit(grids, "input") == ["1", "2", "3"]
    grids.get_by_role("button", name="Next step").click()
    cell(grids, "input", 1).dblclick()
    lesson.page.keyboard.type("7")
    lesson.page.keyboard.press("Enter")
    assert cell(grids, "output", 0).inner_text().strip() == f"{MINUS}5"
    assert lesson.kernel_is_busy()
    lesson.wait_for_idle_kernel()
    assert becomes(lesson, "print(slide.input[1], slide.position)", "7.0 1")


def a_wrong_prediction_is_told_which_misconception_it_is(lesson):
    grids = widget(lesson, 0)
    assert cell(grids, "output", 1).inner_text().strip() == "?"
    assert "=?" in formula(grids)
    cell(grids, "output", 2).click()
    lesson.page.keyboard.type("7")
    lesson.page.keyboard.press("Enter")
    hint = grids.locator('[data-part="hint"]')
    assert "other end" in hint.inner_text()
    assert cell(grids, "output", 2).inner_text().strip() == "?"
    cell(grids, "output", 2).click()
    lesson.page.keyboard.type("4")
    lesson.page.keyboard.press("Enter")
    assert hint.get_attribute("data-verdict") == "right"
    assert "0 of 1 right at the first try" in grids.inner_text()
    lesson.screenshot("lesson-01-predict", grids)
    grids.get_by_role("button", name="Reveal all").click()
    assert [cell(grids, "output", i).inner_text().strip() for i in range(4)] == [
        "0",
        "3",
        "4",
        f"{MINUS}4",
    ]
    assert becomes(lesson, "print([g['slug'] for g in predict.guesses])", "['flipped', None]")


def play_goes_to_the_end_and_stops(lesson):
    grids = widget(lesson, 1)
    grids.get_by_role("button", name="Play").click()
    grids.get_by_role("button", name="Pause").wait_for()
    grids.get_by_role("button", name="Play").wait_for(timeout=6000)
    assert lit(grids, "output") == ["3"]


def a_long_signal_is_a_line_that_can_be_walked_along(lesson):
    grids = widget(lesson, 2)
    trace = grids.locator('[data-trace="output"]')
    box = trace.bounding_box()
    lesson.page.mouse.move(box["x"] + box["width"] * 0.22, box["y"] + 20)
    first = formula(grids)
    lesson.page.mouse.move(box["x"] + box["width"] * 0.75, box["y"] + 20)
    assert formula(grids) != first
    trace.focus()
    lesson.page.keyboard.press("ArrowRight")
    assert "sample" in trace.get_attribute("aria-valuetext")
    lesson.screenshot("lesson-01-signal", grids)


@pytest.mark.parametrize(("theme", "width"), [("light", 1300), ("dark", 760)])
def test_it_looks_right(open_lesson, theme, width):
    lesson = open_lesson(LESSON, theme=theme, width=width)
    lesson.hide_side_bar()
    lesson.run_all()
    for number, name in enumerate(("predict", "touch", "signal")):
        grids = widget(lesson, number)
        stage = grids.locator(".stage")
        over = stage.evaluate("stage => stage.scrollWidth - stage.clientWidth")
        assert over <= 0, f"{name} is {over} px too wide"
        assert grids.bounding_box()["height"] < 900 * 2 / 3
        lesson.screenshot(f"lesson-01-{name}-{theme}-{width}")


HOVER_TO_PAINT = """async cells => {
  const waits = [];
  for (let n = 0; n < 60; n++) {
    await new Promise(requestAnimationFrame);
    const start = performance.now();
    cells[n % cells.length].dispatchEvent(new PointerEvent('pointerover', {bubbles: true}));
    await new Promise(requestAnimationFrame);
    await new Promise(done => setTimeout(done));
    waits.push(performance.now() - start);
  }
  return waits.sort((a, b) => a - b);
}"""


def hover_to_paint_is_measured(lesson, capsys):
    grids = widget(lesson, 1)
    waits = grids.locator('[data-grid="output"]').evaluate_all(HOVER_TO_PAINT)
    lit_now = json.dumps(lit(grids, "output"))
    with capsys.disabled():
        print(
            f"\nhover to paint: median {waits[30]:.1f} ms, p90 {waits[54]:.1f} ms (a frame: 16.7)"
        )
    assert lit_now != "[]"


def test_every_picture_of_the_lesson_answers(lesson, capsys):
    """What disturbs no other picture shares one JupyterLab page: opening one costs seconds."""
    a_wrong_prediction_is_told_which_misconception_it_is(lesson)
    pointing_lights_the_partners_and_writes_the_sum(lesson)
    play_goes_to_the_end_and_stops(lesson)
    a_long_signal_is_a_line_that_can_be_walked_along(lesson)
    hover_to_paint_is_measured(lesson, capsys)
