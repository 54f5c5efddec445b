"""What is kept of one equation, and how it is proved or refuted."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np

from cnnlib.equations.evaluate import Scope, Undefined, evaluate
from cnnlib.equations.formula import parse
from cnnlib.equations.tree import Call, Name

if TYPE_CHECKING:
    from cnnlib.equations.search import Counterexample

Verdict = Literal["holds", "holds with a condition", "notation", "corrected", "missing"]


class Case(NamedTuple):
    """The sizes at which an equation is tried."""

    input: tuple[int, ...]
    kernel: tuple[int, ...]
    stride: int = 1
    padding: int = 0
    channels: int = 1
    filters: int = 1
    variant: int = 0

    def __str__(self) -> str:
        parts = [f"input {_times(self.input)}, kernel {_times(self.kernel)}"]
        parts += [f"stride {self.stride}"] * (self.stride > 1)
        parts += [f"padding {self.padding}"] * (self.padding > 0)
        several = self.channels * self.filters > 1
        parts += [f"{self.channels} channels, {self.filters} filters"] * several
        return ", ".join(parts)


class Integers(NamedTuple):
    """What a search may vary (shapes by letter), what stays fixed, what follows and from what."""

    shapes: dict[str, tuple[int, ...]]
    fixed: dict[str, Any]
    derive: Callable[[dict[str, Any]], dict[str, Any]] = lambda arrays: {}
    needs: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Setting:
    """A situation that equations speak about: its letters as symbols and as plain integers.

    Parameters
    ----------
    symbols : callable
        Case to Scope, on symbolic arrays.
    integers : callable
        Case to Integers, for the search.
    cases : tuple of Case
        Where proofs are tried.
    small : tuple of Case
        Where counterexamples are looked for, smallest first.
    assumed : str
        What a proof in this setting takes for granted, in words.
    """

    symbols: Callable[[Case], Scope]
    integers: Callable[[Case], Integers]
    cases: tuple[Case, ...]
    small: tuple[Case, ...]
    assumed: str = "stride 1, no padding, one channel, one sample"


@dataclass(frozen=True)
class Reading:
    """One way to take a printed formula that gives wrong numbers.

    Parameters
    ----------
    words : str
        How the printed form is read.
    wrong, right : str
        LaTeX of both, evaluated; an empty ``right`` is the record's last side.
    outside : str
        What an element outside its array is: ``"zero"`` or ``"wrap"``.
    hides : str
        The array whose symmetry can hide the fault, if one can.
    setting : Setting, optional
        Where to look, if not in the record's own setting.
    every : dict, optional
        The free indices there.
    entries : tuple of int
        What the arrays may hold. Of two numbers that are not 0 the larger is a window's only
        largest; with 0 and 1 a wrong factor would show at ties alone, where a rule decides.
    """

    words: str
    wrong: str
    right: str = ""
    outside: str = "zero"
    hides: str = ""
    setting: Setting | None = None
    every: dict[str, str] | None = None
    entries: tuple[int, ...] = (1, 0)


@dataclass(frozen=True)
class Equation:
    """One equation of the sources, or one answer that they do not give.

    Attributes
    ----------
    id : str
        ``"S3"``, ``"J22"``, ``"Q"``, ``"P1"``, ``"R2"``.
    title, where : str
        What it says, in a few words; where it stands in the source.
    printed, correct : str
        LaTeX as the source has it (empty where it gives none) and as it holds.
    verdict : str
        One of the five verdicts.
    why : str
        One line: the reason of the verdict.
    claims : tuple of str
        The LaTeX that is proved; ``correct`` itself unless said.
    every : dict
        Free indices and how far they run (LaTeX): the claim is proved for each of them.
    let : dict
        Indices that follow from the free ones (LaTeX).
    setting, extended, limits
        Where the letters come from, the letters whose arrays count as 0 outside, and what the proof
        leaves out.
    readings : tuple of Reading
        Ways to take the printed form that fail.
    """

    id: str
    title: str
    where: str
    printed: str
    correct: str
    verdict: Verdict
    why: str
    setting: Setting
    every: dict[str, str] = field(default_factory=dict)
    let: dict[str, str] = field(default_factory=dict)
    claims: tuple[str, ...] = ()
    extended: str = ""
    limits: str = ""
    readings: tuple[Reading, ...] = ()

    @property
    def source(self) -> str:
        """Whose equation it is."""
        if self.id.startswith("S"):
            return "Stack Exchange answer"
        return "readers' questions" if self.id.startswith("R") else "Jefkine's article"

    @property
    def covers(self) -> str:
        """What the proof covers, and what it does not."""
        cases = "; ".join(dict.fromkeys(map(str, self.setting.cases)))
        names = self.extended.replace("delta", "δ").replace(" ", " and ")
        told = f" Taken as 0 outside its array: {names}." if names else ""
        return (
            f"Every element, at these sizes: {cases}. It assumes {self.setting.assumed}.{told} "
            f"{self.limits} Other sizes are not covered."
        ).replace("  ", " ")

    def prove(self) -> bool:
        """Whether every claim holds for every element at every size of the setting.

        Returns
        -------
        bool
            False as soon as one element differs or does not exist.
        """
        try:
            return all(self._holds(claim, case) for claim, case in self._tasks())
        except Undefined:
            return False

    def _tasks(self) -> Iterator[tuple[str, Case]]:
        return product(self.claims or (self.correct,), self.setting.cases)

    def _holds(self, claim: str, case: Case) -> bool:
        from cnnlib.equations.symbols import equal

        scope = self.setting.symbols(case).extending(self.extended)
        used = letters(claim) | letters(" + ".join(self.let.values()))
        every = {index: end for index, end in self.every.items() if index in used}
        for chosen in assignments(every, scope):
            follows = {k: evaluate(parse(v)[0], scope, chosen) for k, v in self.let.items()}
            variables = {**chosen, **follows}
            first, *others = (evaluate(side, scope, variables) for side in parse(claim))
            if not all(equal(first, other) for other in others):
                return False
        return True

    def counterexample(self) -> "Counterexample | None":
        """The smallest integers for which the first failing reading goes wrong, or None.

        Returns
        -------
        Counterexample or None
            See `cnnlib.equations.search.Counterexample`.
        """
        found = self.counterexamples()
        return found[0] if found else None

    def counterexamples(self) -> "list[Counterexample]":
        """One smallest counterexample for each failing reading of the printed form.

        Returns
        -------
        list of Counterexample
            In the order of `readings`; empty where the printed form has none.
        """
        from cnnlib.equations.search import smallest

        return [smallest(self, reading) for reading in self.readings]

    def hidden_by(self) -> list[Any]:
        """Arrays that hide the fault, whatever the other arrays hold: why it goes unnoticed.

        Returns
        -------
        list of ndarray
            Small integer arrays with at least two different values; empty where nothing hides it.
        """
        from cnnlib.equations.search import hiding

        return [
            array for reading in self.readings if reading.hides for array in hiding(self, reading)
        ]

    def html(self) -> str:
        """The correct form as MathML: it needs no script.

        Returns
        -------
        str
        """
        from cnnlib.equations.mathml import mathml

        return mathml(self.correct)

    def _repr_html_(self) -> str:
        from cnnlib.equations.card import card

        return card(self)


def assignments(every: dict[str, str], scope: Scope) -> Iterator[dict[str, int]]:
    """Every combination of the free indices."""
    ends = [evaluate(parse(bound)[0], scope, {}) for bound in every.values()]
    for values in product(*map(range, ends)):
        yield dict(zip(every, values, strict=True))


def table_of(latex: str, every: dict[str, str], scope: Scope) -> Any:
    """The values of the last side for all free indices, as an array."""
    side = parse(latex)[-1]
    shape = [evaluate(parse(bound)[0], scope, {}) for bound in every.values()]
    values = [evaluate(side, scope, variables) for variables in assignments(every, scope)]
    return np.array(values).reshape(shape)


def letters(latex: str, last: bool = False) -> set[str]:
    """Every letter that a formula, or only its last side, uses; functions included."""
    sides = parse(latex)[-1:] if last else parse(latex)
    parts = [part for side in sides for part in side.parts()]
    called = {part.function for part in parts if isinstance(part, Call)}
    return called | {part.letter for part in parts if isinstance(part, Name)}


def _times(shape: tuple[int, ...]) -> str:
    return "×".join(map(str, shape))
