import ast
import re
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from tools import execute, executed, notebooks

FOLDER = notebooks.FOLDER
SOURCES = sorted((FOLDER / "src").glob("*.py"))
STUDENT = sorted(FOLDER.glob("*.ipynb"))
DERIVED = STUDENT + sorted((FOLDER / "solutions").glob("*.ipynb"))
MOST_CODE_LINES = 8
SECONDS_PER_LESSON = 20  # of a lesson that has begun to compute for long; they take 2 to 7

SOURCE = """\
# %% [markdown] slideshow={"slide_type": "slide"}
# # Add the products
# See ![sum](../figures/sum.svg).

# %% [markdown] tags=["notes"]
# Ask first. $\\\\delta$ is "new" here.

# %% [markdown] tags=["clicker"]
# How many? 3, 6 or 4

# %%
total = 0
total = ...
# solution
total = 1 * 2 + 3

# %% tags=["writing"]
def double(o):
    \"\"\"Twice o.\"\"\"
    # stub
    for value in o:
        ...
    # solution
    return 2 * o


# %% tags=["solution-only"]
assert double(2) == 4
"""


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_the_student_notebook_keeps_what_stands_above_the_marker():
    first, second = code_cells(notebooks.student_notebook(SOURCE))
    assert first.source == "total = 0\ntotal = ..."
    assert second.source == 'def double(o):\n    """Twice o."""\n    for value in o:\n        ...'


def test_the_solution_notebook_has_neither_stub_nor_marker():
    first, second, third = code_cells(notebooks.solution_notebook(SOURCE))
    assert first.source == "total = 0\ntotal = 1 * 2 + 3"
    assert second.source == 'def double(o):\n    """Twice o."""\n    return 2 * o'
    assert third.source == "assert double(2) == 4"


@pytest.mark.parametrize(
    "line", ["...", "d_w = ...", "    return ...  # one number", "x, y = ..., ...", "pass"]
)
def test_a_stub_line_is_dropped_from_the_solution(line):
    assert notebooks.solution_code(f"keep = 1\n{line}\n# solution\nd_w = 2") == "keep = 1\nd_w = 2"


@pytest.mark.parametrize("line", ["d_w = 1  # and so on ...", "password = 1", "o[..., 0] = 3"])
def test_a_line_of_code_is_not_taken_for_a_stub(line):
    assert notebooks.solution_code(f"{line}\n# solution\nb = 2") == f"{line}\nb = 2"


def test_every_line_of_a_stub_is_dropped_from_the_solution():
    assert notebooks.solution_code("a = ...\nb = ...\n# solution\na = b = 1") == "a = b = 1"


def test_a_solution_that_leaves_half_a_loop_is_refused_with_the_remedy():
    with pytest.raises(ValueError, match="needs the line '# stub'"):
        notebooks.solution_notebook("# %%\nfor i in x:\n    ...\n# solution\ny = 1\n")


def test_the_lecturers_notes_are_in_the_metadata_and_not_on_the_page():
    first = notebooks.student_notebook(SOURCE).cells[0]
    assert first.metadata == {
        "slideshow": {"slide_type": "slide"},
        "cnnlib": {
            "notes": 'Ask first. $\\\\delta$ is "new" here.',
            "clicker": "How many? 3, 6 or 4",
        },
    }
    assert "Ask first" not in "".join(c.source for c in notebooks.student_notebook(SOURCE).cells)


def test_links_upward_fit_the_folder_of_the_solutions():
    assert "](../figures/sum.svg)" in notebooks.student_notebook(SOURCE).cells[0].source
    assert "](../../figures/sum.svg)" in notebooks.solution_notebook(SOURCE).cells[0].source


def test_numbers_in_prose_and_in_notes_are_computed_and_leave_ids_alone():
    page = "# %% [markdown]\n# x is {{ one_d.x }}\n\n"
    text = page + "# %% [markdown] tags=['notes']\n# E is {{ one_d.E }}\n"
    (cell,) = notebooks.student_notebook(text).cells
    assert cell.source == "x is [0 3 4 −4]"
    assert cell.metadata["cnnlib"]["notes"] == "E is 7"
    assert cell.id == "top-x-is-one-d-x"


def test_a_count_has_the_comma_of_the_widgets_also_in_a_formula():
    page = "# %% [markdown]\n# {{ count(103680) }}, ${{ count(103680, '{,}') }}$, {{ count(36) }}\n"
    (cell,) = notebooks.student_notebook(page).cells
    assert cell.source == "103,680, $103{,}680$, 36"


def test_ids_stay_when_another_cell_is_put_in():
    longer = SOURCE.replace('# %% tags=["writing"]', '# %%\nprint(total)\n\n# %% tags=["writing"]')
    before = {cell.id: cell.source for cell in notebooks.student_notebook(SOURCE).cells}
    after = {cell.id: cell.source for cell in notebooks.student_notebook(longer).cells}
    assert len(after) == len(before) + 1
    assert before.items() < after.items()


def test_ids_are_readable_and_a_title_names_a_cell():
    titled = (
        "# %% [markdown]\n# ## Feel it!\n\n# %% the first\nx = 1\n\n# %%\nx = 1\n\n# %%\nx = 1\n"
    )
    ids = [cell.id for cell in notebooks.student_notebook(titled).cells]
    assert ids == ["feel-it", "feel-it-the-first", "feel-it-x-1", "feel-it-x-1-2"]


def test_writing_mends_a_changed_a_missing_and_a_left_over_notebook(tmp_path):
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "01_add_products.py").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "02_gone.ipynb").write_text("{}")
    student, solution = tmp_path / "01_add_products.ipynb", tmp_path / "solutions"
    left_over = tmp_path / "02_gone.ipynb"
    assert notebooks.stale(tmp_path) == [student, left_over, solution / "01_add_products.ipynb"]
    notebooks.write(tmp_path)
    assert notebooks.stale(tmp_path) == []
    assert not left_over.exists()
    first = student.read_bytes()
    student.write_bytes(first + b" ")
    assert notebooks.stale(tmp_path) == [student]
    notebooks.write(tmp_path)
    assert student.read_bytes() == first


def test_the_derived_notebooks_are_up_to_date():
    assert notebooks.stale() == [], "run `make notebooks`"


@pytest.mark.parametrize("path", DERIVED, ids=lambda path: path.relative_to(FOLDER).as_posix())
def test_a_notebook_has_no_outputs_and_short_cells(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert "widgets" not in notebook.metadata
    for cell in code_cells(notebook):
        assert cell.outputs == []
        assert cell.execution_count is None
        # Blank lines, comments and closing brackets cost the reader nothing.
        lines = [line for line in cell.source.split("\n") if line.split("#")[0].strip(" )]}")]
        if "writing" not in cell.metadata.get("tags", []):
            assert len(lines) <= MOST_CODE_LINES, f"{cell.id}: move it to cnnlib, or tag it writing"


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_a_student_notebook_shows_no_solution(source):
    # Read by hand, apart from the code that derives: each cell is what follows a line "# %%".
    student = (FOLDER / f"{source.stem}.ipynb").read_text(encoding="utf-8")
    cells = re.split(r"^# %%.*$", source.read_text(encoding="utf-8"), flags=re.MULTILINE)
    for cell in cells:
        above, _, below = cell.partition("# solution\n")
        for line in map(str.strip, below.split("\n")):
            if len(line) > 12 and line not in above:
                assert line.replace("\\", "\\\\").replace('"', '\\"') not in student
    assert "# solution" not in student


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_a_function_with_a_gap_returns_so_that_filling_the_gap_is_enough(source):
    student = nbformat.read(FOLDER / f"{source.stem}.ipynb", as_version=4)
    for cell in code_cells(student):
        for node in ast.walk(ast.parse(cell.source)) if "def " in cell.source else ():
            if isinstance(node, ast.FunctionDef) and not is_empty(node):
                assert any(isinstance(part, ast.Return) for part in ast.walk(node)), cell.id


def is_empty(function):
    """Nothing but a docstring and dots: all of it is the student's to write."""
    return all(isinstance(part, ast.Expr) for part in function.body)


def code(path):
    return [cell for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]


def reads(source, name):
    return any(
        isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load)
        for node in ast.walk(ast.parse(source))
    )


@pytest.mark.parametrize("stem", ["11_trace_one_number", "13_keep_gradients_alive"])
def test_an_exercise_can_still_be_done_when_all_cells_have_run(stem):
    scope = {}
    student = code(FOLDER / f"{stem}.ipynb")
    for cell in student:
        exec(cell.source, scope)
    given = {cell.id: cell.source for cell in student}
    solved = code(FOLDER / "solutions" / f"{stem}.ipynb")
    done = [n for n, cell in enumerate(solved) if given.get(cell.id, cell.source) != cell.source]
    assert len(done) >= 2
    for n in done:
        exec(solved[n].source, scope)
        last = ast.parse(solved[n].source).body[-1]
        name = last.name if isinstance(last, ast.FunctionDef) else last.targets[0].id
        for cell in solved[n + 1 :]:
            if reads(cell.source, name):
                exec(cell.source, scope)


# A gap left half done: the lesson, the cell, what a student may leave there, and what is said.
HALF_DONE = [
    ("01_slide_a_kernel_1d", "x_1 =", "x_1 = w[0] * o[1] + w[1] * o[...]", "the widget says 3"),
    ("02_send_errors_back_1d", "d_w1 =", "d_w1 = delta[0] * o[1] + delta[1] * o[...]", "not yet"),
    (
        "03_slide_a_kernel_2d",
        "patch = o[0:2, 2:4]",
        "patch = o[1:3, 1:4]",
        "a patch of shape (2, 3)",
    ),
    ("03_slide_a_kernel_2d", "patch = o[0:2, 2:4]", "patch = o[1, 2:4]", "a patch of shape (2,)"),
    ("03_slide_a_kernel_2d", "patch = o[0:2, 2:4]", "patch = o[1:3, 2:4]", "right"),
    ("04_collect_weight_gradients", "patch = o[0:3, 0:3]", "patch = o[0:2, 1:4]", "shape (2, 3)"),
    ("04_collect_weight_gradients", "patch = o[0:3, 0:3]", "patch = o[0:3, 1:4]", "right"),
    ("05_flip_the_kernel", "comes_there =", "comes_there = tall.w[0]", "not yet"),
]


@pytest.mark.parametrize(("stem", "cell", "left", "says"), HALF_DONE)
def test_a_gap_left_half_done_is_answered_in_words(stem, cell, left, says, capsys):
    scope, sources = {}, [c.source for c in code(FOLDER / f"{stem}.ipynb")]
    (gap,) = [n for n, source in enumerate(sources) if source.startswith(cell)]
    for source in [*sources[:gap], left]:
        exec(source, scope)
    capsys.readouterr()
    exec(sources[gap + 1], scope)
    printed = capsys.readouterr().out
    assert says in printed
    assert printed.startswith("right") == (says == "right")


@pytest.mark.parametrize("path", DERIVED, ids=lambda path: path.relative_to(FOLDER).as_posix())
def test_every_link_to_a_file_leads_somewhere(path):
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "markdown":
            for target in re.findall(r"\]\(([^)#:\s]+)\)", cell.source):
                assert (path.parent / target).exists(), f"{cell.id}: {target}"


def test_the_first_lesson_leads_to_every_other():
    first = (FOLDER / "00_start_here.ipynb").read_text(encoding="utf-8")
    assert [s.stem for s in SOURCES[1:] if f"]({s.stem}.ipynb)" not in first] == []


@pytest.mark.parametrize("path", DERIVED, ids=lambda path: path.relative_to(FOLDER).as_posix())
def test_a_notebook_runs_without_a_fault(path):
    notebook = executed.executed(path)
    assert execute.faults(notebook) == []
    # The kernel's own processor time, so that a busy machine does not make a lesson look slow.
    assert notebook.metadata[executed.SECONDS] < SECONDS_PER_LESSON


def saved(path: Path, *cells: str) -> Path:
    nbformat.write(new_notebook(cells=[new_code_cell(cell) for cell in cells]), path)
    return path


def test_an_error_inside_a_widgets_callback_is_found(tmp_path):
    path = saved(
        tmp_path / "failing.ipynb",
        "import ipywidgets\nslider = ipywidgets.IntSlider(value=1)",
        "def invert(n):\n    print(1 / n)",
        "ipywidgets.interact(invert, n=slider)",
        "slider.value = 0",
    )
    notebook = execute.execute(path, tmp_path, env=executed.quiet())
    assert [o for cell in notebook.cells for o in cell.outputs if o.output_type == "error"] == []
    (fault,) = execute.faults(notebook)
    assert fault.startswith("widget OutputModel")
    assert fault.endswith("ZeroDivisionError: division by zero")


def test_every_other_fault_of_a_run_is_found(tmp_path):
    path = saved(
        tmp_path / "failing.ipynb",
        "import anywidget, warnings\nclass Empty(anywidget.AnyWidget):\n    _esm = ''",
        "Empty()",
        "warnings.warn('careless')",
        "import traceback\ntry: int('x')\nexcept ValueError:\n    print(traceback.format_exc())",
        "1 / 0",
        "print('all is well')",
    )
    found = execute.faults(execute.execute(path, tmp_path, env=executed.quiet()))
    for fault, text in zip(
        found,
        ["careless", "on stdout: Traceback", "ZeroDivisionError", "_esm is empty"],
        strict=True,
    ):
        assert text in fault


def test_a_cell_that_is_meant_to_raise_is_no_fault():
    output = nbformat.v4.new_output("error", ename="ValueError", evalue="x", traceback=[])
    cell = new_code_cell("int('x')", outputs=[output], metadata={"tags": ["raises-exception"]})
    assert execute.faults(new_notebook(cells=[cell])) == []


def test_a_kept_run_is_used_until_what_it_ran_changes(monkeypatch, tmp_path):
    runs = []

    def run(path, folder, env):
        runs.append(path.read_text(encoding="utf-8"))
        return nbformat.read(path, as_version=4)

    monkeypatch.setattr(executed.execute, "execute", run)
    monkeypatch.setattr(executed, "ROOT", tmp_path)
    monkeypatch.setattr(executed, "KEPT", tmp_path / "kept")
    monkeypatch.setattr(executed, "surroundings", lambda: "as they are")
    path = saved(tmp_path / "a.ipynb", "1 + 1")
    first, again = executed.executed(path), executed.executed(path)
    assert first == again
    assert len(runs) == 1
    saved(path, "1 + 2")
    assert executed.executed(path).cells[0].source == "1 + 2"
    monkeypatch.setattr(executed, "surroundings", lambda: "another version")
    executed.executed(path)
    assert len(runs) == 3
    assert len(list((tmp_path / "kept").glob("*.ipynb"))) == 1
