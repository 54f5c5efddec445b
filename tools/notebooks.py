"""Derive the student and the solution notebooks: `python -m tools.notebooks [--check]`.

People edit `notebooks/src/NN_verb_topic.py` (jupytext percent format). From it come
`notebooks/NN_verb_topic.ipynb` for students and `notebooks/solutions/NN_verb_topic.ipynb`,
without outputs, and byte for byte the same each time. CONTRIBUTING.md says how to write a source.
"""

import argparse
import ast
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import jupytext
import nbformat
from IPython.core.inputtransformer2 import TransformerManager
from nbformat import NotebookNode
from nbformat.v4 import new_notebook

from tools.prose import filled

FOLDER = Path(__file__).resolve().parent.parent / "notebooks"
NOTEBOOK_METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "pygments_lexer": "ipython3",
    },
}
FOR_THE_LECTURER = ("notes", "clicker")
SOLUTION_ONLY = "solution-only"
SOLUTION = re.compile(r"^\s*# solution$")
STUB = re.compile(r"^\s*# stub$")
# One line that stands in for an answer: `...`, `d_w = ...`, `return ...  # a sum`, `pass`.
STUB_LINE = re.compile(r"^\s*(?:[^#]*?\.\.\.|pass)\s*(?:#.*)?$")
UPWARD_LINK = re.compile(r"""(\]\(|(?:src|href)=["'])\.\./""")


def student_code(code: str) -> str:
    """What stands above the marker."""
    lines = code.split("\n")
    kept = lines[: _marker(lines, SOLUTION)]
    return "\n".join(line for line in kept if not STUB.match(line)).rstrip()


def solution_code(code: str) -> str:
    """The cell without its stub and without its marker."""
    lines = code.split("\n")
    marker = _marker(lines, SOLUTION)
    if marker == len(lines):
        return code
    return "\n".join(lines[: _stub_start(lines[:marker])] + lines[marker + 1 :])


def _marker(lines: list[str], pattern: re.Pattern[str]) -> int:
    """The first line that matches; past the end where none does."""
    return next((n for n, line in enumerate(lines) if pattern.match(line)), len(lines))


def _stub_start(lines: list[str]) -> int:
    """Where the stub begins: at its own marker, or with the run of stub lines at the end."""
    start = _marker(lines, STUB)
    if start == len(lines):
        while start and STUB_LINE.match(lines[start - 1]):
            start -= 1
    return start


def source_cells(text: str) -> list[NotebookNode]:
    """The source's cells with stable ids; the lecturer's cells are folded into the one above."""
    cells: list[NotebookNode] = []
    for cell in jupytext.reads(text, fmt="py:percent").cells:
        role = next((tag for tag in FOR_THE_LECTURER if tag in cell.metadata.get("tags", [])), None)
        if role is None:
            cells.append(cell)
        elif not cells:
            raise ValueError(f"a {role} cell stands first: put it below the cell it is about")
        else:
            _fold_in(cells[-1], role, filled(cell.source))
    for cell, identity in zip(cells, _identities(cells), strict=True):
        cell.id = identity
        for made_by_jupytext in ("title", "lines_to_next_cell"):
            cell.metadata.pop(made_by_jupytext, None)
    return cells


def _fold_in(cell: NotebookNode, role: str, text: str) -> None:
    """Keep what only the lecturer needs where students do not see it: in the metadata."""
    ours = cell.metadata.setdefault("cnnlib", NotebookNode())
    ours[role] = f"{ours[role]}\n\n{text}" if role in ours else text


def _identities(cells: list[NotebookNode]) -> Iterator[str]:
    """Section and first words of each cell: one put in elsewhere leaves the other ids alone."""
    seen: Counter[str] = Counter()
    section = "top"
    for cell in cells:
        heading = re.match(r"#{1,6} +(.+)", cell.source) if cell.cell_type == "markdown" else None
        section = _slug(heading[1]) if heading else section
        words = _slug(cell.metadata.get("title") or cell.source)
        identity = section if heading else f"{section}-{words}"
        seen[identity] += 1
        yield identity if seen[identity] == 1 else f"{identity}-{seen[identity]}"


def _slug(text: str, most: int = 28) -> str:
    """Lower-case words and hyphens, cut between words: two of them and a counter fit into an id."""
    words = re.findall(r"[a-z0-9]+", text.lower().split("\n\n")[0])
    slug = words[0][:most] if words else "cell"
    for word in words[1:]:
        if len(slug) + 1 + len(word) > most:
            break
        slug += f"-{word}"
    return slug


def student_notebook(text: str) -> NotebookNode:
    """What students get: every solution cut."""
    cells = [c for c in source_cells(text) if SOLUTION_ONLY not in c.metadata.get("tags", [])]
    return _notebook(cells, student_code)


def solution_notebook(text: str) -> NotebookNode:
    """What lecturers get, one folder further down: links upward are one step longer."""
    notebook = _notebook(source_cells(text), solution_code)
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = UPWARD_LINK.sub(r"\1../../", cell.source)
    return notebook


def _notebook(cells: list[NotebookNode], rewrite: Callable[[str], str]) -> NotebookNode:
    for cell in cells:
        if cell.cell_type == "markdown":
            cell.source = filled(cell.source)
        elif cell.cell_type == "code":
            cell.source = rewrite(cell.source)
            _parse(cell)
    return new_notebook(cells=cells, metadata=NOTEBOOK_METADATA)


def _parse(cell: NotebookNode) -> None:
    python = TransformerManager().transform_cell(cell.source)
    try:
        compile(python, cell.id, "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    except SyntaxError as error:
        raise ValueError(
            f"cell {cell.id}, derived, is not Python ({error}): a stub of several lines "
            f"needs the line '# stub' above it\n\n{cell.source}"
        ) from error


def derived(folder: Path = FOLDER) -> dict[Path, str]:
    """Every file that the sources ask for, with its text."""
    files = {}
    for source in sorted((folder / "src").glob("*.py")):
        text = source.read_text(encoding="utf-8")
        name = f"{source.stem}.ipynb"
        try:
            files[folder / name] = _text(student_notebook(text))
            files[folder / "solutions" / name] = _text(solution_notebook(text))
        except ValueError as error:
            raise ValueError(f"{source.name}: {error}") from error
    return files


def _text(notebook: NotebookNode) -> str:
    nbformat.validate(notebook)
    return nbformat.writes(notebook).rstrip("\n") + "\n"


def stale(folder: Path = FOLDER) -> list[Path]:
    """Files that differ from what the sources give, are missing, or have lost their source."""
    wanted = derived(folder)
    found = {*folder.glob("*.ipynb"), *(folder / "solutions").glob("*.ipynb")}
    differ = {
        path
        for path, text in wanted.items()
        if path not in found or path.read_bytes() != text.encode()
    }
    return sorted(differ | (found - wanted.keys()))


def write(folder: Path = FOLDER) -> list[Path]:
    """Bring every derived file up to date; one that has lost its source is removed."""
    wanted = derived(folder)
    changed = stale(folder)
    for path in changed:
        if path in wanted:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(wanted[path].encode())
        else:
            path.unlink()
    return changed


def main(arguments: list[str] | None = None) -> int:
    """Write the notebooks, or with --check say which are not up to date."""
    parser = argparse.ArgumentParser(prog="python -m tools.notebooks", description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 where stale")
    check = parser.parse_args(arguments).check
    for path in (paths := stale() if check else write()):
        print(f"{'stale' if check else 'wrote'} {path.relative_to(FOLDER.parent)}")
    if check and paths:
        print("The notebooks differ from notebooks/src: run `make notebooks`.")
    return int(check and bool(paths))


if __name__ == "__main__":
    sys.exit(main())
