"""Real small data for the lessons, at hand without a network."""

from cnnlib.data.handwriting import digits
from cnnlib.data.idx import mnist, read_idx
from cnnlib.data.samples import SAMPLES_PER_SECOND, photograph, recorded_signal

__all__ = [
    "SAMPLES_PER_SECOND",
    "digits",
    "mnist",
    "photograph",
    "read_idx",
    "recorded_signal",
]
