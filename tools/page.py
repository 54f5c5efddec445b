"""One widget of a lesson as a page: `python -m tools.page LESSON [WIDGET]`.

Writes build/pages/NN-name.html: one file, live with no kernel and no network, to drop into your own
slides or to open from a stick. Without WIDGET it lists the lesson's widgets by name.
"""

import argparse
import re
import sys
from pathlib import Path

from nbformat import NotebookNode

from cnnlib.widgets.page import page_of
from tools import executed
from tools.saved import Widget, saved, shown
from tools.slides import READY, ROOT, chosen

TARGET = ROOT / "build" / "pages"


def listed(widgets: list[Widget]) -> str:
    """A line for each widget: number, name, title."""
    width = max((len(name) for name in names(widgets)), default=0)
    rows = zip(names(widgets), widgets, strict=True)
    return "\n".join(f"{n:3}  {name:{width}}  {w.title}" for n, (name, w) in enumerate(rows, 1))


def names(widgets: list[Widget]) -> list[str]:
    """What each widget is called: its kind, with the cell's last words where it is not alone."""
    kinds = [widget.kind for widget in widgets]
    return [
        widget.kind if kinds.count(widget.kind) == 1 else f"{widget.kind}:{widget.cell}"
        for widget in widgets
    ]


def picked(widgets: list[Widget], wanted: str) -> Widget:
    """The widget of a number, a name, a kind (the first one of it), or a part of a cell's id.

    Raises
    ------
    ValueError
        Where none is meant, or more than one.
    """
    if wanted.isdigit() and 1 <= int(wanted) <= len(widgets):
        return widgets[int(wanted) - 1]
    plain = wanted.replace("_", "-").lower()
    rows = list(zip(names(widgets), widgets, strict=True))
    found = [w for name, w in rows if name == plain]
    found = found or [w for w in widgets if w.kind == plain][:1]
    found = found or [w for _, w in rows if w.cell == plain or w.cell.endswith(f"-{plain}")]
    found = found or [w for name, w in rows if plain in name or plain in w.cell]
    if len(found) == 1:
        return found[0]
    trouble = "no widget is" if not found else f"{len(found)} widgets could be"
    raise ValueError(f"{trouble} called {wanted!r}; take a name or a number from this list:\n")


def page(notebook: NotebookNode, widget: Widget, lecture: bool = False) -> str:
    """One widget as a page that stands alone."""
    one = saved(notebook, lecture).of([widget.identity])
    title = widget.title or widget.kind
    return page_of(one.models, one.modules, one.styles.values(), title)


def file_name(stem: str, name: str) -> str:
    """What the file of a lesson's widget is called."""
    return f"{stem.partition('_')[0]}-{re.sub(r'[^a-z0-9-]+', '-', name.lower())}.html"


def _written(stem: str, notebook: NotebookNode, widget: Widget, name: str, large: bool) -> Path:
    TARGET.mkdir(parents=True, exist_ok=True)
    path = TARGET / file_name(stem, name)
    path.write_text(page(notebook, widget, large), encoding="utf-8")
    return path


def main(arguments: list[str] | None = None) -> int:
    """Write the page, or list what there is."""
    parser = argparse.ArgumentParser(prog="python -m tools.page", description=__doc__)
    parser.add_argument("lesson", help=f"number (01) or name, of {READY[0]} to {READY[-1]}")
    parser.add_argument("widget", nargs="?", help="name, number or cell; lists them where left out")
    parser.add_argument("--large", action="store_true", help="in lecture size from the start")
    options = parser.parse_args(arguments)
    (stem,) = chosen([options.lesson])
    notebook = executed.lesson(stem)
    widgets = shown(notebook)
    if not options.widget:
        print(listed(widgets))
        return 0
    try:
        widget = picked(widgets, options.widget)
    except ValueError as error:
        print(f"{error}{listed(widgets)}", file=sys.stderr)
        return 2
    name = names(widgets)[widgets.index(widget)]
    path = _written(stem, notebook, widget, name, options.large)
    print(f"wrote {path.relative_to(ROOT)} ({path.stat().st_size // 1000} kB)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
