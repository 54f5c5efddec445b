"""Markdown as HTML that stands alone: equations as MathML, pictures within, links to decks."""

import base64
import html
import re
from collections.abc import Callable, Container, Iterator
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

from cnnlib.equations.mathml import mathml

TYPES = {".svg": "svg+xml", ".gif": "gif", ".png": "png", ".jpg": "jpeg"}
_SOURCE = re.compile(r'(<img\b[^>]*?\bsrc=")([^"]+)(")')
_LESSON = re.compile(r'<a href="([^":]+)\.ipynb"[^>]*>(.*?)</a>', re.DOTALL)
_FOLD = re.compile(r"<(/?)details\b")


@cache
def as_data(path: Path) -> str:
    """A picture as an address that holds it."""
    encoded = base64.b64encode(path.read_bytes()).decode()
    return f"data:image/{TYPES[path.suffix]};base64,{encoded}"


def pieces(
    markdown: str,
    folder: Path,
    decks: Container[str] = (),
    address: Callable[[Path], str] = as_data,
) -> list[str]:
    """Each paragraph, list, table, equation or fold of a cell as HTML.

    Parameters
    ----------
    markdown : str
        The cell's text.
    folder : Path
        Where the notebook lies: pictures are found from there.
    decks : container of str
        Lessons (stems) that have a deck: links to others become plain text.
    address : callable
        Where a picture is found on the page: within it, if nothing else is said.

    Raises
    ------
    FileNotFoundError
        Where a picture is missing.
    """
    renderer = _renderer()
    made = (renderer.renderer.render(t, renderer.options, {}) for t in _groups(renderer, markdown))
    return [_linked(_with_pictures(text, folder, address), decks) for text in made]


@cache
def _renderer() -> MarkdownIt:
    return (
        MarkdownIt("commonmark", {"html": True})
        .enable("table")
        .use(dollarmath_plugin, allow_space=True, renderer=_equation)
    )


def _equation(latex: str, options: dict[str, bool]) -> str:
    # mdit hands over text that is escaped for HTML already or not, depending on the rule.
    text = html.unescape(latex).strip()
    return mathml(text, display=bool(options.get("display_mode")))


def _groups(renderer: MarkdownIt, markdown: str) -> Iterator[list[Token]]:
    """The tokens of one piece after the other; a fold is one piece with all that is in it."""
    group: list[Token] = []
    depth = folds = 0
    for token in renderer.parse(markdown):
        group.append(token)
        depth += token.nesting
        if token.type == "html_block":
            folds += sum(-1 if end else 1 for end in _FOLD.findall(token.content))
        if depth == 0 and folds <= 0:
            yield group
            group, folds = [], 0
    if group:
        yield group


def _with_pictures(text: str, folder: Path, address: Callable[[Path], str]) -> str:
    return _SOURCE.sub(lambda found: found[1] + address(folder / found[2]) + found[3], text)


def _linked(text: str, decks: Container[str]) -> str:
    def lesson(found: re.Match[str]) -> str:
        stem, label = found[1], found[2]
        return f'<a href="{stem}.html">{label}</a>' if stem in decks else label

    return _LESSON.sub(lesson, text)
