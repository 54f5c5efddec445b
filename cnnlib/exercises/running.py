"""Call a student's function once, safely, and keep what happened."""

import dis
import inspect
import linecache
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from cnnlib.exercises.deadline import Deadline, TooSlow
from cnnlib.exercises.quiet import quiet
from cnnlib.exercises.task import Reader, Unreadable, Value

LONGEST_MESSAGE = 200


@dataclass(frozen=True)
class Outcome:
    """What came of one call.

    Attributes
    ----------
    value : dict of str to ndarray, or None
        The result as named arrays, where it could be read.
    trouble : str
        Empty, or "not-attempted", "returned-nothing", "wrong-type", "raised", "too-slow".
    note : str
        The trouble in one plain line.
    error : BaseException or None
        The original exception.
    printed : str
        The first characters of what was printed.
    changed : tuple of str
        Names of the arguments that were changed in place.
    """

    value: Value | None = None
    trouble: str = ""
    note: str = ""
    error: BaseException | None = None
    printed: str = ""
    changed: tuple[str, ...] = ()


def call(
    function: Callable[..., Any], arguments: Mapping[str, Any], read: Reader, deadline: Deadline
) -> Outcome:
    """Call a student's function on copies of the arguments; only Ctrl-C comes through.

    Parameters
    ----------
    function : callable
        Gets the arguments in order.
    arguments : mapping of str to Any
        Arrays are copied first and compared with the originals afterwards.
    read : callable
        Turns what was returned into named arrays. It runs inside the time limit too.
    deadline : Deadline
        Shared by all calls of one check.
    """
    copies = {name: _copy(value) for name, value in arguments.items()}
    with quiet() as printed:
        outcome = _outcome(function, copies, read, deadline)
    changed = tuple(n for n, original in arguments.items() if not _same(original, copies[n]))
    return replace(outcome, printed=printed.kept, changed=changed)


def _outcome(
    function: Callable[..., Any], copies: dict[str, Any], read: Reader, deadline: Deadline
) -> Outcome:
    """Call, read and sort out every way in which that may end."""
    returned = value = None
    try:
        with deadline:
            returned = function(*copies.values())
            if returned is not None and returned is not Ellipsis:
                value = read(returned)
    except KeyboardInterrupt:
        raise
    except TooSlow as error:
        return _stopped(error)
    except NotImplementedError as error:
        return Outcome(trouble="not-attempted", error=error)
    except Unreadable as reason:
        note = str(reason)
        return Outcome(trouble="wrong-type", note=note[:1].upper() + note[1:] + ".")
    except BaseException as error:
        return Outcome(trouble="raised", note=told(error, function), error=error)
    if deadline.missed:  # the function swallowed its stop, and then came back
        return _stopped(None)
    return _without_value(function, returned) if value is None else Outcome(value=value)


def _without_value(function: Callable[..., Any], returned: Any) -> Outcome:
    """Nothing came back: the function is still empty, or forgot to return."""
    if returned is Ellipsis or does_nothing(function):
        return Outcome(trouble="not-attempted")
    return Outcome(trouble="returned-nothing", note="It came to its end and returned None.")


def _stopped(error: BaseException | None) -> Outcome:
    return Outcome(
        trouble="too-slow", note="It was stopped because it did not come to an end.", error=error
    )


def does_nothing(function: Callable[..., Any]) -> bool:
    """Whether the body only names constants: ``pass``, ``...``, a docstring, ``x = None``."""
    code = getattr(function, "__code__", None)
    if code is None:
        return False
    idle = ("RESUME", "NOP", "POP_TOP", "RETURN", "LOAD_CONST", "LOAD_FAST", "STORE_FAST", "COPY")
    return all(step.opname.startswith(idle) for step in dis.get_instructions(code))


def told(error: BaseException, function: Callable[..., Any]) -> str:
    """Tell the exception in one line: type, message, and the line of the student's function."""
    try:
        message = " ".join(str(error).split())
    except Exception:
        message = ""
    if len(message) > LONGEST_MESSAGE:
        message = message[:LONGEST_MESSAGE] + " …"
    name = type(error).__name__
    return f"{name}{': ' if message else ''}{message}{_place(error, function)}"


def _place(error: BaseException, function: Callable[..., Any]) -> str:
    """Where the exception left the student's own code, counted from the line with def."""
    code = getattr(inspect.unwrap(function), "__code__", None)
    if code is None:
        return ""
    own = [
        (frame, line)
        for frame, line in traceback.walk_tb(error.__traceback__)
        if frame.f_code.co_filename == code.co_filename
    ]
    if not own:
        return ""
    frame, line = own[-1]
    where = frame.f_code
    whose = "your function" if where is code else f"{where.co_name}()"
    text = linecache.getline(where.co_filename, line).strip()
    quoted = f": {text[:80]}" if text else ""
    return f"  (line {line - where.co_firstlineno + 1} of {whose}{quoted})"


def _copy(value: Any) -> Any:
    return np.array(value) if isinstance(value, np.ndarray) else value


def _same(original: Any, used: Any) -> bool:
    if not isinstance(original, np.ndarray):
        return True
    return original.shape == used.shape and bool(np.array_equal(original, used, equal_nan=True))
