"""Lesson 08 as a student meets it: steps of two, six levers, zeros between, three passes."""

from seen import cell


def texts(grids, grid):
    found = grids.locator(f'[data-grid="{grid}"]').all_inner_texts()
    return [text.strip().replace("\u2212", "-") for text in found]


def predict(lesson, grids, index, text):
    cell(grids, "input-gradient", index).click()
    lesson.page.keyboard.type(text)
    lesson.page.keyboard.press("Enter")
    return grids.locator('[data-part="hint"]').inner_text()


def test_the_zeros_come_with_the_stride_and_a_dropped_stride_is_named(open_lesson):
    lesson = open_lesson("08_stride_pad_dilate")
    lesson.run_all()
    levers = lesson.widget("predict-the-other-five-predict-the-other-five")
    assert cell(levers, "input-gradient", "2").inner_text().strip() == "-3".replace("-", "\u2212")
    assert "side by side" in predict(lesson, levers, "1", "-5")
    assert "Yes" in predict(lesson, levers, "5", "0")
    lesson.screenshot("lesson-08-six-levers", levers)
    lesson.keep_kernel_busy(seconds=6)
    gather = lesson.widget("zeros-between-the-deltas-zeros-between")
    zeros = gather.locator('[data-of="delta"] [data-pad]')
    assert zeros.count() == 6
    gather.get_by_role("combobox", name="stride").select_option("3")
    assert zeros.count() == 6
    assert texts(gather, "input-gradient") == ["2", "-1", "1", "-4", "2", "-2"]
    assert lesson.kernel_is_busy()
    plane = lesson.widget("all-at-once-all-at-once")
    assert plane.locator('[data-of="input-gradient"] [data-pad]').count() == 7 * 8 - 30
    lesson.screenshot("lesson-08-plane", plane)
    plane.get_by_label("pass").select_option("weights")
    assert len(texts(plane, "weight-gradient")) == 6
