r"""The LaTeX that a student reads, as something the machine can evaluate.

What is shown is what is proved: an equation is stored once, as LaTeX, and this module turns that
text into a tree. It knows the notation of the two sources and no more:

    \sum_{i=0}^{N-m}   \frac{\partial E}{\partial x_i^l}   w_{m,n}^{l+1}   f'(x)   I(i+m, j+n)
    \delta * w   o \otimes \delta   \operatorname{rot}_{180^\circ}(w)   \min(a, b)   [p = v_i]

A sum reaches over the product to its right, up to the next plus, minus or equals sign.
"""

import re
from functools import cache

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

_LAYOUT = r"\\(?:left|right|displaystyle|quad|qquad|cdot|odot)(?![a-zA-Z])|\\[,;:!]|\\\\|&|\s+|~"
_TOKEN = re.compile(r"\\[a-zA-Z]+|\\[{}]|[A-Za-z]'*|\d+|[-_^{}()\[\]+*=,]")
_ROTATE = r"\\(?:operatorname|text|mathrm)\{rot\}_\{180\^\\circ\}"
_SLIDES = {"*": "*", r"\ast": "*", r"\otimes": "⊗"}
_OPEN = {"(": ")", r"\{": r"\}", "[": "]", "{": "}"}
_FUNCTIONS = {"f", "f'", "I", "K", r"\rot", r"\min", r"\max", r"\sqrt"}
_END = {"", "+", "-", "=", ")", "]", "}", r"\}", ",", r"\in", *_SLIDES}


@cache
def parse(latex: str) -> tuple[Node, ...]:
    """The sides of an equation, split at its equals signs.

    Parameters
    ----------
    latex : str
        One expression, or several joined by ``=``; an empty first side (``= b``) is left out.

    Returns
    -------
    tuple of Node
        One tree per side.

    Raises
    ------
    ValueError
        The text holds notation that is not known here.
    """
    reader = _Reader(latex)
    sides = []
    while reader.next:
        if reader.next == "=":
            reader.take()
        sides.append(reader.plus())
        if reader.next not in ("", "="):
            reader.fail("an equals sign or the end")
    return tuple(sides)


class _Reader:
    """Recursive descent over the tokens of one formula."""

    def __init__(self, latex: str) -> None:
        text = re.sub(_LAYOUT, " ", re.sub(_ROTATE, r"\\rot", latex))
        self.latex = latex
        self.tokens = _TOKEN.findall(text)
        self.at = 0
        if "".join(self.tokens) != text.replace(" ", ""):
            self.fail("only the notation of the two sources")

    @property
    def next(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self, expected: str = "") -> str:
        token = self.next
        if expected and token != expected:
            self.fail(expected)
        self.at += 1
        return token

    def fail(self, expected: str) -> None:
        read = " ".join(self.tokens[: self.at])
        raise ValueError(
            f"the formula {self.latex!r} has {self.next!r} after {read!r}; {expected} is expected: "
            "write it in the notation that cnnlib.equations.formula lists"
        )

    def plus(self) -> Node:
        terms = []
        sign = self._sign(first=True)
        while sign:
            terms.append((sign, self.slide()))
            sign = self._sign(first=False)
        return terms[0][1] if len(terms) == 1 and terms[0][0] == 1 else Plus(tuple(terms))

    def _sign(self, first: bool) -> int:
        if self.next in ("+", "-"):
            return 1 if self.take() == "+" else -1
        return int(first)

    def slide(self) -> Node:
        left = self.product()
        while self.next in _SLIDES:
            left = Slide(_SLIDES[self.take()], left, self.product())
        return left

    def product(self) -> Node:
        factors = [self.factor()]
        while self.next not in _END:
            factors.append(self.factor())
        return factors[0] if len(factors) == 1 else Times(tuple(factors))

    def factor(self) -> Node:
        if self.next == r"\sum":
            return self.sum()
        if self.next == r"\frac":
            return self.fraction()
        if self.next == "[":
            return self.bracket()
        if self.next in ("(", r"\{"):
            return self.scripts(self.group())
        if self.next.isdigit():
            return Number(int(self.take()))
        return self.name()

    def group(self) -> Node:
        closing = _OPEN[self.take()]
        inside = self.plus()
        self.take(closing)
        return inside

    def bracket(self) -> Node:
        self.take("[")
        left = self.plus()
        self.take("=")
        right = self.plus()
        self.take("]")
        return Bracket(left, right)

    def sum(self) -> Node:
        self.take()
        self.take("_")
        braced = self.next == "{"
        names, lower, upper, region = self._under() if braced else ((self.take(),), None, None, "")
        if self.next == "^":
            self.take()
            upper = self.group() if self.next == "{" else self.factor()
        return Sum(names, lower, upper, region, self.product())

    def _under(self) -> tuple[tuple[str, ...], Node | None, Node | None, str]:
        """What stands under a sum: ``{i=0}``, ``{m}`` or ``{(i,j) in Q}``."""
        self.take("{")
        names, lower, region = [], None, ""
        while self.next not in ("=", r"\in", "}"):
            token = self.take()
            names += [token] if token[0].isalpha() else []
        if self.next == "=":
            self.take()
            lower = self.plus()
        elif self.next == r"\in":
            self.take()
            region = self.take()
        self.take("}")
        return tuple(names), lower, None, region

    def fraction(self) -> Node:
        self.take()
        self.take("{")
        if self.next == r"\partial":
            return self.partial()
        top = self.plus()
        self.take("}")
        return Fraction(top, self.group())

    def partial(self) -> Node:
        self.take(r"\partial")
        top = None if self.next == "}" else self.factor()
        for token in ("}", "{", r"\partial"):
            self.take(token)
        bottom = self.name()
        self.take("}")
        if not isinstance(bottom, Name):
            self.fail("an element to differentiate by")
        assert isinstance(bottom, Name)
        return Partial(self.factor() if top is None else top, bottom)

    def name(self) -> Node:
        token = self.take()
        if not (token[:1].isalpha() or token[:1] == "\\"):
            self.at -= 1
            self.fail("a name, a number, a sum or a bracket")
        if token in _FUNCTIONS and self.next in ("(", r"\{", "{"):
            return self.scripts(Call(token.lstrip("\\"), self.arguments()))
        return self.scripts(Name(token.lstrip("\\")))

    def arguments(self) -> tuple[Node, ...]:
        closing = _OPEN[self.take()]
        found = [self.plus()]
        while self.next == ",":
            self.take()
            found.append(self.plus())
        self.take(closing)
        return tuple(found)

    def scripts(self, node: Node) -> Node:
        """Subscripts and superscripts in either order; a superscript number is a power."""
        index: tuple[Node, ...] = ()
        above = ""
        while self.next in ("_", "^"):
            if self.take() == "_":
                index = self.arguments() if self.next == "{" else (self.single(),)
            else:
                above = self.raw()
        return _with_scripts(node, index, above)

    def single(self) -> Node:
        """An index without braces is one token: ``x_i^l`` is ``x_{i}^l``."""
        token = self.take()
        return Number(int(token)) if token.isdigit() else Name(token)

    def raw(self) -> str:
        if self.next != "{":
            return self.take()
        self.take()
        text = ""
        while self.next != "}":
            text += self.take()
        self.take()
        return text


def _with_scripts(node: Node, index: tuple[Node, ...], above: str) -> Node:
    if isinstance(node, Name):
        power = above if above.isdigit() else ""
        node = Name(node.letter, "" if power else above, index)
        return Power(node, int(power)) if power else node
    node = Element(node, index) if index else node
    return Power(node, int(above)) if above.isdigit() else node
