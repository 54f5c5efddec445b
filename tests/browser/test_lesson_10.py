"""Lesson 10 as a student meets it: all cells run, the board has finished, the bug is there."""

from jupyter_lab import NOTEBOOK


def test_after_all_cells_have_run_the_board_is_read_while_the_kernel_works(open_lesson):
    lesson = open_lesson("10_train_a_cnn", theme="dark")
    lesson.run_all()
    board = lesson.part("train-it-live-train-it-live").locator('[data-cnnlib="training-board"]')
    assert board.locator('[data-part="progress"]').inner_text().startswith("finished · epoch 25")
    assert "of 360 test images misread" in board.locator('[data-part="verdict"]').inner_text()
    lesson.keep_kernel_busy(seconds=6)
    board.get_by_label("moment of the run").focus()
    lesson.page.keyboard.press("Home")
    read = board.locator('[data-part="readout"]')
    assert read.inner_text().startswith("before training · test: loss 2.3")
    board.get_by_role("button", name="digit 8").click()
    assert "it is an 8" in board.locator('[data-part="read"]').inner_text()
    assert lesson.kernel_is_busy()
    lesson.screenshot("lesson-10-board", board)
    drawn = lesson.part("draw-a-digit-draw-a-digit").locator("[data-cnnlib]")
    assert drawn.get_attribute("data-cnnlib") == "sketch-pad"
    compared = lesson.part("find-the-bug-compare").inner_text()
    assert "dE/dv right: True" in compared
    assert "dE/dw right: False" in compared
    report = lesson.part("find-the-bug-exercises-check-two-layers")
    assert "not right yet" in report.inner_text()
    lesson.screenshot("lesson-10-bug", report)
    lesson.part("train-it-live-train-it-live")
    lesson.page.evaluate(
        f"() => {{ const {{ content }} = {NOTEBOOK}; content.activeCellIndex ="
        " content.widgets.findIndex(({ model }) => model.sharedModel.source.includes('Board(')"
        " && model.sharedModel.source.includes('epochs=25'));"
        " return window.jupyterapp.commands.execute('notebook:run-cell'); }"
    )
    untrained = lesson.kernel(
        "print(board.state, ops.softmax_cross_entropy(small.scores(images), labels)[0] > 2.2)"
    )
    assert untrained.strip() == "ready True"
