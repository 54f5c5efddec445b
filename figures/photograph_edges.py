"""Two kernels look at a photograph

One finds upright edges, the other level ones; white is 0, dark is a strong answer.
"""

import numpy as np
from matplotlib.figure import Figure

from cnnlib import data, draw, ops

ALT = (
    "A portrait of Grace Hopper in grey, and beside it what two 3 by 3 kernels answer: the first "
    "is dark along upright edges, such as the sides of the face, the second along level ones, "
    "such as the peak of the cap."
)
UPRIGHT = np.array([[1, 0, -1]] * 3)
SIDE = 216


def figure() -> Figure:
    """The photograph and the size of two answers, each with its kernel."""
    photo = data.photograph(108)
    ax = draw.canvas(height=412)
    draw.picture(photo, ax=ax, at=(28, 52), side=SIDE, low=0, high=1)
    draw.name(draw.ROLES["input"]._replace(words="photograph"), (28, 26), ax=ax, flat=True)
    draw.label("108 × 108 numbers,", (28, 304), ax=ax)
    draw.label("0 is black, 1 is white", (28, 324), ax=ax)
    for n, (kernel, words) in enumerate(((UPRIGHT, "upright edges"), (UPRIGHT.T, "level edges"))):
        left = 28 + (n + 1) * (SIDE + 28)
        answer = np.abs(ops.cross_correlate(photo, kernel))
        strong = np.quantile(answer, 0.99)
        draw.picture(answer, ax=ax, at=(left, 52), side=SIDE, low=strong, high=0, role="output")
        role = draw.ROLES["output"]._replace(symbol="$|x|$", words=words)
        draw.name(role, (left, 26), ax=ax, flat=True)
        w = draw.grid(kernel, "kernel", ax=ax, at=(left + 32, 292), cell=30)
        draw.caption(w, ax=ax, beside=left, words="")
    return ax.figure
