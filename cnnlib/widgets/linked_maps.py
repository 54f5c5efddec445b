"""LinkedMaps: what is connected to what, and which connections share a weight."""

from cnnlib.widgets.linked_grids import LinkedGrids
from cnnlib.widgets.traits import STATIC


class LinkedMaps(LinkedGrids):
    """LinkedGrids of what is connected to what: ``LinkedGrids("sharing", ...)`` makes one."""

    bundle = "LinkedMaps"
    unmasked = 'pass masked="" or leave it out'
    _esm = STATIC / "linked_maps.js"
    _css = STATIC / "linked_maps.css"
