"""A board in a real notebook: its buttons are heard while the network trains and cells run."""

import nbformat
import pytest
from jupyter_lab import KERNEL
from nbformat.v4 import new_code_cell, new_notebook

CELLS = (
    "from cnnlib import data, network\nfrom cnnlib.widgets import TrainingBoard\n"
    "(images, labels), test = data.digits()\n"
    "small = network.small_cnn()\n"
    "board = TrainingBoard(small, images, labels, test=test, epochs=8, seconds=40)\nboard",
    "found = await board.train()\nprint(board.state)",
)


@pytest.fixture
def notebook(open_lesson, tmp_path):
    path = tmp_path / "board.ipynb"
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    cells = [new_code_cell(cell) for cell in CELLS]
    nbformat.write(new_notebook(cells=cells, metadata=metadata), path)
    return open_lesson(path)


def test_buttons_act_while_a_cell_waits_and_the_end_is_shown(notebook):
    page = notebook.page
    page.evaluate("() => void window.jupyterapp.commands.execute('notebook:run-all-cells')")
    board = page.locator('[data-cnnlib="training-board"]')
    progress = board.locator('[data-part="progress"]')

    def step():
        return int(progress.inner_text().split("step ")[1].split(" ")[0])

    board.get_by_role("button", name="Pause").click(timeout=20_000)
    board.get_by_role("button", name="Go on").wait_for()
    page.wait_for_timeout(1_000)  # the step that was under way has come to its end
    paused = step()
    page.wait_for_timeout(1_000)  # in which four steps would go by
    assert step() == paused
    assert progress.inner_text().startswith("paused")
    board.get_by_role("button", name="Go on").click()
    board.get_by_role("button", name="Pause").wait_for()
    page.wait_for_function(
        "n => Number(document.querySelector('[data-part=progress]').textContent"
        ".match(/step (\\d+)/)?.[1]) > n",
        arg=paused,
    )
    assert "left" in progress.inner_text()
    board.get_by_label("full speed").check()
    board.get_by_role("button", name="Start again").wait_for(timeout=30_000)
    assert progress.inner_text() == "finished · epoch 8 of 8, step 184 of 184"
    assert "360 test images misread" in board.locator('[data-part="verdict"]').inner_text()
    notebook.wait_for_idle_kernel()
    assert notebook.cell_errors() == []
    assert notebook.kernel("print(board.state, len(board.history))").strip() == "finished 9"
    board.get_by_role("button", name="Start again").click()
    board.get_by_role("button", name="Stop").click()
    board.get_by_text("stopped ·").wait_for()
    notebook.screenshot("training-board", board)


def test_a_button_says_that_cells_must_run_again_where_the_kernel_has_been_restarted(notebook):
    page = notebook.page
    page.evaluate("() => void window.jupyterapp.commands.execute('notebook:run-all-cells')")
    board = page.locator('[data-cnnlib="training-board"]')
    board.get_by_role("button", name="Pause").click(timeout=20_000)
    board.get_by_role("button", name="Go on").wait_for()
    page.evaluate(f"() => {KERNEL}.restart()")
    notebook.wait_for_idle_kernel()
    board.get_by_role("button", name="Go on").click()
    message = board.locator('[data-part="message"]')
    assert "restarted and knows nothing of this board. Run the cells" in message.inner_text()
    notebook.screenshot("training-board-restarted", board)
    page.evaluate("() => void window.jupyterapp.commands.execute('notebook:run-all-cells')")
    board.get_by_role("button", name="Pause").click(timeout=20_000)
    board.get_by_role("button", name="Go on").wait_for()
    assert message.inner_text() == ""


def test_no_class_of_the_boards_means_anything_to_jupyterlab(notebook):
    notebook.run_all()
    board = notebook.page.locator('[data-cnnlib="training-board"]')
    fonts = "node => getComputedStyle(node).fontFamily"
    progress = board.locator('[data-part="progress"]')
    assert progress.evaluate(fonts) == board.evaluate(fonts)
