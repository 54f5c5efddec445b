"""Draw the questions of a lesson until their numbers are good."""

from collections.abc import Callable

from tools.exam import backward, forward, layers, pools
from tools.exam.model import Question
from tools.exam.numbers import Numbers

MOST_TRIES = 2000
LESSONS: dict[int, tuple[Callable[[Numbers], Question], ...]] = {
    1: (forward.signal,),
    2: (backward.line,),
    3: (forward.grid,),
    4: (backward.kernel,),
    5: (forward.turn,),
    6: (backward.below,),
    7: (pools.overlap, pools.tie, pools.length),
    8: (layers.stride, layers.padding),
    9: (layers.one_by_one, layers.channels, layers.batch, layers.softmax),
}


def questions(lesson: int, seed: int) -> list[Question]:
    """The questions of a lesson; what else is on the sheet changes nothing in them.

    Parameters
    ----------
    lesson : int
        1 to 9.
    seed : int
        Another seed, other numbers.
    """
    return [_good(kind, seed) for kind in LESSONS[lesson]]


def _good(kind: Callable[[Numbers], Question], seed: int) -> Question:
    numbers = Numbers(f"{kind.__name__} {seed}")
    for _ in range(MOST_TRIES):
        drawn = kind(numbers)
        if drawn.is_good:
            return drawn
    raise ValueError(f"seed {seed} gives no good numbers for {kind.__name__}: take another seed")
