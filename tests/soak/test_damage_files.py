"""Five hundred damaged files for every loader: a clear error or good data, never anything else."""

import gzip
import struct

import numpy as np
import pytest

from cnnlib import data
from cnnlib.network import Network, small_cnn
from cnnlib.training import State, fit

FILES = 500


def network_file(folder):
    path = folder / "whole.npz"
    small_cnn(1).save(path)
    return path, Network.load


def state_file(folder):
    path = folder / "whole.npz"
    (images, labels), _ = data.digits()
    for step in fit(small_cnn(1), images[:64], labels[:64], epochs=1):
        step.state.save(path)
    return path, State.load


def idx_file(folder, zipped):
    path = folder / "whole"
    images = np.random.default_rng(3).integers(0, 256, (7, 5, 4), dtype=np.uint8)
    content = struct.pack(">HBB3I", 0, 8, 3, *images.shape) + images.tobytes()
    path.write_bytes(gzip.compress(content) if zipped else content)
    return path, data.read_idx


LOADERS = {
    "network": network_file,
    "state": state_file,
    "idx": lambda folder: idx_file(folder, zipped=False),
    "idx-gz": lambda folder: idx_file(folder, zipped=True),
}


def cut(content, random):
    return content[: random.integers(0, len(content))]


def flipped(content, random):
    changed = bytearray(content)
    for place in random.integers(0, len(content), random.integers(1, 9)):
        changed[place] ^= random.integers(1, 256)
    return bytes(changed)


def blanked(content, random):
    start, length = random.integers(0, len(content)), int(random.integers(1, 200))
    return content[:start] + bytes(length) + content[start + length :]


def stuffed(content, random):
    start = random.integers(0, len(content))
    return content[:start] + random.bytes(int(random.integers(1, 300))) + content[start:]


def shuffled(content, random):
    first, second = sorted(random.integers(0, len(content), 2))
    return content[second:] + content[first:second] + content[:first]


def foreign(_, random):
    heads = [b"", b"PK\x03\x04", b"\x93NUMPY\x01\0", b"\x1f\x8b\x08", b"\0\0\x08\x03", b"<html>"]
    return heads[random.integers(len(heads))] + random.bytes(int(random.integers(0, 400)))


DAMAGE = (cut, flipped, blanked, stuffed, shuffled, foreign)


@pytest.mark.parametrize("name", LOADERS)
def test_a_damaged_file_is_named_in_a_clear_error_or_reads_well(name, tmp_path):
    whole, load = LOADERS[name](tmp_path)
    content = whole.read_bytes()
    random = np.random.default_rng(0)
    path, refused = tmp_path / "damaged", []
    for number in range(FILES):
        path.write_bytes(DAMAGE[number % len(DAMAGE)](content, random))
        try:
            load(path)
        except ValueError as error:
            refused.append(str(error))
    assert len(refused) > FILES / 2
    assert [text for text in refused if "damaged" not in text or len(text) > 600] == []
    assert whole.read_bytes() == content


def test_mnist_of_damaged_parts_says_which(tmp_path):
    whole, _ = idx_file(tmp_path, zipped=True)
    names = ("train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1")
    random, content = np.random.default_rng(1), whole.read_bytes()
    for _ in range(FILES):
        for name in names:
            damage = DAMAGE[random.integers(len(DAMAGE))]
            (tmp_path / f"{name}-ubyte").write_bytes(damage(content, random))
        with pytest.raises(ValueError, match="train|t10k"):
            data.mnist(tmp_path)
