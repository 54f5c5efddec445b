import numpy as np
import pytest

from cnnlib import ops
from cnnlib.gradcheck import numerical_gradient, relative_error

RANDOM = np.random.default_rng(4)
O, W, B, DELTA = (RANDOM.normal(size=s) for s in ((4, 3), (2, 3), (2,), (4, 2)))


def test_the_numbers_of_lesson_nine():
    w = [[1, 2], [0, -1], [3, 1]]
    assert ops.dense([[1, 2]], w).tolist() == [[5, -2, 5]]
    assert ops.dense_backward([[1, -2, 1]], [[1, 2]], w)[0].tolist() == [[4, 5]]


def test_dense_is_a_convolution_with_one_pixel_kernels():
    x = ops.conv(O[..., None], W[..., None], B)
    np.testing.assert_allclose(ops.dense(O, W, B), x[..., 0], rtol=1e-13)
    ours = ops.dense_backward(DELTA, O, W)
    theirs = ops.conv_backward(DELTA[..., None], O[..., None], W[..., None])
    for gradient, expected in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(gradient, expected.reshape(gradient.shape), rtol=1e-12)


def test_dense_agrees_with_sums_written_out():
    for n, d in np.ndindex(4, 2):
        expected = sum(W[d, c] * O[n, c] for c in range(3)) + B[d]
        assert ops.dense(O, W, B)[n, d] == pytest.approx(expected, rel=1e-13)


def test_gradients_agree_with_central_differences():
    d_o, d_w, d_b = ops.dense_backward(DELTA, O, W)
    expected = [
        (d_o, numerical_gradient(lambda o: np.sum(DELTA * ops.dense(o, W, B)), O)),
        (d_w, numerical_gradient(lambda w: np.sum(DELTA * ops.dense(O, w, B)), W)),
        (d_b, numerical_gradient(lambda b: np.sum(DELTA * ops.dense(O, W, b)), B)),
    ]
    for ours, numbers in expected:
        assert relative_error(ours, numbers) < 1e-9


def test_wrong_shapes_are_named():
    with pytest.raises(ValueError, match="flatten maps"):
        ops.dense(np.ones((2, 3, 4)), W)
    with pytest.raises(ValueError, match="w has shape"):
        ops.dense(O, W.T)
    with pytest.raises(ValueError, match="b has shape"):
        ops.dense(O, W, [1.0])
    with pytest.raises(ValueError, match=r"delta has shape \(4, 3\); dense\(o, w\) gives \(4, 2\)"):
        ops.dense_backward(O, O, W)
