"""Executed notebooks, each run once: kept in build/executed until something that it runs changes.

Decks, site, pages and tests all need them, and running them is what costs.
"""

import hashlib
import json
import os
import platform
import tempfile
from functools import cache
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from tools import execute

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = ROOT / "notebooks"
KEPT = ROOT / "build" / "executed"
# Where a run's own processor time is noted, in seconds: its test must not measure a kept one.
SECONDS = "cnnlib_seconds"


def lesson(stem: str) -> NotebookNode:
    """A lesson as students get it, executed.

    Raises
    ------
    RuntimeError
        Where a cell or a widget failed.
    """
    notebook = executed(NOTEBOOKS / f"{stem}.ipynb")
    if faults := execute.faults(notebook):
        raise RuntimeError(f"{stem} has faults: {'; '.join(faults)}")
    return notebook


def executed(path: Path) -> NotebookNode:
    """A notebook with its outputs and its widgets' state, from a kernel without personal settings.

    Parameters
    ----------
    path : Path
        Below the project's folder; the file is not changed. A run with faults is not kept.
    """
    kept = _place(path)
    if kept.exists():
        return nbformat.read(kept, as_version=4)
    before = os.times()
    with tempfile.TemporaryDirectory() as folder:
        notebook = execute.execute(path, Path(folder), env=quiet())
    after = os.times()
    notebook.metadata[SECONDS] = sum(after[2:4]) - sum(before[2:4])
    if not execute.faults(notebook):
        _keep(notebook, kept)
    return notebook


def _place(path: Path) -> Path:
    key = hashlib.sha256(path.read_bytes() + surroundings().encode()).hexdigest()[:20]
    return KEPT / f"{'-'.join(path.relative_to(ROOT).with_suffix('').parts)}-{key}.ipynb"


@cache
def surroundings() -> str:
    """A digest of all that a run depends on beside the notebook: the package, the versions."""
    parts = [
        *sorted((ROOT / "cnnlib").rglob("*")),
        ROOT / "requirements.lock",
        Path(execute.__file__),
    ]
    digest = hashlib.sha256(platform.python_version().encode())
    for part in parts:
        if part.is_file() and part.suffix != ".pyc":
            digest.update(str(part.relative_to(ROOT)).encode() + b"\0" + part.read_bytes())
    return digest.hexdigest()


def _keep(notebook: NotebookNode, place: Path) -> None:
    """In one step, so that nobody reads half a file; what the same notebook gave before goes."""
    place.parent.mkdir(parents=True, exist_ok=True)
    unfinished = place.with_suffix(f".{os.getpid()}")
    unfinished.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")
    for old in place.parent.glob(f"{place.stem[:-20]}*.ipynb"):
        old.unlink(missing_ok=True)
    unfinished.replace(place)


def quiet() -> dict[str, str]:
    """A kernel's surroundings that hold nothing of the user's own; caches stay warm in `home`."""
    names = ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "MPLCONFIGDIR")
    ours = {name: str(KEPT / "home" / name.lower()) for name in names}
    for folder in ours.values():
        Path(folder).mkdir(parents=True, exist_ok=True)
    theirs = {name: value for name, value in os.environ.items() if name != "MPLBACKEND"}
    return theirs | ours | {"PYDEVD_DISABLE_FILE_VALIDATION": "1"}
