"""Where a card lies in a picture: quadrangles of a card's shape, the one with the steadiest sides first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from app.identity.cards.layouts import HEIGHT, WIDTH

Picture = npt.NDArray[np.uint8]
Corners = npt.NDArray[np.float64]

SCALE = 15
"""Pixels a millimetre of a card set straight: the writing is then as high as the text engine likes it."""
SIZE = (round(WIDTH * SCALE), round(HEIGHT * SCALE))

_WORK_SIDE = 800
_MIN_AREA, _MAX_AREA = 0.015, 0.97
"""Of the picture. A card under a document camera made for A4 covers 6 %."""
_RATIO = WIDTH / HEIGHT
_MAX_SKEW = 1.28
"""How far a card seen aslant may be from its own ratio."""
_MIN_STEP = 6.0
"""Grey values between card and desk that count as an edge."""
_MIN_STEADY = 0.55


@dataclass(frozen=True, slots=True)
class Located:
    """corners: (4, 2) pixels of the picture, clockwise, the first side a long one; which way up is not known.
    steady: 0–1, the share of the outline where there is an edge."""

    corners: Corners
    steady: float


def locate(picture: Picture) -> Located | None:
    """The likeliest card, for a live picture. picture: BGR. Takes milliseconds."""
    found = candidates(picture)
    return found[0] if found else None


def candidates(picture: Picture) -> list[Located]:
    """Quadrangles that may be cards, the likeliest first; what lies within or about another one is left out."""
    grey = np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)
    scale = min(1.0, _WORK_SIDE / max(grey.shape))
    size = (max(round(grey.shape[1] * scale), 1), max(round(grey.shape[0] * scale), 1))
    small = np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.uint8)
    smooth = np.asarray(cv2.GaussianBlur(small, (0, 0), 1.4), np.uint8)
    found: list[Located] = []
    for mask in _masks(smooth):
        for corners in _quadrangles(mask):
            steady = _steady(smooth, corners)
            if steady >= _MIN_STEADY:
                found.append(Located(corners, steady))
    # A portrait or a band of writing is within the card: the larger of two that are both steady is the card.
    found.sort(key=lambda one: one.steady * _area(one.corners) ** 0.25, reverse=True)
    kept: list[Located] = []
    for one in found:
        if all(np.linalg.norm(one.corners.mean(axis=0) - other.corners.mean(axis=0)) > 0.12 * _WORK_SIDE
               for other in kept):  # fmt: skip
            kept.append(one)
    factor = np.array([grey.shape[1] / size[0], grey.shape[0] / size[1]])
    return [Located((one.corners + 0.5) * factor - 0.5, one.steady) for one in kept[:3]]


def straighten(picture: Picture, corners: Corners) -> Picture:
    """The card alone, SIZE pixels. corners: as of Located."""
    return np.asarray(cv2.warpPerspective(picture, to_card(corners), SIZE, flags=cv2.INTER_CUBIC), np.uint8)


def to_card(corners: Corners) -> npt.NDArray[np.float64]:
    """From the picture's pixels to those of the card set straight."""
    wide, tall = SIZE
    target = np.array([[0, 0], [wide, 0], [wide, tall], [0, tall]], np.float32) - 0.5
    return np.asarray(cv2.getPerspectiveTransform(corners.astype(np.float32), target.astype(np.float32)), np.float64)


def _masks(smooth: Picture) -> Iterator[Picture]:
    for low in (12, 30, 60):
        edges = cv2.Canny(smooth, low, low * 3)
        yield np.asarray(cv2.dilate(edges, np.ones((3, 3), np.uint8)), np.uint8)
    _, bright = cv2.threshold(smooth, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    yield np.asarray(cv2.morphologyEx(bright, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8)), np.uint8)
    # Uneven light: against the surroundings, wider than a card.
    around = cv2.blur(smooth, (401, 401)).astype(np.int16)
    local = np.where(smooth.astype(np.int16) > around + 6, 255, 0).astype(np.uint8)
    yield np.asarray(cv2.morphologyEx(local, cv2.MORPH_OPEN, np.ones((7, 7), np.uint8)), np.uint8)


def _quadrangles(mask: Picture) -> Iterator[Corners]:
    area = mask.shape[0] * mask.shape[1]
    contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
    for contour in sorted(contours, key=cv2.contourArea, reverse=True)[:8]:
        hull = cv2.convexHull(contour)
        if not _MIN_AREA * area <= cv2.contourArea(hull) <= _MAX_AREA * area:
            continue
        rough = _four(hull)
        if rough is None:
            continue
        fitted = _through(contour.reshape(-1, 2).astype(np.float64), rough)
        if fitted is not None and _is_card(fitted):
            yield fitted


def _four(hull: npt.NDArray[Any]) -> Corners | None:
    """Four corners of a hull whose own are rounded; None where it is no quadrangle."""
    length = cv2.arcLength(hull, True)
    for share in (0.015, 0.02, 0.03, 0.045, 0.06):
        polygon = cv2.approxPolyDP(hull, share * length, True).reshape(-1, 2)
        if len(polygon) == 4:
            return _long_side_first(polygon.astype(np.float64))
    box = cv2.boxPoints(cv2.minAreaRect(hull))
    if cv2.contourArea(hull) < 0.88 * cv2.contourArea(box):
        return None
    return _long_side_first(box.astype(np.float64))


def _long_side_first(corners: Corners) -> Corners:
    centre = corners.mean(axis=0)
    turned = corners[np.argsort(np.arctan2(corners[:, 1] - centre[1], corners[:, 0] - centre[0]))]
    lengths = np.linalg.norm(np.roll(turned, -1, axis=0) - turned, axis=1)
    if lengths[0] + lengths[2] < lengths[1] + lengths[3]:
        turned = np.roll(turned, -1, axis=0)
    # Of the two long sides the one that is higher up, or further left, is more often the top.
    first, third = (turned[0] + turned[1]) / 2, (turned[2] + turned[3]) / 2
    upper = first.sum() <= third.sum() if abs(first[1] - third[1]) < 1 else first[1] <= third[1]
    return turned if upper else np.roll(turned, -2, axis=0)


def _through(points: Corners, rough: Corners) -> Corners | None:
    """Lay each side through the outline's points near it: the corners of a card are round."""
    lines = []
    for start, end in zip(rough, np.roll(rough, -1, axis=0), strict=True):
        side = end - start
        length = float(np.hypot(*side))
        if length < 20:
            return None
        along = (points - start) @ side / length**2
        off = np.abs((points[:, 0] - start[0]) * side[1] - (points[:, 1] - start[1]) * side[0]) / length
        near = points[(along > 0.12) & (along < 0.88) & (off < max(4.0, 0.03 * length))]
        if len(near) < 15:
            return None
        vx, vy, x, y = cv2.fitLine(near.astype(np.float32), cv2.DIST_HUBER, 0, 0.01, 0.01).ravel().tolist()
        lines.append((vx, vy, x, y))
    corners = []
    for before, after in zip(lines[-1:] + lines[:-1], lines, strict=True):
        cross = before[0] * after[1] - before[1] * after[0]
        if abs(cross) < 1e-3:
            return None
        t = ((after[2] - before[2]) * after[1] - (after[3] - before[3]) * after[0]) / cross
        corners.append((before[2] + t * before[0], before[3] + t * before[1]))
    return _long_side_first(np.array(corners, np.float64))


def _is_card(corners: Corners) -> bool:
    if not cv2.isContourConvex(corners.astype(np.float32)):
        return False
    lengths = np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1)
    if min(lengths[0], lengths[2]) < 0.72 * max(lengths[0], lengths[2]):
        return False
    if min(lengths[1], lengths[3]) < 0.72 * max(lengths[1], lengths[3]):
        return False
    ratio = (lengths[0] + lengths[2]) / (lengths[1] + lengths[3])
    return bool(_RATIO / _MAX_SKEW <= ratio <= _RATIO * _MAX_SKEW)


def _steady(smooth: Picture, corners: Corners) -> float:
    """The share of the outline with a step of brightness, the weakest side counting as much as all together."""
    centre = corners.mean(axis=0)
    shares = []
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        points = start + (end - start) * np.linspace(0.08, 0.92, 50)[:, None]
        normal = np.array([-(end - start)[1], (end - start)[0]]) / np.hypot(*(end - start))
        if (centre - start) @ normal < 0:
            normal = -normal
        step = _sample(smooth, points + 3 * normal) - _sample(smooth, points - 4 * normal)
        # On a desk lighter than the card the step goes the other way, all along the side.
        shares.append(max(float(np.mean(step > _MIN_STEP)), float(np.mean(step < -_MIN_STEP))))
    return (min(shares) + float(np.mean(shares))) / 2


def _sample(smooth: Picture, points: Corners) -> npt.NDArray[np.float64]:
    x = np.clip(np.rint(points[:, 0]).astype(int), 0, smooth.shape[1] - 1)
    y = np.clip(np.rint(points[:, 1]).astype(int), 0, smooth.shape[0] - 1)
    return np.asarray(smooth[y, x], np.float64)


def _area(corners: Corners) -> float:
    return float(cv2.contourArea(corners.astype(np.float32)))
