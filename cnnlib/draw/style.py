"""One visual language for all figures, the same as the widgets': roles, colours, type, spacing.

Lengths are pixels of a canvas (`canvas.canvas`); a figure is 760 pixels wide on a page.
"""

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from matplotlib import get_data_path
from matplotlib.colors import to_hex, to_rgb
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path
from numpy.typing import ArrayLike, NDArray

from cnnlib._checks import told

Point = tuple[float, float]

WIDTH = 760.0
UNIT = 4.0
CELL = 48.0
GAP = UNIT
SYMBOL, DIGITS, TITLE, NOTE, SMALL = 22.0, 16.0, 15.0, 13.0, 11.5

INK = "#1a1a1a"
PAPER = "#ffffff"
# Digits of DejaVu Sans stand 0.729 em high: half of that centres them on a line.
HALF_DIGIT = 0.3645
MINUS = "\u2212"
# By file: a system's font of the same name may be another version.
FONTS = Path(get_data_path(), "fonts", "ttf")

RC = {
    "font.family": ["DejaVu Sans"],
    "mathtext.fontset": "stix",
    "axes.unicode_minus": True,
    "svg.fonttype": "path",
    "svg.hashsalt": "cnnlib",
    "path.simplify": False,
    "figure.dpi": 72,
    "savefig.dpi": 72,
}
"""Settings that make a figure the same on every machine: bundled fonts, drawn as outlines."""


class Role(NamedTuple):
    """What a grid is: its Okabe-Ito colour and its mark besides colour.

    Attributes
    ----------
    colour : str
    mark : str
        "solid", "rounded", "double", "corner", "underlined" or "dashed".
    symbol, words : str
        As captions say it: mathtext and plain.
    """

    colour: str
    mark: str
    symbol: str
    words: str


ROLES = {
    "input": Role("#56B4E9", "solid", r"$o$", "input"),
    "kernel": Role("#E69F00", "rounded", r"$w$", "kernel"),
    "output": Role("#009E73", "double", r"$x$", "output"),
    "delta": Role("#D55E00", "corner", r"$\delta$", "delta"),
    "gradient": Role("#CC79A7", "underlined", r"$\partial E/\partial w$", "gradient"),
    "padding": Role("#8a8a8a", "dashed", r"$0$", "padding"),
}


def numbers_of(values: ArrayLike, axes: tuple[int, ...], *, finite: bool) -> NDArray[Any]:
    """Numbers that can be drawn, on so many axes."""
    try:
        array = np.asarray(values, dtype=float)
    except (TypeError, ValueError):
        raise TypeError(
            f"values is {told(values)}; real numbers are expected: pass rows of equal length"
        ) from None
    if array.ndim not in axes or not array.size:
        expected = " or ".join(map(str, axes))
        raise ValueError(
            f"values has shape {array.shape}; {expected} axes with a number are expected: "
            "pass one map or one signal"
        )
    if finite and not np.isfinite(array).all():
        raise ValueError("values hold NaN or infinity; finite numbers are expected: pass such")
    return array


def role_named(name: str) -> Role:
    """One of `ROLES`.

    Raises
    ------
    ValueError
        There is no such role.
    """
    if name not in list(ROLES):
        raise ValueError(f"role is {name!r}; expected one of {', '.join(ROLES)}: pass one of them")
    return ROLES[name]


def mixed(colour: str, share: float, into: str = PAPER) -> str:
    """So much of a colour, the rest of another: tints for fills, muted text.

    Parameters
    ----------
    colour : str
    share : float
        0 to 1.
    into : str
        The other colour.

    Returns
    -------
    str
        Hexadecimal.
    """
    (r, g, b), (red, green, blue) = to_rgb(colour), to_rgb(into)
    rest = 1 - share
    return to_hex((share * r + rest * red, share * g + rest * green, share * b + rest * blue))


MUTED = mixed(INK, 0.68)
FAINT = mixed(INK, 0.16)
LINE = mixed(INK, 0.38)


def number(value: Any, places: int = 2) -> str:
    """One number as the widgets write it, with a true minus.

    Parameters
    ----------
    value : float
    places : int
        At most so many after the point.

    Returns
    -------
    str

    Examples
    --------
    >>> number(-1.50)
    '−1.5'
    """
    text = f"{float(value):.{places}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text.replace("-", MINUS)


def factor(value: Any) -> str:
    """A number inside a product: negative ones in brackets.

    Parameters
    ----------
    value : float

    Returns
    -------
    str
    """
    return f"({number(value)})" if value < 0 else number(value)


def font(size: float, *, bold: bool = False) -> FontProperties:
    """The figures' one typeface, bundled with Matplotlib.

    Parameters
    ----------
    size : float
        Pixels.
    bold : bool
    """
    return FontProperties(fname=FONTS / f"DejaVuSans{'-Bold' if bold else ''}.ttf", size=size)


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a line of text.

    Parameters
    ----------
    text : str
        Plain, or mathtext between dollar signs.
    size : float
        Pixels.
    bold : bool

    Returns
    -------
    float
        Pixels.
    """
    width, _, _ = text_to_path.get_text_width_height_descent(
        text, font(size, bold=bold), is_math(text)
    )
    return float(width)


def is_math(text: str) -> bool:
    """Whether Matplotlib reads the text as a formula."""
    return text.count("$") >= 2
