"""Every public name says what goes in, what comes out, and which errors its own checks raise."""

import ast
import inspect
import textwrap

import pytest
from traitlets import HasTraits

from tools.site import api


def entries(found, where):
    for entry in found:
        yield f"{where}.{entry.name}", entry
        yield from entries(entry.members, f"{where}.{entry.name}")


PUBLIC = dict(pair for module in api.modules() for pair in entries(module.entries, module.name))


def told(entry, *titles):
    """The names under these titles; one line may name several."""
    items = [item for part in entry.parts if part.title in titles for item in part.items]
    return {name.strip() for item in items for name in item.name.split(",")}


def taken(value):
    """The names of the parameters; what a widget takes as **traits is the traits themselves."""
    parameters = inspect.signature(value).parameters.values()
    names = {p.name for p in parameters}
    if inspect.isclass(value) and issubclass(value, HasTraits):
        names = {p.name for p in parameters if p.kind is not p.VAR_KEYWORD} | settings_of(value)
    return {name for name in names if name[0] != "_"} - {"self", "cls"}


def settings_of(widget):
    """What may be set in a widget, after our own classes and not those it is built on."""
    ours = [kind for kind in widget.__mro__ if kind.__module__.startswith("cnnlib.")]
    traits = {name: trait for kind in ours for name, trait in kind.class_own_traits().items()}
    return {name for name, trait in traits.items() if not trait.read_only}


def not_told(entry):
    """Parameters that a docstring leaves out; a record's fields may stand as attributes."""
    titles = ("Parameters", "Other parameters")
    if inspect.isclass(entry.value):
        titles += ("Attributes",)
    return sorted(taken(entry.value) - told(entry, *titles)) if entry.signature else []


def errors_of(entry):
    items = [item for part in entry.parts if part.title == "Raises" for item in part.items]
    return {kind.strip() for item in items for kind in item.kind.split(",")}


def gives(entry):
    return (
        inspect.isfunction(inspect.unwrap(entry.value))
        and entry.signature
        and inspect.signature(entry.value).return_annotation not in (None, "None")
    )


def refused(value):
    """The errors that stand in the code itself; "any" for one of the checks of all arguments."""
    (code,) = ast.parse(textwrap.dedent(inspect.getsource(inspect.unwrap(value)))).body
    made = ("__init__", "__new__", "__post_init__")
    parts = [part for part in code.body if getattr(part, "name", "") in made]
    names = set()
    looked_at = parts if inspect.isclass(value) else [code]
    for node in (node for part in looked_at for node in ast.walk(part)):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            names.add(ast.unparse(node.exc.func).split(".")[-1])
        elif isinstance(node, ast.Call) and ast.unparse(node.func).startswith("checks."):
            names.add("any")
    return names


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_docstring_says_what_goes_in_what_comes_out_and_what_is_refused(name):
    entry = PUBLIC[name]
    titles = [part.title for part in entry.parts]
    assert len(set(titles)) == len(titles)
    assert not_told(entry) == []
    assert inspect.isclass(entry.value) or told(entry, "Parameters") <= taken(entry.value)
    assert not gives(entry) or {"Returns", "Yields"} & set(titles)
    errors = errors_of(entry)
    wanted = refused(entry.value)
    assert wanted - {"any"} <= errors
    assert not wanted or errors
