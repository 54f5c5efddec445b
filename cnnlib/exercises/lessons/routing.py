"""Lesson 07: route the gradient back through a pool."""

from functools import cache
from itertools import product

import numpy as np

from cnnlib.exercises.cases import case, grid, halves, whole
from cnnlib.exercises.kit import O_2D, only_if
from cnnlib.exercises.lessons.pooling import LESSON, Shape, max_pool_2d, windows_of
from cnnlib.exercises.reading import an_array
from cnnlib.exercises.task import Array, Case, Exercise, Wrong


def max_pool_backward_2d(d_y: Array, winner: Array, input_shape: Shape) -> Array:
    """d_o[winner] += d_y, output by output (P1)."""
    d_o = np.zeros(input_shape)
    np.add.at(d_o.ravel(), winner.astype(int).ravel(), d_y.ravel())
    return d_o


def avg_pool_backward_2d(d_y: Array, input_shape: Shape, size: int) -> Array:
    """Each cell of a window gets d_y / size**2 (P2)."""
    return _padded(np.kron(d_y, np.ones((size, size))) / size**2, input_shape)


def _padded(d_o: Array, shape: Shape) -> Array:
    rows, columns = (n - m for n, m in zip(shape, d_o.shape, strict=True))
    return np.pad(d_o, ((0, rows), (0, columns)))


def _routed(name: str, seed: int, o: Array, size: int, step: int) -> Case:
    """d_y and the winners that pooling o gives."""
    windows, cells = windows_of(o, size, step)
    first = windows.argmax(axis=-1)[..., None]
    winner = np.take_along_axis(cells, first, -1)[..., 0].astype(np.intp)
    return case(name, d_y=whole(seed, *winner.shape), winner=winner, input_shape=o.shape)


@cache
def max_backward_cases() -> tuple[tuple[Case, ...], ...]:
    """With and without overlap; one map as in the lesson, one row as in the lesson's signal."""
    signal = np.array([[1, 1, 4, 4]])
    lesson = grid(*O_2D)
    return (
        (
            _routed("the lesson's map", 129, lesson, 2, 2),
            case(
                "the lesson's signal, windows overlap",
                d_y=grid([1, -2, 0, 3]),
                winner=signal,
                input_shape=(1, 6),
            ),
            _routed("the lesson's map, other gradients", 121, lesson, 2, 2),
            _routed("the lesson's map, windows overlap", 122, lesson, 2, 1),
            _routed("one window", 123, grid([1, 4], [3, 2]), 2, 2),
            _routed("three rows, overlap", 124, whole(131, 3, 5), 2, 1),
            _routed("five columns, one left over", 125, whole(132, 4, 5), 2, 2),
            _routed("five rows, one left over", 126, whole(133, 5, 4), 2, 2),
            _routed("windows of 3", 127, whole(134, 3, 6), 3, 3),
            _routed("windows of 3 overlap", 128, whole(135, 5, 4), 3, 1),
            _routed("one winner for all", 130, grid([0, 0, 0], [0, 9, 0], [0, 0, 0]), 2, 1),
            case(
                "digits after the point",
                d_y=halves(136, 3, 4),
                winner=max_pool_2d(whole(137, 6, 8), 2)[1],
                input_shape=(6, 8),
            ),
        ),
    )


@cache
def avg_backward_cases() -> tuple[tuple[Case, ...], ...]:
    """Windows that fill the map, and maps with rows or columns left over."""
    sizes = (
        ("the lesson's size, 4 × 4", 4, 4, 2),
        ("one window", 2, 2, 2),
        ("windows of one cell", 2, 3, 1),
        ("a row left over", 3, 4, 2),
        ("a column left over", 4, 5, 2),
        ("windows of 3", 3, 6, 3),
        ("windows of 3, two rows left over", 5, 6, 3),
        ("windows of 3, row and column left over", 4, 7, 3),
        ("six rows", 6, 2, 2),
        ("windows of 4", 4, 8, 4),
        ("one window, most is left over", 3, 3, 2),
        ("a larger map", 8, 6, 2),
    )
    return (
        tuple(
            case(
                name,
                d_y=whole(140 + n, rows // size, columns // size),
                input_shape=(rows, columns),
                size=size,
            )
            for n, (name, rows, columns, size) in enumerate(sizes)
        ),
    )


def _last_write(d_y: Array, winner: Array, input_shape: Shape) -> Array:
    d_o = np.zeros(input_shape)
    d_o.ravel()[winner.ravel()] = d_y.ravel()
    return d_o


def _to_all_tied(d_y: Array, winner: Array, input_shape: Shape) -> Array:
    """Needs the map itself, so it can only happen with the lesson's map left in the notebook."""
    only_if(input_shape == (4, 4) and d_y.shape == (2, 2))
    o = np.array(O_2D, dtype=float)
    y = np.kron(max_pool_2d(o, 2)[0], np.ones((2, 2)))
    return np.asarray((o == y) * np.kron(d_y, np.ones((2, 2))))


def _to_whole_window(d_y: Array, winner: Array, input_shape: Shape) -> Array:
    size = max(input_shape[0] // d_y.shape[0], 1)
    return _padded(np.kron(d_y, np.ones((size, size))), input_shape)


def _index_in_window(d_y: Array, winner: Array, input_shape: Shape) -> Array:
    size = max(input_shape[0] // d_y.shape[0], 1)
    d_o = np.zeros(input_shape)
    for i, j in product(*map(range, d_y.shape)):
        row, column = divmod(int(winner[i, j]), size)
        d_o[i * size + row, j * size + column] += d_y[i, j]
    return d_o


def _by_rows(d_y: Array, winner: Array, input_shape: Shape) -> Array:
    d_o = np.zeros(input_shape)
    for g, cell in zip(d_y.ravel(), winner.ravel(), strict=True):
        d_o[divmod(int(cell), input_shape[0])] += g
    return d_o


def _columns_first(d_y: Array, winner: Array, input_shape: Shape) -> Array:
    d_o = np.zeros(input_shape)
    for g, cell in zip(d_y.ravel(), winner.ravel(), strict=True):
        row, column = divmod(int(cell), input_shape[1])
        d_o[column, row] += g
    return d_o


def _first_cell(d_y: Array, input_shape: Shape, size: int) -> Array:
    stamp = np.zeros((size, size))
    stamp[0, 0] = 1
    return _padded(np.kron(d_y, stamp), input_shape)


def _filled(d_y: Array, input_shape: Shape, size: int) -> Array:
    """The leftover rows and columns repeat their neighbours."""
    d_o = np.kron(d_y, np.ones((size, size))) / size**2
    rows, columns = (n - m for n, m in zip(input_shape, d_o.shape, strict=True))
    return np.pad(d_o, ((0, rows), (0, columns)), mode="edge")


EXERCISES = (
    Exercise(
        title="Route the gradient back through a max",
        lesson=LESSON,
        statement="d_y is ∂E/∂y of the pooled map, winner holds for each of its cells the flat "
        "index of the input cell that won, input_shape is the shape of the input. Return ∂E/∂o "
        "with that shape. Windows may have overlapped: then one cell may have won more than once.",
        solve=max_pool_backward_2d,
        families=max_backward_cases,
        read=an_array("d_o"),
        wrong=(
            Wrong(
                "overlap-overwritten",
                _last_write,
                "A cell that won twice gets only its last gradient.",
                "A plain = throws away what was there. So does d[winner] += … in NumPy when an "
                "index is repeated: it adds once (np.add.at adds every time).",
            ),
            Wrong("tie-to-both", _to_all_tied),
            Wrong("spread-to-all", _to_whole_window),
            Wrong(
                "window-index-for-map-index",
                _index_in_window,
                "You read winner as a place inside the window. It counts through the whole map.",
            ),
            Wrong("wrong-row-length", _by_rows),
            Wrong("transposed", _columns_first),
            Wrong(
                "delta-forgotten",
                lambda d_y, winner, input_shape: max_pool_backward_2d(
                    np.ones_like(d_y), winner, input_shape
                ),
                "You put 1 where a cell won. The pool routes with factor 1, and what it routes is "
                "d_y.",
            ),
            Wrong("wrong-size", lambda d_y, winner, input_shape: d_y),
            Wrong("written-into-a-copy", lambda d_y, winner, input_shape: np.zeros(input_shape)),
        ),
        hint="Take one number of d_y: to which single cell does it go back?",
        second_hint="Start from zeros with the shape of the input. Each number of d_y is added at "
        "its winner.",
    ),
    Exercise(
        title="Share the gradient of a mean",
        lesson=LESSON,
        statement="y was the mean of each window of size × size, windows side by side; rows and "
        "columns that did not fill a window were left out. d_y is ∂E/∂y. Return ∂E/∂o with the "
        "shape input_shape.",
        solve=avg_pool_backward_2d,
        families=avg_backward_cases,
        read=an_array("d_o"),
        wrong=(
            Wrong(
                "share-forgotten",
                lambda d_y, input_shape, size: (
                    avg_pool_backward_2d(d_y, input_shape, size) * size**2
                ),
            ),
            Wrong(
                "share-forgotten",
                lambda d_y, input_shape, size: avg_pool_backward_2d(d_y, input_shape, size) * size,
                "You share along one axis only. A window has rows and columns.",
                "How many cells has a window of size × size?",
            ),
            Wrong("routed-to-one", _first_cell),
            Wrong("routed-to-one", lambda d_y, n, size: _first_cell(d_y, n, size) / size**2),
            Wrong(
                "leftover-dropped",
                lambda d_y, input_shape, size: np.kron(d_y, np.ones((size, size))) / size**2,
            ),
            Wrong(
                "leftover-kept",
                _filled,
                "The rows and columns left over took part in no mean. Their gradient is 0.",
            ),
            Wrong("wrong-size", lambda d_y, input_shape, size: d_y / size**2),
            Wrong("wrong-size", lambda d_y, input_shape, size: d_y),
        ),
        hint="Nudge one input cell by 1. Which mean changes, and by how much?",
        second_hint="Each cell of a window has the same part in its mean. Cells outside all "
        "windows have none.",
    ),
)
