"""Lesson 03 as a student meets it: swapped indices named, savings counted, a kernel edited."""

import re

import pytest
from seen import cell, lit

LESSON = "03_slide_a_kernel_2d"


@pytest.fixture
def lesson(open_lesson):
    opened = open_lesson(LESSON)
    opened.run_all()
    return opened


def typed(lesson, target, text):
    target.dblclick()
    lesson.page.keyboard.type(text)
    lesson.page.keyboard.press("Enter")


def predicted(lesson, grids, index, text):
    cell(grids, "output", index).click()
    lesson.page.keyboard.type(text)
    lesson.page.keyboard.press("Enter")
    return grids.locator('[data-part="hint"]').inner_text()


def rows_and_columns_are_told_apart_in_predictions_and_in_a_picture_not_square(lesson):
    grids = lesson.widget("predict-the-output")
    assert cell(grids, "output", "0,0").inner_text().strip() == "0"
    assert "rows of the kernel down as columns" in predicted(lesson, grids, "1,0", "1")
    assert "row and column swapped" in predicted(lesson, grids, "1,0", "4")
    assert "other end" in predicted(lesson, grids, "1,0", "-1")
    assert "Yes" in predicted(lesson, grids, "1,0", "3")
    lesson.screenshot("lesson-03-predict", grids)
    tall = lesson.widget("not-square")
    cell(tall, "output", "3,1").hover()
    assert lit(tall, "input") == ["3,1", "3,2", "3,3", "4,1", "4,2", "4,3"]


def sharing_is_counted_and_an_edited_kernel_comes_back_to_the_students_function(lesson):
    sharing = lesson.widget("dense-local-shared-or-both")
    sharing.get_by_role("combobox", name="connections").select_option("shared")
    counts = sharing.locator('[data-part="counts"] b')
    assert counts.all_inner_texts() == ["480", "72"]
    lesson.screenshot("lesson-03-sharing", sharing)
    eye = lesson.widget("looks-at-a-photograph")
    typed(lesson, cell(eye, "kernel", "1,2"), "5")
    lesson.screenshot("lesson-03-photograph", eye)
    lesson.wait_for_idle_kernel()
    code = (
        "print(eye.kernel[1, 2], compare(ops.cross_correlate(eye.input, eye.kernel), eye.output))"
    )
    for _ in range(20):
        if (printed := lesson.kernel(code)).startswith("5.0"):
            break
        lesson.page.wait_for_timeout(100)
    assert re.match(r"5\.0 largest difference: (0|\d\.\de-1[4-9])", printed)


def test_predictions_counts_and_an_edited_kernel(lesson):
    """On one JupyterLab page: opening one costs seconds."""
    rows_and_columns_are_told_apart_in_predictions_and_in_a_picture_not_square(lesson)
    sharing_is_counted_and_an_edited_kernel_comes_back_to_the_students_function(lesson)
