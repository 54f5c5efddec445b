"""LinkedGrids of the matrix behind a layer, and of a kernel that turns."""

from typing import Any

import numpy as np
import traitlets as t

from cnnlib import ops
from cnnlib.geometry import Shape, Window
from cnnlib.widgets.deltas import check_direction
from cnnlib.widgets.linked_grids import GEOMETRY, LinkedGrids
from cnnlib.widgets.traits import STATIC, Floats
from cnnlib.widgets.turning import TURNS, check_matrix, check_turn, hides_flip, moved


class LinkedTurns(LinkedGrids):
    """``LinkedGrids("toeplitz", ...)`` or ``LinkedGrids("flip", ...)`` makes one.

    Parameters
    ----------
    direction : str
        In "toeplitz": "forward", x = T o + b, or "backward", ∂E/∂o = Tᵀ δ, which needs a delta.
    turn : str
        In "flip": how the kernel moves, "turn" by 180 degrees, "mirror left-right", "mirror
        up-down" or "transpose". Only the turn makes true convolution.
    position : int
        In "flip": 0 before the kernel moves, then one step for each cell of the result.

    Raises
    ------
    TraitError
        A value does not fit: the message says what was given, what is expected, and the remedy.

    Examples
    --------
    >>> w = LinkedTurns("toeplitz", input=[1, 2, 0, -1, 3, 1], kernel=[2, -1, 1])
    >>> w.toeplitz[1]
    array([ 0.,  2., -1.,  1.,  0.,  0.])
    """

    _esm = STATIC / "linked_turns.js"
    _css = STATIC / "linked_turns.css"
    bundle = "LinkedTurns"
    unmasked = 'pass masked="" or leave it out'

    direction = t.Enum(("forward", "backward"), "forward").tag(sync=True)
    turn = t.Enum(TURNS, "turn").tag(sync=True)

    @property
    def toeplitz(self) -> Floats:
        """The layer's matrix T (S6): x = T o + b, a row for each output, a column for each input.

        In "flip" with two axes, rows and columns are those of the arrays in reading order.
        """
        taps = self.window.taps(self.input.shape)
        outputs = self.window.output_shape(self.input.shape)
        matrix = np.zeros((int(np.prod(outputs)), self.input.size))
        matrix[taps.output, taps.input] = self.kernel.ravel()[taps.weight]
        return matrix

    @property
    def convolution(self) -> Floats:
        """True convolution o * w + b (J2), valid part, whatever `turn` says."""
        return self._result(ops.rotate_180(self.kernel))

    @property
    def turned_kernel(self) -> Floats:
        """The kernel after the chosen movement."""
        return moved(self.kernel, self.turn).copy()

    @property
    def turned_output(self) -> Floats:
        """The result on the right of the screen: o ⊗ turned kernel + b."""
        return self._result(self.turned_kernel)

    @property
    def hides_flip(self) -> bool:
        """Whether the kernel is its own half turn: then no input can tell ⊗ from *."""
        return hides_flip(self.kernel)

    def _shape(self, grid: str) -> Shape:
        if grid == "toeplitz":
            return self.toeplitz.shape
        if grid == "convolution":
            return super()._shape("output")
        return super()._shape("kernel" if grid == "turned" else grid)

    def _result(self, kernel: Any) -> Floats:
        bias = np.array([self.bias])
        batch: Any = ops.conv(self.input[None, None], kernel[None, None], bias, **self._moves())
        x: Floats = batch[0, 0]
        return x

    @t.validate(*GEOMETRY)
    def _fits(self, proposal: Any) -> Any:
        value = super()._fits(proposal)
        proposed: dict[str, Any] = {name: getattr(self, name) for name in GEOMETRY}
        proposed[proposal.trait.name] = value
        input_, kernel, *moves = proposed.values()
        if self.config == "toeplitz":
            _checked(check_matrix, Window(kernel.shape, *moves), input_.shape)
        if self.config == "flip" and moves[1]:
            raise t.TraitError(
                f'padding is {moves[1]}; "flip" compares the valid parts: leave the padding out'
            )
        _checked(check_turn, self.turn, kernel.shape)
        return value

    @t.validate("turn")
    def _possible(self, proposal: Any) -> Any:
        _checked(check_turn, proposal.value, self.kernel.shape)
        return proposal.value

    @t.validate("direction")
    def _has_deltas(self, proposal: Any) -> Any:
        check_direction(proposal.value, self.delta)
        return proposal.value


def _checked(check: Any, *arguments: Any) -> None:
    try:
        check(*arguments)
    except ValueError as error:
        raise t.TraitError(str(error)) from None
