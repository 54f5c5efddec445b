"""Collect the gradient of one weight

Weight 1 takes part in every output: four products of a delta and an input (S3).
"""

from matplotlib.figure import Figure

from cnnlib import draw
from cnnlib.examples import one_d
from cnnlib.geometry import Window

ALT = (
    "The four deltas stand under inputs 1 to 4, the inputs that weight 1 meets; their products add "
    "up to the gradient of weight 1."
)
WEIGHT = 1
LEFT, PITCH = 276, draw.CELL + draw.GAP


def figure() -> Figure:
    """Input, deltas, products and weight gradient under one another, as in the widget."""
    taps = Window(one_d.w.shape).taps(one_d.o.shape)
    mine = taps.weight == WEIGHT
    inputs, outputs = taps.input[mine], taps.output[mine]
    ax = draw.canvas(height=348)
    o = draw.grid(one_d.o, "input", ax=ax, at=(LEFT, 36), lit=inputs)
    delta = draw.grid(one_d.delta, "delta", ax=ax, at=(LEFT + WEIGHT * PITCH, 104), lit=outputs)
    d_w = draw.grid(one_d.d_w, "gradient", ax=ax, at=(LEFT, 212), lit=[WEIGHT], picked=WEIGHT)
    for grid in (o, delta):
        draw.caption(grid, ax=ax, beside=LEFT - 132)
    draw.caption(d_w, ax=ax, beside=LEFT - 132, words="weight gradient")
    draw.ruler(o, ax=ax)
    draw.ruler(d_w, ax=ax, below=True)
    pairs = list(zip(one_d.delta[outputs], one_d.o[inputs], strict=True))
    ends = [o.bottom(p) for p in inputs], [delta.bottom(i) for i in outputs], d_w.top(WEIGHT)
    draw.gather(*ends, [error * value for error, value in pairs], ax=ax)
    terms = [[(error, "delta"), (value, "input")] for error, value in pairs]
    head = rf"$\partial E/\partial w_{WEIGHT}$"
    parts = draw.sum_parts(head, "gradient", terms, one_d.d_w[WEIGHT])
    draw.formula(parts, (16, 292), ax=ax, width=728, reading="weight gradient")
    return ax.figure
