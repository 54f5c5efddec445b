"""Which output uses which weight on which input: the table of taps behind everything else.

A tap (i, a, p) says that output i multiplies weight a with input p. Along each axis

    p = stride * i + dilation * a - padding

and a tap exists only where p lies on the input. Stride, padding and dilation change nothing else.
"""

import math
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cnnlib._checks import axis_sizes, position_on, spatial_shape

Shape = tuple[int, ...]
Position = tuple[int, ...]
AxisSizes = int | Iterable[int]


class Taps(NamedTuple):
    """Flat indices of every product of a layer, in the reading order of outputs, then of weights.

    Attributes
    ----------
    output, weight, input : ndarray of int, one shape (taps,)
        Product number n multiplies ``w.flat[weight[n]]`` with ``o.flat[input[n]]`` and belongs to
        ``x.flat[output[n]]``. Padding takes part in no product, so it has no taps.
    """

    output: NDArray[np.intp]
    weight: NDArray[np.intp]
    input: NDArray[np.intp]


class TapSlices(NamedTuple):
    """All taps of one weight: where it stands, and its outputs and inputs as strided slices.

    Attributes
    ----------
    weight : tuple of int
        The weight's position in the kernel.
    output, input : tuple
        An Ellipsis, for the axes of batch and channels if there are any, and a slice per spatial
        axis. ``x[output]`` and ``o[input]`` have one shape: element for element they are the
        outputs that use this weight and the inputs it is multiplied with, without padding.
    """

    weight: Position
    output: tuple[Any, ...]
    input: tuple[Any, ...]


@dataclass(frozen=True)
class Window:
    """A kernel's shape and how it moves: one, two or three spatial axes.

    Parameters
    ----------
    kernel : int or tuple of int
        Kernel size per axis, in weights; a lone int is one axis.
    stride, padding, dilation : int or tuple of int
        Cells moved per step, zeros put round the input on both sides, and cells between
        neighbouring weights; a lone int serves every axis.

    Raises
    ------
    TypeError
        A size is not an integer.
    ValueError
        A size is too small, or the number of axes does not fit.

    Examples
    --------
    >>> window = Window(3)
    >>> window.output_shape(6)
    (4,)
    >>> window.region_q(0, 6)
    [(0,)]
    """

    kernel: Shape
    stride: Shape
    padding: Shape
    dilation: Shape

    def __init__(
        self,
        kernel: AxisSizes,
        stride: AxisSizes = 1,
        padding: AxisSizes = 0,
        dilation: AxisSizes = 1,
    ) -> None:
        sizes = axis_sizes("kernel", kernel, least=1)
        given = {"stride": (stride, 1), "padding": (padding, 0), "dilation": (dilation, 1)}
        object.__setattr__(self, "kernel", sizes)
        for name, (value, least) in given.items():
            object.__setattr__(self, name, axis_sizes(name, value, least=least, axes=len(sizes)))

    @property
    def extent(self) -> Shape:
        """Cells from the first weight to the last, per axis: dilation * (kernel - 1) + 1."""
        return tuple(d * (k - 1) + 1 for d, k in zip(self.dilation, self.kernel, strict=True))

    def output_shape(self, input_shape: AxisSizes) -> Shape:
        """How many places the kernel can stand, per axis (S1, J10).

        floor((input + 2 padding - extent) / stride) + 1; with stride 1 and no padding, N - m + 1.

        Parameters
        ----------
        input_shape : int or tuple of int
            Spatial shape of the input, in cells.

        Returns
        -------
        tuple of int
            Spatial shape of the output, in cells.

        Raises
        ------
        TypeError
            A size is not an integer.
        ValueError
            The kernel does not fit into the padded input, or the number of axes differs.
        """
        shape = spatial_shape("input_shape", input_shape, axes=len(self.kernel))
        padded = tuple(n + 2 * p for n, p in zip(shape, self.padding, strict=True))
        if any(e > n for e, n in zip(self.extent, padded, strict=True)):
            raise ValueError(
                f"a kernel reaching over {self.extent} does not fit into an input of {shape} "
                f"with padding {self.padding}: make the input or the padding larger, or the "
                "kernel or the dilation smaller"
            )
        steps = zip(padded, self.extent, self.stride, strict=True)
        return tuple((n - e) // s + 1 for n, e, s in steps)

    def taps(self, input_shape: AxisSizes) -> Taps:
        """Every product of the layer as flat indices; padding is left out.

        Parameters
        ----------
        input_shape : int or tuple of int
            Spatial shape of the input, in cells.

        Returns
        -------
        Taps
            Ordered by output, then by weight.

        Raises
        ------
        TypeError, ValueError
            As `output_shape` does.
        """
        shape = spatial_shape("input_shape", input_shape, axes=len(self.kernel))
        i = _positions(self.output_shape(shape))[:, :, None]
        a = _positions(self.kernel)[:, None, :]
        stride, padding, dilation, size = (
            np.reshape([min(n, sys.maxsize) for n in v], (-1, 1, 1))
            for v in (self.stride, self.padding, self.dilation, shape)
        )
        p = stride * i + dilation * a - padding
        inside = ((p >= 0) & (p < size)).all(axis=0)
        output, weight = np.nonzero(inside)
        return Taps(output, weight, np.ravel_multi_index(tuple(p[:, inside]), shape))

    def slices(self, input_shape: AxisSizes) -> list[TapSlices]:
        """The same taps, grouped by weight: each weight's outputs and inputs as strided slices.

        Parameters
        ----------
        input_shape : int or tuple of int
            Spatial shape of the input, in cells.

        Returns
        -------
        list of TapSlices
            In the reading order of the weights; a weight that meets only padding is left out.

        Raises
        ------
        TypeError, ValueError
            As `output_shape` does.
        """
        shape = spatial_shape("input_shape", input_shape, axes=len(self.kernel))
        per_axis = [
            _axis_slices(*sizes) for sizes in self._per_axis(self.output_shape(shape), shape)
        ]
        grouped = (zip(*taps, strict=True) for taps in product(*per_axis))
        return [TapSlices(a, (..., *i), (..., *p)) for a, i, p in grouped]

    def region_q(self, position: AxisSizes, input_shape: AxisSizes) -> list[Position]:
        """Every output that uses this input, clipped at the border (J16, J17).

        Parameters
        ----------
        position : int or tuple of int
            One input cell; a lone int on one axis.
        input_shape : int or tuple of int
            Spatial shape of the input, in cells.

        Returns
        -------
        list of tuple of int
            Output positions in reading order; empty where no kernel position reads this input.

        Raises
        ------
        TypeError
            A size or an index is not an integer.
        ValueError
            The position is not on the input, or the kernel does not fit into it.
        """
        shape = spatial_shape("input_shape", input_shape, axes=len(self.kernel))
        here = position_on("input", position, shape)
        per_axis = [
            [i for i in range(outputs) if 0 <= (at := p + pad - s * i) < d * k and at % d == 0]
            for p, outputs, k, s, pad, d in self._per_axis(here, self.output_shape(shape))
        ]
        return list(product(*per_axis))

    def receptive_field(self, position: AxisSizes, input_shape: AxisSizes) -> list[Position]:
        """Every input that this output uses; padding is left out (J7).

        Parameters
        ----------
        position : int or tuple of int
            One output cell; a lone int on one axis.
        input_shape : int or tuple of int
            Spatial shape of the input, in cells.

        Returns
        -------
        list of tuple of int
            Input positions in reading order; empty where the kernel sees only padding.

        Raises
        ------
        TypeError
            A size or an index is not an integer.
        ValueError
            The position is not on the output, or the kernel does not fit into the input.
        """
        shape = spatial_shape("input_shape", input_shape, axes=len(self.kernel))
        here = position_on("output", position, self.output_shape(shape))
        per_axis = [
            [p for a in range(k) if 0 <= (p := s * i + d * a - pad) < size]
            for i, size, k, s, pad, d in self._per_axis(here, shape)
        ]
        return list(product(*per_axis))

    def _per_axis(self, position: Position, shape: Shape) -> Iterable[tuple[int, ...]]:
        return zip(
            position, shape, self.kernel, self.stride, self.padding, self.dilation, strict=True
        )


def _axis_slices(outputs: int, size: int, *moves: int) -> list[tuple[int, slice, slice]]:
    """(weight, outputs, inputs) along one axis, for every weight that meets an input."""
    kernel, stride, padding, dilation = moves
    found = []
    for a in range(kernel):
        shift = dilation * a - padding  # p = stride * i + shift
        first = max(0, -(shift // stride))
        last = min(outputs - 1, (size - 1 - shift) // stride)
        if first <= last:
            inputs = slice(stride * first + shift, stride * last + shift + 1, stride)
            found.append((a, slice(first, last + 1), inputs))
    return found


def _positions(shape: Shape) -> NDArray[np.intp]:
    """Every position of a grid in reading order, one row per axis."""
    return np.indices(shape).reshape(len(shape), math.prod(shape))
