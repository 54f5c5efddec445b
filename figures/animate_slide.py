"""The kernel slides, step by step

The four places of the 1D example, one after the other.
"""

from collections.abc import Iterator

from matplotlib.figure import Figure

from cnnlib.examples import one_d
from figures.slide_1d import figure

ALT = (
    "Animation: the kernel moves along the input in four steps; at each, three products add up to "
    "the next output, until all four are known."
)


def frames() -> Iterator[tuple[Figure, int]]:
    """One frame per place, 1.8 seconds each, and a rest at the end."""
    places = one_d.x.size
    for place in range(places):
        yield figure(place, known=place + 1), 3600 if place == places - 1 else 1800
