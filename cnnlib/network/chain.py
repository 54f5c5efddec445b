"""Names, shapes and checks of layers in a chain, and the way back through it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from cnnlib import _checks as checks
from cnnlib._checks import Array
from cnnlib.geometry import Shape
from cnnlib.network.base import Layer, Own
from cnnlib.network.records import INPUT, Gradients, Trace, frozen


def named(layers: Iterable[Layer]) -> dict[str, Layer]:
    """Each layer under its kind and a number that counts that kind."""
    if not isinstance(layers, Iterable):
        raise TypeError(
            f"layers is {checks.told(layers)}; a list is expected: pass [Conv(...), ...]"
        )
    counts: Counter[str] = Counter()
    named = {}
    for layer in layers:
        if not isinstance(layer, Layer):
            raise TypeError(f"{layer!r} is not a layer: pass Conv(...), ReLU(), ... with brackets")
        counts[layer.kind] += 1
        named[f"{layer.kind}{counts[layer.kind]}"] = layer
    if not named:
        raise ValueError("the list of layers is empty: at least one layer is expected")
    return named


def image_shape(value: Any) -> Shape:
    """The shape of one image, (C, *S)."""
    sizes = value if isinstance(value, list | tuple) else None
    if not sizes:
        error = ValueError if sizes is not None else TypeError
        raise error(
            f"input_shape is {value!r}; one image's (C, *spatial) is expected: "
            "pass images.shape[1:]"
        )
    return tuple(checks.integer("input_shape", size, least=1) for size in sizes)


def own_of(parameters: Own, name: str) -> dict[str, Array]:
    """One layer's parameters under their short names, w and b."""
    return {
        full[len(name) + 1 :]: a for full, a in parameters.items() if full.startswith(f"{name}.")
    }


def float_dtype(dtype: DTypeLike) -> np.dtype[Any]:
    """A dtype that weights can be kept in."""
    try:
        found = np.dtype(dtype)
    except TypeError:
        found = None
    if found is None or found.kind != "f":
        given = found or checks.told(dtype)
        raise TypeError(f"dtype is {given}; a floating one is expected: pass np.float32 or float")
    return found


@lru_cache(maxsize=64)
def output_shapes(layers: tuple[tuple[str, Layer], ...], shape: Shape) -> dict[str, Shape]:
    """The shape after each layer, the input's first; an error names its layer."""
    shapes = {INPUT: shape}
    for name, layer in layers:
        try:
            shape = shapes[name] = layer.output_shape(shape)
        except ValueError as error:
            raise ValueError(f"{name} ({layer.describe()}): {error}") from None
    return shapes


def parameter_shapes(layers: Mapping[str, Layer]) -> dict[str, Shape]:
    """The shape of each parameter by its full name, conv1.w."""
    return {
        f"{name}.{short}": shape
        for name, layer in layers.items()
        for short, shape in layer.parameter_shapes().items()
    }


def checked_parameters(
    values: Mapping[str, ArrayLike], shapes: Mapping[str, Shape]
) -> dict[str, Array]:
    """Each parameter as an array, in the network's order, if names and shapes are right."""
    if not isinstance(values, Mapping):
        raise TypeError(
            f"parameters is {checks.told(values)}; arrays by name are expected: "
            "pass {**network.parameters, name: new values}"
        )
    if set(values) != set(shapes):
        raise ValueError(
            f"parameters are named {', '.join(values) or '(none)'}; {', '.join(shapes)} are "
            "expected: pass {**network.parameters, name: new values}"
        )
    arrays = {name: checks.array(name, values[name]) for name in shapes}
    for name, array in arrays.items():
        checks.same_shape(name, array.shape, shapes[name], "its layer has", "keep the shape")
    return arrays


def check_trace(trace: Trace, expected: Sequence[str]) -> None:
    """A trace belongs to this network."""
    if not isinstance(trace, Trace):
        raise TypeError(
            f"trace is {checks.told(trace)}; a Trace is expected: pass what forward(images) gave"
        )
    if list(trace) != list(expected):
        raise ValueError(
            f"the trace holds {', '.join(trace)}; this network's layers are "
            f"{', '.join(expected)}: pass what its own forward gave"
        )


def backward(layers: Mapping[str, Layer], trace: Trace, top: Array, to_input: bool) -> Gradients:
    """From the delta at the last layer's output down: each layer's gradients and delta below."""
    delta = {list(layers)[-1]: top}
    found: dict[str, Array] = {}
    below = dict(zip(layers, trace, strict=False))  # the trace begins one earlier, at the input
    for name in reversed([*layers]):
        wanted = to_input or below[name] != INPUT
        own, winner = own_of(trace.parameters, name), trace.winners.get(name)
        d_o, gradients = layers[name].backward(delta[name], trace[below[name]], own, winner, wanted)
        found.update({f"{name}.{short}": gradient for short, gradient in gradients.items()})
        if d_o is not None and wanted:
            delta[below[name]] = d_o
    in_order = {name: found[name] for name in trace.parameters}
    return Gradients(frozen(in_order), frozen(dict(reversed(delta.items()))))
