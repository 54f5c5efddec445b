"""A convolution layer as a matrix product: one layout, read in the three ways of `convolution`.

    rows     what each group of outputs reads, channels last: (groups, taps * C)
    band     the weights as a banded matrix: (taps * C, members * D)

A group is a few neighbouring outputs along the last axis, its members. Together they read one run
of inputs, and the kernel stands on that run once for each member, one step further each time: the
band is the Toeplitz matrix of lesson 05, transposed. A group of one is the plain "windows as
rows"; larger groups keep the product busy when there are few filters, and copy each input fewer
times.
"""

import math
from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from typing import Any

import numpy as np

from cnnlib import _checks as checks
from cnnlib._checks import Array
from cnnlib.geometry import AxisSizes, Shape, Window
from cnnlib.ops._arguments import conv_window

# Of rows at a time: they stay in the cache until they are multiplied. Twice as much is 2 % faster
# at best, and 2.5 times slower where the C library gives such buffers back to the system each time.
BLOCK_BYTES = 1 << 19
MAP_BYTES = 1 << 20  # of maps at a time, where no rows are needed
BUSY_COLUMNS = 32  # with fewer columns a product leaves the processor's vector units idle
_CHANNELS_LAST = {3: (0, 2, 1), 4: (0, 2, 3, 1), 5: (0, 2, 3, 4, 1)}

Moves = tuple[AxisSizes, AxisSizes, AxisSizes]


class Layout:
    """The sizes of one layer, and the ways between its arrays and the product's matrices.

    Attributes
    ----------
    dtype : dtype
        What the layer computes in.
    outputs : tuple of int
        The output's spatial shape *O.
    members : int
        Outputs in a group.
    places, taps : tuple of int
        Groups, and inputs that one group reads, per axis.
    row_blocks, map_blocks : list of slice
        Images that are worked on together, so that their rows, or only their maps, fit the cache.
    slabs : list of (slice, slice)
        Places, and their outputs, along the first axis that are worked on together; more than one
        where the rows of a single image do not fit the cache.
    """

    def __init__(self, input_shape: Shape, w_shape: Shape, moves: Moves, dtype: Any) -> None:
        window = conv_window(input_shape, w_shape, *moves)
        self.dtype = np.dtype(dtype)
        self.filters, self.maps, *self.kernel = w_shape
        self.outputs = window.output_shape(input_shape[2:])
        self.members = self._most_members(window.stride[-1], window.dilation[-1])
        self.places = (*self.outputs[:-1], -(-self.outputs[-1] // self.members))
        self.taps = (*self.kernel[:-1], self.kernel[-1] + self.members - 1)
        self._place_windows(*self._steps(window))
        self._place_input(input_shape[2:], window.padding)
        self._place_weights()
        self._cut_into_blocks(input_shape[0])

    def _most_members(self, stride: int, dilation: int) -> int:
        """Enough to fill the columns, yet few zeros in the band, and the last group well filled."""
        if stride > 1 or dilation > 1:
            return 1  # neighbours then read different inputs: a common run would be mostly zeros
        most = min(BUSY_COLUMNS // self.filters, 2 * self.kernel[-1])
        groups = -(-self.outputs[-1] // max(1, most))
        return -(-self.outputs[-1] // groups)

    def _steps(self, window: Window) -> tuple[Shape, Shape]:
        """Stride and dilation, and 1 where there is no second place or tap: they may be huge."""
        stride = tuple(s if n > 1 else 1 for s, n in zip(window.stride, self.outputs, strict=True))
        dilation = (d if k > 1 else 1 for d, k in zip(window.dilation, self.kernel, strict=True))
        return stride, tuple(dilation)

    def _place_windows(self, stride: Shape, dilation: Shape) -> None:
        """The read part of the padded input, and the strides of windows on it."""
        step = (*stride[:-1], stride[-1] * self.members)
        axes = zip(self.places, step, self.taps, dilation, strict=True)
        self._padded = (*(s * (n - 1) + d * (t - 1) + 1 for n, s, t, d in axes), self.maps)
        image, *cells, channel = _contiguous((1, *self._padded), self.dtype.itemsize)
        steps = (c * s for c, s in zip(cells, step, strict=True))
        within = (c * d for c, d in zip(cells, dilation, strict=True))
        self._window_strides = (image, *steps, *within, channel)
        self._window_shape = (*self.places, *self.taps, self.maps)

    def _place_input(self, shape: Shape, padding: Shape) -> None:
        """Where the input lies on the padded one, and which part of it is read."""
        axes = zip(shape, padding, self._padded[:-1], strict=True)
        reads = [(p, max(0, min(n, wide - p))) for n, p, wide in axes]
        self._is_bare = self._padded[:-1] == shape and not any(padding)
        self._inside = (slice(None), *(slice(p, p + n) for p, n in reads))
        self._source = (slice(None), *(slice(n) for _, n in reads))

    def _place_weights(self) -> None:
        """Where each member's copy of the weights stands in a band: one tap further every time."""
        self._band = (*self.taps, self.maps, self.members, self.filters)
        strides = _contiguous(self._band, self.dtype.itemsize)
        *lead, tap, channel, member, filters = strides
        self._diagonal_strides = (tap + member, *lead, tap, channel, filters)
        self._diagonal_shape = (self.members, *self.kernel, self.maps, self.filters)
        self._taps_first = (*range(2, 2 + len(self.kernel)), 1, 0)

    def _cut_into_blocks(self, images: int) -> None:
        self.row_size = math.prod(self.taps) * self.maps
        line = math.prod(self.places[1:]) * self.row_size * self.dtype.itemsize
        scale = self.members if len(self.places) == 1 else 1
        self.row_blocks = _parts(images, BLOCK_BYTES // (line * self.places[0]))
        columns = self.members * (self.filters + self.maps)  # an output and a share of its delta
        numbers = math.prod(self._padded) + math.prod(self.places) * columns
        self.map_blocks = _parts(images, MAP_BYTES // (numbers * self.dtype.itemsize))
        self.slabs = [
            (part, slice(scale * part.start, scale * part.stop))
            for part in _parts(self.places[0], BLOCK_BYTES // line)
        ]

    def zeros(self, images: int) -> Array:
        """Padded images with nothing on them, channels last."""
        return np.zeros((images, *self._padded), self.dtype)

    def pad(self, o: Array) -> Array:
        """Images (n, C, *S) with zeros round them, channels last; not to be written to."""
        if self._is_bare:
            return np.ascontiguousarray(_channels_last(o), self.dtype)
        padded = self.zeros(len(o))
        padded[self._inside] = _channels_last(o)[self._source]
        return padded

    def crop(self, padded: Array, d_o: Array) -> None:
        """Take the zeros off again, into d_o (n, C, *S)."""
        _channels_last(d_o)[self._source] = padded[self._inside]

    def windows(self, padded: Array) -> Array:
        """What each group reads, as a view of padded images: (n, *places, *taps, C)."""
        shape = (len(padded), *self._window_shape)
        return np.ndarray(shape, self.dtype, padded, 0, self._window_strides)

    def rows(self, windows: Array) -> Array:
        """Windows copied, each in one piece: (groups, taps * C)."""
        return windows.reshape(-1, self.row_size)

    def runs(self) -> Iterator[tuple[Any, ...]]:
        """The taps of a group, index by index; along the last axis as many as it has members."""
        *lead, last = self.taps
        steps = range(0, last, self.members)
        return product(*map(range, lead), [slice(u, min(u + self.members, last)) for u in steps])

    def group(self, delta: Array) -> Array:
        """Outputs (n, D, *O) as (groups, members * D); beyond the last output stands 0."""
        if self.members == 1 and len(delta) == 1:
            return delta.reshape(self.filters, -1).T  # is one already, no copy
        *lead, last = delta.shape[2:]
        width = -(-last // self.members) * self.members
        grouped = np.zeros((len(delta), *lead, width, self.filters), self.dtype)
        grouped[..., :last, :] = _channels_last(delta)
        return grouped.reshape(-1, self.members * self.filters)

    def ungroup(self, grouped: Array, x: Array) -> None:
        """The way back, into x (n, D, *O)."""
        *lead, last = x.shape[2:]
        outputs = grouped.reshape(len(x), *lead, -1, self.filters)
        _channels_last(x)[...] = outputs[..., :last, :]

    def band(self, w: Array) -> Array:
        """Weights (D, C, *K) on the diagonals of a band, (*taps, C, members, D)."""
        band = np.zeros(self._band, self.dtype)
        self._diagonals(band)[...] = w.transpose(self._taps_first)
        return band

    def unband(self, d_band: Array) -> Array:
        """The way back for a gradient: a weight's places on its diagonal add up."""
        d_w = self._diagonals(d_band).sum(axis=0)
        return np.ascontiguousarray(d_w.transpose(-1, -2, *range(len(self.kernel))))

    def _diagonals(self, band: Array) -> Array:
        """Every member's copy of the weights, as a view: (members, *K, C, D)."""
        return np.ndarray(self._diagonal_shape, self.dtype, band, 0, self._diagonal_strides)


def layout_of(input_shape: Shape, w_shape: Shape, moves: Moves, *arrays: Array) -> Layout:
    """The layout of a layer with these shapes, for moves (stride, padding, dilation)."""
    dtype = np.result_type(*arrays)
    return _kept_layout(input_shape, w_shape, _exact(moves, len(w_shape) - 2), dtype)


@lru_cache(maxsize=256)
def _kept_layout(input_shape: Shape, w_shape: Shape, moves: Moves, dtype: Any) -> Layout:
    return Layout(input_shape, w_shape, moves, dtype)


def _exact(moves: Moves, axes: int) -> Moves:
    """The same in plain integers, so that True or 1.0 do not pass for a 1 that was seen before."""
    stride, padding, dilation = moves
    if type(stride) is type(padding) is type(dilation) is int:
        return moves
    names = (("stride", 1), ("padding", 0), ("dilation", 1))
    stride, padding, dilation = (
        checks.axis_sizes(name, move, least, axes)
        for (name, least), move in zip(names, moves, strict=True)
    )
    return stride, padding, dilation


def _contiguous(shape: Shape, size: int) -> list[int]:
    """Strides in bytes of an array in reading order."""
    return [size * math.prod(shape[n + 1 :]) for n in range(len(shape))]


def _parts(total: int, most: int) -> list[slice]:
    """Slices of equal length, save the last, and at most so long."""
    length = -(-total // -(-total // max(1, most)))
    return [slice(start, min(start + length, total)) for start in range(0, total, length)]


def _channels_last(maps: Array) -> Array:
    return maps.transpose(_CHANNELS_LAST[maps.ndim])
