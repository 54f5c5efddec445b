"""Numbers from a seed: the same on every machine, and with every version of NumPy and Python."""

from random import Random
from typing import Any

import numpy as np


class Numbers:
    """Small whole numbers.

    Parameters
    ----------
    seed : str
        The same text gives the same numbers: only `Random.random` is used, which is kept stable.
    """

    def __init__(self, seed: str) -> None:
        self._random = Random(seed)

    def one(self, low: int, high: int) -> int:
        """One number from low to high."""
        return low + int(self._random.random() * (high - low + 1))

    def grid(self, *shape: int, low: int = -2, high: int = 3) -> Any:
        """An array of them."""
        cells = [self.one(low, high) for _ in range(int(np.prod(shape)))]
        return np.array(cells, dtype=float).reshape(shape)

    def kernel(self, *shape: int) -> Any:
        """A grid with one zero at most: a product that is always 0 tells nothing apart."""
        while True:
            cells = self.grid(*shape)
            if np.count_nonzero(cells) >= cells.size - 1:
                return cells

    def of(self, choices: list[Any]) -> Any:
        """One of several."""
        return choices[self.one(0, len(choices) - 1)]
