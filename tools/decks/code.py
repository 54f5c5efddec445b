"""Code cells and their outputs as HTML."""

import html
import re
from collections.abc import Iterable
from typing import Any

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from tools.saved import VIEW

_TERMINAL_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_IMPORT = re.compile(r"(?:import|from)\s|#|$")
_ATTEMPT = re.compile(r"\s*exercises\.check\(")
# The repr of a NumPy number says its type; a slide shows the number.
_SCALAR = re.compile(r"^np\.(?:int|float)\d+\((.*)\)$")
_PICTURES = ("image/svg+xml", "image/png", "image/jpeg", "image/gif")


def coloured(code: str) -> str:
    """Code with its parts marked for the stylesheet."""
    return highlight(code, PythonLexer(), HtmlFormatter(nowrap=True)).rstrip("\n")


def only_imports(code: str) -> bool:
    """Whether there is nothing to look at in a cell."""
    inside = re.sub(r"\([^)]*\)", "()", code)
    return all(_IMPORT.match(line) for line in inside.split("\n"))


def is_attempt(code: str) -> bool:
    """Whether a cell checks what the student wrote: without a kernel its answer means nothing."""
    return bool(_ATTEMPT.match(code))


def draws(outputs: Iterable[dict[str, Any]]) -> bool:
    """Whether an output is a picture, a widget or a page: then the code stands back."""
    kinds = {VIEW, "text/html", *_PICTURES}
    return any(kinds & set(output.get("data", {})) for output in outputs)


def as_html(output: dict[str, Any], widgets: Iterable[str]) -> str:
    """One output.

    Parameters
    ----------
    output : dict
        As the notebook holds it.
    widgets : iterable of str
        Identities of the models that can be woken.
    """
    if output["output_type"] == "stream":
        return _text(output["text"])
    if output["output_type"] == "error":
        return _text(f"{output['ename']}: {output['evalue']}")
    data = output["data"]
    if VIEW in data and data[VIEW]["model_id"] in widgets:
        return f'<div data-model="{html.escape(data[VIEW]["model_id"])}"></div>'
    return _data(data)


def _data(data: dict[str, Any]) -> str:
    for kind in _PICTURES:
        if kind in data:
            return _picture(kind, data[kind], data.get("text/plain", ""))
    if "text/html" in data:
        return f'<div class="page-output">{data["text/html"]}</div>'
    if "text/latex" in data or "text/plain" in data:
        return _text(data.get("text/plain", ""))
    return ""


def _picture(kind: str, content: str, alt: str) -> str:
    if kind == "image/svg+xml":
        return f'<div class="picture">{content}</div>'
    return f'<img alt="{html.escape(alt)}" src="data:{kind};base64,{content.strip()}">'


def _text(text: str) -> str:
    plain = _TERMINAL_COLOURS.sub("", text).rstrip()
    shown = _SCALAR.sub(r"\1", plain)
    return f'<pre class="printed">{html.escape(shown)}</pre>' if shown else ""
