"""Sharing and locality: two savings

The connections from 5×6 inputs to 4×4 outputs, in four ways; the same shade is the same weight.
"""

import numpy as np
from matplotlib.figure import Figure

from cnnlib import draw
from cnnlib.examples import tall
from cnnlib.geometry import Window

WINDOW = Window(tall.w.shape)
OUTPUTS, INPUTS = tall.x.size, tall.o.size


def dense() -> np.ndarray:
    """Every output has a weight of its own for every input."""
    return np.arange(OUTPUTS * INPUTS).reshape(OUTPUTS, INPUTS)


def local() -> np.ndarray:
    """Every output sees its window only, with weights of its own; -1 where there is none."""
    taps = WINDOW.taps(tall.o.shape)
    table = np.full((OUTPUTS, INPUTS), -1)
    table[taps.output, taps.input] = np.arange(len(taps.output))
    return table


def shared() -> np.ndarray:
    """Every output sees every input; one weight per displacement from output to input."""
    i, j = (axis.reshape(-1, 1) for axis in np.indices(tall.x.shape))
    p, q = (axis.reshape(1, -1) for axis in np.indices(tall.o.shape))
    displacement = (p - i) * 100 + (q - j)
    return np.unique(displacement, return_inverse=True)[1].reshape(displacement.shape)


def both() -> np.ndarray:
    """A convolution: every output sees its window through the same few weights."""
    taps = WINDOW.taps(tall.o.shape)
    table = np.full((OUTPUTS, INPUTS), -1)
    table[taps.output, taps.input] = taps.weight
    return table


def count(table: np.ndarray) -> int:
    """How many different weights."""
    return len(np.unique(table[table >= 0]))


TABLES = {
    "dense": ("every output, every input", dense()),
    "local": ("its own window only", local()),
    "shared": ("one weight per displacement", shared()),
    "local and shared": ("a convolution", both()),
}
COUNTS = [count(table) for _, table in TABLES.values()]
ALT = (
    f"Four connection matrices from {INPUTS} inputs to {OUTPUTS} outputs. "
    f"Dense: {COUNTS[0]} weights. Local but not shared: {COUNTS[1]}. "
    f"Shared but not local: {COUNTS[2]}. Local and shared, a convolution: {COUNTS[3]}."
)


def figure() -> Figure:
    """Four matrices in two rows: without and with sharing; without and with locality."""
    ax = draw.canvas(height=556)
    for n, (name, (words, table)) in enumerate(TABLES.items()):
        at = (30 + 360 * (n % 2), 74 + 256 * (n // 2))
        draw.connections(table, ax=ax, at=at, cell=(11.5, 11))
        heading = draw.label(name, (at[0] - 2, at[1] - 40), ax=ax, size=15, bold=True)
        heading.set_color(draw.INK)
        draw.label(words, (at[0] - 2, at[1] - 18), ax=ax)
        parts = [draw.Part(str(count(table)), "kernel", bold=True, size=20)]
        parts.append(draw.Part(" weights", size=13))
        draw.row(parts, (at[0] + 345 - draw.parts_width(parts), at[1] - 28), ax=ax)
    note = "rows: outputs · columns: inputs · the same shade is the same weight"
    draw.label(note, (380, 532), ax=ax, align="center")
    return ax.figure
