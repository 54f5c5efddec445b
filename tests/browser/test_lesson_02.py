"""Lesson 02 in a real JupyterLab: levers collected, one table read in three ways."""

from seen import MINUS, cell

from cnnlib.examples import one_d

LESSON = "02_send_errors_back_1d"
WIDGETS = {
    "weights": "touch-it-touch-the-weights",
    "inputs": "touch-it-touch-the-inputs",
    "readings": "one-table-three-readings-one-sum-three-readings",
}


def widget(lesson, name):
    return lesson.scroll_to(WIDGETS[name]).locator('[data-cnnlib="linked-grids"]')


def predict(lesson, grids, index, number):
    cell(grids, "weight-gradient", index).click()
    lesson.page.keyboard.type(number)
    lesson.page.keyboard.press("Enter")


def sums(grids, group):
    texts = grids.locator(f'[data-group="{group}"] .sum').all_inner_texts()
    return [float(text.replace(MINUS, "-")) for text in texts]


def test_lesson_02_names_a_wrong_lever_and_regroups_the_table(open_lesson):
    lesson = open_lesson(LESSON)
    lesson.run_all()
    weights = widget(lesson, "weights")
    hint = weights.locator('[data-part="hint"]')
    lesson.keep_kernel_busy(seconds=3)
    predict(lesson, weights, 1, "-11")  # multiplied by the weight, -1, once more
    assert "leaves the weight itself out" in hint.inner_text()
    predict(lesson, weights, 1, "11")
    assert hint.get_attribute("data-verdict") == "right"
    inputs = widget(lesson, "inputs")
    cell(inputs, "input-gradient", 5).hover()
    assert inputs.locator('[data-grid="delta"][data-lit]').count() == 1
    readings = widget(lesson, "readings")
    assert readings.get_by_text(f"{MINUS}18").count() == 3
    assert sums(readings, "output") == list(one_d.delta * one_d.x)
    readings.get_by_label("leave out").check()
    for grouping, expected in (("weight", one_d.d_w), ("input", one_d.d_o), ("output", one_d.x)):
        readings.get_by_label("group the products").select_option(grouping)
        assert sums(readings, grouping) == list(expected)
    lesson.screenshot("lesson-02-readings", part=readings)


def test_lesson_02_fits_a_narrow_dark_page(open_lesson):
    lesson = open_lesson(LESSON, theme="dark", width=760)
    lesson.hide_side_bar()
    lesson.run_all()
    for name in WIDGETS:
        grids = widget(lesson, name)
        assert grids.locator(".stage").evaluate("stage => stage.scrollWidth <= stage.clientWidth")
        lesson.screenshot(f"lesson-02-dark-{name}", part=grids)
