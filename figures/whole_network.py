"""A whole network, forward and back

LeNet-5: two convolution layers with pooling, then three dense ones; maps, sizes and weights.
"""

from typing import NamedTuple

from matplotlib.figure import Figure

from cnnlib import draw
from cnnlib.geometry import Window

ALT = (
    "LeNet-5 for 28 by 28 pictures. Convolution to 6 maps, pooling, convolution to 16 maps, "
    "pooling, then dense layers of 120, 84 and 10. Activations flow to the right, deltas flow back "
    "along the same connections to the left."
)


class Stage(NamedTuple):
    """What flows between two layers: so many maps of one size; and the layer before it."""

    layer: str
    maps: int
    side: int
    weights: int
    role: str


def stages() -> list[Stage]:
    """Sizes from the windows; biases are not counted among the weights."""
    same, half, valid = Window((5, 5), padding=2), Window((2, 2), stride=2), Window((5, 5))
    sizes = [28]
    for window in (same, half, valid, half):
        sizes.append(window.output_shape((sizes[-1], sizes[-1]))[0])
    flat = 16 * sizes[4] ** 2
    return [
        Stage("picture", 1, sizes[0], 0, "input"),
        Stage("conv 5×5", 6, sizes[1], 6 * 25, "output"),
        Stage("pool 2×2", 6, sizes[2], 0, "input"),
        Stage("conv 5×5", 16, sizes[3], 16 * 6 * 25, "output"),
        Stage("pool 2×2", 16, sizes[4], 0, "input"),
        Stage("dense", 120, 1, 120 * flat, "output"),
        Stage("dense", 84, 1, 84 * 120, "output"),
        Stage("dense", 10, 1, 10 * 84, "output"),
    ]


def figure() -> Figure:
    """Stacks of maps from left to right, arrows for both directions."""
    ax = draw.canvas(height=340)
    lefts = (32, 134, 252, 350, 454, 540, 620, 696)
    for left, stage in zip(lefts, stages(), strict=True):
        (maps if stage.side > 1 else column)(ax, stage, left)
        legend(ax, stage, left)
    flow(ax)
    return ax.figure


def maps(ax, stage: Stage, left: float) -> None:
    """A few sheets, one behind the other; as large as the map, within reason."""
    side, colour = 20 + 2 * stage.side, draw.ROLES[stage.role].colour
    sheets = min(stage.maps, 6)
    for n in range(sheets):
        shift = 5 * (sheets - 1 - n)
        sheet = draw.box((left + shift, 150 - side / 2 - shift), side, side, ax=ax)
        sheet.set(facecolor=draw.mixed(colour, 0.2), edgecolor=colour, linewidth=1.5)
        sheet.set_zorder(2 + 0.1 * n)
    if stage.role == "output":
        inner = draw.box((left + 3.5, 153.5 - side / 2), side - 7, side - 7, ax=ax, radius=1.5)
        inner.set(facecolor="none", edgecolor=colour, linewidth=1.2)


def column(ax, stage: Stage, left: float) -> None:
    """A dense layer: one number under the other."""
    tall, colour = 40 + 0.95 * stage.maps, draw.ROLES[stage.role].colour
    bar = draw.box((left + 8, 150 - tall / 2), 16, tall, ax=ax)
    bar.set(facecolor=draw.mixed(colour, 0.2), edgecolor=colour, linewidth=1.5)
    inner = draw.box((left + 11, 153 - tall / 2), 10, tall - 6, ax=ax, radius=1.5)
    inner.set(facecolor="none", edgecolor=colour, linewidth=1)


def legend(ax, stage: Stage, left: float) -> None:
    """The layer, the shape, the number of weights."""
    shape = f"{stage.maps} × {stage.side}×{stage.side}" if stage.side > 1 else str(stage.maps)
    draw.label(stage.layer, (left, 244), ax=ax).set_color(draw.INK)
    draw.label(shape, (left, 263), ax=ax)
    if stage.weights:
        count = f"{stage.weights:,}".replace(",", "\u202f")
        parts = [draw.Part(count, size=13), draw.Part(" "), draw.Part("$w$", "kernel", size=16)]
        draw.row(parts, (left, 282), ax=ax)


def flow(ax) -> None:
    """Both directions, named."""
    draw.arrow((32, 28), (728, 28), ax=ax, width=2, colour=draw.ROLES["output"].colour)
    draw.arrow((728, 314), (32, 314), ax=ax, width=2, colour=draw.ROLES["delta"].colour)
    backward = "backward: δ, and each layer's weight gradient"
    for y, words in ((28, "forward: o → x → f(x)"), (314, backward)):
        wide = draw.text_width(words, 13) + 20
        patch = draw.box((380 - wide / 2, y - 11), wide, 22, ax=ax)
        patch.set(facecolor="white", linewidth=0, zorder=4.5)
        draw.label(words, (380, y), ax=ax, align="center").set_color(draw.INK)
