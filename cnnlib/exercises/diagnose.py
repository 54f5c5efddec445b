"""Find the misconception behind a set of failing cases."""

import inspect
from collections.abc import Callable, Iterator, Mapping
from types import CodeType
from typing import Any, NamedTuple

import numpy as np

from cnnlib.exercises.compare import same
from cnnlib.exercises.running import Outcome
from cnnlib.exercises.task import HUGE, Array, Case, Exercise, Silent, Unreadable, Value, Wrong


class Tried(NamedTuple):
    """One case, what is right for it, and what the student's function made of it."""

    case: Case
    right: Value
    outcome: Outcome

    @property
    def passed(self) -> bool:
        """Whether every element is right."""
        return self.outcome.value is not None and same(self.outcome.value, self.right)


def named_variant(
    exercise: Exercise, tried: list[Tried], function: Callable[..., Any]
) -> Wrong | None:
    """Find the wrong variant that gives the student's result in all failing cases.

    Of several, the one that also agrees best with the cases that passed, then the first listed.
    """
    failing = [t for t in tried if not t.passed]
    names = set(_names(getattr(function, "__code__", None)))
    fitting = [
        wrong
        for wrong in (*exercise.wrong, *_common(exercise))
        if any(wrong.mentions in name for name in names | {""})
        and _explains(exercise, wrong, failing)
    ]
    passed = [t for t in tried if t.passed]
    return min(fitting, key=lambda w: _strays(exercise, w, passed), default=None)


def outcome_of(exercise: Exercise, wrong: Wrong, arguments: Mapping[str, Any]) -> Outcome | None:
    """What a wrong variant makes of a case; None where it has nothing to say."""
    copies = [np.array(v) if isinstance(v, np.ndarray) else v for v in arguments.values()]
    try:
        with np.errstate(all="ignore"):
            return Outcome(value=exercise.read(wrong.function(*copies)))
    except Silent:
        return None
    except Unreadable as reason:
        return Outcome(trouble="wrong-type", note=str(reason))
    except Exception as error:
        return Outcome(trouble="raised", error=error)


def _explains(exercise: Exercise, wrong: Wrong, failing: list[Tried]) -> bool:
    """Whether the variant gives the same numbers, and fails where the student's function fails.

    If no numbers are left to compare, the errors must agree to the letter.
    """
    pairs = []
    for t in failing:
        theirs = t.outcome
        ours = outcome_of(exercise, wrong, t.case.arguments)
        if ours is None:
            continue
        if (ours.value is None) != (theirs.value is None) or ours.trouble != theirs.trouble:
            return False
        if ours.value is not None and not same(theirs.value or {}, ours.value):
            return False
        pairs.append((theirs, ours))
    if any(ours.value is not None for _, ours in pairs):
        return True
    return bool(pairs) and all(_same_trouble(theirs, ours) for theirs, ours in pairs)


def _same_trouble(theirs: Outcome, ours: Outcome) -> bool:
    if theirs.trouble == "wrong-type":
        return theirs.note.rstrip(".").lower() == ours.note.lower()
    return type(theirs.error) is type(ours.error) and str(theirs.error) == str(ours.error)


def _strays(exercise: Exercise, wrong: Wrong, passed: list[Tried]) -> int:
    """In how many passed cases the variant would have failed."""
    outcomes = ((t, outcome_of(exercise, wrong, t.case.arguments)) for t in passed)
    return sum(
        o is not None and (o.value is None or not same(o.value, t.right)) for t, o in outcomes
    )


def _names(code: CodeType | None) -> Iterator[str]:
    """Every name a function uses, in its inner functions too."""
    if code is None:
        return
    yield from (name.lower() for name in code.co_names)
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names(constant)


def _common(exercise: Exercise) -> Iterator[Wrong]:
    """Wrong variants that every task has: they follow from the right answer."""
    changes: dict[str, Callable[[Array], Array]] = {
        "transposed": np.transpose,
        "truncated": np.trunc,
    }
    if exercise.linear:
        changes["wrong-sign"] = np.negative
    for slug, change in changes.items():
        yield Wrong(slug, _changed(exercise, change))


def _changed(exercise: Exercise, change: Callable[[Array], Array]) -> Callable[..., Any]:
    def function(*arguments: Any) -> Any:
        right = exercise.solve(*arguments)
        if isinstance(right, tuple | list):
            raise Silent
        return change(np.asarray(right))

    return function


def by_behaviour(exercise: Exercise, tried: list[Tried]) -> str:
    """Name what shows in the behaviour over all cases; empty if nothing does."""
    values = [t.outcome.value for t in tried if t.outcome.value is not None]
    if len(values) > 2 and _comparable(values[0]) and all(same(values[0], v) for v in values[1:]):
        return "arguments-ignored"
    lesson = tried[0].case.shapes
    if all(t.passed == (t.case.shapes == lesson) for t in tried):
        return "size-typed-in"
    factor = _factor(tried) if exercise.linear else None
    if factor is not None:
        return "update-for-gradient" if abs(factor) < 1 else "constant-factor"
    return ""


def by_result(shown: Tried) -> str:
    """Name what shows in the one failing case that is told; empty if nothing does."""
    given = shown.outcome.value
    if given is None:
        return shown.outcome.trouble
    pairs = [(given[name], shown.right[name]) for name in given]
    if any(grid.size == 0 and right.size for grid, right in pairs) and "positions" not in given:
        return "empty-slice"
    if "positions" not in given and any(grid.shape != right.shape for grid, right in pairs):
        return "wrong-size"
    return "" if all(np.isfinite(grid).all() for grid, _ in pairs) else "not-a-number"


def _comparable(value: Value) -> bool:
    """Not empty, and not so large (a broadcast number claims terabytes) that comparing fails."""
    return 0 < sum(part.size for part in value.values()) < HUGE


def parameters_swapped(exercise: Exercise, function: Callable[..., Any]) -> bool:
    """Whether the student's parameters are the task's own names in another order."""
    names = _parameter_names(function)
    return names != exercise.parameters and sorted(names) == sorted(exercise.parameters)


def _parameter_names(function: Callable[..., Any]) -> tuple[str, ...]:
    try:
        return tuple(inspect.signature(function).parameters)
    except (TypeError, ValueError):
        return ()


def _factor(tried: list[Tried]) -> float | None:
    """One factor between given and right in every case, if there is one and it is not 1."""
    factors = []
    for t in tried:
        if t.outcome.value is None or any(
            t.outcome.value[n].shape != t.right[n].shape for n in t.right
        ):
            return None
        given, right = (
            np.concatenate([v.ravel() for v in x.values()]) for x in (t.outcome.value, t.right)
        )
        if right.any():
            factors.append(float(given @ right / (right @ right)))
            if not same({"": given}, {"": factors[-1] * right}):
                return None
    if not factors or not np.allclose(factors, factors[0], rtol=1e-5) or abs(factors[0]) < 1e-9:
        return None
    return factors[0]
