"""What a formula comes to: one walk for symbols (a proof) and integers (a counterexample)."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import singledispatch
from itertools import product
from typing import Any

import numpy as np

from cnnlib.equations.tree import (
    Bracket,
    Call,
    Element,
    Fraction,
    Name,
    Node,
    Number,
    Partial,
    Plus,
    Power,
    Slide,
    Sum,
    Times,
)

Index = tuple[int, ...]
Variables = Mapping[str, int]


class Undefined(ArithmeticError):
    """A formula asks for something that does not exist, such as an element outside its array."""


@dataclass(frozen=True)
class Scope:
    """What the letters of a formula stand for.

    Parameters
    ----------
    values : mapping
        Arrays, numbers and functions by key (``"w^l"``) or, for any layer, by letter (``"w"``).
    ranges : mapping
        How far an index runs where a sum prints no limits.
    regions : mapping
        Positions a sum over a set runs through, given the variables in force.
    outside : str
        What an element outside its array is: ``"undefined"`` stops, ``"zero"`` extends by zeros,
        ``"wrap"`` counts a negative index from the end, as NumPy does.
    known : mapping
        Derivatives that have a letter of their own: ``("E", "x^l")`` is delta.
    differentiate : callable
        ``(expression, symbol)`` to derivative; for E itself the expression is the string ``"E"``.
    extended : frozenset of str, optional
        The letters that ``"zero"`` extends; all of them unless given.
    """

    values: Mapping[str, Any]
    ranges: Mapping[str, int] = field(default_factory=dict)
    regions: Mapping[str, Callable[[Variables], list[Index]]] = field(default_factory=dict)
    outside: str = "undefined"
    known: Mapping[tuple[str, str], Any] = field(default_factory=dict)
    differentiate: Callable[[Any, Any], Any] | None = None
    extended: frozenset[str] | None = None

    def with_values(self, **changes: Any) -> "Scope":
        """The same scope with some fields replaced."""
        return replace(self, **changes)

    def extending(self, letters: str | None = None) -> "Scope":
        """The same scope with the arrays of some letters (all unless given) extended by zeros."""
        extended = None if letters is None else frozenset(letters.split())
        return replace(self, outside="zero", extended=extended)

    def look_up(self, name: Name) -> Any:
        """What a name stands for: its own layer's entry; the bare letter's if no layer has one."""
        if name.key in self.values:
            return self.values[name.key]
        layered = any(key.startswith(f"{name.letter}^") for key in self.values)
        if name.letter in self.values and not layered:
            return self.values[name.letter]
        raise Undefined(f"{name.key} stands for nothing here; it has: {sorted(self.values)}")


@singledispatch
def evaluate(node: Node, scope: Scope, variables: Variables) -> Any:
    """The value of one formula.

    Parameters
    ----------
    node : Node
        From ``formula.parse``.
    scope : Scope
        What the letters stand for.
    variables : mapping of str to int
        The free indices.

    Returns
    -------
    int, float, SymPy expression or ndarray
        An array for a name without indices that stands for one.

    Raises
    ------
    Undefined
        A letter without meaning, or an element outside its array.
    """
    raise TypeError(f"{type(node).__name__} has no value: give an expression from formula.parse")


@evaluate.register
def _(node: Number, scope: Scope, variables: Variables) -> Any:
    return node.value


@evaluate.register
def _(node: Name, scope: Scope, variables: Variables) -> Any:
    if node.letter in variables and not node.index:
        return variables[node.letter]
    value = scope.look_up(node)
    if not node.index:
        return value
    return _element(value, _indices(node.index, scope, variables), scope, node.letter)


@evaluate.register
def _(node: Call, scope: Scope, variables: Variables) -> Any:
    if node.function in ("min", "max"):
        choose = min if node.function == "min" else max
        return choose(evaluate(part, scope, variables) for part in node.arguments)
    function = scope.values.get(node.function)
    if function is None:
        raise Undefined(f"the function {node.function} stands for nothing here")
    if isinstance(function, np.ndarray):
        return _element(function, _indices(node.arguments, scope, variables), scope, node.function)
    return function(evaluate(node.arguments[0], scope, variables))


@evaluate.register
def _(node: Sum, scope: Scope, variables: Variables) -> Any:
    total: Any = 0
    for chosen in choices(node, scope, variables):
        total = total + evaluate(node.body, scope, {**variables, **chosen})
    return total


@evaluate.register
def _(node: Plus, scope: Scope, variables: Variables) -> Any:
    return sum(sign * evaluate(term, scope, variables) for sign, term in node.terms)


@evaluate.register
def _(node: Times, scope: Scope, variables: Variables) -> Any:
    return math.prod((evaluate(factor, scope, variables) for factor in node.factors), start=1)


@evaluate.register
def _(node: Fraction, scope: Scope, variables: Variables) -> Any:
    top = evaluate(node.top, scope, variables)
    return top / scope.values.get("exact", float)(evaluate(node.bottom, scope, variables))


@evaluate.register
def _(node: Power, scope: Scope, variables: Variables) -> Any:
    return evaluate(node.base, scope, variables) ** node.exponent


@evaluate.register
def _(node: Bracket, scope: Scope, variables: Variables) -> Any:
    return int(evaluate(node.left, scope, variables) == evaluate(node.right, scope, variables))


@evaluate.register
def _(node: Element, scope: Scope, variables: Variables) -> Any:
    return _at(node.array, _indices(node.index, scope, variables), scope, variables)


@evaluate.register
def _(node: Partial, scope: Scope, variables: Variables) -> Any:
    """A derivative with a letter of its own is looked up, any other is taken."""
    bottom = node.bottom
    known = scope.known.get((getattr(node.top, "letter", ""), bottom.key))
    if known is not None:
        return _element(known, _indices(bottom.index, scope, variables), scope, bottom.letter)
    if scope.differentiate is None:
        raise Undefined(f"there is no derivative by {bottom.key} among plain numbers")
    by = evaluate(bottom, scope, variables)
    is_error = isinstance(node.top, Name) and node.top.key == "E" and "E" not in scope.values
    return scope.differentiate("E" if is_error else evaluate(node.top, scope, variables), by)


def choices(node: Sum, scope: Scope, variables: Variables) -> Iterator[dict[str, int]]:
    """Every value that the index of a sum takes, in order."""
    if node.region:
        for position in scope.regions[node.region](variables):
            yield dict(zip(node.variables, position, strict=True))
        return
    name = node.variables[0]
    if node.upper is None:
        yield from ({name: value} for value in range(scope.ranges[name]))
        return
    first = evaluate(node.lower or Number(0), scope, variables)
    last = evaluate(node.upper, scope, variables)
    yield from ({name: value} for value in range(first, last + 1))


def _indices(nodes: tuple[Node, ...], scope: Scope, variables: Variables) -> Index:
    return tuple(evaluate(node, scope, variables) for node in nodes)


def _element(value: Any, index: Index, scope: Scope, letter: str = "") -> Any:
    """One element, with the scope's answer to an index outside."""
    if isinstance(value, Mapping):
        return value[index[0]]
    shape = np.shape(value)
    if len(shape) != len(index):
        raise Undefined(f"index {index} does not fit an array of shape {shape}")
    if all(0 <= i < n for i, n in zip(index, shape, strict=True)):
        return value[index]
    may = scope.extended is None or letter in scope.extended
    if scope.outside == "undefined" or not may:
        raise Undefined(f"index {index} is outside an array of shape {shape}")
    if scope.outside == "gone":
        return None
    wraps = all(-n <= i < n for i, n in zip(index, shape, strict=True))
    return value[index] if scope.outside == "wrap" and wraps else 0


def _at(node: Node, index: Index, scope: Scope, variables: Variables) -> Any:
    """One element of an expression that stands for an array, taken as zero outside it."""
    if isinstance(node, Call) and node.function == "rot":
        array = _whole(node, scope, variables)
        return _element(array, index, scope)
    if not isinstance(node, Slide):
        return _element(evaluate(node, scope, variables), index, scope)
    return sum(left * right for left, right in _slide_at(node, index, scope, variables))


def slide_products(node: Element, scope: Scope, variables: Variables) -> list[tuple[Any, Any]]:
    """The pairs that one element of a sliding sum multiplies; those outside an array are left out.

    Parameters
    ----------
    node : Element
        One element of a correlation or convolution.
    scope, variables
        As for `evaluate`.
    """
    assert isinstance(node.array, Slide)
    index = _indices(node.index, scope, variables)
    found = _slide_at(node.array, index, scope.with_values(outside="gone"), variables)
    return [(left, right) for left, right in found if left is not None]


def _slide_at(
    node: Slide, index: Index, scope: Scope, variables: Variables
) -> list[tuple[Any, Any]]:
    kernel = _whole(node.right, scope, variables)
    step = 1 if node.operation == "⊗" else -1
    outer = scope if scope.outside == "gone" else scope.extending()
    found = []
    for a in product(*map(range, kernel.shape)):
        there = tuple(i + step * k for i, k in zip(index, a, strict=True))
        found.append((_at(node.left, there, outer, variables), kernel[a]))
    return found


def _whole(node: Node, scope: Scope, variables: Variables) -> Any:
    """A finite array: a name, or one turned by 180 degrees."""
    if isinstance(node, Call) and node.function == "rot":
        return np.flip(_whole(node.arguments[0], scope, variables))
    return np.asarray(evaluate(node, scope, variables))
