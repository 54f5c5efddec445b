"""Lesson 07: pool a map."""

from functools import cache

import numpy as np

from cnnlib.exercises.cases import case, grid, halves, whole
from cnnlib.exercises.kit import O_2D
from cnnlib.exercises.reading import a_pair
from cnnlib.exercises.task import Array, Case, Exercise, Wrong

LESSON = "07_pool_and_route"
Shape = tuple[int, int]
Pair = tuple[Array, Array]


def max_pool_2d(o: Array, size: int) -> Pair:
    """The largest number of each window, and where it stands (P1); the first wins a tie."""
    windows, cells = windows_of(o, size)
    first = windows.argmax(axis=-1)[..., None]
    return np.take_along_axis(windows, first, -1)[..., 0], np.take_along_axis(cells, first, -1)[
        ..., 0
    ]


def windows_of(o: Array, size: int, step: int | None = None) -> tuple[Array, Array]:
    """The numbers of every full window and their flat indices, both rows × columns × cells."""
    step = step or size
    view = np.lib.stride_tricks.sliding_window_view
    flat = np.arange(o.size).reshape(o.shape)
    both = (view(grid, (size, size))[::step, ::step] for grid in (o, flat))
    numbers, cells = (v.reshape(*v.shape[:2], -1) for v in both)
    return numbers, cells


@cache
def pool_cases() -> tuple[tuple[Case, ...], ...]:
    """Ties, negative numbers, leftover rows and columns, maps that are not square."""
    return (
        (
            case("the lesson's map, with a tie", o=grid(*O_2D), size=2),
            case("one window", o=grid([1, 4], [3, 2]), size=2),
            case("a tie in one window", o=grid([1, 5], [5, 2]), size=2),
            case("every number equal", o=grid([3, 3, 3, 3], [3, 3, 3, 3]), size=2),
            case("negative numbers only", o=grid([-4, -2, -7, -3], [-1, -5, -6, -8]), size=2),
            case("a row left over", o=whole(111, 5, 4), size=2),
            case("a column left over", o=whole(112, 4, 5), size=2),
            case("windows of 3", o=whole(113, 3, 6), size=3),
            case("windows of 3, rows and columns left over", o=whole(114, 7, 5), size=3),
            case("windows of one cell", o=grid([2, -1, 4], [0, 3, 5]), size=1),
            case("digits after the point", o=halves(115, 4, 6), size=2),
            case(
                "the largest number is left over", o=grid([1, 2, 9], [4, 3, 9], [9, 9, 9]), size=2
            ),
        ),
    )


def _largest(o: Array, size: int) -> Array:
    return max_pool_2d(o, size)[0]


def _last_wins(o: Array, size: int) -> Pair:
    windows, cells = windows_of(o, size)
    last = size * size - 1 - windows[..., ::-1].argmax(axis=-1)[..., None]
    return _largest(o, size), np.take_along_axis(cells, last, -1)[..., 0]


def _all_tied(o: Array, size: int, always_lists: bool) -> object:
    """The winners as lists of everything that is as large as the largest."""
    windows, cells = windows_of(o, size)
    y = _largest(o, size)
    winner: list[list[object]] = [[None] * y.shape[1] for _ in range(y.shape[0])]
    for i, j in np.ndindex(y.shape):
        tied = [int(p) for p, v in zip(cells[i, j], windows[i, j], strict=True) if v == y[i, j]]
        winner[i][j] = tied if always_lists or len(tied) > 1 else tied[0]
    return y, winner


def _inside_window(o: Array, size: int) -> Pair:
    return _largest(o, size), windows_of(o, size)[0].argmax(axis=-1)


def _from_corner(o: Array, size: int, row_step: int | None, column_step: int | None) -> Pair:
    """Window (i, j) is thought to begin in row row_step · i (None: size · i)."""
    y, winner = max_pool_2d(o, size)
    row, column = np.divmod(winner, o.shape[1])
    i, j = np.indices(y.shape)
    row = row - (size - (size if row_step is None else row_step)) * i
    column = column - (size - (size if column_step is None else column_step)) * j
    return y, row * o.shape[1] + column


CORNERS = {
    (0, 0): "Your winner counts rows and columns inside its window, as if every window began in "
    "the corner of the map.",
    (None, 0): "The row is right. The column still counts inside its window.",
    (0, None): "The column is right. The row still counts inside its window.",
    (1, 1): "Your windows begin one cell apart. Window (i, j) does not begin in cell (i, j).",
}


def _flat(o: Array, size: int, row_step: int, column_step: int) -> Pair:
    y, winner = max_pool_2d(o, size)
    row, column = np.divmod(winner, o.shape[1])
    return y, row * row_step + column * column_step


def _started_at_zero(o: Array, size: int, lost: str) -> Pair:
    y, winner = max_pool_2d(o, size)
    corner = windows_of(o, size)[1][..., 0]
    nothing = {
        "zero": np.zeros_like(winner),
        "minus one": np.full_like(winner, -1),
        "corner": corner,
    }
    return np.maximum(y, 0), np.where(y > 0, winner, nothing[lost])


def _with_leftover(o: Array, size: int) -> Pair:
    rows, columns = (-n % size for n in o.shape)
    wide = np.pad(o, ((0, rows), (0, columns)), constant_values=-np.inf)
    y, winner = max_pool_2d(wide, size)
    row, column = np.divmod(winner, wide.shape[1])
    return y, row * o.shape[1] + column


def _every_place(o: Array, size: int) -> Pair:
    windows, cells = windows_of(o, size, step=1)
    first = windows.argmax(axis=-1)[..., None]
    return np.take_along_axis(windows, first, -1)[..., 0], np.take_along_axis(cells, first, -1)[
        ..., 0
    ]


def _pairs(o: Array, size: int, axis: int) -> Pair:
    y, winner = max_pool_2d(o, size)
    return y, np.stack(np.divmod(winner, o.shape[1]), axis=axis)


EXERCISES = (
    Exercise(
        title="Pool a map",
        lesson=LESSON,
        statement="Cut the map o into windows of size × size that do not overlap; rows and columns "
        "that do not fill a window are left out. Return the pair (y, winner): y holds the largest "
        "number of each window, winner the flat index of its cell in o (row · columns of o + "
        "column). The first in reading order wins a tie.",
        solve=max_pool_2d,
        families=pool_cases,
        read=a_pair("y", "winner"),
        linear=False,
        wrong=(
            Wrong("window-index-for-map-index", _inside_window),
            *(
                Wrong(
                    "window-index-for-map-index",
                    lambda o, size, steps=steps: _from_corner(o, size, *steps),
                    hint,
                )
                for steps, hint in CORNERS.items()
            ),
            Wrong("tie-to-last", _last_wins),
            Wrong("tie-to-both", lambda o, size: _all_tied(o, size, always_lists=False)),
            Wrong("tie-to-both", lambda o, size: _all_tied(o, size, always_lists=True)),
            Wrong("wrong-row-length", lambda o, size: _flat(o, size, o.shape[0], 1)),
            Wrong("wrong-row-length", lambda o, size: _flat(o, size, o.shape[1] // size, 1)),
            Wrong("wrong-row-length", lambda o, size: _flat(o, size, size, 1)),
            Wrong("transposed", lambda o, size: _flat(o, size, 1, o.shape[0])),
            Wrong("transposed", lambda o, size: _flat(o, size, 1, o.shape[1])),
            Wrong("winner-as-pair", lambda o, size: _pairs(o, size, axis=-1)),
            Wrong("winner-as-pair", lambda o, size: _pairs(o, size, axis=0)),
            Wrong("winner-as-value", lambda o, size: (_largest(o, size), _largest(o, size))),
            *(
                Wrong(
                    "max-started-at-zero",
                    lambda o, size, lost=lost: _started_at_zero(o, size, lost),
                )
                for lost in ("zero", "minus one", "corner")
            ),
            Wrong(
                "mean-for-max",
                lambda o, size: (windows_of(o, size)[0].mean(axis=-1), max_pool_2d(o, size)[1]),
            ),
            Wrong("leftover-kept", _with_leftover),
            Wrong(
                "stride-ignored",
                _every_place,
                "Your windows move by one cell and overlap. Here they stand side by side.",
                "Window (i, j) starts in row size · i and column size · j.",
            ),
        ),
        hint="Take the first window by hand: its largest number, and the number of its cell when "
        "you count through the whole map.",
        second_hint="Window (i, j) starts in row size · i. Number the cells of the map in reading "
        "order, from 0.",
    ),
)
