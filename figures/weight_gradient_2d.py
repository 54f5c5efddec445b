"""One weight's influence, collected

Weight 1,0 meets nine inputs, one per output; the sum of the nine products is its gradient (J13).
"""

import numpy as np
from matplotlib.figure import Figure

from cnnlib import draw
from cnnlib.examples import two_d
from cnnlib.geometry import Window

ALT = (
    "The nine inputs that weight 1,0 meets form a 3 by 3 patch at the lower left of the input. "
    "Each is multiplied with the delta of its output; the running sum of the nine products ends at "
    "the weight's gradient."
)
WEIGHT = (1, 0)


def figure() -> Figure:
    """Input, delta and weight gradient; below, the nine products and their running sum."""
    taps = Window(two_d.w.shape).taps(two_d.o.shape)
    mine = taps.weight == np.ravel_multi_index(WEIGHT, two_d.w.shape)
    patch = [np.unravel_index(p, two_d.o.shape) for p in taps.input[mine]]
    products = two_d.delta.flat[taps.output[mine]] * two_d.o.flat[taps.input[mine]]
    ax = draw.canvas(height=418)
    o = draw.grid(two_d.o, "input", ax=ax, at=(42, 66), lit=patch)
    outputs = list(np.ndindex(two_d.delta.shape))
    delta = draw.grid(two_d.delta, "delta", ax=ax, at=(322, 92), lit=outputs)
    d_w = draw.grid(two_d.d_w, "gradient", ax=ax, at=(556, 118), lit=[WEIGHT], picked=WEIGHT)
    for grid in (o, delta):
        draw.caption(grid, ax=ax)
    draw.caption(d_w, ax=ax, words="weight gradient")
    for grid in (o, delta, d_w):
        draw.ruler(grid, ax=ax)
    draw.joined(o, patch, delta, (2, 0), ax=ax).set_xy(between(o, patch, delta))
    middle = o.at[1] + o.height / 2
    draw.label(r"$\otimes$", (284, middle), ax=ax, size=26, align="center")
    draw.label("=", (514, middle), ax=ax, size=22, align="center")
    ledger(ax, products)
    return ax.figure


def between(o, patch, delta) -> list[tuple[float, float]]:
    """Corners of the band that joins the patch and the deltas: same shape, cell for cell."""
    right = o.corner(patch[2])[0] + o.cell
    top, bottom = o.corner(patch[0])[1], o.bottom(patch[-1])[1]
    x, y = delta.at
    return [(right, top), (x, y), (x, y + delta.height), (right, bottom)]


def ledger(ax, products) -> None:
    """Products in reading order, and the sum so far under each."""
    strip = draw.box((16, 306), 728, 96, ax=ax, radius=8)
    strip.set(facecolor=draw.mixed(draw.INK, 0.05), linewidth=0, zorder=0)
    draw.row(
        [draw.Part(r"$\delta\, o$", size=20), draw.Part("  products", size=13)], (32, 332), ax=ax
    )
    draw.label("sum so far", (32, 374), ax=ax)
    for n, (product, total) in enumerate(zip(products, products.cumsum(), strict=True)):
        x, last = 190 + 62 * n, n == len(products) - 1
        draw.chip(draw.number(product), (x, 332), ax=ax)
        draw.line([(x, 344), (x, 360)], ax=ax)
        if n:
            draw.arrow((x - 46, 374), (x - 18, 374), ax=ax)
        total_text = draw.label(
            draw.number(total), (x, 374), ax=ax, size=16, align="center", bold=last
        )
        total_text.set_color(draw.INK)
    bar = draw.line([(x - 9, 387), (x + 9, 387)], ax=ax, width=3)
    bar.set(color=draw.ROLES["gradient"].colour, solid_capstyle="butt")
