"""An executed notebook as an article: prose, code, outputs, places of widgets, sections."""

import base64
import html
import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from tools.decks import code, prose
from tools.saved import VIEW
from tools.site.assets import Assets

UNSEEN = ("notes",)
_HEADING = re.compile(r"<h([1-6])>(.*?)</h\1>", re.DOTALL)
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
SUFFIX = {"image/svg+xml": ".svg", "image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif"}
TRY_IT = (
    '<p class="s-try">Run the lesson to have your code checked: '
    "the check says which mistake it is, and never the answer.</p>"
)


@dataclass
class Section:
    """What stands under one heading.

    Attributes
    ----------
    anchor, title : str
        Its place on the page, and its heading as plain text.
    level : int
        Of the heading.
    words : list of str
        Its prose, for the search.
    """

    anchor: str
    title: str
    level: int
    words: list[str] = field(default_factory=list)


@dataclass
class Article:
    """Turns cells into HTML.

    Attributes
    ----------
    folder : Path
        Where the notebook lies.
    assets : Assets
        Pictures and stylesheets are put there.
    widgets : container of str
        Models that can be woken.
    lessons : container of str
        Lessons that have a page.
    """

    folder: Path
    assets: Assets
    widgets: Container[str] = ()
    lessons: Container[str] = ()
    sections: list[Section] = field(default_factory=list)
    styles: dict[str, None] = field(default_factory=dict)

    def read(self, notebook: NotebookNode) -> str:
        """Every cell that students see."""
        return "\n".join(text for cell in notebook.cells for text in self._cell(cell))

    def _cell(self, cell: NotebookNode) -> Iterator[str]:
        mark = cell.metadata.get("slideshow", {}).get("slide_type", "-")
        if mark in UNSEEN or not cell.source.strip():
            return
        if cell.cell_type == "markdown":
            yield from self._text(cell)
        elif cell.cell_type == "code":
            yield f'<div class="s-cell" id="{html.escape(cell.id)}">'
            yield from self._code(cell)
            yield "</div>"

    def _text(self, cell: NotebookNode) -> Iterator[str]:
        for piece in prose.pieces(cell.source, self.folder, self.lessons, self.assets.picture):
            if found := _HEADING.match(piece):
                yield self._heading(cell.id, int(found[1]), found[2])
            else:
                self._note(piece)
                yield _lazy(piece)

    def _heading(self, cell: str, level: int, title: str) -> str:
        anchor = cell if all(s.anchor != cell for s in self.sections) else f"{cell}-{level}"
        self.sections.append(Section(anchor, _plain(title), level))
        link = f'<a class="s-anchor" href="#{anchor}" aria-label="Link to this section">#</a>'
        return f'<h{level} id="{html.escape(anchor)}">{title} {link}</h{level}>'

    def _note(self, piece: str) -> None:
        if self.sections:
            self.sections[-1].words.append(_plain(piece))

    def _code(self, cell: NotebookNode) -> Iterator[str]:
        body = f"<pre><code>{code.coloured(cell.source)}</code></pre>"
        if code.draws(cell.outputs) or code.only_imports(cell.source):
            yield f'<details class="s-code"><summary>Code</summary>{body}</details>'
        else:
            yield f'<div class="s-code">{body}</div>'
        if code.is_attempt(cell.source):
            yield TRY_IT
            return
        for output in cell.outputs:
            yield self._output(output)

    def _output(self, output: dict[str, Any]) -> str:
        data = output.get("data", {})
        if VIEW not in data:
            for kind, suffix in SUFFIX.items():
                if kind in data:
                    return self._picture(data[kind], suffix, data.get("text/plain", ""))
        shown = code.as_html(output, self.widgets)
        for style in _STYLE.findall(shown):
            self.styles[self.assets.put("output", ".css", style)] = None
        return f'<div class="s-output">{_STYLE.sub("", shown)}</div>' if shown else ""

    def _picture(self, content: str, suffix: str, alt: str) -> str:
        data = content.encode() if suffix == ".svg" else base64.b64decode(content)
        address, words = self.assets.put("output", suffix, data), html.escape(alt)
        return f'<div class="s-output"><img loading="lazy" alt="{words}" src="{address}"></div>'


def _lazy(piece: str) -> str:
    scrolled = piece.replace("<table>", '<div class="s-table"><table>').replace(
        "</table>", "</table></div>"
    )
    return scrolled.replace("<img ", '<img loading="lazy" ')


def _plain(text: str) -> str:
    without_formulas = re.sub(r"<math\b.*?</math>", " … ", text, flags=re.DOTALL)
    return " ".join(html.unescape(_TAG.sub("", without_formulas)).split())
