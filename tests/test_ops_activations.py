import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from scipy import special

from cnnlib import ops
from cnnlib.gradcheck import numerical_gradient

NAMES = ["identity", "relu", "leaky_relu", "sigmoid", "tanh"]
# Far from ReLU's kink, negative and positive, over several sizes.
X = np.array([[-30.0, -3.5, -0.7], [0.4, 2.5, 30.0]])
D_O = np.random.default_rng(2).normal(size=X.shape)

by_autograd = {
    "identity": lambda x: x,
    "relu": lambda x: anp.maximum(x, 0),
    "leaky_relu": lambda x: anp.maximum(x, 0.01 * x),
    "sigmoid": lambda x: 1 / (1 + anp.exp(-x)),
    "tanh": anp.tanh,
}


def pair(name):
    return getattr(ops, name), getattr(ops, f"{name}_backward")


@pytest.mark.parametrize("name", NAMES)
def test_values_and_gradients_agree_with_autograd(name):
    f, backward = pair(name)
    np.testing.assert_allclose(f(X), by_autograd[name](X), rtol=1e-14)
    slopes = autograd.elementwise_grad(by_autograd[name])(X)
    # 1 - tanh(x)^2 loses its digits where tanh is 1
    np.testing.assert_allclose(backward(D_O, X), D_O * slopes, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("name", NAMES)
def test_gradients_agree_with_central_differences(name):
    f, backward = pair(name)
    expected = numerical_gradient(lambda x: np.sum(D_O * f(x)), X)
    np.testing.assert_allclose(backward(D_O, X), expected, rtol=1e-8, atol=1e-9)


def test_sigmoid_keeps_its_digits_at_both_ends():
    x = np.array([-700.0, -40.0, 0.0, 40.0, 700.0])
    np.testing.assert_allclose(ops.sigmoid(x), special.expit(x), rtol=1e-13)
    slopes = ops.sigmoid_backward(np.ones(5), x)
    np.testing.assert_allclose(slopes, special.expit(x) * special.expit(-x), rtol=1e-13)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_huge_arguments_give_finite_slopes_and_no_warning(name, dtype):
    f, backward = pair(name)
    x = np.array([-1e30, -1e4, 1e4, 1e30], dtype)
    assert np.isfinite(f(x)).all()
    assert np.isfinite(backward(np.ones(4, dtype), x)).all()


def test_kinks_have_the_slope_of_the_left_side():
    assert ops.relu_backward([1.0], [0.0]).tolist() == [0]
    assert ops.leaky_relu_backward([1.0], [0.0], slope=0.2).tolist() == [0.2]


def test_relu_stops_an_infinite_gradient_where_it_is_flat():
    assert ops.relu_backward([np.inf, np.inf], [-1.0, 1.0]).tolist() == [0, np.inf]


def test_relu_hides_no_nan_that_comes_back():
    d_o = ops.relu_backward([np.nan, np.nan, 2.0], [1.0, -1.0, np.nan])
    np.testing.assert_array_equal(d_o, [np.nan, 0, 0])


def test_a_gradient_that_relu_stops_is_plus_zero():
    assert not np.signbit(ops.relu_backward([-3.0, -0.0], [-1.0, 2.0])).any()


@pytest.mark.parametrize("name", ["relu", "sigmoid", "tanh", "identity", "leaky_relu"])
def test_nan_goes_through(name):
    assert np.isnan(getattr(ops, name)([np.nan])).all()


@pytest.mark.parametrize("slope", [np.nan, np.inf])
def test_a_leaky_slope_is_one_finite_number(slope):
    with pytest.raises(ValueError, match="slope is"):
        ops.leaky_relu([1.0], slope=slope)
    with pytest.raises(TypeError, match="slope is"):
        ops.leaky_relu([1.0], slope="steep")


@pytest.mark.parametrize("name", NAMES)
def test_a_gradient_of_another_shape_is_not_broadcast(name):
    with pytest.raises(ValueError, match=r"d_o has shape \(3,\); x has \(2, 3\)"):
        pair(name)[1](np.ones(3), X)
