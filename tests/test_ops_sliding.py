import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from layer_cases import sweep
from scipy import signal

from cnnlib import ops

SIGNAL, KERNEL = [1, 2, 0, -1, 3, 1], [2, -1, 1]


@st.composite
def maps_and_kernels(draw):
    kernel = draw(st.lists(st.integers(1, 4), min_size=1, max_size=3))
    shape = [k + draw(st.integers(0, 4)) for k in kernel]
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    return random.normal(size=shape), random.normal(size=kernel)


def test_the_numbers_of_the_first_lesson():
    assert ops.cross_correlate(SIGNAL, KERNEL).tolist() == [0, 3, 4, -4]
    assert ops.convolve(SIGNAL, KERNEL).tolist() == [-1, 0, 7, -2]


@sweep
@given(maps_and_kernels(), st.sampled_from(["valid", "full"]))
def test_both_agree_with_scipy(pair, mode):
    o, w = pair
    for ours, theirs in ((ops.cross_correlate, signal.correlate), (ops.convolve, signal.convolve)):
        expected = theirs(o, w, mode=mode, method="direct")
        np.testing.assert_allclose(ours(o, w, mode), expected, rtol=1e-12, atol=1e-12)


def test_full_mode_takes_a_kernel_larger_than_the_map():
    o, w = np.array([1.0, 2.0]), np.array([3.0, -1.0, 4.0, 2.0])
    np.testing.assert_allclose(ops.convolve(o, w, "full"), np.convolve(o, w), rtol=1e-12)


def test_rotate_180_turns_and_neither_mirrors_nor_transposes():
    assert ops.rotate_180([[1, 2, 3], [4, 5, 6]]).tolist() == [[6, 5, 4], [3, 2, 1]]


def test_rotate_180_returns_a_new_array():
    w = np.arange(4.0)
    ops.rotate_180(w)[0] = 7
    assert w.tolist() == [0, 1, 2, 3]


def test_channels_are_not_turned():
    with pytest.raises(ValueError, match="w has shape"):
        ops.rotate_180(np.ones((2, 3, 4, 5)))


@pytest.mark.parametrize("slide", [ops.cross_correlate, ops.convolve])
def test_wrong_arguments_are_named(slide):
    with pytest.raises(ValueError, match="mode is 'same'"):
        slide(SIGNAL, KERNEL, "same")
    with pytest.raises(ValueError, match="equally many axes"):
        slide(SIGNAL, [[1, 2]])
    with pytest.raises(ValueError, match="does not fit"):
        slide(KERNEL, SIGNAL)
    with pytest.raises(ValueError, match="no axis may be 0"):
        slide(SIGNAL, [])
    with pytest.raises(TypeError, match="dtype complex128"):
        slide(SIGNAL, [1j])
