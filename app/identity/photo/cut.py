"""Cutting a shot for one use: scaled and placed by the use's rules, measured, encoded within its limits."""

from __future__ import annotations

import io
from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np
from PIL import Image

from app.identity.face.find import Picture
from app.identity.photo.rules import PhotoUse, Range
from app.identity.photo.shot import Head, Shot

ENLARGED = 1.25
"""Beyond it a photograph looks soft whatever the pixels say."""
_QUALITIES = (96, 92, 88, 84, 80, 76, 73, 70)


class Miss(StrEnum):
    """What a cut photograph does not keep of its use's rules."""

    HEAD = "head"
    FACE = "face"
    TOP = "top"
    EYES = "eyes"
    CHIN = "chin"
    EDGE = "edge"
    """The shot ends before the photograph does; the edge was drawn out."""
    COARSE = "coarse"
    GROUND = "ground"


@dataclass(frozen=True, slots=True)
class Cut:
    """picture: BGR, of exactly the use's pixels. misses: in the order of Miss. head, face: in millimetres."""

    use: PhotoUse
    picture: Picture
    misses: tuple[Miss, ...]
    head: float
    face: float


def cut(shot: Shot, use: PhotoUse) -> Cut:
    """ValueError when the shot shows no face. Some milliseconds."""
    if shot.head is None or shot.ground is None:
        raise ValueError("no face on the shot")
    scale = _scale(shot.head, use)
    wide, high = use.pixels
    top = shot.head.top * scale - use.px(_middle(use.top))
    if use.eyes is not None:
        # The eyes come first: high hair may be cut (GA 461).
        top = max(top, shot.head.eyes * scale - (high - use.px(use.eyes)))
    left = shot.head.middle * scale - wide / 2
    matrix = np.array([[scale, 0, -left], [0, scale, -top]])
    smooth = shot.picture if scale > 0.7 else cv2.GaussianBlur(shot.picture, (0, 0), 0.35 / scale)
    made = cv2.warpAffine(smooth, matrix, (wide, high), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return _measured(shot, use, np.asarray(made, np.uint8), shot.head, scale, (left, top))


def encode(made: Cut) -> bytes:
    """A JPEG within the use's file size where its quality allows, with its resolution written in."""
    packed = Image.fromarray(cv2.cvtColor(made.picture, cv2.COLOR_BGR2RGB))
    data = b""
    for quality in _QUALITIES:
        if quality < made.use.quality:
            break
        buffer = io.BytesIO()
        packed.save(buffer, "JPEG", quality=quality, dpi=(made.use.dpi, made.use.dpi), subsampling=0)
        data = buffer.getvalue()
        if len(data) <= made.use.kilobytes[1] * 1024:
            break
    return data


def _scale(head: Head, use: PhotoUse) -> float:
    long = max(head.chin - head.top, 1.0)
    if use.head is None:
        return use.px(_middle(use.face or use.size)) / max(head.width, 1.0)
    scale = use.px(_middle(use.head)) / long
    if use.face is not None:
        # Inside what the head's length leaves, as near to the face's width as it goes.
        least, most = (use.px(value) / long for value in use.head)
        lower, upper = (use.px(value) / max(head.width, 1.0) for value in use.face)
        scale = min(max(scale, min(lower, most)), max(upper, least))
    return scale


def _measured(
    shot: Shot, use: PhotoUse, picture: Picture, head: Head, scale: float, corner: tuple[float, float]
) -> Cut:
    wide, high = use.pixels
    left, top = corner
    millimetre = use.px(1.0)
    long, face = (head.chin - head.top) * scale / millimetre, head.width * scale / millimetre
    misses = set()
    if use.head is not None and not _inside(long, use.head):
        misses.add(Miss.HEAD)
    if use.face is not None and not _inside(face, use.face):
        misses.add(Miss.FACE)
    eyes = (high - (head.eyes * scale - top)) / millimetre
    if not _inside((head.top * scale - top) / millimetre, use.top) and use.eyes is None:
        misses.add(Miss.TOP)
    if use.eyes is not None and eyes < use.eyes - 0.05:
        misses.add(Miss.EYES)
    if use.chin is not None and (high - (head.chin * scale - top)) / millimetre < use.chin:
        misses.add(Miss.CHIN)
    height, width = shot.picture.shape[:2]
    if min(left, top, width * scale - left - wide, height * scale - top - high) < -1.0:
        misses.add(Miss.EDGE)
    if scale > ENLARGED:
        misses.add(Miss.COARSE)
    if shot.ground is None or shot.ground.value not in use.backgrounds:
        misses.add(Miss.GROUND)
    return Cut(use, picture, tuple(miss for miss in Miss if miss in misses), long, face)


def _middle(limits: Range) -> float:
    return (limits[0] + limits[1]) / 2


def _inside(value: float, limits: Range) -> bool:
    return limits[0] - 0.05 <= value <= limits[1] + 0.05
