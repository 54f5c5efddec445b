"""Renew the locks and environment.yml: `python -m tools.lock [--keep]`.

requirements.lock holds what a student needs, requirements-dev.lock what contributors need on top,
both for every platform and Python that pyproject.toml admits and without any registry's address.
environment.yml asks conda for the same versions of the packages that pyproject.toml names.
"""

import argparse
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from uv import find_uv_bin

ROOT = Path(__file__).resolve().parent.parent
LOCK, DEV_LOCK, ENVIRONMENT = "requirements.lock", "requirements-dev.lock", "environment.yml"
OLDEST_PYTHON = "3.11"
CONDA_PYTHON = "3.12"
# Conda's own name where it differs: its `matplotlib` brings a desktop toolkit of 200 MB along.
CONDA_NAMES = {"matplotlib": "matplotlib-base"}
HEADER = "# Made from requirements.lock by `make lock`: the same versions for conda and Binder."


def direct_names(root: Path = ROOT) -> list[str]:
    """The packages that a student's installation names outright, in alphabetical order."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = [*project["dependencies"], *project["optional-dependencies"]["course"]]
    return sorted(canonicalize_name(Requirement(line).name) for line in named)


def dev_names(root: Path = ROOT) -> list[str]:
    """The packages that only contributors need."""
    groups = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    return sorted(
        canonicalize_name(Requirement(x).name) for x in groups["dependency-groups"]["dev"]
    )


def pins(lock: str) -> Iterator[Requirement]:
    """Each line of a lock that pins a package; one package may have a line per Python."""
    for line in lock.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            yield Requirement(line)


def versions(lock: str, python: str) -> dict[str, str]:
    """What a lock gives on Linux with one Python, by package."""
    machine = {
        "python_version": python,
        "python_full_version": f"{python}.0",
        "sys_platform": "linux",
        "platform_system": "Linux",
        "os_name": "posix",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    return {
        canonicalize_name(pin.name): str(pin.specifier).removeprefix("==")
        for pin in pins(lock)
        if pin.marker is None or pin.marker.evaluate(machine)
    }


def environment_text(root: Path = ROOT) -> str:
    """environment.yml as the lock asks for it."""
    pinned = versions((root / LOCK).read_text(encoding="utf-8"), CONDA_PYTHON)
    lines = [f"  - {CONDA_NAMES.get(n, n)}={pinned[n]}" for n in direct_names(root)]
    head = [HEADER, "name: cnnlib", "channels:", "  - conda-forge", "dependencies:"]
    return "\n".join([*head, f"  - python={CONDA_PYTHON}", "  - pip", *lines]) + "\n"


def compile_lock(output: str, *wanted: str) -> None:
    """Have uv choose versions for every platform and write them without a registry's address."""
    subprocess.run(
        [
            *(find_uv_bin(), "pip", "compile", "--quiet", "--universal"),
            *("--python-version", OLDEST_PYTHON, "--no-emit-index-url"),
            *("--custom-compile-command", "make lock", *wanted, "--output-file", output),
        ],
        cwd=ROOT,
        check=True,
    )


def main(arguments: list[str] | None = None) -> int:
    """Renew the three files."""
    parser = argparse.ArgumentParser(prog="python -m tools.lock", description=__doc__)
    parser.add_argument(
        "--keep", action="store_true", help="keep each version that still fits pyproject.toml"
    )
    renew = [] if parser.parse_args(arguments).keep else ["--upgrade"]
    compile_lock(LOCK, "--extra", "course", "pyproject.toml", *renew)
    compile_lock(DEV_LOCK, "--group", "dev", "--constraints", LOCK, *renew)
    (ROOT / ENVIRONMENT).write_text(environment_text(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
