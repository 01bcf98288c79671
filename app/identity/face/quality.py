"""May this face be judged at all? Size, sharpness, light, pose, and that nobody else is on the picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np

from app.identity.face.find import Face, Picture

_SIDE = 112
_TURNED = 0.14
_TILTED = 8.0
"""Degrees between the points of the eyes; the finder's points lean about half as far as a made-up head does."""
_SHARP = 60.0
"""Of the aligned face at 112 pixels, its light spread to the whole range: variance of the Laplacian. A guard against
what is plainly out of focus, set on made-up heads blurred step by step; no measure of a lens."""
_DARK, _BRIGHT = 60.0, 225.0
_UNEVEN = 0.3
_SECOND = 0.35
_EDGE = 0.04


class Fault(StrEnum):
    """Why a face cannot be judged, the weightiest first."""

    NONE = "none"
    """There is no face."""
    SEVERAL = "several"
    SMALL = "small"
    CUT = "cut"
    TURNED = "turned"
    TILTED = "tilted"
    DARK = "dark"
    BRIGHT = "bright"
    UNEVEN = "uneven"
    BLURRED = "blurred"


@dataclass(frozen=True, slots=True)
class Wanted:
    """eyes: pixels between the eyes at least. alone: is anybody else on the picture a fault?"""

    eyes: float
    alone: bool = True


LIVE = Wanted(36.0)
DOCUMENT = Wanted(20.0, alone=False)
"""Documents carry a ghost picture beside the portrait, and small chips small portraits."""


@dataclass(frozen=True, slots=True)
class Quality:
    """face: the largest, None where there is none. faults: in the order of Fault; none: it may be judged."""

    face: Face | None
    faults: tuple[Fault, ...]
    sharpness: float = 0.0
    light: float = 0.0

    @property
    def good(self) -> bool:
        return not self.faults


def judge(picture: Picture, faces: Sequence[Face], wanted: Wanted = LIVE) -> Quality:
    """picture: BGR; faces: found on it, the largest first. A few milliseconds."""
    if not faces:
        return Quality(None, (Fault.NONE,))
    face = faces[0]
    faults = set()
    if wanted.alone and any(other.eyes > face.eyes * _SECOND for other in faces[1:]):
        faults.add(Fault.SEVERAL)
    if face.eyes < wanted.eyes:
        faults.add(Fault.SMALL)
    if _cut(picture, face):
        faults.add(Fault.CUT)
    if abs(face.turn) > _TURNED:
        faults.add(Fault.TURNED)
    if abs(face.tilt) > _TILTED:
        faults.add(Fault.TILTED)
    gray = aligned_gray(picture, face)
    middle = gray[16:104, 24:88].astype(np.float64)
    light = float(middle.mean())
    if light < _DARK:
        faults.add(Fault.DARK)
    if light > _BRIGHT:
        faults.add(Fault.BRIGHT)
    halves = middle[:, :32].mean(), middle[:, 32:].mean()
    if abs(halves[0] - halves[1]) > _UNEVEN * max(light, 1.0):
        faults.add(Fault.UNEVEN)
    sharp = _sharpness(gray)
    if sharp < _SHARP:
        faults.add(Fault.BLURRED)
    return Quality(face, tuple(fault for fault in Fault if fault in faults), sharp, light)


def aligned_gray(picture: Picture, face: Face) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """The face upright, 112 × 112 pixels, the eyes at a third of its height."""
    (ax, ay), (bx, by) = face.points[:2]
    scale = 36.0 / max(face.eyes, 1e-6)
    matrix = cv2.getRotationMatrix2D(((ax + bx) / 2, (ay + by) / 2), face.tilt, scale)
    matrix[0, 2] += _SIDE / 2 - (ax + bx) / 2
    matrix[1, 2] += _SIDE * 0.4 - (ay + by) / 2
    # Averaging first: a large face made small by picking pixels would look sharp whatever it is.
    blur = 0.35 / scale if scale < 0.7 else 0.0
    smooth = cv2.GaussianBlur(picture, (0, 0), blur) if blur > 0.5 else picture
    cut = cv2.warpAffine(smooth, matrix, (_SIDE, _SIDE), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(cv2.cvtColor(cut, cv2.COLOR_BGR2GRAY), np.uint8)


def _cut(picture: Picture, face: Face) -> bool:
    left, upper, wide, high = face.box
    # A face that is cut is found whole all the same, squeezed to the edge.
    edge = wide * _EDGE
    right, lower = picture.shape[1] - left - wide, picture.shape[0] - upper - high
    return bool(min(left, upper, right, lower) < edge)


def _sharpness(gray: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> float:
    spread = np.percentile(gray, (2, 98))
    even = np.clip((gray - spread[0]) * 255.0 / max(float(spread[1] - spread[0]), 20.0), 0, 255)
    return float(cv2.Laplacian(even[16:104, 16:96], cv2.CV_64F).var())
