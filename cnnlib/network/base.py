"""What every layer of a network can do. A layer keeps sizes only; its numbers are handed to it.

Every layer turns o, a batch, into y; backward it turns d_y, dE/dy, into d_o, dE/do, and the
gradients of its own weights. Shapes here leave out the batch: (C, *S) for maps, (C,) once flat.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

from numpy.typing import NDArray

from cnnlib._checks import Array
from cnnlib.geometry import Shape, Window

Own = Mapping[str, Array]  # a layer's own weights, by their short names
Winner = NDArray[Any] | None
Back = tuple[Array | None, dict[str, Array]]  # dE/do, and the gradients of the layer's weights


class Layer(ABC):
    """What every layer can do.

    Attributes
    ----------
    kind : str
        What the layer is called in a network, before its number.
    """

    kind: ClassVar[str]

    def parameter_shapes(self) -> dict[str, Shape]:
        """The shapes of the weights w and the bias b, where the layer has them.

        Returns
        -------
        dict of tuple of int
            By short name, ``{"w": (D, C, *K), "b": (D,)}``; empty for a layer without weights.
        """
        return {}

    def window(self, axes: int) -> Window | None:
        """How the layer moves over its input.

        Parameters
        ----------
        axes : int
            How many spatial axes the input has.

        Returns
        -------
        Window or None
            None for a layer that does not slide.
        """
        return None

    def output_shape(self, shape: Shape) -> Shape:
        """The shape of y for one image.

        Parameters
        ----------
        shape : tuple of int
            The shape of o for one image: (C, *S) for maps, (C,) once flat.

        Returns
        -------
        tuple of int
            (D, *O) for maps, (D,) once flat.

        Raises
        ------
        ValueError
            The layer cannot take this shape.
        """
        return shape

    def describe(self) -> str:
        """The layer in a few words, for the summary.

        Returns
        -------
        str
        """
        return self.kind.replace("_", " ")

    @abstractmethod
    def forward(self, o: Array, own: Own) -> tuple[Array, Winner]:
        """The output y, and for a max pool where each winner stood.

        Parameters
        ----------
        o : ndarray, shape (N, C, *S) or (N, C)
            A batch.
        own : mapping of str to ndarray
            The layer's own weights, with the names and shapes of `parameter_shapes`.

        Returns
        -------
        y : ndarray, shape (N, D, *O) or (N, D)
        winner : ndarray of int, shape of y, or None
            Flat index into the spatial axes of o; None for every layer but a max pool.

        Raises
        ------
        ValueError
            The shapes do not fit the layer.
        """

    @abstractmethod
    def backward(
        self, d_y: Array, o: Array, own: Own, winner: Winner, to_input: bool = True
    ) -> Back:
        """The gradients at the layer's input and of its own weights.

        Parameters
        ----------
        d_y : ndarray, shape of y
            dE/dy.
        o, own : ndarray, mapping
            What `forward` was given.
        winner : ndarray of int or None
            The second result of `forward`.
        to_input : bool
            Whether dE/do is wanted.

        Returns
        -------
        d_o : ndarray, shape of o, or None
            dE/do; None where it is not wanted and costs something.
        gradients : dict of str to ndarray
            dE/dw and dE/db by short name, added up over the batch.

        Raises
        ------
        ValueError
            The shapes do not fit together.
        """


def settle(layer: Layer, **values: Any) -> None:
    """Give a frozen record its checked values."""
    for name, value in values.items():
        object.__setattr__(layer, name, value)


def sizes(value: Any) -> str:
    """5×5, or one number where all are the same for every axis."""
    return "×".join(map(str, as_tuple(value)))


def unusual(layer: Any, usual: dict[str, Any]) -> str:
    """Stride, padding and dilation where they are not what they are by default."""
    words = ""
    for name, default in usual.items():
        values = as_tuple(getattr(layer, name))
        if set(values) != set(as_tuple(default)):
            words += f", {name} {sizes(values if len(set(values)) > 1 else values[0])}"
    return words


def as_tuple(value: Any) -> tuple[Any, ...]:
    """A lone size as one of a tuple."""
    return value if isinstance(value, tuple) else (value,)
