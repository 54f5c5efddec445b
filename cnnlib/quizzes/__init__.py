"""The questions of the lessons: one TOML file per bank, so that no answer stands in a notebook.

README.md in this folder says how to write one.
"""

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any, NamedTuple
from zlib import crc32

SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class Choice(NamedTuple):
    """One answer that can be chosen.

    Attributes
    ----------
    text, why : str
        What it says, and why it is right or wrong.
    right : bool
        True for one choice of each question.
    misconception : str
        Slug of the wrong idea behind a wrong choice; "" for none.
    check : str
        A Python expression for the numbers in a wrong choice: what the wrong idea gives.
    """

    text: str
    why: str
    right: bool = False
    misconception: str = ""
    check: str = ""


class Question(NamedTuple):
    """One question with its choices.

    Attributes
    ----------
    id : str
        A slug, unique in its section; answers are remembered under it.
    text : str
        What is asked.
    choices : tuple of Choice
        In the order they are shown.
    check : str
        A Python expression for the numbers in the right choice; evaluated by the tests only.
    concept : str
        The idea behind an item of the inventory.
    lesson : int or None
        Where that idea is taught.
    """

    id: str
    text: str
    choices: tuple[Choice, ...]
    check: str = ""
    concept: str = ""
    lesson: int | None = None

    @property
    def right(self) -> Choice:
        """The right choice."""
        return next(choice for choice in self.choices if choice.right)

    @property
    def version(self) -> str:
        """Changes with the wording: answers to an older wording are not counted."""
        words = "\n".join([self.text, *(choice.text for choice in self.choices)])
        return f"{crc32(words.encode()):08x}"


def banks() -> list[str]:
    """Names of all banks: the lessons' stems and "inventory".

    Returns
    -------
    list of str
    """
    files = resources.files(__name__).iterdir()
    return sorted(file.name[:-5] for file in files if file.name.endswith(".toml"))


@cache
def load(bank: str) -> dict[str, tuple[Question, ...]]:
    """Every section of a bank with its questions.

    Parameters
    ----------
    bank : str
        A name from `banks`, like "01_slide_a_kernel_1d".

    Returns
    -------
    dict of str to tuple of Question

    Raises
    ------
    ValueError
        There is no such bank, or its file is not in the form README.md gives.
    """
    if bank not in banks():
        raise ValueError(f"bank is {bank!r}; one of these is expected: {', '.join(banks())}")
    text = resources.files(__name__).joinpath(f"{bank}.toml").read_text(encoding="utf-8")
    try:
        sections = {
            name: tuple(_question(item) for item in items)
            for name, items in tomllib.loads(text).items()
        }
        _look_over(sections)
    except (tomllib.TOMLDecodeError, TypeError, KeyError, ValueError) as error:
        raise ValueError(f"{bank}.toml: {error}; cnnlib/quizzes/README.md gives the form") from None
    return sections


def questions(bank: str, section: str) -> tuple[Question, ...]:
    """The questions of one section, in order.

    Parameters
    ----------
    bank : str
        A name from `banks`.
    section : str
        One that the bank has: "recall", "predict", "quiz", ...: README.md lists them.

    Returns
    -------
    tuple of Question

    Raises
    ------
    ValueError
        There is no such bank or section.
    """
    sections = load(bank)
    if section not in list(sections):
        raise ValueError(
            f"section is {section!r}; {bank} has: {', '.join(sections)}; pass one of these"
        )
    return sections[section]


def _question(item: dict[str, Any]) -> Question:
    choices = tuple(Choice(**choice) for choice in item["choices"])
    return Question(**{**item, "choices": choices})


def _look_over(sections: dict[str, tuple[Question, ...]]) -> None:
    for name, items in sections.items():
        if not SLUG.fullmatch(name):
            raise ValueError(f"section {name!r} is no slug: use small letters and hyphens")
        identities = [question.id for question in items]
        if len(set(identities)) != len(identities):
            raise ValueError(f"{name} has two questions with one id: give each its own")
        for question in items:
            if sum(choice.right for choice in question.choices) != 1:
                raise ValueError(f"{question.id} needs exactly one choice with right = true")
