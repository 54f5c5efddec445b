from importlib import import_module

import numpy as np
import pytest
from scipy import signal
from traitlets import TraitError

from cnnlib.examples import tall, two_d
from cnnlib.exercises.hints import HINTS
from cnnlib.widgets import LinkedGrids
from cnnlib.widgets.configurations import BUNDLES, FLOWS, bundle_of
from cnnlib.widgets.linked_flows import FORMULAS, THROUGH_F, LinkedFlows

GIVEN = {"input": two_d.o, "kernel": two_d.w, "delta": two_d.delta}
BELOW = {**GIVEN, "below": two_d.x_below}


def test_the_gradient_and_delta_below_are_those_of_ops():
    widget = LinkedGrids("follow-delta", **BELOW, activation="relu")
    full = signal.convolve(two_d.delta, two_d.w, "full", method="direct")
    np.testing.assert_array_equal(widget.input_gradient, full)
    np.testing.assert_array_equal(widget.delta_below, np.where(two_d.x_below > 0, full, 0))
    np.testing.assert_array_equal(widget.delta_below, two_d.delta_below)
    widget.activation = "sigmoid"
    slope = 0.25 / np.cosh(two_d.x_below / 2) ** 2
    np.testing.assert_allclose(widget.derivative, slope, rtol=1e-12)
    np.testing.assert_allclose(widget.delta_below, full * slope, rtol=1e-12)


def test_the_slope_of_relu_at_its_kink_is_0():
    below = np.zeros((4, 4))
    widget = LinkedGrids("follow-delta", **GIVEN, below=below, activation="relu")
    assert not widget.derivative.any()


def test_without_f_there_is_nothing_below():
    widget = LinkedGrids("follow-delta", **GIVEN)
    assert (widget.activation, widget.reading, widget.derivative) == ("none", "scatter", None)
    assert widget.delta_below is None


def test_the_size_of_region_q_is_one_in_a_corner_and_the_kernels_size_inside():
    sizes = LinkedGrids("region-q-size", input=tall.o, kernel=tall.w).region_sizes
    ones = np.ones(tall.x.shape)
    np.testing.assert_array_equal(sizes, signal.convolve(ones, np.ones((2, 3)), method="direct"))
    assert (sizes[0, 0], sizes[2, 2]) == (1, 6)


def test_inputs_that_a_stride_never_reaches_have_an_empty_region_q():
    sizes = LinkedGrids("region-q-size", input=np.zeros(6), kernel=[1, 2, 3], stride=2).region_sizes
    np.testing.assert_array_equal(sizes, [1, 1, 2, 1, 1, 0])


@pytest.mark.parametrize("config", FLOWS)
def test_flows_have_a_bundle_of_their_own(config):
    widget = LinkedGrids(config, **BELOW, activation="relu")
    assert isinstance(widget, LinkedFlows)
    assert str(widget._esm) != str(LinkedGrids("region-q-size", **GIVEN)._esm)
    with pytest.raises(TraitError, match="make a new widget"):
        widget.config = "region-q"


def test_every_bundle_is_where_the_table_says():
    for name, (module, drawn) in BUNDLES.items():
        assert getattr(import_module(f"cnnlib.widgets.{module}"), name).bundle == name
        assert all(bundle_of(config) == name for config in drawn)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"delta": None}, "needs delta"),
        ({"stride": 2, "delta": np.ones((2, 2))}, "draws stride 1"),
        ({"padding": 1, "delta": np.ones((5, 5))}, "draws stride 1"),
        ({"activation": "relu"}, "pass below="),
        ({"below": np.ones((3, 4))}, r"below has shape \(3, 4\)"),
        ({"reading": "collect"}, "reading"),
        ({"masked": "input-gradient"}, "asks for no predictions"),
        ({"grids": ["input", "kernel"]}, "draws delta, kernel"),
    ],
)
def test_what_does_not_fit_is_refused_and_the_message_says_what_does(settings, message):
    with pytest.raises(TraitError, match=message):
        LinkedGrids("follow-delta", **{**GIVEN, **settings})


@pytest.mark.parametrize("formula", THROUGH_F)
def test_a_formula_about_f_needs_f(formula):
    with pytest.raises(TraitError, match="is about f′"):
        LinkedGrids("wrong-formula", **GIVEN, formula=formula)
    assert LinkedGrids("wrong-formula", **BELOW, activation="relu", formula=formula)


def test_the_formulas_are_the_misconceptions_that_checks_know():
    assert set(FORMULAS) <= set(HINTS)


def test_a_selection_fits_the_result_that_the_formula_gives():
    widget = LinkedGrids("wrong-formula", **GIVEN, formula="wrong-size")
    widget.selected = ["wrong-gradient", 3]
    assert widget.selection == ("wrong-gradient", (1, 1))
    with pytest.raises(TraitError, match="selected"):
        widget.selected = ["wrong-gradient", 4]
    assert LinkedGrids("wrong-formula", **GIVEN, selected=["wrong-gradient", 15])
    below = LinkedGrids("follow-delta", **BELOW, activation="relu", selected=["delta-below", 6])
    assert below.selection == ("delta-below", (1, 2))


def test_an_input_of_another_shape_leaves_no_x_below_behind():
    widget = LinkedGrids("follow-delta", **BELOW)
    with pytest.raises(TraitError, match=r"below has shape \(4, 4\)"):
        widget.input = np.ones((5, 4))
    widget.below = None
    widget.input = np.ones((5, 4))
    assert widget.input_gradient.shape == (5, 4)


def test_edits_that_come_back_change_the_result():
    widget = LinkedGrids("follow-delta", **BELOW, activation="relu")
    widget.kernel = [[2, 1], [1, 0]]
    expected = signal.convolve(two_d.delta, widget.kernel, "full", method="direct")
    np.testing.assert_array_equal(widget.input_gradient, expected)
