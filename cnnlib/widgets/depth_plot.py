"""DepthPlot: how large delta still is, layer by layer, on its way back through a deep stack."""

from typing import Any, NamedTuple

import anywidget
import numpy as np
import traitlets as t
from numpy.typing import NDArray

from cnnlib._checks import Array
from cnnlib.network import Dense, Flatten, Layer, LeakyReLU, Network, ReLU, Sigmoid, Tanh
from cnnlib.network.initial import SCALES
from cnnlib.widgets.traits import STATIC

LEAK = 0.1
ACTIVATIONS: dict[str, Layer] = {
    **{"sigmoid": Sigmoid(), "tanh": Tanh(), "relu": ReLU(), "leaky_relu": LeakyReLU(LEAK)}
}
INITIALISATIONS = ("ones", *SCALES)
WIDTH, BATCH = 32, 16
MOST_LAYERS = 30
CONTROLS = ("activation", "initialisation", "depth", "gain", "bias", "random", "size")

Floats = NDArray[np.float64]


class Measured(NamedTuple):
    """What became of delta, one number per layer, the first layer first.

    Attributes
    ----------
    size : ndarray
        Root mean square of the layer's delta, over that of dE/do at the top.
    weights : ndarray
        What the way through the weights of the layer above multiplied the size by; 1 at the top.
    slope : ndarray
        What f′ of the layer itself multiplied it by.
    dead : ndarray of int
        Units with f′ = 0 for every input.
    """

    size: Floats
    weights: Floats
    slope: Floats
    dead: NDArray[np.intp]


class DepthPlot(anywidget.AnyWidget):
    """A deep stack of dense layers, x = w o + b and o = f(x), and the size of delta at each.

    The stack is computed in the browser, forward and back, whenever a setting is changed.

    Parameters
    ----------
    activation : "sigmoid", "tanh", "relu" or "leaky_relu"
        f of every layer; the leaky one keeps a tenth of a negative number.
    initialisation : "ones", "xavier" or "he"
        The weights: one unit per layer with w = 1, or 32 units with random weights of Xavier's or
        of He's standard deviation.
    gain : float
        All weights are multiplied by it, 0.1 to 4.
    bias : float
        Of every unit, -2 to 2.
    depth : int
        How many layers, 1 to 30.
    seed : int
        For the random weights.
    controls : list of str
        Which settings a reader may change, of "activation", "initialisation", "depth", "gain",
        "bias", "random", "size".
    title : str
        Heading.
    lecture : bool
        Large type, for projecting.

    Raises
    ------
    TraitError
        A value does not fit.

    Examples
    --------
    >>> plot = DepthPlot(activation="sigmoid", initialisation="ones", depth=10)
    >>> bool(plot.measured.size[0] < 0.25**10)
    True
    """

    _esm = STATIC / "depth_plot.js"
    _css = STATIC / "depth_plot.css"

    activation = t.Enum(tuple(ACTIVATIONS), "sigmoid").tag(sync=True)
    initialisation = t.Enum(INITIALISATIONS, "ones").tag(sync=True)
    gain = t.Float(1.0, min=0.1, max=4.0).tag(sync=True)
    bias = t.Float(0.0, min=-2.0, max=2.0).tag(sync=True)
    depth = t.Int(10, min=1, max=MOST_LAYERS).tag(sync=True)
    seed = t.Int(0, min=0, max=2**32 - 1).tag(sync=True)
    controls = t.List(t.Enum(CONTROLS), list(CONTROLS)).tag(sync=True)
    title = t.Unicode("What is left of delta").tag(sync=True)
    lecture = t.Bool(False).tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        unknown = set(traits) - {name for name in self.class_own_traits() if name[0] != "_"}
        if unknown:
            raise t.TraitError(f"unknown settings {sorted(unknown)}: see help(DepthPlot)")
        super().__init__(**traits)

    @t.validate("gain", "bias")
    def _is_a_number(self, proposal: Any) -> Any:
        if not np.isfinite(proposal.value):
            raise t.TraitError(f"{proposal.trait.name} is {proposal.value}; a number is expected")
        return proposal.value

    @property
    def network(self) -> Network:
        """The stack with its weights, in float64."""
        width, *_, weights = self._numbers()
        layers = [Dense(width, width), ACTIVATIONS[self.activation]] * self.depth
        network = Network([Flatten(), *layers], input_shape=(width, 1), dtype=np.float64)
        drawn = iter(weights)
        network.parameters = {
            name: np.full(a.shape, self.bias) if a.ndim == 1 else self.gain * next(drawn)
            for name, a in network.parameters.items()
        }
        return network

    @property
    def measured(self) -> Measured:
        """What became of delta at each layer: the numbers on the screen."""
        _, inputs, top, _ = self._numbers()
        network = self.network
        trace = network.forward(inputs[..., None])
        delta = network.backward(trace, top).delta
        _, *names = network.layers
        after_f = np.array([_size(delta[name]) for name in names[1::2]])  # ∂E/∂o of each layer
        before_f = np.array([_size(delta[name]) for name in names[0::2]])  # its δ
        above = np.append(before_f[1:], _size(top))
        dead = np.array([_dead(ACTIVATIONS[self.activation], trace[name]) for name in names[0::2]])
        with np.errstate(divide="ignore", invalid="ignore"):
            return Measured(before_f / _size(top), after_f / above, before_f / after_f, dead)

    def _numbers(self) -> tuple[int, Floats, Floats, Floats]:
        """Width, inputs, dE/do at the top, and the weights before the gain."""
        if self.initialisation == "ones":
            return 1, np.ones((1, 1)), np.ones((1, 1)), np.ones((self.depth, 1, 1))
        shape = (WIDTH, WIDTH)
        ends = BATCH * WIDTH
        drawn = _normals(self.seed, 2 * ends + self.depth * WIDTH**2)
        inputs, top = drawn[: 2 * ends].reshape(2, BATCH, WIDTH)
        weights = SCALES[self.initialisation](shape) * drawn[2 * ends :]
        return WIDTH, inputs, top, weights.reshape(self.depth, *shape)


def _size(delta: Array) -> float:
    """The root of the mean square."""
    return float(np.sqrt(np.mean(np.square(delta))))


def _dead(f: Layer, x: Array) -> int:
    slopes, _ = f.backward(np.ones_like(x), x, {}, None)
    assert slopes is not None
    return int(np.sum(np.all(slopes == 0, axis=0)))


def _normals(seed: int, count: int) -> Floats:
    """The browser's normal numbers: two from two uniform ones (Box and Muller)."""
    first, second = _uniforms(seed, count + count % 2).reshape(-1, 2).T
    size, angle = np.sqrt(-2 * np.log(1 - first)), 2 * np.pi * second
    return np.stack([size * np.cos(angle), size * np.sin(angle)], axis=1).ravel()[:count]


def _uniforms(seed: int, count: int) -> Floats:
    """From 0 to just below 1 (mulberry32, in whole numbers of 32 bits)."""
    state = (seed + np.arange(1, count + 1, dtype=np.uint64) * 0x6D2B79F5).astype(np.uint32)
    mixed = (state ^ (state >> 15)) * (state | 1)
    mixed ^= mixed + (mixed ^ (mixed >> 7)) * (mixed | 61)
    return np.asarray((mixed ^ (mixed >> 14)) / 2.0**32, np.float64)
