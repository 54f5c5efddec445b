"""What a TrainingBoard sends to its screen, and what comes back from there."""

import threading
from typing import Any

import anywidget
import traitlets as t

from cnnlib.widgets.board_run import Run

UNDER_WAY = ("running", "paused")


class BoardScreen(anywidget.AnyWidget):
    """The state of a TrainingBoard, as the browser draws it."""

    title = t.Unicode("Training").tag(sync=True)
    lecture = t.Bool(False).tag(sync=True)
    full_speed = t.Bool(False).tag(sync=True)
    seconds = t.Float(10.0, min=0.0)

    state = t.Unicode("ready", read_only=True).tag(sync=True)
    message = t.Unicode("", read_only=True).tag(sync=True)
    progress = t.Dict(read_only=True).tag(sync=True)
    curves = t.Dict(read_only=True).tag(sync=True)
    tests = t.List(t.Any(), read_only=True).tag(sync=True)
    scene = t.Dict(read_only=True).tag(sync=True)
    frames = t.List(t.Dict(), read_only=True).tag(sync=True)
    now = t.Dict(read_only=True).tag(sync=True)
    results = t.Dict(read_only=True).tag(sync=True)

    digit = t.Int(0, min=0).tag(sync=True)
    position = t.Int(-1, min=-1).tag(sync=True)
    part = t.Enum(("curves", "inside", "mistakes"), "curves").tag(sync=True)

    def __init__(self, **settings: Any) -> None:
        self._lock = threading.Lock()
        super().__init__(**settings)

    def _turn(self, to: str, *states: str) -> None:
        """To another state, from one of these; a button may be heard in another thread."""
        with self._lock:
            if self.state in states:
                self.set_trait("state", to)

    def _show(self, run: Run, frames: bool = True) -> None:
        """Send what has changed to the screen, in one message."""
        with self.hold_sync():
            self.set_trait("progress", run.progress())
            self.set_trait("curves", run.curves.state())
            self.set_trait("tests", run.tests)
            self.set_trait("now", run.frame())
            if frames:
                self.set_trait("frames", run.frames)

    def _show_all(self, run: Run) -> None:
        ended = self.state in ("finished", "stopped")
        with self.hold_sync():
            self._show(run)
            self.set_trait("results", run.results() if ended else {})
