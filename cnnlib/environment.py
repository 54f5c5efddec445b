"""Is everything there that the lessons need? The answer in plain words, with what to do."""

import re
import sys
from collections.abc import Iterator
from importlib import metadata, util
from pathlib import Path

LEAST_PYTHON = (3, 11)
STATIC = Path(__file__).parent / "widgets" / "static"
WIDGETS = (
    *("depth_plot", "levers", "linked_channels", "linked_flows", "linked_grids", "linked_maps"),
    *("linked_pools", "linked_strides", "linked_turns", "network_trace", "progress", "quiz"),
    *("sketch_pad", "training_board"),
)
WIDGET_FILES = tuple(f"{name}.{suffix}" for name in WIDGETS for suffix in ("js", "css"))
REINSTALL = (
    "close JupyterLab, run `make lab` again in the project's folder (README has the pip way)"
)


def report() -> str:
    """What was looked at, a line each, and what to do where something is missing.

    Returns
    -------
    str
        Lines of text; the first is "Everything is in place." or says how much is missing.

    Examples
    --------
    >>> print(report().splitlines()[0])
    Everything is in place.
    """
    found = problems()
    if not found:
        versions = ", ".join(f"{name} {metadata.version(name)}" for name, _ in _needed())
        return f"Everything is in place.\nPython {_dotted(sys.version_info[:3])}, {versions}"
    return "\n".join([f"Missing or too old: {len(found)}", *(f"- {line}" for line in found)])


def problems() -> list[str]:
    """Everything that would stop a lesson: what was found, what is needed, what to do.

    Returns
    -------
    list of str
        One line each, empty where all is well.
    """
    return [*_python(), *_packages(), *_widgets()]


def _python() -> Iterator[str]:
    if sys.version_info[:2] < LEAST_PYTHON:
        yield (
            f"Python is {_dotted(sys.version_info[:2])}, the course needs {_dotted(LEAST_PYTHON)} "
            "or newer: install one from python.org, then run `make lab PYTHON=python3.12`"
        )


def _packages() -> Iterator[str]:
    for name, least in _needed():
        if util.find_spec(name) is None:
            yield f"{name} is not installed: {REINSTALL}"
        elif _numbers(metadata.version(name)) < _numbers(least):
            yield f"{name} is {metadata.version(name)}, {least} or newer is needed: {REINSTALL}"


def _widgets() -> Iterator[str]:
    missing = [name for name in WIDGET_FILES if not (STATIC / name).is_file()]
    if missing:
        yield f"the widgets' files {', '.join(missing)} are not in {STATIC}: {REINSTALL}"


def _needed() -> list[tuple[str, str]]:
    """Name and least version of each package that the package itself declares."""
    declared = metadata.requires("cnnlib") or []
    matches = (re.match(r"([\w-]+)>=([\d.]+)[^;]*$", line) for line in declared)
    return [(match[1], match[2]) for match in matches if match]


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version)[:3])


def _dotted(numbers: tuple[int, ...]) -> str:
    return ".".join(str(number) for number in numbers)
