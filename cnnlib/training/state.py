"""What a step of training tells, and what is needed to go on from it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from cnnlib import _archives
from cnnlib import _checks as checks
from cnnlib._checks import Array

KIND = "a state of training"
PARAMETERS, VELOCITY = "parameters/", "velocity/"


@dataclass(frozen=True)
class Settings:
    """What makes a run the run it is.

    Attributes
    ----------
    images : int
        How many are trained with.
    batch : int
        Images for one step.
    rate, momentum, weight_decay : float
        As in `momentum_step`.
    seed : int
        For the order of the images.

    Raises
    ------
    TypeError
        A setting is not a number of its kind.
    ValueError
        A setting is out of range.
    """

    images: int
    batch: int
    rate: float
    momentum: float
    weight_decay: float
    seed: int

    def __post_init__(self) -> None:
        for name, least in (("images", 1), ("batch", 1), ("seed", 0)):
            object.__setattr__(self, name, checks.integer(name, getattr(self, name), least))
        for name in ("rate", "momentum", "weight_decay"):
            object.__setattr__(self, name, checks.number(name, getattr(self, name)))
        _expect(self.rate > 0, "rate", self.rate, "more than 0 is expected: try 0.05")
        momentum = "0 to less than 1 is expected: try 0.9"
        _expect(0 <= self.momentum < 1, "momentum", self.momentum, momentum)
        decay = "0 or more is expected: try 0.0001"
        _expect(self.weight_decay >= 0, "weight_decay", self.weight_decay, decay)

    @property
    def steps_per_epoch(self) -> int:
        """Batches that all images make; the last one may be smaller."""
        return -(-self.images // self.batch)

    def batch_at(self, step: int) -> NDArray[np.intp]:
        """Which images a step takes.

        Each epoch's order follows from the seed and the epoch alone, so that a run can go on
        from any step without a memory of the random numbers before it.

        Parameters
        ----------
        step : int
            Counted from 0, over all epochs.

        Returns
        -------
        ndarray of int, shape (batch,)
            Indices of images; in the last step of an epoch there may be fewer.
        """
        epoch, place = divmod(step, self.steps_per_epoch)
        order = _order(self.images, self.seed, epoch)
        return order[place * self.batch : (place + 1) * self.batch]


@dataclass(frozen=True, eq=False, repr=False)
class State:
    """All that `fit(..., resume=state)` needs to go on as if it had never stopped.

    Attributes
    ----------
    settings : Settings
        Those of the run.
    step : int
        Steps done so far.
    parameters, velocity : mapping of arrays
        The weights after that step, and how they last moved.
    """

    settings: Settings
    step: int
    parameters: Mapping[str, Array]
    velocity: Mapping[str, Array]

    def save(self, path: _archives.PathLike) -> None:
        """Write one .npz file, which `load` reads; it holds no code.

        Parameters
        ----------
        path : str or path-like
            A file that is there already is replaced.

        Raises
        ------
        OSError
            The file cannot be written.
        """
        about = {"settings": asdict(self.settings), "step": self.step}
        arrays = {f"{PARAMETERS}{name}": array for name, array in self.parameters.items()}
        arrays |= {f"{VELOCITY}{name}": array for name, array in self.velocity.items()}
        _archives.write(path, KIND, about, arrays)

    @classmethod
    def load(cls, path: _archives.PathLike) -> "State":
        """The state that `save` wrote.

        Parameters
        ----------
        path : str or path-like

        Returns
        -------
        State

        Raises
        ------
        OSError
            The file cannot be opened.
        ValueError
            It is damaged, or is not a state's file.
        """
        with _archives.reading(path, KIND) as (about, arrays):
            settings = Settings(**about["settings"])
            parts = [_part(arrays, prefix) for prefix in (PARAMETERS, VELOCITY)]
            return cls(settings, checks.integer("step", about["step"], 0), *parts)

    def __repr__(self) -> str:
        return f"<State after step {self.step}: {self.settings}>"


@dataclass(frozen=True, eq=False, repr=False)
class Step:
    """One step of training.

    Attributes
    ----------
    epoch, step : int
        Counted from 1; steps go on counting over the epochs.
    epochs, steps : int
        How many there will be.
    loss, accuracy : float
        Of this batch, before the step; the accuracy from 0 to 1.
    gradient_norms : mapping
        The length of the gradient, layer by layer.
    gradients : mapping
        The gradients themselves, as ``gradients["conv1.w"]``.
    state : State
        After the step; it saves to a file.
    ends_epoch : bool
        Whether all images have been used once more.
    """

    epoch: int
    step: int
    epochs: int
    steps: int
    loss: float
    accuracy: float
    gradient_norms: Mapping[str, float]
    gradients: Mapping[str, Array]
    state: State

    @property
    def ends_epoch(self) -> bool:
        """Whether all images have been used once more."""
        return self.step % self.state.settings.steps_per_epoch == 0

    def __repr__(self) -> str:
        return (
            f"<Step {self.step} of {self.steps}, epoch {self.epoch} of {self.epochs}: "
            f"loss {self.loss:.4f}, accuracy {self.accuracy:.1%}>"
        )


def _expect(holds: bool, name: str, value: float, otherwise: str) -> None:
    if not holds:
        raise ValueError(f"{name} is {value}; {otherwise}")


@lru_cache(maxsize=4)
def _order(images: int, seed: int, epoch: int) -> NDArray[np.intp]:
    return np.random.default_rng([seed, epoch]).permutation(images)


def _part(arrays: Mapping[str, Array], prefix: str) -> dict[str, Array]:
    found = {n.removeprefix(prefix): a for n, a in arrays.items() if n.startswith(prefix)}
    for name, array in found.items():
        if array.dtype.kind != "f" or not np.isfinite(array).all():
            raise ValueError(f"{name} holds what is not a finite number")
    return found
