"""A formula with the numbers of a running example put in: no digit is typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from cnnlib.equations.evaluate import Scope, Variables, choices, evaluate, slide_products
from cnnlib.equations.tree import Element, Name, Node, Partial, Plus, Slide, Sum, Times

Term = tuple[int, tuple[Any, ...]]


@dataclass(frozen=True)
class Example:
    """Symbols of a setting, and what each of them is in a running example of the lessons.

    Parameters
    ----------
    scope : Scope
        The setting's letters as symbols, at the example's size.
    given : mapping
        Symbol (or f(x), or f'(x)) to number.
    words : str
        Which example it is.
    """

    scope: Scope
    given: Mapping[Any, Any]
    words: str

    def value(self, node: Node, variables: Variables) -> Any:
        """The number that one piece of a formula comes to."""
        import sympy

        symbolic = sympy.sympify(evaluate(node, self.scope, variables))
        number = symbolic.xreplace(self.given)
        if number.free_symbols:
            raise ValueError(f"{number} still holds letters: give the example a number for each")
        return number

    def line(self, node: Node, variables: Variables) -> str:
        """LaTeX of one side: the products with their numbers, or one number."""
        terms = _terms(node, self, variables)
        return _sum_of(terms)


def pairs(symbols: Any, numbers: Any) -> dict[Any, Any]:
    """Each symbol of an array with its number; the running examples hold whole ones."""
    import sympy

    flat = np.ravel(numbers)
    whole = np.asarray(flat, dtype=int)
    if not np.array_equal(flat, whole):
        raise ValueError(f"the example holds {flat}; whole numbers are expected: pass integers")
    return dict(zip(np.ravel(symbols), map(sympy.Integer, whole.tolist()), strict=True))


def _terms(node: Node, example: Example, variables: Variables) -> list[Term]:
    """The products that a side adds up, each with its sign."""
    if isinstance(node, Sum):
        chosen = choices(node, example.scope, variables)
        return [t for c in chosen for t in _terms(node.body, example, {**variables, **c})]
    if isinstance(node, Plus):
        return [(s * t, f) for s, part in node.terms for t, f in _terms(part, example, variables)]
    if isinstance(node, Times):
        return _products([_factor(part, example, variables) for part in node.factors])
    return _factor(node, example, variables)


def _factor(node: Node, example: Example, variables: Variables) -> list[Term]:
    if isinstance(node, Sum):
        return _terms(node, example, variables)
    if isinstance(node, Element) and isinstance(node.array, Slide):
        found = slide_products(node, example.scope, variables)
        return [(1, tuple(_number(v, example) for v in pair)) for pair in found]
    return [(1, (example.value(node, variables),))]


def _number(value: Any, example: Example) -> Any:
    import sympy

    return sympy.sympify(value).xreplace(example.given)


def _products(factors: list[list[Term]]) -> list[Term]:
    found = []
    for choice in product(*factors):
        sign = int(np.prod([s for s, _ in choice]))
        found.append((sign, tuple(v for _, values in choice for v in values)))
    return found


def _sum_of(terms: list[Term]) -> str:
    if not terms:
        return "0"
    lines = [("-" if sign < 0 else "+") + _product_of(values) for sign, values in terms]
    return " ".join(lines).removeprefix("+").replace("+", "+ ").replace("  ", " ")


def _product_of(values: tuple[Any, ...]) -> str:
    return r" \cdot ".join(f"({digits(v)})" if v < 0 else digits(v) for v in values)


def digits(value: Any) -> str:
    """LaTeX of one number, with two places where it is neither whole nor a fraction."""
    import sympy

    number = sympy.sympify(value)
    whole = number.is_rational or float(number).is_integer()
    text = sympy.latex(abs(sympy.nsimplify(number))) if whole else f"{abs(float(number)):.2f}"
    return f"{{-{text}}}" if number < 0 else text


def matrix(values: Any) -> str:
    """LaTeX of an array of numbers, a row for one axis."""
    rows = np.atleast_2d(np.asarray(values, dtype=object))
    body = r" \\ ".join(" & ".join(digits(v) for v in row) for row in rows)
    return rf"\begin{{bmatrix}} {body} \end{{bmatrix}}"


def name_of(node: Node, example: Example, variables: Variables) -> str:
    """LaTeX of a left side with numbers for its indices: a name or a derivative."""
    if isinstance(node, Partial):
        top = node.top if isinstance(node.top, Name) else None
        above = "" if top is None else name_of(top, example, variables)
        return rf"\frac{{\partial {above}}}{{\partial {name_of(node.bottom, example, variables)}}}"
    assert isinstance(node, Name)
    letter = rf"\{node.letter}" if len(node.letter) > 1 and node.letter.isalpha() else node.letter
    layer = f"^{{{node.layer}}}" if node.layer else ""
    index = ",".join(str(evaluate(i, example.scope, variables)) for i in node.index)
    return f"{letter}_{{{index}}}{layer}" if index else f"{letter}{layer}"
