"""Faces on a picture, by YuNet (resources/models/face, docs/models/face.md).

The net runs in onnxruntime as the others do; what its numbers mean follows OpenCV's FaceDetectorYN
(modules/objdetect/src/face_detect.cpp), with which a test compares it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from typing import Any

import cv2
import numpy as np
import onnxruntime
from numpy.typing import NDArray

import resources

Picture = NDArray[Any]

FINDER, COMPARER = "models/face/yunet.onnx", "models/face/sface.onnx"
SHA256 = {
    FINDER: "e8bce84ed9270f34cd14a264d447515b3e3ec77c57e0b3be5a76e4ded3016707",
    COMPARER: "476d7271d1f95587a1edd5b85e10999e11b3119f009875fefee377da96199021",
}
"""As the models were when they were taken over and written for onnxruntime (resources/models/face/convert.py)."""
SURE = 0.7
"""Detections below this score are no faces. The authors' demonstrations take 0.6 to 0.9."""
_LONG_SIDE = 480
_OVERLAP = 0.3
_MOST = 50
_STRIDES = (8, 16, 32)


@dataclass(frozen=True, slots=True)
class Face:
    """A face found. box: left, upper, width, height; points: the eye to the left of the picture, the other one, tip of
    the nose, the corners of the mouth likewise; all in pixels of the whole picture."""

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


class FaceFinder:
    """Safe to share between threads; each picture takes one of them."""

    def __init__(self) -> None:
        self._net = session(FINDER)

    def find(self, picture: Picture) -> list[Face]:
        """The faces on a BGR picture of any size, the largest first. Some 20 ms."""
        height, width = picture.shape[:2]
        scale = min(1.0, _LONG_SIDE / max(height, width))
        small = picture
        if scale < 1:
            size = (max(round(width * scale), 1), max(round(height * scale), 1))
            small = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA))
        found = [_face(row, scale) for row in self._rows(small)]
        return sorted(found, key=lambda face: face.box[2] * face.box[3], reverse=True)

    def _rows(self, small: Picture) -> NDArray[np.float32]:
        """n×15: box, five points, score; sure ones, of those that overlap the surest."""
        height, width = (-(-side // _STRIDES[-1]) * _STRIDES[-1] for side in small.shape[:2])
        padded = np.zeros((1, 3, height, width), np.float32)
        padded[0, :, : small.shape[0], : small.shape[1]] = small.transpose(2, 0, 1)
        names = [f"{kind}_{stride}" for kind in ("cls", "obj", "bbox", "kps") for stride in _STRIDES]
        raw = dict(zip(names, self._net.run(names, {"input": padded}), strict=True))
        rows = np.concatenate([_decoded(raw, stride, width // stride) for stride in _STRIDES])
        return _apart(rows[rows[:, 14] >= SURE])


def _decoded(raw: dict[str, NDArray[np.float32]], stride: int, columns: int) -> NDArray[np.float32]:
    """What the net says of each cell of a grid, in pixels of its input: n×15."""
    cls, obj, box, points = (raw[f"{kind}_{stride}"][0] for kind in ("cls", "obj", "bbox", "kps"))
    cells = np.arange(len(cls))
    at = np.stack([cells % columns, cells // columns], axis=1)
    size = np.exp(box[:, 2:]) * stride
    corner = (at + box[:, :2]) * stride - size / 2
    marks = (points.reshape(-1, 5, 2) + at[:, None]).reshape(-1, 10) * stride
    score = np.sqrt(np.clip(cls, 0, 1) * np.clip(obj, 0, 1))
    return np.concatenate([corner, size, marks, score], axis=1).astype(np.float32)


def _apart(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """The surest of rows whose boxes overlap by more than _OVERLAP (of what both cover), at most _MOST candidates."""
    rows = rows[np.argsort(-rows[:, 14], kind="stable")][:_MOST]
    kept: list[NDArray[np.float32]] = []
    for row in rows:
        for other in kept:
            wide = min(row[0] + row[2], other[0] + other[2]) - max(row[0], other[0])
            tall = min(row[1] + row[3], other[1] + other[3]) - max(row[1], other[1])
            both = max(wide, 0.0) * max(tall, 0.0)
            if both > _OVERLAP * (row[2] * row[3] + other[2] * other[3] - both):
                break
        else:
            kept.append(row)
    return np.array(kept, np.float32).reshape(-1, 15)


def model_bytes(name: str) -> bytes:
    """A model of resources/models/face as it was taken over. ValueError when the file is another one."""
    data = resources.path(name).read_bytes()
    if hashlib.sha256(data).hexdigest() != SHA256[name]:
        raise ValueError(f"{name} is not the model that was taken over")
    return data


@cache
def session(name: str) -> onnxruntime.InferenceSession:
    """A model ready to run on one thread of the caller's; loading takes some tens of milliseconds, once a process."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model_bytes(name), options, providers=["CPUExecutionProvider"])


def _face(row: NDArray[Any], scale: float) -> Face:
    values = [float(value) / scale for value in row[:14]]
    points = tuple((values[4 + 2 * k], values[5 + 2 * k]) for k in range(5))
    return Face((values[0], values[1], values[2], values[3]), points, float(row[14]))
