"""The pieces of a formula: what the parser builds and evaluation walks over."""

from collections.abc import Iterator
from dataclasses import dataclass, fields


class Node:
    """One piece of a formula."""

    def parts(self) -> Iterator["Node"]:
        """The node and everything inside it, outermost first."""
        yield self
        for field in fields(self):  # type: ignore[arg-type]
            for part in _nodes(getattr(self, field.name)):
                yield from part.parts()


@dataclass(frozen=True)
class Number(Node):
    """A whole number."""

    value: int


@dataclass(frozen=True)
class Name(Node):
    """A letter with its layer and, for one element of an array, its indices: ``w_{m,n}^l``."""

    letter: str
    layer: str = ""
    index: tuple[Node, ...] = ()

    @property
    def key(self) -> str:
        """Letter and layer: ``w^l``."""
        return f"{self.letter}^{self.layer}" if self.layer else self.letter


@dataclass(frozen=True)
class Call(Node):
    """A function, ``f'(x)`` or ``min(a, b)``, or an array read as in J1: ``I(i, j)``."""

    function: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True)
class Sum(Node):
    """A sum over one index with limits, over its whole range, or over a region of positions."""

    variables: tuple[str, ...]
    lower: Node | None
    upper: Node | None
    region: str
    body: Node


@dataclass(frozen=True)
class Plus(Node):
    """Terms with their signs."""

    terms: tuple[tuple[int, Node], ...]


@dataclass(frozen=True)
class Times(Node):
    """Factors side by side."""

    factors: tuple[Node, ...]


@dataclass(frozen=True)
class Fraction(Node):
    """One expression over another."""

    top: Node
    bottom: Node


@dataclass(frozen=True)
class Power(Node):
    """A whole-number power."""

    base: Node
    exponent: int


@dataclass(frozen=True)
class Partial(Node):
    """A partial derivative of ``top`` with respect to the element ``bottom``."""

    top: Node
    bottom: Name


@dataclass(frozen=True)
class Slide(Node):
    """Two arrays joined by cross-correlation (J1, ``⊗``) or true convolution (J2, ``*``)."""

    operation: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Element(Node):
    """One element of an expression that stands for an array: ``(delta * w)_{i,j}``."""

    array: Node
    index: tuple[Node, ...]


@dataclass(frozen=True)
class Bracket(Node):
    """Iverson's bracket: 1 where both sides are equal, else 0."""

    left: Node
    right: Node


def _nodes(value: object) -> Iterator[Node]:
    if isinstance(value, Node):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _nodes(item)
