"""The curves of a run, short enough to be kept: neighbouring steps share one point, their mean."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

MOST_POINTS = 150


class Epoch(NamedTuple):
    """How one epoch went.

    Attributes
    ----------
    epoch : int
        0 is before any training.
    loss, accuracy : float
        The means over the epoch's steps, each of its batch and before the step; the accuracy from
        0 to 1. NaN in epoch 0, which has no step.
    test_loss, test_accuracy : float
        On the test images, after the epoch; NaN where it was not measured.
    gradient_norms : mapping
        The length of the gradient of each layer, the mean over the epoch's steps.
    """

    epoch: int
    loss: float
    accuracy: float
    test_loss: float
    test_accuracy: float
    gradient_norms: Mapping[str, float]


class Mean:
    """The running mean of numbers that have names."""

    def __init__(self) -> None:
        self.count, self.values = 0, dict[str, float]()

    def add(self, new: Mapping[str, float]) -> None:
        """One more of each."""
        self.count += 1
        for name, value in new.items():
            before = self.values.get(name, 0.0)
            self.values[name] = before + (value - before) / self.count


class Curves:
    """Loss, accuracy and gradient norms, step by step.

    Parameters
    ----------
    steps : int
        How many there will be; they share at most 150 points.
    """

    def __init__(self, steps: int) -> None:
        self.width = -(-steps // MOST_POINTS)  # steps in a point
        self._points: list[Mean] = []

    def add(self, new: Mapping[str, float]) -> None:
        """One more step: into the last point, or into a new one."""
        if not self._points or self._points[-1].count == self.width:
            self._points.append(Mean())
        self._points[-1].add(new)

    def state(self) -> dict[str, Any]:
        """The points as lists by name, four digits each; `at` is the last step of each."""
        ends = np.cumsum([point.count for point in self._points]).tolist()
        names = self._points[0].values if self._points else ()
        lists = {n: [rounded(point.values[n]) for point in self._points] for n in names}
        return {"at": ends, **lists}


def rounded(value: float) -> float | None:
    """Four digits; None for what is not finite, which JSON cannot hold."""
    return float(f"{value:.4g}") if np.isfinite(value) else None
