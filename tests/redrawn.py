"""Digits of the data drawn again by a round pen: where it must be set down, for the SketchPad."""

import numpy as np

from cnnlib import data

SIDE, DOTS = 8, 32
RADIUS = 2.2  # of the pen, in dots: about the width of the data's strokes
_ROWS, _COLUMNS = np.mgrid[0:DOTS, 0:DOTS] + 0.5


def redrawn():
    """One test digit of each class, with the places of the pen in dots: x and y, 0 to 32."""
    _, (images, labels) = data.digits()
    firsts = [int(np.flatnonzero(labels == label)[0]) for label in range(10)]
    return [
        {"image": images[n, 0].ravel().tolist(), "places": places_of(images[n, 0])} for n in firsts
    ]


def places_of(image):
    """Greedily, the places of a pen that come nearest to the image's counts of black dots."""
    down = np.linspace(RADIUS, DOTS - RADIUS, 20)  # all of the pen on the paper
    centres = np.array([(row, column) for row in down for column in np.arange(2, DOTS - 1)])
    rows, columns = (centres[:, axis, None, None] for axis in (0, 1))
    discs = (_ROWS - rows) ** 2 + (_COLUMNS - columns) ** 2 <= RADIUS**2
    inked, places, error = np.zeros((DOTS, DOTS), bool), [], np.inf
    while True:
        errors = np.square(counts(inked | discs) - image).sum((1, 2))
        best = errors.argmin()
        if errors[best] >= error:
            return places
        inked, error = inked | discs[best], errors[best]
        places.append([float(columns[best, 0, 0]), float(rows[best, 0, 0])])


def counts(dots):
    return dots.reshape(*dots.shape[:-2], SIDE, 4, SIDE, 4).sum((-3, -1)) / 16
