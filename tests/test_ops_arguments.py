"""What every operation promises about its arguments: dtypes, layouts, nothing changed, errors."""

import inspect

import numpy as np
import pytest

from cnnlib import ops

RANDOM = np.random.default_rng(8)
O, W, B = (RANDOM.normal(size=s) for s in ((2, 3, 6, 7), (4, 3, 3, 2), (4,)))
DELTA = RANDOM.normal(size=(2, 4, 4, 6))
D_Y, FLAT, ROWS = (RANDOM.normal(size=s) for s in ((2, 3, 3, 3), (5, 3), (4, 3)))
WINNER = ops.max_pool(O, 2)[1]

# name: the operation as a function of its arrays, and arrays that fit
OPERATIONS = {
    "cross_correlate": (ops.cross_correlate, [O[0, 0], W[0, 0]]),
    "convolve": (ops.convolve, [O[0, 0], W[0, 0]]),
    "rotate_180": (ops.rotate_180, [W[0, 0]]),
    "conv": (lambda o, w, b: ops.conv(o, w, b, padding=1, stride=2), [O, W, B]),
    "conv one pixel": (ops.conv, [O, W[:, :, :1, :1]]),
    "conv_backward": (ops.conv_backward, [DELTA, O, W]),
    "conv_by_taps": (ops.conv_by_taps, [O, W, B]),
    "conv_backward_by_taps": (ops.conv_backward_by_taps, [DELTA, O, W]),
    "conv_weight_gradient": (lambda d, o: ops.conv_weight_gradient(d, o, (3, 2)), [DELTA, O]),
    "conv_input_gradient": (lambda d, w: ops.conv_input_gradient(d, w, O.shape), [DELTA, W]),
    "conv_bias_gradient": (ops.conv_bias_gradient, [DELTA]),
    "max_pool": (lambda o: ops.max_pool(o, 2)[0], [O]),
    "max_pool overlapping": (lambda o: ops.max_pool(o, 3, stride=1, padding=1)[0], [O]),
    "max_pool_backward": (lambda d: ops.max_pool_backward(d, WINNER, O.shape), [D_Y]),
    "avg_pool": (lambda o: ops.avg_pool(o, 2), [O]),
    "avg_pool_backward": (lambda d: ops.avg_pool_backward(d, O.shape, 2), [D_Y]),
    "l2_pool": (lambda o: ops.l2_pool(o, 2), [O]),
    "l2_pool_backward": (lambda d, o: ops.l2_pool_backward(d, o, 2), [D_Y, O]),
    "dense": (ops.dense, [FLAT, ROWS, B]),
    "dense_backward": (ops.dense_backward, [RANDOM.normal(size=(5, 4)), FLAT, ROWS]),
    "half_squared_error": (lambda o, t: ops.half_squared_error(o, t)[1], [O, O[::-1]]),
    "softmax": (ops.softmax, [FLAT]),
    "softmax_cross_entropy": (
        lambda s: ops.softmax_cross_entropy(s, [0, 2, 1, 1, 0])[1],
        [FLAT],
    ),
    **{name: (getattr(ops, name), [O]) for name in ("identity", "relu", "sigmoid", "tanh")},
    "leaky_relu": (ops.leaky_relu, [O]),
    **{
        f"{name}_backward": (getattr(ops, f"{name}_backward"), [O[::-1], O])
        for name in ("identity", "relu", "leaky_relu", "sigmoid", "tanh")
    },
}

each_operation = pytest.mark.parametrize(
    ("operation", "arrays"), OPERATIONS.values(), ids=OPERATIONS.keys()
)


def results(operation, arrays):
    given = operation(*arrays)
    return given if isinstance(given, tuple) else (given,)


def strided(array):
    """The same numbers, every other one of a larger array."""
    wide = np.full([2 * n for n in array.shape], np.nan)
    wide[(slice(None, None, 2),) * array.ndim] = array
    return wide[(slice(None, None, 2),) * array.ndim]


def read_only(array):
    array = array.copy()
    array.flags.writeable = False
    return array


LAYOUTS = {
    "column order": np.asfortranarray,
    "every other number": strided,
    "negative strides": lambda a: np.flip(np.flip(a).copy()),
    "axes swapped": lambda a: np.moveaxis(np.moveaxis(a, 0, -1).copy(), -1, 0),
    "read-only": read_only,
    "other byte order": lambda a: a.astype(a.dtype.newbyteorder()),
    "nested lists": lambda a: a.tolist(),
}


def test_every_operation_is_in_the_catalogue():
    assert set(ops.__all__) <= set(OPERATIONS)


@each_operation
@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_every_memory_layout_gives_the_same_numbers(operation, arrays, layout):
    plain = results(operation, arrays)
    for ours, expected in zip(results(operation, map(layout, arrays)), plain, strict=True):
        np.testing.assert_allclose(ours, expected, rtol=1e-12, atol=1e-13)


@each_operation
@pytest.mark.parametrize("dtype", ["float16", "float32", "float64", "longdouble"])
def test_floating_dtypes_go_through_unchanged(operation, arrays, dtype):
    for result in results(operation, [a.astype(dtype) for a in arrays]):
        assert result.dtype == dtype
        assert result.dtype.isnative


@each_operation
def test_float32_results_are_those_of_float64_to_its_precision(operation, arrays):
    exact = results(operation, arrays)
    for ours, expected in zip(
        results(operation, [a.astype("float32") for a in arrays]), exact, strict=True
    ):
        scale = max(1, np.abs(expected).max())
        assert np.abs(ours - expected).max() < 2e-5 * scale  # some 100 roundings of 6e-8


@each_operation
@pytest.mark.parametrize("dtype", ["int8", "uint8", "int64", "bool"])
def test_integers_become_float64(operation, arrays, dtype):
    whole = [np.abs(a * 9).astype(dtype) for a in arrays]
    expected = results(operation, [a.astype(float) for a in whole])
    for ours, float64 in zip(results(operation, whole), expected, strict=True):
        assert ours.dtype == np.float64
        np.testing.assert_array_equal(ours, float64)


@each_operation
def test_mixed_dtypes_meet_in_the_wider_one(operation, arrays):
    mixed = [arrays[0].astype("float32"), *arrays[1:]]
    if len(arrays) > 1:
        assert results(operation, mixed)[0].dtype == np.float64


@each_operation
def test_arguments_are_never_changed_nor_handed_out(operation, arrays):
    given = [a.copy() for a in arrays]
    for result in results(operation, given):
        assert not any(np.shares_memory(result, a) for a in given)
        assert result.flags.writeable
    for ours, before in zip(given, arrays, strict=True):
        np.testing.assert_array_equal(ours, before)


WRONG_DTYPES = {
    "complex": lambda a: a.astype(complex),
    "object": lambda a: a.astype(object),
    "string": lambda a: a.astype(str),
    "dates": lambda a: a.astype("datetime64[s]"),
}


@pytest.mark.parametrize("name", OPERATIONS)
@pytest.mark.parametrize("make", WRONG_DTYPES.values(), ids=WRONG_DTYPES.keys())
def test_arrays_that_are_not_real_numbers_are_refused_by_name(name, make):
    operation, arrays = OPERATIONS[name]
    arguments = list(inspect.signature(getattr(ops, name.split()[0])).parameters)
    for place in range(len(arrays)):
        wrong = [make(a) if n == place else a for n, a in enumerate(arrays)]
        says = f"^{arguments[place]} has dtype .*real numbers are expected"
        with pytest.raises(TypeError, match=says):
            operation(*wrong)


@each_operation
def test_ragged_rows_are_refused(operation, arrays):
    with pytest.raises(ValueError, match="rows of equal length"):
        operation([[1.0, 2.0], [3.0]], *arrays[1:])


LAYERS = {k: v for k, v in OPERATIONS.items() if not k.startswith(("rotate", "softmax"))}


@pytest.mark.parametrize(("operation", "arrays"), LAYERS.values(), ids=LAYERS.keys())
def test_another_number_of_axes_is_refused(operation, arrays):
    for place in range(len(arrays)):
        if len(arrays) == 1 and arrays[0] is O and operation.__name__ != "<lambda>":
            continue  # an activation of one argument takes every shape
        wrong = [a[..., 0] if n == place else a for n, a in enumerate(arrays)]
        if arrays[place] is O and operation.__name__ == "<lambda>" and len(arrays) == 1:
            wrong = [O[0, 0]]
        if wrong[0].ndim <= 2 or len(arrays) > 1:
            with pytest.raises(ValueError, match="has shape|(input|kernel)_shape is"):
                operation(*wrong)


@pytest.mark.parametrize("empty", [(0, 3, 6, 7), (2, 0, 6, 7), (2, 3, 0, 7)], ids=str)
@pytest.mark.parametrize(
    "operation",
    [
        lambda o: ops.conv(o, W),
        lambda o: ops.conv_weight_gradient(DELTA, o, (3, 2)),
        lambda o: ops.max_pool(o, 2),
        lambda o: ops.avg_pool(o, 2),
        lambda o: ops.l2_pool(o, 2),
    ],
)
def test_empty_axes_are_refused(operation, empty):
    with pytest.raises(ValueError, match="no axis may be 0"):
        operation(np.ones(empty))


WRONG_SIZES = [
    ({"stride": 0}, ValueError, "stride is 0; at least 1 is expected"),
    ({"stride": -1}, ValueError, "stride is -1"),
    ({"stride": 1.0}, TypeError, r"stride is 1.0 \(float\)"),
    ({"stride": True}, TypeError, "stride is True"),
    ({"stride": (1, True)}, TypeError, "stride is True"),
    ({"stride": np.nan}, TypeError, "stride is nan"),
    ({"stride": (1, 1, 1)}, ValueError, r"stride is \(1, 1, 1\); one number for each of 2"),
    ({"stride": "2"}, TypeError, "stride is '2'"),
    ({"padding": -1}, ValueError, "padding is -1"),
    ({"padding": np.inf}, TypeError, "padding is inf"),
    ({"padding": (0,)}, ValueError, "padding is"),
    ({"padding": np.array(0.5)}, TypeError, "padding is"),
]


@pytest.mark.parametrize(("sizes", "error", "says"), WRONG_SIZES)
@pytest.mark.parametrize(
    "operation",
    [
        lambda **k: ops.conv(O, W, **k),
        lambda **k: ops.conv_backward(DELTA, O, W, **k),
        lambda **k: ops.conv_weight_gradient(DELTA, O, (3, 2), **k),
        lambda **k: ops.conv_input_gradient(DELTA, W, O.shape, **k),
        lambda **k: ops.conv_by_taps(O, W, **k),
        lambda **k: ops.max_pool(O, 2, **k),
        lambda **k: ops.avg_pool(O, 2, **k),
        lambda **k: ops.avg_pool_backward(D_Y, O.shape, 2, **k),
        lambda **k: ops.l2_pool(O, 2, **k),
        lambda **k: ops.l2_pool_backward(D_Y, O, 2, **k),
    ],
)
def test_wrong_strides_and_padding_are_named(operation, sizes, error, says):
    with pytest.raises(error, match=says):
        operation(**sizes)
    with pytest.raises(error, match=says):  # also when the sizes were seen before
        operation(**sizes)


@pytest.mark.parametrize("dilation", [0, -2, (1, 2, 3)])
def test_wrong_dilations_are_named(dilation):
    with pytest.raises(ValueError, match="dilation is"):
        ops.conv(O, W, dilation=dilation)
    with pytest.raises(ValueError, match="dilation is"):
        ops.max_pool(O, 2, dilation=dilation)


def test_true_is_no_stride_even_after_one_was():
    ops.conv(O, W, stride=1)
    with pytest.raises(TypeError, match="stride is True"):
        ops.conv(O, W, stride=True)
    ops.conv(O, W, stride=(1, 1))
    with pytest.raises(TypeError, match=r"stride is 1\.0"):
        ops.conv(O, W, stride=(1, 1.0))


def test_a_stride_past_the_end_of_any_array_leaves_one_output():
    x, by_taps = (f(O, W, B, stride=10**30) for f in (ops.conv, ops.conv_by_taps))
    np.testing.assert_allclose(x, ops.conv(O, W, B)[..., :1, :1], rtol=1e-13)
    np.testing.assert_allclose(by_taps, x, rtol=1e-13)
    ours = ops.conv_backward(x, O, W, stride=(10**30, 7))
    for found, plain in zip(ours, ops.conv_backward_by_taps(x, O, W, stride=7), strict=True):
        np.testing.assert_allclose(found, plain, rtol=1e-12, atol=1e-13)


def test_a_kernel_of_one_tap_has_nothing_to_spread():
    row = W[:, :, :1]
    spread = ops.conv(O, row, dilation=(10**30, 1))
    np.testing.assert_array_equal(spread, ops.conv(O, row))


def test_integers_of_numpy_and_lists_of_sizes_are_taken():
    expected = ops.conv(O, W, stride=(2, 1), padding=1)
    ours = ops.conv(O, W, stride=[np.int32(2), 1], padding=np.array(1))
    np.testing.assert_array_equal(ours, expected)
    ours = ops.conv(O, W, stride=np.array([2, 1]), padding=np.uint8(1))
    np.testing.assert_array_equal(ours, expected)


@pytest.mark.parametrize("size", [0, -1, 8, (2, 2, 2), np.nan, np.inf, 2.5, "2", None])
@pytest.mark.parametrize("pool", [ops.max_pool, ops.avg_pool, ops.l2_pool])
def test_wrong_pool_sizes_are_named(pool, size):
    with pytest.raises((TypeError, ValueError), match="size is|does not fit"):
        pool(O, size)


@pytest.mark.parametrize("kernel", [0, 3, (3, 2, 1), np.nan, np.inf, 2.5, "3", None, (3, 1)])
def test_wrong_kernel_shapes_are_named(kernel):
    with pytest.raises((TypeError, ValueError), match="kernel_shape is|delta has shape"):
        ops.conv_weight_gradient(DELTA, O, kernel)


@pytest.mark.parametrize(
    "shape", [(2, 3), (6, 7), (2, 3, 6), (2, 3, 6, 7, 1), (2, 3, 0, 7), 7, (2, 3, 6.0, 7), "2367"]
)
def test_wrong_input_shapes_are_named(shape):
    for call in (
        lambda: ops.conv_input_gradient(DELTA, W, shape),
        lambda: ops.max_pool_backward(D_Y, WINNER, shape),
        lambda: ops.avg_pool_backward(D_Y, shape, 2),
    ):
        says = "input_shape is|d_y has shape|size is|an input of"
        with pytest.raises((TypeError, ValueError), match=says):
            call()


def test_shapes_that_do_not_fit_are_named_with_a_remedy():
    wrong = [
        (lambda: ops.conv(O, W[:, :2]), r"w has shape \(4, 2, 3, 2\).*one slice per map"),
        (lambda: ops.conv(O, W[0]), "equally many axes"),
        (lambda: ops.conv(O[..., 0], W), "equally many axes"),
        (lambda: ops.conv(O[0, 0], W), r"becomes o\[None, None\]"),
        (lambda: ops.conv(O, W, B[:3]), r"b has shape \(3,\).*\(4,\)"),
        (lambda: ops.conv(O, W, B[:, None]), "b has shape"),
        (lambda: ops.conv(O, W, B[0]), "b has shape"),
        (lambda: ops.conv(O, W, dilation=4), "does not fit"),
        (
            lambda: ops.conv_backward(DELTA[:, :, :3], O, W),
            r"delta has shape \(2, 4, 3, 6\).*gives \(2, 4, 4, 6\).*gradient at the output",
        ),
        (lambda: ops.conv_backward(DELTA[:1], O, W), "delta has shape"),
        (lambda: ops.conv_backward(DELTA[:, :1], O, W), "delta has shape"),
        (lambda: ops.conv_weight_gradient(DELTA[:1], O, (3, 2)), "delta has shape"),
        (lambda: ops.conv_input_gradient(DELTA, W, (2, 2, 6, 7)), "w has shape"),
        (lambda: ops.conv_input_gradient(DELTA, W, (2, 3, 7, 7)), "delta has shape"),
        (lambda: ops.avg_pool_backward(D_Y, (2, 3, 7, 8), 2), "d_y has shape"),
        (lambda: ops.l2_pool_backward(D_Y[:1], O, 2), "d_y has shape"),
    ]
    for call, says in wrong:
        with pytest.raises(ValueError, match=says):
            call()


def test_wrong_winners_are_named():
    wrong = [
        (WINNER.astype(float), TypeError, "winner has dtype float64"),
        (WINNER[:1], ValueError, r"winner has shape \(1, 3, 3, 3\)"),
        (WINNER[..., 0], ValueError, "winner has shape"),
        (np.full_like(WINNER, 42), ValueError, "42; the map has 42 cells"),
        (np.full_like(WINNER, -2), ValueError, "from -2"),
        ("first", TypeError, "winner has dtype"),
    ]
    for winner, error, says in wrong:
        with pytest.raises(error, match=says):
            ops.max_pool_backward(D_Y, winner, O.shape)


def test_unsigned_and_small_winners_are_taken():
    expected = ops.max_pool_backward(D_Y, WINNER, O.shape)
    for dtype in ("uint8", "int16", "uint64"):
        ours = ops.max_pool_backward(D_Y, WINNER.astype(dtype), O.shape)
        np.testing.assert_array_equal(ours, expected)
