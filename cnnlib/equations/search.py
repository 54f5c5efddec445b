"""Search for the smallest integers at which a reading of a printed formula goes wrong.

The arrays hold 0 and 1 (a reading may say otherwise). Right and wrong form of a convolution are
linear in each array, so where they differ at all they differ for arrays with a single 1: nothing is
missed at those sizes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from cnnlib.equations.evaluate import Scope
from cnnlib.equations.records import Case, Equation, Reading, Setting, letters, table_of

Shapes = dict[str, tuple[int, ...]]


@dataclass(frozen=True)
class Counterexample:
    """Integers that a student can check by hand.

    Attributes
    ----------
    reading : str
        How the printed form is taken.
    sizes : str
        Sizes of input and kernel.
    arrays : dict of str to ndarray
        The arrays by their letter.
    wrong, right : ndarray
        What the printed form gives, so read, and what is true.
    formula, correct : str
        LaTeX of the printed form, so read, and of the right one.
    """

    reading: str
    sizes: str
    arrays: dict[str, Any]
    wrong: Any
    right: Any
    formula: str
    correct: str

    def __str__(self) -> str:
        arrays = ", ".join(f"{name} = {_flat(a)}" for name, a in self.arrays.items())
        results = f"wrong {_flat(self.wrong)}, right {_flat(self.right)}"
        return f"{arrays or self.sizes}: {results} ({self.reading})"


@dataclass(frozen=True)
class _Contest:
    """The two forms of a reading, to be compared on integers."""

    wrong: str
    right: str
    outside: str
    setting: Setting
    every: dict[str, str]

    @classmethod
    def of(cls, equation: Equation, reading: Reading) -> "_Contest":
        return cls(
            reading.wrong,
            reading.right or equation.correct,
            reading.outside,
            reading.setting or equation.setting,
            equation.every if reading.every is None else reading.every,
        )

    def play(self, case: Case, arrays: dict[str, Any]) -> tuple[Any, Any]:
        """What both forms give; only the printed one may wrap round."""
        integers = self.setting.integers(case)
        values = {**integers.fixed, **arrays, **integers.derive(arrays)}
        wrong = table_of(self.wrong, self.every, Scope(values, outside=self.outside))
        return wrong, table_of(self.right, self.every, Scope(values, outside="zero"))

    def shapes(self, case: Case) -> Shapes:
        """Shapes of the arrays that either form uses (what stands under f' does not vary)."""
        integers = self.setting.integers(case)
        used = letters(self.wrong, last=True) | letters(self.right, last=True)
        used |= {source for letter, source in integers.needs.items() if letter in used}
        return {letter: shape for letter, shape in integers.shapes.items() if letter in used}


def smallest(equation: Equation, reading: Reading) -> Counterexample:
    """The first difference, fewest cells first, then fewest ones.

    Raises
    ------
    LookupError
        The reading is right at every size searched.
    """
    contest = _Contest.of(equation, reading)
    for case in contest.setting.small:
        for arrays in _candidates(contest.shapes(case), reading.entries):
            wrong, right = contest.play(case, arrays)
            if not np.array_equal(wrong, right):
                found = (str(case), arrays, wrong, right)
                return Counterexample(reading.words, *found, contest.wrong, contest.right)
    raise LookupError(f"{equation.id}: no counterexample to {reading.wrong!r} at the sizes tried")


def hiding(equation: Equation, reading: Reading, values: tuple[int, ...] = (0, 1, 2)) -> list[Any]:
    """Small arrays that make right and wrong form agree for all other arrays."""
    contest = _Contest.of(equation, reading)
    case = contest.setting.small[-1]
    shapes = contest.shapes(case)
    shape = shapes.pop(reading.hides)
    # Both forms are linear in the array that hides, so that its single cells tell all.
    cells = list(_units({reading.hides: shape}))
    others = list(_units(shapes))
    gaps = np.array(
        [[_gap(contest.play(case, {**other, **cell})) for other in others] for cell in cells]
    ).reshape(len(cells), -1)
    found = (e for e in product(values, repeat=len(cells)) if len(set(e)) > 1)
    return [np.reshape(e, shape) for e in found if not np.any(np.array(e) @ gaps)]


def _gap(results: tuple[Any, Any]) -> Any:
    wrong, right = results
    return np.asarray(wrong - right, dtype=float)


def _candidates(shapes: Shapes, entries: tuple[int, ...]) -> Iterator[dict[str, Any]]:
    """Arrays of these numbers, the smallest sum first: of 0 and 1, the fewest ones."""
    cells = sum(int(np.prod(shape)) for shape in shapes.values())
    for flat in sorted(product(entries, repeat=cells), key=sum):
        yield _cut(np.array(flat, dtype=int), shapes)


def _units(shapes: Shapes) -> Iterator[dict[str, Any]]:
    """Every choice of one 1 in each array."""
    counts = [int(np.prod(shape)) for shape in shapes.values()]
    for places in product(*map(range, counts)):
        ones = [np.eye(1, n, k, dtype=int)[0] for n, k in zip(counts, places, strict=True)]
        yield _cut(np.concatenate(ones), shapes)


def _cut(flat: Any, shapes: Shapes) -> dict[str, Any]:
    arrays, at = {}, 0
    for letter, shape in shapes.items():
        size = int(np.prod(shape))
        arrays[letter] = flat[at : at + size].reshape(shape)
        at += size
    return arrays


def _flat(array: Any) -> str:
    return str(np.asarray(array).tolist()).replace(",", "")
