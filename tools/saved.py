"""The widgets of an executed notebook, as it saved them: what a page needs to wake them."""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from anywidget import AnyWidget
from nbformat import NotebookNode

from cnnlib.widgets.page import state_of
from tools.execute import WIDGET_STATE

VIEW = "application/vnd.jupyter.widget-view+json"


class Widget(NamedTuple):
    """One widget that a cell shows.

    Attributes
    ----------
    identity, cell : str
        Its model, and the cell's id.
    kind : str
        What it is: the configuration where it has one, else the class.
    title : str
        Its heading; empty where it has none.
    """

    identity: str
    cell: str
    kind: str
    title: str


class Saved(NamedTuple):
    """Models by identity, JavaScript and stylesheets by name, each text once."""

    models: dict[str, Any]
    modules: dict[str, str]
    styles: dict[str, str]

    def of(self, identities: Iterable[str]) -> "Saved":
        """Only these models, and only what they need."""
        models = {identity: self.models[identity] for identity in identities}
        names = {model["module"] for model in models.values()}
        modules = {name: text for name, text in self.modules.items() if name in names}
        return Saved(models, modules, {n: t for n, t in self.styles.items() if n in names})


def saved(notebook: NotebookNode, lecture: bool = False) -> Saved:
    """Every widget of ours in an executed notebook.

    Parameters
    ----------
    notebook : NotebookNode
        Executed, with its widgets' state.
    lecture : bool
        In lecture size, whatever size the notebook asks for.
    """
    found = Saved({}, {}, {})
    for identity, model in _states(notebook).items():
        state = dict(model["state"])
        if not state.get("_esm"):
            continue
        name = _named(state["_esm"])
        found.modules[name], found.styles[name] = state["_esm"], state.get("_css", "")
        own = {key: value for key, value in state.items() if not key.startswith("_")}
        if lecture and "lecture" in own:
            own["lecture"] = True
        found.models[identity] = {"module": name, "state": own}
    return found


def of_widgets(**widgets: AnyWidget) -> Saved:
    """Widgets that are at hand, as a notebook would have saved them; by names of one's choice."""
    found = Saved({}, {}, {})
    for identity, widget in widgets.items():
        name = _named(str(widget._esm))
        found.modules[name], found.styles[name] = str(widget._esm), str(widget._css)
        found.models[identity] = {"module": name, "state": state_of(widget)}
    return found


def _named(module: str) -> str:
    return hashlib.sha256(module.encode()).hexdigest()[:12]


def shown(notebook: NotebookNode) -> list[Widget]:
    """The widgets of ours that cells show, in reading order."""
    states = _states(notebook)
    return [
        Widget(identity, cell.id, _kind(states[identity]["state"]), _title(states[identity]))
        for cell in notebook.cells
        for identity in views(cell.get("outputs", []))
        if states.get(identity, {}).get("state", {}).get("_esm")
    ]


def views(outputs: Iterable[dict[str, Any]]) -> Iterator[str]:
    """The models that outputs show."""
    for output in outputs:
        if VIEW in output.get("data", {}):
            yield output["data"][VIEW]["model_id"]


def _states(notebook: NotebookNode) -> dict[str, Any]:
    found: dict[str, Any] = notebook.metadata.get("widgets", {}).get(WIDGET_STATE, {})
    return found.get("state", {})  # type: ignore[no-any-return]


def _kind(state: dict[str, Any]) -> str:
    """The configuration, the section of questions, or the class's own name."""
    named = state.get("config") or (state.get("section") and f"quiz-{state['section']}")
    return named or str(state.get("_anywidget_id", "widget")).rpartition(".")[2].lower()


def _title(model: dict[str, Any]) -> str:
    return str(model["state"].get("title") or "")
