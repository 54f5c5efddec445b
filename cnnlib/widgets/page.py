"""Any of our widgets as one self-contained page: live with no kernel and no network."""

import html
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import anywidget

from cnnlib.widgets.traits import STATIC

LOADER = STATIC.parent / "js" / "loader.js"

_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>body {{ margin: 16px; }} [data-model] {{ margin-bottom: 24px; }} {styles}</style>
{places}
<script type="application/json" id="saved">{saved}</script>
<script type="module">
const text = (code) => URL.createObjectURL(new Blob([code], {{ type: "text/javascript" }}));
const saved = JSON.parse(document.getElementById("saved").textContent);
const modules = new Map();
const load = (name) => {{
  if (!modules.has(name)) modules.set(name, import(text(saved.modules[name])));
  return modules.get(name);
}};
const {{ wake }} = await import(text(saved.loader));
window.cnnlib = await wake(saved, load);
</script>
</html>
"""


def standalone(widgets: Sequence[anywidget.AnyWidget], title: str = "cnnlib") -> str:
    """One HTML file that shows the widgets, one under the other.

    Parameters
    ----------
    widgets : sequence of widgets
        As they are now; the same one twice is shown in two places that stay in step.
    title : str
        Of the page.

    Returns
    -------
    str
        The page. Each module and stylesheet stands in it once.
    """
    kinds = {_kind(widget): widget for widget in widgets}
    modules = {kind: str(widget._esm) for kind, widget in kinds.items()}
    models = {w.model_id: {"module": _kind(w), "state": state_of(w)} for w in widgets}
    styles = [str(widget._css) for widget in kinds.values()]
    return page_of(models, modules, styles, title, [widget.model_id for widget in widgets])


def page_of(
    models: Mapping[str, Any],
    modules: Mapping[str, str],
    styles: Iterable[str],
    title: str,
    shown: Iterable[str] | None = None,
) -> str:
    """One HTML file of saved models, one under the other.

    Parameters
    ----------
    models : mapping
        By identity: ``{"module": name, "state": {...}}``.
    modules : mapping
        JavaScript by name.
    styles : iterable of str
        Stylesheets.
    title : str
        Of the page.
    shown : iterable of str, optional
        Identities in the order of their places; each model once where it is left out.
    """
    saved = {"loader": LOADER.read_text(encoding="utf-8"), "modules": modules, "models": models}
    places = (f'<div data-model="{html.escape(id_)}"></div>' for id_ in shown or models)
    return _PAGE.format(
        title=html.escape(title),
        styles="\n".join(styles),
        places="\n".join(places),
        saved=inside_a_script(saved),
    )


def state_of(widget: anywidget.AnyWidget) -> dict[str, Any]:
    """What the browser needs of a widget's state: its own traits, without code and style."""
    return {k: v for k, v in widget.get_state().items() if not k.startswith("_")}


def _kind(widget: anywidget.AnyWidget) -> str:
    return type(widget).__name__


def inside_a_script(saved: Any) -> str:
    """JSON that no text in it can end early: `</script>` in a title stays text."""
    return json.dumps(saved, allow_nan=False).replace("<", "\\u003c")
