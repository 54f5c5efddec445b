"""The layers of a convolutional network as plain functions on arrays, each beside its backward.

Shapes: N batch, C channels in, D filters out, then one, two or three spatial axes. Floating dtypes
go through unchanged, integers become float64, and no argument is ever changed.
"""

from cnnlib.ops.activations import (
    identity,
    identity_backward,
    leaky_relu,
    leaky_relu_backward,
    relu,
    relu_backward,
    sigmoid,
    sigmoid_backward,
    tanh,
    tanh_backward,
)
from cnnlib.ops.convolution import (
    conv,
    conv_backward,
    conv_bias_gradient,
    conv_input_gradient,
    conv_weight_gradient,
)
from cnnlib.ops.dense import dense, dense_backward
from cnnlib.ops.losses import half_squared_error, softmax, softmax_cross_entropy
from cnnlib.ops.pooling import (
    avg_pool,
    avg_pool_backward,
    l2_pool,
    l2_pool_backward,
    max_pool,
    max_pool_backward,
)
from cnnlib.ops.reference import conv_backward_by_taps, conv_by_taps
from cnnlib.ops.sliding import convolve, cross_correlate, rotate_180

__all__ = [
    "avg_pool",
    "avg_pool_backward",
    "conv",
    "conv_backward",
    "conv_backward_by_taps",
    "conv_bias_gradient",
    "conv_by_taps",
    "conv_input_gradient",
    "conv_weight_gradient",
    "convolve",
    "cross_correlate",
    "dense",
    "dense_backward",
    "half_squared_error",
    "identity",
    "identity_backward",
    "l2_pool",
    "l2_pool_backward",
    "leaky_relu",
    "leaky_relu_backward",
    "max_pool",
    "max_pool_backward",
    "relu",
    "relu_backward",
    "rotate_180",
    "sigmoid",
    "sigmoid_backward",
    "softmax",
    "softmax_cross_entropy",
    "tanh",
    "tanh_backward",
]
