"""Layers chained into a network: forward gives a trace, backward gives gradients, nothing changes.

    trace = network.forward(images)
    loss, dloss = ops.softmax_cross_entropy(trace.scores, labels)
    gradients = network.backward(trace, dloss)

``trace["conv1"]`` is what came out of the layer conv1, ``gradients["conv1.w"]`` the gradient of its
weights, ``gradients.delta["conv1"]`` the gradient at its output. A layer's name is its kind and a
number that counts that kind from 1.
"""

from cnnlib.network.activations import LeakyReLU, ReLU, Sigmoid, Tanh
from cnnlib.network.base import Layer
from cnnlib.network.checking import gradient_errors
from cnnlib.network.initial import he, xavier
from cnnlib.network.layers import Conv, Dense, Flatten
from cnnlib.network.models import lenet5, small_cnn
from cnnlib.network.network import Network
from cnnlib.network.pools import AvgPool, L2Pool, MaxPool
from cnnlib.network.records import Gradients, Trace
from cnnlib.network.summary import Summary

__all__ = [
    "AvgPool",
    "Conv",
    "Dense",
    "Flatten",
    "Gradients",
    "L2Pool",
    "Layer",
    "LeakyReLU",
    "MaxPool",
    "Network",
    "ReLU",
    "Sigmoid",
    "Summary",
    "Tanh",
    "Trace",
    "gradient_errors",
    "he",
    "lenet5",
    "small_cnn",
    "xavier",
]
