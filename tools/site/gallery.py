"""Every picture of the lessons as a page of its own, and one page that shows them all."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from nbformat import NotebookNode

from tools import page
from tools.saved import Saved, Widget, saved, shown

# Questions belong to their lesson; they are no pictures.
_NO_PICTURE = ("quiz", "progress")


class Picture(NamedTuple):
    """One widget of a lesson with its own file."""

    stem: str
    widget: Widget
    file: str


def pictures(stem: str, notebook: NotebookNode) -> Iterator[Picture]:
    """The widgets of a lesson that are pictures."""
    widgets = shown(notebook)
    for name, widget in zip(page.names(widgets), widgets, strict=True):
        if not widget.kind.startswith(_NO_PICTURE) and "inventory" not in widget.cell:
            yield Picture(stem, widget, page.file_name(stem, name))


def write(site: Path, stem: str, notebook: NotebookNode) -> list[Picture]:
    """Write each as one file that needs nothing beside it."""
    found = list(pictures(stem, notebook))
    (site / "pictures").mkdir(parents=True, exist_ok=True)
    for picture in found:
        text = page.page(notebook, picture.widget)
        (site / "pictures" / picture.file).write_text(text, encoding="utf-8")
    return found


def together(notebooks: dict[str, NotebookNode], found: list[Picture]) -> Saved:
    """The states of all pictures, for the page that shows them small."""
    all_of_them = Saved({}, {}, {})
    for stem, notebook in notebooks.items():
        ours = [picture.widget.identity for picture in found if picture.stem == stem]
        for kept, new in zip(all_of_them, saved(notebook).of(ours), strict=True):
            kept.update(new)
    return all_of_them
