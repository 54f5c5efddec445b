"""Full correlation with the turned kernel

The 1D input gradient as a sliding window: δ with zeros at both ends, under it the turned kernel.
"""

import numpy as np
from matplotlib.figure import Figure

from cnnlib import draw, ops
from cnnlib.examples import one_d

ALT = (
    "Delta with two zeros put in at each end; under it the turned kernel 1, −1, 2 at its fourth "
    "place. The three products add up to the gradient of input 3. Six places, six gradients."
)
PIXEL = 3
LEFT, PITCH = 236, draw.CELL + draw.GAP


def figure() -> Figure:
    """Delta, turned kernel, products and input gradient under one another."""
    reach = one_d.w.size - 1
    padded = np.pad(one_d.delta, reach)
    zeros = np.pad(np.zeros(one_d.delta.shape, dtype=bool), reach, constant_values=True)
    turned = ops.rotate_180(one_d.w)
    used = range(PIXEL, PIXEL + one_d.w.size)
    ax = draw.canvas(height=348)
    delta = draw.grid(padded, "delta", ax=ax, at=(LEFT, 36), lit=used, zeros=zeros)
    w = draw.grid(turned, "kernel", ax=ax, at=(LEFT + PIXEL * PITCH, 104), lit=range(3))
    d_o = draw.grid(one_d.d_o, "gradient", ax=ax, at=(LEFT, 212), lit=[PIXEL], picked=PIXEL)
    draw.caption(delta, ax=ax, beside=60, words="delta, zeros around")
    draw.caption(w, ax=ax, beside=60, symbol=r"$\mathrm{rot180}(w)$", words="turned kernel")
    draw.caption(d_o, ax=ax, beside=60, symbol=r"$\partial E/\partial o$", words="input gradient")
    draw.ruler(d_o, ax=ax, below=True)
    pairs = [(padded[i], weight) for i, weight in zip(used, turned, strict=True)]
    ends = [delta.bottom(i) for i in used], [w.bottom(a) for a in range(3)], d_o.top(PIXEL)
    draw.gather(*ends, [error * weight for error, weight in pairs], ax=ax)
    terms = [[(error, "delta"), (weight, "kernel")] for error, weight in pairs]
    head = rf"$\partial E/\partial o_{PIXEL}$"
    parts = draw.sum_parts(head, "gradient", terms, one_d.d_o[PIXEL])
    draw.formula(parts, (16, 292), ax=ax, width=728, reading="input gradient, gathered")
    return ax.figure
