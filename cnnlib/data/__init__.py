"""Real small data for the lessons, at hand without a network."""

from cnnlib.data.handwriting import digits
from cnnlib.data.idx import mnist, read_idx
from cnnlib.data.samples import photograph, recorded_signal

__all__ = ["digits", "mnist", "photograph", "read_idx", "recorded_signal"]
