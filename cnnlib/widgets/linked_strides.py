"""LinkedStrides: stride, padding and dilation, forward and back; the bundle of lesson 08."""

from typing import Any, Self

import numpy as np
import traitlets as t
from numpy.typing import NDArray

from cnnlib.widgets.deltas import need_deltas
from cnnlib.widgets.linked_grids import GEOMETRY, LinkedGrids
from cnnlib.widgets.traits import STATIC, Floats

PASSES = ("forward", "weights", "inputs")
MOST_ALONG = 16


class LinkedStrides(LinkedGrids):
    """LinkedGrids of a window that moves in steps: ``LinkedGrids("stride-backward", ...)``.

    The same layer in three passes: forward; back to the weights, where the deltas slide over the
    input, a stride apart; back to the inputs, where the turned kernel slides over the deltas with
    zeros between and around them.

    Parameters
    ----------
    config : str
        "stride-backward".
    input, kernel, delta : array_like
        As for LinkedGrids, all three; at most 16 inputs along an axis.
    reading : str
        The pass to begin with: "forward", "weights" or "inputs".
    **traits
        As for LinkedGrids; ``masked`` hides the result of any pass.

    Raises
    ------
    TraitError
        A value does not fit: the message says what was given, what is expected, and the remedy.

    Examples
    --------
    >>> w = LinkedGrids("stride-backward", input=[1, 2, 0, -1, 3, 1], kernel=[2, -1, 1],
    ...                 delta=[1, -2], stride=2)
    >>> w.input_gradient
    array([ 2., -1., -3.,  2., -2.,  0.])
    >>> w.spread_delta
    array([ 1.,  0., -2.])
    """

    bundle = "LinkedStrides"
    _esm = STATIC / "linked_strides.js"
    _css = STATIC / "linked_strides.css"

    reading = t.Enum(PASSES, "inputs").tag(sync=True)

    def __new__(cls, config: str = "stride-backward", **traits: Any) -> Self:
        """Make one; the configuration to begin with is another than LinkedGrids'."""
        return super().__new__(cls, config, **traits)

    def __init__(self, config: str = "stride-backward", **traits: Any) -> None:
        need_deltas(repr(config), traits.get("delta"))
        super().__init__(config, **traits)

    @property
    def spread_delta(self) -> Floats | None:
        """z: δ with stride − 1 zeros between neighbours (R2); None without deltas."""
        if self.delta is None:
            return None
        z = np.zeros([self.stride * (n - 1) + 1 for n in self.delta.shape])
        z[(slice(None, None, self.stride),) * z.ndim] = self.delta
        return z

    @property
    def never_read(self) -> NDArray[np.bool_]:
        """Which inputs no output uses: region Q is empty, the gradient 0; shape of the input."""
        unread: NDArray[np.bool_] = self.region_sizes == 0
        return unread

    @t.validate(*GEOMETRY)
    def _fits(self, proposal: Any) -> Any:
        fitting = super()._fits(proposal)
        if proposal.trait.name == "input" and max(fitting.shape) > MOST_ALONG:
            raise t.TraitError(
                f"input has shape {fitting.shape}; {self.config!r} draws at most {MOST_ALONG} "
                "along an axis: pass a part of it"
            )
        return fitting
