"""A network as plain records and one text of weights, for the browser to compute with."""

import base64
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import traitlets as t

from cnnlib._checks import Array
from cnnlib.network import (
    AvgPool,
    Conv,
    Dense,
    Flatten,
    L2Pool,
    Layer,
    LeakyReLU,
    MaxPool,
    Network,
    ReLU,
    Sigmoid,
    Tanh,
)

KINDS: dict[type[Layer], str] = {
    **{Conv: "conv", Dense: "dense", Flatten: "flatten"},
    **{MaxPool: "max", AvgPool: "average", L2Pool: "l2"},
    **{ReLU: "relu", LeakyReLU: "leaky_relu", Sigmoid: "sigmoid", Tanh: "tanh"},
}
AXES = 2


def records_of(network: Network) -> list[dict[str, Any]]:
    """What the browser needs to know of each layer: name, kind, sizes, shapes of its parameters.

    Raises
    ------
    TraitError
        The browser does not know a layer, or it moves differently along its two axes.
    """
    return [_record(name, layer) for name, layer in network.layers.items()]


def packed(parameters: Mapping[str, Array]) -> str:
    """All weights in the network's order as 32-bit floats, low byte first, in base64."""
    return _text(np.asarray(array, "<f4").tobytes() for array in parameters.values())


def _text(parts: Iterable[bytes]) -> str:
    return base64.b64encode(b"".join(parts)).decode("ascii")


def _record(name: str, layer: Layer) -> dict[str, Any]:
    if type(layer) not in KINDS:
        raise t.TraitError(
            f"{name} is a {type(layer).__name__}; the browser computes with "
            f"{', '.join(kind.__name__ for kind in KINDS)}: build the network from these"
        )
    shapes = {short: list(shape) for short, shape in layer.parameter_shapes().items()}
    slope = {"slope": layer.slope} if isinstance(layer, LeakyReLU) else {}
    return {
        **{"name": name, "kind": KINDS[type(layer)], "parameters": shapes},
        **slope,
        **_moves(name, layer),
    }


def _moves(name: str, layer: Layer) -> dict[str, Any]:
    window = layer.window(AXES)
    if window is None:
        return {}
    moves = {
        "stride": window.stride,
        "padding": window.padding,
        "dilation": window.dilation,
    }
    for setting, sizes in moves.items():
        if len(set(sizes)) > 1:
            raise t.TraitError(
                f"{name} has {setting} {sizes}; the browser computes with the same for both axes: "
                f"pass one number, like {setting}={sizes[0]}"
            )
    return {
        "kernel": list(window.kernel),
        "move": {setting: sizes[0] for setting, sizes in moves.items()},
    }
