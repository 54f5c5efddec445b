"""Progress: the lessons, and which of their questions have been answered in this browser."""

from typing import Any

import anywidget
import traitlets as t

from cnnlib import quizzes
from cnnlib.lessons import LESSONS, Lesson
from cnnlib.widgets.traits import STATIC

COUNTED = ("recall", "quiz", "review")


class Progress(anywidget.AnyWidget):
    """A table of the lessons with what has been answered; the browser keeps the answers.

    Parameters
    ----------
    lecture : bool
        Large type, for projecting.

    Raises
    ------
    TraitError
        A setting is not known.

    Examples
    --------
    >>> Progress().lessons[0]["title"]
    'Start here'
    """

    _esm = STATIC / "progress.js"
    _css = STATIC / "progress.css"

    lessons = t.List(t.Dict(), read_only=True).tag(sync=True)
    inventory = t.List(t.Dict(), read_only=True).tag(sync=True)
    lecture = t.Bool(False).tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        unknown = set(traits) - {"lecture"}
        if unknown:
            raise t.TraitError(f"unknown settings {sorted(unknown)}: see help(Progress)")
        banks = quizzes.banks()
        self.set_trait("lessons", [_row(lesson, lesson.stem in banks) for lesson in LESSONS])
        self.set_trait("inventory", _key(quizzes.questions("inventory", "inventory")))
        super().__init__(**traits)


def _row(lesson: Lesson, has_bank: bool) -> dict[str, Any]:
    sections = quizzes.load(lesson.stem) if has_bank and lesson.ready else {}
    return {
        "number": lesson.number,
        "bank": lesson.stem,
        "title": lesson.title,
        "minutes": lesson.minutes,
        "ready": lesson.ready,
        "questions": {name: _key(items) for name, items in sections.items() if name in COUNTED},
    }


def _key(questions: tuple[quizzes.Question, ...]) -> list[dict[str, Any]]:
    """As little of each question as it takes to know a right answer."""
    return [
        {
            "id": question.id,
            "version": question.version,
            "choices": [{"right": choice.right} for choice in question.choices],
        }
        for question in questions
    ]
