"""LinkedFlows: how delta flows back through a kernel and through f; the bundle of lesson 06."""

from typing import Any, Self

import numpy as np
import traitlets as t

from cnnlib import ops
from cnnlib.geometry import Shape
from cnnlib.widgets.deltas import need_deltas
from cnnlib.widgets.linked_grids import GEOMETRY, LinkedGrids
from cnnlib.widgets.traits import STATIC, Floats, OptionalArray

READINGS = ("scatter", "gather")
ACTIVATIONS = ("none", "relu", "sigmoid")
# The named wrong formulas: first those for ∂E/∂o, then those that go wrong on the way through f.
BACK = ("flipped-twice", "not-flipped", "one-axis-flipped", "wrong-size", "border-not-clipped")
THROUGH_F = (
    *("derivative-missing", "derivative-at-output", "derivative-twice"),
    *("derivative-of-layer-above", "relu-by-delta-sign"),
)
FORMULAS = (*BACK, *THROUGH_F)
PLAIN = {"stride": 1, "padding": 0, "dilation": 1}
_BACKWARD = {"relu": ops.relu_backward, "sigmoid": ops.sigmoid_backward}


class LinkedFlows(LinkedGrids):
    """LinkedGrids of delta on its way back: ``LinkedGrids("follow-delta", ...)`` makes one.

    Configurations: "follow-delta" (∂E/∂o by scatter and by gather, then f′ of the layer below)
    and "wrong-formula" (the right result beside what a named wrong formula gives).

    Parameters
    ----------
    config : str
        One of the two.
    input, kernel, delta : array_like
        As for LinkedGrids, all three; at stride 1 without padding and dilation.
    reading : str
        "scatter": each delta stamps the kernel, as it is; "gather": each input collects from its
        region Q, through the turned kernel.
    activation : str
        f of the layer below: "none", "relu" or "sigmoid".
    below : array_like, shape of the input
        x of the layer below, before f; without it no f′ is offered.
    formula : str
        In "wrong-formula": which one, by the slug of its misconception, one of ``FORMULAS``.
    **traits
        As for LinkedGrids.

    Raises
    ------
    TraitError
        A value does not fit: the message says what was given, what is expected, and the remedy.

    Examples
    --------
    >>> from cnnlib.examples import two_d
    >>> w = LinkedGrids("follow-delta", input=two_d.o, kernel=two_d.w, delta=two_d.delta,
    ...                 below=two_d.x_below, activation="relu", reading="gather")
    >>> w.delta_below[1]
    array([2., 4., 0., 1.])
    """

    bundle = "LinkedFlows"
    unmasked = 'leave it out, or use "input-gradient"'
    _esm = STATIC / "linked_flows.js"
    _css = STATIC / "linked_flows.css"

    below = OptionalArray()
    activation = t.Enum(ACTIVATIONS, "none").tag(sync=True)
    reading = t.Enum(READINGS, "scatter").tag(sync=True)
    formula = t.Enum(FORMULAS, "flipped-twice").tag(sync=True)

    def __new__(cls, config: str = "follow-delta", **traits: Any) -> Self:
        """Make one; the configuration to begin with is another than LinkedGrids'."""
        return super().__new__(cls, config, **traits)

    def __init__(self, config: str = "follow-delta", **traits: Any) -> None:
        need_deltas(repr(config), traits.get("delta"))
        super().__init__(config, **traits)

    @property
    def derivative(self) -> Floats | None:
        """f′(x) of the layer below, shape of the input; None without activation."""
        return self._through_f(np.ones(self.input.shape))

    @property
    def delta_below(self) -> Floats | None:
        """δ of the layer below, ∂E/∂o ⊙ f′(x) (J20), shape of the input; None without f."""
        d_o = self.input_gradient
        return None if d_o is None else self._through_f(d_o)

    def _through_f(self, d_o: Floats) -> Floats | None:
        if self.below is None or self.activation == "none":
            return None
        delta: Floats = np.asarray(_BACKWARD[self.activation](d_o, self.below), np.float64)
        return delta

    def _shape(self, grid: str) -> Shape:
        if grid == "wrong-gradient" and self.formula == "wrong-size":
            outputs = zip(
                self.window.output_shape(self.input.shape), self.kernel.shape, strict=True
            )
            return tuple(max(0, n - k + 1) for n, k in outputs)
        return super()._shape(grid)

    @t.validate(*GEOMETRY)
    def _fits(self, proposal: Any) -> Any:
        fitting = super()._fits(proposal)
        name = proposal.trait.name
        if name in PLAIN and fitting != PLAIN[name]:
            raise t.TraitError(
                f"{name} is {fitting}; {self.config!r} draws stride 1 without padding and "
                'dilation: leave it out, or use "input-gradient"'
            )
        if name == "input":
            _same_shape(self.below, fitting)
        return fitting

    @t.validate("below", "activation")
    def _below_fits(self, proposal: Any) -> Any:
        proposed: dict[str, Any] = {"below": self.below, "activation": self.activation}
        proposed[proposal.trait.name] = proposal.value
        below, activation = proposed.values()
        if below is None and activation != "none":
            raise t.TraitError(
                f"activation is {activation!r} and f′ is taken at x of the layer below, which "
                "is not there: pass below=..., with the shape of the input"
            )
        _same_shape(below, self.input)
        return proposal.value

    @t.validate("formula")
    def _has_what_it_takes(self, proposal: Any) -> Any:
        lacks = self.below is None or self.activation == "none"
        if self.config == "wrong-formula" and proposal.value in THROUGH_F and lacks:
            raise t.TraitError(
                f"formula {proposal.value!r} is about f′: pass below=... and "
                'activation="relu" or "sigmoid"'
            )
        return proposal.value


def _same_shape(below: Floats | None, inputs: Floats) -> None:
    if below is not None and below.shape != inputs.shape:
        raise t.TraitError(
            f"below has shape {below.shape}; the input has {inputs.shape}: "
            "pass x of the layer below, one number for each input"
        )
