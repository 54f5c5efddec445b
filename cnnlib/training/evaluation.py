"""How good a network is on images it was not trained with."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnnlib import _checks as checks
from cnnlib import ops
from cnnlib._checks import Array
from cnnlib.network import Network
from cnnlib.training.arguments import labelled_images


@dataclass(frozen=True, eq=False, repr=False)
class Evaluation:
    """Loss, accuracy, and which images were misread.

    Attributes
    ----------
    loss : float
        The mean softmax cross-entropy.
    labels : ndarray of int, shape (N,)
        The right classes.
    probabilities : ndarray, shape (N, D)
        What the network holds each class for.
    """

    loss: float
    labels: NDArray[np.intp]
    probabilities: Array

    @property
    def predicted(self) -> NDArray[np.intp]:
        """The most probable class of each image."""
        predicted: NDArray[np.intp] = self.probabilities.argmax(axis=1)
        return predicted

    @property
    def accuracy(self) -> float:
        """The share of images read right, 0 to 1."""
        return float(np.mean(self.predicted == self.labels))

    @property
    def confusion(self) -> NDArray[np.intp]:
        """How many images of each class (row) were read as each class (column)."""
        counts = np.zeros((self.probabilities.shape[1],) * 2, np.intp)
        np.add.at(counts, (self.labels, self.predicted), 1)
        return counts

    def worst(self, count: int = 10) -> NDArray[np.intp]:
        """The indices of misread images, the least probable right class first.

        Parameters
        ----------
        count : int
            At most so many.

        Returns
        -------
        ndarray of int, shape (up to count,)

        Raises
        ------
        TypeError
            count is not an integer.
        ValueError
            It is not positive.
        """
        most = checks.integer("count", count, least=1)
        wrong = np.flatnonzero(self.predicted != self.labels)
        hopes = self.probabilities[wrong, self.labels[wrong]]
        return wrong[np.argsort(hopes, kind="stable")][:most]

    def __repr__(self) -> str:
        wrong = int(np.sum(self.predicted != self.labels))
        return (
            f"<Evaluation: loss {self.loss:.4f}, accuracy {self.accuracy:.2%}, "
            f"{wrong} of {len(self.labels)} misread>"
        )


def evaluate(network: Network, images: ArrayLike, labels: ArrayLike) -> Evaluation:
    """Loss, accuracy and probabilities of a network, which is not changed.

    Parameters
    ----------
    network : Network
    images : array_like, shape (N, C, *S)
    labels : array_like of int, shape (N,)

    Returns
    -------
    Evaluation

    Raises
    ------
    TypeError
        Something is not of real numbers, or labels are not integers.
    ValueError
        Shapes do not fit, or a label is not a class.
    """
    images, labels = labelled_images(network, images, labels)
    scores = network.scores(images)
    loss, _ = ops.softmax_cross_entropy(scores, labels)
    return Evaluation(loss, labels, ops.softmax(scores))
