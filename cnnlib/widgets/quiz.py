"""Quiz: questions whose every answer is explained, asked in the browser."""

from typing import Any, NamedTuple

import anywidget
import traitlets as t

from cnnlib import quizzes
from cnnlib.widgets.traits import STATIC

TITLES = {
    "recall": "Do you remember?",
    "predict": "Predict",
    "quiz": "Three questions to finish",
    "review": "Which grouping is this?",
    "clicker": "What do you think?",
    "before": "Ten ideas: what do you know already?",
    "after": "Ten ideas: what do you know now?",
}
INVENTORY, WHEN = "inventory", ("before", "after")
UNSURE = -1


class Score(NamedTuple):
    """How the questions stand; the first try counts.

    Attributes
    ----------
    right, answered, questions : int
        Right at the first try, answered at all, and asked.
    """

    right: int
    answered: int
    questions: int


class Quiz(anywidget.AnyWidget):
    """A few questions from a bank; each answer is explained, the first try counts.

    Everything happens in the browser, which keeps the answers too, so that they are there again
    when the cell is run again or the notebook is opened another day.

    Parameters
    ----------
    bank : str
        A lesson's name, like "01_slide_a_kernel_1d", or "inventory".
    section : str
        "recall", "predict", "quiz", "review", "clicker", ... as the bank has them; for the
        inventory "before" or "after".
    title : str, optional
        Heading.
    lecture : bool
        Large type, for projecting.

    Attributes
    ----------
    answers : dict
        By the question's id: the choices tried in order (-1: "I do not know yet"), how sure the
        first one was (0 a guess, 1 fairly sure, 2 certain, None not said), and the version of the
        question's wording.
    position : int
        The question on the screen.

    Raises
    ------
    TraitError
        There is no such bank or section, or an answer does not fit.

    Examples
    --------
    >>> quiz = Quiz("01_slide_a_kernel_1d", "quiz")
    >>> quiz.score
    Score(right=0, answered=0, questions=3)
    """

    _esm = STATIC / "quiz.js"
    _css = STATIC / "quiz.css"

    bank = t.Unicode(read_only=True).tag(sync=True)
    section = t.Unicode(read_only=True).tag(sync=True)
    questions = t.List(t.Dict(), read_only=True).tag(sync=True)
    title = t.Unicode("").tag(sync=True)
    answers = t.Dict().tag(sync=True)
    position = t.Int(0, min=0).tag(sync=True)
    lecture = t.Bool(False).tag(sync=True)

    def __init__(self, bank: str, section: str = "quiz", **traits: Any) -> None:
        unknown = set(traits) - {"title", "answers", "position", "lecture"}
        if unknown:
            raise t.TraitError(f"unknown settings {sorted(unknown)}: see help(Quiz)")
        self._asked = _asked(bank, section)
        self.set_trait("bank", bank)
        self.set_trait("section", section)
        self.set_trait("questions", [_public(question) for question in self._asked])
        super().__init__(**{"title": TITLES.get(section, TITLES["predict"]), **traits})

    @property
    def score(self) -> Score:
        """How the questions stand; the first try counts."""
        answered = {
            q.id: self.answers[q.id]["tried"][0] for q in self._asked if q.id in self.answers
        }
        right = sum(
            q.id in answered and answered[q.id] == q.choices.index(q.right) for q in self._asked
        )
        return Score(right, len(answered), len(self._asked))

    @t.validate("answers")
    def _fit(self, proposal: Any) -> Any:
        asked = {question.id: question for question in self._asked}
        for identity, answer in proposal.value.items():
            if identity not in asked or not _answers(asked[identity], answer):
                raise t.TraitError(
                    f"the answer {identity!r}: {answer!r} does not fit; "
                    "{id: {'tried': [choice, ...], 'sure': None, 'version': ...}} is expected: "
                    "pass what .answers of a quiz on the same section gave"
                )
        return proposal.value


def _asked(bank: str, section: str) -> tuple[quizzes.Question, ...]:
    if bank == INVENTORY and section not in WHEN:
        raise t.TraitError(f"section is {section!r}; for the inventory pass 'before' or 'after'")
    try:
        return quizzes.questions(bank, INVENTORY if bank == INVENTORY else section)
    except ValueError as error:
        raise t.TraitError(str(error)) from None


def _public(question: quizzes.Question) -> dict[str, Any]:
    """What the browser needs: no checks."""
    choices = [
        {"text": c.text, "why": c.why, "right": c.right, "misconception": c.misconception}
        for c in question.choices
    ]
    return {
        "id": question.id,
        "text": question.text,
        "concept": question.concept,
        "lesson": question.lesson,
        "version": question.version,
        "choices": choices,
    }


def _answers(question: quizzes.Question, answer: Any) -> bool:
    """Is this an answer to the question? One to an older wording is; the browser drops it."""
    match answer:
        case {"tried": [_, *_] as tried, "sure": None | 0 | 1 | 2, "version": str()}:
            choices = range(UNSURE, len(question.choices))
            return all(isinstance(choice, int) and choice in choices for choice in tried)
    return False
