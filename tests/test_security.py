"""What is never done: unpickle, evaluate text, make markup of text, answer who has no token."""

import ast
import re

import pytest

LOADS_CODE = {"pickle", "cPickle", "dill", "joblib", "marshal", "shelve", "cloudpickle", "runpy"}
RUNS_TEXT = {"eval", "exec", "compile", "__import__"}
MAKES_MARKUP = re.compile(
    r"\.(inner|outer)HTML\b|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc"
)


def calls(path):
    """Name and keywords of every call in a file; of a method the name after the last dot."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            bare = isinstance(node.func, ast.Name)
            name = node.func.id if bare else getattr(node.func, "attr", "")
            yield name, bare, {word.arg: word.value for word in node.keywords}


def imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


@pytest.fixture(scope="module")
def modules(root):
    return sorted((root / "cnnlib").rglob("*.py"))


def test_nothing_unpickles_or_evaluates_text(modules):
    for path in modules:
        assert not LOADS_CODE & set(imports(path)), path.name
        assert not {name for name, bare, _ in calls(path) if bare} & RUNS_TEXT, path.name


def test_archives_are_read_without_pickle(modules):
    loads = [
        given["allow_pickle"]
        for path in modules
        for name, bare, given in calls(path)
        if name == "load" and not bare and "np.load(" in path.read_text(encoding="utf-8")
    ]
    assert loads
    assert all(isinstance(value, ast.Constant) and value.value is False for value in loads)


def test_no_script_of_ours_makes_markup_of_text(root):
    scripts = [*(root / "cnnlib" / "widgets" / "js").glob("*.js")]
    scripts += [*(root / "tools").rglob("*.js")]
    assert len(scripts) > 100
    for path in scripts:
        assert not MAKES_MARKUP.search(path.read_text(encoding="utf-8")), path.name


def test_make_lab_leaves_jupyterlabs_token_and_address_alone(root):
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    (lab,) = re.findall(r"^\t(.*jupyter lab .*)$", makefile, re.MULTILINE)
    assert lab == "$(BIN)/jupyter lab --ServerApp.root_dir=. notebooks/00_start_here.ipynb $(ARGS)"
