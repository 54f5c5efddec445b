"""A page of pixels to draw on, and the plainest marks: text, lines, boxes."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch, PathPatch, Polygon
from matplotlib.path import Path
from matplotlib.text import Text

from cnnlib.draw.style import (
    FAINT,
    HALF_DIGIT,
    INK,
    LINE,
    MUTED,
    NOTE,
    PAPER,
    TITLE,
    WIDTH,
    Point,
    font,
    is_math,
)


def canvas(height: float, width: float = WIDTH, *, panel: bool = True) -> Axes:
    """Axes whose units are pixels, (0, 0) at the top left.

    Parameters
    ----------
    height, width : float
        Pixels.
    panel : bool
        A white sheet with round corners, so that a figure reads on a dark page too.

    Returns
    -------
    Axes
        Of a new figure without pyplot: nothing is shown or kept.
    """
    figure = Figure(figsize=(width / 72, height / 72), dpi=72, facecolor="none")
    ax = figure.add_axes((0, 0, 1, 1))
    ax.set(xlim=(0, width), ylim=(height, 0))
    ax.set_axis_off()
    if panel:
        edge = box((0.5, 0.5), width - 1, height - 1, ax=ax, radius=10)
        edge.set(facecolor=PAPER, edgecolor=FAINT, linewidth=1, zorder=-9)
    return ax


def box(at: Point, width: float, height: float, *, ax: Axes, radius: float = 3) -> FancyBboxPatch:
    """A box with round corners; `at` is its top left.

    Parameters
    ----------
    at : (float, float)
    width, height : float
        Pixels.
    ax : Axes
        In pixels, from `canvas`.
    radius : float
        Of the corners, in pixels.

    Returns
    -------
    FancyBboxPatch
        Set its colours.
    """
    style = f"round,pad=0,rounding_size={radius:g}" if radius else "square,pad=0"
    patch = FancyBboxPatch(at, width, height, boxstyle=style, zorder=2)
    ax.add_patch(patch)
    return patch


def label(
    text: str,
    at: Point,
    *,
    ax: Axes,
    size: float = NOTE,
    colour: str = MUTED,
    bold: bool = False,
    align: str = "left",
) -> Text:
    """One line of text whose digits are centred on the height of `at`.

    Parameters
    ----------
    text : str
        Plain, or mathtext between dollar signs.
    at : (float, float)
        Left end, middle or right end, as `align` says.
    ax : Axes
        In pixels, from `canvas`.
    size : float
        Pixels.
    colour : str
    bold : bool
    align : str
        "left", "center" or "right".

    Returns
    -------
    Text
    """
    x, y = at
    drawn = ax.text(
        x, y + HALF_DIGIT * size, text, fontproperties=font(size, bold=bold), color=colour
    )
    drawn.set(ha=align, va="baseline", parse_math=is_math(text), zorder=5)
    return drawn


def title(text: str, *, ax: Axes, at: Point = (16, 24)) -> Text:
    """What the figure shows, at its top left.

    Parameters
    ----------
    text : str
        Plain, or mathtext between dollar signs.
    ax : Axes
        In pixels, from `canvas`.
    at : (float, float)
        Left end.

    Returns
    -------
    Text
    """
    return label(text, at, ax=ax, size=TITLE, colour=INK, bold=True)


def line(points: Sequence[Point], *, ax: Axes, colour: str = LINE, width: float = 1.5) -> Line2D:
    """A line through points, with round joins.

    Parameters
    ----------
    points : sequence of (float, float)
    ax : Axes
        In pixels, from `canvas`.
    colour : str
    width : float
        Pixels.

    Returns
    -------
    Line2D
    """
    xs, ys = zip(*points, strict=True)
    drawn = Line2D(xs, ys, color=colour, linewidth=width, zorder=1)
    drawn.set(solid_capstyle="round", solid_joinstyle="round")
    ax.add_line(drawn)
    return drawn


def arrow(
    start: Point,
    end: Point,
    *,
    ax: Axes,
    colour: str = LINE,
    width: float = 1.5,
    bend: float = 0.0,
) -> FancyArrowPatch:
    """An arrow.

    Parameters
    ----------
    start, end : (float, float)
        Tail and tip.
    ax : Axes
        In pixels, from `canvas`.
    colour : str
    width : float
        Pixels.
    bend : float
        How far it is bowed, as a share of its length; 0 is straight.

    Returns
    -------
    FancyArrowPatch
    """
    drawn = FancyArrowPatch(
        start,
        end,
        arrowstyle="-|>,head_length=5,head_width=2.5",
        connectionstyle=f"arc3,rad={bend:g}",
        shrinkA=0,
        shrinkB=0,
        mutation_scale=1,
    )
    drawn.set(color=colour, linewidth=width, zorder=4)
    ax.add_patch(drawn)
    return drawn


def beam(corners: Sequence[Point], colour: str, *, ax: Axes, strength: float = 0.13) -> Polygon:
    """A pale band that joins two places.

    Parameters
    ----------
    corners : sequence of (float, float)
        In order round the band.
    colour : str
    ax : Axes
        In pixels, from `canvas`.
    strength : float
        How much of the colour is seen, 0 to 1.

    Returns
    -------
    Polygon
    """
    drawn = Polygon(corners, closed=True, facecolor=colour, alpha=strength, zorder=0.5)
    drawn.set_linewidth(0)
    ax.add_patch(drawn)
    return drawn


def curve(
    start: Point, end: Point, *, ax: Axes, colour: str = LINE, width: float = 1.5
) -> PathPatch:
    """A line that leaves and arrives upright.

    Parameters
    ----------
    start, end : (float, float)
    ax : Axes
        In pixels, from `canvas`.
    colour : str
    width : float
        Pixels.

    Returns
    -------
    PathPatch
    """
    middle = (start[1] + end[1]) / 2
    corners = [start, (start[0], middle), (end[0], middle), end]
    path = Path(corners, [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4])
    drawn = PathPatch(path, facecolor="none", edgecolor=colour, linewidth=width, zorder=1)
    ax.add_patch(drawn)
    return drawn
