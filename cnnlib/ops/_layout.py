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
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Any

import numpy as np

from cnnlib._checks import Array
from cnnlib.geometry import Shape, Window

BLOCK_BYTES = 1 << 20  # of rows at a time: they stay in the cache until they are multiplied
BUSY_COLUMNS = 32  # with fewer columns a product leaves the processor's vector units idle

Index = tuple[Any, ...]


@dataclass(frozen=True, eq=False)
class Layout:
    """The sizes of one layer. Positions and shapes without a name for it are spatial.

    Attributes
    ----------
    dtype : dtype
        What the layer computes in.
    maps, filters, kernel : int, int, tuple of int
        C, D, *K.
    members : int
        Outputs in a group.
    places, taps : tuple of int
        Groups, and inputs that one group reads, per axis.
    step, dilation : tuple of int
        Cells from one group to the next, and from one tap to the next.
    padded : tuple of int
        Shape of that part of the padded input which is read.
    inside, source : tuple of slice
        Where the input lies on padded images, and which part of the input lies there.
    images, lines : int
        How many images, and how many places along the first axis, make one block.
    """

    dtype: np.dtype[Any]
    maps: int
    filters: int
    kernel: Shape
    members: int
    places: Shape
    taps: Shape
    step: Shape
    dilation: Shape
    padded: Shape
    inside: Index
    source: Index
    images: int
    lines: int

    def blocks(self, images: int) -> list[slice]:
        """Images that are worked on together."""
        return _parts(images, self.images)

    def slabs(self) -> list[tuple[slice, slice]]:
        """(places, outputs) along the first axis; more than one where an image is large."""
        scale = self.members if len(self.places) == 1 else 1
        return [
            (part, slice(scale * part.start, scale * part.stop))
            for part in _parts(self.places[0], self.lines)
        ]

    def zeros(self, images: int) -> Array:
        """Padded images with nothing on them, channels last."""
        return np.zeros((images, *self.padded, self.maps), self.dtype)

    def pad(self, o: Array) -> Array:
        """Images (n, C, *S) with zeros round them, channels last."""
        padded = self.zeros(len(o))
        padded[self.inside] = _channels_last(o)[self.source]
        return padded

    def crop(self, padded: Array, d_o: Array) -> None:
        """Take the zeros off again, into d_o (n, C, *S)."""
        _channels_last(d_o)[self.source] = padded[self.inside]

    def windows(self, padded: Array) -> Array:
        """What each group reads, as a view of padded images: (n, *places, *taps, C)."""
        image, *cells, channel = padded.strides
        steps = [c * s for c, s in zip(cells, self.step, strict=True)]
        within = [c * d for c, d in zip(cells, self.dilation, strict=True)]
        shape = (len(padded), *self.places, *self.taps, self.maps)
        return np.ndarray(shape, self.dtype, padded, 0, (image, *steps, *within, channel))

    def rows(self, windows: Array) -> Array:
        """Windows copied, each in one piece: (groups, taps * C)."""
        return windows.reshape(-1, math.prod(self.taps) * self.maps)

    def runs(self) -> Iterator[Index]:
        """The taps of a group, index by index; along the last axis as many as it has members."""
        *lead, last = self.taps
        return product(*map(range, lead), _parts(last, self.members))

    def group(self, delta: Array) -> Array:
        """Outputs (n, D, *O) as (groups, members * D); beyond the last output stands 0."""
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
        band = np.zeros((*self.taps, self.maps, self.members, self.filters), self.dtype)
        self._diagonals(band)[...] = w.transpose(*range(2, w.ndim), 1, 0)
        return band

    def unband(self, d_band: Array) -> Array:
        """The way back for a gradient: a weight's places on its diagonal add up."""
        band = d_band.reshape(*self.taps, self.maps, self.members, self.filters)
        d_w = self._diagonals(band).sum(axis=0)
        return np.ascontiguousarray(d_w.transpose(-1, -2, *range(len(self.kernel))))

    def _diagonals(self, band: Array) -> Array:
        """Where each member's copy of the weights stands, as a view: (members, *K, C, D)."""
        *lead, tap, channel, member, filters = band.strides
        shape = (self.members, *self.kernel, self.maps, self.filters)
        strides = (tap + member, *lead, tap, channel, filters)
        return np.ndarray(shape, self.dtype, band, 0, strides)


@lru_cache(maxsize=256)
def layout_of(window: Window, shape: Shape, maps: int, filters: int, dtype: Any) -> Layout:
    """The layout of a layer with C maps of a spatial shape and D filters."""
    outputs = window.output_shape(shape)
    members = _members(window, outputs[-1], filters)
    places = (*outputs[:-1], -(-outputs[-1] // members))
    taps = (*window.kernel[:-1], window.kernel[-1] + members - 1)
    step = (*window.stride[:-1], window.stride[-1] * members)
    sizes = list(zip(places, step, taps, window.dilation, strict=True))
    padded = tuple(s * (n - 1) + d * (t - 1) + 1 for n, s, t, d in sizes)
    ends = [
        max(0, min(p, n + q) - q) for p, n, q in zip(padded, shape, window.padding, strict=True)
    ]
    inside = [slice(q, q + e) for q, e in zip(window.padding, ends, strict=True)]
    source = [slice(e) for e in ends]
    line = math.prod(places[1:]) * math.prod(taps) * maps * np.dtype(dtype).itemsize
    return Layout(
        dtype=np.dtype(dtype),
        maps=maps,
        filters=filters,
        kernel=window.kernel,
        members=members,
        places=places,
        taps=taps,
        step=step,
        dilation=window.dilation,
        padded=padded,
        inside=(slice(None), *inside),
        source=(slice(None), *source),
        images=max(1, BLOCK_BYTES // (line * places[0])),
        lines=max(1, BLOCK_BYTES // line),
    )


def _members(window: Window, outputs: int, filters: int) -> int:
    """Outputs per group: enough to fill the columns, and the last group as full as can be."""
    if window.stride[-1] > 1 or window.dilation[-1] > 1:
        return 1  # neighbours read different inputs, so a common run would be mostly zeros
    groups = -(-outputs // max(1, BUSY_COLUMNS // filters))
    return -(-outputs // groups)


def _parts(total: int, size: int) -> list[slice]:
    return [slice(start, min(start + size, total)) for start in range(0, total, size)]


def _channels_last(maps: Array) -> Array:
    return maps.transpose(0, *range(2, maps.ndim), 1)
