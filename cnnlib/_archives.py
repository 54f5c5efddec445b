"""Arrays and their description in one .npz file that holds no code and is checked when read."""

import json
import os
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from textwrap import shorten
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

PathLike = str | os.PathLike[str]
Contents = tuple[dict[str, Any], dict[str, NDArray[Any]]]
DESCRIPTION = "description"
LONGEST_REASON = 120
MOST_BYTES = 1 << 30  # unpacked: a small damaged file may claim to be huge


def write(
    path: PathLike, kind: str, about: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]
) -> None:
    """Write a file whole or not at all: an interruption leaves the one that was there."""
    path = _file(path)
    unfinished = path.with_name(path.name + ".part")
    description = json.dumps({"kind": kind, **about})
    parts: dict[str, Any] = {DESCRIPTION: np.array(description), **arrays}
    with open(unfinished, "wb") as file:
        np.savez_compressed(file, **parts)
    os.replace(unfinished, path)


@contextmanager
def reading(path: PathLike, kind: str) -> Iterator[Contents]:
    """The description and the arrays; whatever is wrong, here or in the block, is a ValueError."""
    with open(_file(path), "rb") as file:
        try:
            yield _contents(file, kind)
        except Exception as error:  # a damaged file fails in a dozen ways inside zip and NumPy
            raise ValueError(
                f"{Path(path).name} is not {kind}, or is damaged ({_brief(error)}): "
                "pass a file that save() wrote"
            ) from error


def path_of(name: str, value: PathLike, expected: str) -> Path:
    """A path; a number would be one of the system's open files."""
    if not isinstance(value, str | os.PathLike):
        raise TypeError(f"{name} is of type {type(value).__name__}; {expected}")
    return Path(value)


def _file(path: PathLike) -> Path:
    """A file's path, and no folder's."""
    file = path_of("path", path, 'a file is expected: pass its name, "run.npz"')
    if not file.name or file.is_dir():
        raise IsADirectoryError(f"{str(path)!r} is a folder; a file is expected: add its name")
    return file


def _brief(error: Exception) -> str:
    """What an error says, at most a line of it: zip quotes whole files in its own."""
    return shorten(str(error) or type(error).__name__, LONGEST_REASON, placeholder=" ...")


def _contents(file: IO[bytes], kind: str) -> Contents:
    with zipfile.ZipFile(file) as parts:
        size = sum(part.file_size for part in parts.infolist())
    if size > MOST_BYTES:
        raise ValueError(f"it says that it holds {size} bytes, more than {MOST_BYTES}")
    file.seek(0)
    with np.load(file, allow_pickle=False) as archive:
        arrays = {name: archive[name] for name in archive.files}
    about = json.loads(str(arrays.pop(DESCRIPTION)[()]))
    if about["kind"] != kind:
        raise ValueError(f"it is {about['kind']}")
    return about, arrays
