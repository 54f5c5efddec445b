"""What a hint is."""

from typing import NamedTuple


class Hint(NamedTuple):
    """Plain words about one misconception; neither hint gives the answer away."""

    title: str
    first: str
    second: str
