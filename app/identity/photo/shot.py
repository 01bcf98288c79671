"""What a shot of somebody shows: where the head is, what is behind it, and what speaks against it.

Nothing is ever retouched: neither the background nor the face. The rules forbid it, and who decides must see what was.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np
from numpy.typing import NDArray

from app.identity.face.find import FaceFinder, Picture
from app.identity.face.quality import Fault, Quality, Wanted, judge

WANTED = Wanted(60.0)
_BUSY = 9.0
_SLOPE = 26.0
_WHITE = 215.0
_LIGHT = 185.0
_COLOUR = 14.0
_OTHER = 26.0
"""So far from the background's own colour (largest of three channels) something is no background."""


class Ground(StrEnum):
    """What is behind the head."""

    WHITE = "white"
    LIGHT = "light"
    """Even light grey or blue: some uses take it."""
    DARK = "dark"
    """Even, and of a colour that no use takes."""
    BUSY = "busy"
    """Shadows, edges, things or people."""


@dataclass(frozen=True, slots=True)
class Head:
    """In pixels of the picture: line of the hair's top, of the eyes, of the chin; the middle; the face's width."""

    top: float
    eyes: float
    chin: float
    middle: float
    width: float


@dataclass(frozen=True, slots=True)
class Shot:
    """picture: BGR. head: None where there is no face. ground: None likewise. measured: was the hair's top seen against
    the background? Else it is reckoned from the face, and high hair may be cut."""

    picture: Picture
    quality: Quality
    head: Head | None
    ground: Ground | None
    measured: bool = False

    @property
    def hard(self) -> tuple[Fault, ...]:
        """Faults with which there is no use in keeping it."""
        soft = (Fault.DARK, Fault.BRIGHT, Fault.UNEVEN)
        return tuple(fault for fault in self.quality.faults if fault not in soft)


def look(picture: Picture, finder: FaceFinder) -> Shot:
    """Judge a picture (BGR). Some 30 ms."""
    quality = judge(picture, finder.find(picture), WANTED)
    face = quality.face
    if face is None:
        return Shot(picture, quality, None, None)
    points = np.array(face.points)
    eyes, mouth = points[:2].mean(axis=0), points[3:].mean(axis=0)
    # Half of a head lies above the eyes; the finder's box ends at the chin. Between both reckonings.
    chin = (face.box[1] + face.box[3] + float(eyes[1] + 1.75 * (mouth[1] - eyes[1]))) / 2
    middle = float(points[:, 0].mean() + eyes[0]) / 2
    reckoned = float(eyes[1]) - 1.08 * (chin - float(eyes[1]))
    ground, colour = _behind(picture, middle, face.box[2], chin)
    top = _hair(picture, colour, middle, face.box[2], float(eyes[1]), reckoned) if ground is not Ground.BUSY else None
    head = Head(top if top is not None else reckoned, float(eyes[1]), chin, middle, face.box[2])
    return Shot(picture, quality, head, ground, top is not None)


def _behind(picture: Picture, middle: float, wide: float, chin: float) -> tuple[Ground, NDArray[np.float64]]:
    """What is left and right of the head, down to the chin, where shoulders and hair do not reach."""
    height, width = picture.shape[:2]
    rows = slice(round(height * 0.02), max(min(round(chin - wide * 0.15), height), 2))
    left = slice(max(round(middle - wide * 1.9), 0), max(round(middle - wide * 0.95), 1))
    right = slice(min(round(middle + wide * 0.95), width - 1), min(round(middle + wide * 1.9), width))
    small = cv2.GaussianBlur(picture, (0, 0), 1.5)
    sides = [np.asarray(small[rows, part], np.float64).reshape(-1, 3) for part in (left, right)]
    sides = [side for side in sides if len(side)]
    if not sides:
        return Ground.BUSY, np.zeros(3)
    everything = np.concatenate(sides)
    colour: NDArray[np.float64] = np.median(everything, axis=0)
    off = np.abs(everything - colour).max(axis=1)
    middles = [np.median(side, axis=0) for side in sides]
    slope = float(np.abs(middles[0] - middles[-1]).max())
    if float(np.percentile(off, 90)) > _BUSY * 2 or float(off.mean()) > _BUSY or slope > _SLOPE:
        return Ground.BUSY, colour
    light, tint = float(colour.mean()), float(colour.max() - colour.min())
    if light >= _WHITE and tint <= _COLOUR:
        return Ground.WHITE, colour
    blue = colour[0] >= colour[2]
    return (Ground.LIGHT if light >= _LIGHT and (tint <= _COLOUR or blue) else Ground.DARK), colour


def _hair(
    picture: Picture, colour: NDArray[np.float64], middle: float, wide: float, eyes: float, reckoned: float
) -> float | None:
    """The line where the head begins, looked for downwards above the face; None when it reaches the picture's edge."""
    width = picture.shape[1]
    columns = slice(max(round(middle - wide * 0.3), 0), min(round(middle + wide * 0.3), width))
    strip = np.asarray(picture[: max(round(eyes), 1), columns], np.float64)
    covered = (np.abs(strip - colour).max(axis=2) > _OTHER).mean(axis=1) > 0.12
    lines = np.flatnonzero(covered)
    if not len(lines) or lines[0] <= 1:
        return None
    top = float(lines[0])
    # A line far above the face is something else: a hand, a lamp.
    return top if abs(top - reckoned) < wide * 0.6 else None
