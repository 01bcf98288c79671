"""How alike two faces are, by SFace: a number that advises, no verdict (docs/face.md)."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

import resources
from app.identity.face.find import COMPARER, Face, Picture, session
from app.identity.similarity import similarity

Features = NDArray[np.float32]
"""128 numbers of length 1. They are personal data as the face is: never stored, never logged."""

AUTHORS_LINE = 0.363
"""The cosine from which the model's authors call two pictures one person (OpenCV's own example, on public pictures of
well-lit faces, the model before it was made small). Nobody has tried it on faces before a counter: there it is shown
beside the number and decides nothing. Where a site asks for it ([face] collect) it stands before self-service
collection, besides the card: below it a clerk looks (docs/face.md)."""


_SIDE = 112
_PLACES = ((38.2946, 51.6963), (73.5318, 51.5014), (56.0252, 71.7366), (41.5493, 92.3655), (70.7299, 92.2041))
"""Where the model was taught to expect eyes, nose and mouth, as in OpenCV's FaceRecognizerSF; a test compares."""


def installed() -> bool:
    """Is the net here? Of the Debian packages yichuang-reading holds it; without it no number is given."""
    return resources.path(COMPARER).is_file()


class FaceComparer:
    """Safe to share between threads; each face takes one of them."""

    def __init__(self) -> None:
        self._net = session(COMPARER)

    def features(self, picture: Picture, face: Face) -> Features:
        """Of one face on a BGR picture. Some 50 ms. ValueError: the points of the face are one."""
        move = similarity(face.points, _PLACES)
        if move is None:
            raise ValueError("a face without extent")
        cut = np.asarray(cv2.warpAffine(np.ascontiguousarray(picture, np.uint8), move, (_SIDE, _SIDE)))
        rgb = np.ascontiguousarray(cut[:, :, ::-1].transpose(2, 0, 1)[None], np.float32)
        raw: NDArray[Any] = self._net.run(None, {"data": rgb})[0].ravel()
        made: Features = (raw / max(float(np.linalg.norm(raw)), 1e-9)).astype(np.float32)
        return made


def alike(one: Features, other: Features) -> float:
    """The cosine of two faces: 1 the same picture, about 0 two strangers."""
    return float(one @ other)
