from importlib import metadata

import pytest

from cnnlib import environment


@pytest.fixture(autouse=True)
def widget_files(monkeypatch, tmp_path):
    for name in environment.WIDGET_FILES:
        (tmp_path / name).write_text("")
    monkeypatch.setattr(environment, "STATIC", tmp_path)
    return tmp_path


def test_every_widget_that_the_package_brings_is_looked_for(root):
    brought = (root / "cnnlib" / "widgets" / "static").iterdir()
    assert sorted(environment.WIDGET_FILES) == sorted(file.name for file in brought)


def test_a_whole_installation_is_called_so_with_its_versions():
    first, second = environment.report().splitlines()
    assert first == "Everything is in place."
    assert f"numpy {metadata.version('numpy')}" in second
    assert f"anywidget {metadata.version('anywidget')}" in second


def test_the_files_of_every_widget_are_looked_for(root):
    bundled = {path.name for path in (root / "cnnlib" / "widgets" / "static").iterdir()}
    assert set(environment.WIDGET_FILES) == bundled


def test_an_old_python_is_named_with_what_to_do(monkeypatch):
    monkeypatch.setattr(environment.sys, "version_info", (3, 10, 2))
    assert environment.report().startswith("Missing or too old: 1\n- Python is 3.10")
    assert "make lab PYTHON=python3.12" in environment.report()


def test_a_package_that_is_not_there_is_named_with_what_to_do(monkeypatch):
    monkeypatch.setattr(metadata, "requires", lambda name: ["numpy>=2.2", "nowhere-to-be-found>=1"])
    (problem,) = environment.problems()
    assert problem.startswith("nowhere-to-be-found is not installed: ")
    assert "`make lab`" in problem


def test_a_package_that_is_too_old_is_named_with_both_versions(monkeypatch):
    monkeypatch.setattr(metadata, "version", lambda name: "2.10.0")
    monkeypatch.setattr(metadata, "requires", lambda name: ["numpy>=2.11,<3", "traitlets>=2.9"])
    (problem,) = environment.problems()
    assert problem.startswith("numpy is 2.10.0, 2.11 or newer is needed: ")


def test_what_only_contributors_or_jupyterlab_need_is_not_asked_for(monkeypatch):
    monkeypatch.setattr(metadata, "requires", lambda name: ['nowhere>=1; extra == "course"'])
    assert environment.problems() == []


def test_missing_widget_files_are_named(widget_files):
    (widget_files / "linked_grids.js").unlink()
    (problem,) = environment.problems()
    assert problem.startswith("the widgets' files linked_grids.js are not in ")
