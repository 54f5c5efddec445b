"""SketchPad: draw a digit, see how a network reads it and what would change its mind."""

from typing import Any

import anywidget
import numpy as np
import traitlets as t
from numpy.typing import ArrayLike, NDArray

from cnnlib import ops
from cnnlib._checks import no_masks, told
from cnnlib.network import Network
from cnnlib.widgets.portable import packed, records_of
from cnnlib.widgets.traits import STATIC

MOST_PIXELS, MOST_CLASSES = 28, 12
SMALLEST_MNIST = 20  # sides from here on are framed as MNIST is
FRAMINGS = ("uci", "mnist")
SETTINGS = {"title", "lecture", "towards", "centred", "framing", "classes"}


class SketchPad(anywidget.AnyWidget):
    """Draw a digit with mouse, pen, finger or keys, and watch a network read it while you draw.

    Everything is computed in the browser, forward and backward, with the network's own weights:
    it works on a page without a kernel. A drawing is framed as the training data were. Beside the
    probabilities stand the feature maps of the convolution layers, and ∂E/∂o of the image for a
    class of your choice: where more ink, or less, would change the network's mind.

    Parameters
    ----------
    network : Network
        For square images of one channel, up to 28 by 28 pixels, that ends in a row of at most 12
        scores; made with ``input_shape``, or for 8 by 8. Assign another, or the same one after
        training, to ``pad.network``: the drawing stays.
    image : array_like, optional
        Pixels to begin with, 0 paper to 1 ink: (side, side), or with axes of 1 before.
    title : str
        Heading.
    towards : int, optional
        The class that ∂E/∂o is for, E = −ln p; left out, the second most probable one.
    centred : bool
        Whether a drawing is centred and scaled, as the data are, before the network sees it.
    framing : "uci" or "mnist"
        How: as the 8 by 8 digits of `data.digits`, stretched to 20 by 32 dots that are counted in
        blocks of 4 by 4; or as MNIST's, scaled to 20 of 28 pixels, the centre of mass in the
        middle. Left out, the side of the image decides.
    classes : list of str
        What the scores stand for; "0", "1", ... where left out.
    lecture : bool
        Large type, for projecting.

    Attributes
    ----------
    pixels : list of float
        What the network sees, row by row.
    strokes : list of dict
        What was drawn, as the browser writes it: pen, eraser, pixels or clear.
    shown : int
        How many of these count; fewer than there are after an undo.

    Raises
    ------
    TraitError
        The network or a value does not fit: the message says what was given, what is expected,
        and the remedy.

    Examples
    --------
    >>> from cnnlib.network import small_cnn
    >>> pad = SketchPad(small_cnn())
    >>> pad.image.shape, pad.probabilities.shape
    ((1, 1, 8, 8), (10,))
    """

    _esm = STATIC / "sketch_pad.js"
    _css = STATIC / "sketch_pad.css"

    layers = t.List(t.Dict(), read_only=True).tag(sync=True)
    weights = t.Unicode(read_only=True).tag(sync=True)
    side = t.Int(read_only=True).tag(sync=True)
    classes = t.List(t.Unicode()).tag(sync=True)
    strokes = t.List(t.Dict()).tag(sync=True)
    shown = t.Int(0, min=0).tag(sync=True)
    pixels = t.List(t.Float(min=0, max=1)).tag(sync=True)
    towards = t.Int(None, allow_none=True, min=0).tag(sync=True)
    centred = t.Bool(True).tag(sync=True)
    framing = t.Enum(FRAMINGS, "uci").tag(sync=True)
    title = t.Unicode("Draw a digit").tag(sync=True)
    lecture = t.Bool(False).tag(sync=True)

    def __init__(self, network: Network, image: ArrayLike | None = None, **traits: Any) -> None:
        unknown = set(traits) - SETTINGS
        if unknown:
            raise t.TraitError(f"unknown settings {sorted(unknown)}: see help(SketchPad)")
        side, scores = _sizes(network)
        framing = "mnist" if side >= SMALLEST_MNIST else "uci"
        self._scores = scores
        self._take(network, side)
        names = [str(n) for n in range(scores)]
        super().__init__(**{"classes": names, "framing": framing, **traits})
        if image is not None:
            self.image = image

    @property
    def network(self) -> Network:
        """The network that reads the drawing; assign another, or the same one after training."""
        return self._network

    @network.setter
    def network(self, network: Network) -> None:
        side, scores = _sizes(network)
        if scores != self._scores:
            raise t.TraitError(
                f"the network gives {scores} scores; this pad shows {self._scores}: "
                "make a new SketchPad for it"
            )
        with self.hold_sync(), self.hold_trait_notifications():
            fresh = side != self.side
            self._take(network, side)
            if fresh:
                self.strokes, self.shown = [], 0

    @property
    def image(self) -> NDArray[np.float32]:
        """What the network sees, (1, 1, side, side), 0 paper to 1 ink; assign one to show it."""
        pixels = np.array(self.pixels, np.float32)
        return pixels.reshape(1, 1, self.side, self.side)

    @image.setter
    def image(self, image: ArrayLike) -> None:
        pixels = _pixels(image, self.side)
        with self.hold_sync():
            self.strokes = [*self.strokes[: self.shown], {"kind": "pixels", "values": pixels}]
            self.shown = len(self.strokes)
            self.pixels = pixels

    @property
    def probabilities(self) -> NDArray[np.floating[Any]]:
        """Softmax of the network's scores for the image, one for each class."""
        probabilities: NDArray[np.floating[Any]] = ops.softmax(self._network.scores(self.image))[0]
        return probabilities

    def _take(self, network: Network, side: int) -> None:
        """The network's layers and weights as they are now."""
        self.set_trait("layers", records_of(network))
        self.set_trait("weights", packed(network.parameters))
        self._network = network
        if side != self.side:
            self.set_trait("side", side)
            self.pixels = [0.0] * side**2

    @t.validate("pixels")
    def _fills_the_square(self, proposal: Any) -> Any:
        if len(proposal.value) != self.side**2:
            raise t.TraitError(
                f"pixels holds {len(proposal.value)} numbers; {self.side} by {self.side} are "
                "expected: assign an array to .image instead"
            )
        return proposal.value

    @t.validate("towards", "classes")
    def _is_a_class(self, proposal: Any) -> Any:
        scores = self._scores
        if proposal.trait.name == "classes" and len(proposal.value) != scores:
            raise t.TraitError(
                f"classes names {len(proposal.value)}; the network gives {scores} scores: "
                "pass one name for each"
            )
        if proposal.trait.name == "towards" and (proposal.value or 0) >= scores:
            raise t.TraitError(
                f"towards is {proposal.value}; a class from 0 to {scores - 1} is expected, or None"
            )
        return proposal.value

    @t.validate("strokes")
    def _are_entries(self, proposal: Any) -> Any:
        for entry in proposal.value:
            if not _is_entry(entry, self.side):
                raise t.TraitError(
                    f"strokes holds {str(entry)[:80]}; entries as the browser writes them are "
                    "expected: to show an image assign it to .image"
                )
        return proposal.value


def _sizes(network: Any) -> tuple[int, int]:
    """The side of the network's images and the number of its scores."""
    if not isinstance(network, Network):
        raise t.TraitError(
            f"network is {told(network)}; a cnnlib.network.Network is expected: pass small_cnn()"
        )
    shape = network.input_shape or (1, 8, 8)
    if len(shape) != 3 or shape[0] != 1 or shape[1] != shape[2] or shape[1] > MOST_PIXELS:
        raise t.TraitError(
            f"the network reads images of shape {shape}; one channel and a square of at most "
            f"{MOST_PIXELS} by {MOST_PIXELS} pixels is expected, such as (1, 8, 8)"
        )
    try:
        scores = list(network.output_shapes(shape).values())[-1]
    except ValueError as error:
        raise t.TraitError(
            f"{error}; the network was made without input_shape, and images of {shape} do not fit"
        ) from None
    if len(scores) != 1 or not 2 <= scores[0] <= MOST_CLASSES:
        raise t.TraitError(
            f"the network ends with shape {scores}; a row of 2 to {MOST_CLASSES} scores is "
            "expected: end it with Flatten() and Dense(..., classes)"
        )
    return shape[1], scores[0]


def _pixels(image: ArrayLike, side: int) -> list[float]:
    """An image's numbers, row by row; TraitError where they are none of ours."""
    no_masks("image", image, t.TraitError)
    try:
        array = np.asarray(image, np.float64)
    except (TypeError, ValueError):
        raise t.TraitError(f"image is {told(image)}; an array of numbers is expected") from None
    if array.shape[-2:] != (side, side) or array.size != side**2:
        raise t.TraitError(
            f"image has shape {array.shape}; one image of {side} by {side} pixels is expected: "
            "pass images[0], or images[0:1]"
        )
    if not ((array >= 0) & (array <= 1)).all():
        raise t.TraitError(
            "image holds numbers outside 0 to 1; 0 is paper and 1 is ink: divide by the largest"
        )
    return [float(value) for value in np.asarray(array, np.float32).ravel()]


def _is_entry(entry: Any, side: int) -> bool:
    match entry:
        case {"kind": "clear"}:
            return True
        case {"kind": "pixels", "values": [*values]}:
            return len(values) == side**2 and _all_within(values)
        case {"kind": "pen" | "eraser", "points": [_, _, *_] as points}:
            return len(points) % 2 == 0 and _all_within(points)
    return False


def _all_within(numbers: list[Any]) -> bool:
    return all(isinstance(n, int | float) and 0 <= n <= 1 for n in numbers)
