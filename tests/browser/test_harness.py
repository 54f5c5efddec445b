import nbformat
import pytest
from chromium import Watch
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from tools.notebooks import NOTEBOOK_METADATA

PICTURE = "LinkedGrids('slide-1d', input=[1, 2, 3], kernel=[4, 5])"
SLIDER = "import ipywidgets\nslider = ipywidgets.IntSlider(value=3, description='size')\nslider"


def saved(path, *cells):
    nbformat.write(new_notebook(cells=cells, metadata=NOTEBOOK_METADATA), path)
    return path


@pytest.fixture
def small_notebook(tmp_path):
    long = [new_markdown_cell("\n\n".join("text" for _ in range(40)))]
    value = new_code_cell("print(slider.value)", id="value")
    return saved(tmp_path / "small.ipynb", new_code_cell(SLIDER), *long, value)


def test_a_widget_lives_in_a_real_jupyterlab(open_lesson, small_notebook):
    lesson = open_lesson(small_notebook)
    lesson.run_all()
    handle = lesson.scroll_to(0).get_by_role("slider")
    handle.focus()
    handle.press("ArrowRight")
    lesson.page.get_by_text("4", exact=True).wait_for()
    assert lesson.kernel("print(slider.value)").strip() == "4"
    assert lesson.scroll_to("value").locator(".jp-OutputArea").inner_text().strip() == "3"
    lesson.screenshot("harness")


def test_a_busy_kernel_answers_later(open_lesson, small_notebook):
    lesson = open_lesson(small_notebook)
    lesson.keep_kernel_busy(seconds=4)
    assert lesson.kernel_is_busy()
    lesson.wait_for_idle_kernel()
    assert not lesson.kernel_is_busy()


def test_an_error_in_a_cell_stops_the_run_with_its_text(open_lesson, tmp_path):
    lesson = open_lesson(saved(tmp_path / "fails.ipynb", new_code_cell("1 / 0")))
    with pytest.raises(AssertionError, match="ZeroDivisionError: division by zero"):
        lesson.run_all()


def test_jupyterlab_opens_the_first_lesson_in_dark_with_nothing_in_the_way(open_lesson):
    lesson = open_lesson("00_start_here", theme="dark", width=760)
    lesson.hide_side_bar()
    lesson.run_all()
    lesson.page.wait_for_timeout(1500)  # a notification comes a moment after the start
    assert lesson.pop_ups() == []
    first_picture = next(i for i in lesson.cell_ids() if i.endswith("first-live-picture"))
    cell = lesson.scroll_to(first_picture)
    assert cell.bounding_box()["y"] < 150
    cell.locator('[data-cnnlib="linked-grids"]').wait_for()
    lesson.screenshot("start-here-dark-760")


def test_what_leaves_the_machine_and_what_complains_is_seen(browser):
    page = browser.new_page()
    watch = Watch(page)
    page.goto("data:text/html,<title>here</title>")
    page.evaluate("() => fetch('http://elsewhere.invalid/x').catch(() => console.error('no'))")
    page.close()
    assert watch.left_the_machine == ["http://elsewhere.invalid/x"]
    assert watch.console_errors[-1] == "no"


def test_jupyterlab_starts_without_a_wall_of_errors_in_the_terminal(lab):
    """A package.json above .venv that makes every .js a module would break JupyterLab's own."""
    said = (lab.folder.parent / "server.log").read_text(encoding="utf-8")
    assert "is running at" in said
    assert "yarn" not in said
    assert "Node.js" not in said


def test_a_notebook_opened_again_shows_its_widgets_as_they_were_saved(open_lesson, lab, tmp_path):
    cell = new_code_cell(f"from cnnlib.widgets import LinkedGrids\n{PICTURE}")
    lesson = open_lesson(saved(tmp_path / "again.ipynb", cell))
    lesson.run_all()
    widget = lesson.scroll_to(0).locator("[data-cnnlib]")
    widget.locator('[data-grid="output"][data-index="1"]').click()
    shown = widget.locator('[data-part="formula"]').inner_text()
    lesson.command("docmanager:save")
    lesson.close_all()
    lab.end_all_kernels()
    lesson.open("notebooks/again.ipynb")
    again = lesson.scroll_to(0).locator('[data-cnnlib] [data-part="formula"]')
    assert "23" in shown
    assert again.inner_text() == shown


def test_every_figure_of_a_lesson_is_there_as_make_lab_starts_jupyterlab(open_lesson):
    lesson = open_lesson("03_slide_a_kernel_2d")
    figures = []
    for number, name in enumerate(lesson.cell_ids()):
        shown = lesson.scroll_to(number).locator(".jp-RenderedMarkdown img")
        for picture in shown.all():
            picture.evaluate("image => image.decode()")
            figures.append((name, picture.evaluate("image => image.naturalWidth")))
    assert len(figures) == 4
    assert all(width > 0 for _, width in figures)
