import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from jupyterlab_server.settings_utils import get_settings

import cnnlib
from tools import lock

LOCKS = (lock.LOCK, lock.DEV_LOCK)


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_no_registry_address(root, name):
    text = (root / name).read_text(encoding="utf-8")
    assert not re.search(r"https?:|file:|--(extra-)?index|--find-links|@", text)


@pytest.mark.parametrize(
    ("name", "wanted"), [(lock.LOCK, lock.direct_names), (lock.DEV_LOCK, lock.dev_names)]
)
def test_every_package_named_in_pyproject_is_pinned(root, name, wanted):
    text = (root / name).read_text(encoding="utf-8")
    assert [n for n in wanted(root) if not re.search(rf"^{n}==\d", text, re.MULTILINE)] == []


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
def test_the_two_locks_agree(root, python):
    students, contributors = (
        lock.versions((root / name).read_text(encoding="utf-8"), python) for name in LOCKS
    )
    shared = students.keys() & contributors.keys()
    assert shared
    assert {n: students[n] for n in shared} == {n: contributors[n] for n in shared}


def test_jupyterlab_is_new_enough(root):
    pinned = lock.versions((root / lock.LOCK).read_text(encoding="utf-8"), "3.11")
    assert tuple(int(n) for n in pinned["jupyterlab"].split(".")[:2]) >= (4, 6)


def test_a_pin_is_chosen_by_its_python():
    older, newer = "python_full_version < '3.12'", "python_full_version >= '3.12'"
    text = f"# made by hand\na==1 ; {older}\na==2 ; {newer}\n"
    assert lock.versions(text, "3.11") == {"a": "1"}
    assert lock.versions(text, "3.12") == {"a": "2"}


def test_conda_gets_the_versions_of_the_lock(root):
    text = (root / lock.ENVIRONMENT).read_text(encoding="utf-8")
    assert text == lock.environment_text(root), "run `make lock`"
    # Read again without the tool: each pin stands in the lock, under that name or without "-base".
    wanted = yaml.safe_load(text)["dependencies"]
    locked = (root / lock.LOCK).read_text(encoding="utf-8").splitlines()
    named = [pin for pin in wanted if "=" in pin and not pin.startswith("python=")]
    assert len(named) == len(lock.direct_names(root))
    for pin in named:
        name, version = pin.replace("-base", "").split("=")
        assert any(line.split(" ;")[0] == f"{name}=={version}" for line in locked), pin


def test_binder_uses_the_very_same_environment(root):
    assert (root / "binder" / "environment.yml").samefile(root / lock.ENVIRONMENT)


def test_the_version_is_the_same_everywhere(root):
    citation = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == cnnlib.__version__
    assert cnnlib.__version__ in (root / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("module", ["cnnlib", "cnnlib.environment", "cnnlib.geometry"])
def test_importing_loads_numpy_and_nothing_else(module):
    # Only what the import itself adds counts: the interpreter's own start may load site packages.
    code = (
        "import sys; before = set(sys.modules)\n"
        f"import {module}\n"
        "print(*{name.split('.')[0] for name in set(sys.modules) - before})"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name for name in run.stdout.split() if name not in sys.stdlib_module_names}
    assert loaded <= {"cnnlib", "numpy"}


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("@jupyterlab/apputils-extension:notification", {"checkForUpdates": False}),
        ("@jupyterlab/apputils-extension:notification", {"fetchNews": "false"}),
        ("@jupyter-widgets/jupyterlab-manager:plugin", {"saveState": True}),
    ],
)
def test_however_cnnlib_is_installed_jupyterlab_asks_no_news_and_saves_widgets(name, wanted):
    """The settings came with `pip install -e .`, and JupyterLab's own reader finds them."""
    share = Path(sys.prefix) / "share" / "jupyter"
    told, _ = get_settings(
        *(str(share / "lab" / folder) for folder in ("settings", "schemas")),
        settings_dir="",
        schema_name=name,
        labextensions_path=[str(share / "labextensions")],
    )
    assert {key: told["schema"]["properties"][key]["default"] for key in wanted} == wanted


def test_the_readme_says_how_to_start_and_how_to_test(root):
    text = (root / "README.md").read_text(encoding="utf-8")
    assert "make lab" in text
    assert "make test" in text


def test_every_lesson_is_named_in_the_readme(root):
    text = (root / "README.md").read_text(encoding="utf-8")
    missing = [p.stem for p in (root / "notebooks" / "src").glob("*.py") if p.stem not in text]
    assert missing == []
