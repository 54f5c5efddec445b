"""The two networks of the course."""

import numpy as np
from numpy.typing import DTypeLike

from cnnlib.geometry import Shape
from cnnlib.network.activations import ReLU
from cnnlib.network.base import Layer
from cnnlib.network.layers import Conv, Dense, Flatten
from cnnlib.network.network import Network
from cnnlib.network.pools import MaxPool

FIRST_SCORES = 0.1  # of what He's initialisation would give


def small_cnn(seed: int = 0, *, dtype: DTypeLike = np.float32) -> Network:
    """Two conv layers for 8x8 digits: conv, ReLU, pool, twice, and a dense layer to ten scores.

    Parameters
    ----------
    seed : int
        For the first weights.
    dtype : float dtype
        What the weights are kept in.

    Returns
    -------
    Network
        For images of shape (N, 1, 8, 8); it gives ten scores.

    Raises
    ------
    TypeError
        seed is not an integer, or dtype not a floating one.
    ValueError
        seed is negative.
    """
    layers = [
        *(Conv(1, 8, (3, 3), padding=1), ReLU(), MaxPool(2)),
        *(Conv(8, 16, (3, 3), padding=1), ReLU(), MaxPool(2)),
        *(Flatten(), Dense(64, 10)),
    ]
    return _network(layers, (1, 8, 8), seed, dtype)


def lenet5(seed: int = 0, *, dtype: DTypeLike = np.float32) -> Network:
    """LeNet-5 for 28x28 digits, with ReLU and max pools in place of the original's.

    Parameters
    ----------
    seed : int
        For the first weights.
    dtype : float dtype
        What the weights are kept in.

    Returns
    -------
    Network
        For images of shape (N, 1, 28, 28); it gives ten scores.

    Raises
    ------
    TypeError
        seed is not an integer, or dtype not a floating one.
    ValueError
        seed is negative.
    """
    layers = [
        *(Conv(1, 6, (5, 5), padding=2), ReLU(), MaxPool(2)),
        *(Conv(6, 16, (5, 5)), ReLU(), MaxPool(2)),
        *(Flatten(), Dense(400, 120), ReLU(), Dense(120, 84), ReLU(), Dense(84, 10)),
    ]
    return _network(layers, (1, 28, 28), seed, dtype)


def _network(layers: list[Layer], shape: Shape, seed: int, dtype: DTypeLike) -> Network:
    """With small scores at first: no class is favoured and the loss begins near ln 10."""
    network = Network(layers, input_shape=shape, seed=seed, dtype=dtype)
    *_, last_w, _ = network.parameters
    network.parameters = {
        **network.parameters,
        last_w: FIRST_SCORES * network.parameters[last_w],
    }
    return network
