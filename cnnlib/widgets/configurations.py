"""The pictures that LinkedGrids draws: which grids, which controls, what can be edited."""

from typing import Any, NamedTuple

SUMS = ("input", "kernel", "output", "delta", "weight-gradient", "input-gradient")
GRIDS = (
    *(*SUMS, "connections", "hidden", "derivative", "delta-below", "wrong-gradient"),
    *("toeplitz", "turned", "convolution"),
)
MOVES = ("stride", "padding", "dilation")
SWITCHES = (
    *("notation", "grouping", "leave-out", "connections", "kernel-size", "preset"),
    *("reading", "activation", "formula"),
    *("direction", "turn", "hides"),
    *("pair", "image"),
    *("kind", "window"),
)
LISTS = ("grids", "controls", "editable", "revealed")
CONTROLS = ("step", *MOVES, *SWITCHES, "total", "random", "reset", "size")
# Pictures made of any of the grids of the sums; every other one is made of its own grids.
LINEAR = ("slide-1d", "slide-2d", "weight-gradient", "input-gradient", "region-q", "stride")
# One file cannot hold every picture: these are drawn by other bundles.
MAPS = ("sharing", "two-layers", "photograph")
FLOWS = ("follow-delta", "wrong-formula")
TURNS = ("toeplitz", "flip")
STRIDES = ("stride-backward",)
CHANNELS = ("channels",)
POOLS = ("pool",)
# The class of each bundle, where it is, and what it draws; LinkedGrids draws the rest.
BUNDLES = {
    "LinkedMaps": ("linked_maps", MAPS),
    "LinkedFlows": ("linked_flows", FLOWS),
    "LinkedTurns": ("linked_turns", TURNS),
    "LinkedStrides": ("linked_strides", STRIDES),
    "LinkedChannels": ("linked_channels", CHANNELS),
    "LinkedPools": ("linked_pools", POOLS),
}


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
    "stride-backward": Configuration(
        "Stride, padding, dilation: forward and back",
        # in this order each pass reads like its equation: o ⊗ w = x, o ⊗ δ, δ ⊗ w turned
        ("input", "delta", "kernel", "output", "weight-gradient", "input-gradient"),
        ("reading", *MOVES, "step", "random", "reset", "size"),
        ("input", "kernel", "delta"),
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
    "follow-delta": Configuration(
        "Follow the delta",
        ("delta", "kernel", "input-gradient", "derivative", "delta-below"),
        ("reading", "activation", "step", "random", "reset", "size"),
        ("delta", "kernel"),
    ),
    "region-q-size": Configuration(
        "How many outputs use each input",
        ("input", "kernel", "output"),
        ("step", "reset", "size"),
        (),
    ),
    "toeplitz": Configuration(
        "The layer as a matrix",
        ("kernel", "input", "toeplitz", "output", "delta", "input-gradient"),
        ("direction", "step", "random", "reset", "size"),
        ("input", "kernel", "delta"),
    ),
    "flip": Configuration(
        "Turn the kernel by 180 degrees",
        ("input", "kernel", "turned", "output", "convolution"),
        ("turn", "hides", "step", "reset", "size"),
    ),
    "pool": Configuration(
        "Pool, and route back",
        ("input", "output", "delta", "input-gradient"),
        ("direction", "kind", "window", "stride", "step", "total", "random", "reset", "size"),
        ("input", "delta"),
    ),
    "wrong-formula": Configuration(
        "Right and wrong",
        ("delta", "kernel", "input-gradient", "delta-below", "wrong-gradient"),
        ("formula", "preset", "activation", "total", "reset", "size"),
        ("delta", "kernel"),
    ),
    "channels": Configuration(
        "Maps in, filters, maps out",
        SUMS,
        ("reading", "pair", "image", "step", "total", "random", "reset", "size"),
        ("input", "kernel", "delta"),
    ),
}


def listed(traits: dict[str, Any]) -> dict[str, Any]:
    """Tuples are as good as lists for the settings that are lists."""
    return {k: list(v) if k in LISTS else v for k, v in traits.items()}


def bundle_of(config: str) -> str:
    """The name of the class that draws a configuration."""
    return next((name for name, (_, drawn) in BUNDLES.items() if config in drawn), "LinkedGrids")
