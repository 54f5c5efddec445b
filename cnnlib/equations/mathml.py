"""LaTeX as MathML, which browsers show by themselves: no script, no web font, no network."""

import re
from functools import cache

# Each role of the visual language is a line under its letter; the letter keeps the text's colour.
_ROLES = {
    "&#x003B4;": "delta",
    "w": "kernel",
    "K": "kernel",
    "o": "input",
    "y": "input",
    "I": "input",
}
_LETTER = re.compile(r"<mi>(" + "|".join(_ROLES) + r")</mi>")
_PRIME = re.compile(r"<msup>(<mi>\w</mi>)<mi>&#x02032;</mi></msup>")
_TOUCHING = re.compile(r"(</msubsup>|</msub>|</mfrac>)(?=<(?:msubsup|msub|msup|mi|mfrac|munder))")
_SUM = re.compile(
    r"<msub>(<mo>&#x02211;</mo>(?:<mi>\w</mi>|<mrow>(?:(?!</?mrow>).)*</mrow>))</msub>"
)
_THOUSANDS = re.compile(r"<mn>(\d+)</mn><mrow><mo>&#x0002C;</mo></mrow><mn>(\d{3})</mn>")
_LOGARITHM = re.compile(r"(<mi>ln</mi>)(?=<m[in]>)")
# LaTeX longer than this may be too wide for a telephone: its line takes the focus to be scrolled.
LONG = 45
_PAIRS = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}


@cache
def mathml(latex: str, display: bool = True) -> str:
    """MathML of one formula, with the letters of the visual language marked.

    Parameters
    ----------
    latex : str
        The formula.
    display : bool
        A line of its own, or within a sentence.

    Returns
    -------
    str
        A ``<math>`` element.
    """
    from latex2mathml.converter import convert

    made = convert(latex, display="block" if display else "inline")
    marked = _LETTER.sub(lambda m: f'<mi class="cnn-{_ROLES[m[1]]}">{m[1]}</mi>', made)
    below = _SUM.sub(r"<munder>\1</munder>", marked)
    # Factors with scripts need a little air between them.
    spaced = _TOUCHING.sub(r'\1<mspace width="0.17em"></mspace>', below)
    spaced = _LOGARITHM.sub(r'\1<mspace width="0.17em"></mspace>', spaced)
    spaced = _THOUSANDS.sub(r"<mn>\1,\2</mn>", spaced)
    # A prime as a superscript of an index is too small to see: it stands beside its letter.
    return _PRIME.sub(r'<mrow>\1<mo lspace="0" rspace="0">&#x02032;</mo></mrow>', spaced)


def sides(latex: str) -> list[str]:
    """The LaTeX of an equation, cut at its outer equals signs."""
    depth, found, start = 0, [], 0
    for at, letter in enumerate(latex):
        depth += _PAIRS.get(letter, 0)
        if letter == "=" and depth == 0:
            found.append(latex[start:at].strip())
            start = at + 1
    return [*found, latex[start:].strip()]


def lines(latex: str) -> str:
    r"""An equation with one line for each equals sign (or ``\\\\``), aligned at the first."""
    left, *rest = sides(latex)
    if not rest:
        return line(left)
    parts = [part for side in rest for part in f"= {side}".split(r"\\")]
    return "".join(line(part, left, hidden=number > 0) for number, part in enumerate(parts))


def line(latex: str, left: str = "", hidden: bool = False) -> str:
    """One line; a hidden left side only holds its place. It scrolls by itself if it is too wide."""
    shown = rf"\hphantom{{{left}}} {latex}" if hidden else f"{left} {latex}"
    focus = ' tabindex="0"' if len(shown) > LONG else ""
    return f'<div class="cnn-math"{focus}>{mathml(shown.strip())}</div>'
