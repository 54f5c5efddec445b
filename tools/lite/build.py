"""The course without a server: `python -m tools.lite.build` writes build/lite (see `make lite`).

JupyterLite with Python compiled for the browser. JupyterLab, Python, SymPy, the widgets and the
lessons are files of the site. What is compiled beside Python itself (NumPy, Matplotlib and what
they need) is part of a Pyodide distribution: it comes from Pyodide's own address when a reader
starts a lesson, or with PYODIDE=folder from a distribution that is copied into the site.
"""

import argparse
import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from jupyterlite_pyodide_kernel.constants import PYODIDE_CDN_URL, PYODIDE_VERSION
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename
from pyodide_lock import PyodideLockSpec
from pyodide_lock.utils import add_wheels_to_spec

from tools.lite.packages import COURSE, IN_THE_SITE, KERNEL, UNLISTED

ROOT = Path(__file__).resolve().parent.parent.parent
TARGET = ROOT / "build" / "lite"
WORK = ROOT / "build" / "lite-work"
RUNTIME = ROOT / "node_modules" / "pyodide"
CORE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
SETTINGS = ROOT / "data/share/jupyter/lab/settings/overrides.d/cnnlib.json"
LOCK = "pyodide-lock.json"
FIRST = "lab/index.html?path=notebooks/00_start_here.ipynb"
REDIRECTION = "await import('./config-utils.js');"
CONTENTS = ("notebooks/*.ipynb", "notebooks/solutions/*.ipynb", "figures/*.[gps][inv][fg]")


def build(target: Path = TARGET, distribution: Path | None = None) -> Path:
    """Write the whole site anew.

    Parameters
    ----------
    target : Path
        Its folder; what was there goes.
    distribution : Path, optional
        A whole Pyodide distribution of the kernel's version, unpacked: then nothing at all comes
        from elsewhere. Without it the core is node_modules/pyodide.

    Raises
    ------
    FileNotFoundError
        The distribution lacks a file or a package that the course needs.
    ValueError
        The distribution is of another version than the kernel was made for.
    RuntimeError
        A package could not be fetched, or JupyterLite failed: with all it said.
    """
    for folder in (target, WORK):
        shutil.rmtree(folder, ignore_errors=True)
    _runtime(WORK / "static" / "pyodide", distribution)
    _course(WORK / "course")
    _settings(WORK)
    command = [
        *(sys.executable, "-m", "jupyter", "lite", "build", "--apps", "lab", "--no-sourcemaps"),
        *("--lite-dir", str(WORK), "--output-dir", str(target), "--contents", str(WORK / "course")),
    ]
    _run(command, WORK)  # its settings are those of the folder where it is run
    _open_first(target / "index.html")
    return target


def _runtime(folder: Path, distribution: Path | None) -> None:
    """Python itself, the wheels, and the list by which the kernel finds both."""
    folder.mkdir(parents=True)
    source = distribution or RUNTIME
    _check_version(source)
    spec = _listed(source / LOCK)
    wanted = _needed(spec, {*KERNEL, *COURSE})
    pure = {name for name in wanted if spec.packages[name].file_name.endswith("-none-any.whl")}
    _pure_wheels(folder, spec, pure)
    for name in CORE:
        shutil.copy2(source / name, folder)
    for name, package in spec.packages.items():
        if distribution is None:
            package.file_name = f"{PYODIDE_CDN_URL}/{package.file_name}"
        elif name in wanted - pure:
            shutil.copy2(source / package.file_name, folder)
    _with_wheels(spec, sorted(folder.glob("*-none-any.whl"))).to_json(folder / LOCK, indent=1)


def _check_version(source: Path) -> None:
    given = json.loads((source / "package.json").read_text(encoding="utf-8"))["version"]
    if given != PYODIDE_VERSION:
        raise ValueError(
            f"{source} is Pyodide {given}, and the kernel was made for {PYODIDE_VERSION}: "
            "take that one (package.json pins it)"
        )


def _listed(path: Path) -> PyodideLockSpec:
    """What a distribution holds. The library that Python 3.11 can have asks for a version there."""
    given = json.loads(path.read_text(encoding="utf-8"))
    given["info"].setdefault("version", PYODIDE_VERSION)
    return PyodideLockSpec(**given)


def _needed(spec: PyodideLockSpec, names: Iterable[str]) -> set[str]:
    """These packages of the list, and all that they need of it."""
    found: set[str] = set()
    todo = [name for name in names if name in spec.packages]
    while todo:
        name = canonicalize_name(todo.pop())
        if name not in found and name in spec.packages:
            found.add(name)
            todo += spec.packages[name].depends
    return found


def _pure_wheels(folder: Path, spec: PyodideLockSpec, pure: set[str]) -> None:
    """Wheels of Python alone: Pyodide's versions, the lock's for the rest, the kernel's, ours."""
    listed = [f"{name}=={spec.packages[name].version}" for name in sorted(pure)]
    unlisted = [f"{name}=={version}" for name, version in _pinned(UNLISTED)]
    python = spec.info.python.rpartition(".")[0]
    _pip(
        *("download", "--no-deps", "--only-binary=:all:", "--dest", str(folder)),
        *("--python-version", python, "--implementation=py", "--abi=none", "--platform=any"),
        *(*listed, *unlisted),
    )
    extension = Path(sys.prefix) / "share/jupyter/labextensions/@jupyterlite"
    for wheel in (extension / "pyodide-kernel-extension/static/pypi").glob("*.whl"):
        if parse_wheel_filename(wheel.name)[0] in KERNEL:
            shutil.copy2(wheel, folder)
    _pip("wheel", "--no-deps", "--wheel-dir", str(folder), str(ROOT))


def _pip(*arguments: str) -> None:
    _run([sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments])


def _run(command: list[str], where: Path = ROOT) -> None:
    """What it says is only of use where it fails."""
    said = subprocess.run(command, cwd=where, capture_output=True, text=True, check=False)
    if said.returncode:
        raise RuntimeError(f"{' '.join(command[:4])} failed:\n{said.stdout}\n{said.stderr}")


def _pinned(names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Names and versions of requirements.lock."""
    for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        requirement = Requirement(line.partition(" #")[0])
        if canonicalize_name(requirement.name) in names:
            yield requirement.name, next(iter(requirement.specifier)).version


def _with_wheels(spec: PyodideLockSpec, wheels: list[Path]) -> PyodideLockSpec:
    """The list with these wheels, which lie beside it."""
    given = add_wheels_to_spec(spec, wheels, ignore_missing_dependencies=True)
    missing = {
        (name, need)
        for name in _needed(given, {*KERNEL, *COURSE, *UNLISTED, "cnnlib"})
        for need in given.packages[name].depends
        if canonicalize_name(need) not in given.packages
    }
    for name, need in missing:
        given.packages[name].depends.remove(need)
    if lacking := {need for _, need in missing} - IN_THE_SITE:
        raise FileNotFoundError(f"nothing in the site gives {', '.join(sorted(lacking))}")
    return given


def _course(folder: Path) -> None:
    """What students see in the file browser."""
    for pattern in CONTENTS:
        for file in ROOT.glob(pattern):
            place = folder / file.relative_to(ROOT)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(file, place)


def _settings(folder: Path) -> None:
    """JupyterLab as `make lab` opens it: lesson 00, no news, and packages fetched at the start."""
    shutil.copy2(SETTINGS, folder / "overrides.json")
    plugin = {"loadPyodideOptions": {"packages": list(KERNEL)}}
    settings = {
        "appName": "How convolutional networks learn",
        "litePluginSettings": {"@jupyterlite/pyodide-kernel-extension:kernel": plugin},
    }
    lite = {"jupyter-lite-schema-version": 0, "jupyter-config-data": settings}
    (folder / "jupyter-lite.json").write_text(json.dumps(lite, indent=1), encoding="utf-8")


def _open_first(page: Path) -> None:
    """The site's own address opens lesson 00; JupyterLite's leads to a launcher."""
    text = page.read_text(encoding="utf-8")
    if REDIRECTION not in text:
        raise RuntimeError(f"{page.name} of this JupyterLite redirects in another way: see {FIRST}")
    page.write_text(text.replace(REDIRECTION, f"location.replace('{FIRST}');"), encoding="utf-8")


def main(arguments: list[str] | None = None) -> int:
    """Build the site; say where it is and where the rest comes from."""
    parser = argparse.ArgumentParser(prog="python -m tools.lite.build", description=__doc__)
    parser.add_argument(
        "--pyodide", type=Path, help=f"an unpacked Pyodide distribution {PYODIDE_VERSION}"
    )
    distribution = parser.parse_args(arguments).pyodide
    where = build(distribution=distribution)
    rest = "all of it is in the site" if distribution else f"NumPy comes from {PYODIDE_CDN_URL}"
    print(f"{where.relative_to(ROOT)}: serve it from any static host; {rest}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
