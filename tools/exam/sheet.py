"""A sheet and its key as pages to print: A4, black on white, nothing fetched."""

import re
from html import escape
from importlib.resources import files
from string import Template
from typing import Any

import numpy as np

from cnnlib.lessons import LESSONS
from tools.exam.model import Mistake, Part, Question, shown

LETTER = re.compile(r"\*(\S+?)\*")
GRADIENT = re.compile(r"∂<i>E</i>/∂<i>\w+</i>( = −?\d+)?")


def sheet(questions: list[Question], seed: int) -> str:
    """The page that students get: room to write, no answers."""
    head = '<p class="name"><span>Name</span><span>Date</span></p>'
    body = "".join(_question(q, n, _room) for n, q in enumerate(questions, 1))
    return _page(f"Sheet {seed}", head + body)


def key(questions: list[Question], seed: int) -> str:
    """The page that the lecturer keeps: answers, and what each misconception gives."""
    head = "<p>Below each answer: what named misconceptions give with these numbers.</p>"
    body = "".join(_question(q, n, _answer) for n, q in enumerate(questions, 1))
    return _page(f"Sheet {seed}: answers", head + body)


def _page(title: str, body: str) -> str:
    style, page = (
        files("tools.exam").joinpath(name).read_text("utf-8") for name in ("exam.css", "exam.html")
    )
    return Template(page).substitute(title=title, style=style, body=body)


def _question(question: Question, number: int, below: Any) -> str:
    lesson = LESSONS[question.lesson]
    parts = "".join(f"<li><p>{_words(part.ask)}</p>{below(part)}</li>" for part in question.parts)
    given = "".join(_grid(value, name) for name, value in question.given.items())
    return (
        f"<section><header><h2>{number}. {escape(question.title)} "
        f"<small>lesson {lesson.number:02d}</small></h2>"
        f'<p>{_words(question.text)}</p><div class="given">{given}</div></header>'
        f'<ol type="a">{parts}</ol></section>'
    )


def _words(text: str) -> str:
    letters = LETTER.sub(r"<i>\1</i>", escape(text))
    return GRADIENT.sub(r'<span class="whole">\g<0></span>', letters)  # no line ends inside it


def _grid(value: Any, name: str = "") -> str:
    """An array as a table with its letter; a number as it is."""
    array = np.asarray(value)
    if array.ndim == 0:
        return f'<b class="number">{shown(value)}</b>'
    rows = "".join(
        f"<tr>{''.join(f'<td>{shown(v)}</td>' for v in row)}</tr>" for row in np.atleast_2d(array)
    )
    label = f"<figcaption>{_symbol(name)}</figcaption>" if name else ""
    return f"<figure>{label}<table>{rows}</table></figure>"


def _symbol(name: str) -> str:
    return re.sub(r"[A-Za-z](?![a-z])", r"<i>\g<0></i>", escape(name))


def _room(part: Part) -> str:
    """Squared paper, as much as the answer and its sums want."""
    array = isinstance(part.answer, np.ndarray)
    squares = 3 + 2 * len(np.atleast_2d(part.answer)) if array else 3
    return f'<div class="room" style="--squares: {squares}"></div>'


def _answer(part: Part) -> str:
    right = shown(part.answer) if isinstance(part.answer, list) else ""
    right = f'<b class="number">{right}</b>' if right else _grid(part.answer)
    rows = "".join(
        f"<tr><td>{value}</td><td>{escape(_titles(found))}</td><td>{_slugs(found)}</td></tr>"
        for value, found in _by_value(part).items()
    )
    head = "<tr><th>wrong answer</th><th>misconception</th><th></th></tr>"
    table = f'<table class="mistakes"><thead>{head}</thead><tbody>{rows}</tbody></table>'
    return f'<div class="right">{right}</div>{table if rows else ""}'


def _by_value(part: Part) -> dict[str, list[Mistake]]:
    found: dict[str, list[Mistake]] = {}
    for mistake in part.mistakes:
        found.setdefault(shown(mistake.value), []).append(mistake)
    return found


def _titles(found: list[Mistake]) -> str:
    return "; or: ".join(dict.fromkeys(mistake.title for mistake in found))


def _slugs(found: list[Mistake]) -> str:
    return " ".join(f"<code>{slug}</code>" for slug in dict.fromkeys(m.slug for m in found))
