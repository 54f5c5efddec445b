"""A week with the course: each lesson run, saved, closed, opened the next day and run again."""

import nbformat
import pytest

from cnnlib.lessons import LESSONS

pytestmark = [pytest.mark.soak, pytest.mark.timeout(900)]
STEMS = [lesson.stem for lesson in LESSONS if lesson.ready]
ALIVE = "e => e.querySelectorAll('*').length > 3 && !e.innerText.includes('undefined')"


def widgets_of(lesson):
    """Cell by cell: the kind of every widget that is drawn, all of them alive."""
    kinds = {}
    for name in lesson.cell_ids():
        shown = lesson.scroll_to(name).locator("[data-cnnlib]")
        assert all(widget.evaluate(ALIVE) for widget in shown.all()), name
        if shown.count():
            kinds[name] = [widget.get_attribute("data-cnnlib") for widget in shown.all()]
    return kinds


def sources(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    return [(cell.id, cell.source) for cell in notebook.cells]


@pytest.mark.parametrize("stem", STEMS)
def test_a_lesson_is_saved_opened_again_and_run_again(open_lesson, lab, stem):
    saved = lab.folder / "notebooks" / f"{stem}.ipynb"
    lesson = open_lesson(stem)
    before = sources(saved)
    lesson.run_all()
    first = widgets_of(lesson)
    assert first
    lesson.command("docmanager:save")
    assert sources(saved) == before
    text = saved.read_text(encoding="utf-8")
    assert "Traceback" not in text
    lesson.close_all()
    lab.end_all_kernels()
    lesson.open(f"notebooks/{stem}.ipynb")
    lesson.run_all()
    assert widgets_of(lesson) == first
    assert lesson.pop_ups() == []


def test_two_lessons_run_at_once_do_not_know_of_each_other(open_lesson):
    lesson = open_lesson("02_send_errors_back_1d")
    lesson.page.evaluate(
        "() => { window.jupyterapp.commands.execute('notebook:run-all-cells'); }"  # not waited for
    )
    open_lesson("05_flip_the_kernel")
    lesson.run_all()
    assert widgets_of(lesson)
    lesson.kernel("only_here = 5")
    lesson.open("notebooks/02_send_errors_back_1d.ipynb")
    lesson.run_all()
    assert widgets_of(lesson)
    assert lesson.kernel("print('only_here' in globals())").strip() == "False"
