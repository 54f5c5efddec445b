"""A recorded signal and a photograph, from the samples that ship with Matplotlib.

It is imported only inside the functions that need it, so that the layers below drawing stay free
of it.
"""

import numpy as np
from numpy.typing import NDArray

from cnnlib._checks import integer

SAMPLES_PER_SECOND = 80
SMALLEST_PICTURE, PORTRAIT_SIDE, PORTRAIT_CORNER = 8, 480, (6, 26)
LUMA = (0.299, 0.587, 0.114)


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

    path = str(get_sample_data("eeg.dat", asfileobj=False))
    return np.fromfile(path, dtype=np.float64).reshape(-1, 4)[:, 0]


def photograph(size: int = 96) -> NDArray[np.float64]:
    """A portrait in grey: Rear Admiral Grace Hopper, who wrote the first compiler.

    Parameters
    ----------
    size : int
        Rows and columns of the square picture, in pixels, from 8 to 480.

    Returns
    -------
    ndarray, shape (size, size)
        Brightness, 0 black to 1 white; each pixel is the mean of a square block of the original.

    Raises
    ------
    TypeError
        size is not a whole number.
    ValueError
        size is under 8 or over 480.

    Notes
    -----
    ``grace_hopper.jpg``, a sample that ships with Matplotlib: a public-domain photograph of the
    United States Navy, 512 by 600 pixels, cut to head and shoulders. Colours are weighed as
    0.299 red, 0.587 green, 0.114 blue.

    Examples
    --------
    >>> photograph().shape
    (96, 96)
    """
    from matplotlib.cbook import get_sample_data
    from matplotlib.image import imread

    rows = integer("size", size, least=SMALLEST_PICTURE)
    if rows > PORTRAIT_SIDE:
        raise ValueError(
            f"size is {rows}; the portrait has {PORTRAIT_SIDE} rows: pass at most that many"
        )
    path = str(get_sample_data("grace_hopper.jpg", asfileobj=False))
    grey = imread(path) @ np.array(LUMA) / 255
    block = PORTRAIT_SIDE // rows
    top, left = (start + (PORTRAIT_SIDE - block * rows) // 2 for start in PORTRAIT_CORNER)
    cut = grey[top : top + block * rows, left : left + block * rows]
    return np.asarray(cut.reshape(rows, block, rows, block).mean(axis=(1, 3)))
