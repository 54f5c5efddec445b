"""Stop code that never ends, on every platform, without threads and without signals.

A signal needs the main thread of a Unix process, a thread cannot be killed, another process
cannot get a function that was written in a notebook, and a Python kernel in the browser has none
of the three. What all of them have is a trace function: Python calls it before every instruction
of the student's code, it looks at the clock, and raises once the time is up. Instructions and not
lines, because ``while True: pass`` on one line is a jump to itself that starts no new line.

Only a single call into compiled code that never comes back (``sum(itertools.count())``) is out
of its reach, as it is out of the reach of Ctrl-C.
"""

import sys
from time import perf_counter
from types import FrameType
from typing import Any

IMPORTS = "<frozen importlib._bootstrap>"  # where Python says that its import runs


class TooSlow(BaseException):
    """The time is up. Not an Exception, so that ``except Exception`` in a loop lets it through.

    A bare ``except`` does swallow it, and Python has by then switched the trace off, because the
    trace raised. So the watch is set again at the moment when the swallowed exception is dropped.
    """

    def __init__(self, deadline: "Deadline") -> None:
        super().__init__("stopped: it took too long")
        self._deadline = deadline

    def __del__(self) -> None:
        self._deadline.watch_again(sys._getframe().f_back)


class Deadline:
    """A time by which all calls made inside ``with deadline:`` must have come back.

    Parameters
    ----------
    seconds : float
        Wall-clock time from now, imports not counted; one deadline may be entered many times.
    """

    def __init__(self, seconds: float) -> None:
        self.ends = perf_counter() + seconds
        self.missed = False
        self._inside = False
        self._importing = 0.0  # since when
        self._outer: FrameType | None = None

    def __enter__(self) -> None:
        self._before = sys.gettrace()
        self._outer = sys._getframe().f_back
        self._inside = True
        sys.settrace(self._look_at_clock)

    def __exit__(self, *_: object) -> None:
        self._inside = False
        self._outer = None
        sys.settrace(self._before)

    def _look_at_clock(self, frame: FrameType, event: str, argument: Any) -> Any:
        if frame.f_code.co_filename == __file__ or not self._inside or self._importing:
            return None
        if frame.f_code.co_filename == IMPORTS:
            self._importing = perf_counter()
            frame.f_trace_lines = False
            return self._import_ends
        frame.f_trace_opcodes = True
        if perf_counter() > self.ends:
            self.missed = True
            raise TooSlow(self)
        return self._look_at_clock

    def _import_ends(self, frame: FrameType, event: str, argument: Any) -> Any:
        """An import is done once and may take long, the more so where each step is watched."""
        if event == "return":
            self.ends += perf_counter() - self._importing
            self._importing = 0.0
        return self._import_ends

    def watch_again(self, frame: FrameType | None) -> None:
        """Trace these frames, from the inside out, and whatever they call next."""
        if not self._inside:
            return
        while frame is not None and frame is not self._outer:
            frame.f_trace, frame.f_trace_opcodes = self._look_at_clock, True
            frame = frame.f_back
        sys.settrace(self._look_at_clock)
