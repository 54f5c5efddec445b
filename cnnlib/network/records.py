"""What a forward and a backward pass leave: records that nothing changes afterwards."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnnlib import ops
from cnnlib._checks import Array

INPUT = "input"


class Record(Mapping[str, Array]):
    """Arrays by name, none of which can be written to."""

    _arrays: Mapping[str, Array]
    _what = "an array"

    def __getitem__(self, name: str) -> Array:
        if name not in self._arrays:
            raise KeyError(f"{name!r} is not the name of {self._what}: {', '.join(self._arrays)}")
        return self._arrays[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._arrays)

    def __len__(self) -> int:
        return len(self._arrays)

    def __contains__(self, name: object) -> bool:
        return name in self._arrays

    # Two records are the same only if they are one: arrays do not compare to a single yes or no.
    __eq__ = object.__eq__
    __hash__ = object.__hash__


@dataclass(frozen=True, eq=False, repr=False)
class Trace(Record):
    """A forward pass: ``trace["conv1"]`` is what came out of conv1, ``trace["input"]`` went in.

    Attributes
    ----------
    winners : mapping
        For each max pool, where each window's largest number stood: flat indices into the maps.
    parameters : mapping
        The weights that were used, as ``parameters["conv1.w"]``.
    """

    _arrays: Mapping[str, Array]
    winners: Mapping[str, NDArray[np.intp]]
    parameters: Mapping[str, Array]
    _what = "an activation"

    @property
    def scores(self) -> Array:
        """What came out of the last layer: one score per class, shape (N, D)."""
        return self._arrays[next(reversed(list(self._arrays)))]

    @property
    def probabilities(self) -> Array:
        """Softmax of the scores, shape (N, D); each row adds up to 1."""
        return ops.softmax(self.scores)

    def __repr__(self) -> str:
        shapes = (f"{name} {array.shape}" for name, array in self.items())
        return f"<Trace: {' → '.join(shapes)}>"


@dataclass(frozen=True, eq=False, repr=False)
class Gradients(Record):
    """A backward pass: ``gradients["conv1.w"]`` is dE/dw of conv1, with the shape of w.

    Attributes
    ----------
    delta : mapping
        ``delta["conv1"]`` is dE/d of what came out of conv1, with the shape of ``trace["conv1"]``;
        ``delta["input"]`` is the gradient at the images.
    """

    _arrays: Mapping[str, Array]
    delta: Mapping[str, Array]
    _what = "a parameter"

    def norms(self) -> dict[str, float]:
        """The length of each layer's gradient, all its weights and biases as one vector.

        Returns
        -------
        dict of str to float
            By the layer's name, ``{"conv1": 0.7, ...}``; layers without weights are left out.
        """
        squares: dict[str, float] = {}
        for name, gradient in self.items():
            layer = name.partition(".")[0]
            square = float(np.sum(np.square(gradient, dtype=np.float64)))
            squares[layer] = squares.get(layer, 0.0) + square
        return {layer: float(np.sqrt(square)) for layer, square in squares.items()}

    def __repr__(self) -> str:
        return f"<Gradients: {', '.join(f'{name} {g.shape}' for name, g in self.items())}>"


def frozen(arrays: Mapping[str, NDArray[Any]]) -> Mapping[str, NDArray[Any]]:
    """A mapping that cannot be changed, of arrays that cannot be written to."""
    for array in arrays.values():
        array.setflags(write=False)
    return MappingProxyType(dict(arrays))
