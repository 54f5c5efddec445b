"""Situations beyond one plain layer: stride and padding, channels, pools, two convolutions."""

from functools import cache
from itertools import permutations
from typing import Any

import numpy as np

from cnnlib.equations.evaluate import Scope
from cnnlib.equations.records import Case, Integers, Setting
from cnnlib.equations.settings import FUNCTIONS, IDENTITY, outputs, ranges, sizes, window
from cnnlib.equations.symbols import activation, as_grid, error_of, grid, layer
from cnnlib.geometry import Window

Shape = tuple[int, ...]
_FREE = "E is any differentiable function of the outputs; "


@cache
def _strided(case: Case) -> Scope:
    """One layer with stride s and padding P; z is delta with s - 1 zeros between neighbours."""
    o = grid("o", case.input)
    made = layer(o, window(case))
    values = {"o": o, "w": made.w, "b": made.b, "x": made.x, "delta": made.delta}
    values |= {"z": _spread(made.delta, case.stride)} | sizes(case) | _counts(case)
    return Scope(
        values, ranges(case), known={("E", "x"): made.delta}, differentiate=made.differentiate
    )


def _spread(delta: Any, stride: int) -> Any:
    """Zeros between the deltas: z[s i, s j] = delta[i, j]."""
    spread = np.zeros([stride * (n - 1) + 1 for n in delta.shape], dtype=delta.dtype)
    spread[tuple(slice(None, None, stride) for _ in delta.shape)] = delta
    return spread


def _counts(case: Case) -> dict[str, int]:
    """A by B outputs."""
    return {"A": outputs(case)[0], "B": outputs(case)[-1]}


def _strided_integers(case: Case) -> Integers:
    shapes = {"o": case.input, "w": case.kernel, "delta": outputs(case)}
    return Integers(
        shapes,
        sizes(case) | _counts(case),
        lambda arrays: {"z": _spread(arrays["delta"], case.stride)},
        {"z": "delta"},
    )


@cache
def _channels(case: Case) -> Scope:
    """C channels in, D filters out; J4's letters (I, K: channel last) and o_c, w_{d,c}, delta_d."""
    import sympy

    C, D = case.channels, case.filters
    o, w, b = grid("o", (C, *case.input)), grid("w", (D, C, *case.kernel)), grid("b", (D,))
    x = _sum_over_channels(case, o, w, b)
    delta = grid("delta", x.shape)
    last = {"I": np.moveaxis(o, 0, -1), "K": np.transpose(w, (2, 3, 1, 0))}
    values = {"o": o, "w": w, "b": b, "x": x, "delta": delta, "C": C, "D": D}
    values |= {"exact": sympy.sympify} | last | sizes(case)
    known = {("E", "x"): delta}
    return Scope(values, ranges(case), known=known, differentiate=error_of(x, delta))


def _sum_over_channels(case: Case, o: Any, w: Any, b: Any) -> Any:
    """x_d: the taps of every channel, and the filter's bias."""
    x = as_grid(np.repeat(b, np.prod(outputs(case))), (len(w), *outputs(case)))
    taps = list(zip(*window(case).taps(case.input), strict=True))
    for d, c in np.ndindex(w.shape[:2]):
        for i, a, p in taps:
            x[d].flat[i] += w[d, c].flat[a] * o[c].flat[p]
    return x


def _channel_integers(case: Case) -> Integers:
    C, D = case.channels, case.filters
    shapes = {"o": (C, *case.input), "w": (D, C, *case.kernel), "delta": (D, *outputs(case))}
    return Integers(shapes, sizes(case) | {"C": C, "D": D})


def pool_windows(case: Case) -> list[Any]:
    """The flat input indices of each pooling window, in reading order."""
    taps = window(case).taps(case.input)
    count = int(np.prod(outputs(case)))
    return [taps.input[taps.output == i] for i in range(count)]


def winners(o: Any, windows: list[Any]) -> Any:
    """The flat index of each window's largest input; the first one wins a tie."""
    flat = np.ravel(o)
    return np.array([inside[np.argmax(flat[inside])] for inside in windows])


def _pool(case: Case, pooled: list[Any], o: Any) -> Scope:
    """A pool on a flat input o with A units: y_i for each of B windows, g its gradient."""
    import sympy

    windows = pool_windows(case)
    y, g = as_grid(pooled, (len(pooled),)), grid("g", (len(pooled),))
    values = {"o": o.ravel(), "y": y, "A": o.size, "B": len(pooled), "exact": sympy.sympify}
    regions = {"Q": _holding(windows)}
    values |= sizes(case) | {"S": len(windows[0])}
    return Scope(values, {}, regions, "undefined", {("E", "y"): g}, error_of(y, g))


def _holding(windows: list[Any]) -> Any:
    def positions(variables: Any) -> list[tuple[int, ...]]:
        return [(i,) for i, inside in enumerate(windows) if variables["p"] in inside]

    return positions


@cache
def _maxima(case: Case) -> Scope:
    return maxima(case, _orders(case)[case.variant])


def maxima(case: Case, order: tuple[int, ...]) -> Scope:
    """Max, differentiated as SymPy does it, then decided by one order of the inputs."""
    import sympy

    scope = _undecided(case)
    derivative = scope.differentiate
    assert derivative is not None
    numbers = dict(zip(scope.values["o"], map(sympy.Integer, order), strict=True))
    return scope.with_values(
        values={**scope.values, "v": winners(order, pool_windows(case))},
        differentiate=lambda expression, by: derivative(expression, by).xreplace(numbers),
    )


@cache
def _undecided(case: Case) -> Scope:
    import sympy

    o = grid("o", case.input)
    return _pool(case, [sympy.Max(*o.flat[inside]) for inside in pool_windows(case)], o)


@cache
def _orders(case: Case) -> list[tuple[int, ...]]:
    """One order of the inputs for each possible set of winners."""
    windows = pool_windows(case)
    size = int(np.prod(case.input))
    found = {tuple(winners(order, windows)): order for order in permutations(range(size))}
    return list(found.values())


def _all_winners(*cases: Case) -> tuple[Case, ...]:
    return tuple(case._replace(variant=k) for case in cases for k in range(len(_orders(case))))


@cache
def _means(case: Case) -> Scope:
    import sympy

    o = grid("o", case.input)
    area = sympy.Integer(int(np.prod(case.kernel)))
    return _pool(case, [sum(o.flat[inside]) / area for inside in pool_windows(case)], o)


@cache
def _lengths(case: Case) -> Scope:
    import sympy

    o = grid("o", case.input)
    return _pool(case, [sympy.sqrt(sum(o.flat[p] ** 2)) for p in pool_windows(case)], o)


def _pool_integers(case: Case) -> Integers:
    """Winners v, maxima y, and u: the last window that an input wins."""
    windows = pool_windows(case)

    def derive(arrays: dict[str, Any]) -> dict[str, Any]:
        flat = arrays.get("o", np.zeros(size, int))
        v = winners(flat, windows)
        last = [max((i for i, p in enumerate(v) if p == q), default=-1) for q in range(size)]
        inside = np.array([[int(p in inside) for p in range(size)] for inside in windows])
        return {"v": v, "y": flat[v], "u": np.array(last), "c": inside}

    size = int(np.prod(case.input))
    fixed = sizes(case) | {"A": size, "B": len(windows)}
    needs = {"v": "o", "y": "o", "u": "o"}
    return Integers({"o": (size,), "g": (len(windows),)}, fixed, derive, needs)


@cache
def _pooled_dense(case: Case) -> Scope:
    """x^l, f, a max pool with given winners v, then a dense layer: x^{l+1} = w y + b."""
    x = grid("x", case.input)
    windows = pool_windows(case)
    v = winners(_orders(case)[case.variant], windows)
    y = [activation(x.flat[p]) for p in v]
    w, b, delta = grid("w", (2, len(y))), grid("b", (2,)), grid("delta", (2,))
    above = as_grid((sum(w[q] * y) + b[q] for q in range(2)), (2,))
    values = {"x^l": x.ravel(), "v": v, "w^l+1": w, "delta^l+1": delta, "x^l+1": above, "D": 2}
    values |= {"A": x.size, "B": len(y)} | FUNCTIONS
    return Scope(values, known={("E", "x^l+1"): delta}, differentiate=error_of(above, delta))


@cache
def _two_convolutions(case: Case) -> Scope:
    """x^l, f, a 2x2 max pool with winners v, then a convolution with a 2x2 kernel."""
    x = grid("x", case.input)
    windows = pool_windows(case)
    v = winners(_orders_by_chance(case)[case.variant], windows)
    y = as_grid((activation(x.flat[p]) for p in v), outputs(case))
    made = layer(y, Window(SECOND_KERNEL))
    values = {"x^l": x.ravel(), "v": v.reshape(y.shape), "w^l+1": made.w}
    values |= (
        {"delta^l+1": made.delta}
        | {"x^l+1": made.x, "S": x.size, "A": y.shape[0], "B": y.shape[1]}
        | FUNCTIONS
    )
    known = {("E", "x^l+1"): made.delta}
    kernel = ranges(Case((0, 0), SECOND_KERNEL))
    return Scope(values, kernel, known=known, differentiate=made.differentiate)


SECOND_KERNEL = (2, 2)


@cache
def _orders_by_chance(case: Case) -> list[Any]:
    random = np.random.default_rng(0)
    return [random.permutation(int(np.prod(case.input))) for _ in range(2)]


@cache
def _squared(case: Case) -> Scope:
    """Half the squared error of P predictions y = f(x) with targets t."""
    import sympy

    x, t = grid("x", case.input), grid("t", case.input)
    y = as_grid(map(activation, x), x.shape)
    error = sum((y - t) ** 2) / sympy.Integer(2)
    values = {"x": x, "t": t, "y": y, "E": error, "P": len(x), "exact": sympy.sympify}
    return Scope(values | FUNCTIONS, differentiate=sympy.diff)


def _squared_integers(case: Case) -> Integers:
    return Integers({"y": case.input, "t": case.input}, {"P": case.input[0]} | IDENTITY)


def _dense_integers(case: Case) -> Integers:
    shapes = {"delta": outputs(case), "w": case.kernel}
    return Integers(shapes, sizes(case) | IDENTITY)


_NO_TIES = "no window has a tie (max has no derivative there: a rule decides)"
STRIDED = Setting(
    *(_strided, _strided_integers),
    (Case((5, 4), (2, 2), 2, 1), Case((4, 5), (3, 2), 2), Case((5, 3), (2, 1), 3, 1)),
    (Case((1, 3), (1, 2), 2), Case((1, 3), (1, 1), 2), Case((1, 5), (1, 2), 2)),
    _FREE + "one channel, one sample, no dilation",
)
CHANNELS = Setting(
    *(_channels, _channel_integers),
    (Case((2, 3), (1, 2), channels=3, filters=2), Case((3, 2), (2, 2), channels=2, filters=3)),
    (Case((1, 1), (1, 1), channels=2, filters=1), Case((1, 1), (1, 1), channels=2, filters=2)),
    _FREE + "stride 1, no padding, one sample",
)
_POOLS = (Case((4,), (2,)), Case((4,), (2,), 2), Case((2, 2), (2, 2)), Case((2, 3), (2, 2)))
_MAXIMA = (*_POOLS[:2], Case((3,), (3,)), Case((2, 3), (1, 2)), Case((2, 2), (2, 2)))
_SMALL_POOLS = (Case((2,), (2,)), Case((3,), (2,)), Case((4,), (2,)))
MAXIMA = Setting(
    *(_maxima, _pool_integers, _all_winners(*_MAXIMA), _SMALL_POOLS),
    f"{_NO_TIES}; every possible set of winners is tried",
)
MEANS = Setting(_means, _pool_integers, _POOLS, _SMALL_POOLS, _FREE + "one map")
LENGTHS = Setting(_lengths, _pool_integers, _POOLS, _SMALL_POOLS, "no window is all 0; one map")
POOLED_DENSE = Setting(
    *(_pooled_dense, _dense_integers, _all_winners(*_POOLS[:2]), _SMALL_POOLS),
    f"{_NO_TIES}; every possible set of winners is tried; two dense units above; f is any function",
)
TWO_CONVOLUTIONS = Setting(
    _two_convolutions,
    _dense_integers,
    (Case((4, 6), (2, 2), 2), Case((3, 3), (2, 2)), Case((3, 3), (2, 2), variant=1)),
    _SMALL_POOLS,
    f"2×2 max pool, then a 2×2 kernel, stride 1, one channel; {_NO_TIES}; f is any function",
)
SQUARED = Setting(
    *(_squared, _squared_integers, (Case((3,), (1,)), Case((1,), (1,))), (Case((1,), (1,)),)),
    "f is any function, one sample",
)
