"""What a TrainingBoard shows of a network at one moment, small enough to be kept in a notebook.

Numbers travel as one signed byte each, -127 to 127 for minus to plus the largest of their grid, in
base64: a pixel has no more shades, and JSON no shorter way.
"""

from base64 import b64encode
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cnnlib._checks import Array
from cnnlib.geometry import Shape
from cnnlib.network import Conv, LeakyReLU, Network, ReLU, Sigmoid, Tanh

BENDS = (ReLU, LeakyReLU, Sigmoid, Tanh)
MOST_MAPS = 16  # kernels across and down, and feature maps
MOST_DIGITS = 10
STEPS_OF_A_BYTE = 127

Labels = NDArray[np.intp]
Frame = dict[str, Any]


class Shown(NamedTuple):
    """A conv layer on the board.

    Attributes
    ----------
    name, maps : str
        The layer, and the one whose output is shown: its activation where it has one.
    kernels : tuple of int
        (D, C, rows, columns) of the kernels shown.
    size : tuple of int
        (D, rows, columns) of the feature maps shown.
    """

    name: str
    maps: str
    kernels: Shape
    size: Shape


class Gallery:
    """The layers and the digits a board shows, and its frames.

    Parameters
    ----------
    network : Network
        Its conv layers are shown.
    images, labels : ndarray
        The first image of each class, ten at most, is shown.
    """

    def __init__(self, network: Network, images: Array, labels: Labels) -> None:
        classes, first = np.unique(labels, return_index=True)
        self.classes, self.digits = classes[:MOST_DIGITS], images[first[:MOST_DIGITS]]
        self.layers = tuple(_shown_layers(network, images.shape[1:]))
        (self.scores,) = list(network.output_shapes(images.shape[1:]).values())[-1]

    def scene(self) -> dict[str, Any]:
        """What stays the same: the digits, and the sizes of all that is shown."""
        digits = _sheets(self.digits[:, 0], 1)
        return {
            "labels": self.classes.tolist(),
            "classes": self.scores,
            "digits": packed(digits),
            "image": list(digits.shape[1:]),
            "layers": [shown._asdict() for shown in self.layers],
        }

    def frame(self, network: Network, epoch: float, gradients: Mapping[str, Array]) -> Frame:
        """Kernels, gradients, feature maps and probabilities at this moment.

        Parameters
        ----------
        network : Network
        epoch : float
            How often all images have been used.
        gradients : mapping of arrays
            Those of the last step, by the parameters' names; empty before the first.
        """
        with np.errstate(over="ignore", invalid="ignore"):
            trace = network.forward(self.digits)
            layers = [self._layer(shown, trace, gradients) for shown in self.layers]
            probabilities = np.round(np.nan_to_num(trace.probabilities), 4).tolist()
        return {"epoch": round(epoch, 3), "layers": layers, "probabilities": probabilities}

    def _layer(self, shown: Shown, trace: Any, gradients: Mapping[str, Array]) -> dict[str, Any]:
        name = f"{shown.name}.w"
        maps = _sheets(trace[shown.maps][:, : shown.size[0]], 2)
        return {
            **_grids("kernels", _kernels(trace.parameters[name])),
            **_grids("gradients", _kernels(gradients[name]) if gradients else None),
            **_grids("maps", maps),
        }


def packed(values: Array) -> str:
    """The numbers as signed bytes in base64; the largest in size becomes 127 or -127."""
    top = largest(values) or 1.0
    steps = np.round(STEPS_OF_A_BYTE * np.nan_to_num(values / top))
    return b64encode(np.clip(steps, -127, 127).astype(np.int8).tobytes()).decode()


def largest(values: Array) -> float:
    """The largest size of a finite number."""
    finite = np.abs(values[np.isfinite(values)])
    return float(finite.max(initial=0))


def _grids(name: str, values: Array | None) -> dict[str, Any]:
    if values is None:
        return {name: None, f"{name}_top": 0}
    return {name: packed(values), f"{name}_top": float(f"{largest(values):.4g}")}


def _shown_layers(network: Network, image: Shape) -> Iterator[Shown]:
    shapes, names = network.output_shapes(image), list(network.layers)
    for name, following in zip(names, [*names[1:], ""], strict=True):
        if isinstance(network.layers[name], Conv):
            bent = isinstance(network.layers.get(following), BENDS)
            kernels = _kernels(network.parameters[f"{name}.w"]).shape
            maps = _sheets(np.empty(shapes[name]), 1)[:MOST_MAPS]
            yield Shown(name, following if bent else name, kernels, maps.shape)


def _kernels(w: Array) -> Array:
    """The kernels that are shown, (D, C, rows, columns)."""
    return _sheets(w[:MOST_MAPS, :MOST_MAPS], 2)


def _sheets(values: Array, lead: int) -> Array:
    """Behind the leading axes two more: one axis becomes a row, of three the slices are stacked."""
    return values.reshape(*values.shape[:lead], -1, values.shape[-1])
