"""Send the errors back to the inputs

The table of taps: rows are outputs, columns inputs; one column is region Q of one input (S5).
"""

from matplotlib.figure import Figure

from cnnlib import draw
from cnnlib.examples import one_d
from cnnlib.geometry import Window

ALT = (
    "A table of taps: each of the four outputs is a row with its delta in front and the weights 2, "
    "−1, 1 under the inputs it uses. Read down the column of input 3: outputs 1, 2 and 3 use it "
    "with weights 1, −1 and 2. Delta times weight, added up, is the gradient of input 3."
)
PIXEL = 3
LEFT, TOP, PITCH = 276, 108, draw.CELL + draw.GAP


def figure() -> Figure:
    """Deltas at the left, weights where output and input meet, the gradient below."""
    window = Window(one_d.w.shape)
    taps = window.taps(one_d.o.shape)
    ax = draw.canvas(height=488)
    column(ax)
    o = draw.grid(one_d.o, "input", ax=ax, at=(LEFT, 36), picked=PIXEL, lit=[PIXEL])
    draw.ruler(o, ax=ax)
    region = [i for (i,) in window.region_q(PIXEL, one_d.o.shape)]
    for i, a, p in zip(*taps, strict=True):
        at = (LEFT + p * PITCH + 4, TOP + i * PITCH + 4)
        draw.grid([one_d.w[a]], "kernel", ax=ax, at=at, cell=40, lit=[0] if p == PIXEL else [])
    for i, error in enumerate(one_d.delta):
        at = (LEFT - 76, TOP + i * PITCH)
        delta = draw.grid([error], "delta", ax=ax, at=at, lit=[0] if i in region else [])
        draw.label(str(i), (LEFT - 84, delta.centre(0)[1]), ax=ax, size=11.5, align="right")
    d_o = draw.grid(one_d.d_o, "gradient", ax=ax, at=(LEFT, 344), lit=[PIXEL], picked=PIXEL)
    names(ax, o, d_o)
    pairs = [(one_d.delta[i], one_d.w[PIXEL - i]) for i in region]
    terms = [[(error, "delta"), (weight, "kernel")] for error, weight in pairs]
    head = rf"$\partial E/\partial o_{PIXEL}$"
    parts = draw.sum_parts(head, "gradient", terms, one_d.d_o[PIXEL])
    draw.formula(parts, (16, 432), ax=ax, width=728, reading="input gradient")
    return ax.figure


def column(ax) -> None:
    """The strip behind everything that belongs to the one input."""
    strip = draw.box((LEFT + PIXEL * PITCH - 5, 88), draw.CELL + 10, 252, ax=ax, radius=6)
    strip.set(facecolor=draw.mixed(draw.ROLES["gradient"].colour, 0.14), linewidth=0, zorder=0)


def names(ax, o, d_o) -> None:
    """What the rows and columns are."""
    draw.caption(o, ax=ax, beside=LEFT - 176)
    draw.name(draw.ROLES["delta"], (LEFT - 176, TOP + 14), ax=ax)
    draw.name(draw.ROLES["kernel"], (LEFT + 6 * PITCH + 16, TOP + 14 + PITCH), ax=ax)
    draw.caption(
        d_o, ax=ax, beside=LEFT - 176, symbol=r"$\partial E/\partial o$", words="input gradient"
    )
    draw.ruler(d_o, ax=ax, below=True)
