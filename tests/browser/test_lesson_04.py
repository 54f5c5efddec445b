"""Lesson 04 as a student meets it: products come in one by one, and a wrong gradient is named."""

import re

import pytest
from seen import cell, formula, lit

PATCH = ["1,0", "1,1", "1,2", "2,0", "2,1", "2,2", "3,0", "3,1", "3,2"]


@pytest.fixture
def lesson(open_lesson):
    opened = open_lesson("04_collect_weight_gradients")
    opened.run_all()
    return opened


def predict(lesson, grids, index, text):
    cell(grids, "weight-gradient", index).click()
    lesson.page.keyboard.type(text)
    lesson.page.keyboard.press("Enter")
    return grids.locator('[data-part="hint"]').inner_text()


def the_products_of_the_weight_that_is_0_come_in_one_by_one(lesson):
    grids = lesson.widget("nine-products")
    lesson.keep_kernel_busy(seconds=8)
    sums = []
    for step in range(9):
        assert lit(grids, "input") == [PATCH[step]]
        sums.append(int(re.search(r"=(\d+)(?:sofar|$)", formula(grids))[1]))
        grids.get_by_role("button", name="Next step").click()
    assert sums == [3, 3, 3, 3, 5, 5, 5, 5, 8]
    assert lesson.kernel_is_busy()
    cell(grids, "weight-gradient", "1,0").hover()
    assert lit(grids, "input") == PATCH
    lesson.screenshot("lesson-04-products", grids)


def a_contribution_is_not_the_gradient_in_the_prediction_and_in_the_readings(lesson):
    grids = lesson.widget("predict-four-gradients")
    assert "leaves the weight itself out" in predict(lesson, grids, "1,0", "0")
    assert "other end" in predict(lesson, grids, "1,0", "-1")
    assert "Yes" in predict(lesson, grids, "1,0", "3")
    assert cell(grids, "weight-gradient", "0,0").inner_text().strip() == "?"
    lesson.screenshot("lesson-04-predict", grids)
    readings = lesson.widget("one-number-three-ways-one-number-three-ways")
    group = readings.locator('[data-group="weight"][data-member="1,0"] .sum')
    assert group.inner_text() == "0"
    readings.get_by_label("leave out the group's own factor").check()
    assert group.inner_text() == "8"
    total = re.sub(r"\s+", "", readings.locator('[data-part="total"]').inner_text())
    assert "δ·x=4" in total
    assert "w·∂E/∂w=4" in total
    lesson.screenshot("lesson-04-readings", readings)


def test_products_come_in_and_a_contribution_is_not_the_gradient(lesson):
    """On one JupyterLab page: opening one costs seconds."""
    the_products_of_the_weight_that_is_0_come_in_one_by_one(lesson)
    a_contribution_is_not_the_gradient_in_the_prediction_and_in_the_readings(lesson)
