"""Checks of students' code that name the misconception.

>>> from cnnlib import exercises
>>> report = exercises.check("bias_gradient", lambda delta: len(delta))
>>> report.passed, report.misconception
(False, 'bias-as-count')
"""

from collections.abc import Mapping
from difflib import get_close_matches
from numbers import Real
from typing import Any

from cnnlib.exercises.checking import check_exercise
from cnnlib.exercises.lessons import EXERCISES
from cnnlib.exercises.report import Part, Report
from cnnlib.exercises.task import Case, Exercise, Task

__all__ = ["Case", "Part", "Report", "Task", "check", "tasks"]


def tasks() -> Mapping[str, Task]:
    """All tasks by name, in the order of the lessons.

    Returns
    -------
    mapping of str to Task
    """
    return {
        name: Task(name, e.title, e.lesson, e.signature, e.statement)
        for name, e in EXERCISES.items()
    }


def check(task: str, function: Any, *, seconds: float = 3.0) -> Report:
    """Check a student's function on a dozen cases and say what went wrong.

    Parameters
    ----------
    task : str
        A name that `tasks` lists.
    function : callable
        The student's function. Whatever it does is told in the report: it may raise, return
        anything, print, or never end. Only Ctrl-C comes through.
    seconds : float
        Time for all cases together, after which the function is stopped.

    Returns
    -------
    Report
        Shows itself in a notebook; `Report.assert_passed` serves an autograder.

    Raises
    ------
    TypeError
        The task is not given by its name, or seconds is no number.
    ValueError
        There is no task of this name, or no time.
    """
    return check_exercise(_find(task), function, _time(seconds))


def _time(seconds: Any) -> float:
    if isinstance(seconds, bool) or not isinstance(seconds, Real):
        raise TypeError(f"seconds is {seconds!r}; one real number is expected: pass a float")
    time = float(seconds)
    if not time > 0:
        raise ValueError(f"seconds is {seconds}; more than 0 is expected: try 3")
    return time


def _find(task: Any) -> Exercise:
    if not isinstance(task, str):
        raise TypeError(
            f"task is {type(task).__name__}; the name of a task is expected, as a text, and then "
            "the function: check('cross_correlate_1d', cross_correlate_1d)"
        )
    if task in EXERCISES:
        return EXERCISES[task]
    close = get_close_matches(task, EXERCISES, n=1, cutoff=0.0)
    raise ValueError(
        f"there is no task {task!r}; the closest name is {close[0]!r}: "
        "exercises.tasks() lists them all"
    )
