"""What stands round a grid: its name, its indices, factors in its cells, and a beam to another."""

from collections.abc import Iterable, Mapping

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import Polygon

from cnnlib.draw.canvas import beam, box, label, line
from cnnlib.draw.grids import Grid, Index, position
from cnnlib.draw.style import INK, NOTE, ROLES, SMALL, SYMBOL, Point, Role, mixed, text_width


def badges(drawn: Grid, texts: Mapping[Index, str], *, ax: Axes, role: str = "kernel") -> None:
    """A small factor in the corner of cells, and their numbers moved out of its way.

    Parameters
    ----------
    drawn : Grid
        Its marks get the new artists.
    texts : mapping of position to str
        What to write into which cell.
    ax : Axes
        In pixels, from `canvas`.
    role : str
        Whose colour the factors have, one of `ROLES`.
    """
    size = max(10.0, 0.25 * drawn.cell)
    for index, text in texts.items():
        x, y = drawn.corner(index)
        width = text_width(text, size) + 5
        at = (x + drawn.cell - width - 3, y + drawn.cell - size - 6)
        patch = box(at, width, size + 3, ax=ax, radius=3)
        patch.set(facecolor=mixed(ROLES[role].colour, 0.42), linewidth=0, zorder=4)
        middle = (at[0] + width / 2, at[1] + (size + 3) / 2)
        text_in = label(text, middle, ax=ax, size=size, colour=INK, align="center")
        drawn.marks.extend([patch, text_in])
        shifted = drawn.numbers[position(index)]
        shifted.set_position((x + 0.38 * drawn.cell, shifted.get_position()[1] - 0.14 * drawn.cell))


def ruler(drawn: Grid, *, ax: Axes, below: bool = False) -> None:
    """Indices along the grid: over its columns, and left of its rows.

    Parameters
    ----------
    drawn : Grid
        Its marks get the new artists.
    ax : Axes
        In pixels, from `canvas`.
    below : bool
        Under the columns instead.
    """
    y = drawn.at[1] + drawn.height + 10 if below else drawn.at[1] - 10
    for column in range(drawn.shape[-1]):
        index = (column,) if len(drawn.shape) == 1 else (0, column)
        at = (drawn.centre(index)[0], y)
        drawn.marks.append(label(str(column), at, ax=ax, size=SMALL, align="center"))
    for row in range(drawn.shape[0] if len(drawn.shape) > 1 else 0):
        at = (drawn.at[0] - 7, drawn.centre((row, 0))[1])
        drawn.marks.append(label(str(row), at, ax=ax, size=SMALL, align="right"))


def caption(
    drawn: Grid,
    *,
    ax: Axes,
    symbol: str | None = None,
    words: str | None = None,
    beside: float | None = None,
    above: float = 34,
) -> None:
    """Symbol, underlined in the role's colour, and what it is: above the grid or left of a row.

    Parameters
    ----------
    drawn : Grid
        Its marks get the new artists.
    ax : Axes
        In pixels, from `canvas`.
    symbol, words : str
        The role's own where not given; "" leaves them out.
    beside : float
        Where a caption left of the row begins; None is above the grid.
    above : float
        Pixels between the top of the grid and the middle of the caption.
    """
    role = drawn.role._replace(
        symbol=drawn.role.symbol if symbol is None else symbol,
        words=drawn.role.words if words is None else words,
    )
    if beside is None:
        drawn.marks.extend(name(role, (drawn.at[0], drawn.at[1] - above), ax=ax, flat=True))
    else:
        middle = drawn.at[1] + drawn.height / 2
        drawn.marks.extend(name(role, (beside, middle - 8), ax=ax))


def name(role: Role, at: Point, *, ax: Axes, flat: bool = False) -> list[Artist]:
    """A role's symbol, underlined in its colour, with its words below, or behind it if flat.

    Parameters
    ----------
    role : Role
    at : (float, float)
        Left end of the symbol's middle line.
    ax : Axes
        In pixels, from `canvas`.
    flat : bool
        In one line.

    Returns
    -------
    list of Artist
    """
    x, y = at
    wide = text_width(role.symbol, SYMBOL)
    bar = line([(x, y + 12), (x + wide, y + 12)], ax=ax, colour=role.colour, width=3)
    bar.set_solid_capstyle("butt")
    place = (x + wide + 7, y + 2) if flat else (x, y + 24)
    return [
        label(role.symbol, at, ax=ax, size=SYMBOL, colour=INK),
        bar,
        label(role.words, place, ax=ax, size=NOTE),
    ]


def joined(start: Grid, cells: Iterable[Index], end: Grid, target: Index, *, ax: Axes) -> Polygon:
    """A pale band from the box round some cells of one grid to a cell of a grid further right.

    Parameters
    ----------
    start : Grid
    cells : iterable of positions
        On `start`.
    end : Grid
    target : position
        On `end`.
    ax : Axes
        In pixels, from `canvas`.

    Returns
    -------
    Polygon
    """
    middles = [start.centre(index) for index in cells]
    half = start.cell / 2
    top, bottom = min(y for _, y in middles) - half, max(y for _, y in middles) + half
    right = max(x for x, _ in middles) + half
    x, y = end.corner(target)
    corners = [(right, top), (x, y), (x, y + end.cell), (right, bottom)]
    return beam(corners, start.role.colour, ax=ax)
