"""What an exercise is made of: its cases, its right answer, and the named ways to get it wrong."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

Array = NDArray[Any]
Value = dict[str, Array]
Reader = Callable[[Any], Value]
HUGE = 100_000  # numbers; no right answer comes near it, so its shape alone tells enough


class Silent(Exception):
    """Raised by a wrong variant on a case about which it says nothing.

    Some wrong turns need numbers that the function does not get (w in ``weight_gradient_1d``).
    A student can only make them with the lesson's numbers, left over in the notebook.
    """


class Unreadable(Exception):
    """What the function returned cannot be read as numbers; the text says why, in one line."""


@dataclass(frozen=True)
class Case:
    """One set of arguments on which a student's function is tried.

    Attributes
    ----------
    name : str
        What is special about it, in a few words.
    arguments : mapping of str to Any
        The arguments by name, in the order of the task's signature; arrays are read-only.
    """

    name: str
    arguments: Mapping[str, Any]

    @property
    def size(self) -> int:
        """How many numbers there are to look at: the smallest failing case is shown first."""
        return sum(getattr(value, "size", 1) for value in self.arguments.values())

    @property
    def shapes(self) -> tuple[Any, ...]:
        """Shapes of the arrays and the plain sizes, to tell cases of one geometry from others."""
        return tuple(getattr(v, "shape", v) for v in self.arguments.values() if not callable(v))


@dataclass(frozen=True)
class Wrong:
    """A wrong way to do the task, with the slug of the misconception behind it.

    Attributes
    ----------
    slug : str
        The misconception, a key of ``hints.HINTS``.
    function : callable
        Gives the wrong result from the task's arguments, as a student's function would.
    hint, second_hint : str
        What to tell the student in this task; where empty, the slug's own hints.
    mentions : str
        Two ways may give the same numbers (no flip, and two flips). Then this one is named only
        if the student's code uses a name that holds these letters.
    """

    slug: str
    function: Callable[..., Any]
    hint: str = ""
    second_hint: str = ""
    mentions: str = ""


@dataclass(frozen=True)
class Exercise:
    """A task with all that is needed to check it; students see it as a ``Task``.

    Attributes
    ----------
    title, lesson, statement : str
        For people: a heading, the notebook it belongs to, and what to write, in one paragraph.
    solve : callable
        The right answer; its name and parameters are the task's.
    families : callable
        Gives the cases, in families: a function that is right on one whole family passes (a sum
        over all outputs may be written for one axis or for two).
    read : callable
        Turns what was returned into named arrays, or raises Unreadable.
    wrong : tuple of Wrong
        Where several fit, the first is named.
    hint, second_hint : str
        For a wrong result that no variant explains.
    linear : bool
        Every result is a sum of products: a result that is off by one factor can be told so.
    """

    title: str
    lesson: str
    statement: str
    solve: Callable[..., Any]
    families: Callable[[], tuple[tuple[Case, ...], ...]]
    read: Reader
    wrong: tuple[Wrong, ...]
    hint: str
    second_hint: str
    linear: bool = True

    @property
    def name(self) -> str:
        """The task's name, the same as its function's."""
        return self.solve.__name__

    @property
    def parameters(self) -> tuple[str, ...]:
        """What the student's function gets, in order."""
        return tuple(inspect.signature(self.solve).parameters)

    @property
    def signature(self) -> str:
        """The first line of the student's function, without def."""
        return f"{self.name}({', '.join(self.parameters)})"


@dataclass(frozen=True)
class Task:
    """An exercise as a student sees it.

    Attributes
    ----------
    name, title, lesson : str
        The name to give to ``check``, a heading, and the notebook it belongs to.
    signature : str
        How the function is called.
    statement : str
        What to write, in one paragraph.
    """

    name: str
    title: str
    lesson: str
    signature: str
    statement: str

    def __repr__(self) -> str:
        return f"{self.signature}\n  {self.title} (lesson {self.lesson})\n  {self.statement}"
