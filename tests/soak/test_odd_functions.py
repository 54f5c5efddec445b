"""Two hundred odd functions for every check: always a report, never a traceback, no trace left.

What a student's code may do is a product of what it does on the way and what it returns.
"""

import builtins
import os
import random
import sys
import time
import warnings
from fractions import Fraction

import numpy as np
import pytest

from cnnlib import exercises

SECONDS = 0.3


class EvilNumber:
    """Raises at every question."""

    def __getattr__(self, name):
        raise RuntimeError(f"do not ask for {name}")

    def __repr__(self):
        raise RuntimeError("do not look")

    def __len__(self):
        return -1  # noqa: PLE0303

    def __eq__(self, other):
        raise RuntimeError("do not compare")

    __hash__ = None


class EndlessList(list):
    def __len__(self):
        return 3

    def __iter__(self):
        while True:
            yield 1.0


class EvilArray(np.ndarray):
    def __array_finalize__(self, _):
        raise RuntimeError("not finished")


def itself(*arguments):
    return itself


def nested(depth):
    found = 1.0
    for _ in range(depth):
        found = [found]
    return found


def holds_itself():
    found = [1, 2]
    found.append(found)
    return found


# What comes back

RETURNED = {
    "none": lambda *a: None,
    "dots": lambda *a: ...,
    "not implemented": lambda *a: NotImplemented,
    "true": lambda *a: True,
    "text": lambda *a: "[1, 2, 3]",
    "script": lambda *a: "<script>alert(1)</script>",
    "bytes": lambda *a: b"\x00\x01",
    "complex": lambda *a: np.array([1 + 2j]),
    "dates": lambda *a: np.array(["2020-01-01"], "datetime64[D]"),
    "objects": lambda *a: np.array([object(), None], dtype=object),
    "fractions": lambda *a: [Fraction(1, 3)] * 3,
    "ragged": lambda *a: [[1, 2], [3]],
    "dictionary": lambda *a: {"x": 1},
    "set": lambda *a: {1, 2},
    "generator": lambda *a: (i for i in range(4)),
    "range": lambda *a: range(4),
    "a function": itself,
    "a class": lambda *a: int,
    "a module": lambda *a: np,
    "an exception": lambda *a: ValueError("no"),
    "evil number": lambda *a: EvilNumber(),
    "list of evil": lambda *a: [EvilNumber()],
    "endless list": lambda *a: EndlessList([1]),
    "list in itself": lambda *a: holds_itself(),
    "deep": lambda *a: nested(60),
    "very deep": lambda *a: nested(5_000),
    "nothing in it": lambda *a: np.zeros((0, 3)),
    "64 axes": lambda *a: np.zeros((1,) * 64),
    "huge": lambda *a: np.zeros((3_000, 1_000)),
    "huge by strides": lambda *a: np.broadcast_to(1.0, (10**6, 10**6)),
    "nan": lambda *a: np.full(np.shape(a[0]), np.nan),
    "infinite": lambda *a: np.full(np.shape(a[0]), -np.inf),
    "big integer": lambda *a: 10**400,
    "list of big": lambda *a: [10**400, 1],
    "structured": lambda *a: np.zeros(3, dtype=[("x", float)]),
    "masked": lambda *a: np.ma.masked_all(np.shape(a[0])),
    "float16": lambda *a: np.asarray(a[0], dtype=np.float16),
    "an argument": lambda *a: a[0],
    "all arguments": lambda *a: a,
    "pair of nothing": lambda *a: (None, None),
    "four things": lambda *a: (1, 2, 3, 4),
    "memory": lambda *a: memoryview(b"abc"),
}


# What happens on the way


def raises(error):
    def act(*_):
        raise error

    return act


def loops(*_):
    while True:
        pass


def recurses(*arguments):
    return recurses(*arguments)


def prints_ten_megabytes(*_):
    for _ in range(100):
        print("x" * 100_000)


def writes_to_the_real_output(*_):
    sys.stdout.write("text\x1b[31m<b>red</b>\x00\n")
    sys.stderr.write("more")


def replaces_the_output(*_):
    sys.stdout = None


def changes_numpy(*_):
    np.seterr(all="raise")
    np.set_printoptions(precision=1, threshold=1)
    np.random.seed(7)  # noqa: NPY002
    random.seed(7)


def sets_recursion_limit(*_):
    sys.setrecursionlimit(300)


def stops_tracing(*_):
    sys.settrace(None)


def makes_warnings_errors(*_):
    warnings.simplefilter("error")
    warnings.warn("careless", stacklevel=1)


def asks(*_):
    input("number? ")


def moves_away(*_):
    os.chdir("/")


def changes_arguments(*arguments):
    for value in arguments:
        if isinstance(value, np.ndarray):
            value[...] = 7


def resizes_arguments(*arguments):
    for value in arguments:
        if isinstance(value, np.ndarray):
            value.shape = (-1,)


def breaks_print(*_):
    builtins.print = None


def exits(*_):
    sys.exit("goodbye")


def divides(*_):
    return np.array([1.0]) / np.array([0.0])


def leaks_a_million_objects(*_):
    return [object() for _ in range(100_000)] and None


ACTIONS = {
    "nothing": lambda *a: None,
    "loops": loops,
    "recurses": recurses,
    "prints": prints_ten_megabytes,
    "writes": writes_to_the_real_output,
    "replaces the output": replaces_the_output,
    "changes numpy": changes_numpy,
    "recursion limit": sets_recursion_limit,
    "stops tracing": stops_tracing,
    "warnings as errors": makes_warnings_errors,
    "asks": asks,
    "moves away": moves_away,
    "changes arguments": changes_arguments,
    "resizes arguments": resizes_arguments,
    "breaks print": breaks_print,
    "exits": exits,
    "divides": divides,
    "leaks": leaks_a_million_objects,
    **{
        f"raises {type(error).__name__}": raises(error)
        for error in (
            ValueError("<script>"),
            SystemExit(3),
            GeneratorExit(),
            StopIteration(1),
            MemoryError(),
            AssertionError(),
            UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad"),
            OSError(2, "gone"),
            ExceptionGroup("two", [ValueError(1), TypeError(2)]),
            KeyError(EvilNumber),
            Exception(),
            ZeroDivisionError("x" * 100_000),
        )
    },
}


def odd(action, returned):
    def student(*arguments):
        ACTIONS[action](*arguments)
        return RETURNED[returned](*arguments)

    return student


def every_pair():
    """All returns after doing nothing, all actions before some returns: 200 and more."""
    pairs = [("nothing", returned) for returned in RETURNED]
    returns = list(RETURNED)
    for number, action in enumerate(ACTIONS):
        pairs += [(action, returns[(7 * number + step) % len(returns)]) for step in range(0, 42, 7)]
    return pairs


PAIRS = every_pair()


def world():
    """What a check must leave as it found it."""
    return {
        "error state": np.geterr(),
        "print options": np.get_printoptions(),
        "numpy's random state": np.random.get_state()[1].tolist(),  # noqa: NPY002
        "random state": random.getstate(),
        "stdout": sys.stdout,
        "stderr": sys.stderr,
        "trace": sys.gettrace(),
        "recursion limit": sys.getrecursionlimit(),
        "folder": os.getcwd(),
        "print": builtins.print,
        "input": builtins.input,
        "warnings": list(warnings.filters),
    }


def test_there_are_two_hundred():
    assert len(PAIRS) >= 200


@pytest.mark.parametrize("task", exercises.tasks())
def test_every_odd_function_gets_a_report_and_leaves_nothing_behind(task):
    before, trouble = world(), []
    for action, returned in PAIRS:
        name, start = f"{action}, then {returned}", time.perf_counter()
        try:
            report = exercises.check(task, odd(action, returned), seconds=SECONDS)
            seen, page = repr(report), report._repr_html_()
        except BaseException as error:
            trouble.append(f"{name}: {type(error).__name__}: {str(error)[:200]}")
            continue
        if report.passed:
            trouble.append(f"{name}: passed")
        if not seen or "Traceback" in seen or "<script>" in page:
            trouble.append(f"{name}: shows {seen[:200]}")
        if len(seen) + len(page) > 60_000:
            trouble.append(f"{name}: a report of {len(seen) + len(page)} characters")
        if time.perf_counter() - start > SECONDS + 5:
            trouble.append(f"{name}: took {time.perf_counter() - start:.1f} s")
        after = world()
        trouble += [f"{name}: {key} was changed" for key in before if before[key] != after[key]]
        restore(before)
    assert not trouble, "\n".join(trouble[:60])


def restore(before):
    """So that one fault is told once."""
    builtins.print, builtins.input = before["print"], before["input"]
    sys.stdout, sys.stderr = before["stdout"], before["stderr"]
    os.chdir(before["folder"])
    sys.setrecursionlimit(before["recursion limit"])
    warnings.filters[:] = before["warnings"]
