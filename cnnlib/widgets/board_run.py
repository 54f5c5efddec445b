"""One run of training, with all that a TrainingBoard shows of it."""

import json
import time
from collections import deque
from collections.abc import Iterator, Mapping
from math import nan
from typing import Any

import numpy as np

from cnnlib._checks import Array
from cnnlib.network import Network
from cnnlib.training import Evaluation, Step, evaluate, fit
from cnnlib.widgets.board_curves import Curves, Epoch, Mean, rounded
from cnnlib.widgets.board_frames import Frame, Gallery, Labels, packed

MOST_FRAMES = 16
MOST_BYTES = 200_000  # of all frames, as JSON
MOST_TESTS = 100
MOST_MISTAKES = 10
EARLY = 1.6  # frames lie closer in the beginning, where most changes

Labelled = tuple[Array, Labels]


class Run:
    """The steps of `training.fit`, and what is to be seen of them.

    Parameters
    ----------
    network : Network
    training, test : pair of ndarray
        Images and labels; without a test, None.
    epochs : int
    **settings
        As for `training.fit`.

    Attributes
    ----------
    history : list of Epoch
    curves : Curves
    total, per_epoch : int
        Steps, in all and in an epoch.
    frames : list
        Those of the gallery, at most 16 and about 200 kB.
    tests : list
        (step, loss, accuracy) on the test images.
    last : Step or None
    evaluation : Evaluation or None
        Of the test images, or of the training images where there is no test.
    """

    def __init__(
        self,
        network: Network,
        training: Labelled,
        test: Labelled | None,
        *,
        epochs: int,
        **settings: Any,
    ) -> None:
        self._network, self._training, self._test = network, training, test
        self._fit = fit(network, *training, epochs=epochs, **settings)
        self.gallery = Gallery(network, *(test or training))
        self.epochs, self.per_epoch = epochs, -(-len(training[0]) // settings["batch"])
        self.total = epochs * self.per_epoch
        self.curves, self._epoch = Curves(self.total), Mean()
        self.history: list[Epoch] = []
        self.tests: list[tuple[int, float | None, float | None]] = []
        self.frames: list[Frame] = []
        self.last: Step | None = None
        self._times: deque[tuple[int, float]] = deque(maxlen=100)
        self.go_on()
        self.evaluation: Evaluation | None = None

    @property
    def step(self) -> int:
        """Steps done so far."""
        return self.last.step if self.last else 0

    def progress(self) -> dict[str, Any]:
        """How far it has come."""
        done, per_epoch = self.step, self.per_epoch
        epoch = min(self.epochs, 1 + done // per_epoch) if done else 0
        where = {"step": done, "epoch": epoch, "per_epoch": per_epoch}
        return where | {"steps": self.total, "epochs": self.epochs, "left": self._left()}

    def go_on(self) -> None:
        """From here on the speed is measured: a pause does not count."""
        self._times.clear()
        self._times.append((self.step, time.monotonic()))

    def begin(self) -> None:
        """Before any training: what is there to be seen, and the guesses on the test images."""
        self.frames = [self.frame()]
        size = len(json.dumps(self.frames[0]))
        count = max(2, min(MOST_FRAMES, MOST_BYTES // max(1, size)))
        self._moments = moments(self.epochs, count)
        self._close_epoch(0)
        self.go_on()

    def steps(self) -> Iterator[Step]:
        """Train, step by step; what is shown keeps up."""
        for step in self._fit:
            self.last = step
            self._times.append((step.step, time.monotonic()))
            numbers = {"loss": step.loss, "accuracy": step.accuracy, **step.gradient_norms}
            self.curves.add(numbers)
            self._epoch.add(numbers)
            if step.ends_epoch:
                self._close_epoch(step.epoch)
            yield step

    def frame(self) -> Frame:
        """What is to be seen now."""
        gradients: Mapping[str, Array] = self.last.gradients if self.last else {}
        return self.gallery.frame(self._network, self.step / self.per_epoch, gradients)

    def evaluate(self) -> Evaluation:
        """How good the network is now, on the test images where there are any."""
        with np.errstate(over="ignore", invalid="ignore"):
            return evaluate(self._network, *(self._test or self._training))

    def results(self) -> dict[str, Any]:
        """The evaluation as the board shows it: confusion matrix and worst mistakes."""
        self.evaluation = found = self.evaluate()
        images, labels = self._test or self._training
        return {
            "on": "test" if self._test else "training",
            "loss": rounded(found.loss),
            "accuracy": rounded(found.accuracy),
            "confusion": found.confusion.tolist(),
            "misread": int(np.sum(found.predicted != labels)),
            "worst": [_mistake(found, images, n) for n in found.worst(MOST_MISTAKES)],
        }

    def _left(self) -> float | None:
        """Seconds to the end at the speed of the last steps; None where nobody knows."""
        (first, began), (last, now) = self._times[0], self._times[-1]
        if last == first:
            return None
        left: float = (now - began) / (last - first) * (self.total - last)
        return round(left, 1)

    def _close_epoch(self, epoch: int) -> None:
        loss, accuracy = self._tested(epoch)
        means = self._epoch.values or {"loss": nan, "accuracy": nan}
        norms = {name: v for name, v in means.items() if name not in ("loss", "accuracy")}
        self.history.append(Epoch(epoch, means["loss"], means["accuracy"], loss, accuracy, norms))
        self._epoch = Mean()
        if epoch in self._moments:
            self.frames = [*self.frames, self.frame()]

    def _tested(self, epoch: int) -> tuple[float, float]:
        """Loss and accuracy on the test images; not in every epoch of a very long run."""
        every = -(-self.epochs // MOST_TESTS)
        if self._test is None or (epoch % every and epoch != self.epochs):
            return nan, nan
        found = self.evaluate()
        self.tests = [*self.tests, (self.step, rounded(found.loss), rounded(found.accuracy))]
        return found.loss, found.accuracy


def moments(epochs: int, count: int) -> set[int]:
    """The epochs after which a frame is kept: the last, and more of the early ones."""
    places = np.linspace(0, 1, count) ** EARLY
    return set(np.ceil(epochs * places).astype(int).tolist()) - {0}


def _mistake(found: Evaluation, images: Array, n: int) -> dict[str, Any]:
    read, label = int(found.predicted[n]), int(found.labels[n])
    sheet = images[n, 0].reshape(-1, images.shape[-1])
    sure = [rounded(found.probabilities[n, k]) for k in (read, label)]
    return {"image": packed(sheet), "label": label, "read": read, "sure": sure, "index": int(n)}
