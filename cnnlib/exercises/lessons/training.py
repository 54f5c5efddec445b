"""Lesson 10: the whole training step of one layer, and a way back with a bug in it."""

from collections.abc import Callable
from functools import cache

import numpy as np

from cnnlib import ops
from cnnlib.exercises.cases import case, frozen, grid, halves, whole
from cnnlib.exercises.kit import slide, turned
from cnnlib.exercises.reading import a_pair
from cnnlib.exercises.task import Array, Case, Exercise, Wrong

Pair = tuple[Array, Array]
Sizes = tuple[int, int]
Delta = Callable[[Array, Array], Array]


def delta_of(scores: Array, labels: Array) -> Array:
    """The gradient at the scores, (p - onehot) / N."""
    return np.asarray(ops.softmax_cross_entropy(scores, labels)[1])


def training_step(o: Array, labels: Array, w: Array, b: Array, rate: float) -> Pair:
    """Forward, delta, gradients, step."""
    return _with(delta_of)(o, labels, w, b, rate)


def two_layers_backward(o: Array, w: Array, v: Array, label: int) -> Pair:
    """dE/dw and dE/dv of conv, ReLU, dense, softmax."""
    return _back(o, w, v, label)


def _with(find: Delta) -> Callable[..., Pair]:
    def step(o: Array, labels: Array, w: Array, b: Array, rate: float) -> Pair:
        delta = find(o @ w.T + b, labels)
        return w - rate * delta.T @ o, b - rate * delta.sum(axis=0)

    return step


def _onehot(scores: Array, labels: Array) -> Array:
    return np.asarray(np.eye(scores.shape[1])[labels.astype(int)])


def _softmax_twice(scores: Array, labels: Array) -> Array:
    p, delta = ops.softmax(scores), delta_of(scores, labels)
    return np.asarray(p * (delta - (delta * p).sum(axis=1, keepdims=True)))


def _over_the_batch(scores: Array, labels: Array) -> Array:
    p = ops.softmax(scores.T).T
    return np.asarray((p - _onehot(scores, labels)) / len(labels))


def _first_image(share: bool) -> Delta:
    def find(scores: Array, labels: Array) -> Array:
        delta = delta_of(scores, labels) * (1 if share else len(labels))
        return np.concatenate([delta[:1], np.zeros_like(delta[1:])])

    return find


def _gradients(o: Array, labels: Array, w: Array, b: Array, rate: float) -> Pair:
    delta = delta_of(o @ w.T + b, labels)
    return delta.T @ o, delta.sum(axis=0)


def _bias_first(o: Array, labels: Array, w: Array, b: Array, rate: float) -> Pair:
    new_b = b - rate * _gradients(o, labels, w, b, rate)[1]
    return w - rate * _gradients(o, labels, w, new_b, rate)[0], new_b


def _step_only(sign: float) -> Callable[..., Pair]:
    def step(o: Array, labels: Array, w: Array, b: Array, rate: float) -> Pair:
        d_w, d_b = _gradients(o, labels, w, b, rate)
        return sign * rate * d_w, sign * rate * d_b

    return step


def _no_bias(o: Array, labels: Array, w: Array, b: Array, rate: float) -> Pair:
    return training_step(o, labels, w, b, rate)[0], b


def _weights_not_turned(o: Array, labels: Array, w: Array, b: Array, rate: float) -> Pair:
    delta = delta_of(o @ w + b, labels)
    return w - rate * delta.T @ o, b - rate * delta.sum(axis=0)


def _gradient_turned(o: Array, labels: Array, w: Array, b: Array, rate: float) -> Pair:
    delta = delta_of(o @ w.T + b, labels)
    return w - rate * o.T @ delta, b - rate * delta.sum(axis=0)


def _full_length(o: Array, labels: Array, w: Array, b: Array, rate: float) -> Pair:
    return training_step(o, labels, w, b, 1.0)


def _through_relu(d_h: Array, x: Array) -> Array:
    return np.asarray(ops.relu_backward(d_h, x))


def _back(
    o: Array,
    w: Array,
    v: Array,
    label: int,
    *,
    bend: Callable[[Array, Array], Array] = _through_relu,
    to_weights: Callable[[Array, Array], Array] = slide,
    find: Delta = delta_of,
    dense_input: Callable[[Array], Array] = ops.relu,
) -> Pair:
    x = slide(o, w)
    h = ops.relu(x)
    delta = find((v @ h.ravel())[None], np.array([label]))[0]
    d_h = (v.T @ delta).reshape(x.shape)
    return to_weights(o, bend(d_h, x)), np.outer(delta, dense_input(x).ravel())


def _bent(bend: Callable[[Array, Array], Array]) -> Callable[..., Pair]:
    return lambda o, w, v, label: _back(o, w, v, label, bend=bend)


def _step_case(name: str, seed: int, sizes: tuple[int, int, int], rate: float) -> Case:
    images, inputs, classes = sizes
    labels = np.random.default_rng(seed + 3).integers(0, classes, images)
    return case(
        name,
        o=frozen(whole(seed, images, inputs) / 2),
        labels=labels,
        w=frozen(halves(seed + 1, classes, inputs) / 4),
        b=frozen(halves(seed + 2, classes) / 4),
        rate=rate,
    )


@cache
def step_cases() -> tuple[tuple[Case, ...], ...]:
    """Batches of one to seven images, two to five classes, rates from 0 to above 1."""
    small = case(
        "one image, two classes",
        o=grid([1, 2]),
        labels=np.array([1]),
        w=grid([0.5, -1], [1, 0.25]),
        b=grid(0.5, -0.5),
        rate=0.5,
    )
    sizes = [
        ("two images", 2, 3, 2, 0.5),
        ("three classes", 3, 2, 3, 0.25),
        ("more images than classes", 7, 3, 2, 0.5),
        ("more classes than images", 2, 3, 5, 0.5),
        ("rate 0", 3, 4, 3, 0.0),
        ("rate 1", 4, 3, 3, 1.0),
        ("rate 2", 2, 4, 3, 2.0),
        ("one input", 3, 1, 4, 0.5),
        ("a small rate", 4, 2, 3, 0.125),
        ("five classes", 5, 3, 5, 0.75),
        ("a larger batch", 6, 4, 3, 0.5),
    ]
    made = [
        _step_case(name, 700 + 10 * n, (images, inputs, classes), rate)
        for n, (name, images, inputs, classes, rate) in enumerate(sizes)
    ]
    return ((small, *made),)


def _back_case(name: str, seed: int, image: Sizes, kernel: Sizes, classes: int) -> Case:
    x = tuple(n - k + 1 for n, k in zip(image, kernel, strict=True))
    return case(
        name,
        o=whole(seed, *image),
        w=frozen(halves(seed + 1, *kernel) / 2),
        v=frozen(halves(seed + 2, classes, int(np.prod(x))) / 8),
        label=seed % classes,
    )


@cache
def back_cases() -> tuple[tuple[Case, ...], ...]:
    """Maps and kernels that are not square, with positive and negative x."""
    sizes: list[tuple[Sizes, Sizes, int]] = [
        *(((4, 4), (2, 2), 3), ((3, 4), (2, 2), 2), ((4, 5), (2, 3), 3), ((5, 3), (3, 2), 4)),
        *(((3, 6), (1, 3), 3), ((6, 3), (3, 1), 3), ((5, 6), (2, 3), 2), ((4, 6), (3, 2), 5)),
        *(((5, 5), (2, 3), 3), ((6, 4), (2, 2), 4), ((3, 3), (2, 2), 3), ((5, 7), (3, 3), 3)),
    ]
    names = (f"{h} × {w} input, {a} × {b} kernel" for (h, w), (a, b), _ in sizes)
    made = (
        _back_case(n, 901 + 11 * k, *s) for k, (n, s) in enumerate(zip(names, sizes, strict=True))
    )
    return (tuple(made),)


EXERCISES = (
    Exercise(
        title="Write the training step",
        lesson="10_train_a_cnn",
        statement="o is a batch of images, one row each, shape (N, inputs); labels holds N class "
        "numbers; w (classes, inputs) and b (classes,) are a dense layer, and E is the mean "
        "softmax cross-entropy of its scores. Return w and b after one step of gradient descent.",
        solve=training_step,
        families=step_cases,
        read=a_pair("w", "b"),
        linear=False,
        wrong=(
            Wrong(
                "wrong-sign",
                _with(lambda s, t: -delta_of(s, t)),
                "You step uphill: the loss grows.",
            ),
            Wrong("sum-for-mean", _with(lambda s, t: delta_of(s, t) * len(t))),
            Wrong("softmax-twice", _with(_softmax_twice)),
            Wrong("scores-for-probabilities", _with(lambda s, t: (s - _onehot(s, t)) / len(t))),
            Wrong("onehot-forgotten", _with(lambda s, t: ops.softmax(s) / len(t))),
            Wrong("softmax-over-batch", _with(_over_the_batch)),
            Wrong("batch-not-summed", _with(_first_image(True))),
            Wrong("batch-not-summed", _with(_first_image(False))),
            Wrong("bias-forgotten", _no_bias),
            Wrong("updated-too-early", _bias_first, "You step b, and compute the scores again."),
            Wrong("rate-forgotten", _full_length),
            Wrong(
                "transposed",
                _weights_not_turned,
                "Your scores are o @ w. One row of w belongs to one class: o meets it as w.T.",
                "With two inputs and two classes both fit. With other sizes Python stops.",
            ),
            Wrong(
                "transposed",
                _gradient_turned,
                "Your ∂E/∂w has inputs as rows, and w has classes as rows.",
                "A gradient has the shape of what it belongs to: here that of w.",
            ),
            Wrong("step-for-weights", _gradients),
            Wrong("step-for-weights", _step_only(1.0)),
            Wrong("step-for-weights", _step_only(-1.0)),
        ),
        hint="Four lines: scores, δ, gradients, step. Which of them can you test alone?",
        second_hint="δ is (p − onehot) / N. Then ∂E/∂w pairs each δ with the input it met.",
    ),
    Exercise(
        title="Find the bug",
        lesson="10_train_a_cnn",
        statement="o is one map, w a kernel, x = o ⊗ w, h = relu(x); v (classes, size of h) are "
        "the dense weights on h, flattened row by row; E is the softmax cross-entropy for label. "
        "Return ∂E/∂w and ∂E/∂v.",
        solve=two_layers_backward,
        families=back_cases,
        read=a_pair("d_w", "d_v"),
        linear=False,
        wrong=(
            Wrong("derivative-missing", _bent(lambda d_h, x: d_h)),
            Wrong(
                "flipped",
                lambda o, w, v, label: _back(
                    o, w, v, label, to_weights=lambda o, d_x: turned(slide(o, d_x))
                ),
            ),
            Wrong(
                "wrong-sign",
                lambda o, w, v, label: _back(o, w, v, label, find=lambda s, t: -delta_of(s, t)),
            ),
            Wrong(
                "onehot-forgotten",
                lambda o, w, v, label: _back(o, w, v, label, find=lambda s, t: ops.softmax(s)),
            ),
            Wrong(
                "softmax-twice", lambda o, w, v, label: _back(o, w, v, label, find=_softmax_twice)
            ),
            Wrong(
                "relu-assumed",
                lambda o, w, v, label: _back(o, w, v, label, dense_input=lambda x: x),
                "∂E/∂v needs what the dense layer was given: h, after the ReLU.",
                "v met h on the way forward, not x.",
            ),
        ),
        hint="Which of the two gradients is right? What it needs is right as well.",
        second_hint="Put one number in and follow it back by hand. At each line ask: which number "
        "did this factor meet on the way forward?",
    ),
)
