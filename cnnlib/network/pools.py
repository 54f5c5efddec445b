"""The three pools as layers: max, average, L2."""

from dataclasses import dataclass
from typing import Any, ClassVar

from cnnlib import _checks as checks
from cnnlib import ops
from cnnlib._checks import Array
from cnnlib.geometry import AxisSizes, Shape, Window
from cnnlib.network.base import Back, Layer, Own, Winner, settle, sizes, unusual


@dataclass(frozen=True)
class _Pool(Layer):
    """One number for each window of a map."""

    size: AxisSizes
    stride: AxisSizes | None = None
    padding: AxisSizes = 0
    kind: ClassVar[str] = "pool"
    word: ClassVar[str]

    def __post_init__(self) -> None:
        stride = self.size if self.stride is None else self.stride
        settle(self, size=_checked("size", self.size, 1), stride=_checked("stride", stride, 1))
        settle(self, padding=_checked("padding", self.padding, 0))

    def window(self, axes: int) -> Window:
        """How the pool moves over that many axes."""
        size = checks.axis_sizes("size", self.size, least=1, axes=axes)
        return Window(size, self.size if self.stride is None else self.stride, self.padding)

    def output_shape(self, shape: Shape) -> Shape:
        """(C, *O)."""
        if len(shape) < 2:
            raise ValueError(
                f"it is given {shape}; maps (C, *spatial) are expected: pool before Flatten()"
            )
        return (shape[0], *self.window(len(shape) - 1).output_shape(shape[1:]))

    def describe(self) -> str:
        """Which pool, its size and what is not usual."""
        return f"{self.word} pool {sizes(self.size)}" + unusual(
            self, {"stride": self.size, "padding": 0}
        )

    def _moves(self) -> dict[str, Any]:
        return {"stride": self.stride, "padding": self.padding}


@dataclass(frozen=True)
class MaxPool(_Pool):
    """The largest number of each window (P1).

    Parameters
    ----------
    size : int or tuple of int
        The window in pixels, one for all axes or one per axis.
    stride : int or tuple of int, optional
        How far the window moves, in pixels; left out, its size: windows side by side.
    padding : int or tuple of int
        In pixels.

    Raises
    ------
    TypeError
        A size is not an integer.
    ValueError
        A size is too small.
    """

    word: ClassVar[str] = "max"

    def forward(self, o: Array, own: Own) -> tuple[Array, Winner]:
        """`ops.max_pool`, the largest number of each window (P1)."""
        return ops.max_pool(o, self.size, **self._moves())

    def backward(
        self, d_y: Array, o: Array, own: Own, winner: Winner, to_input: bool = True
    ) -> Back:
        """`ops.max_pool_backward`: each delta goes to its winner (P1)."""
        assert winner is not None
        return ops.max_pool_backward(d_y, winner, o.shape), {}


@dataclass(frozen=True)
class AvgPool(_Pool):
    """The mean of each window (P2).

    Parameters
    ----------
    size, stride, padding : int or tuple of int
        As in `MaxPool`.

    Raises
    ------
    TypeError
        A size is not an integer.
    ValueError
        A size is too small.
    """

    word: ClassVar[str] = "average"

    def forward(self, o: Array, own: Own) -> tuple[Array, Winner]:
        """`ops.avg_pool`, the mean of each window (P2)."""
        return ops.avg_pool(o, self.size, **self._moves()), None

    def backward(
        self, d_y: Array, o: Array, own: Own, winner: Winner, to_input: bool = True
    ) -> Back:
        """`ops.avg_pool_backward`: each delta is shared equally (P2)."""
        return ops.avg_pool_backward(d_y, o.shape, self.size, **self._moves()), {}


@dataclass(frozen=True)
class L2Pool(_Pool):
    """The length of each window as a vector (P3).

    Parameters
    ----------
    size, stride, padding : int or tuple of int
        As in `MaxPool`.

    Raises
    ------
    TypeError
        A size is not an integer.
    ValueError
        A size is too small.
    """

    word: ClassVar[str] = "L2"

    def forward(self, o: Array, own: Own) -> tuple[Array, Winner]:
        """`ops.l2_pool`, the length of each window as a vector (P3)."""
        return ops.l2_pool(o, self.size, **self._moves()), None

    def backward(
        self, d_y: Array, o: Array, own: Own, winner: Winner, to_input: bool = True
    ) -> Back:
        """`ops.l2_pool_backward`: each delta is shared in proportion (P3)."""
        return ops.l2_pool_backward(d_y, o, self.size, **self._moves()), {}


def _checked(name: str, value: Any, least: int) -> AxisSizes:
    """The sizes in plain integers; a lone one stays alone, it serves every axis."""
    found = checks.axis_sizes(name, value, least)
    return found if isinstance(value, list | tuple) else found[0]
