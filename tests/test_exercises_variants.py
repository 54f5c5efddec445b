"""Every wrong way is named by its own slug, and every right way passes, however it is written."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
import scipy.signal
from numpy.testing import assert_allclose, assert_array_equal

from cnnlib import exercises, ops
from cnnlib.examples import chained
from cnnlib.exercises.checking import check_exercise
from cnnlib.exercises.compare import same
from cnnlib.exercises.diagnose import outcome_of
from cnnlib.exercises.hints import HINTS
from cnnlib.exercises.lessons import EXERCISES
from cnnlib.exercises.task import Silent, Wrong

VARIANTS = [
    pytest.param(name, wrong, id=f"{name}-{number}-{wrong.slug}")
    for name, exercise in EXERCISES.items()
    for number, wrong in enumerate(exercise.wrong)
]


def as_student(exercise, wrong):
    """A student makes the wrong turn where it can be made, and is right elsewhere."""

    def student(*arguments):
        try:
            return wrong.function(*arguments)
        except Silent:
            return exercise.solve(*arguments)

    return student


@pytest.mark.parametrize(("name", "wrong"), VARIANTS)
def test_a_wrong_variant_is_named_by_its_slug(name, wrong):
    report = exercises.check(name, as_student(EXERCISES[name], wrong))
    # Two half turns are none: without a sign of a convolution in the code it is called not-flipped.
    expected = "not-flipped" if wrong.slug == "flipped-twice" else wrong.slug
    assert report.misconception == expected
    assert not report.passed
    assert report.hint
    assert report.second_hint


@pytest.mark.parametrize("name", EXERCISES)
def test_the_right_answer_passes(name):
    exercises.check(name, EXERCISES[name].solve).assert_passed()


@pytest.mark.parametrize("name", EXERCISES)
def test_every_family_is_sharp(name):
    """At least a dozen cases; no kernel hides a flip; the shapes differ."""
    families = EXERCISES[name].families()
    assert min(map(len, families)) >= 12
    cases = [case for family in families for case in family]
    assert len({case.shapes for case in cases}) >= (4 if name != "sgd_step" else 3)
    for case in cases:
        w = case.arguments.get("w")
        if w is not None and w.ndim <= 2 and w.size > 1 and name != "sgd_step":
            assert not np.array_equal(w, np.flip(w)), case.name


@pytest.mark.parametrize("name", EXERCISES)
def test_right_answers_are_finite_and_the_arguments_are_safe(name):
    for family in EXERCISES[name].families():
        for case in family:
            value = EXERCISES[name].read(EXERCISES[name].solve(*case.arguments.values()))
            assert all(np.isfinite(part).all() for part in value.values())
            arrays = [a for a in case.arguments.values() if isinstance(a, np.ndarray)]
            assert not any(a.flags.writeable for a in arrays)


@pytest.mark.parametrize("name", EXERCISES)
def test_variants_that_coincide_on_some_case_are_told_apart_over_all(name):
    exercise = EXERCISES[name]
    cases = [case for family in exercise.families() for case in family]
    made = [
        (w, [outcome_of(exercise, w, case.arguments) for case in cases]) for w in exercise.wrong
    ]
    for (first, ours), (second, theirs) in itertools.combinations(made, 2):
        if {first.slug, second.slug} == {"flipped-twice", "not-flipped"} or (
            first.slug == second.slug
        ):
            continue
        assert any(not alike(a, b) for a, b in zip(ours, theirs, strict=True))


def alike(a, b):
    """Two variants say the same of a case, or one of them says nothing."""
    if a is None or b is None:
        return False
    if a.value is None or b.value is None:
        return a.trouble == b.trouble and a.value is b.value
    return same(a.value, b.value)


def test_every_slug_of_a_variant_has_its_hints():
    assert {wrong.slug for e in EXERCISES.values() for wrong in e.wrong} <= set(HINTS)


# The numbers of the lessons: what a wrong turn makes of the running example.

O1, W1, D1 = (np.array(v, dtype=float) for v in ([1, 2, 0, -1, 3, 1], [2, -1, 1], [1, -2, 0, 3]))
O2 = np.array([[1, 0, 2, 1], [3, 1, 0, 2], [0, 2, 1, 1], [1, 0, 3, 2]], dtype=float)
W2 = np.array([[1, 2], [0, -1]], dtype=float)
D2 = np.array([[1, 0, -1], [2, 1, 0], [0, -1, 1]], dtype=float)
X2 = np.array([[1, -2, 2, 1], [3, 1, -1, 2], [-3, 2, 1, 1], [1, -1, 3, 2]], dtype=float)
SIGNAL_WINNERS = np.array([[1, 1, 4, 4]])

NUMBERS = [
    ("cross_correlate_1d", "flipped", (O1, W1), [-1, 0, 7, -2]),
    ("cross_correlate_1d", "too-short", (O1, W1), [0, 3, 4]),
    ("weight_gradient_1d", "contribution-for-gradient", (D1, O1), [-12, -11, 5]),
    ("input_gradient_1d", "not-flipped", (D1, W1), [1, -3, 4, -1, -3, 6]),
    ("input_gradient_1d", "overlap-overwritten", (D1, W1), [2, -4, 0, 6, -3, 3]),
    ("input_gradient_1d", "updated-too-early", (D1, W1), [2.6, -7.3, 4.7, 6.8, -6.3, 1.5]),
    ("bias_gradient", "bias-as-count", (D1,), 4),
    ("bias_gradient", "bias-not-summed", (D1,), D1),
    ("weight_gradient_2d", "flipped", (D2, O2), [[3, 8], [1, 5]]),
    ("weight_gradient_2d", "contribution-for-gradient", (D2, O2), [[5, 2], [0, -3]]),
    (
        "max_pool_backward_2d",
        "overlap-overwritten",
        (D1[None], SIGNAL_WINNERS, (1, 6)),
        [[0, -2, 0, 0, 3, 0]],
    ),
]


@pytest.mark.parametrize(("name", "slug", "arguments", "numbers"), NUMBERS)
def test_a_wrong_turn_of_the_lessons_gives_the_lessons_numbers(name, slug, arguments, numbers):
    wrong = next(w for w in EXERCISES[name].wrong if w.slug == slug)
    assert_allclose(wrong.function(*arguments), numbers, atol=1e-12)


RIGHT = [
    ("cross_correlate_1d", (O1, W1), [0, 3, 4, -4]),
    ("convolve_2d", (O2, W2), ops.convolve(O2, W2)),
    ("weight_gradient_1d", (D1, O1), [-6, 11, 5]),
    ("bias_gradient", (D1,), 2),
    ("input_gradient_1d", (D1, W1), [2, -5, 3, 4, -3, 3]),
    ("cross_correlate_2d", (O2, W2), [[0, 4, 2], [3, 0, 3], [4, 1, 1]]),
    ("weight_gradient_2d", (D2, O2), [[5, 1], [8, 3]]),
    ("max_pool_backward_2d", (D1[None], SIGNAL_WINNERS, (1, 6)), [[0, -1, 0, 0, 3, 0]]),
    (
        "chain_back_2d",
        (chained.delta, chained.w, chained.winner, chained.x_below),
        [[0, 0, -1, 0, 0, 0], [1, 0, 0, 0, 0, 0], [0, 0, 0, 0, 3, 0], [0, 0, -1, 0, 0, 0]],
    ),
    (
        "strided_input_gradient_2d",
        (np.array([[1, -2]]), W1[None], (1, 6), 2),
        [[2, -1, -3, 2, -2, 0]],
    ),
]


@pytest.mark.parametrize(("name", "arguments", "numbers"), RIGHT)
def test_the_right_answers_are_the_lessons_numbers(name, arguments, numbers):
    assert_allclose(EXERCISES[name].solve(*arguments), numbers, atol=1e-12)


def test_delta_below_is_the_lessons_and_literal_j22_is_recognised():
    relu_prime = next(iter(EXERCISES["delta_2d"].families()[0])).arguments["f_prime"]
    below = EXERCISES["delta_2d"].solve(D2, W2, X2, relu_prime)
    assert_array_equal(below, [[1, 0, -1, -2], [2, 4, 0, 1], [0, -3, -2, 2], [0, 0, 1, -1]])

    def literal(delta, w, x, f_prime):
        return scipy.signal.convolve2d(delta, np.rot90(w, 2)) * f_prime(x)

    j22 = [[-1, 0, 1, 0], [0, 0, -2, -1], [4, 5, 0, 0], [0, -2, 1, 1]]
    assert_array_equal(literal(D2, W2, X2, np.ones_like), j22)
    assert exercises.check("delta_2d", literal).misconception == "flipped-twice"


def test_two_faults_at_once_are_both_told():
    def student(delta, w, x, f_prime):
        return scipy.signal.correlate2d(delta, w)

    report = exercises.check("delta_2d", student)
    assert report.misconception == "not-flipped"
    assert HINTS["derivative-missing"].first in report.second_hint


def test_a_turned_stamp_is_not_said_to_slide_as_it_is():
    def student(delta, w, input_shape, stride):
        d_o = np.zeros(input_shape)
        for i, j in np.ndindex(*delta.shape):
            corner = d_o[stride * i :, stride * j :]
            corner[: w.shape[0], : w.shape[1]] += delta[i, j] * w[::-1, ::-1]
        return d_o

    report = exercises.check("strided_input_gradient_2d", student)
    assert report.misconception == "not-flipped"
    assert "either you stamp it turned" in report.hint


def test_what_is_added_into_a_copy_is_found_out():
    def student(d_y, winner, input_shape):
        d_o = np.zeros(input_shape)
        np.add.at(d_o.flatten(), winner.ravel(), d_y.ravel())
        return d_o

    report = exercises.check("max_pool_backward_2d", student)
    assert report.misconception == "written-into-a-copy"


# Right functions, however they are written.


def loops_1d(o, w):
    x = []
    for i in range(len(o) - len(w) + 1):
        total = 0
        for a in range(len(w)):
            total += o[i + a] * w[a]
        x.append(total)
    return x


def scatter_2d(delta, w, x, f_prime):
    d_o = np.zeros_like(x)
    for i in range(delta.shape[0]):
        for j in range(delta.shape[1]):
            d_o[i : i + w.shape[0], j : j + w.shape[1]] += delta[i, j] * w
    return d_o * f_prime(x)


def region_by_asking_everyone(position, input_shape, kernel_shape):
    (p, q), (k1, k2) = position, kernel_shape
    rows, columns = input_shape[0] - k1 + 1, input_shape[1] - k2 + 1
    return {
        (i, j) for i in range(rows) for j in range(columns) if 0 <= p - i < k1 and 0 <= q - j < k2
    }


def pool_by_loops(o, size):
    y, winner = [], []
    for i in range(0, o.shape[0] - size + 1, size):
        y.append([])
        winner.append([])
        for j in range(0, o.shape[1] - size + 1, size):
            cells = [(i + a, j + b) for a in range(size) for b in range(size)]
            best = max(cells, key=lambda cell: o[cell])
            y[-1].append(o[best])
            winner[-1].append(best[0] * o.shape[1] + best[1])
    return y, winner


def chain_by_scipy(delta, w, winner, x):
    d_y = scipy.signal.convolve2d(delta, w).ravel().tolist()
    below = [0.0] * x.size
    for cell, gradient in zip(winner.ravel().tolist(), d_y, strict=True):
        below[cell] += gradient if x.flat[cell] > 0 else 0
    return np.reshape(below, x.shape)


def route_by_loops(d_y, winner, input_shape):
    d_o = np.zeros(input_shape)
    for gradient, cell in zip(d_y.flat, winner.flat, strict=True):
        d_o.flat[cell] += gradient
    return d_o.tolist()


def share_by_loops(d_y, input_shape, size):
    d_o = np.zeros(input_shape)
    for i in range(d_y.shape[0]):
        for j in range(d_y.shape[1]):
            d_o[i * size : (i + 1) * size, j * size : (j + 1) * size] += d_y[i, j] / size**2
    return d_o


def strided_by_loops(delta, w, input_shape, stride):
    d_o = np.zeros(input_shape)
    for i, j in np.ndindex(*delta.shape):
        row, column = i * stride, j * stride
        d_o[row : row + w.shape[0], column : column + w.shape[1]] += delta[i, j] * w
    return d_o


def channel_weights_by_windows(delta, o):
    k = (o.shape[2] - delta.shape[2] + 1, o.shape[3] - delta.shape[3] + 1)
    view = np.lib.stride_tricks.sliding_window_view(o, k, axis=(2, 3))
    return np.einsum("ndij,ncijab->dcab", delta, view)


def channel_inputs_by_scipy(delta, w):
    pairs = [
        [
            sum(scipy.signal.convolve2d(delta[n, d], w[d, c]) for d in range(len(w)))
            for c in range(w.shape[1])
        ]
        for n in range(len(delta))
    ]
    return np.array(pairs)


def chain_by_products(x, w, d_o, f_prime):
    """Every δ as one product of all that lies above it."""
    slopes = f_prime(x)
    return [d_o * np.prod(w[n + 1 :]) * np.prod(slopes[n:]) for n in range(len(x))]


WRITTEN = [
    ("cross_correlate_1d", loops_1d),
    ("cross_correlate_1d", lambda o, w: tuple(loops_1d(o.tolist(), w.tolist()))),
    ("cross_correlate_1d", np.correlate),
    ("cross_correlate_1d", lambda o, w: np.convolve(o, w[::-1], "valid").astype("float32")),
    ("cross_correlate_1d", lambda o, w: scipy.signal.fftconvolve(o, w[::-1], "valid")),
    ("cross_correlate_2d", lambda o, w: scipy.signal.correlate2d(o, w, "valid")),
    ("cross_correlate_2d", lambda o, w: scipy.signal.correlate2d(o, w, "valid").tolist()),
    ("cross_correlate_2d", lambda o, w: ops.conv(o[None, None], w[None, None])[0, 0]),
    ("convolve_2d", lambda o, w: scipy.signal.convolve2d(o, w, "valid")),
    ("convolve_2d", lambda o, w: scipy.signal.correlate2d(o, w[::-1, ::-1], "valid")),
    ("weight_gradient_1d", lambda delta, o: np.correlate(o, delta)),
    ("weight_gradient_1d", lambda delta, o: loops_1d(o, delta)),
    ("weight_gradient_2d", lambda delta, o: scipy.signal.correlate2d(o, delta, "valid")),
    ("bias_gradient", sum),
    ("bias_gradient", np.sum),
    ("bias_gradient", lambda delta: [delta.sum()]),
    ("bias_gradient", lambda delta: sum(sum(row) for row in delta)),
    ("input_gradient_1d", np.convolve),
    ("input_gradient_1d", lambda delta, w: np.correlate(delta, w[::-1], "full")),
    ("delta_2d", scatter_2d),
    ("delta_2d", lambda delta, w, x, f: scipy.signal.convolve2d(delta, w).astype("float32") * f(x)),
    ("region_q", region_by_asking_everyone),
    ("region_q", lambda *a: [list(q) for q in sorted(region_by_asking_everyone(*a))[::-1]]),
    ("region_q", lambda *a: np.array(sorted(region_by_asking_everyone(*a)))),
    ("region_q", lambda *a: frozenset(region_by_asking_everyone(*a))),
    ("max_pool_2d", pool_by_loops),
    ("max_pool_backward_2d", route_by_loops),
    ("chain_back_2d", chain_by_scipy),
    ("avg_pool_backward_2d", share_by_loops),
    ("strided_input_gradient_2d", strided_by_loops),
    ("channel_weight_gradient", channel_weights_by_windows),
    ("channel_input_gradient", channel_inputs_by_scipy),
    ("chain_deltas", chain_by_products),
    ("sgd_step", lambda w, d_w, rate: [np.float32(v) for v in (w - rate * d_w)]),
    ("sgd_step", lambda weights, gradient, eta: weights - eta * gradient),
]


@pytest.mark.parametrize(("name", "function"), WRITTEN)
def test_a_right_function_passes_however_it_is_written(name, function):
    exercises.check(name, function).assert_passed()


# Wrong code as students write it, in loops.


def d_w_short(delta, o):
    d_w = np.zeros(len(o) - len(delta) + 1)
    for a in range(len(d_w)):
        for i in range(len(delta) - 1):
            d_w[a] += delta[i] * o[i + a]
    return d_w


def d_w_in_another_order(o, delta):
    return np.correlate(o, delta)


def d_o_repeated_indices(delta, w):
    d_o = np.zeros(len(delta) + len(w) - 1)
    i, a = np.indices((len(delta), len(w))).reshape(2, -1)
    d_o[i + a] += delta[i] * w[a]
    return d_o


def d_o_wraps(delta, w):
    d_o = np.zeros(len(delta) + len(w) - 1)
    for p in range(len(d_o)):
        for a in range(len(w)):
            if p - a < len(delta):
                d_o[p] += delta[p - a] * w[a]
    return d_o


def d_o_runs_over(delta, w):
    d_o = np.zeros(len(delta) + len(w) - 1)
    for p in range(len(d_o)):
        for a in range(len(w)):
            if p - a >= 0:
                d_o[p] += delta[p - a] * w[a]
    return d_o


def x_rows_for_columns(o, w):
    x = np.zeros((o.shape[0] - w.shape[0] + 1, o.shape[1] - w.shape[1] + 1))
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            x[j, i] = np.sum(o[i : i + w.shape[0], j : j + w.shape[1]] * w)
    return x


def d_w_with_the_notebooks_w(delta, o):
    d_w = np.zeros(len(o) - len(delta) + 1)
    for a in range(len(d_w)):
        d_w[a] = sum(W1[a] * delta[i] * o[i + a] for i in range(len(delta)))
    return d_w


def typed_in_sizes(o, w):
    return np.array([sum(w[a] * o[i + a] for a in range(3)) for i in range(4)])


def integer_array(delta, o):
    d_w = np.zeros(len(o) - len(delta) + 1, dtype=int)
    for a in range(len(d_w)):
        d_w[a] = sum(delta * o[a : a + len(delta)])
    return d_w


def adds_along_a_row(delta, w):
    (_, channels, k1, k2), (images, filters, rows, columns) = w.shape, delta.shape
    d_o = np.zeros((images, channels, rows + k1 - 1, columns + k2 - 1))
    for n, d, c in np.ndindex(images, filters, channels):
        d_o[n, d] += scipy.signal.convolve2d(delta[n, d], w[d, c])
    return d_o


def flips_all_axes(delta, w):
    turned = np.flip(w)
    k1, k2 = w.shape[2:]
    padded = np.pad(delta, ((0, 0), (0, 0), (k1 - 1, k1 - 1), (k2 - 1, k2 - 1)))
    view = np.lib.stride_tricks.sliding_window_view(padded, (k1, k2), axis=(2, 3))
    return np.einsum("ndijab,dcab->ncij", view, turned)


def step_with(scores, to_weights):
    def step(o, labels, w, b, rate):
        p = np.exp(scores(o, w) + b)
        delta = (p / p.sum(axis=1, keepdims=True) - np.eye(len(b))[labels]) / len(o)
        return w - rate * to_weights(delta, o), b - rate * delta.sum(axis=0)

    return step


WRITTEN_WRONG = [
    ("weight_gradient_1d", d_w_short, "too-short"),
    ("weight_gradient_1d", d_w_with_the_notebooks_w, "contribution-for-gradient"),
    ("weight_gradient_1d", integer_array, "truncated"),
    ("weight_gradient_1d", lambda delta, o: -0.1 * np.correlate(o, delta), "update-for-gradient"),
    ("weight_gradient_1d", lambda delta, o: 2 * np.correlate(o, delta), "constant-factor"),
    ("weight_gradient_1d", lambda delta, o: -np.correlate(o, delta), "wrong-sign"),
    ("weight_gradient_1d", d_w_in_another_order, "arguments-swapped"),
    ("input_gradient_1d", d_o_repeated_indices, "overlap-overwritten"),
    ("input_gradient_1d", d_o_wraps, "border-not-clipped"),
    ("input_gradient_1d", d_o_runs_over, "border-not-clipped"),
    ("cross_correlate_1d", typed_in_sizes, "size-typed-in"),
    ("cross_correlate_1d", np.convolve, "wrong-size"),
    ("cross_correlate_1d", lambda o, w: [0, 3, 4, -4], "arguments-ignored"),
    ("cross_correlate_1d", lambda o, w: o[0:-0] * w[0], "empty-slice"),
    ("cross_correlate_2d", x_rows_for_columns, "transposed"),
    ("convolve_2d", lambda o, w: scipy.signal.correlate2d(o, w, "valid"), "not-flipped"),
    (
        "convolve_2d",
        lambda o, w: scipy.signal.convolve2d(o, w[::-1, ::-1], "valid"),
        "flipped-twice",
    ),
    ("channel_input_gradient", flips_all_axes, "channels-turned"),
    ("channel_input_gradient", adds_along_a_row, "channels-swapped"),
    ("delta_2d", lambda delta, w, x, f: scipy.signal.convolve2d(delta, w), "derivative-missing"),
    ("bias_gradient", len, "bias-as-count"),
    ("bias_gradient", lambda delta: delta, "bias-not-summed"),
    ("training_step", step_with(lambda o, w: o @ w, lambda d, o: d.T @ o), "transposed"),
    ("training_step", step_with(lambda o, w: o @ w.T, lambda d, o: o.T @ d), "transposed"),
    ("chain_deltas", lambda *given: -np.array(chain_by_products(*given)), "wrong-sign"),
]


@pytest.mark.parametrize(("name", "function", "slug"), WRITTEN_WRONG)
def test_a_students_wrong_code_is_named(name, function, slug):
    assert exercises.check(name, function).misconception == slug


def test_what_no_variant_explains_is_not_named():
    report = exercises.check("weight_gradient_1d", lambda delta, o: np.correlate(o, delta) + 7)
    assert report.misconception is None
    assert report.hint == EXERCISES["weight_gradient_1d"].hint
    assert report.case.name == "one output"


def test_a_variant_that_fits_one_failing_case_only_is_not_named():
    calls = []

    def student(delta, o):
        calls.append(1)
        right = np.correlate(o, delta)
        return right[::-1] if len(calls) % 2 else right + 1

    assert exercises.check("weight_gradient_1d", student).misconception != "flipped"


def test_of_two_fitting_variants_the_one_that_agrees_with_the_passed_cases_is_named():
    exercise = EXERCISES["cross_correlate_1d"]

    def wrong_for_four_only(o, w):
        return exercise.solve(o, w) + (len(o) == 4)

    wrong = (
        Wrong("flipped", lambda o, w: exercise.solve(o, w) + 1),
        Wrong("too-short", wrong_for_four_only),
    )
    report = check_exercise(replace(exercise, wrong=wrong), wrong_for_four_only, 2.0)
    assert report.misconception == "too-short"


def test_another_index_error_is_not_taken_for_a_border():
    """It comes in the same cases as a missing guard, but with another message."""

    def student(delta, w):
        return delta[100] if len(w) > 1 else np.convolve(delta, w)

    report = exercises.check("input_gradient_1d", student)
    assert report.misconception == "raised"
    assert "index 100" in report.note


def test_a_variant_must_fail_in_the_same_way():
    def student(o, w):
        x = scipy.signal.correlate2d(o, w, "valid")
        return x.T if x.shape[0] == x.shape[1] else None

    assert exercises.check("cross_correlate_2d", student).misconception != "transposed"


def test_a_bias_gradient_that_is_wrong_everywhere_is_shown_on_one_axis():
    assert exercises.check("bias_gradient", np.mean).case.arguments["delta"].ndim == 1
