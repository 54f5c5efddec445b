"""A report as HTML: small grids side by side, at home in notebooks, Colab and plain pages.

Text and background are the page's own, tints are transparent, so light and dark both work. A wrong
cell has hatching, a heavy dashed frame, a sign and a spoken word: never colour alone. Everything
that comes from a student goes through `escape`.
"""

import re
from collections.abc import Mapping
from html import escape
from typing import Any

import numpy as np

from cnnlib.exercises.report import Part, Report
from cnnlib.exercises.style import STYLE
from cnnlib.exercises.task import Array
from cnnlib.exercises.text import MOST_COLUMNS, MOST_PAIRS, MOST_ROWS, number, sheets, shortened

ROLES: Mapping[str, str] = {
    "o": "input",
    "x": "output",
    "y": "output",
    "w": "kernel",
    "delta": "delta",
    "delta below": "delta",
    "d_y": "gradient",
    "d_o": "gradient",
    "d_w": "gradient",
    "d_b": "gradient",
    "d_v": "gradient",
}
SYMBOLS: Mapping[str, str] = {
    "delta": "δ",
    "delta below": "δ below",
    "d_w": "∂E/∂w",
    "d_o": "∂E/∂o",
    "d_b": "∂E/∂b",
    "d_v": "∂E/∂v",
    "d_y": "∂E/∂y",
}


def as_html(report: Report) -> str:
    """Write the report as one self-contained piece of HTML, without scripts."""
    state = "passed" if report.passed else "failed" if report.attempted else "open"
    body = (
        _head(report, state)
        + _note(report)
        + _grids(report)
        + _hints(report)
        + _printed(report.printed)
    )
    label = escape(f"Check of {report.task}", quote=True)
    return (
        f'<section class="cnnlib-report" data-cnnlib="report" data-state="{state}" '
        f'aria-label="{label}"><style>{STYLE}</style>{body}</section>'
    )


def _head(report: Report, state: str) -> str:
    sign = {"passed": "✓", "failed": "≠", "open": "…"}[state]
    return (
        f'<header><span class="sign" aria-hidden="true">{sign}</span>'
        f"<code>{escape(report.task)}</code> <span>{escape(report.headline)}</span></header>"
    )


def _note(report: Report) -> str:
    return f'<p class="note">{escape(report.note)}</p>' if report.note else ""


def _grids(report: Report) -> str:
    if report.case is None:
        return ""
    arguments = report.case.arguments.items()
    given = "".join(_figure(value, name, None, "") for name, value in arguments)
    groups = _group("Your function was given", given)
    if report.given:
        groups += _group("and returned", "".join(map(_part, report.given)))
    name = escape(report.case.name)
    return (
        f'<p class="case">Smallest failing case: <b>{name}</b></p><div class="row">{groups}</div>'
    )


def _group(title: str, grids: str) -> str:
    return f'<div class="group"><p>{title}</p><div class="row">{grids}</div></div>'


def _part(part: Part) -> str:
    return _figure(part.numbers, part.name, part.wrong, _told(part))


def _told(part: Part) -> str:
    """How many cells are wrong, in words, and what else there is to say."""
    if part.wrong is None or not part.wrong.size:
        return part.note
    wrong, total = int(part.wrong.sum()), part.wrong.size
    what = "positions" if part.name == "positions" else "cells" if total > 1 else "number"
    count = "right" if not wrong else "wrong" if total == 1 else f"{wrong} of {total} {what} wrong"
    return "; ".join(filter(None, (count, part.note)))


def _figure(value: Any, name: str, wrong: Array | None, note: str) -> str:
    symbol = escape(SYMBOLS.get(name, name))
    role = ROLES.get(name, "plain")
    if not isinstance(value, np.ndarray):
        return (
            f"<figure><figcaption>{symbol}</figcaption><span>{escape(str(value))}</span></figure>"
        )
    if name == "positions":
        content = _positions(value, wrong)
    else:
        content = "".join(_table(*sheet, role, symbol) for sheet in sheets(value, wrong))
    told = f'<span class="told">{escape(note)}</span>' if note else ""
    return (
        f"<figure><figcaption>{symbol}</figcaption>"
        f'<div class="sheets">{content}</div>{told}</figure>'
    )


def _table(label: str, grid: Array, wrong: Array | None, role: str, symbol: str) -> str:
    if not grid.size:
        return f"<span>{escape(label or 'no cells')}</span>"
    rows = "".join(
        "<tr>"
        + "".join(_cell(v, wrong is not None and wrong[r, c]) for c, v in enumerate(row))
        + ("<td>…</td>" if grid.shape[1] > MOST_COLUMNS else "")
        + "</tr>"
        for r, row in enumerate(grid[:MOST_ROWS, :MOST_COLUMNS])
    )
    more = "<tr><td>…</td></tr>" if grid.shape[0] > MOST_ROWS else ""
    head = f"<caption>{escape(label)}</caption>" if label else ""
    named = f'aria-label="{symbol} {escape(label)}"'
    return f'<table data-role="{role}" {named}>{head}{rows}{more}</table>'


def _cell(value: Any, wrong: bool) -> str:
    full = escape(repr(float(value)), quote=True)
    if not wrong:
        return f'<td title="{full}">{number(value)}</td>'
    return f'<td data-wrong title="{full}"><span class="spoken">wrong: </span>{number(value)}</td>'


def _positions(value: Array, wrong: Array | None) -> str:
    """Positions as a list of pairs; they have no grid of their own."""
    items = []
    for n, (row, column) in enumerate(value[:MOST_PAIRS]):
        mark = wrong is not None and wrong[n]
        spoken = '<span class="spoken">wrong: </span>' if mark else ""
        pair = f"({number(row)}, {number(column)})"
        items.append(f"<li{' data-wrong' if mark else ''}>{spoken}{pair}</li>")
    return f"<ul>{''.join(items)}</ul>" if items else "<span>no positions</span>"


def _hints(report: Report) -> str:
    if not report.hint:
        return ""
    slug = (
        f'<code class="slug">{escape(report.misconception)}</code>' if report.misconception else ""
    )
    first, second_hint = _unbroken(report.hint), _unbroken(report.second_hint)
    title = f"<p><b>{escape(report.title)}</b> {slug}</p>" if report.title else ""
    second = (
        f"<details><summary>A second hint</summary><p>{second_hint}</p></details>"
        if report.second_hint
        else ""
    )
    return f'<div class="hint">{title}<p>{first}</p>{second}</div>'


def _unbroken(text: str) -> str:
    """Escaped, and a formula such as N − m does not break at its signs."""
    return re.sub(" ([−+·=×]) ", "\u00a0\\1\u00a0", escape(text))


def _printed(printed: str) -> str:
    if not printed.strip():
        return ""
    text = escape(shortened(printed))
    return f"<details><summary>What your function printed</summary><pre>{text}</pre></details>"
