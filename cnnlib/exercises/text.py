"""A report as plain text, and how numbers are written in both forms."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from cnnlib.exercises.report import Report
from cnnlib.exercises.task import Array

MOST_ROWS, MOST_COLUMNS, MOST_SHEETS, MOST_PAIRS = 8, 10, 6, 24
PRINTED_LINES, PRINTED_WIDTH = 4, 76


def as_text(report: Report) -> str:
    """Write the report in lines that fit a terminal."""
    return "\n".join(_lines(report))


def _lines(report: Report) -> Iterator[str]:
    yield f"{report.task}: {report.headline}"
    if not report.attempted:
        yield f"  {report.hint}"
        return
    if report.case:
        yield f"Smallest failing case: {report.case.name}"
        for name, value in report.case.arguments.items():
            yield from _named(name, value, None)
    if report.given:
        yield "Your result (a * marks a cell that is wrong)"
    for part in report.given:
        yield from _named(part.name, part.numbers, part.wrong, part.note)
    if report.note:
        yield report.note
    if report.hint:
        slug = f" [{report.misconception}]" if report.misconception else ""
        yield f"{report.title}{slug}. {report.hint}"
        yield "A second hint: report.second_hint"
    if report.printed:
        yield f"Your function printed: {shortened(report.printed)}"


def _named(name: str, value: Any, wrong: Array | None, note: str = "") -> Iterator[str]:
    if not isinstance(value, np.ndarray):
        yield f"  {name} = {value}"
        return
    rows = written_positions(value, wrong) if name == "positions" else written_rows(value, wrong)
    note = f"   ({note})" if note else ""
    if len(rows) == 1:
        yield f"  {name} = {rows[0]}{note}"
        return
    yield f"  {name} ={note}"
    yield from (f"    {row}" for row in rows)


def written_positions(value: Array, wrong: Array | None) -> list[str]:
    """Pairs in one line; the ones that do not belong with a star."""
    marks = np.zeros(len(value), dtype=bool) if wrong is None else wrong
    shown = zip(value[:MOST_PAIRS], marks, strict=False)
    pairs = [f"({number(r)}, {number(c)}){'*' if mark else ''}" for (r, c), mark in shown]
    more = ["…"] if len(value) > MOST_PAIRS else []
    return [" ".join(pairs + more) or "none"]


def written_rows(value: Array, wrong: Array | None) -> list[str]:
    """One line per row of the grid, aligned, wrong cells with a star; sheets are told by index."""
    rows = []
    for label, grid, marks in sheets(value, wrong):
        lines = _lines_of(grid, marks)
        if label and len(lines) == 1:
            rows.append(f"{label} {lines[0]}")
        else:
            rows += [*filter(None, [label]), *lines]
    return rows


def _lines_of(grid: Array, marks: Array | None) -> list[str]:
    stars = np.broadcast_to(False, grid.shape) if marks is None else marks  # takes no memory
    cells = [
        [number(v) + "*" * int(star) for v, star in zip(row, stars_of_row, strict=True)]
        for row, stars_of_row in zip(
            grid[:MOST_ROWS, :MOST_COLUMNS], stars[:MOST_ROWS, :MOST_COLUMNS], strict=True
        )
    ]
    width = max((len(cell) for row in cells for cell in row), default=1)
    more = " …" if grid.shape[1] > MOST_COLUMNS else ""
    lines = ["[" + " ".join(cell.rjust(width) for cell in row) + more + "]" for row in cells]
    return lines + ["…"] * (grid.shape[0] > MOST_ROWS)


def sheets(value: Array, wrong: Array | None) -> Iterator[tuple[str, Array, Array | None]]:
    """Cut an array of any rank into grids: a label (empty for a single one), numbers, marks."""
    leading = value.shape[:-2]
    for n, index in enumerate(np.ndindex(leading)):
        if n == MOST_SHEETS:
            yield f"and {int(np.prod(leading)) - n} more", np.zeros((0, 0)), None
            return
        label = f"[{', '.join(map(str, index))}]" if leading else ""
        marks = None if wrong is None else np.atleast_2d(wrong[index])
        yield label, np.atleast_2d(value[index]), marks


def number(value: Any) -> str:
    """Write a number in up to three places, with a true minus."""
    value = float(value)
    if np.isnan(value):
        return "NaN"
    if np.isinf(value):
        return "∞" if value > 0 else "−∞"
    text = f"{value:.3g}" if abs(value) >= 1e5 else f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace("-", "−")


def shortened(printed: str) -> str:
    """The first lines of what was printed."""
    lines = printed.strip().splitlines()
    kept = [line[:PRINTED_WIDTH] for line in lines[:PRINTED_LINES]]
    return "\n  ".join(kept) + (" …" if len(printed.strip()) > len("\n".join(kept)) else "")
