"""Lesson 06 as a student meets it: Q by pointing, two readings of one sum, wrong formulas."""

import re

import pytest
from seen import cell, lit


@pytest.fixture
def lesson(open_lesson):
    opened = open_lesson("06_follow_the_delta")
    opened.run_all()
    return opened


def predict(lesson, grids, index, text):
    cell(grids, "input-gradient", index).click()
    lesson.page.keyboard.type(text)
    lesson.page.keyboard.press("Enter")
    return grids.locator('[data-part="hint"]').inner_text()


def four_outputs_use_the_pixel_and_a_kernel_not_turned_is_named(lesson):
    region = lesson.widget("look-and-write-down-look-and-write-down")
    cell(region, "output", "0,1").hover()
    assert lit(region, "input") == ["0,1", "0,2", "1,1", "1,2"]
    cell(region, "input", "1,2").hover()
    assert lit(region, "output") == ["0,1", "0,2", "1,1", "1,2"]
    lesson.screenshot("lesson-06-region", region)
    grids = lesson.widget("predict-what-comes-back-predict-what-comes-back")
    assert cell(grids, "input-gradient", "1,2").inner_text().strip() == "2"
    assert "wrong partners" in predict(lesson, grids, "1,1", "0")
    assert "Yes" in predict(lesson, grids, "1,1", "4")
    lesson.screenshot("lesson-06-predict", grids)


def scatter_and_gather_agree_and_the_mean_hides_the_double_flip(lesson):
    follow = lesson.widget("scatter-and-gather-scatter-and-gather")
    lesson.keep_kernel_busy(seconds=6)
    follow.get_by_label("reading").select_option("gather")
    cell(follow, "input-gradient", "1,1").hover()
    assert re.sub(r"\s+", "", follow.locator('[data-part="formula"]').inner_text()).endswith("=4")
    assert lesson.kernel_is_busy()
    lesson.screenshot("lesson-06-gather", follow)
    wrong = lesson.widget("right-and-wrong-right-and-wrong")
    verdict = {n: wrong.locator(f'[data-check="{n}"]').inner_text() for n in ("total", "mean")}
    assert "4 and 14" in verdict["total"]
    assert "caught" in verdict["total"]
    assert "hides it" in verdict["mean"]
    lesson.screenshot("lesson-06-wrong", wrong)


def test_regions_readings_and_wrong_formulas(lesson):
    """On one JupyterLab page: opening one costs seconds."""
    four_outputs_use_the_pixel_and_a_kernel_not_turned_is_named(lesson)
    scatter_and_gather_agree_and_the_mean_hides_the_double_flip(lesson)
