"""NetworkTrace: one picture through a whole network, every number of it, forward and back."""

from typing import Any

import anywidget
import numpy as np
import traitlets as t
from numpy.typing import ArrayLike, NDArray

from cnnlib import ops
from cnnlib.network import Network
from cnnlib.widgets.traced_layers import PLACES, described, pictures
from cnnlib.widgets.traits import STATIC

READINGS = ("forward", "backward")
SETTINGS = {"reading", "digit", "target", "position", "selected", "title", "lecture"}


class NetworkTrace(anywidget.AnyWidget):
    """Point at a pixel, weight, activation or delta and follow it through all layers, both ways.

    Every layer is a column of maps. The picked cell lights what it saw (its receptive field, in
    each layer below) and what it reaches (region Q, in each layer above); the winners of the
    pools and the mask of ReLU say which of these ways are open. Below stands the sum that made
    the number, with its numbers, and the strongest path from the cell to E.

    The numbers are the network's, with its weights rounded to three places; each layer's results
    are rounded to three places too (deltas to more where they are small) before they go on, so
    that every sum on the screen can be added up by hand.

    Parameters
    ----------
    network : Network
        Conv on images, ReLU, sigmoid, tanh, max and average pools, Flatten and Dense, ending with
        Dense; small enough to be seen: see Raises.
    images : array_like, shape (N, C, H, W)
        A few pictures to choose from.
    labels : array_like of int, shape (N,), optional
        Their classes; E is taken at the class the network chose where they are left out.
    reading : "forward" or "backward"
        Whether the maps show activations or what comes back.
    digit : int
        Which picture.
    target : int
        The class at which E = -ln p is taken; -1 is the picture's label.
    position : int
        How many layers have been computed, in the order of the reading, less one; -1 is all.
    selected : list
        The picked cell: ``["conv1", 12]`` with its flat index, or a weight, ``["conv1.w", 4]``.
    title : str
        Heading.
    lecture : bool
        Large type, for projecting.

    Raises
    ------
    TraitError
        The network has layers that are not drawn or too many numbers (1,024 in a layer, 5,000
        weights, 12 layers, 12 pictures), or something does not fit.

    Examples
    --------
    >>> from cnnlib import data, network
    >>> images, labels = data.digits()[1]
    >>> NetworkTrace(network.small_cnn(), images[:3], labels[:3]).selected[0]
    'input'
    """

    _esm = STATIC / "network_trace.js"
    _css = STATIC / "network_trace.css"

    layers = t.List(t.Dict(), read_only=True).tag(sync=True)
    images = t.List(t.List(t.Float()), read_only=True).tag(sync=True)
    labels = t.List(t.Int(), read_only=True).tag(sync=True)
    places = t.Int(PLACES, read_only=True).tag(sync=True)
    reading = t.Enum(READINGS, "forward").tag(sync=True)
    digit = t.Int(0, min=0).tag(sync=True)
    target = t.Int(-1, min=-1).tag(sync=True)
    position = t.Int(-1, min=-1).tag(sync=True)
    selected: t.List[Any] = t.List().tag(sync=True)
    title = t.Unicode("One number through the whole network").tag(sync=True)
    lecture = t.Bool(False).tag(sync=True)

    def __init__(
        self,
        network: Network,
        images: ArrayLike,
        labels: ArrayLike | None = None,
        **traits: Any,
    ) -> None:
        unknown = set(traits) - SETTINGS
        if unknown:
            raise t.TraitError(f"unknown settings {sorted(unknown)}: see help(NetworkTrace)")
        found, classes, shown = pictures(network, images, labels)
        self._network = shown
        self.set_trait("layers", described(shown, found.shape[1:]))
        rows = found.reshape(len(found), -1).round(PLACES + 1)
        self.set_trait("images", [[float(v) for v in row] for row in rows])
        self.set_trait("labels", [int(label) for label in classes])
        traits.setdefault("selected", ["input", self._strongest(found, classes)])
        super().__init__(**traits)

    @property
    def network(self) -> Network:
        """The network with the weights that the browser has: rounded to three places."""
        return self._network

    def _strongest(self, images: NDArray[Any], labels: NDArray[np.intp]) -> int:
        """The pixel of the first picture that moves E most."""
        trace = self._network.forward(images[:1])
        _, dloss = ops.softmax_cross_entropy(trace.scores, labels[:1])
        return int(np.abs(self._network.backward(trace, dloss).delta["input"]).argmax())

    @t.validate("digit", "target")
    def _is_there(self, proposal: Any) -> Any:
        name, value = proposal.trait.name, proposal.value
        most = len(self.images) if name == "digit" else self.layers[-1]["shape"][0]
        if value >= most:
            raise t.TraitError(f"{name} is {value}; a number below {most} is expected")
        return int(value)  # True is 1 in Python, and no number in the browser

    @t.validate("selected")
    def _is_a_cell(self, proposal: Any) -> Any:
        sizes = {layer["name"]: int(np.prod(layer["shape"])) for layer in self.layers}
        sizes |= {f"{layer['name']}.w": len(layer["w"]) for layer in self.layers if "w" in layer}
        match proposal.value:
            case []:
                return []
            case [str(name), int(index)] if name in sizes and 0 <= index < sizes[name]:
                return [name, index]
        raise t.TraitError(
            f"selected is {proposal.value!r}; a layer's name and a flat index into its maps are "
            f'expected, like ["{self.layers[1]["name"]}", 12]: the layers are {", ".join(sizes)}'
        )
