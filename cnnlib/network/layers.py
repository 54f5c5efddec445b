"""The layers that have weights, and the step from maps to a row."""

from dataclasses import dataclass
from math import prod
from typing import ClassVar

from cnnlib import _checks as checks
from cnnlib import ops
from cnnlib._checks import Array
from cnnlib.geometry import AxisSizes, Shape, Window
from cnnlib.network.base import Back, Layer, Own, Winner, settle, sizes, unusual


@dataclass(frozen=True)
class Conv(Layer):
    """Filters that slide over all maps, x = o ⊗ w + b (J7, S1).

    Parameters
    ----------
    maps, filters : int
        C in and D out.
    kernel : int or tuple of int
        One size per axis, as in `geometry.Window`: (3, 3) for images, a lone int for signals.
    stride, padding, dilation : int or tuple of int
        In pixels, one for all axes or one per axis.

    Raises
    ------
    TypeError
        A size is not an integer.
    ValueError
        A size is too small, or the numbers of axes differ.
    """

    maps: int
    filters: int
    kernel: AxisSizes
    stride: AxisSizes = 1
    padding: AxisSizes = 0
    dilation: AxisSizes = 1
    kind: ClassVar[str] = "conv"

    def __post_init__(self) -> None:
        maps = checks.integer("maps", self.maps, least=1)
        settle(self, maps=maps, filters=checks.integer("filters", self.filters, least=1))
        window = Window(self.kernel, self.stride, self.padding, self.dilation)
        settle(self, kernel=window.kernel, stride=window.stride)
        settle(self, padding=window.padding, dilation=window.dilation)

    def parameter_shapes(self) -> dict[str, Shape]:
        """Weights (D, C, *K) and one bias per filter."""
        kernel = self.window().kernel
        return {"w": (self.filters, self.maps, *kernel), "b": (self.filters,)}

    def window(self, axes: int = 0) -> Window:
        """How the filters move; the axes are those of the kernel, whatever is asked for."""
        return Window(self.kernel, **self._moves())

    def output_shape(self, shape: Shape) -> Shape:
        """(D, *O)."""
        axes = len(self.window().kernel)
        if len(shape) != axes + 1 or shape[0] != self.maps:
            raise ValueError(
                f"it is given {shape}; {self.maps} maps with {axes} spatial axes are expected: "
                f"{_remedy(shape)}"
            )
        return (self.filters, *self.window().output_shape(shape[1:]))

    def describe(self) -> str:
        """Kernel, maps and what is not usual."""
        moves = unusual(self, {"stride": 1, "padding": 0, "dilation": 1})
        return f"conv {sizes(self.kernel)}, {self.maps} → {self.filters}{moves}"

    def forward(self, o: Array, own: Own) -> tuple[Array, Winner]:
        """`ops.conv`, x = o ⊗ w + b (J7, S1)."""
        return ops.conv(o, own["w"], own["b"], **self._moves()), None

    def backward(
        self, d_y: Array, o: Array, own: Own, winner: Winner, to_input: bool = True
    ) -> Back:
        """`ops.conv_backward`, or the gradients of the weights alone (J13, J17)."""
        w, moves = own["w"], self._moves()
        d_w = ops.conv_weight_gradient(d_y, o, w.shape[2:], **moves)
        d_o = ops.conv_input_gradient(d_y, w, o.shape, **moves) if to_input else None
        return d_o, {"w": d_w, "b": ops.conv_bias_gradient(d_y)}

    def _moves(self) -> dict[str, AxisSizes]:
        return {"stride": self.stride, "padding": self.padding, "dilation": self.dilation}


@dataclass(frozen=True)
class Dense(Layer):
    """Every output weighs every input, x = w o + b.

    Parameters
    ----------
    inputs, outputs : int
        C in and D out.

    Raises
    ------
    TypeError
        A size is not an integer.
    ValueError
        A size is not positive.
    """

    inputs: int
    outputs: int
    kind: ClassVar[str] = "dense"

    def __post_init__(self) -> None:
        inputs = checks.integer("inputs", self.inputs, least=1)
        settle(self, inputs=inputs, outputs=checks.integer("outputs", self.outputs, least=1))

    def parameter_shapes(self) -> dict[str, Shape]:
        """Weights (D, C) and one bias per output."""
        return {"w": (self.outputs, self.inputs), "b": (self.outputs,)}

    def output_shape(self, shape: Shape) -> Shape:
        """(D,)."""
        if shape != (self.inputs,):
            remedy = "put Flatten() before it" if len(shape) > 1 else f"write Dense({shape[0]}, …)"
            raise ValueError(
                f"it is given {shape}; {self.inputs} numbers in a row are expected: {remedy}"
            )
        return (self.outputs,)

    def describe(self) -> str:
        """How many in, how many out."""
        return f"dense, {self.inputs} → {self.outputs}"

    def forward(self, o: Array, own: Own) -> tuple[Array, Winner]:
        """`ops.dense`, x = w o + b."""
        return ops.dense(o, own["w"], own["b"]), None

    def backward(
        self, d_y: Array, o: Array, own: Own, winner: Winner, to_input: bool = True
    ) -> Back:
        """`ops.dense_backward`; dE/do is always given."""
        d_o, d_w, d_b = ops.dense_backward(d_y, o, own["w"])
        return d_o, {"w": d_w, "b": d_b}


@dataclass(frozen=True)
class Flatten(Layer):
    """Maps (C, *S) written out as one row (C * S,); nothing is computed."""

    kind: ClassVar[str] = "flatten"

    def output_shape(self, shape: Shape) -> Shape:
        """All numbers in a row."""
        return (prod(shape),)

    def forward(self, o: Array, own: Own) -> tuple[Array, Winner]:
        """The same numbers in reading order."""
        return o.reshape(len(o), -1), None

    def backward(
        self, d_y: Array, o: Array, own: Own, winner: Winner, to_input: bool = True
    ) -> Back:
        """Each gradient goes back to where its number stood."""
        return d_y.reshape(o.shape), {}


def _remedy(shape: Shape) -> str:
    if len(shape) == 2:
        return "one map becomes image[None]; a kernel for images has two sizes, such as (3, 3)"
    return f"the layer before gives {shape[0]} maps; a kernel has one size per spatial axis"
