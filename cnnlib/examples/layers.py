"""One layer, a stack of maps, two layers in a row: what follows from their numbers by `ops`."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnnlib import ops

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Example:
    """One layer, x = o ⊗ w + b, with a target; forward and backward are computed when first asked.

    Attributes
    ----------
    o, w : ndarray
        Input and kernel, both with one axis or both with two; read-only, as is every array here.
    t : ndarray, shape of the output
        The target.
    b : float
        The bias.
    x_below : ndarray, shape of o, or None
        x of the layer below, where o = relu(x_below).
    """

    o: Floats
    w: Floats
    t: Floats
    b: float = 0.0
    x_below: Floats | None = None

    @cached_property
    def x(self) -> Floats:
        """The output, x = o ⊗ w + b (J7, S1)."""
        return fixed(ops.cross_correlate(self.o, self.w) + self.b)

    @cached_property
    def delta(self) -> Floats:
        """δ = ∂E/∂x = x − t, shape of the output."""
        return fixed(self.x - self.t)

    @cached_property
    def E(self) -> float:
        """E = ½ Σ (x − t)² (J9)."""
        return float(ops.half_squared_error(self.x, self.t)[0])

    @cached_property
    def d_w(self) -> Floats:
        """∂E/∂w, shape of w (J13, S3)."""
        kernel = self.w.shape
        return fixed(ops.conv_weight_gradient(layer(self.delta), layer(self.o), kernel)[0, 0])

    @cached_property
    def d_b(self) -> float:
        """∂E/∂b = Σ δ."""
        return float(ops.conv_bias_gradient(layer(self.delta))[0])

    @cached_property
    def d_o(self) -> Floats:
        """∂E/∂o, shape of o (J17, S5)."""
        shape = (1, 1, *self.o.shape)
        return fixed(ops.conv_input_gradient(layer(self.delta), layer(self.w), shape)[0, 0])

    @cached_property
    def delta_below(self) -> Floats:
        """δ of the layer below, ∂E/∂o ⊙ f′(x_below) with ReLU (J20); shape of o.

        Raises
        ------
        ValueError
            The example has no layer below.
        """
        if self.x_below is None:
            raise ValueError("this example has no layer below; two_d has one: use two_d")
        return fixed(ops.relu_backward(self.d_o, self.x_below))

    @property
    def T(self) -> float:
        """T = Σ δ·w·o over all taps = Σ w·∂E/∂w = Σ o·∂E/∂o (= Σ δ·x where the bias is 0)."""
        return float((self.w * self.d_w).sum())

    def error_at(self, w: ArrayLike) -> float:
        """E with other weights in place of w, for nudges and steps.

        Parameters
        ----------
        w : array_like, shape of w
            The weights to try.

        Returns
        -------
        float

        Raises
        ------
        TypeError
            w is not an array of real numbers.
        ValueError
            It has another shape.
        """
        return float(ops.half_squared_error(ops.cross_correlate(self.o, w) + self.b, self.t)[0])


@dataclass(frozen=True, eq=False)
class StackedExample:
    """One layer with channels, filters and a batch: x_d = sum over c of o_c ⊗ w_dc, plus b_d (J4).

    Attributes
    ----------
    o : ndarray, shape (N, C, H, W)
        Images of C maps; read-only, as is every array here.
    w : ndarray, shape (D, C, k1, k2)
        D filters, one kernel for each channel in each of them.
    delta : ndarray, shape (N, D, H - k1 + 1, W - k2 + 1)
        ∂E/∂x.
    """

    o: Floats
    w: Floats
    delta: Floats

    @cached_property
    def x(self) -> Floats:
        """The outputs, shape of delta."""
        return fixed(ops.conv(self.o, self.w))

    @cached_property
    def d_w(self) -> Floats:
        """∂E/∂w, shape of w, summed over the images (R5)."""
        return fixed(ops.conv_backward(self.delta, self.o, self.w)[1])

    @cached_property
    def d_o(self) -> Floats:
        """∂E/∂o, shape of o, summed over the filters (R4)."""
        return fixed(ops.conv_backward(self.delta, self.o, self.w)[0])

    @property
    def T(self) -> float:
        """T = Σ δ·w·o over all taps of all pairs and images = Σ w·∂E/∂w = Σ o·∂E/∂o = Σ δ·x."""
        return float((self.w * self.d_w).sum())


@dataclass(frozen=True, eq=False)
class ChainedExample:
    """Two conv layers in a row: x below, ReLU, a 2×2 max pool, then the kernel w (R6).

    Attributes
    ----------
    x_below : ndarray, shape (H, W)
        What the lower conv layer gave; read-only, as is every array here.
    w : ndarray, shape (k1, k2)
        The upper layer's kernel.
    delta : ndarray, shape (H / 2 - k1 + 1, W / 2 - k2 + 1)
        ∂E/∂x of the upper layer.
    """

    x_below: Floats
    w: Floats
    delta: Floats

    @cached_property
    def o(self) -> Floats:
        """ReLU of x_below, what the pool is given."""
        return fixed(ops.relu(self.x_below))

    @cached_property
    def y(self) -> Floats:
        """The largest number of each window, shape (H / 2, W / 2)."""
        return fixed(ops.max_pool(layer(self.o), 2)[0][0, 0])

    @cached_property
    def winner(self) -> NDArray[np.intp]:
        """Where each of them stood, flat indices into o; the first one wins a tie."""
        winner: NDArray[np.intp] = ops.max_pool(layer(self.o), 2)[1][0, 0]
        return winner

    @cached_property
    def x(self) -> Floats:
        """The upper layer's outputs, shape of delta."""
        return fixed(ops.cross_correlate(self.y, self.w))

    @cached_property
    def d_y(self) -> Floats:
        """∂E/∂y, back through the kernel: shape of y."""
        return fixed(ops.convolve(self.delta, self.w, mode="full"))

    @cached_property
    def d_o(self) -> Floats:
        """∂E/∂o, along the route of the pool: shape of o."""
        shape = (1, 1, *self.o.shape)
        routed = ops.max_pool_backward(layer(self.d_y), self.winner[None, None], shape)
        return fixed(routed[0, 0])

    @cached_property
    def delta_below(self) -> Floats:
        """δ of the lower layer, through the mask of ReLU."""
        return fixed(ops.relu_backward(self.d_o, self.x_below))


def fixed(values: ArrayLike) -> Floats:
    """A read-only copy: an example is the same wherever it is used.

    Parameters
    ----------
    values : array_like

    Returns
    -------
    ndarray of float64, shape of values
    """
    array = np.array(values, dtype=np.float64)
    array.flags.writeable = False
    return array


def layer(array: Floats) -> Floats:
    """One sample of one channel, as `ops` wants it.

    Parameters
    ----------
    array : ndarray, shape S

    Returns
    -------
    ndarray, shape (1, 1, *S)
        A view.
    """
    return array[None, None]
