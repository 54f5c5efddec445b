"""Is every gradient of a whole network right? Nudge each of its weights and compare."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnnlib import _checks as checks
from cnnlib import ops
from cnnlib._checks import Array
from cnnlib.gradcheck import numerical_gradient, relative_error
from cnnlib.network.network import Network


def gradient_errors(
    network: Network, images: ArrayLike, labels: ArrayLike, *, most: int | None = None
) -> dict[str, float]:
    """The relative error of each parameter's gradient against central differences, in float64.

    E is the softmax cross-entropy of the scores. Every weight costs two forward passes, so take
    few images; about 1e-9 is agreement, above 1e-4 a formula is wrong. Biases are moved a little
    before the check: where an image is blank, a bias of 0 puts x exactly on the kink of ReLU.

    Parameters
    ----------
    network : Network
        It is not changed.
    images : array_like, shape (N, C, *S)
    labels : array_like of int, shape (N,)
    most : int, optional
        Check at most so many numbers of each parameter, chosen at random but always the same.

    Returns
    -------
    dict
        ``{"conv1.w": 1e-10, ...}``

    Raises
    ------
    TypeError
        Something is not an array of numbers.
    ValueError
        The shapes do not fit, or a label is not a class.
    """
    exact = network.copy(dtype=float)
    exact.parameters = start = _off_the_kink(exact.parameters)

    def error(name: str) -> float:
        chosen = _some(start[name].size, most)

        def loss(values: Array) -> float:
            w = start[name].copy()
            w.flat[chosen] = values
            exact.parameters = {**start, name: w}
            return ops.softmax_cross_entropy(exact.forward(images).scores, labels)[0]

        expected = numerical_gradient(loss, start[name].flat[chosen])
        return relative_error(gradients[name].flat[chosen], expected)

    trace = exact.forward(images)
    dloss = ops.softmax_cross_entropy(trace.scores, labels)[1]
    gradients = exact.backward(trace, dloss)
    return {name: error(name) for name in start}


def _off_the_kink(parameters: Mapping[str, Array]) -> dict[str, Array]:
    random = np.random.default_rng(0)
    return {
        name: values + (0.1 * random.normal(size=values.shape) if values.ndim == 1 else 0)
        for name, values in parameters.items()
    }


def _some(size: int, most: int | None) -> NDArray[np.intp]:
    """Which numbers of a parameter are checked."""
    if most is None:
        return np.arange(size)
    return np.random.default_rng(0).permutation(size)[: checks.integer("most", most, least=1)]
