"""Two functions timed side by side: interleaved in one process, warmed up, with pauses between."""

import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from timeit import Timer

from benchmarks import THREADS

Work = Callable[[], object]
CLOCK = time.thread_time if THREADS == 1 else time.perf_counter
# Seconds: the threads of one library spin on for about 0.1 s after a product.
PAUSE = 0.0 if THREADS == 1 else 0.15
SHORTEST = 0.01  # seconds that one measurement lasts at least


@dataclass(frozen=True)
class Duel:
    """Seconds per call of both, round by round."""

    ours: list[float]
    peers: list[float]

    @property
    def ratios(self) -> list[float]:
        """Ours / peer's, from the best round to the worst."""
        return sorted(a / b for a, b in zip(self.ours, self.peers, strict=True))

    @property
    def ratio(self) -> float:
        """Their median."""
        return median(self.ratios)

    @property
    def spread(self) -> tuple[float, float]:
        """The middle half of the ratios."""
        ratios = self.ratios
        quarter = len(ratios) // 4
        return ratios[quarter], ratios[-1 - quarter]


def duel(ours: Work, peer: Work, rounds: int) -> Duel:
    calls = [calls_for(work) for work in (ours, peer)]
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for work, number, found in zip((ours, peer), calls, times, strict=True):
            found.append(seconds(work, number))
    return Duel(*times)


def seconds(work: Work, number: int) -> float:
    """Per call, after a pause and a warm-up call."""
    time.sleep(PAUSE)
    work()
    return Timer(work, timer=CLOCK).timeit(number) / number


def calls_for(work: Work) -> int:
    """How many calls make a measurement long enough."""
    work()
    return max(1, round(SHORTEST / max(Timer(work, timer=CLOCK).timeit(1), 1e-9)))


def extra_memory(work: Callable[[], object], results: int) -> int:
    """Peak bytes beyond the arguments and the results (their bytes are given)."""
    work()
    tracemalloc.start()
    kept = work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    del kept
    return max(0, peak - results)
