"""What the layers' arguments must be to one another; each error names given, expected, remedy."""

import math

from numpy.typing import ArrayLike

from cnnlib import _checks as checks
from cnnlib._checks import Array
from cnnlib.geometry import AxisSizes, Shape, Window

MOST_CELLS = 1 << 31  # in one padded map: more is a slip, and would fill any memory


def conv_window(
    input_shape: Shape,
    w_shape: Shape,
    stride: AxisSizes,
    padding: AxisSizes,
    dilation: AxisSizes,
) -> Window:
    """How kernels (D, C, *K) move over an input (N, C, *S)."""
    checks.same_axes("w", w_shape, "the input", input_shape)
    expected = (w_shape[0], input_shape[1], *w_shape[2:])
    remedy = "give each kernel one slice per map"
    checks.same_shape("w", w_shape, expected, f"an input of {input_shape} asks for", remedy)
    return _small_enough(Window(w_shape[2:], stride, padding, dilation), input_shape)


def pool_window(
    input_shape: Shape,
    size: AxisSizes,
    stride: AxisSizes | None,
    padding: AxisSizes,
    dilation: AxisSizes = 1,
) -> Window:
    """How a pool moves over an input (N, C, *S); without a stride, windows stand side by side."""
    kernel = checks.axis_sizes("size", size, least=1, axes=len(input_shape) - 2)
    window = Window(kernel, kernel if stride is None else stride, padding, dilation)
    return _small_enough(window, input_shape)


def _small_enough(window: Window, input_shape: Shape) -> Window:
    """The window, if its padding leaves maps that a memory can hold."""
    cells = math.prod(n + 2 * p for n, p in zip(input_shape[2:], window.padding, strict=True))
    if any(window.padding) and cells > MOST_CELLS:
        raise ValueError(
            f"padding {window.padding} makes a map of {cells:.0e} cells; at most {MOST_CELLS:.0e} "
            "are expected: pass a smaller padding"
        )
    return window


def output_gradient(name: str, value: ArrayLike, input_shape: Shape, expected: Shape) -> Array:
    """The gradient at a layer's output."""
    gradient = checks.array(name, value)
    source = f"an input of {input_shape} gives"
    remedy = "pass the gradient at the output"
    checks.same_shape(name, gradient.shape, expected, source, remedy)
    return gradient
