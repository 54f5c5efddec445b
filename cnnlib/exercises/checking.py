"""Check a student's function on all cases of a task and tell what was found."""

from collections.abc import Callable
from typing import Any

from cnnlib.exercises.compare import same, wrong_cells
from cnnlib.exercises.deadline import Deadline
from cnnlib.exercises.diagnose import (
    Tried,
    by_behaviour,
    by_result,
    named_variant,
    parameters_swapped,
)
from cnnlib.exercises.hints import HINTS, Hint
from cnnlib.exercises.report import Part, Report
from cnnlib.exercises.running import Outcome, call
from cnnlib.exercises.task import Array, Case, Exercise

Function = Callable[..., Any]


def check_exercise(exercise: Exercise, function: Any, seconds: float) -> Report:
    """Try the function on every case and report; nothing the function does comes through."""
    if function is None or function is Ellipsis:
        return not_attempted(exercise, None)
    if not callable(function):
        note = f"You gave {type(function).__name__} instead of a function."
        hint = Hint(
            "Not a function",
            "Give the function itself: its name, without brackets behind it.",
            f'check("{exercise.name}", {exercise.name})',
        )
        return _failed(exercise, None, "wrong-type", hint, outcome=Outcome(note=note))
    deadline = Deadline(seconds)
    best: list[Tried] = []
    for family in exercise.families():
        tried = try_cases(exercise, family, function, deadline)
        if all(t.passed for t in tried):
            return _all_right(exercise, tried, function, deadline)
        best = best or tried
    return _something_wrong(exercise, best, function, deadline)


def try_cases(
    exercise: Exercise, cases: tuple[Case, ...], function: Function, deadline: Deadline
) -> list[Tried]:
    """Call the function on each case; after one that never ends or is not attempted, no more."""
    tried = []
    for case in cases:
        right = exercise.read(exercise.solve(*case.arguments.values()))
        outcome = call(function, case.arguments, exercise.read, deadline)
        tried.append(Tried(case, right, outcome))
        if outcome.trouble in ("too-slow", "not-attempted"):
            break
    return tried


def not_attempted(exercise: Exercise, error: BaseException | None) -> Report:
    """Say that there is nothing to check yet."""
    return Report(
        task=exercise.name,
        passed=False,
        attempted=False,
        headline="not attempted yet",
        hint=f"Write {exercise.signature} in the cell above, then run this cell again.",
        error=error,
    )


def _all_right(
    exercise: Exercise, tried: list[Tried], function: Function, deadline: Deadline
) -> Report:
    """Right numbers; but arguments may be changed, and a second call may give something else."""
    for t in tried:
        if t.outcome.changed:
            return _behaviour(exercise, t, "changed-in-place")
    if not _repeats(exercise, tried[0], function, deadline):
        return _behaviour(exercise, tried[0], "remembers-last-call")
    return Report(
        task=exercise.name,
        passed=True,
        attempted=True,
        headline=f"passed: every number is right in all {len(tried)} cases",
        printed=tried[0].outcome.printed,
    )


def _something_wrong(
    exercise: Exercise, tried: list[Tried], function: Function, deadline: Deadline
) -> Report:
    shown = min((t for t in tried if not t.passed), key=_rank)
    trouble = shown.outcome.trouble
    if trouble == "not-attempted":
        return not_attempted(exercise, shown.outcome.error)
    count = f"{sum(not t.passed for t in tried)} of {len(tried)} cases"
    if trouble == "too-slow":
        return _failed(exercise, shown, trouble, HINTS[trouble], outcome=shown.outcome)
    if _in_another_order(exercise, shown, function, deadline):
        slug = "arguments-swapped"
        return _failed(exercise, shown, slug, HINTS[slug], outcome=shown.outcome, count=count)
    variant = named_variant(exercise, tried, function)
    if variant:
        known = HINTS[variant.slug]
        hint = Hint(known.title, variant.hint or known.first, variant.second_hint or known.second)
        return _failed(exercise, shown, variant.slug, hint, outcome=shown.outcome, count=count)
    slug = _unnamed(exercise, tried, shown, function, deadline)
    hint = HINTS.get(slug) or Hint("Not right yet", exercise.hint, exercise.second_hint)
    if slug == "raised":
        hint = _raised(shown.outcome, exercise)
    return _failed(exercise, shown, slug or None, hint, outcome=shown.outcome, count=count)


def _unnamed(
    exercise: Exercise, tried: list[Tried], shown: Tried, function: Function, deadline: Deadline
) -> str:
    """Find a slug for what no wrong variant explains; empty if there is none."""
    if not _repeats(exercise, tried[0], function, deadline):
        return "remembers-last-call"
    if any(t.outcome.changed for t in tried):
        return "changed-in-place"
    return by_behaviour(exercise, tried) or by_result(shown)


def _rank(tried: Tried) -> tuple[bool, int]:
    """A case that never ended is told first, then the smallest."""
    return tried.outcome.trouble not in ("too-slow", "not-attempted"), tried.case.size


def _repeats(exercise: Exercise, first: Tried, function: Function, deadline: Deadline) -> bool:
    """Whether a second call with the same arguments comes to the same result.

    A result of the wrong size is told as such, and may be too large to compare twice.
    """
    value = first.outcome.value
    if value and any(part.shape != first.right[name].shape for name, part in value.items()):
        return True
    again = call(function, first.case.arguments, exercise.read, deadline)
    if value is None or again.value is None:
        return first.outcome.trouble == again.trouble
    return same(value, again.value)


def _in_another_order(
    exercise: Exercise, shown: Tried, function: Function, deadline: Deadline
) -> bool:
    """Whether the result is right once the arguments are given by name."""
    if not parameters_swapped(exercise, function):
        return False

    def by_name(*arguments: Any) -> Any:
        return function(**dict(zip(exercise.parameters, arguments, strict=True)))

    outcome = call(by_name, shown.case.arguments, exercise.read, deadline)
    return Tried(shown.case, shown.right, outcome).passed


def _raised(outcome: Outcome, exercise: Exercise) -> Hint:
    """Choose the words for an exception: a wrong number of arguments, a stub left over, or else."""
    known = HINTS["raised"]
    if "ellipsis" in str(outcome.note):
        return known._replace(first="There is still a ... in your code. Put your own line there.")
    if isinstance(outcome.error, TypeError) and "argument" in outcome.note:
        return known._replace(second=f"The task calls your function as {exercise.signature}.")
    if isinstance(outcome.error, IndexError):
        return known._replace(
            first="An index ran past the end of an array, on a case that has an answer.",
            second=HINTS["border-not-clipped"].second,
        )
    return known


def _behaviour(exercise: Exercise, tried: Tried, slug: str) -> Report:
    """Report right numbers that come with something else that is wrong."""
    note = ""
    if slug == "changed-in-place":
        changed = tried.outcome.changed
        verb = "was" if len(changed) == 1 else "were"
        note = f"The numbers are right, but {' and '.join(changed)} {verb} changed."
    outcome = Outcome(note=note, printed=tried.outcome.printed)
    return _failed(exercise, tried, slug, HINTS[slug], outcome=outcome)


def _failed(
    exercise: Exercise,
    shown: Tried | None,
    slug: str | None,
    hint: Hint,
    *,
    outcome: Outcome,
    count: str = "",
) -> Report:
    return Report(
        task=exercise.name,
        passed=False,
        attempted=True,
        headline="not right yet" + (f" ({count} differ)" if count else ""),
        case=shown.case if shown else None,
        misconception=slug,
        title=hint.title,
        hint=hint.first,
        second_hint=hint.second,
        given=_parts(shown) if shown and outcome.value is not None else (),
        note=outcome.note,
        printed=outcome.printed,
        error=outcome.error,
    )


def _parts(shown: Tried) -> tuple[Part, ...]:
    given = shown.outcome.value or {}
    marks = wrong_cells(given, shown.right)
    return tuple(
        Part(name, numbers, marks[name], _note(name, numbers, shown.right[name], marks[name]))
        for name, numbers in given.items()
    )


def _note(name: str, given: Array, right: Array, wrong: Array | None) -> str:
    """The sizes, where they differ; for positions only that some are missing, not which."""
    if name == "positions" and wrong is not None:
        return "at least one is missing" if (~wrong).sum() < len(right) else ""
    if given.shape != right.shape:
        return f"shape {_shape(given)}, expected {_shape(right)}"
    return ""


def _shape(numbers: Array) -> str:
    return " × ".join(map(str, numbers.shape)) or "one number"
