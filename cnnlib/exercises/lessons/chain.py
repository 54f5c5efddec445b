"""Lesson 11: two conv layers in a row, backward, with a pool and ReLU between."""

from functools import cache

import numpy as np

from cnnlib.examples import chained
from cnnlib.exercises.cases import case, grid, halves, whole
from cnnlib.exercises.kit import Function, full, full_unturned, slide, square_or_stop, turned
from cnnlib.exercises.lessons.pooling import windows_of
from cnnlib.exercises.lessons.routing import max_pool_backward_2d
from cnnlib.exercises.reading import an_array
from cnnlib.exercises.task import Array, Case, Exercise, Wrong


def chain_back_2d(delta: Array, w: Array, winner: Array, x: Array) -> Array:
    """Full convolution, route to the winners, mask of ReLU (R6)."""
    return max_pool_backward_2d(full(delta, w), winner, x.shape) * (x > 0)


def winners_of(o: Array, size: int, step: int) -> Array:
    """Where each window's largest number stands, as a flat index; the first one wins a tie."""
    windows, cells = windows_of(o, size, step)
    first = windows.argmax(axis=-1)[..., None]
    return np.take_along_axis(cells, first, -1)[..., 0].astype(np.intp)


def _chained(name: str, seed: int, x: Array, w: Array, pool: tuple[int, int] = (2, 2)) -> Case:
    winner = winners_of(np.maximum(x, 0), *pool)
    shape = tuple(n - k + 1 for n, k in zip(winner.shape, w.shape, strict=True))
    delta = whole(seed, *shape)
    return case(name, delta=delta if delta.any() else delta + 2, w=w, winner=winner, x=x)


@cache
def cases() -> tuple[tuple[Case, ...], ...]:
    """Windows side by side and overlapping, some with no positive x; no x is exactly 0."""
    below = [halves(210 + n, *shape) + 0.125 for n, shape in enumerate(_SHAPES)]
    w, wide, tall = chained.w, grid([1, 2, 0], [-1, 0, 3]), grid([2, -1], [1, 0], [3, 1])
    return (
        (
            case(
                "the lesson's numbers",
                delta=chained.delta,
                w=chained.w,
                winner=chained.winner,
                x=chained.x_below,
            ),
            _chained("one weight", 201, below[0], grid([-2])),
            _chained("one row of weights", 202, below[1], grid([1, -2])),
            _chained("windows overlap", 203, below[2], w, (2, 1)),
            _chained("6 × 8 through 2 × 3", 204, below[3], wide),
            _chained("8 × 6 through 3 × 2", 205, below[4], tall),
            _chained("windows of 3", 206, below[5], w, (3, 3)),
            _chained("windows of 3 overlap", 207, below[6], wide, (3, 1)),
            _chained("a row and a column left over", 208, below[7], w),
            _chained("few positive x", 209, below[3] - 2.5, wide),
            _chained("only positive x", 210, np.abs(below[4]) + 0.25, tall),
            _chained("windows of one cell", 211, below[0], w, (1, 1)),
            _chained("a larger map", 212, below[8], wide),
        ),
    )


_SHAPES = ((2, 6), (4, 6), (4, 5), (6, 8), (8, 6), (6, 9), (5, 6), (5, 7), (8, 10))


def _around(back: Function = full, route: Function = max_pool_backward_2d) -> Function:
    """The right way with one part put in place of the right one."""
    return lambda delta, w, winner, x: route(back(delta, w), winner, x.shape) * (x > 0)


def _last_write(d_y: Array, winner: Array, shape: tuple[int, int]) -> Array:
    d_o = np.zeros(shape)
    d_o.ravel()[winner.ravel()] = d_y.ravel()
    return d_o


def _to_whole_window(d_y: Array, winner: Array, shape: tuple[int, int]) -> Array:
    size = max(shape[0] // d_y.shape[0], 1)
    d_o = np.kron(d_y, np.ones((size, size)))
    rows, columns = (n - m for n, m in zip(shape, d_o.shape, strict=True))
    return np.pad(d_o, ((0, rows), (0, columns)))


def _stamps_overwritten(delta: Array, w: Array) -> Array:
    d_y = np.zeros(tuple(n + k - 1 for n, k in zip(delta.shape, w.shape, strict=True)))
    for i, j in np.ndindex(*delta.shape):
        d_y[i : i + w.shape[0], j : j + w.shape[1]] = delta[i, j] * w
    return d_y


def _transposed(delta: Array, w: Array) -> Array:
    square_or_stop(w)
    return full(delta, w.T)


def _routed(delta: Array, w: Array, winner: Array, x: Array) -> Array:
    return max_pool_backward_2d(full(delta, w), winner, x.shape)


def _activation_times(delta: Array, w: Array, winner: Array, x: Array) -> Array:
    return _routed(delta, w, winner, x) * np.maximum(x, 0)


def _mask_by_sign(delta: Array, w: Array, winner: Array, x: Array) -> Array:
    d_o = _routed(delta, w, winner, x)
    return d_o * (d_o > 0)


def _both_masks(delta: Array, w: Array, winner: Array, x: Array) -> Array:
    return _mask_by_sign(delta, w, winner, x) * (x > 0)


EXERCISES = (
    Exercise(
        title="Two conv layers in a row, backward",
        lesson="11_trace_one_number",
        statement="Forward it was: x of the lower layer, o = ReLU(x), a max pool, then a "
        "convolution with the kernel w, stride 1, no padding. delta is ∂E/∂x of the upper layer. "
        "winner says for each output of the pool where its window's largest number stood, as a "
        "flat index into the map. Return δ of the lower layer, ∂E/∂x, with the shape of x.",
        solve=chain_back_2d,
        families=cases,
        read=an_array("delta below"),
        wrong=(
            Wrong("flipped-twice", _around(full_unturned), mentions="conv"),
            Wrong("not-flipped", _around(full_unturned)),
            Wrong("one-axis-flipped", _around(lambda delta, w: full(delta, w[::-1]))),
            Wrong("one-axis-flipped", _around(lambda delta, w: full(delta, w[:, ::-1]))),
            Wrong("transposed", _around(_transposed)),
            Wrong(
                "overlap-overwritten",
                _around(route=_last_write),
                "Where windows overlap, one cell can win twice. You keep what came last.",
            ),
            Wrong("overlap-overwritten", _around(_stamps_overwritten)),
            Wrong("spread-to-all", _around(route=_to_whole_window)),
            Wrong("derivative-missing", _routed),
            Wrong("activation-multiplied", _activation_times),
            Wrong("relu-by-delta-sign", _mask_by_sign),
            Wrong("relu-by-delta-sign", _both_masks),
            Wrong("wrong-sign", lambda delta, w, winner, x: -chain_back_2d(delta, w, winner, x)),
            Wrong("wrong-size", lambda delta, w, winner, x: full(delta, w)),
            Wrong("wrong-size", lambda delta, w, winner, x: slide(delta, turned(w))),
        ),
        hint="Three steps, each with its own shape: back through the kernel, along the route of "
        "the pool, through the mask. Print the result after each of them.",
        second_hint="After the kernel you have one number for each window of the pool. Where does "
        "winner send it? And is x positive there?",
    ),
)
