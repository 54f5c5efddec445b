"""Execute a notebook and say everything that went wrong in it, inside widgets too.

An error raised in a widget's callback lands in an Output widget and does not stop the run: the
widgets' state has to be searched as well.
"""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

WIDGET_STATE = "application/vnd.jupyter.widget-state+json"
EXPECTED = "raises-exception"
# Kernels that share few cores: threads of a matrix product that wait for one another burn the
# processor, and training takes ten times as long.
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}
TERMINAL_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


def execute(
    path: Path, folder: Path, seconds: int = 60, env: dict[str, str] | None = None
) -> NotebookNode:
    """Run every cell in a fresh kernel of this Python, in `folder`; the file is not changed.

    A cell that raises ends the run; its error stays in its output, where `faults` finds it. `env`
    are the kernel's environment variables, by default those of this process; one thread is added.
    """
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=seconds,
        kernel_name="python3",
        allow_errors=True,
        store_widget_state=True,
        resources={"metadata": {"path": str(folder)}},
    )
    return client.execute(env={**(env or os.environ), **ONE_THREAD})


def faults(notebook: NotebookNode) -> list[str]:
    """Every error, warning and broken widget of an executed notebook, a line each.

    A cell that is meant to raise has the tag "raises-exception"; widgets have no such excuse.
    """
    found = []
    for cell in notebook.cells:
        if cell.cell_type == "code" and EXPECTED not in cell.metadata.get("tags", []):
            found += [f"cell {cell.id}: {text}" for text in _complaints(cell.outputs)]
    widgets = notebook.metadata.get("widgets", {}).get(WIDGET_STATE, {}).get("state", {})
    for identity, model in widgets.items():
        name = f"{model['model_name']} {identity[:8]}"
        found += [f"widget {name}: {text}" for text in _widget_complaints(model["state"])]
    return found


def _complaints(outputs: Iterable[dict[str, Any]]) -> Iterator[str]:
    for output in outputs:
        if output["output_type"] == "error":
            yield f"{output['ename']}: {output['evalue']}"
        elif output["output_type"] == "stream":
            text = TERMINAL_COLOURS.sub("", output["text"])
            if output["name"] == "stderr" or "Traceback (most recent call last)" in text:
                yield f"on {output['name']}: {text.strip()}"


def _widget_complaints(state: dict[str, Any]) -> Iterator[str]:
    yield from _complaints(state.get("outputs", []))
    if state.get("_view_module") == "anywidget" and not state.get("_esm"):
        yield "has no module to draw it (_esm is empty)"
