"""The training loop, as a generator of steps."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnnlib import _checks as checks
from cnnlib import ops
from cnnlib._checks import Array
from cnnlib.network import Gradients, Network
from cnnlib.network.records import frozen
from cnnlib.training.arguments import labelled_images, resumable
from cnnlib.training.optimiser import Arrays, momentum_step
from cnnlib.training.state import Settings, State, Step

Labels = NDArray[np.intp]


def fit(
    network: Network,
    images: ArrayLike,
    labels: ArrayLike,
    *,
    epochs: int,
    batch: int = 64,
    rate: float = 0.05,
    momentum: float = 0.9,
    weight_decay: float = 0.0,
    seed: int = 0,
    resume: State | None = None,
) -> Iterator[Step]:
    """Train a network with softmax cross-entropy, one batch for each step that is asked for.

    After each step the network holds the new weights; leave the loop at any time. The same
    network, images and settings give the same run to the last bit.

    Parameters
    ----------
    network : Network
        Its parameters are replaced at every step.
    images : array_like, shape (N, C, *S)
        They are computed with in the network's dtype.
    labels : array_like of int, shape (N,)
        The right class of each image, from 0.
    epochs : int
        How often all images are used.
    batch : int
        Images for one step; the last of an epoch takes what is left.
    rate, momentum, weight_decay : float
        As in `momentum_step`.
    seed : int
        For the order of the images, which is new in each epoch.
    resume : State, optional
        Go on after this step of a run with the same settings; epochs counts from the run's
        beginning, and may be larger than it was.

    Yields
    ------
    Step
        A long list of steps keeps the weights of each: keep step.loss rather than the step.

    Raises
    ------
    TypeError
        Something is not of real numbers, or labels or sizes are not integers.
    ValueError
        Shapes do not fit, a label is not a class, a setting is out of range, or the state
        belongs to another run.
    FloatingPointError
        While training: the loss or a gradient is not finite any more. The network keeps the
        weights it had before that step.
    """
    images, labels = labelled_images(network, images, labels)
    epochs = checks.integer("epochs", epochs, least=1)
    settings = Settings(len(images), batch, rate, momentum, weight_decay, seed)
    if resume is not None:
        resume = resumable(resume, network, settings, epochs)
    return _steps(network, images, labels, epochs, resume or settings)


def _steps(
    network: Network, images: Array, labels: Labels, epochs: int, start: State | Settings
) -> Iterator[Step]:
    settings, first, velocity = _begin(network, start)
    steps = epochs * settings.steps_per_epoch
    for number in range(first, steps):
        chosen, epoch = settings.batch_at(number), 1 + number // settings.steps_per_epoch
        loss, accuracy, whole = _gradients(network, images[chosen], labels[chosen])
        gradients, norms = MappingProxyType(dict(whole)), MappingProxyType(whole.norms())
        del whole  # with its deltas, which are large
        _check_finite(loss, norms, f"step {number + 1} (epoch {epoch})", settings.rate)
        velocity = _move(network, gradients, velocity, settings)
        state = State(settings, number + 1, network.parameters, velocity)
        yield Step(epoch, number + 1, epochs, steps, loss, accuracy, norms, gradients, state)


def _begin(network: Network, start: State | Settings) -> tuple[Settings, int, Arrays]:
    """Settings, steps done and velocity: of the state that is gone on from, or at rest."""
    if isinstance(start, State):
        network.parameters = start.parameters
        return start.settings, start.step, start.velocity
    return start, 0, {name: np.zeros_like(w) for name, w in network.parameters.items()}


def _gradients(network: Network, images: Array, labels: Labels) -> tuple[float, float, Gradients]:
    """Loss and accuracy of a batch, and where to go from here."""
    with np.errstate(over="ignore", invalid="ignore"):  # what comes of it is checked
        trace = network.forward(images)
        loss, dloss = ops.softmax_cross_entropy(trace.scores, labels)
        gradients = network.backward(trace, dloss, to_input=False)
    accuracy = float(np.mean(trace.scores.argmax(axis=1) == labels))
    return loss, accuracy, gradients


def _move(network: Network, gradients: Arrays, velocity: Arrays, settings: Settings) -> Arrays:
    """Give the network its next weights; returns how they moved."""
    with np.errstate(over="ignore"):
        network.parameters, moved = momentum_step(
            network.parameters,
            gradients,
            velocity,
            rate=settings.rate,
            momentum=settings.momentum,
            weight_decay=settings.weight_decay,
        )
    return frozen(moved)


def _check_finite(loss: float, norms: Mapping[str, float], where: str, rate: float) -> None:
    wrong = {"the loss": loss, **{f"the gradient of {name}": v for name, v in norms.items()}}
    for name, value in wrong.items():
        if not np.isfinite(value):
            raise FloatingPointError(
                f"{name} is {value} at {where}: the steps were so large that the numbers grew "
                f"beyond all bounds. Make the network anew and try a smaller rate, such as "
                f"{rate / 10:g}; see that images are scaled to 0..1"
            )
