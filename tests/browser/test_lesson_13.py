"""Lesson 13 as a student meets it: ten sigmoids, larger weights, units that die."""


def cell_of(lesson, ending):
    (found,) = [i for i in lesson.cell_ids() if i.endswith(ending)]
    return lesson.scroll_to(found)


def test_delta_fades_grows_and_dies_while_the_kernel_is_busy(open_lesson):
    lesson = open_lesson("13_keep_gradients_alive", theme="dark", width=760)
    lesson.run_all()
    chain = cell_of(lesson, "try-larger-weights").locator('[data-cnnlib="depth-plot"]')
    verdict = chain.locator('[data-part="verdict"]')
    assert "2.8 · 10⁻⁷" in verdict.inner_text()
    lesson.keep_kernel_busy(seconds=5)
    chain.get_by_role("slider", name="all weights ×").focus()
    lesson.page.keyboard.press("End")
    assert "1.5 · 10⁻¹²" in verdict.inner_text()
    chain.get_by_role("combobox", name="f", exact=True).select_option("tanh")
    bar = chain.locator('[data-grid="delta"][data-index="10"]')
    bar.focus()
    lesson.page.keyboard.press("ArrowLeft")
    assert "Layer 9: " in chain.locator('[data-part="formula"]').inner_text()
    assert lesson.kernel_is_busy()
    lesson.screenshot("lesson-13-chain", chain)
    dead = cell_of(lesson, "dead-units").locator('[data-cnnlib="depth-plot"]')
    dead.get_by_role("slider", name="bias").fill("-0.3")
    assert "gets 0 of" in dead.locator('[data-part="verdict"]').inner_text()
    lesson.screenshot("lesson-13-dead", dead)
    trained = cell_of(lesson, "train-them")
    assert "sigmoid  10 %" in trained.inner_text()
