"""MNIST's 28 by 28 digits, or others in its IDX form, from files that the reader has."""

import gzip
import math
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

import numpy as np
from numpy.typing import NDArray

from cnnlib._archives import PathLike, path_of
from cnnlib.data.handwriting import Labelled

EXPECTED = "a path is expected: pass a text"
BYTES_OF_NUMBERS = 0x08  # the code of unsigned bytes in an IDX header
MOST_BYTES = 1 << 30
MOST_AXES = 4
BLACKEST = 255
GZIP = b"\x1f\x8b"


def mnist(folder: PathLike) -> tuple[Labelled, Labelled]:
    """MNIST, or a set in its form, from its four IDX files, plain or gzipped.

    Parameters
    ----------
    folder : path
        Where ``train-images-idx3-ubyte``, ``train-labels-idx1-ubyte``, ``t10k-images-idx3-ubyte``
        and ``t10k-labels-idx1-ubyte`` are, each with or without ``.gz``. Nothing is downloaded.

    Returns
    -------
    (train_images, train_labels), (test_images, test_labels)
        Images are float32 of shape (N, 1, rows, columns), 0 paper to 1 ink; labels are integers
        of shape (N,).

    Raises
    ------
    FileNotFoundError
        One of the files is not there.
    ValueError
        A file is damaged, is not an IDX file of bytes, or images and labels do not fit together.
    """
    place = path_of("folder", folder, EXPECTED)
    return _labelled(place, "train"), _labelled(place, "t10k")


def read_idx(path: PathLike) -> NDArray[np.uint8]:
    """One IDX file of unsigned bytes, plain or gzipped.

    Parameters
    ----------
    path : path

    Returns
    -------
    ndarray of uint8
        With the shape that the file's header gives.

    Raises
    ------
    TypeError
        It is not a path.
    OSError
        The file cannot be opened.
    ValueError
        It is damaged, or not an IDX file of unsigned bytes.
    """
    with open(path_of("path", path, EXPECTED), "rb") as plain:
        is_zipped = plain.read(2) == GZIP
        plain.seek(0)
        file = cast(IO[bytes], gzip.GzipFile(fileobj=plain)) if is_zipped else plain
        try:
            return _array(file, Path(path).name)
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise ValueError(
                f"{Path(path).name} is a damaged gzip file ({error}): fetch it again"
            ) from error


def _array(file: IO[bytes], name: str) -> NDArray[np.uint8]:
    shape = _shape(file, name)
    size = math.prod(shape)
    numbers = file.read(size + 1)  # one more than there should be, to see that there is none
    if len(numbers) != size:
        found = "more" if len(numbers) > size else f"only {len(numbers)}"
        raise ValueError(
            f"{name} holds {found} bytes; its header says {shape}, which is {size}: "
            "the file is damaged, fetch it again"
        )
    return np.frombuffer(numbers, np.uint8).reshape(shape)


def _shape(file: IO[bytes], name: str) -> tuple[int, ...]:
    """The header: two zeros, the code of the numbers, how many axes, and each axis' size."""
    header = file.read(4)
    if len(header) < 4 or header[:2] != b"\0\0" or not 1 <= header[3] <= MOST_AXES:
        raise ValueError(
            f"{name} begins with {header.hex(' ') or 'nothing'}; an IDX file begins with "
            "00 00 08 and the number of axes: is it another kind of file?"
        )
    if header[2] != BYTES_OF_NUMBERS:
        raise ValueError(
            f"{name} holds numbers of kind 0x{header[2]:02x}; unsigned bytes, 0x08, are expected: "
            "pass MNIST's own files"
        )
    sizes = file.read(4 * header[3])
    if len(sizes) < 4 * header[3]:
        raise ValueError(f"{name} ends within its header: the file is damaged, fetch it again")
    shape = tuple(int(n) for n in np.frombuffer(sizes, ">u4"))
    if math.prod(shape) > MOST_BYTES:
        raise ValueError(
            f"{name} says that it holds an array of {shape}; at most {MOST_BYTES} bytes are "
            "expected: the file is damaged, or too large for this course"
        )
    return shape


def _labelled(folder: Path, part: str) -> Labelled:
    images = _with_axes(_find(folder, f"{part}-images", 3), 3)
    labels = _with_axes(_find(folder, f"{part}-labels", 1), 1)
    if len(images) != len(labels):
        raise ValueError(
            f"{part}-images holds {len(images)} images and {part}-labels {len(labels)} labels; "
            "one label per image is expected: take both files from one set"
        )
    grey = images[:, None].astype(np.float32)
    grey /= BLACKEST
    return grey, labels.astype(np.intp)


def _with_axes(path: Path, axes: int) -> NDArray[np.uint8]:
    numbers = read_idx(path)
    if numbers.ndim != axes or 0 in numbers.shape:
        raise ValueError(
            f"{path.name} holds an array of {numbers.shape}; {axes} axes, none empty, are "
            "expected: is it under the right name?"
        )
    return numbers


def _find(folder: Path, name: str, axes: int) -> Path:
    for path in _names(folder, name, axes):
        if path.is_file():
            return path
    raise FileNotFoundError(
        f"{folder} has no {name}-idx{axes}-ubyte, with or without .gz: "
        "put the four MNIST files into this folder"
    )


def _names(folder: Path, name: str, axes: int) -> Iterator[Path]:
    """Two spellings are about, with a dash and with a dot."""
    for joint in "-.":
        for ending in ("", ".gz"):
            yield folder / f"{name}{joint}idx{axes}-ubyte{ending}"
