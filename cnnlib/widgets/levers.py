"""Levers: one small layer, its one error, and a lever for each weight; the course in a minute."""

from typing import Any

import anywidget
import numpy as np
import traitlets as t
from numpy.typing import NDArray

from cnnlib._checks import told
from cnnlib.examples import Example, one_d
from cnnlib.widgets.traits import STATIC

MOST_WEIGHTS = 5
LARGEST_WEIGHT = 1e6


class Levers(anywidget.AnyWidget):
    """Turn the weights of a 1D layer by hand and watch E; then see the gradient, lever by lever.

    Parameters
    ----------
    example : Example
        Input, first weights and target; with one axis and no bias.
    title : str
        Heading.
    lecture : bool
        Large type, for projecting.

    Attributes
    ----------
    weights : list of float
        The weights on the screen.
    history : list of float
        E after each move, the start first; in the units of E.
    shown : bool
        Whether the levers are shown.

    Raises
    ------
    TraitError
        The example does not fit on the screen, or a number is not one.

    Examples
    --------
    >>> Levers().history
    [7.0]
    """

    _esm = STATIC / "levers.js"
    _css = STATIC / "levers.css"

    input = t.List(t.Float(), read_only=True).tag(sync=True)
    kernel = t.List(t.Float(), read_only=True).tag(sync=True)
    target = t.List(t.Float(), read_only=True).tag(sync=True)
    title = t.Unicode("One number, three levers").tag(sync=True)
    weights = t.List(t.Float()).tag(sync=True)
    history = t.List(t.Float(), minlen=1).tag(sync=True)
    shown = t.Bool(False).tag(sync=True)
    lecture = t.Bool(False).tag(sync=True)

    def __init__(self, example: Example = one_d, **traits: Any) -> None:
        unknown = set(traits) - {"title", "lecture", "shown"}
        if unknown:
            raise t.TraitError(f"unknown settings {sorted(unknown)}: see help(Levers)")
        if not isinstance(example, Example):
            raise t.TraitError(
                f"example is {told(example)}; an Example is expected: pass one like examples.one_d"
            )
        if example.o.ndim != 1 or example.b or len(example.w) > MOST_WEIGHTS:
            raise t.TraitError(
                f"the example has shapes {example.o.shape} and {example.w.shape} and bias "
                f"{example.b}; one axis, no bias and at most {MOST_WEIGHTS} weights are expected: "
                "pass one like examples.one_d"
            )
        for name, values in (("input", example.o), ("kernel", example.w), ("target", example.t)):
            self.set_trait(name, _plain(values))
        super().__init__(weights=_plain(example.w), history=[example.E], **traits)

    @t.validate("weights")
    def _fit(self, proposal: Any) -> Any:
        fits = len(proposal.value) == len(self.kernel)
        if not fits or not (np.abs(proposal.value) <= LARGEST_WEIGHT).all():
            raise t.TraitError(
                f"weights is {proposal.value}; {len(self.kernel)} numbers from "
                f"{-LARGEST_WEIGHT:g} to {LARGEST_WEIGHT:g} are expected"
            )
        return proposal.value


def _plain(values: NDArray[np.float64]) -> list[float]:
    return [float(value) for value in values]
