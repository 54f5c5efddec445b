"""TrainingBoard: watch a network learn; pause, go on and stop at any step."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from numpy.typing import ArrayLike

from cnnlib import _checks as checks
from cnnlib.network import Network
from cnnlib.training import Evaluation
from cnnlib.training.arguments import labelled_images
from cnnlib.widgets.board_curves import Epoch
from cnnlib.widgets.board_run import Run
from cnnlib.widgets.board_screen import UNDER_WAY, BoardScreen
from cnnlib.widgets.board_settings import labelled_test, sorted_settings
from cnnlib.widgets.traits import STATIC

BETWEEN_UPDATES = 0.1  # seconds
DEAREST = 1 / 15  # of the time goes into showing, however slow the machine
BETWEEN_FRAMES = 1.0  # seconds; all frames kept so far are many bytes
BETWEEN_LOOKS = 0.02  # seconds, at the buttons while paused
GRACE = 1.0  # seconds that a run goes slowly until somebody looks at it

_newest: "TrainingBoard | None" = None  # the board that was started last


class TrainingBoard(BoardScreen):
    """Train a network with `training.fit` and watch it learn.

    Loss and accuracy, kernels and their gradients, the feature maps of a digit, the length of each
    layer's gradient; in the end the confusion matrix and the worst mistakes. Training runs beside
    the notebook, so that the buttons work meanwhile; one board trains at a time. All that is shown
    stays in the notebook when it is saved.

    Parameters
    ----------
    network : Network
        It is trained; start again and it begins with the weights it has now.
    images : array_like, shape (N, C, *S)
    labels : array_like of int, shape (N,)
    test : pair of images and labels, optional
        Never trained with; read after each epoch.
    epochs : int
        How often all images are used.
    batch, rate, momentum, weight_decay, seed
        As for `training.fit`.
    seconds : float
        How long the whole run takes at least while somebody watches it. 0 is full speed.
    full_speed : bool
        The switch on the board: do not slow down for those who watch.
    title : str
    lecture : bool
        Large type, for projecting: one part of the board at a time.
    part : "curves", "inside" or "mistakes"
        Which part that is.

    Attributes
    ----------
    digit : int
        Which of the digits on the board is looked at, in their order.
    position : int
        Which of the kept moments is shown; -1 is now.
    state : str
        "ready", "running", "paused", "stopped", "finished" or "failed".
    history : list of Epoch
        Loss and accuracy, epoch by epoch; epoch 0 is before any training.
    evaluation : Evaluation or None
        Of the test images (of the training images without them), when a run has ended.
    error : Exception or None
        What made a run fail.

    Raises
    ------
    TypeError, ValueError
        As `training.fit` does.
    TraitError
        A setting is not known.

    Examples
    --------
    >>> (images, labels), test = data.digits()
    >>> board = TrainingBoard(small_cnn(), images, labels, test=test, epochs=3)
    >>> board.run().accuracy > 0.9
    True
    """

    _esm = STATIC / "training_board.js"
    _css = STATIC / "training_board.css"

    def __init__(
        self,
        network: Network,
        images: ArrayLike,
        labels: ArrayLike,
        *,
        test: tuple[ArrayLike, ArrayLike] | None = None,
        **settings: Any,
    ) -> None:
        chosen, looks = sorted_settings(settings)
        self._watchers = set[str]()
        self._task: asyncio.Task[None] | None = None
        self.error: Exception | None = None
        training = labelled_images(network, images, labels)
        self._network, self._first = network, network.parameters
        chosen["epochs"] = checks.integer("epochs", chosen["epochs"], least=1)
        self._given = (training, labelled_test(network, test)), chosen
        self._run = self._new_run()
        super().__init__(**looks)
        self._loop = _running_loop()
        self.on_msg(self._heard)
        self.set_trait("scene", self._run.gallery.scene())
        self._show_all(self._run)

    @property
    def history(self) -> list[Epoch]:
        """Loss and accuracy, epoch by epoch; epoch 0 is before any training."""
        return list(self._run.history)

    @property
    def evaluation(self) -> Evaluation | None:
        """How good the network was when the run had ended; None before."""
        return self._run.evaluation

    def start(self) -> None:
        """Begin to train, beside the notebook, with the weights the network first had.

        Whichever board is training is stopped.

        Raises
        ------
        RuntimeError
            Nothing runs beside this code, as in a script: use `run`.
        """
        here, loop = _running_loop(), self._loop
        if loop is None or loop.is_closed():
            loop = self._loop = here
        if loop is None:
            raise RuntimeError(
                "start() needs an event loop, as a notebook has one: in a script use board.run()"
            )
        self._set_out()
        if loop is here:
            self._launch()
        else:  # a button, heard in another thread
            loop.call_soon_threadsafe(self._launch)

    def pause(self) -> None:
        """Wait after the step that is being computed."""
        self._turn("paused", "running")

    def resume(self) -> None:
        """Go on after a pause."""
        self._turn("running", "paused")

    def stop(self) -> None:
        """End after the step that is being computed; the network keeps what it has learned."""
        self._turn("stopped", *UNDER_WAY)

    async def train(self) -> Evaluation | None:
        """Start, or go on after a pause, and wait until training has ended.

        Returns
        -------
        Evaluation or None
            None where training failed: the board says why.
        """
        if self.state == "ready":
            self.start()
        self.resume()
        await self.wait()
        return self.evaluation

    async def wait(self) -> None:
        """Wait until training has ended. Interrupting the kernel meanwhile stops the run."""
        try:
            while self.state in UNDER_WAY or (self._task and not self._task.done()):
                await asyncio.sleep(BETWEEN_LOOKS)
        except asyncio.CancelledError:
            self.stop()
            raise

    def run(self) -> Evaluation | None:
        """Train from the beginning to the end at once, for scripts; no button is heard meanwhile.

        Returns
        -------
        Evaluation or None
            None where training failed: `message` says why.
        """
        self._set_out()
        with self._ending(self._run) as run:
            for _ in self._steps(run):
                pass
        return self.evaluation

    def _set_out(self) -> None:
        """From the beginning; whichever board was under way is stopped."""
        global _newest  # noqa: PLW0603 - one board trains at a time
        if _newest is not None and _newest is not self and _newest.state in UNDER_WAY:
            _newest.stop()
            _newest.set_trait("message", "Another board has been started.")
        _newest = self
        if self.state != "ready":
            self._network.parameters = self._first
        self.error, self._run = None, self._new_run()
        self.set_trait("message", "")
        self.set_trait("state", "running")
        self.position = -1
        self._show_all(self._run)

    def _launch(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._beside(self._run))

    async def _beside(self, run: Run) -> None:
        """Train, and let the notebook have its turn after each step."""
        began = step_began = time.monotonic()
        with self._ending(run):
            for _ in self._steps(run):
                spent = time.monotonic() - step_began
                await asyncio.sleep(self._rest(spent, time.monotonic() - began))
                if self.state == "paused":
                    await self._pause(run)
                step_began = time.monotonic()

    async def _pause(self, run: Run) -> None:
        self._show(run)
        while self.state == "paused" and run is self._run:
            await asyncio.sleep(BETWEEN_LOOKS)
        run.go_on()

    def _rest(self, spent: float, since: float) -> float:
        """Seconds to rest after a step, so that those who watch can follow."""
        if self.full_speed or not (self._watchers or since < GRACE):
            return 0.0
        pace: float = self.seconds / self._run.total
        return max(0.0, pace - spent)

    def _steps(self, run: Run) -> Iterator[None]:
        """One step at a time, shown ten times a second, until the end or a stop."""
        run.begin()
        shown = kept = time.monotonic()
        pause = BETWEEN_UPDATES
        for _ in run.steps():
            now = time.monotonic()
            if now - shown >= pause:
                due = now - kept >= BETWEEN_FRAMES
                self._show(run, frames=due)
                shown, kept = time.monotonic(), now if due else kept
                pause = max(BETWEEN_UPDATES, (shown - now) / DEAREST)
            yield
            if self.state == "stopped" or run is not self._run:
                return

    @contextmanager
    def _ending(self, run: Run) -> Iterator[Run]:
        """However a run ends, the board shows how; a new run on this board ends it silently."""
        try:
            yield run
        except FloatingPointError as error:
            self._fail(error, str(error))
        except Exception as error:
            self._fail(error, f"{type(error).__name__}: {error}")
        except BaseException:  # interrupted, or the kernel ends
            self.stop()
            raise
        finally:
            if run is self._run:
                self._turn("finished", *UNDER_WAY)
                self._show_all(self._run)

    def _fail(self, error: Exception, message: str) -> None:
        self.error = error
        self._turn("failed", *UNDER_WAY)
        self.set_trait("message", message)

    def _heard(self, _: Any, content: Any, __: Any) -> None:
        """A button, or somebody who begins or ends to watch."""
        match content:
            case {"act": "start" | "pause" | "resume" | "stop" as act}:
                getattr(self, act)()
            case {"act": "watch", "view": str(view)}:
                self._watchers.add(view)
            case {"act": "leave", "view": str(view)}:
                self._watchers.discard(view)

    def _new_run(self) -> Run:
        (training, test), settings = self._given
        return Run(self._network, training, test, **settings)


def _running_loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None
