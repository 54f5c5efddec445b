"""The course in JupyterLite: what its build rests on. The build and its kernel are in the soak."""

import json
import re
import tomllib

import pytest
from packaging.requirements import Requirement

from tools.lite.packages import COURSE, IN_THE_SITE, KERNEL, UNLISTED


@pytest.fixture(scope="module")
def listed(root):
    """Pyodide's list of packages, as its npm package has it."""
    path = root / "node_modules" / "pyodide" / "pyodide-lock.json"
    if not path.exists():
        pytest.skip("node_modules is missing: Pyodide's list was NOT read")
    return json.loads(path.read_text(encoding="utf-8"))["packages"]


def test_pyodides_versions_are_admitted_by_the_package(root, listed):
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for need in map(Requirement, project["dependencies"]):
        assert need.name in COURSE or need.name in UNLISTED
        if need.name in listed:
            assert need.specifier.contains(listed[need.name]["version"]), need


def test_each_package_comes_from_one_place(root, listed):
    lock = (root / "requirements.lock").read_text(encoding="utf-8")
    assert all(re.search(rf"^{name}==", lock, re.M) for name in UNLISTED)
    assert [name for name in UNLISTED if name in listed] == []
    assert [name for name in COURSE if name not in listed] == []
    assert not IN_THE_SITE & {*KERNEL, *COURSE, *UNLISTED}
