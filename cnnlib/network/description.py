"""Layers as plain records and back, for files: only the kinds listed here can come out of one."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from cnnlib.network.activations import LeakyReLU, ReLU, Sigmoid, Tanh
from cnnlib.network.base import Layer
from cnnlib.network.layers import Conv, Dense, Flatten
from cnnlib.network.pools import AvgPool, L2Pool, MaxPool

KIND = "a cnnlib network"
KNOWN: tuple[Any, ...] = (
    *(Conv, Dense, Flatten, MaxPool, AvgPool, L2Pool),
    *(ReLU, LeakyReLU, Sigmoid, Tanh),
)


def records_of(layers: Iterable[Layer]) -> list[dict[str, Any]]:
    """Each layer's class and sizes."""
    return [{"layer": type(layer).__name__, **asdict(layer)} for layer in layers]  # type: ignore[call-overload]


def layers_of(records: Any) -> list[Layer]:
    """The layers again; a TypeError or a ValueError where a record is not one of ours."""
    known = {kind.__name__: kind for kind in KNOWN}
    layers = []
    for record in records:
        sizes = dict(record)
        name = sizes.pop("layer", None)
        if name not in known:
            raise ValueError(f"{name!r} is not a layer: {', '.join(known)}")
        layers.append(known[name](**sizes))
    return layers
