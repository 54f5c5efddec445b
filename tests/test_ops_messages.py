"""Every error of the operations, word for word: what was given, what was expected, the remedy."""

import numpy as np
import pytest

from cnnlib import ops

O, W, DELTA, D_Y = (np.ones(s) for s in ((2, 3, 6, 7), (4, 3, 3, 2), (2, 4, 4, 6), (2, 3, 3, 3)))
WINNER = ops.max_pool(O, 2)[1]
FLAT, ROWS = np.ones((5, 3)), np.ones((4, 3))

# Of an array that needs two axes more: the call, the array's name and shape, the axes it lacks.
WITHOUT_TWO_AXES = [
    (lambda: ops.conv(O[0, 0], W), "o", (6, 7), "N, C"),
    (lambda: ops.conv(O, W[0, 0]), "w", (3, 2), "D, C"),
    (lambda: ops.conv_by_taps(O[0, 0], W), "o", (6, 7), "N, C"),
    (lambda: ops.conv_by_taps(O, W[0, 0]), "w", (3, 2), "D, C"),
    (lambda: ops.conv_backward(DELTA[0, 0], O, W), "delta", (4, 6), "N, D"),
    (lambda: ops.conv_backward(DELTA, O[0, 0], W), "o", (6, 7), "N, C"),
    (lambda: ops.conv_backward(DELTA, O, W[0, 0]), "w", (3, 2), "D, C"),
    (lambda: ops.conv_backward_by_taps(DELTA, O[0, 0], W), "o", (6, 7), "N, C"),
    (lambda: ops.conv_backward_by_taps(DELTA, O, W[0, 0]), "w", (3, 2), "D, C"),
    (lambda: ops.conv_weight_gradient(DELTA[0, 0], O, (3, 2)), "delta", (4, 6), "N, D"),
    (lambda: ops.conv_weight_gradient(DELTA, O[0, 0], (3, 2)), "o", (6, 7), "N, C"),
    (lambda: ops.conv_input_gradient(DELTA[0, 0], W, O.shape), "delta", (4, 6), "N, D"),
    (lambda: ops.conv_input_gradient(DELTA, W[0, 0], O.shape), "w", (3, 2), "D, C"),
    (lambda: ops.conv_bias_gradient(DELTA[0, 0]), "delta", (4, 6), "N, D"),
    (lambda: ops.max_pool(O[0, 0], 2), "o", (6, 7), "N, C"),
    (lambda: ops.max_pool_backward(D_Y[0, 0], WINNER, O.shape), "d_y", (3, 3), "N, C"),
    (lambda: ops.l2_pool_backward(D_Y, O[0, 0], 2), "o", (6, 7), "N, C"),
]

WHOLE = "the whole array's shape (N, C, *spatial) is expected"
ONE_MAP = "pass one map at a time, without batch and channels"

SAID = [
    (
        lambda: ops.conv(O[:0], W),
        ValueError,
        "o has shape (0, 3, 6, 7); at least one number is expected: no axis may be 0",
    ),
    (
        lambda: ops.conv(O, W[..., 0]),
        ValueError,
        "w has shape (4, 3, 3) and the input (2, 3, 6, 7); equally many axes are "
        "expected: give both the same spatial axes",
    ),
    (
        lambda: ops.conv(O, W[:, :2]),
        ValueError,
        "w has shape (4, 2, 3, 2); an input of (2, 3, 6, 7) asks for (4, 3, 3, 2): "
        "give each kernel one slice per map",
    ),
    (
        lambda: ops.conv(O, W, [1, 2]),
        ValueError,
        "b has shape (2,); one bias per filter is (4,): pass a row of that length",
    ),
    (
        lambda: ops.conv_backward(DELTA[1:], O, W),
        ValueError,
        "delta has shape (1, 4, 4, 6); an input of (2, 3, 6, 7) gives (2, 4, 4, 6): "
        "pass the gradient at the output",
    ),
    (
        lambda: ops.conv_backward_by_taps(DELTA[1:], O, W),
        ValueError,
        "delta has shape (1, 4, 4, 6); an input of (2, 3, 6, 7) gives (2, 4, 4, 6): "
        "pass the gradient at the output",
    ),
    (
        lambda: ops.conv_weight_gradient(DELTA, O, (3, 2, 1)),
        ValueError,
        "kernel_shape is (3, 2, 1); the kernel has 2 axes: pass the 2 spatial sizes only",
    ),
    (
        lambda: ops.conv_input_gradient(DELTA, W, (6, 7)),
        ValueError,
        f"input_shape is (6, 7); {WHOLE}, 4 sizes: pass o.shape",
    ),
    (
        lambda: ops.cross_correlate(O, W[0, 0]),
        ValueError,
        f"o has shape (2, 3, 6, 7); one to 3 spatial axes are expected: {ONE_MAP}",
    ),
    (
        lambda: ops.cross_correlate(O[0, 0], W),
        ValueError,
        f"w has shape (4, 3, 3, 2); one to 3 spatial axes are expected: {ONE_MAP}",
    ),
    (
        lambda: ops.cross_correlate(O[0, 0], W[0, 0, 0]),
        ValueError,
        "w has shape (2,) and o (6, 7); equally many axes are expected: give both the "
        "same spatial axes",
    ),
    (
        lambda: ops.cross_correlate(O[0, 0], W[0, 0], "same"),
        ValueError,
        'mode is \'same\'; "valid" or "full" is expected: choose one',
    ),
    (
        lambda: ops.rotate_180(W),
        ValueError,
        f"w has shape (4, 3, 3, 2); one to 3 spatial axes are expected: {ONE_MAP}",
    ),
    (
        lambda: ops.max_pool(O, (2, 2, 2)),
        ValueError,
        "size is (2, 2, 2); one number for each of 2 axes is expected: pass 2 numbers "
        "or a single one for all",
    ),
    (
        lambda: ops.max_pool_backward(D_Y[1:], WINNER, O.shape),
        ValueError,
        "d_y has shape (1, 3, 3, 3); an input of (2, 3, 6, 7) gives (2, 3, 3, 3): pass "
        "the gradient at the pool's output",
    ),
    (
        lambda: ops.max_pool_backward(D_Y, WINNER[1:], O.shape),
        ValueError,
        "winner has shape (1, 3, 3, 3); d_y has (2, 3, 3, 3): pass the second result of max_pool",
    ),
    (
        lambda: ops.max_pool_backward(D_Y, WINNER * 1.0, O.shape),
        TypeError,
        "winner has dtype float64; flat indices are expected: pass the second result of max_pool",
    ),
    (
        lambda: ops.max_pool_backward(D_Y, WINNER + 10, O.shape),
        ValueError,
        "winner runs from 10 to 42; the map has 42 cells: pass the input_shape that "
        "max_pool was given",
    ),
    (
        lambda: ops.avg_pool_backward(D_Y[1:], O.shape, 2),
        ValueError,
        "d_y has shape (1, 3, 3, 3); an input of (2, 3, 6, 7) gives (2, 3, 3, 3): pass "
        "the gradient at the output",
    ),
    (
        lambda: ops.avg_pool_backward(D_Y, O.shape[2:], 2),
        ValueError,
        f"input_shape is (6, 7); {WHOLE}: pass o.shape",
    ),
    (
        lambda: ops.dense(O, ROWS),
        ValueError,
        "o has shape (2, 3, 6, 7); (N, C) is expected: flatten maps with "
        "o.reshape(len(o), -1), give a single row as o[None]",
    ),
    (
        lambda: ops.dense(FLAT, W),
        ValueError,
        "w has shape (4, 3, 3, 2); (D, C) is expected: flatten maps with "
        "w.reshape(len(w), -1), give a single row as w[None]",
    ),
    (
        lambda: ops.dense(FLAT, ROWS[:, 1:]),
        ValueError,
        "w has shape (4, 2); o of (5, 3) asks for (4, 3): one column per input is needed",
    ),
    (
        lambda: ops.dense(FLAT[:0], ROWS),
        ValueError,
        "o has shape (0, 3); at least one number is expected: no axis may be 0",
    ),
    (
        lambda: ops.dense(FLAT, ROWS, [1, 2]),
        ValueError,
        "b has shape (2,); one bias per output is (4,): pass a row of that length",
    ),
    (
        lambda: ops.dense_backward(FLAT, FLAT, ROWS),
        ValueError,
        "delta has shape (5, 3); dense(o, w) gives (5, 4): pass the gradient at the output",
    ),
    (
        lambda: ops.half_squared_error(FLAT, ROWS),
        ValueError,
        "t has shape (4, 3); o has (5, 3): pass one target per output",
    ),
    (
        lambda: ops.softmax(O),
        ValueError,
        "scores has shape (2, 3, 6, 7); (N, D) is expected: flatten maps with "
        "scores.reshape(len(scores), -1), give a single row as scores[None]",
    ),
    (
        lambda: ops.softmax_cross_entropy(O, [0, 2]),
        ValueError,
        "scores has shape (2, 3, 6, 7); (N, D) is expected: flatten maps with "
        "scores.reshape(len(scores), -1), give a single row as scores[None]",
    ),
    (
        lambda: ops.softmax_cross_entropy(FLAT, [0, 2]),
        ValueError,
        "labels has shape (2,); the scores ask for (5,): pass one label per row",
    ),
    (
        lambda: ops.softmax_cross_entropy(FLAT, [0, 2, 1, 1, 3]),
        ValueError,
        "labels run from 0 to 3; there are 3 classes: pass numbers from 0 to 2",
    ),
    (
        lambda: ops.softmax_cross_entropy(FLAT, [0.0, 2.0, 1.0, 1.0, 0.0]),
        TypeError,
        "labels has dtype float64; class numbers are expected: pass integers",
    ),
    (
        lambda: ops.softmax_cross_entropy(FLAT, np.eye(5, 3)),
        ValueError,
        "labels has shape (5, 3); one class number per row is expected: pass of one-hot rows "
        "labels.argmax(axis=1)",
    ),
    (
        lambda: ops.softmax_cross_entropy(FLAT, [[0], [2], [1], [1], [0]]),
        ValueError,
        "labels has shape (5, 1); one class number per row is expected: pass of a column "
        "labels[:, 0]",
    ),
    (
        lambda: ops.softmax_cross_entropy(FLAT, [[0], [2, 1]]),
        ValueError,
        "labels is not an array; its rows differ in length or depth: pass rows of equal length",
    ),
    (
        lambda: ops.max_pool_backward(D_Y, [[0], [2, 1]], O.shape),
        ValueError,
        "winner is not an array; its rows differ in length or depth: pass rows of equal length",
    ),
    (
        lambda: ops.conv(np.ma.masked_greater(O, 0), W),
        ValueError,
        "o has masked numbers; a number in every place is expected: fill them, for example "
        "o.filled(0)",
    ),
    (
        lambda: ops.conv_input_gradient(DELTA, W, O),
        TypeError,
        "input_shape is an array of shape (2, 3, 6, 7); a shape is expected: pass its .shape",
    ),
    (
        lambda: ops.max_pool_backward(D_Y, WINNER, O),
        TypeError,
        "input_shape is an array of shape (2, 3, 6, 7); a shape is expected: pass its .shape",
    ),
    (
        lambda: ops.conv(O, W, stride=O),
        TypeError,
        "stride is an array of shape (3, 6, 7) (ndarray); a whole number is expected: pass an int",
    ),
    (
        lambda: ops.leaky_relu(FLAT, 10**400),
        ValueError,
        f"slope is 1{'0' * 56}...; a finite number is expected: pass one",
    ),
    (
        lambda: ops.relu_backward(FLAT, ROWS),
        ValueError,
        "d_o has shape (5, 3); x has (4, 3): pass the gradient at the activation",
    ),
    (
        lambda: ops.leaky_relu(FLAT, "steep"),
        TypeError,
        "slope is 'steep'; one real number is expected: pass a float",
    ),
    (
        lambda: ops.leaky_relu(FLAT, np.inf),
        ValueError,
        "slope is inf; a finite number is expected: pass one",
    ),
    (
        lambda: ops.leaky_relu(FLAT, True),
        TypeError,
        "slope is True; one real number is expected: pass a float",
    ),
    (
        lambda: ops.relu(FLAT + 1j),
        TypeError,
        "x has dtype complex128; real numbers are expected: pass an array of floats or integers",
    ),
]

# Anything that pads; without the check some fill the memory before they fail.
PADDED = {
    "conv": lambda padding: ops.conv(O, W, padding=padding),
    "conv_by_taps": lambda padding: ops.conv_by_taps(O, W, padding=padding),
    "conv_backward": lambda padding: ops.conv_backward(DELTA, O, W, padding=padding),
    "max_pool": lambda padding: ops.max_pool(O, 2, padding=padding),
    "avg_pool": lambda padding: ops.avg_pool(O, 2, padding=padding),
    "l2_pool": lambda padding: ops.l2_pool(O, 2, padding=padding),
}


@pytest.mark.parametrize("call", PADDED.values(), ids=PADDED)
@pytest.mark.parametrize("padding", [10**6, (10**30, 1)])
def test_a_padding_beyond_any_memory_is_refused_at_once(call, padding):
    with pytest.raises(ValueError, match=r"padding \(10+, \d+\) makes a map of \de\+\d+ cells"):
        call(padding)


@pytest.mark.parametrize(("call", "name", "shape", "axes"), WITHOUT_TWO_AXES)
def test_an_array_without_two_axes_is_named_with_the_axes_it_lacks(call, name, shape, axes):
    with pytest.raises(ValueError, match="a single map or kernel") as caught:
        call()
    assert str(caught.value) == (
        f"{name} has shape {shape}; ({axes}, *spatial) with one to 3 spatial axes is expected: "
        f"a single map or kernel becomes {name}[None, None]"
    )


@pytest.mark.parametrize(("call", "error", "sentence"), SAID)
def test_an_error_says_what_was_given_what_was_expected_and_the_remedy(call, error, sentence):
    with pytest.raises(error) as caught:
        call()
    assert str(caught.value) == sentence
