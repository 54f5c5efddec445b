"""The course as a zip to unpack and run, with and without solutions; the same bytes each time."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
TOP = "how-cnns-learn"
ALWAYS = (
    *("README.md", "LICENSE", "LICENSE-CC-BY.txt", "Makefile", "pyproject.toml"),
    *("requirements.lock", "environment.yml", "data/**/*"),
    *("cnnlib/**/*", "notebooks/*.ipynb", "figures/*.svg", "figures/*.gif", "figures/*.png"),
)
FOR_LECTURERS = ("notebooks/solutions/*.ipynb", "notebooks/lecturing.md")
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_LEFT_OUT = ("__pycache__", "js")


def write(site: Path) -> dict[str, Path]:
    """Both archives, by what they are for."""
    folder = site / "downloads"
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {"students": ALWAYS, "lecturers": (*ALWAYS, *FOR_LECTURERS)}
    names = {"students": f"{TOP}.zip", "lecturers": f"{TOP}-with-solutions.zip"}
    return {who: _archive(folder / names[who], patterns) for who, patterns in wanted.items()}


def _archive(path: Path, patterns: tuple[str, ...]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for file in _files(patterns):
            entry = zipfile.ZipInfo(f"{TOP}/{file.relative_to(ROOT).as_posix()}", _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, file.read_bytes())
    return path


def _files(patterns: tuple[str, ...]) -> Iterator[Path]:
    found = {file for pattern in patterns for file in ROOT.glob(pattern) if file.is_file()}
    for file in sorted(found):
        if not set(_LEFT_OUT) & set(file.relative_to(ROOT).parts):
            yield file
