"""What a TrainingBoard is given: how to train, how to look, and the test images."""

from typing import Any

import traitlets as t

from cnnlib.network import Network
from cnnlib.training.arguments import labelled_images
from cnnlib.widgets.board_run import Labelled

SETTINGS = {
    **{"epochs": 25, "batch": 64, "rate": 0.05},
    **{"momentum": 0.9, "weight_decay": 0.0, "seed": 0},
}
LOOKS = {"title", "lecture", "part", "full_speed", "seconds", "digit", "position"}


def sorted_settings(given: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """How to train, complete, and how to look; TraitError for what is neither."""
    unknown = set(given) - LOOKS - set(SETTINGS)
    if unknown:
        raise t.TraitError(f"unknown settings {sorted(unknown)}: see help(TrainingBoard)")
    looks = {name: value for name, value in given.items() if name in LOOKS}
    return {name: given.get(name, value) for name, value in SETTINGS.items()}, looks


def labelled_test(network: Network, test: Any) -> Labelled | None:
    """The test images and labels, checked; None where there are none."""
    if test is None:
        return None
    if not isinstance(test, tuple | list) or len(test) != 2:
        raise TypeError(
            f"test is {type(test).__name__}; images and labels are expected: "
            "pass test=(test_images, test_labels)"
        )
    return labelled_images(network, *test)
