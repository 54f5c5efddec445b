"""The pictures that LinkedGrids draws: which grids, which controls, what can be edited."""

from typing import NamedTuple

SUMS = ("input", "kernel", "output", "delta", "weight-gradient", "input-gradient")
GRIDS = (*SUMS, "connections", "hidden")
MOVES = ("stride", "padding", "dilation")
SWITCHES = ("notation", "grouping", "leave-out", "connections", "kernel-size", "preset")
CONTROLS = ("step", *MOVES, *SWITCHES, "total", "random", "reset", "size")
# One file cannot hold every picture: these are drawn by another bundle.
MAPS = ("sharing", "two-layers", "photograph")


class Configuration(NamedTuple):
    """What a lesson's widget shows to begin with."""

    title: str
    grids: tuple[str, ...]
    controls: tuple[str, ...] = ("step", "random", "reset", "size")
    editable: tuple[str, ...] = ("input", "kernel")


CONFIGURATIONS = {
    "slide-1d": Configuration("Slide a kernel along a signal", ("input", "kernel", "output")),
    "slide-2d": Configuration("Slide a kernel over a picture", ("input", "kernel", "output")),
    "weight-gradient": Configuration(
        "Collect the gradient of each weight",
        ("input", "delta", "weight-gradient"),
        editable=("input", "delta"),
    ),
    "input-gradient": Configuration(
        "Collect the gradient of each input",
        ("kernel", "delta", "input-gradient"),
        editable=("kernel", "delta"),
    ),
    "readings": Configuration(
        "One sum, three readings",
        ("input", "kernel", "delta"),
        ("grouping", "leave-out", "step", "total", "random", "reset", "size"),
        ("input", "kernel", "delta"),
    ),
    "region-q": Configuration(
        "Region Q: every output that uses this input", ("input", "kernel", "output")
    ),
    "stride": Configuration(
        "Stride, padding, dilation",
        ("input", "kernel", "output"),
        ("step", *MOVES, "random", "reset", "size"),
    ),
    "sharing": Configuration(
        "Dense, local, shared or both",
        ("input", "connections", "output"),
        ("connections", "step", "reset", "size"),
        (),
    ),
    "two-layers": Configuration(
        "What two layers see",
        ("input", "hidden", "output"),
        ("kernel-size", "step", "reset", "size"),
        (),
    ),
    "photograph": Configuration(
        "A kernel over a photograph",
        ("input", "kernel", "output"),
        ("preset", "reset", "size"),
        ("kernel",),
    ),
}
