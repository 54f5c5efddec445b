"""An executed notebook as slides: what stands on each, in blocks that a page break may part."""

import html
import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from nbformat import NotebookNode

from tools.decks import code, prose

_HEADING = re.compile(r"#{1,6} ")
_FOLD = re.compile(r"\s*<details>\s*<summary>(.*?)</summary>(.*)</details>\s*$", re.DOTALL)
# What a fold is called on its button in the corner.
SHORT = {"The same as a still picture": "Picture"}
NEW_SLIDE = ("slide", "subslide")


@dataclass
class Block:
    """What stays together: a paragraph, a list, a widget, a piece of code.

    Attributes
    ----------
    cell : str
        The id of the cell that it is from.
    kind : str
        "heading", "text", "code", "output", "notes".
    body : str
        HTML.
    traits : list of str
        "fragment": comes with the next key. "folded": behind a button in the corner.
    label : str
        What the button says.
    """

    cell: str
    kind: str
    body: str
    traits: list[str] = field(default_factory=list)
    label: str = "Code"


@dataclass
class Slide:
    """A slide before the browser has looked at what fits: `level` 0 begins a new stack."""

    level: int
    blocks: list[Block] = field(default_factory=list)


@dataclass(frozen=True)
class Reader:
    """Reads a notebook's cells.

    Attributes
    ----------
    folder : Path
        Where the notebook lies.
    widgets : container of str
        Models that can be woken.
    decks : container of str
        Lessons that have a deck.
    """

    folder: Path
    widgets: Container[str] = ()
    decks: Container[str] = ()

    def slides(self, notebook: NotebookNode) -> list[Slide]:
        """Every slide of a notebook, by the cells' slide marks."""
        slides: list[Slide] = []
        for cell in notebook.cells:
            mark = cell.metadata.get("slideshow", {}).get("slide_type", "-")
            if mark == "skip" or not cell.source.strip():
                continue
            if not slides or mark in NEW_SLIDE or _is_headed(cell):
                slides.append(Slide(0 if mark == "slide" or not slides else 1))
            elif len(slides) == 1:  # the title has a page of its own
                slides.append(Slide(1))
            slides[-1].blocks += self._blocks(cell, mark)
        return _headed(_joined(slides))

    def _blocks(self, cell: NotebookNode, mark: str) -> Iterator[Block]:
        if mark == "notes":
            yield Block(cell.id, "notes", "".join(self._pieces(cell.source)))
            return
        blocks = self._text(cell) if cell.cell_type == "markdown" else self._code(cell)
        for block in blocks:
            if mark == "fragment":
                block.traits.append("fragment")
            yield block
        yield from self._notes(cell)

    def _pieces(self, markdown: str) -> list[str]:
        return prose.pieces(markdown, self.folder, self.decks)

    def _text(self, cell: NotebookNode) -> Iterator[Block]:
        for piece in self._pieces(cell.source):
            if fold := _FOLD.match(piece):
                label = SHORT.get(fold[1], fold[1])
                yield Block(cell.id, "text", fold[2], ["folded"], label)
            else:
                kind = "heading" if re.match(r"<h[1-6]", piece) else "text"
                yield Block(cell.id, kind, piece)

    def _code(self, cell: NotebookNode) -> Iterator[Block]:
        folded = code.draws(cell.outputs) or code.only_imports(cell.source)
        body = f"<pre><code>{code.coloured(cell.source)}</code></pre>"
        yield Block(cell.id, "code", body, ["folded"] if folded else [])
        if code.is_attempt(cell.source):
            return
        for output in cell.outputs:
            shown = code.as_html(output, self.widgets)
            if shown:
                yield Block(cell.id, "output", shown)

    def _notes(self, cell: NotebookNode) -> Iterator[Block]:
        """What to say, and what to ask the class."""
        ours = cell.metadata.get("cnnlib", {})
        if "notes" in ours:
            yield Block(cell.id, "notes", "".join(self._pieces(ours["notes"])))
        if "clicker" in ours:
            asked = "".join(self._pieces(ours["clicker"]))
            yield Block(cell.id, "notes", f"<p><strong>Ask the class.</strong></p>{asked}")


def _joined(slides: list[Slide]) -> list[Slide]:
    """A slide on which nothing is seen, only folded code, goes before the next one."""
    kept: list[Slide] = []
    waiting: list[Block] = []
    for slide in slides:
        if all("folded" in block.traits for block in slide.blocks):
            waiting += slide.blocks
            continue
        after_heading = 1 if slide.blocks[0].kind == "heading" else 0
        slide.blocks[after_heading:after_heading] = waiting
        waiting = []
        kept.append(slide)
    if kept:
        kept[-1].blocks += waiting
    return kept


def _headed(slides: list[Slide]) -> list[Slide]:
    """A slide without a heading goes on under the last one."""
    heading = None
    for slide in slides:
        if slide.blocks[0].kind == "heading":
            heading = replace(slide.blocks[0], traits=["again"])
        elif heading:
            slide.blocks.insert(0, heading)
    return slides


def _is_headed(cell: NotebookNode) -> bool:
    return cell.cell_type == "markdown" and bool(_HEADING.match(cell.source))


def as_html(slides: list[Slide]) -> str:
    """Sections for reveal.js: one stack for each slide of level 0, its subslides in it."""
    stacks: list[list[str]] = []
    for number, slide in enumerate(slides):
        if slide.level == 0 or not stacks:
            stacks.append([])
        title = ' class="title"' if number == 0 else ""
        blocks = "".join(map(_block, slide.blocks))
        stacks[-1].append(f"<section{title}>{blocks}</section>")
    return "".join(f"<section>{''.join(stack)}</section>" for stack in stacks)


def _block(block: Block) -> str:
    cell = html.escape(block.cell)
    if block.kind == "notes":
        return f'<aside class="notes" data-cell="{cell}">{block.body}</aside>'
    classes = " ".join(["block", block.kind, *block.traits])
    label = f' data-label="{html.escape(block.label)}"' if "folded" in block.traits else ""
    return f'<div class="{classes}" data-cell="{cell}"{label}>{block.body}</div>'
