"""Faces on a picture, by YuNet (resources/models/face, docs/models/face.md)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

import resources

Picture = NDArray[Any]

FINDER, COMPARER = "models/face/yunet.onnx", "models/face/sface.onnx"
SHA256 = {
    FINDER: "49f000ec501fef24739071fc7e68267d32209045b6822c0c72dce1da25726f10",
    COMPARER: "fb143eea07838aa532d1c95df5f69899974ea0140e1fba05e94204be13ed74ee",
}
"""As the models were when they were taken over."""
SURE = 0.7
"""Detections below this score are no faces. The authors' demonstrations take 0.6 to 0.9."""
_LONG_SIDE = 480
_OVERLAP = 0.3
_MOST = 50


@dataclass(frozen=True, slots=True)
class Face:
    """A face found. box: left, upper, width, height; points: the eye to the left of the picture, the other one, tip of
    the nose, the corners of the mouth likewise; all in pixels of the whole picture. row: as YuNet gives it, scaled."""

    box: tuple[float, float, float, float]
    points: tuple[tuple[float, float], ...]
    score: float

    @property
    def eyes(self) -> float:
        """Pixels between the middles of the eyes."""
        (ax, ay), (bx, by) = self.points[:2]
        return float(np.hypot(bx - ax, by - ay))

    @property
    def tilt(self) -> float:
        """Degrees by which the head leans, positive clockwise on the picture."""
        (ax, ay), (bx, by) = self.points[:2]
        return float(np.degrees(np.arctan2(by - ay, bx - ax)))

    @property
    def turn(self) -> float:
        """How far the tip of the nose stands off the middle of the eyes, in distances of the eyes and along their
        line: 0 straight ahead, positive to the right of the picture. Some 0.25 at 25 degrees."""
        eyes = np.array(self.points[:2])
        along = (eyes[1] - eyes[0]) / max(self.eyes, 1e-6)
        return float((np.array(self.points[2]) - eyes.mean(axis=0)) @ along / max(self.eyes, 1e-6))

    @property
    def row(self) -> NDArray[np.float32]:
        """As OpenCV's own functions want it: 15 numbers."""
        flat = [*self.box, *(value for point in self.points for value in point), self.score]
        return np.array(flat, np.float32)


class FaceFinder:
    """For one thread at a time: OpenCV's nets keep their last input."""

    def __init__(self) -> None:
        # The buffer, not the path: OpenCV opens no path outside the system's own letters on Windows.
        self._net = cv2.FaceDetectorYN.create(
            "onnx", model_bytes(FINDER), np.empty(0, np.uint8), (320, 320), SURE, _OVERLAP, _MOST
        )

    def find(self, picture: Picture) -> list[Face]:
        """The faces on a BGR picture of any size, the largest first. Some 20 ms."""
        height, width = picture.shape[:2]
        scale = min(1.0, _LONG_SIDE / max(height, width))
        small = picture
        if scale < 1:
            size = (max(round(width * scale), 1), max(round(height * scale), 1))
            small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
        self._net.setInputSize((small.shape[1], small.shape[0]))
        _, rows = self._net.detect(np.ascontiguousarray(small, np.uint8))
        found = [_face(row, scale) for row in (rows if rows is not None else ())]
        return sorted(found, key=lambda face: face.box[2] * face.box[3], reverse=True)


@cache
def model_bytes(name: str) -> NDArray[np.uint8]:
    """A model of resources/models/face as it was taken over. ValueError when the file is another one."""
    data = resources.path(name).read_bytes()
    if hashlib.sha256(data).hexdigest() != SHA256[name]:
        raise ValueError(f"{name} is not the model that was taken over")
    return np.frombuffer(data, np.uint8)


def _face(row: NDArray[Any], scale: float) -> Face:
    values = [float(value) / scale for value in row[:14]]
    points = tuple((values[4 + 2 * k], values[5 + 2 * k]) for k in range(5))
    return Face((values[0], values[1], values[2], values[3]), points, float(row[14]))
