"""LaTeX as MathML, which browsers show by themselves: no script, no web font, no network."""

import re
from functools import cache

# The tints of the visual language, as a line under the letter: the letter keeps the text's colour.
_ROLES = {"&#x003B4;": "delta", "w": "kernel", "o": "input", "y": "input", "K": "kernel", "I": "input"}
_LETTER = re.compile(r"<mi>(" + "|".join(_ROLES) + r")</mi>")


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
        A ``<math>`` element that keeps the LaTeX as its annotation, to be copied.
    """
    from latex2mathml.converter import convert

    made = convert(latex, display="block" if display else "inline")
    marked = _LETTER.sub(lambda m: f'<mi class="cnn-{_ROLES[m[1]]}">{m[1]}</mi>', made)
    return marked
