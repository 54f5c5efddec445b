"""Lesson 00 in a real JupyterLab: the levers, the ten ideas, the progress that remembers."""

from cnnlib.examples import one_d


def test_lesson_00_runs_and_remembers_when_it_is_run_again(open_lesson):
    lesson = open_lesson("00_start_here")
    lesson.run_all()
    levers = lesson.scroll_to("one-minute-three-weights-one-levers")
    lesson.keep_kernel_busy(seconds=2)
    levers.get_by_role("button", name="Show the levers").click()
    levers.get_by_role("button", name="Turn all of them a little").click()
    after = one_d.error_at(one_d.w - 0.05 * one_d.d_w)
    assert levers.locator('[data-part="error"]').inner_text() == f"{after:.2f}"
    lesson.screenshot("lesson-00-levers", part=levers.locator('[data-cnnlib="levers"]'))
    ideas = lesson.scroll_to("ten-ideas-before-you-begin-ten-ideas-before")
    ideas.locator('[data-choice="2"] input').check()
    lesson.wait_for_idle_kernel()
    lesson.run_all()
    ideas = lesson.scroll_to("ten-ideas-before-you-begin-ten-ideas-before")
    assert ideas.locator('[data-choice="2"] input').is_checked()
    assert ideas.locator('[data-part="score"]').inner_text() == "1 of 10 answered"
    lesson.screenshot("lesson-00-ideas", part=ideas.locator('[data-cnnlib="quiz"]'))
    progress = lesson.scroll_to("the-lessons-progress").locator('[data-cnnlib="progress"]')
    assert "1 of 10 answered" in progress.inner_text()
    lesson.screenshot("lesson-00-progress", part=progress)


def test_lesson_00_fits_a_narrow_dark_page(open_lesson):
    lesson = open_lesson("00_start_here", theme="dark", width=760)
    lesson.hide_side_bar()
    lesson.run_all()
    for cell in (
        "one-minute-three-weights-one-levers",
        "the-lessons-progress",
    ):
        widget = lesson.scroll_to(cell).locator("[data-cnnlib]")
        assert widget.evaluate("e => e.scrollWidth <= e.clientWidth")
        lesson.screenshot(f"lesson-00-dark-{cell}", part=widget)
