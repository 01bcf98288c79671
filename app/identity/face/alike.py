"""How alike two faces are, by SFace: a number that advises, no verdict (docs/face.md)."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from app.identity.face.find import COMPARER, Face, Picture, model_bytes

Features = NDArray[np.float32]
"""128 numbers of length 1. They are personal data as the face is: never stored, never logged."""

AUTHORS_LINE = 0.363
"""The cosine from which the model's authors call two pictures one person (OpenCV's own example, on public pictures of
well-lit faces, the model before it was made small). Nobody has tried it on faces before a counter: it is shown beside
the number and decides nothing."""


class FaceComparer:
    """For one thread at a time."""

    def __init__(self) -> None:
        self._net = cv2.FaceRecognizerSF.create("onnx", model_bytes(COMPARER), np.empty(0, np.uint8))

    def features(self, picture: Picture, face: Face) -> Features:
        """Of one face on a BGR picture. Some 30 ms."""
        cut = self._net.alignCrop(np.ascontiguousarray(picture, np.uint8), face.row)
        raw: NDArray[Any] = self._net.feature(cut).ravel()
        made: Features = (raw / max(float(np.linalg.norm(raw)), 1e-9)).astype(np.float32)
        return made


def alike(one: Features, other: Features) -> float:
    """The cosine of two faces: 1 the same picture, about 0 two strangers."""
    return float(one @ other)
