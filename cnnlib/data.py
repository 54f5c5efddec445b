"""Real small data for the lessons.

Matplotlib ships the recorded signal and the photograph as samples; it is imported only inside the
functions that need it, so that the layers below drawing stay free of it.
"""

import numpy as np
from numpy.typing import NDArray

SAMPLES_PER_SECOND = 80


def recorded_signal() -> NDArray[np.float64]:
    """Ten seconds of brain activity (EEG), measured on one electrode.

    Returns
    -------
    ndarray, shape (800,)
        One number per sample, 80 samples a second, in units of the recording's own standard
        deviation. Two sharp spikes stand near samples 534 and 687.

    Notes
    -----
    The first channel of ``eeg.dat``, a sample that ships with Matplotlib.
    """
    from matplotlib.cbook import get_sample_data

    with get_sample_data("eeg.dat") as file:
        channels = np.frombuffer(file.read(), dtype=np.float64).reshape(-1, 4)
    return channels[:, 0].copy()
