"""Layers in a chain, with their weights."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from cnnlib import _archives
from cnnlib import _checks as checks
from cnnlib._checks import Array
from cnnlib.geometry import Shape
from cnnlib.network import chain
from cnnlib.network.base import Layer, Own, Winner
from cnnlib.network.description import KIND, layers_of, records_of
from cnnlib.network.initial import first_parameters
from cnnlib.network.records import INPUT, Gradients, Trace, frozen
from cnnlib.network.summary import Summary, summarise

IMAGES_AT_A_TIME = 256  # in predict, which keeps no trace


class Network:
    """Layers in a chain: `forward` and `backward` compute and change nothing.

    Parameters
    ----------
    layers : sequence of Layer
        From the image to the scores. Each gets its kind and a number as a name: conv1, relu1, ...
    input_shape : tuple of int, optional
        The shape of one image, (C, *S). With it, layers that do not fit are found at once, and
        the network shows itself as its summary.
    initialisation : "he" or "xavier"
        The size of the first random weights; biases begin at 0.
    seed : int
        For the first weights; the same seed gives the same ones.
    dtype : float dtype
        What the weights are kept in.

    Attributes
    ----------
    layers : mapping
        The layers by name, in their order.

    Raises
    ------
    TypeError
        Something in the list is not a layer, or a number has the wrong type.
    ValueError
        There is no layer, the layers do not fit together, or a setting is none of these.

    Examples
    --------
    >>> network = Network([Conv(1, 4, (3, 3)), ReLU(), Flatten(), Dense(144, 10)])
    >>> network.forward(np.zeros((2, 1, 8, 8)))["conv1"].shape
    (2, 4, 6, 6)
    """

    def __init__(
        self,
        layers: Iterable[Layer],
        *,
        input_shape: Shape | None = None,
        initialisation: str = "he",
        seed: int = 0,
        dtype: DTypeLike = np.float32,
    ) -> None:
        self.layers: Mapping[str, Layer] = MappingProxyType(chain.named(layers))
        self._dtype = chain.float_dtype(dtype)
        self._input_shape = None if input_shape is None else chain.image_shape(input_shape)
        if self._input_shape:
            self.output_shapes()
        shapes = chain.parameter_shapes(self.layers)
        self.parameters = first_parameters(shapes, initialisation, seed)

    @property
    def dtype(self) -> np.dtype[Any]:
        """What the weights are kept in."""
        return self._dtype

    @property
    def input_shape(self) -> Shape | None:
        """The shape of one image, (C, *S), where it was given."""
        return self._input_shape

    @property
    def parameters(self) -> Mapping[str, Array]:
        """Weights and biases by name, ``parameters["conv1.w"]``; set all of them to change any.

        The arrays themselves cannot be written to, so that a trace stays what it was.
        """
        return self._parameters

    @parameters.setter
    def parameters(self, values: Mapping[str, ArrayLike]) -> None:
        checked = chain.checked_parameters(values, chain.parameter_shapes(self.layers))
        self._parameters = frozen({name: a.astype(self.dtype) for name, a in checked.items()})

    def output_shapes(self, input_shape: Shape | None = None) -> dict[str, Shape]:
        """The shape of each layer's output for one image, the input's own first.

        Parameters
        ----------
        input_shape : tuple of int, optional
            (C, *S); left out, the one the network was made with.

        Returns
        -------
        dict of tuple of int

        Raises
        ------
        TypeError
            input_shape is not a tuple of integers.
        ValueError
            A layer cannot take what the one before it gives, or no shape is known.
        """
        if input_shape is None and self._input_shape is None:
            raise ValueError("no input shape is known: pass the shape of one image, (C, *spatial)")
        shape = chain.image_shape(self._input_shape if input_shape is None else input_shape)
        return dict(chain.output_shapes(tuple(self.layers.items()), shape))

    def forward(self, x: ArrayLike) -> Trace:
        """Every layer's output for a batch of images.

        Parameters
        ----------
        x : array_like, shape (N, C, *S)
            Integers become float64; floats stay what they are.

        Returns
        -------
        Trace

        Raises
        ------
        TypeError
            x is not an array of real numbers.
        ValueError
            Its shape does not fit the first layer, or a layer not the one before it.
        """
        arrays, winners = {INPUT: self._images(x).copy()}, {}
        parameters = self._parameters
        for name, o, winner in self._steps(arrays[INPUT], parameters):
            arrays[name] = o
            if winner is not None:
                winners[name] = winner
        return Trace(frozen(arrays), frozen(winners), parameters)

    def backward(self, trace: Trace, dloss: ArrayLike, *, to_input: bool = True) -> Gradients:
        """Every parameter's gradient, and the delta at every layer's output.

        Parameters
        ----------
        trace : Trace
            What `forward` gave; the weights it was made with are used, even if the network has
            others by now.
        dloss : array_like, shape of trace.scores
            dE/d scores, the second result of a loss.
        to_input : bool
            Whether the delta at the images is wanted; training does without, which is faster.

        Returns
        -------
        Gradients

        Raises
        ------
        TypeError
            dloss is not an array of real numbers.
        ValueError
            Its shape is not that of the scores, or the trace is another network's.
        """
        chain.check_trace(trace, [INPUT, *self.layers])
        top, remedy = checks.array("dloss", dloss).copy(), "pass the second result of the loss"
        checks.same_shape("dloss", top.shape, trace.scores.shape, "the scores have", remedy)
        return chain.backward(self.layers, trace, top, to_input)

    def predict(self, images: ArrayLike) -> NDArray[np.intp]:
        """The class with the highest score of each image.

        Parameters
        ----------
        images : array_like, shape (N, C, *S)

        Returns
        -------
        ndarray of int, shape (N,)

        Raises
        ------
        TypeError
            images is not an array of real numbers.
        ValueError
            Its shape does not fit, or a score is NaN and no class the highest.
        """
        scores = self.scores(images)
        if np.isnan(scores).any():
            raise ValueError(
                "scores are NaN; numbers are expected: see that neither images nor weights hold NaN"
            )
        labels: NDArray[np.intp] = scores.argmax(axis=1)
        return labels

    def scores(self, images: ArrayLike) -> Array:
        """What the last layer gives, without a trace: a batch of any size takes little memory.

        Parameters
        ----------
        images : array_like, shape (N, C, *S)

        Returns
        -------
        ndarray, shape (N, D)

        Raises
        ------
        TypeError
            images is not an array of real numbers.
        ValueError
            Its shape does not fit, or the last layer gives maps instead of a row of scores.
        """
        images, parameters, parts = self._images(images), self._parameters, []
        last = self.output_shapes(images.shape[1:])[list(self.layers)[-1]]
        if len(last) != 1:
            raise ValueError(
                f"the network ends with maps of shape {last}; a row of scores is expected: "
                "end it with Flatten() and Dense(..., classes)"
            )
        for start in range(0, len(images), IMAGES_AT_A_TIME):
            o = images[start : start + IMAGES_AT_A_TIME]
            for _, o, _ in self._steps(o, parameters):  # noqa: B007, B020 - the last one counts
                pass
            parts.append(o)
        return np.concatenate(parts)

    def summary(self, input_shape: Shape | None = None) -> Summary:
        """Each layer's output shape, parameters and receptive field.

        Parameters
        ----------
        input_shape : tuple of int, optional
            The shape of one image, (C, *S); left out, the one the network was made with.

        Returns
        -------
        Summary

        Raises
        ------
        TypeError
            input_shape is not a tuple of integers.
        ValueError
            A layer cannot take what the one before it gives, or no shape is known.
        """
        return summarise(self.layers, self.output_shapes(input_shape))

    def copy(self, dtype: DTypeLike | None = None) -> "Network":
        """The same layers and weights in a network of their own.

        Parameters
        ----------
        dtype : float dtype, optional
            What the copy keeps its weights in; left out, the same.

        Returns
        -------
        Network

        Raises
        ------
        TypeError
            dtype is not a floating one.
        """
        dtype = self.dtype if dtype is None else dtype
        twin = Network(self.layers.values(), input_shape=self.input_shape, dtype=dtype)
        twin.parameters = self.parameters
        return twin

    def save(self, path: _archives.PathLike) -> None:
        """Write layers and weights to one .npz file, which `load` reads; it holds no code.

        Parameters
        ----------
        path : str or path-like
            A file that is there already is replaced.

        Raises
        ------
        OSError
            The file cannot be written.
        """
        shape = self._input_shape and list(self._input_shape)
        records = records_of(self.layers.values())
        about = {"layers": records, "input_shape": shape, "dtype": self.dtype.name}
        _archives.write(path, KIND, about, self.parameters)

    @classmethod
    def load(cls, path: _archives.PathLike) -> "Network":
        """The network that `save` wrote.

        Parameters
        ----------
        path : str or path-like

        Returns
        -------
        Network

        Raises
        ------
        OSError
            The file cannot be opened.
        ValueError
            It is damaged, or is not a network's file.
        """
        with _archives.reading(path, KIND) as (about, arrays):
            layers, shape, dtype = layers_of(about["layers"]), about["input_shape"], about["dtype"]
            # Before anything is made: a description may ask for more weights than fit anywhere.
            chain.checked_parameters(arrays, chain.parameter_shapes(chain.named(layers)))
            network = cls(layers, input_shape=shape, dtype=dtype)
            network.parameters = arrays
        return network

    def __repr__(self) -> str:
        if self.input_shape:
            return str(self.summary())
        return f"Network([{', '.join(map(repr, self.layers.values()))}])"

    def _repr_html_(self) -> str | None:
        return self.summary()._repr_html_() if self.input_shape else None

    def _steps(self, o: Array, parameters: Own) -> Iterator[tuple[str, Array, Winner]]:
        """Layer by layer: its name, what came out, and where the winners of a max pool stood."""
        for name, layer in self.layers.items():
            o, winner = layer.forward(o, chain.own_of(parameters, name))
            yield name, o, winner

    def _images(self, x: ArrayLike) -> Array:
        images = checks.layered("x", x, "N, C")
        self.output_shapes(images.shape[1:])
        return images
