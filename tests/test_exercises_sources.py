"""The way back of a true convolution: right against SciPy and measurement, its copy is named."""

import numpy as np
import scipy.signal
from numpy.testing import assert_allclose

from cnnlib import exercises, gradcheck
from cnnlib.exercises.lessons.sources import cases, convolution_input_gradient_2d

TASK = "convolution_input_gradient_2d"


def by_loops(delta, w):
    """Each output lays the turned kernel, times its delta, on the inputs that it used."""
    (rows, columns), (k1, k2) = delta.shape, w.shape
    d_o = np.zeros((rows + k1 - 1, columns + k2 - 1))
    for i, j in np.ndindex(rows, columns):
        for m, n in np.ndindex(k1, k2):
            d_o[i + k1 - 1 - m, j + k2 - 1 - n] += delta[i, j] * w[m, n]
    return d_o


def test_the_right_answer_is_what_a_nudge_of_scipys_convolution_measures():
    for case in cases()[0]:
        delta, w = case.arguments["delta"], case.arguments["w"]
        shape = np.add(delta.shape, w.shape) - 1
        o = np.random.default_rng(7).integers(-3, 4, shape).astype(float)
        measured = gradcheck.numerical_gradient(
            lambda o, d=delta, w=w: np.sum(d * scipy.signal.convolve2d(o, w, "valid")), o
        )
        assert_allclose(convolution_input_gradient_2d(delta, w), measured, atol=1e-6)


def test_it_passes_by_loops_and_by_scipy():
    exercises.check(TASK, by_loops).assert_passed()
    exercises.check(TASK, lambda d, w: scipy.signal.correlate2d(d, w, "full")).assert_passed()


def test_the_usual_way_back_copied_is_named_and_the_hint_says_why():
    report = exercises.check(TASK, lambda d, w: scipy.signal.convolve2d(d, w, "full"))
    assert report.misconception == "flipped"
    assert "turns it on the way forward" in report.hint
