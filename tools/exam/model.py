"""What a sheet is made of, and when numbers are good: every named mistake shows as itself."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from cnnlib.exercises.hints import HINTS
from cnnlib.exercises.lessons import EXERCISES
from cnnlib.exercises.task import Silent, Unreadable, Wrong

# Two half turns are none: on paper they look the same.
SAME = {"flipped-twice": "not-flipped"}
LARGEST = 25  # what a student adds up by hand without losing heart


@dataclass(frozen=True)
class Mistake:
    """A wrong answer and the misconception that leads to it."""

    slug: str
    value: Any
    words: str = ""

    @property
    def title(self) -> str:
        """What it is, in words."""
        return self.words or HINTS[self.slug].title

    @property
    def flat(self) -> "Mistake":
        """The same on one axis."""
        return replace(self, value=np.ravel(self.value))

    @property
    def slim(self) -> "Mistake":
        """The same without the axes that have one cell."""
        return replace(self, value=np.squeeze(self.value))


@dataclass(frozen=True)
class Part:
    """One thing that is asked, the right answer, and the wrong ones that have a name.

    Attributes
    ----------
    name : str
        Which quantity it is: "x", "d_w".
    ask : str
        The question; ``*o*`` is a letter.
    answer : Any
        A number, an array, or a list of positions.
    mistakes : tuple of Mistake
        What wrong ideas give, each answer once.
    apart : tuple of str
        Slugs that have to be told apart from the right answer and from one another.
    """

    name: str
    ask: str
    answer: Any
    mistakes: tuple[Mistake, ...] = ()
    apart: tuple[str, ...] = ()

    @property
    def fits(self) -> bool:
        """Whether a computed grid has small numbers only; counts (whole) may be larger."""
        computed = isinstance(self.answer, np.ndarray) and self.answer.dtype.kind == "f"
        return not computed or bool(np.max(np.abs(self.answer)) <= LARGEST)

    @property
    def is_sharp(self) -> bool:
        """Whether each of the slugs in `apart` gives an answer that nothing else gives."""
        owners: dict[str, set[str]] = {}
        for mistake in self.mistakes:
            owners.setdefault(shown(mistake.value), set()).add(mistake.slug)
        alone = {slug for slugs in owners.values() if len(slugs) == 1 for slug in slugs}
        return set(self.apart) <= alone


@dataclass(frozen=True)
class Question:
    """What is given, and what is asked about it.

    Attributes
    ----------
    lesson : int
        The lesson whose hand example it varies.
    title, text : str
        Its heading, and the situation.
    given : mapping of str to array
        The numbers by their letters.
    parts : tuple of Part
        What is asked.
    """

    lesson: int
    title: str
    text: str
    given: Mapping[str, Any]
    parts: tuple[Part, ...]

    @property
    def is_good(self) -> bool:
        """Whether the numbers fit in the hand and tell the mistakes apart."""
        return all(part.fits and part.is_sharp for part in self.parts)


def part(name: str, ask: str, answer: Any, mistakes: Iterable[Mistake], apart: str = "") -> Part:
    """A part with each wrong answer once; right, empty and those with many axes are left out."""
    kept: dict[tuple[str, str], Mistake] = {}
    for mistake in mistakes:
        some = np.ndim(mistake.value) <= 2 and np.size(mistake.value) > 0
        on_paper = some or isinstance(mistake.value, list)
        if on_paper and shown(mistake.value) != shown(answer):
            kept.setdefault((mistake.slug, shown(mistake.value)), mistake)
    return Part(name, ask, answer, tuple(kept.values()), tuple(apart.split()))


def mistakes_of(
    task: str, *arguments: Any, without: str = "", take: Callable[[Any], Any] = np.asarray
) -> list[Mistake]:
    """What the wrong variants of an exercise give for these arguments.

    Parameters
    ----------
    task : str
        A name of `cnnlib.exercises.tasks`.
    *arguments
        What its function gets.
    without : str
        Slugs left out: those that need a notebook's own numbers, or a computer.
    take : callable
        What is taken of the result.
    """
    wrong = [w for w in EXERCISES[task].wrong if w.slug not in without.split()]
    return named(wrong, *arguments, take=take)


def named(
    variants: Iterable[Wrong], *arguments: Any, take: Callable[[Any], Any] = np.asarray
) -> list[Mistake]:
    """What wrong variants give; those that end in an error give nothing."""
    found = []
    for wrong in variants:
        try:
            value = take(wrong.function(*arguments))
        except (Silent, Unreadable, IndexError, ValueError, TypeError):
            continue
        found.append(Mistake(SAME.get(wrong.slug, wrong.slug), value))
    return found


def shown(value: Any) -> str:
    """A value as it stands on paper: a true minus, four places at most."""
    if isinstance(value, list):
        places = (f"({', '.join(map(str, position))})" for position in sorted(set(value)))
        return " ".join(places) or "none"
    array = np.asarray(value, dtype=float)
    if array.ndim == 0:
        text = f"{float(array):.4f}".rstrip("0").rstrip(".")
        return ("0" if text == "-0" else text).replace("-", "\u2212")
    inner = (" " if array.ndim == 1 else "").join(map(shown, array))
    return f"[{inner}]"
