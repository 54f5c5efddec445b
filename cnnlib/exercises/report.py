"""What a check found: for the student as text and HTML, for an autograder as an AssertionError."""

from dataclasses import dataclass

from cnnlib.exercises.task import Array, Case


@dataclass(frozen=True)
class Part:
    """One part of the student's result, with the cells that are wrong.

    Attributes
    ----------
    name : str
        "d_w", "y", "winner", ...
    numbers : ndarray
        What was returned.
    wrong : ndarray of bool, or None
        Which cells differ from the right ones; None where the shape is wrong.
    note : str
        What else there is to say about it, for example the shape that is expected.
    """

    name: str
    numbers: Array
    wrong: Array | None
    note: str = ""


@dataclass(frozen=True, repr=False)
class Report:
    """What a check found. It never holds the right numbers.

    Attributes
    ----------
    task : str
        The task's name.
    passed : bool
        Whether every element was right in every case.
    attempted : bool
        False for a function whose body is still empty.
    headline : str
        The outcome in one line.
    case : Case or None
        The smallest failing case: its name and its arguments.
    misconception : str or None
        A slug: what most likely went wrong.
    title : str
        The same in a few words.
    hint, second_hint : str
        What to think about; the second goes further.
    given : tuple of Part
        What the function returned for that case, with the wrong cells.
    note : str
        An exception or a wrong type in one plain line.
    printed : str
        The beginning of what the function printed.
    error : BaseException or None
        The original exception, for a teacher.
    """

    task: str
    passed: bool
    attempted: bool
    headline: str
    case: Case | None = None
    misconception: str | None = None
    title: str = ""
    hint: str = ""
    second_hint: str = ""
    given: tuple[Part, ...] = ()
    note: str = ""
    printed: str = ""
    error: BaseException | None = None

    def assert_passed(self) -> None:
        """Raise an AssertionError with this report as its text, unless the check passed.

        Raises
        ------
        AssertionError
            The check failed, or nothing was attempted. Its cause is the student's exception.
        """
        if not self.passed:
            raise AssertionError(repr(self)) from self.error

    def __repr__(self) -> str:
        from cnnlib.exercises.text import as_text

        return as_text(self)

    def _repr_html_(self) -> str:
        from cnnlib.exercises.page import as_html

        return as_html(self)
