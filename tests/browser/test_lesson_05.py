"""Lesson 05 as a student meets it: a column reads from the other end; only the turn is right."""

import pytest
from seen import cell


@pytest.fixture
def lesson(open_lesson):
    opened = open_lesson("05_flip_the_kernel")
    opened.run_all()
    return opened


def line_read(grids):
    return grids.locator('[data-part="reads"]').inner_text().split("\n")


def verdict(grids):
    return grids.locator('[data-part="verdict"]').inner_text()


def a_row_reads_the_kernel_as_it_stands_and_a_column_from_its_other_end(lesson):
    grids = lesson.widget("across-and-down")
    lesson.keep_kernel_busy(seconds=6)
    cell(grids, "output", "1").hover()
    assert line_read(grids) == ["row 1 of T reads", "2", "−1", "1", "the kernel, as it stands"]
    cell(grids, "input", "3").hover()
    column = ["column 3 of T reads", "1", "−1", "2", "the kernel, from its other end"]
    assert line_read(grids) == column
    assert lesson.kernel_is_busy()
    lesson.screenshot("lesson-05-column", grids)
    back = lesson.widget("t-the-way-back")
    cell(back, "input-gradient", "3").hover()
    assert line_read(back) == ["row 3 of Tᵀ reads", *column[1:]]
    assert cell(back, "input-gradient", "3").inner_text().strip() == "4"
    lesson.screenshot("lesson-05-back", back)


def only_the_turn_is_true_convolution_and_some_kernels_hide_it(lesson):
    grids = lesson.widget("turn-the-kernel")
    grids.get_by_role("button", name="Turn it").click()
    assert verdict(grids).startswith("o * w against o ⊗ w: differs in 7 of 9")
    for move in ("mirror left-right", "mirror up-down", "transpose"):
        grids.get_by_role("combobox", name="move").select_option(move)
        assert "is not true convolution" in verdict(grids)
    lesson.screenshot("lesson-05-turn", grids)
    hiding = lesson.widget("kernels-that-hide-it")
    for kernel, hides in (("1 2 / 2 1", True), ("0 1 / 1 0", True), ("1 2 / 2 5", False)):
        hiding.get_by_role("combobox", name="kernel").select_option(label=kernel)
        assert ("hides the flip" in verdict(hiding)) is hides
    lesson.screenshot("lesson-05-hides", hiding)


def test_rows_columns_and_turns(lesson):
    """On one JupyterLab page: opening one costs seconds."""
    a_row_reads_the_kernel_as_it_stands_and_a_column_from_its_other_end(lesson)
    only_the_turn_is_true_convolution_and_some_kernels_hide_it(lesson)
