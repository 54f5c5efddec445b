import gzip
import struct

import numpy as np
import pytest

from cnnlib import data

IMAGES = np.random.default_rng(3).integers(0, 256, (7, 5, 4), dtype=np.uint8)
LABELS = np.array([3, 1, 4, 1, 5, 9, 2], np.uint8)
NAMES = {
    "train-images-idx3-ubyte": IMAGES,
    "train-labels-idx1-ubyte": LABELS,
    "t10k-images-idx3-ubyte": IMAGES[:3],
    "t10k-labels-idx1-ubyte": LABELS[:3],
}


def idx(array):
    """The bytes of an IDX file, written out by hand."""
    return struct.pack(f">HBB{array.ndim}I", 0, 8, array.ndim, *array.shape) + array.tobytes()


def write_mnist(folder, ending="", change=lambda name: name):
    for name, array in NAMES.items():
        content = idx(array)
        path = folder / (change(name) + ending)
        path.write_bytes(gzip.compress(content) if ending else content)


def test_digits_are_small_pictures_from_0_to_1():
    for images, labels in data.digits():
        assert images.dtype == np.float32
        assert images.shape == (len(labels), 1, 8, 8)
        assert (images.min(), images.max()) == (0, 1)
        np.testing.assert_array_equal(images * 16, np.round(images * 16))
        assert labels.dtype == np.intp


def test_360_digits_are_kept_for_the_test_and_each_has_its_share():
    (_, train_labels), (_, test_labels) = data.digits()
    assert (len(train_labels), len(test_labels)) == (1437, 360)
    counts = np.bincount(np.concatenate([train_labels, test_labels]))
    assert counts.tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert np.abs(np.bincount(test_labels) - counts / 5).max() < 1


def test_the_split_is_the_same_each_time_and_shares_no_image():
    (train, _), (test, test_labels) = data.digits()
    np.testing.assert_array_equal(test, data.digits()[1][0])
    assert test_labels[:10].tolist() == [0, 2, 4, 7, 1, 6, 8, 9, 5, 3]
    assert {image.tobytes() for image in train}.isdisjoint(image.tobytes() for image in test)


def test_the_first_digit_is_the_zero_that_everybody_knows():
    image = 16 * data.digits()[1][0][0, 0]
    assert image[0].tolist() == [0, 0, 5, 13, 9, 1, 0, 0]
    assert image[3].tolist() == [0, 4, 12, 0, 0, 8, 8, 0]


def test_the_digits_say_where_they_come_from(root):
    text = (root / "cnnlib" / "data" / "files" / "digits.txt").read_text(encoding="utf-8")
    assert "CC BY 4.0" in text
    assert "UCI" in text


@pytest.mark.parametrize("ending", ["", ".gz"])
def test_mnist_files_are_read_plain_and_gzipped(tmp_path, ending):
    write_mnist(tmp_path, ending)
    (images, labels), (test_images, test_labels) = data.mnist(tmp_path)
    assert images.dtype == np.float32
    np.testing.assert_allclose(images, IMAGES[:, None] / 255, rtol=1e-6)
    np.testing.assert_array_equal(labels, LABELS)
    assert test_images.shape == (3, 1, 5, 4)
    assert test_labels.tolist() == [3, 1, 4]


def test_the_other_spelling_of_the_names_is_found(tmp_path):
    write_mnist(tmp_path, change=lambda name: name.replace("-idx", ".idx"))
    assert data.mnist(str(tmp_path))[0][1].tolist() == LABELS.tolist()


def test_a_missing_file_is_named(tmp_path):
    write_mnist(tmp_path)
    (tmp_path / "t10k-labels-idx1-ubyte").unlink()
    with pytest.raises(FileNotFoundError, match=r"t10k-labels-idx1-ubyte, with or without \.gz"):
        data.mnist(tmp_path)
    with pytest.raises(FileNotFoundError):
        data.read_idx(tmp_path / "nowhere")


WHOLE = idx(IMAGES)
ZIPPED = gzip.compress(WHOLE)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "begins with nothing"),
        (b"\x89PNG....", "another kind of file"),
        (b"\0\0\x08\x09" + bytes(40), "another kind of file"),
        (b"\0\0\x0d\x01" + bytes(8), "kind 0x0d"),
        (WHOLE[:10], "ends within its header"),
        (WHOLE[:-1], r"only 139 bytes; its header says \(7, 5, 4\), which is 140"),
        (WHOLE + b"\0", "holds more bytes"),
        (struct.pack(">HBB3I", 0, 8, 3, *[2**31] * 3), "at most"),
        (ZIPPED[:-12], "damaged gzip file"),
        (ZIPPED[:30] + b"\x55\xaa\x55" + ZIPPED[33:], "damaged"),
        (gzip.compress(b"no"), "begins with"),
    ],
    ids=range(11),
)
def test_damaged_and_foreign_idx_files_say_what_is_wrong(tmp_path, content, says):
    path = tmp_path / "images"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=says):
        data.read_idx(path)


def test_every_single_byte_cut_off_or_changed_is_a_value_error_or_an_array(tmp_path):
    path, random = tmp_path / "images", np.random.default_rng(0)
    for length in range(0, len(ZIPPED), 7):
        path.write_bytes(ZIPPED[:length])
        with pytest.raises(ValueError, match="images"):
            data.read_idx(path)
    for _ in range(100):
        changed = bytearray(ZIPPED)
        changed[random.integers(2, len(ZIPPED))] ^= random.integers(1, 256)
        path.write_bytes(changed)
        try:
            assert data.read_idx(path).shape == IMAGES.shape
        except ValueError as error:
            assert "images" in str(error)  # noqa: PT017


def test_images_and_labels_that_do_not_fit_are_named(tmp_path):
    write_mnist(tmp_path)
    (tmp_path / "train-labels-idx1-ubyte").write_bytes(idx(LABELS[:5]))
    with pytest.raises(ValueError, match="7 images and train-labels 5 labels"):
        data.mnist(tmp_path)
    (tmp_path / "train-labels-idx1-ubyte").write_bytes(idx(IMAGES))
    with pytest.raises(ValueError, match="1 axes, none empty"):
        data.mnist(tmp_path)
    (tmp_path / "train-images-idx3-ubyte").write_bytes(idx(IMAGES[:0]))
    with pytest.raises(ValueError, match="none empty"):
        data.mnist(tmp_path)


@pytest.mark.parametrize("path", [3, True, None, b"folder"])
def test_what_is_no_path_is_named_and_nothing_is_opened(path):
    with pytest.raises(TypeError, match=r"folder is of type \w+; a path is expected"):
        data.mnist(path)
    with pytest.raises(TypeError, match="a path is expected"):
        data.read_idx(path)


def test_the_signal_and_the_photograph_are_there():
    assert data.recorded_signal().shape == (800,)
    picture = data.photograph(20)
    assert picture.shape == (20, 20)
    assert 0 <= picture.min() < picture.max() <= 1
