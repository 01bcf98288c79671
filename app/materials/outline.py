"""The outline of a sheet of paper on a desk.

Two views of the picture propose quadrangles: where it is bright (paper on a dark desk) and where it has edges (paper
on a light one). The one whose four sides show the steadiest step from desk to paper wins; its sides are then laid
through the outline's own points, because corners are often bent, worn or covered by a hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

Grey = npt.NDArray[np.uint8]
Corners = npt.NDArray[np.float64]

_WORK_SIDE = 900
_MIN_AREA, _MAX_AREA = 0.08, 0.985
"""Of the picture. Smaller is a card or a note, larger is the picture's own frame."""
_MIN_ANGLE, _MAX_ANGLE = 55.0, 125.0
_MIN_CONFIDENCE = 0.5


@dataclass(frozen=True, slots=True)
class Outline:
    """corners: (4, 2) pixels, clockwise from the top left as it lies. confidence: 0–1."""

    corners: Corners
    confidence: float


def page_outline(grey: Grey) -> Outline | None:
    """The best outline on a grey picture; None when none is good enough."""
    scale = min(1.0, _WORK_SIDE / max(grey.shape))
    size = (max(round(grey.shape[1] * scale), 1), max(round(grey.shape[0] * scale), 1))
    small = np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.uint8)
    smooth = np.asarray(cv2.GaussianBlur(small, (5, 5), 0), np.uint8)
    best: Outline | None = None
    for mask in _masks(smooth):
        for corners in _quadrangles(mask):
            confidence = _confidence(smooth, corners)
            if confidence >= _MIN_CONFIDENCE and (best is None or confidence > best.confidence):
                best = Outline(corners, confidence)
    if best is None:
        return None
    # Centre of pixel (0, 0) is (0, 0) in both pictures, hence the half-pixel shift.
    factor = np.array([grey.shape[1] / size[0], grey.shape[0] / size[1]])
    return Outline((best.corners + 0.5) * factor - 0.5, best.confidence)


def _masks(smooth: Grey) -> Iterator[Grey]:
    _, bright = cv2.threshold(smooth, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    yield np.asarray(cv2.morphologyEx(bright, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8)), np.uint8)
    # Uneven light: compare with the surroundings, wide enough that the page itself is not its own surroundings.
    around = cv2.blur(smooth, (301, 301))
    local = np.where(smooth.astype(np.int16) > around.astype(np.int16) + 4, 255, 0).astype(np.uint8)
    yield np.asarray(cv2.morphologyEx(local, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8)), np.uint8)
    for low in (20, 50):
        edges = cv2.Canny(smooth, low, low * 3)
        yield np.asarray(cv2.dilate(edges, np.ones((3, 3), np.uint8)), np.uint8)


def _quadrangles(mask: Grey) -> Iterator[Corners]:
    area = mask.shape[0] * mask.shape[1]
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    for contour in sorted(contours, key=cv2.contourArea, reverse=True)[:4]:
        hull = cv2.convexHull(contour)
        if cv2.contourArea(hull) < _MIN_AREA * area:
            continue
        rough = _four_corners(hull)
        if rough is None:
            continue
        fitted = _through_points(contour.reshape(-1, 2).astype(np.float64), rough)
        if fitted is not None and _is_sheet(fitted, mask.shape):
            yield fitted


def _four_corners(hull: npt.NDArray[Any]) -> Corners | None:
    """The hull simplified until four corners are left; None when it does not look like a quadrangle at all."""
    length = cv2.arcLength(hull, True)
    for share in (0.01, 0.015, 0.02, 0.03, 0.04, 0.06):
        polygon = cv2.approxPolyDP(hull, share * length, True).reshape(-1, 2)
        if len(polygon) == 4:
            return _ordered(polygon.astype(np.float64))
    return None


def _ordered(corners: Corners) -> Corners:
    """Clockwise on the screen, from the corner nearest to the picture's top left."""
    centre = corners.mean(axis=0)
    angles = np.arctan2(corners[:, 1] - centre[1], corners[:, 0] - centre[0])
    turned = corners[np.argsort(angles)]
    return np.roll(turned, -int(np.argmin(turned.sum(axis=1))), axis=0)


def _through_points(points: Corners, rough: Corners) -> Corners | None:
    """Lay each side through the outline's points near it, then cut the sides with each other."""
    lines = []
    for start, end in zip(rough, np.roll(rough, -1, axis=0), strict=True):
        side = end - start
        length = float(np.hypot(*side))
        along = (points - start) @ side / length**2
        off = np.abs((points[:, 0] - start[0]) * side[1] - (points[:, 1] - start[1]) * side[0]) / length
        near = points[(along > 0.08) & (along < 0.92) & (off < max(4.0, 0.015 * length))]
        if len(near) < 20:
            return None
        vx, vy, x, y = cv2.fitLine(near.astype(np.float32), cv2.DIST_HUBER, 0, 0.01, 0.01).ravel().tolist()
        lines.append((vx, vy, x, y))
    corners = [_crossing(lines[i - 1], lines[i]) for i in range(4)]
    if any(corner is None for corner in corners):
        return None
    return _ordered(np.array(corners, np.float64))


def _crossing(one: tuple[float, ...], other: tuple[float, ...]) -> tuple[float, float] | None:
    ax, ay, x1, y1 = one
    bx, by, x2, y2 = other
    cross = ax * by - ay * bx
    if abs(cross) < 1e-3:
        return None
    t = ((x2 - x1) * by - (y2 - y1) * bx) / cross
    return x1 + t * ax, y1 + t * ay


def _is_sheet(corners: Corners, shape: tuple[int, ...]) -> bool:
    """Could a flat rectangle look like this from above? Convex, no sharp corner, sides of like length, in view."""
    height, width = shape[:2]
    margin = 0.02 * max(width, height)
    if (corners < -margin).any() or (corners > np.array([width, height]) + margin).any():
        return False
    if not cv2.isContourConvex(corners.astype(np.float32)):
        return False
    if not _MIN_AREA <= cv2.contourArea(corners.astype(np.float32)) / (width * height) <= _MAX_AREA:
        return False
    sides = np.roll(corners, -1, axis=0) - corners
    lengths = np.hypot(sides[:, 0], sides[:, 1])
    if min(lengths[0], lengths[2]) < 0.6 * max(lengths[0], lengths[2]):
        return False
    if min(lengths[1], lengths[3]) < 0.6 * max(lengths[1], lengths[3]):
        return False
    before = -np.roll(sides, 1, axis=0)
    cosines = (sides * before).sum(axis=1) / (lengths * np.roll(lengths, 1))
    angles = np.degrees(np.arccos(np.clip(cosines, -1, 1)))
    return bool((angles > _MIN_ANGLE).all() and (angles < _MAX_ANGLE).all())


def _confidence(smooth: Grey, corners: Corners) -> float:
    """The share of the outline where the paper inside is clearly brighter than the desk outside.

    The weakest side counts as much as all four together: three good sides and a guess are no page.
    """
    centre = corners.mean(axis=0)
    shares = []
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        steps = np.linspace(0.06, 0.94, 60)[:, None]
        points = start + (end - start) * steps
        normal = np.array([-(end - start)[1], (end - start)[0]]) / np.hypot(*(end - start))
        if (centre - start) @ normal < 0:
            normal = -normal
        inside, outside = _sample(smooth, points + 5 * normal), _sample(smooth, points - 5 * normal)
        shares.append(float(np.mean(inside - outside > 8)))
    return (min(shares) + float(np.mean(shares))) / 2


def _sample(smooth: Grey, points: Corners) -> npt.NDArray[np.float64]:
    x = np.clip(np.rint(points[:, 0]).astype(int), 0, smooth.shape[1] - 1)
    y = np.clip(np.rint(points[:, 1]).astype(int), 0, smooth.shape[0] - 1)
    return np.asarray(smooth[y, x], np.float64)
