"""The package's public names and their docstrings, for the API page."""

import inspect
import logging
import re
from collections.abc import Callable, Iterator
from functools import cached_property
from importlib import import_module
from types import ModuleType
from typing import Any, NamedTuple

from griffe import Docstring, DocstringSectionKind, Parser
from markdown_it import MarkdownIt

import cnnlib

_MARKDOWN = MarkdownIt("commonmark", {"html": False})
LONGEST_DEFAULT = 40
_DOUBLE = re.compile(r"``(.+?)``")
_ITEMS = {
    DocstringSectionKind.parameters: "Parameters",
    DocstringSectionKind.other_parameters: "Other parameters",
    DocstringSectionKind.attributes: "Attributes",
    DocstringSectionKind.returns: "Returns",
    DocstringSectionKind.yields: "Yields",
    DocstringSectionKind.raises: "Raises",
}


class Item(NamedTuple):
    """One line of a list of parameters, returns or errors."""

    name: str
    kind: str
    text: str


class Part(NamedTuple):
    """A section of a docstring: HTML, or items under a title, or an example."""

    title: str
    html: str
    items: list[Item]
    example: str


class Entry(NamedTuple):
    """A public name, what it stands for, and what is said of it."""

    name: str
    value: Any
    signature: str
    parts: list[Part]
    members: list["Entry"]


class Module(NamedTuple):
    """A public module with what it offers."""

    name: str
    parts: list[Part]
    entries: list[Entry]


def modules() -> list[Module]:
    """Every public module of the package in alphabetical order."""
    names = [name for name in sorted(set(dir(cnnlib))) if inspect.ismodule(getattr(cnnlib, name))]
    ours = [name for name in names if getattr(cnnlib, name).__name__.startswith("cnnlib.")]
    return [_module(import_module(f"cnnlib.{name}")) for name in ours if name[0] != "_"]


def _module(module: ModuleType) -> Module:
    entries = [_entry(name, value) for name, value in _public(module)]
    return Module(module.__name__, parts(module.__doc__), entries)


def _public(module: ModuleType) -> Iterator[tuple[str, Any]]:
    names = getattr(module, "__all__", None) or [
        name
        for name, value in vars(module).items()
        if name[0] != "_" and getattr(value, "__module__", "") == module.__name__
    ]
    for name in sorted(names, key=str.lower):
        value = getattr(module, name)
        if inspect.isclass(value) or inspect.isfunction(inspect.unwrap(value)):
            yield name, value


def _entry(name: str, value: Any) -> Entry:
    members = list(_members(value)) if inspect.isclass(value) else []
    return Entry(name, value, _signature(value), parts(value.__doc__), members)


def _members(kind: type) -> Iterator[Entry]:
    """The methods and properties that a class itself says something about."""
    for name, value in vars(kind).items():
        function = _function(value)
        if name[0] == "_" or not inspect.isfunction(function) or not function.__doc__:
            continue
        shown = "" if isinstance(value, property | cached_property) else _signature(function)
        yield Entry(name, function, shown, _told(kind, name), [])


def _function(value: Any) -> Any:
    """What stands behind a method or a property."""
    behind = (getattr(value, name, None) for name in ("__func__", "fget", "func"))
    return next((function for function in behind if function), value)


def _told(kind: type, name: str) -> list[Part]:
    """A method's sections; those that it leaves out are the ones of the method it stands in for."""
    said = [_function(vars(k)[name]).__doc__ for k in reversed(kind.__mro__) if name in vars(k)]
    return list({part.title: part for text in said for part in parts(text)}.values())


def _signature(value: Callable[..., Any]) -> str:
    """Names and defaults; what they are, the docstring says better than an annotation."""
    try:
        found = inspect.signature(value)
    except ValueError:
        return ""
    kept = [
        p.replace(annotation=p.empty, default=_shown(p.default))
        for p in found.parameters.values()
        if p.name not in ("self", "cls")
    ]
    return re.sub(r"<[^>]*>", "…", str(inspect.Signature(kept)))


def _shown(default: Any) -> Any:
    """A default that is too long to read, such as an array, becomes a type that is left out."""
    return default if len(repr(default)) <= LONGEST_DEFAULT else object


def parts(text: str | None) -> list[Part]:
    """A docstring's sections."""
    logging.getLogger("griffe").setLevel(logging.ERROR)
    return [
        _part(section) for section in Docstring(inspect.cleandoc(text or "")).parse(Parser.numpy)
    ]


def _part(section: Any) -> Part:
    if section.kind in _ITEMS:
        items = [
            Item(getattr(i, "name", "") or "", str(i.annotation or ""), prose(i.description))
            for i in section.value
        ]
        return Part(_ITEMS[section.kind], "", _joined(items), "")
    if section.kind is DocstringSectionKind.examples:
        return Part("Examples", "", [], "\n".join(text for _, text in section.value))
    if section.kind is DocstringSectionKind.admonition:
        return Part(section.title or "Note", prose(section.value.contents), [], "")
    return Part("", prose(str(section.value)), [], "")


def _joined(items: list[Item]) -> list[Item]:
    """Names that a docstring tells in one line, `start, end : float`, in one line again."""
    joined: list[Item] = []
    for item in items:
        if joined and item.name and joined[-1][1:] == item[1:]:
            joined[-1] = item._replace(name=f"{joined[-1].name}, {item.name}")
        else:
            joined.append(item)
    return joined


def prose(text: str) -> str:
    """A docstring's words as HTML."""
    return str(_MARKDOWN.render(_DOUBLE.sub(r"`\1`", text)))
