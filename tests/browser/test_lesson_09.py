"""Lesson 09 as a student meets it: a pair at a time, six deltas back, a wrong answer named."""

from seen import formula


def test_pairs_step_while_the_kernel_works_and_the_matrix_shows_its_transpose(open_lesson):
    lesson = open_lesson("09_stack_channels", width=760)
    lesson.run_all()
    first = lesson.widget("touch-it-touch-it")
    lesson.keep_kernel_busy(seconds=6)
    for _ in range(3):
        first.get_by_role("button", name="Next step").click()
    assert "addedtox[1]:1of3channelssofar" in formula(first)
    assert lesson.kernel_is_busy()
    lesson.screenshot("lesson-09-forward", first)
    six = lesson.widget("what-happened-eighteen")
    assert six.get_by_label("position").get_attribute("max") == "17"
    lesson.page.mouse.move(1, 1)  # what is pointed at comes before what is stepped to
    six.get_by_role("combobox", name="small convolution").select_option("5")
    assert "6of6filterssofar" in formula(six)
    lesson.screenshot("lesson-09-six", six)
    small = lesson.widget("kernels-of-one-weight-kernels-of-one-weight")
    small.get_by_label("reading").select_option("input-gradient")
    cells = small.locator('[data-grid="input-gradient"]').all_inner_texts()
    assert [text.strip() for text in cells] == ["4", "5"]
    assert "Wᵀ" in small.locator('[data-part="dense"]').inner_text()
    lesson.screenshot("lesson-09-dense", small)
