import pytest
from traitlets import TraitError

from cnnlib import examples
from cnnlib.widgets import Levers


def test_it_starts_with_the_running_example_and_its_error():
    levers = Levers()
    assert levers.weights == [2, -1, 1]
    assert levers.history == [7]
    assert levers.target == [-1, 5, 4, -7]


def test_an_example_with_two_axes_is_refused_with_the_remedy():
    with pytest.raises(TraitError, match="one axis.*pass one like examples.one_d"):
        Levers(examples.two_d)


def test_what_is_no_example_is_named():
    with pytest.raises(TraitError, match=r"example is \[1, 2\]; an Example is expected"):
        Levers([1, 2])


def test_weights_that_do_not_fit_raise_at_once():
    levers = Levers()
    for wrong in ([1, 2], [1, 2, float("nan")], ["1", 2, 3]):
        with pytest.raises(TraitError):
            levers.weights = wrong
    assert levers.weights == [2, -1, 1]


def test_an_unknown_setting_is_named():
    with pytest.raises(TraitError, match="unknown settings \\['kernel'\\]"):
        Levers(kernel=[1])


def test_a_weight_that_no_error_can_be_computed_from_is_refused():
    levers = Levers()
    for weight in (1e300, float("nan")):
        with pytest.raises(TraitError, match="from -1e"):
            levers.weights = [2.0, weight, 1.0]
