"""Live widgets: Python holds the state, the browser draws it and answers every touch."""

from importlib import import_module
from typing import Any

_MODULES = {
    "DepthPlot": "depth_plot",
    "Levers": "levers",
    "LinkedGrids": "linked_grids",
    "NetworkTrace": "network_trace",
    "Progress": "progress",
    "Quiz": "quiz",
    "SketchPad": "sketch_pad",
    "TrainingBoard": "training_board",
    "lecture": "projecting",
}

__all__ = [
    "DepthPlot",
    "Levers",
    "LinkedGrids",
    "NetworkTrace",
    "Progress",
    "Quiz",
    "SketchPad",
    "TrainingBoard",
    "lecture",
]


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
