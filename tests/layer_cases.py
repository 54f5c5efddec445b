"""Layers of every legal geometry for Hypothesis, and cases recorded from PyTorch."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

from cnnlib.geometry import Window

# The same examples in every run; a run is long enough to meet every kind of geometry.
sweep = settings(max_examples=150, deadline=None, derandomize=True)
short_sweep = settings(sweep, max_examples=40)


def recorded(prefix):
    """Cases of benchmarks/record_torch.py: {case: {array: values}}."""
    with np.load(Path(__file__).parent / "data" / "torch.npz") as arrays:
        cases = {}
        for key in arrays.files:
            case, _, name = key.partition("/")
            if case.startswith(prefix):
                cases.setdefault(case, {})[name] = arrays[key]
    return cases


def sizes_of(case, *names):
    return {name: tuple(case[name].tolist()) for name in names}


@dataclass(frozen=True)
class Layer:
    """Sizes of one layer and arrays that fit it."""

    batch: int
    maps: int
    filters: int
    window: Window
    shape: tuple[int, ...]
    seed: int

    @property
    def geometry(self):
        names = ("stride", "padding", "dilation")
        return {name: getattr(self.window, name) for name in names}

    @property
    def padded(self):
        return [(0, 0), (0, 0), *((p, p) for p in self.window.padding)]

    @cached_property
    def arrays(self):
        """o, w, b, delta: standard normal, so that no kernel is symmetric."""
        random = np.random.default_rng(self.seed)
        outputs = self.window.output_shape(self.shape)
        return (
            random.normal(size=(self.batch, self.maps, *self.shape)),
            random.normal(size=(self.filters, self.maps, *self.window.kernel)),
            random.normal(size=self.filters),
            random.normal(size=(self.batch, self.filters, *outputs)),
        )


ONE_TO_THREE = st.integers(1, 3)


@st.composite
def layers(draw, axes=ONE_TO_THREE, dilation=ONE_TO_THREE):
    count = draw(axes)

    def sizes(each):
        return tuple(draw(st.lists(each, min_size=count, max_size=count)))

    kernel, steps = sizes(st.integers(1, 3)), sizes(st.integers(1, 3))
    window = Window(kernel, steps, sizes(st.integers(0, 3)), sizes(dilation))
    smallest = [max(1, e - 2 * p) for e, p in zip(window.extent, window.padding, strict=True)]
    more = sizes(st.integers(0, 4))
    shape = tuple(s + m for s, m in zip(smallest, more, strict=True))
    counts = [draw(st.integers(1, 3)) for _ in range(3)]
    return Layer(*counts, window, shape, draw(st.integers(0, 2**32 - 1)))
