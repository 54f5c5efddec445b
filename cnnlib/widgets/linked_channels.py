"""LinkedChannels: maps in, filters, maps out; the bundle of lesson 09."""

from math import prod
from typing import Any

import numpy as np
import traitlets as t

from cnnlib import ops
from cnnlib.geometry import Shape, Window
from cnnlib.widgets.deltas import need_deltas, refitted
from cnnlib.widgets.linked_grids import GEOMETRY, LinkedGrids
from cnnlib.widgets.stacks import Biases, OptionalStack, Stack
from cnnlib.widgets.traits import STATIC, Floats

READINGS = ("forward", "weight-gradient", "input-gradient")
PLAIN = {"stride": 1, "padding": 0, "dilation": 1}
MOST_SHOWN = 300
IMAGES, KERNELS, DELTAS = "(C, H, W) or (N, C, H, W)", "(D, C, k1, k2)", "(D, H, W) or (N, D, H, W)"


class LinkedChannels(LinkedGrids):
    """LinkedGrids of a layer with channels and filters: ``LinkedGrids("channels", ...)`` makes one.

    The kernels stand in a table, a row for each filter and a column for each channel: forward sums
    along a row, backward down a column, and a weight gradient fills a box of the table (J4, R4,
    R5).

    Parameters
    ----------
    config : str
        "channels".
    input : array_like, shape (C, H, W) or (N, C, H, W)
        The maps of one image, or of a batch; one image is shown at a time.
    kernel : array_like, shape (D, C, k1, k2)
        One kernel for each pair of a filter and a channel. Kernels of one weight on maps of one
        pixel are shown as what they are: the matrix of a dense layer.
    delta : array_like, optional, shape of the output
        Gradient at the output, (D, H', W'), or (N, D, H', W') for a batch.
    bias : array_like, optional, shape (D,)
        One number for each filter.
    reading : str
        "forward", "weight-gradient" or "input-gradient"; the last two need delta.
    by : str
        What a step is: a "cell" of the result, or a "pair": one small convolution at a time.
    image : int
        Which image of the batch is shown.
    **traits
        As for LinkedGrids; at stride 1 without padding and dilation.

    Raises
    ------
    TraitError
        A value does not fit: the message says what was given, what is expected, and the remedy.

    Examples
    --------
    >>> from cnnlib.examples import one_by_one
    >>> w = LinkedGrids("channels", input=one_by_one.o, kernel=one_by_one.w)
    >>> w.output.ravel()
    array([ 5., -2.,  5.])
    """

    bundle = "LinkedChannels"
    unmasked = "leave it out, or ask with a Quiz"
    _esm = STATIC / "linked_channels.js"
    _css = STATIC / "linked_channels.css"

    input = Stack((3, 4), IMAGES)
    kernel = Stack((4,), KERNELS)
    delta = OptionalStack((3, 4), DELTAS)
    bias: Any = Biases()
    reading = t.Enum(READINGS, "forward").tag(sync=True)
    by = t.Enum(("cell", "pair"), "cell").tag(sync=True)
    image = t.Int(0, min=0).tag(sync=True)

    @property
    def window(self) -> Window:
        """The geometry of each small convolution."""
        return Window(self.kernel.shape[2:])

    @property
    def output(self) -> Floats:
        """The outputs x_d = sum over c of o_c ⊗ w_dc + b_d (J4), shaped like the input."""
        return self._unstacked(ops.conv(self._batch(self.input), self.kernel, self.bias))

    @property
    def weight_gradient(self) -> Floats | None:
        """∂E/∂w_dc = o_c ⊗ δ_d, summed over the batch (R5), shape of the kernel."""
        return None if self.delta is None else np.asarray(self._backward()[1])

    @property
    def input_gradient(self) -> Floats | None:
        """∂E/∂o_c, summed over the filters (R4), shape of the input; None without deltas."""
        return None if self.delta is None else self._unstacked(self._backward()[0])

    @property
    def bias_gradient(self) -> Floats | None:
        """∂E/∂b_d = sum of δ_d over the map and the batch, shape (D,); None without deltas."""
        return None if self.delta is None else np.asarray(self._backward()[2])

    def _backward(self) -> tuple[Any, Any, Any]:
        delta: Any = self.delta
        return ops.conv_backward(self._batch(delta), self._batch(self.input), self.kernel)

    def _batch(self, array: Floats) -> Floats:
        return array if array.ndim == 4 else array[None]

    def _unstacked(self, batch: Any) -> Floats:
        return np.asarray(batch if self.input.ndim == 4 else batch[0], dtype=np.float64)

    def _shape(self, grid: str) -> Shape:
        shapes = {"kernel": self.kernel.shape, "weight-gradient": self.kernel.shape}
        outputs = output_shape(self.input, self.kernel)
        one = outputs if grid in ("output", "delta") else self.input.shape
        return shapes.get(grid, one)

    def _outputs(self) -> Shape:
        check_stack(self.input, self.kernel)
        return output_shape(self.input, self.kernel)

    @t.validate(*GEOMETRY)
    def _fits(self, proposal: Any) -> Any:
        name, value = proposal.trait.name, proposal.value
        if name in PLAIN:
            _plain(name, value)
            return value
        input_, kernel = (value if name == n else getattr(self, n) for n in ("input", "kernel"))
        check_stack(input_, kernel)
        return value

    @t.validate("bias")
    def _one_for_each_filter(self, proposal: Any) -> Any:
        bias, filters = proposal.value, len(self.kernel)
        if bias is not None and bias.shape != (filters,):
            raise t.TraitError(
                f"bias has shape {bias.shape}; there are {filters} filters: "
                "pass one number for each"
            )
        return bias

    @t.validate("reading")
    def _has_deltas(self, proposal: Any) -> Any:
        if proposal.value != "forward":
            need_deltas(f"reading {proposal.value!r}", self.delta)
        return proposal.value

    @t.validate("image")
    def _is_in_the_batch(self, proposal: Any) -> Any:
        images = len(self._batch(self.input))
        if proposal.value >= images:
            raise t.TraitError(
                f"image is {proposal.value}; the batch has {images}: pass 0 to {images - 1}"
            )
        return proposal.value

    @t.observe(*GEOMETRY)
    def _refit_delta(self, _: Any) -> None:
        """Other shapes: deltas keep their place in reading order, and the batch may be smaller."""
        expected = output_shape(self.input, self.kernel)
        if self.delta is not None and self.delta.shape != expected:
            self.delta = refitted(self.delta, expected)
        if self.bias is not None and len(self.bias) != len(self.kernel):
            self.bias = refitted(self.bias, (len(self.kernel),))
        self.image = min(self.image, len(self._batch(self.input)) - 1)


def output_shape(input_: Floats, kernel: Floats) -> Shape:
    """Shape of the outputs: (D, H', W') or (N, D, H', W')."""
    spatial = Window(kernel.shape[2:]).output_shape(input_.shape[-2:])
    return (*input_.shape[:-3], len(kernel), *spatial)


def check_stack(input_: Floats, kernel: Floats) -> None:
    """Input and kernels belong together and can be drawn; TraitError otherwise."""
    if input_.shape[-3] != kernel.shape[1]:
        raise t.TraitError(
            f"input has {input_.shape[-3]} channels and each filter of kernel {kernel.shape[1]} "
            f"kernels: pass input as {IMAGES} and kernel as {KERNELS}, with the same C"
        )
    try:
        outputs = output_shape(input_, kernel)
    except ValueError as error:
        raise t.TraitError(str(error)) from None
    shown = prod(input_.shape[-3:]) + kernel.size + prod(outputs[-3:])
    if shown > MOST_SHOWN:
        raise t.TraitError(
            f"one image of this layer has {shown} numbers; at most {MOST_SHOWN} can be read: "
            "pass smaller maps, or fewer channels or filters"
        )


def _plain(name: str, value: int) -> None:
    if value != PLAIN[name]:
        raise t.TraitError(
            f"{name} is {value}; 'channels' draws stride 1 without padding and dilation: "
            'leave it out, or use "stride"'
        )
