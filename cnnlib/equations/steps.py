"""A derivation as a lesson uses it: lines proved, numbers computed, shown without script."""

from dataclasses import dataclass, replace

import numpy as np

from cnnlib.equations.evaluate import Undefined, evaluate
from cnnlib.equations.formula import parse
from cnnlib.equations.numbers import digits, matrix, name_of
from cnnlib.equations.plan import Plan
from cnnlib.equations.records import assignments
from cnnlib.equations.symbols import equal
from cnnlib.equations.tree import Name, Node, Partial


@dataclass(frozen=True)
class Step:
    """One line of a derivation with its reason and its numbers.

    Attributes
    ----------
    latex : str
        The line.
    reason : str
        Why it is equal to the one before.
    numbers : str
        LaTeX: the line on the running example.
    id : str
        The equation of the sources that it is, or an empty string.
    proved : bool
        Whether the machine found it equal to the one before.
    """

    latex: str
    reason: str
    numbers: str
    id: str
    proved: bool


class Derivation:
    """A derivation, line by line.

    Parameters
    ----------
    plan : derivations.Plan
        Its lines, where they are proved, and the running example.

    Attributes
    ----------
    steps : list of Step
        The lines in order.

    Examples
    --------
    >>> from cnnlib import equations
    >>> equations.derivation("S3").prove()
    True
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    @property
    def title(self) -> str:
        """Its heading."""
        return self.plan.title

    def first(self, count: int) -> "Derivation":
        """The same derivation up to a line: for a lesson that stops there.

        Parameters
        ----------
        count : int
            How many lines.

        Returns
        -------
        Derivation
        """
        return Derivation(replace(self.plan, lines=self.plan.lines[:count]))

    @property
    def steps(self) -> list[Step]:
        """The lines with reasons and numbers."""
        lines = zip(self.plan.lines, self.proved(), strict=True)
        return [
            Step(e.latex, e.reason, self._numbers(k), e.id, holds)
            for k, (e, holds) in enumerate(lines)
        ]

    @property
    def covers(self) -> str:
        """What the check of the lines covers, and what it does not."""
        cases = "; ".join(dict.fromkeys(map(str, self.plan.setting.cases)))
        return (
            "The machine compared every line with the one above, for every element, at these "
            f"sizes: {cases}. It assumes {self.plan.setting.assumed}. Other sizes are not covered."
        )

    def prove(self) -> bool:
        """Whether every line equals the one before, for every element at every size.

        Returns
        -------
        bool
        """
        return all(self.proved())

    def proved(self) -> list[bool]:
        """Line by line, whether it holds: a line that goes on is compared with the one above.

        Returns
        -------
        list of bool
        """
        return [self._holds(k) for k in range(len(self.plan.lines))]

    def result(self) -> str:
        """The last line for every element of the running example.

        Returns
        -------
        str
            LaTeX.
        """
        plan, example = self.plan, self.plan.example()
        side = self._sides(len(plan.lines) - 1)[-1]
        every = _used(plan.every, [self._head(len(plan.lines) - 1)])
        ends = [evaluate(parse(end)[0], example.scope, {}) for end in every.values()]
        values = np.empty(ends, dtype=object)
        for chosen in assignments(every, example.scope):
            values[tuple(chosen.values())] = example.value(side, chosen)
        return f"{_whole(self._head(len(plan.lines) - 1))} = {matrix(values)}"

    def html(self, every_line: bool = False) -> str:
        """HTML that needs neither script nor kernel.

        Parameters
        ----------
        every_line : bool
            Whether all lines stand open from the start, for print and slides.

        Returns
        -------
        str
        """
        from cnnlib.equations.view import derivation_html

        return derivation_html(self, every_line)

    def _repr_html_(self) -> str:
        return self.html()

    def __repr__(self) -> str:
        lines = "\n".join(f"  {line.latex}    [{line.reason}]" for line in self.plan.lines)
        return f"{self.title}\n{lines}"

    def _sides(self, k: int) -> tuple[Node, ...]:
        """The sides of one line; a line that goes on takes over the last side of the one above."""
        latex = self.plan.lines[k].latex
        sides = parse(latex)
        return self._sides(k - 1)[-1:] + sides if latex.startswith("=") else sides

    def _head(self, k: int) -> Node:
        """The left side that line k still speaks about."""
        latex = self.plan.lines[k].latex
        return self._head(k - 1) if latex.startswith("=") else parse(latex)[0]

    def _holds(self, k: int) -> bool:
        first, *others = self._sides(k)
        plan = self.plan
        try:
            for case in plan.setting.cases:
                scope = plan.setting.symbols(case).extending(plan.extended)
                for chosen in assignments(_used(plan.every, [first, *others]), scope):
                    value = evaluate(first, scope, chosen)
                    if not all(equal(value, evaluate(o, scope, chosen)) for o in others):
                        return False
        except Undefined:
            return False
        return True

    def _numbers(self, k: int) -> str:
        plan, example = self.plan, self.plan.example()
        side = self._sides(k)[-1]
        put_in = example.line(side, plan.at)
        value = digits(example.value(side, plan.at))
        told = put_in if put_in == value else f"{put_in} = {value}"
        return f"{name_of(self._head(k), example, plan.at)} = {told}"


def _used(every: dict[str, str], sides: list[Node]) -> dict[str, str]:
    """The free indices that these sides speak about."""
    used = {p.letter for side in sides for p in side.parts() if isinstance(p, Name)}
    return {index: end for index, end in every.items() if index in used}


def _whole(head: Node) -> str:
    """The left side without its indices: the whole array."""
    assert isinstance(head, Partial)
    layer = f"^{{{head.bottom.layer}}}" if head.bottom.layer else ""
    return rf"\frac{{\partial E}}{{\partial {head.bottom.letter}{layer}}}"
