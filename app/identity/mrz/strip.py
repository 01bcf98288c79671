"""What the net is shown: a line of the zone as a strip of fixed height, in even light. Training uses the same code."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Gray = NDArray[np.uint8]
"""Rows and columns of brightness."""
Strip = NDArray[np.float32]
"""Rows and columns, mean 0 and deviation about 1 wherever one looks."""

HEIGHT = 32
"""Pixels of a strip from top to bottom; its middle row runs through the middle of the characters."""
PITCH = 20.0
"""Pixels from one character to the next."""
STEP = 4
"""The net gives one column of scores for so many pixels; column j looks at pixel STEP * j."""
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"
BETWEEN = len(ALPHABET)
"""The net's class for a place between two characters, or where there is none."""
CLASSES = len(ALPHABET) + 1

_WINDOW = 81
_FLOOR = 3.0


def normalise(gray: Gray) -> Strip:
    """A strip in even light: each place by the mean and deviation of its neighbourhood (four characters wide).

    Glare and shadow change both slowly along the line; a flat place is not blown up to noise.
    """
    picture = gray.astype(np.float32)
    mean = cv2.blur(picture.mean(axis=0, keepdims=True), (_WINDOW, 1))
    square = cv2.blur((picture * picture).mean(axis=0, keepdims=True), (_WINDOW, 1))
    deviation = np.sqrt(np.maximum(square - mean * mean, 0)) + _FLOOR
    return np.asarray((picture - mean) / deviation, np.float32)
