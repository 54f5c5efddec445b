"""Lesson 07 as a student meets it: a cell that wins twice, and a pool that does not multiply."""

from seen import cell


def typed(lesson, grids, grid, index, text):
    cell(grids, grid, index).dblclick()
    lesson.page.keyboard.press("Control+A")
    lesson.page.keyboard.type(text)
    lesson.page.keyboard.press("Enter")


def back(grids, index):
    return cell(grids, "input-gradient", index).locator(".number").inner_text().strip()


def test_overwriting_is_named_and_the_pool_does_not_multiply(open_lesson):
    lesson = open_lesson("07_pool_and_route")
    lesson.run_all()
    levers = lesson.widget("predict-all-six-levers-predict-all-six-levers")
    typed(lesson, levers, "input-gradient", "1", "-2")
    assert "wins more than one window" in levers.locator('[data-part="hint"]').inner_text()
    typed(lesson, levers, "input-gradient", "1", "-1")
    assert "Yes" in levers.locator('[data-part="hint"]').inner_text()
    lesson.screenshot("lesson-07-levers", levers)
    multiply = lesson.widget("does-pooling-multiply")
    lesson.keep_kernel_busy(seconds=6)
    typed(lesson, multiply, "input", "1,0", "30")
    assert cell(multiply, "output", "0,0").locator(".number").inner_text().strip() == "30"
    assert (back(multiply, "1,0"), back(multiply, "0,0")) == ("1", "0")
    typed(lesson, multiply, "input", "1,0", "0.5")
    assert (back(multiply, "1,0"), back(multiply, "0,0")) == ("0", "1")
    multiply.get_by_label("stride").select_option("1")
    assert multiply.locator('[data-grid="output"]').count() == 9
    assert lesson.kernel_is_busy()
    lesson.screenshot("lesson-07-multiply", multiply)
