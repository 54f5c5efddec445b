"""What training may be given; each error names given, expected, remedy."""

from dataclasses import asdict

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnnlib import _checks as checks
from cnnlib._checks import Array
from cnnlib.network import Network
from cnnlib.network.chain import checked_parameters
from cnnlib.network.records import frozen
from cnnlib.training.state import Settings, State


def labelled_images(
    network: Network, images: ArrayLike, labels: ArrayLike
) -> tuple[Array, NDArray[np.intp]]:
    """Images in the network's dtype, and one class number for each."""
    if not isinstance(network, Network):
        raise TypeError(
            f"network is {checks.told(network)}; a Network is expected: pass small_cnn()"
        )
    pictures = checks.layered("images", images, "N, C")
    *_, scores = network.output_shapes(pictures.shape[1:]).values()
    if len(scores) != 1:
        raise ValueError(
            f"the network ends with maps of shape {scores}; a row of scores is expected: "
            "end it with Flatten() and Dense(..., classes)"
        )
    given, expected = checks.label_row(labels).shape, (len(pictures),)
    source, remedy = f"{len(pictures)} images ask for", "pass one label per image"
    checks.same_shape("labels", given, expected, source, remedy)
    numbers = checks.labels(labels, len(pictures), scores[0])
    with np.errstate(over="ignore"):
        pictures = pictures.astype(network.dtype, copy=False)
    if not np.isfinite(pictures).all():
        raise ValueError(
            f"images hold NaN or numbers beyond {network.dtype}; finite ones are expected: "
            "leave such images out, scale the others to 0..1"
        )
    return pictures, numbers


def resumable(state: State, network: Network, settings: Settings, epochs: int) -> State:
    """The state with arrays that fit the network, if it belongs to a run with these settings."""
    if not isinstance(state, State):
        raise TypeError(f"resume is {state!r}; a State is expected: pass step.state or State.load")
    before, now = asdict(state.settings), asdict(settings)
    differing = [f"{name}={before[name]}" for name in before if before[name] != now[name]]
    if differing:
        raise ValueError(
            f"the state is of a run with {', '.join(differing)}, which differs from what fit is "
            "given: pass the same, or train anew with network.parameters = state.parameters"
        )
    if state.step > epochs * settings.steps_per_epoch:
        done = state.step / settings.steps_per_epoch
        raise ValueError(
            f"epochs is {epochs}, and the state is {done:.1f} epochs into its run; epochs counts "
            "from the run's beginning: pass a larger number"
        )
    shapes = {name: array.shape for name, array in network.parameters.items()}
    parameters, velocity = (
        frozen({n: a.astype(network.dtype) for n, a in checked_parameters(part, shapes).items()})
        for part in (state.parameters, state.velocity)
    )
    return State(settings, state.step, parameters, velocity)
