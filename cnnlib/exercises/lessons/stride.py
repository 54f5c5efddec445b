"""Lesson 08: the input gradient of a layer with a stride."""

from functools import cache

import numpy as np

from cnnlib.exercises.cases import case, grid, halves, spike, whole
from cnnlib.exercises.kit import full, full_unturned
from cnnlib.exercises.reading import an_array
from cnnlib.exercises.task import Array, Case, Exercise, Wrong
from cnnlib.ops import conv_input_gradient

Shape = tuple[int, int]


def strided_input_gradient_2d(delta: Array, w: Array, input_shape: Shape, stride: int) -> Array:
    """dE/do[p] = sum of delta[i] * w[a] over the taps with p = stride * i + a (region Q)."""
    whole_shape = (1, 1, *input_shape)
    d_o = conv_input_gradient(delta[None, None], w[None, None], whole_shape, stride=stride)
    return np.asarray(d_o[0, 0])


def _case(name: str, delta: Array, w: Array, input_shape: Shape, stride: int) -> Case:
    return case(name, delta=delta, w=w, input_shape=input_shape, stride=stride)


@cache
def cases() -> tuple[tuple[Case, ...], ...]:
    """Stride 1 to 3, kernels wider and narrower than the stride, rows that are never read."""
    kernel, wide = grid([1, 2], [-1, 3]), grid([1, 2, 0], [-1, 3, 1], [2, 0, -2])
    return (
        (
            _case("the lesson's signal", grid([1, -2]), grid([2, -1, 1]), (1, 6), 2),
            _case("one output", grid([2]), kernel, (2, 2), 2),
            _case("stride 1", whole(161, 2, 3), kernel, (3, 4), 1),
            _case("stride 2, windows side by side", whole(162, 2, 3), kernel, (4, 6), 2),
            _case("stride 2, windows overlap", whole(163, 2, 3), wide, (5, 7), 2),
            _case("a row never read", whole(164, 2, 2), kernel, (5, 4), 2),
            _case("a column never read", whole(165, 2, 2), kernel, (4, 5), 2),
            _case("row and column never read", whole(166, 2, 2), wide, (6, 6), 2),
            _case("gaps between the windows", whole(167, 2, 2), kernel, (5, 5), 3),
            _case("a single δ that is not 0", spike((1, 0), 2, 2), wide, (6, 7), 3),
            _case("digits after the point", halves(168, 2, 3), grid([0.5, -1, 2]), (3, 8), 2),
            _case("stride 2, a square map", whole(169, 3, 3), wide, (7, 7), 2),
        ),
    )


def _spaced(delta: Array, gap: int) -> Array:
    """Zeros put between the deltas, `gap` - 1 of them."""
    rows, columns = (gap * (n - 1) + 1 for n in delta.shape)
    spaced = np.zeros((rows, columns))
    spaced[::gap, ::gap] = delta
    return spaced


def _fitted(d_o: Array, shape: Shape) -> Array:
    """Zeros at the end up to the shape, or cut off at it."""
    out = np.zeros(shape)
    rows, columns = (min(a, b) for a, b in zip(shape, d_o.shape, strict=True))
    out[:rows, :columns] = d_o[:rows, :columns]
    return out


def _unturned(delta: Array, w: Array, input_shape: Shape, stride: int) -> Array:
    return _fitted(full_unturned(_spaced(delta, stride), w), input_shape)


def _half_strided(delta: Array, w: Array, input_shape: Shape, stride: int, axis: int) -> Array:
    steps = [1, 1]
    steps[axis] = stride
    d_o = np.zeros(input_shape)
    for i, j in np.ndindex(*delta.shape):
        row, column = i * steps[0], j * steps[1]
        d_o[row : row + w.shape[0], column : column + w.shape[1]] += delta[i, j] * w
    return d_o


def _last_write(delta: Array, w: Array, input_shape: Shape, stride: int) -> Array:
    d_o = np.zeros(input_shape)
    for i, j in np.ndindex(*delta.shape):
        row, column = i * stride, j * stride
        d_o[row : row + w.shape[0], column : column + w.shape[1]] = delta[i, j] * w
    return d_o


def _at_the_end(delta: Array, w: Array, input_shape: Shape, stride: int) -> Array:
    d_o = full(_spaced(delta, stride), w)
    rows, columns = (n - m for n, m in zip(input_shape, d_o.shape, strict=True))
    return np.pad(d_o, ((rows, 0), (columns, 0)))


def _repeated(delta: Array, w: Array, input_shape: Shape, stride: int) -> Array:
    block = np.kron(delta, np.ones((stride, stride)))
    return _fitted(full(block, w), input_shape)


# A stamp that is turned and a gathering kernel that is not give the same numbers.
EITHER_WAY = (
    "The kernel lies the wrong way round: either you stamp it turned, or you gather with it as it "
    "is.",
    "Take output (0, 0): which weight met input (0, 0) on the way forward? Its δ comes back times "
    "that one.",
)

EXERCISES = (
    Exercise(
        title="Send δ back through a stride",
        lesson="08_stride_pad_dilate",
        statement="A kernel w moved over an input of shape input_shape in steps of stride, without "
        "padding. delta is ∂E/∂x, one number per output. Return ∂E/∂o with the shape input_shape, "
        "also for the rows and columns that were never read.",
        solve=strided_input_gradient_2d,
        families=cases,
        read=an_array("d_o"),
        wrong=(
            Wrong("stride-ignored", lambda d, w, n, s: _fitted(full(d, w), n)),
            Wrong("stride-ignored", lambda d, w, n, s: full(d, w)),
            Wrong("stride-ignored", lambda d, w, n, s: _half_strided(d, w, n, s, axis=0)),
            Wrong("stride-ignored", lambda d, w, n, s: _half_strided(d, w, n, s, axis=1)),
            Wrong("flipped-twice", _unturned, mentions="conv"),
            Wrong("not-flipped", _unturned, *EITHER_WAY),
            Wrong("not-flipped", lambda d, w, n, s: full_unturned(_spaced(d, s), w), *EITHER_WAY),
            Wrong(
                "one-axis-flipped", lambda d, w, n, s: strided_input_gradient_2d(d, w[::-1], n, s)
            ),
            Wrong(
                "one-axis-flipped",
                lambda d, w, n, s: strided_input_gradient_2d(d, w[:, ::-1], n, s),
            ),
            Wrong("overlap-overwritten", _last_write),
            Wrong("leftover-dropped", lambda d, w, n, s: full(_spaced(d, s), w)),
            Wrong("leftover-in-front", _at_the_end),
            Wrong("deltas-repeated", _repeated),
            Wrong("deltas-repeated", lambda d, w, n, s: full(np.kron(d, np.ones((s, s))), w)),
            Wrong(
                "one-too-many",
                lambda d, w, n, s: full(_spaced(d, s + 1), w),
                "You put one zero too many between the deltas.",
                "Outputs stand stride apart: how many cells lie between two of them?",
            ),
            Wrong(
                "one-too-many",
                lambda d, w, n, s: _fitted(full(_spaced(d, s + 1), w), n),
                "You put one zero too many between the deltas.",
                "Outputs stand stride apart: how many cells lie between two of them?",
            ),
        ),
        hint="Take output (0, 1): which input cells did it use? Its δ goes back to just those.",
        second_hint="The products are δ[i] · w[a] · o[p] with p = stride · i + a, along each axis. "
        "Only the taps have changed.",
    ),
)
