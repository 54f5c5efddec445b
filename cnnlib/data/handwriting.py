"""Handwritten digits, 8 by 8 pixels, and their split into training and test."""

from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

DARKEST = 16  # the file counts black pixels in blocks of 4 by 4
EVERY = 5  # one in five is kept for the test

Labelled = tuple[NDArray[np.float32], NDArray[np.intp]]


def digits() -> tuple[Labelled, Labelled]:
    """Real handwriting: 1,797 digits by 13 people, 1,437 to train with and 360 to test with.

    Returns
    -------
    (train_images, train_labels), (test_images, test_labels)
        Images are float32 of shape (N, 1, 8, 8), 0 paper to 1 ink; labels are integers, 0 to 9,
        of shape (N,). The split is the same each time, and each digit has its share of the test
        to within one image.

    Notes
    -----
    Optical Recognition of Handwritten Digits, E. Alpaydin and C. Kaynak, UCI Machine Learning
    Repository, CC BY 4.0; the origin is told in ``cnnlib/data/files/digits.txt``.

    Examples
    --------
    >>> (train_images, train_labels), (test_images, test_labels) = digits()
    >>> train_images.shape, test_images.shape
    ((1437, 1, 8, 8), (360, 1, 8, 8))
    """
    with (
        files("cnnlib.data").joinpath("files/digits.npz").open("rb") as file,
        np.load(file, allow_pickle=False) as arrays,
    ):
        counts, labels = arrays["images"], arrays["labels"].astype(np.intp)
    images = (counts[:, None] / np.float32(DARKEST)).astype(np.float32)
    test = _is_test(labels)
    return (images[~test], labels[~test]), (images[test], labels[test])


def _is_test(labels: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Every fifth image of each digit: the file's order keeps a writer's digits together."""
    test = np.zeros(len(labels), bool)
    test[np.argsort(labels, kind="stable")[::EVERY]] = True
    return test
