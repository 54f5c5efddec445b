"""A kernel searches a recorded signal

Three seconds of EEG above, the answer of the kernel [1, 0, -1] below.
"""

import numpy as np
from matplotlib.figure import Figure

from cnnlib import data, draw, ops

ALT = (
    "Above, three seconds of EEG with two spikes; below, the kernel's answer, large where the "
    "signal falls."
)
LEFT, WIDE, TALL = 112, 628, 130
KERNEL = np.array([1, 0, -1])
SPIKE = 4  # what lesson 01 calls a very steep fall


def figure() -> Figure:
    """Signal, kernel and answer under one another; the places of the steepest falls marked."""
    signal = data.recorded_signal()[480:720]
    answer = ops.cross_correlate(signal, KERNEL)
    ax = draw.canvas(height=412)
    step = (WIDE - 16) / (len(signal) - 1)
    wide = step * (len(answer) - 1) + 16
    draw.trace(signal, "input", ax=ax, at=(LEFT, 20), width=WIDE, height=TALL)
    w = draw.grid(KERNEL, "kernel", ax=ax, at=(LEFT, 166))
    x = draw.trace(answer, "output", ax=ax, at=(LEFT, 230), width=wide, height=TALL)
    for first, last in runs(np.flatnonzero(answer > SPIKE)):
        left, right = (x.get_xdata()[i] for i in (first, last))
        draw.band(left - 4, right + 2 * step + 4, "kernel", ax=ax, top=20, bottom=20 + TALL)
        draw.band(left - 4, right + 4, "output", ax=ax, top=230, bottom=230 + TALL)
    note = "asks, at every moment: how far does the signal fall in two steps?"
    draw.label(note, (w.at[0] + w.width + 16, w.centre(0)[1]), ax=ax)
    for middle, role in ((85, "input"), (190, "kernel"), (295, "output")):
        draw.name(draw.ROLES[role], (24, middle - 8), ax=ax)
    seconds(ax, len(signal), step)
    return ax.figure


def runs(indices: np.ndarray) -> list[tuple[int, int]]:
    """First and last index of each run of samples less than a tenth of a second apart."""
    parts = np.split(indices, np.flatnonzero(np.diff(indices) > data.SAMPLES_PER_SECOND / 10) + 1)
    return [(int(part[0]), int(part[-1])) for part in parts]


def seconds(ax, samples: int, step: float) -> None:
    """A mark for every second below the answer."""
    for second in range(samples // data.SAMPLES_PER_SECOND + 1):
        x = LEFT + 8 + step * second * data.SAMPLES_PER_SECOND
        draw.line([(x, 366), (x, 372)], ax=ax, width=1)
        draw.label(f"{second} s", (x, 384), ax=ax, size=11.5, align="center")
