"""Grids of numbers: the same cells and marks as in the LinkedGrids widget."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch, Polygon
from matplotlib.text import Text
from numpy.typing import ArrayLike, NDArray

from cnnlib.draw.canvas import box, label, line
from cnnlib.draw.style import (
    CELL,
    DIGITS,
    GAP,
    INK,
    MUTED,
    PAPER,
    ROLES,
    Point,
    Role,
    mixed,
    number,
    numbers_of,
    role_named,
    text_width,
)

Index = int | tuple[int, ...]


@dataclass(frozen=True)
class Grid:
    """A drawn grid: where its cells stand, and its artists.

    Attributes
    ----------
    role : Role
    at : (float, float)
        Top left, pixels.
    shape : tuple of int
        As given: one axis or two.
    cell, pitch : float
        A cell's side; from one cell to the next.
    cells, numbers : dict
        Patch and text of each position.
    marks : list of Artist
        Everything else.
    """

    role: Role
    at: Point
    shape: tuple[int, ...]
    cell: float
    pitch: float
    cells: dict[tuple[int, ...], FancyBboxPatch] = field(default_factory=dict)
    numbers: dict[tuple[int, ...], Text] = field(default_factory=dict)
    marks: list[Artist] = field(default_factory=list)

    @property
    def width(self) -> float:
        """Pixels from the first cell's left to the last one's right."""
        return (self.shape[-1] - 1) * self.pitch + self.cell

    @property
    def height(self) -> float:
        """Pixels from the first cell's top to the last one's bottom."""
        rows = 1 if len(self.shape) == 1 else self.shape[0]
        return (rows - 1) * self.pitch + self.cell

    def corner(self, index: Index) -> Point:
        """Top left of a cell.

        Parameters
        ----------
        index : position
            An int on one axis, else one per axis.

        Returns
        -------
        (float, float)
            Pixels.
        """
        row, column = position(index)[-2:] if len(self.shape) > 1 else (0, *position(index))
        return self.at[0] + column * self.pitch, self.at[1] + row * self.pitch

    def centre(self, index: Index) -> Point:
        """Middle of a cell.

        Parameters
        ----------
        index : position
            An int on one axis, else one per axis.

        Returns
        -------
        (float, float)
            Pixels.
        """
        x, y = self.corner(index)
        return x + self.cell / 2, y + self.cell / 2

    def top(self, index: Index) -> Point:
        """Middle of a cell's upper edge.

        Parameters
        ----------
        index : position
            An int on one axis, else one per axis.

        Returns
        -------
        (float, float)
            Pixels.
        """
        return self.centre(index)[0], self.corner(index)[1]

    def bottom(self, index: Index) -> Point:
        """Middle of a cell's lower edge.

        Parameters
        ----------
        index : position
            An int on one axis, else one per axis.

        Returns
        -------
        (float, float)
            Pixels.
        """
        return self.centre(index)[0], self.corner(index)[1] + self.cell


def position(index: Index) -> tuple[int, ...]:
    """An index as a tuple of plain numbers."""
    return (int(index),) if np.ndim(index) == 0 else tuple(int(i) for i in index)  # type: ignore[arg-type,union-attr]


def positions(indices: Iterable[Index]) -> set[tuple[int, ...]]:
    """Indices as tuples."""
    return {position(index) for index in indices}


def grid(
    values: ArrayLike,
    role: str,
    *,
    ax: Axes,
    at: Point,
    cell: float = CELL,
    spread: int = 1,
    lit: Iterable[Index] = (),
    picked: Index | None = None,
    zeros: ArrayLike | None = None,
    blank: bool = False,
) -> Grid:
    """Draw an array as cells with numbers.

    Parameters
    ----------
    values : array_like, one or two axes
        One axis is a row; NaN is shown as a question mark.
    role : str
        One of `style.ROLES`.
    ax : Axes
        In pixels, from `canvas`.
    at : (float, float)
        Top left.
    cell : float
        A cell's side, pixels.
    spread : int
        Cells from one to the next: dilation.
    lit : positions
        Cells that come forward.
    picked : position
        The one cell that is looked at.
    zeros : array_like of bool
        Cells that are padding or zeros put in.
    blank : bool
        Cells without numbers.

    Returns
    -------
    Grid

    Raises
    ------
    ValueError
        There is no such role.
    """
    array = numbers_of(values, (1, 2), finite=False)
    put_in = np.zeros(array.shape, bool) if zeros is None else np.asarray(zeros, dtype=bool)
    drawn = Grid(role_named(role), at, array.shape, cell, spread * (cell + GAP))
    forward = positions(lit)
    size = digits_size(array, cell, drawn.role, bold=bool(forward))
    for index in np.ndindex(array.shape):
        zero, bold = bool(put_in[index]), index in forward
        _draw_cell(drawn, index, ax, lit=bold, zero=zero)
        if not blank:
            _write(drawn, index, written(float(array[index])), size, ax, bold=bold, zero=zero)
    if picked is not None:
        drawn.marks.append(ring(drawn, picked, ax=ax))
    return drawn


def _draw_cell(drawn: Grid, index: tuple[int, ...], ax: Axes, *, lit: bool, zero: bool) -> None:
    role = ROLES["padding"] if zero else drawn.role
    radius = 0.3 * drawn.cell if role.mark == "rounded" else 3
    width = 2.5 if lit and role.mark != "double" else 1.4
    x, y = drawn.corner(index)
    inset = width / 2
    side = drawn.cell - width
    patch = box((x + inset, y + inset), side, side, ax=ax, radius=radius)
    edge = role.colour if lit else mixed(role.colour, 0.62)
    fill = mixed(role.colour, 0.34 if lit else 0.09)
    patch.set(facecolor=PAPER if zero else fill, edgecolor=edge, linewidth=width)
    if zero:
        patch.set(linestyle=(0, (3, 2.4)), edgecolor=mixed(INK, 0.4))
    drawn.cells[index] = patch
    if role.mark == "double":
        drawn.marks.append(_inner_outline(x, y, drawn.cell, edge, lit=lit, ax=ax))
    elif role.mark == "corner":
        drawn.marks.append(_corner(x, y, drawn.cell, role.colour, ax))


def _inner_outline(
    x: float, y: float, cell: float, edge: str, *, lit: bool, ax: Axes
) -> FancyBboxPatch:
    patch = box((x + 3.7, y + 3.7), cell - 7.4, cell - 7.4, ax=ax, radius=1.5)
    patch.set(facecolor="none", edgecolor=edge, linewidth=1.8 if lit else 1.3)
    return patch


def _corner(x: float, y: float, cell: float, colour: str, ax: Axes) -> Polygon:
    side = 0.22 * cell
    right = x + cell - 1
    corners = [(right - side, y + 1), (right, y + 1), (right, y + 1 + side)]
    patch = Polygon(corners, closed=True, facecolor=colour, linewidth=0, zorder=3)
    ax.add_patch(patch)
    return patch


def written(value: float) -> str:
    """A cell's text: NaN is masked."""
    return "?" if np.isnan(value) else number(value)


def digits_size(
    array: NDArray[np.float64], cell: float, role: Role, *, bold: bool = False
) -> float:
    """One size for all numbers of a grid: the longest keeps clear of the outline."""
    size = min(DIGITS, 0.46 * cell)
    longest = max(text_width(written(value), size, bold=bold) for value in array.ravel().tolist())
    room = cell - (11 if role.mark == "double" else 9)
    return size * min(1.0, room / longest)


def _write(
    drawn: Grid, index: tuple[int, ...], text: str, size: float, ax: Axes, *, bold: bool, zero: bool
) -> None:
    x, y = drawn.centre(index)
    drawn.numbers[index] = label(text, (x, y), ax=ax, size=size, align="center", bold=bold)
    drawn.numbers[index].set_color(MUTED if zero else INK)
    if drawn.role.mark == "underlined" and not zero:
        half = text_width(text, size, bold=bold) / 2
        ends = [(x - half, y + 0.5 * size + 1.5), (x + half, y + 0.5 * size + 1.5)]
        stroke = line(ends, ax=ax, colour=drawn.role.colour, width=2)
        stroke.set(zorder=5, solid_capstyle="butt")
        drawn.marks.append(stroke)


def ring(drawn: Grid, index: Index, *, ax: Axes) -> FancyBboxPatch:
    """A dark outline round the cell that is looked at.

    Parameters
    ----------
    drawn : Grid
    index : position
    ax : Axes
        In pixels, from `canvas`.

    Returns
    -------
    FancyBboxPatch
    """
    x, y = drawn.corner(index)
    radius = 0.3 * drawn.cell + 3 if drawn.role.mark == "rounded" else 5
    patch = box((x - 3, y - 3), drawn.cell + 6, drawn.cell + 6, ax=ax, radius=radius)
    patch.set(facecolor="none", edgecolor=INK, linewidth=2, zorder=6)
    return patch
