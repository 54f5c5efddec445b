import numpy as np
import pytest
from traitlets import TraitError

from cnnlib import gradcheck
from cnnlib.network.initial import he, xavier
from cnnlib.widgets import DepthPlot
from cnnlib.widgets.depth_plot import _normals, _uniforms
from cnnlib.widgets.page import state_of


def test_ten_sigmoids_leave_less_than_a_quarter_each():
    plot = DepthPlot(activation="sigmoid", initialisation="ones", depth=10)
    o, product = 1.0, 1.0
    for _ in range(10):
        o = 1 / (1 + np.exp(-o))
        product *= o * (1 - o)
    np.testing.assert_allclose(plot.measured.size[0], product, rtol=1e-12)
    assert np.all(plot.measured.size < 0.25 ** np.arange(10, 0, -1))


def test_delta_is_the_numerical_gradient_and_its_size_is_that_of_the_factors():
    plot = DepthPlot(activation="tanh", initialisation="he", depth=3, gain=1.3, bias=0.2, seed=4)
    _, inputs, top, _ = plot._numbers()
    network = plot.network

    def error(b):
        parameters = {**network.parameters, "dense1.b": b}
        twin = network.copy()
        twin.parameters = parameters
        return float(np.sum(top * twin.forward(inputs[..., None]).scores))

    trace = network.forward(inputs[..., None])
    gradients = network.backward(trace, top)
    measured = gradcheck.numerical_gradient(error, network.parameters["dense1.b"])
    assert gradcheck.relative_error(gradients["dense1.b"], measured) < 1e-7
    size = np.sqrt(np.mean(gradients.delta["dense1"] ** 2) / np.mean(top**2))
    np.testing.assert_allclose(plot.measured.size[0], size, rtol=1e-12)
    factors = plot.measured.weights * plot.measured.slope
    np.testing.assert_allclose(np.cumprod(factors[::-1])[::-1], plot.measured.size, rtol=1e-12)


def test_weights_have_the_deviation_they_are_named_for():
    for name, scale in (("he", he), ("xavier", xavier)):
        w = DepthPlot(initialisation=name, gain=2.0, depth=30).network.parameters["dense7.w"]
        assert abs(w.std() / (2 * scale((32, 32))) - 1) < 0.1
    many = _normals(3, 100_001)
    assert abs(many.mean()) < 0.01
    assert abs(many.std() - 1) < 0.01
    assert np.all((_uniforms(2**32 - 1, 1000) >= 0) & (_uniforms(2**32 - 1, 1000) < 1))


def test_units_that_are_dead_let_nothing_through_and_leaky_ones_something():
    dead = DepthPlot(activation="relu", initialisation="he", bias=-2.0).measured
    assert dead.dead.max() == 32
    assert dead.size[0] == 0
    leaky = DepthPlot(activation="leaky_relu", initialisation="he", bias=-2.0).measured
    assert leaky.dead.sum() == 0
    assert leaky.size[0] > 0


@pytest.mark.parametrize(
    ("name", "value"),
    [("activation", "step"), ("initialisation", "zeros"), ("gain", 5.0), ("gain", np.nan),
     ("bias", -3.0), ("depth", 31), ("depth", 0), ("seed", -1), ("controls", ["colour"])],
)  # fmt: skip
def test_a_value_that_does_not_fit_raises_at_once_and_nothing_is_lost(name, value):
    plot = DepthPlot()
    before = state_of(plot)
    with pytest.raises(TraitError):
        setattr(plot, name, value)
    assert state_of(plot) == before


def test_an_unknown_setting_is_named():
    with pytest.raises(TraitError, match=r"unknown settings \['width'\]"):
        DepthPlot(width=3)
