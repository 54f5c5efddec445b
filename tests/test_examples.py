import numpy as np
import pytest

from cnnlib import ops
from cnnlib.examples import one_d, tall, two_d
from cnnlib.geometry import Window
from cnnlib.gradcheck import numerical_gradient, relative_error

EXAMPLES = {"one_d": one_d, "two_d": two_d, "tall": tall}

# As LESSONS prints them: typed here so that neither the text nor the package can drift alone.
PRINTED_1D = {
    "o": [1, 2, 0, -1, 3, 1],
    "w": [2, -1, 1],
    "x": [0, 3, 4, -4],
    "t": [-1, 5, 4, -7],
    "delta": [1, -2, 0, 3],
    "E": 7,
    "d_w": [-6, 11, 5],
    "d_b": 2,
    "d_o": [2, -5, 3, 4, -3, 3],
    "T": -18,
}
PRINTED_2D = {
    "o": [[1, 0, 2, 1], [3, 1, 0, 2], [0, 2, 1, 1], [1, 0, 3, 2]],
    "w": [[1, 2], [0, -1]],
    "x": [[0, 4, 2], [3, 0, 3], [4, 1, 1]],
    "t": [[-1, 4, 3], [1, -1, 3], [4, 2, 0]],
    "delta": [[1, 0, -1], [2, 1, 0], [0, -1, 1]],
    "E": 4.5,
    "d_w": [[5, 1], [8, 3]],
    "d_o": [[1, 2, -1, -2], [2, 4, 2, 1], [0, -3, -2, 2], [0, 0, 1, -1]],
    "T": 4,
    "x_below": [[1, -2, 2, 1], [3, 1, -1, 2], [-3, 2, 1, 1], [1, -1, 3, 2]],
    "delta_below": [[1, 0, -1, -2], [2, 4, 0, 1], [0, -3, -2, 2], [0, 0, 1, -1]],
}


@pytest.mark.parametrize("name", PRINTED_1D)
def test_the_1d_example_gives_the_numbers_of_the_lessons(name):
    np.testing.assert_array_equal(getattr(one_d, name), PRINTED_1D[name])


@pytest.mark.parametrize("name", PRINTED_2D)
def test_the_2d_example_gives_the_numbers_of_the_lessons(name):
    np.testing.assert_array_equal(getattr(two_d, name), PRINTED_2D[name])


def test_true_convolution_and_the_missing_flip_give_other_numbers():
    np.testing.assert_array_equal(ops.convolve(one_d.o, one_d.w), [-1, 0, 7, -2])
    not_flipped = ops.cross_correlate(one_d.delta, one_d.w, mode="full")
    np.testing.assert_array_equal(not_flipped, [1, -3, 4, -1, -3, 6])
    assert (one_d.o * not_flipped).sum() == -7


def test_literal_j22_gives_the_numbers_of_the_lessons():
    literal = ops.convolve(two_d.delta, ops.rotate_180(two_d.w), mode="full")
    np.testing.assert_array_equal(
        literal, [[-1, 0, 1, 0], [0, 0, -2, -1], [4, 5, 0, 0], [0, -2, 1, 1]]
    )
    assert (two_d.o * literal).sum() == 14
    assert literal.sum() == two_d.d_o.sum()
    assert (two_d.w * ops.rotate_180(two_d.d_w)).sum() == 14


def test_contributions_are_not_the_gradient():
    np.testing.assert_array_equal(one_d.w * one_d.d_w, [-12, -11, 5])


def test_steps_too_small_right_and_too_large():
    errors = [one_d.error_at(one_d.w - rate * one_d.d_w) for rate in (0.001, 0.05, 0.2)]
    np.testing.assert_allclose(errors, [6.82, 1.02, 20.5], atol=0.05)


def test_the_layer_below_of_the_2d_example_gives_its_input():
    np.testing.assert_array_equal(ops.relu(two_d.x_below), two_d.o)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_three_groupings_have_one_sum(name):
    example = EXAMPLES[name]
    assert (example.o * example.d_o).sum() == example.T
    assert (example.delta * example.x).sum() == example.T


@pytest.mark.parametrize("name", EXAMPLES)
def test_central_differences_give_the_same_levers(name):
    example = EXAMPLES[name]
    assert relative_error(numerical_gradient(example.error_at, example.w), example.d_w) < 1e-7


def test_the_tall_example_hides_nothing():
    w, shapes = tall.w, Window(tall.w.shape)
    assert tall.o.shape == (5, 6)
    assert shapes.output_shape(tall.o.shape) == tall.x.shape == (4, 4)
    for turned in (ops.rotate_180(w), w[::-1], w[:, ::-1]):
        assert (turned != w).any()
    assert len(np.unique(tall.d_w)) == tall.d_w.size
    assert len(shapes.region_q((0, 0), (5, 6))) == 1
    assert len(shapes.region_q((2, 3), (5, 6))) == 6


def test_an_example_cannot_be_changed_by_accident():
    for array in (one_d.o, one_d.x, one_d.d_o, two_d.delta_below):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 9


def test_an_example_without_a_layer_below_says_which_one_has_it():
    with pytest.raises(ValueError, match="use two_d"):
        _ = one_d.delta_below
