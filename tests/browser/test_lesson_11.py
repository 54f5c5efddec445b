"""Lesson 11 as a student meets it: a pixel forward, a delta back, while the kernel is busy."""


def picture(lesson, title):
    (cell,) = [i for i in lesson.cell_ids() if i.endswith(title)]
    return lesson.scroll_to(cell).locator('[data-cnnlib="network-trace"]')


def test_a_pixel_is_followed_and_a_delta_comes_back(open_lesson):
    lesson = open_lesson("11_trace_one_number")
    lesson.run_all()
    forward = picture(lesson, "follow-a-pixel-follow-a-pixel")
    lesson.keep_kernel_busy(seconds=6)
    forward.locator('[data-grid="input"][data-index="3,4"]').hover()
    lit = forward.locator('[data-grid="conv1"][data-map="5"][data-lit="region-q"]')
    assert lit.count() == 9
    assert "103,680 paths" in forward.locator('[data-part="path"]').inner_text()
    assert lesson.kernel_is_busy()
    lesson.screenshot("lesson-11-forward", forward)
    back = picture(lesson, "with-real-numbers-with-real-numbers")
    back.locator('[data-grid="conv1"][data-map="2"][data-index="3,4"]').click()
    back.get_by_role("button", name="Back one step").click()
    assert back.locator("[data-ahead]").count() == 1
    back.locator('[data-grid="pool1"]').first.focus()
    lesson.page.keyboard.press("ArrowRight")
    focused = "document.activeElement.dataset"
    assert lesson.page.evaluate(f"[{focused}.grid, {focused}.index]") == ["pool1", "0,1"]
    lesson.screenshot("lesson-11-back", back)
