"""The functions that bend x into the next o, as layers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from cnnlib import _checks as checks
from cnnlib import ops
from cnnlib._checks import Array
from cnnlib.network.base import Back, Layer, Own, Winner, settle


@dataclass(frozen=True)
class _Activation(Layer):
    """Element by element: o = f(x) forward, delta = d_o * f'(x) backward, f' taken at x."""

    f: ClassVar[Callable[..., Array]]
    f_backward: ClassVar[Callable[..., Array]]

    def forward(self, o: Array, own: Own) -> tuple[Array, Winner]:
        """The function at what comes in, which is x here."""
        return self.f(o, **vars(self)), None

    def backward(
        self, d_y: Array, o: Array, own: Own, winner: Winner, to_input: bool = True
    ) -> Back:
        """Its slope at what came in."""
        return self.f_backward(d_y, o, **vars(self)), {}


@dataclass(frozen=True)
class ReLU(_Activation):
    """f(x) = max(x, 0)."""

    kind: ClassVar[str] = "relu"
    f: ClassVar[Callable[..., Array]] = staticmethod(ops.relu)
    f_backward: ClassVar[Callable[..., Array]] = staticmethod(ops.relu_backward)


@dataclass(frozen=True)
class LeakyReLU(_Activation):
    """f(x) = x where x > 0, else slope * x.

    Parameters
    ----------
    slope : float
        What is left of a negative number.

    Raises
    ------
    TypeError
        slope is not a number.
    ValueError
        It is not finite.
    """

    slope: float = 0.01
    kind: ClassVar[str] = "leaky_relu"
    f: ClassVar[Callable[..., Array]] = staticmethod(ops.leaky_relu)
    f_backward: ClassVar[Callable[..., Array]] = staticmethod(ops.leaky_relu_backward)

    def __post_init__(self) -> None:
        settle(self, slope=checks.number("slope", self.slope))


@dataclass(frozen=True)
class Sigmoid(_Activation):
    """f(x) = 1 / (1 + exp(-x))."""

    kind: ClassVar[str] = "sigmoid"
    f: ClassVar[Callable[..., Array]] = staticmethod(ops.sigmoid)
    f_backward: ClassVar[Callable[..., Array]] = staticmethod(ops.sigmoid_backward)


@dataclass(frozen=True)
class Tanh(_Activation):
    """f(x) = tanh(x)."""

    kind: ClassVar[str] = "tanh"
    f: ClassVar[Callable[..., Array]] = staticmethod(ops.tanh)
    f_backward: ClassVar[Callable[..., Array]] = staticmethod(ops.tanh_backward)
