"""LinkedPools: what a pool lets through, and where the gradient goes back."""

from typing import Any, ClassVar, Self

import numpy as np
import traitlets as t
from numpy.typing import NDArray

from cnnlib import ops
from cnnlib.geometry import Window
from cnnlib.widgets.configurations import CONFIGURATIONS
from cnnlib.widgets.deltas import check_direction
from cnnlib.widgets.linked_grids import LinkedGrids
from cnnlib.widgets.traits import STATIC, Floats, OptionalArray

KINDS = ("max", "average", "l2")
# Where a window may lie is told by its size and stride alone.
PLAIN: dict[str, Any] = {"kernel": None, "padding": 0, "dilation": 1}


class LinkedPools(LinkedGrids):
    """LinkedGrids of a pool, which has a window and no kernel: ``LinkedGrids("pool", ...)``.

    Parameters
    ----------
    config : str
        "pool".
    input : array_like
        The map, one axis or two.
    size : int
        The window, the same on every axis; in cells.
    stride : int, optional
        How far the window moves, in cells; left out, its size: windows side by side. Smaller than
        the size: windows overlap.
    kind : str
        "max" (P1), "average" (P2) or "l2" (P3).
    delta : array_like, optional
        ∂E/∂y, the gradient at the pool's output, shape of the output.
    direction : str, optional
        "forward": the pool alone; "backward": the gradient goes back too. Left out, backward where
        there is a delta.
    masked : str
        "output" or "input-gradient": cells to predict ("" for none).
    **traits
        As for LinkedGrids, without kernel, bias, padding and dilation.

    Raises
    ------
    TraitError
        A value does not fit: the message says what was given, what is expected, and the remedy.

    Examples
    --------
    >>> w = LinkedGrids("pool", input=[1, 2, 0, -1, 3, 1], size=3, stride=1, delta=[1, -2, 0, 3])
    >>> w.output
    array([2., 2., 3., 3.])
    >>> w.input_gradient
    array([ 0., -1.,  0.,  0.,  3.,  0.])
    """

    bundle = "LinkedPools"
    needs: ClassVar[tuple[str, ...]] = ("input",)
    _esm = STATIC / "linked_pools.js"
    _css = STATIC / "linked_pools.css"

    kernel = OptionalArray()  # type: ignore[assignment]  # a pool has none
    size = t.Int(2, min=1).tag(sync=True)
    kind = t.Enum(KINDS, "max").tag(sync=True)
    direction = t.Enum(("forward", "backward"), "forward").tag(sync=True)

    def __new__(cls, config: str = "pool", **traits: Any) -> Self:
        """Make one; the configuration to begin with is another than LinkedGrids'."""
        return super().__new__(cls, config, **traits)

    def __init__(self, config: str = "pool", **traits: Any) -> None:
        has_deltas = traits.get("delta") is not None
        left_out = {
            "stride": traits.get("size", 2),
            "direction": "backward" if has_deltas else "forward",
            "controls": _controls(config, has_deltas),
        }
        super().__init__(config, **{**left_out, **traits})

    @property
    def window(self) -> Window:
        """The geometry on the screen."""
        return Window((self.size,) * self.input.ndim, self.stride)

    @property
    def output(self) -> Floats:
        """What the pool lets through, y (P1, P2, P3), computed by ``ops``."""
        pools: dict[str, Any] = {
            "max": lambda o, size, stride: ops.max_pool(o, size, stride=stride)[0],
            "average": lambda o, size, stride: ops.avg_pool(o, size, stride=stride),
            "l2": lambda o, size, stride: ops.l2_pool(o, size, stride=stride),
        }
        y: Floats = pools[self.kind](self.input[None, None], self.size, self.stride)[0, 0]
        return y

    @property
    def winner(self) -> NDArray[np.intp]:
        """Flat index into the input of each window's largest number; the first of a tie."""
        winner: NDArray[np.intp] = ops.max_pool(
            self.input[None, None], self.size, stride=self.stride
        )[1][0, 0]
        return winner

    @property
    def weight_gradient(self) -> None:
        """A pool has no weights."""
        return None

    @property
    def input_gradient(self) -> Floats | None:
        """∂E/∂o (P1, P2, P3), shape of the input; None without deltas."""
        if self.delta is None:
            return None
        d_y, o = self.delta[None, None], self.input[None, None]
        move: dict[str, Any] = {"stride": self.stride}
        if self.kind == "max":
            d_o = ops.max_pool_backward(d_y, self.winner[None, None], o.shape)
        elif self.kind == "average":
            d_o = ops.avg_pool_backward(d_y, o.shape, self.size, **move)
        else:
            d_o = ops.l2_pool_backward(d_y, o, self.size, **move)
        gradient: Floats = d_o[0, 0]
        return gradient

    def _shape(self, grid: str) -> tuple[int, ...]:
        return self._outputs() if grid in ("output", "delta") else self.input.shape

    def _outputs(self) -> tuple[int, ...]:
        _check_size(self.input, self.size)
        return super()._outputs()

    @t.validate("input", "size")
    def _fits(self, proposal: Any) -> Any:
        proposed: dict[str, Any] = {"input": self.input, "size": self.size}
        proposed[proposal.trait.name] = proposal.value
        _check_size(*proposed.values())
        return proposal.value

    @t.observe("input", "size", "stride")
    def _refit_delta(self, change: Any) -> None:
        super()._refit_delta(change)

    @t.validate(*PLAIN)
    def _is_no_pool(self, proposal: Any) -> Any:
        name = proposal.trait.name
        if not np.array_equal(proposal.value, PLAIN[name]):
            raise t.TraitError(
                f"{name} is {proposal.value!r}; a pool is drawn with a window, and without kernel, "
                "padding and dilation: pass size=... and stride=... instead"
            )
        return proposal.value

    @t.validate("direction")
    def _has_deltas(self, proposal: Any) -> Any:
        check_direction(proposal.value, self.delta)
        return proposal.value

    @t.validate("masked")
    def _can_be_predicted(self, proposal: Any) -> Any:
        if proposal.value not in ("", "output", "input-gradient"):
            raise t.TraitError(
                f'masked is {proposal.value!r}; "output" or "input-gradient" is expected: these '
                "are what a pool computes"
            )
        return proposal.value

    @t.validate("by")
    def _cell_by_cell(self, proposal: Any) -> Any:
        if proposal.value != "cell":
            raise t.TraitError(
                f"by is {proposal.value!r}; a pool is stepped through window by window: pass "
                'by="cell" or leave it out'
            )
        return proposal.value


def _check_size(input_: Floats, size: int) -> None:
    if size > min(input_.shape):
        raise t.TraitError(
            f"size is {size} and the input has shape {input_.shape}; a window that lies inside "
            f"it is expected: pass a size of at most {min(input_.shape)}"
        )


def _controls(config: str, has_deltas: bool) -> list[str]:
    """Without deltas there is one direction, and nothing to check."""
    preset = CONFIGURATIONS.get(config)
    all_ = preset.controls if preset else ()
    return [name for name in all_ if has_deltas or name not in ("direction", "total")]
