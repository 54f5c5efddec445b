import numpy as np
import pytest
from layer_cases import recorded
from scipy import special

from cnnlib import ops
from cnnlib.gradcheck import numerical_gradient, relative_error

RANDOM = np.random.default_rng(6)
SCORES, LABELS = RANDOM.normal(size=(4, 3)), np.array([2, 0, 0, 1])


def test_half_squared_error_of_the_second_lesson():
    loss, gradient = ops.half_squared_error([0, 3, 4, -4], [-1, 5, 4, -7])
    assert loss == 7
    assert gradient.tolist() == [1, -2, 0, 3]


def test_softmax_agrees_with_scipy():
    np.testing.assert_allclose(ops.softmax(SCORES), special.softmax(SCORES, axis=1), rtol=1e-13)


def test_cross_entropy_is_the_mean_of_minus_log_p():
    p = special.softmax(SCORES, axis=1)
    loss, gradient = ops.softmax_cross_entropy(SCORES, LABELS)
    assert loss == pytest.approx(-np.mean(np.log([p[n, d] for n, d in enumerate(LABELS)])))
    np.testing.assert_allclose(gradient, (p - np.eye(3)[LABELS]) / 4, rtol=1e-12, atol=1e-15)


def test_cross_entropy_of_equal_scores_is_the_log_of_the_classes():
    assert ops.softmax_cross_entropy(np.zeros((5, 10)), np.arange(5))[0] == pytest.approx(
        np.log(10)
    )


def test_gradients_agree_with_central_differences():
    expected = numerical_gradient(lambda s: ops.softmax_cross_entropy(s, LABELS)[0], SCORES)
    assert relative_error(ops.softmax_cross_entropy(SCORES, LABELS)[1], expected) < 1e-9
    t = RANDOM.normal(size=(4, 3))
    expected = numerical_gradient(lambda o: ops.half_squared_error(o, t)[0], SCORES)
    assert relative_error(ops.half_squared_error(SCORES, t)[1], expected) < 1e-9


def test_cross_entropy_agrees_with_recorded_pytorch():
    (case,) = recorded("loss").values()
    loss, gradient = ops.softmax_cross_entropy(case["scores"], case["labels"])
    assert loss == pytest.approx(float(case["loss"]), rel=1e-13)
    np.testing.assert_allclose(gradient, case["gradient"], rtol=1e-11, atol=1e-15)


def test_huge_scores_stay_finite():
    loss, gradient = ops.softmax_cross_entropy(np.float32([[1e30, -1e30], [-1e4, 1e4]]), [1, 1])
    assert loss == pytest.approx(1e30)
    assert gradient.dtype == np.float32
    np.testing.assert_allclose(gradient, [[0.5, -0.5], [0, 0]], atol=1e-7)


@pytest.mark.parametrize(
    ("labels", "error", "says"),
    [
        ([0, 1, 2, 3], ValueError, "there are 3 classes"),
        ([0, 1, 2, -1], ValueError, "there are 3 classes"),
        ([0, 1, 2], ValueError, "labels has shape"),
        (np.eye(3)[LABELS], ValueError, r"one-hot rows labels\.argmax\(axis=1\)"),
        ([True, False, True, True], TypeError, "dtype bool"),
    ],
)
def test_wrong_labels_are_named(labels, error, says):
    with pytest.raises(error, match=says):
        ops.softmax_cross_entropy(SCORES, labels)


def test_targets_are_not_broadcast():
    with pytest.raises(ValueError, match=r"t has shape \(3,\); o has \(4, 3\)"):
        ops.half_squared_error(SCORES, np.zeros(3))
