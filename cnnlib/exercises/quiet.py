"""Run a student's code without letting it disturb the notebook: output kept, settings put back."""

import builtins
import io
import os
import random
import sys
import warnings
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from typing import Any

import numpy as np

KEPT = 2_000


class Printed(io.TextIOBase):
    """Keeps the first characters that are printed and only counts the rest."""

    def __init__(self) -> None:
        super().__init__()
        self.kept = ""
        self.total = 0

    def writable(self) -> bool:
        """Say that it can be written to, as a real output can."""
        return True

    def write(self, text: str) -> int:
        """Keep what still has room."""
        self.kept += text[: max(0, KEPT - len(self.kept))]
        self.total += len(text)
        return len(text)


@contextmanager
def quiet() -> Iterator[Printed]:
    """Catch what is printed; put back NumPy's settings, random states, warnings and builtins."""
    printed = Printed()
    with (
        redirect_stdout(printed),
        redirect_stderr(printed),
        chdir(os.curdir),
        np.errstate(all="ignore"),
        np.printoptions(),
        warnings.catch_warnings(),
        _kept_states(),
    ):
        warnings.simplefilter("ignore")
        yield printed


@contextmanager
def _kept_states() -> Iterator[None]:
    numpy_state, python_state = np.random.get_state(), random.getstate()  # noqa: NPY002
    limit, names = sys.getrecursionlimit(), dict(vars(builtins))
    builtins.input = _no_input
    try:
        yield
    finally:
        vars(builtins).update(names)
        sys.setrecursionlimit(limit)
        random.setstate(python_state)
        np.random.set_state(numpy_state)  # noqa: NPY002


def _no_input(*_: Any) -> str:
    raise RuntimeError("input() has nobody to ask here: use the arguments instead")
