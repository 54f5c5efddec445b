"""What NetworkTrace sends to the browser: layers, rounded weights, a few pictures."""

from typing import Any

import numpy as np
import traitlets as t
from numpy.typing import ArrayLike, NDArray

from cnnlib._checks import no_masks, told
from cnnlib.network import AvgPool, Conv, Dense, Flatten, MaxPool, Network, ReLU, Sigmoid, Tanh
from cnnlib.network.base import Layer, as_tuple

PLACES = 3  # after the decimal point
MOST_CELLS, MOST_WEIGHTS, MOST_LAYERS, MOST_PICTURES = 1024, 5000, 12, 12
WORDS: dict[type[Layer], str] = {
    **{Conv: "conv", Dense: "dense", MaxPool: "max", AvgPool: "average"},
    **{ReLU: "relu", Sigmoid: "sigmoid", Tanh: "tanh", Flatten: "flatten"},
}


def pictures(
    network: Network, images: ArrayLike, labels: ArrayLike | None
) -> tuple[NDArray[np.float64], NDArray[np.intp], Network]:
    """The pictures and classes, checked, and the network with its weights rounded."""
    if not isinstance(network, Network):
        raise t.TraitError(
            f"network is {type(network).__name__}; a cnnlib.network.Network is expected: "
            "pass small_cnn()"
        )
    found = _array("images", images)
    if found.dtype.kind not in "biuf" or found.ndim != 4 or not 1 <= len(found) <= MOST_PICTURES:
        raise t.TraitError(
            f"images has shape {found.shape} and dtype {found.dtype}; 1 to {MOST_PICTURES} "
            "pictures of shape (C, H, W) are expected: pass images[:6]"
        )
    if not np.isfinite(found).all():
        raise t.TraitError("images holds NaN or infinity; finite numbers are expected")
    found = found.astype(np.float64)
    _check_size(network, found.shape[1:])
    shown = network.copy(np.float64)
    shown.parameters = {name: a.round(PLACES) for name, a in shown.parameters.items()}
    return found, _labels(labels, found, shown), shown


def _array(name: str, value: ArrayLike) -> NDArray[Any]:
    no_masks(name, value, t.TraitError)
    try:
        return np.asarray(value)
    except ValueError:
        raise t.TraitError(
            f"{name} is {told(value)}; an array is expected: pass rows of equal length"
        ) from None


def _labels(
    labels: ArrayLike | None, images: NDArray[np.float64], network: Network
) -> NDArray[np.intp]:
    if labels is None:
        return network.predict(images)
    found = _array("labels", labels)
    classes = network.output_shapes(images.shape[1:])[list(network.layers)[-1]][0]
    fits = found.shape == (len(images),) and found.dtype.kind in "iu"
    if not fits or found.min() < 0 or found.max() >= classes:
        raise t.TraitError(
            f"labels is {told(labels)}; {len(images)} integers from 0 to {classes - 1} are "
            "expected: pass the class of each picture"
        )
    return found.astype(np.intp)


def _check_size(network: Network, shape: tuple[int, ...]) -> None:
    """What cannot be drawn, or not be seen, is refused with what can."""
    strange = [n for n, layer in network.layers.items() if type(layer) not in WORDS]
    kinds = [type(layer) for layer in network.layers.values()]
    if strange or kinds[-1] is not Dense or kinds.count(Flatten) > 1:
        raise t.TraitError(
            f"the network has {', '.join(network.layers)}; conv, relu, sigmoid, tanh, max and "
            "average pools and dense are drawn, and the last layer is dense: leave the others out"
        )
    try:
        shapes = network.output_shapes(shape)
    except ValueError as error:
        raise t.TraitError(f"images do not fit the network: {error}") from None
    cells = max(int(np.prod(found)) for found in shapes.values())
    weights = sum(array.size for array in network.parameters.values())
    if cells > MOST_CELLS or weights > MOST_WEIGHTS or len(kinds) > MOST_LAYERS:
        raise t.TraitError(
            f"the network is too large to be seen: {cells} numbers in a layer, {weights} weights, "
            f"{len(kinds)} layers; at most {MOST_CELLS}, {MOST_WEIGHTS} and {MOST_LAYERS} are "
            "drawn: pass one like network.small_cnn()"
        )
    if not all(np.isfinite(array).all() for array in network.parameters.values()):
        raise t.TraitError("the network's weights hold NaN or infinity: train it with a lower rate")


def described(network: Network, shape: tuple[int, ...]) -> list[dict[str, Any]]:
    """Input, layers and softmax as plain records; flatten changes no number and is left out."""
    shapes = network.output_shapes(shape)
    records = [{"name": "input", "kind": "input", "shape": list(shape)}]
    for name, layer in network.layers.items():
        if not isinstance(layer, Flatten):
            own = _moves(name, layer) | _weights(network, name)
            record = {"name": name, "kind": WORDS[type(layer)], "shape": list(shapes[name])}
            records.append(record | own)
    return [*records, {"name": "softmax", "kind": "softmax", "shape": records[-1]["shape"]}]


def _moves(name: str, layer: Layer) -> dict[str, Any]:
    window = layer.window(2)
    if window is None:
        return {}
    moves = {k: set(as_tuple(getattr(window, k))) for k in ("stride", "padding", "dilation")}
    if len(window.kernel) != 2 or any(len(sizes) > 1 for sizes in moves.values()):
        raise t.TraitError(
            f"{name} moves over {len(window.kernel)} axes by {window}; pictures and the same "
            "stride, padding and dilation for rows and columns are drawn"
        )
    return {"kernel": list(window.kernel)} | {k: sizes.pop() for k, sizes in moves.items()}


def _weights(network: Network, name: str) -> dict[str, list[float]]:
    own = {short: network.parameters.get(f"{name}.{short}") for short in ("w", "b")}
    return {k: [float(v) for v in a.ravel()] for k, a in own.items() if a is not None}
