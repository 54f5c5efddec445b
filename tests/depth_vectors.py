"""What cnnlib.network says of deep stacks, for the DepthPlot's JavaScript."""

from itertools import product

from cnnlib.widgets import DepthPlot
from cnnlib.widgets.depth_plot import _normals
from cnnlib.widgets.page import state_of

SETTINGS = [
    {"activation": f, "initialisation": w, "gain": gain, "bias": bias, "depth": depth, "seed": seed}
    for (f, w), (gain, bias, depth, seed) in product(
        product(("sigmoid", "tanh", "relu", "leaky_relu"), ("ones", "xavier", "he")),
        ((1.0, 0.0, 10, 0), (2.5, -0.5, 4, 2**32 - 1)),
    )
]


def depth_vectors():
    plots = [DepthPlot(**settings) for settings in SETTINGS]
    measured = [
        {name: list(map(float, numbers)) for name, numbers in plot.measured._asdict().items()}
        for plot in plots
    ]
    states = [{"state": state_of(plot)} for plot in plots]
    cases = [{**state, "measured": found} for state, found in zip(states, measured)]
    return {"normals": _normals(7, 9).tolist(), "stacks": cases}
