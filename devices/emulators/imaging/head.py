"""A made-up head: a shaded solid that turns and nods, found as faces are, so that nobody's picture is needed.

No person's measures: an ellipsoid with bumps for nose, brow, cheeks, lips and chin, painted and lit from the front.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.base import Picture

Field = NDArray[np.float64]
_ACROSS, _DOWN = 520, 520
_COAT = (96, 66, 40)
_AMBIENT, _LAMP = 0.52, 0.5
_LAMP_AT = (-0.15, -0.45, 0.88)


@dataclass(frozen=True, slots=True)
class Build:
    """What tells two made-up heads apart. Lengths in half heads; colours BGR."""

    width: float = 0.74
    eyes: float = 0.28
    nose: float = 0.2
    nose_length: float = 0.3
    mouth: float = 0.2
    jaw: float = 0.3
    skin: tuple[int, int, int] = (150, 180, 225)
    hair: tuple[int, int, int] = (38, 32, 30)
    fringe: float = -0.5


BUILDS = (
    Build(),
    Build(0.66, 0.25, 0.27, 0.36, 0.16, 0.42, (120, 150, 196), (30, 42, 66), -0.6),
    Build(0.8, 0.32, 0.15, 0.24, 0.26, 0.18, (172, 200, 236), (70, 70, 74), -0.38),
)
"""Three who were never born."""


@lru_cache(maxsize=48)
def head(build: Build, yaw: int = 0, pitch: int = 0, shut: bool = False, high: int = 320) -> tuple[Picture, Picture]:
    """The head alone and where it is (alpha, uint8), both high pixels high and as wide. yaw: degrees, positive to the
    person's own left (to the right of the picture); pitch: positive down. Cached: the arrays must not be written to."""
    x, y, z, colour = _solid(build, shut)
    turn, nod = math.radians(yaw), math.radians(pitch)
    x, z = x * math.cos(turn) + z * math.sin(turn), z * math.cos(turn) - x * math.sin(turn)
    y, z = y * math.cos(nod) + z * math.sin(nod), z * math.cos(nod) - y * math.sin(nod)
    shade, seen = _shade(x, y, z)
    x, y, z, lit = x[seen], y[seen], z[seen], colour[seen] * shade[seen][..., None]
    scale = high / 2 / 1.12
    # Nearer is a little larger, as before a camera at arm's length.
    near = 1 + 0.12 * z
    column = np.clip(np.rint(high / 2 + x * scale * near), 0, high - 1).astype(np.intp)
    line = np.clip(np.rint(high / 2 + y * scale * near), 0, high - 1).astype(np.intp)
    order = np.argsort(z, kind="stable")
    made = np.zeros((high, high, 3), np.uint8)
    there = np.zeros((high, high), np.uint8)
    made[line[order], column[order]] = np.clip(lit[order], 0, 255)
    there[line[order], column[order]] = 255
    whole = cv2.morphologyEx(there, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    filled = cv2.dilate(made, np.ones((5, 5), np.uint8))
    made[there == 0] = filled[there == 0]
    return cv2.GaussianBlur(made, (3, 3), 0.7).astype(np.uint8), cv2.GaussianBlur(whole, (5, 5), 1.0).astype(np.uint8)


def before_wall(
    build: Build,
    size: tuple[int, int],
    wall: tuple[int, int, int],
    middle: tuple[float, float],
    high: int,
    yaw: int = 0,
    pitch: int = 0,
    shut: bool = False,
) -> Picture:
    """The head with neck and shoulders before a wall. size: width, height; middle: of the head; high: of the head, all
    in pixels. wall: BGR."""
    made = np.full((size[1], size[0], 3), wall, np.uint8)
    x, y = round(middle[0]), round(middle[1])
    half = high // 2
    dark = tuple(round(part * 0.8) for part in build.skin)
    shoulders, wide = y + round(half * 2.05), round(half * 1.5)
    cv2.ellipse(made, (x, shoulders), (wide, round(half * 0.95)), 0, 180, 360, _COAT, -1)
    cv2.rectangle(made, (x - wide, shoulders), (x + wide, size[1]), _COAT, -1)
    neck = (round(half * 0.36), round(half * 0.4))
    cv2.ellipse(made, (x, y + round(half * 1.12)), neck, 0, 0, 360, dark, -1, cv2.LINE_AA)
    picture, alpha = head(build, yaw, pitch, shut, high)
    top, left = y - half, x - half
    rows = slice(max(top, 0), min(top + high, size[1]))
    columns = slice(max(left, 0), min(left + high, size[0]))
    if rows.start >= rows.stop or columns.start >= columns.stop:
        return made
    cut = (slice(rows.start - top, rows.stop - top), slice(columns.start - left, columns.stop - left))
    part = alpha[cut][..., None].astype(np.float32) / 255
    made[rows, columns] = np.rint(picture[cut] * part + made[rows, columns] * (1 - part)).astype(np.uint8)
    return made


@lru_cache(maxsize=8)
def _solid(build: Build, shut: bool) -> tuple[Field, Field, Field, Field]:
    """Points of the surface (x to the right, y down, z towards the camera) and their colours."""
    around, up = np.meshgrid(np.linspace(-2.2, 2.2, _ACROSS), np.linspace(-math.pi / 2, math.pi / 2, _DOWN))
    x, y, z = np.sin(around) * np.cos(up), np.sin(up), np.cos(around) * np.cos(up)
    narrow = 1 - build.jaw * _ramp(y, 0.15, 1.0)
    x, z = x * build.width * narrow, z * 0.86 * (1 - 0.2 * _ramp(y, 0.4, 1.0))
    front = z > 0
    eye = 0.02
    tip = eye + build.nose_length
    ridge = np.exp(-((x / 0.07) ** 2)) * _ramp(y, eye - 0.06, tip) * (1 - _ramp(y, tip, tip + 0.07))
    wings = _bump(x, y, 0.075, tip - 0.01, 0.06, 0.05) + _bump(x, y, -0.075, tip - 0.01, 0.06, 0.05)
    lip = tip + 0.2
    rise = build.nose * ridge + 0.05 * wings
    rise += 0.035 * _bump(x, y, 0, lip - 0.025, build.mouth, 0.03)
    rise += 0.04 * _bump(x, y, 0, lip + 0.045, build.mouth, 0.035)
    rise += 0.06 * _bump(x, y, 0, 0.82, 0.16, 0.1)
    for side in (-1, 1):
        at = side * build.eyes
        rise += -0.09 * _bump(x, y, at, eye, 0.13, 0.09) + 0.05 * _bump(x, y, at, eye - 0.15, 0.17, 0.05)
        rise += 0.04 * _bump(x, y, at * 1.15, eye + 0.25, 0.16, 0.14)
    z = z + np.where(front, rise, 0)
    colour = np.broadcast_to(np.array(build.skin, float), (*x.shape, 3)).copy()
    hair = (y < build.fringe + 0.1 * x) | ((z < 0.24) & (y < 0.3))
    for side in (-1, 1):
        dx, dy = x - side * build.eyes, y - eye
        brow = front & (np.abs(dx) < 0.15) & (np.abs(dy + 0.15 + 0.35 * dx * dx) < 0.022)
        colour[brow] = build.hair
        lid = front & ((dx / 0.125) ** 2 + (dy / (0.012 if shut else 0.052)) ** 2 < 1)
        colour[lid] = (40, 35, 35) if shut else (232, 232, 232)
        if not shut:
            colour[lid & (dx * dx + dy * dy < 0.052**2)] = (40, 52, 70)
            colour[lid & (dx * dx + dy * dy < 0.024**2)] = (12, 12, 12)
            edge = front & (np.abs((dx / 0.13) ** 2 + (dy / 0.057) ** 2 - 1) < 0.16) & (dy < 0.02)
            colour[edge] = (45, 40, 45)
        colour[front & ((x - side * 0.05) ** 2 + ((y - tip - 0.03) * 1.5) ** 2 < 0.021**2)] = (45, 50, 70)
    mouth = front & ((x / build.mouth) ** 2 + ((y - lip) / 0.062) ** 2 < 1)
    colour[mouth] = np.array(build.skin) * (0.62, 0.6, 0.82)
    colour[front & (np.abs(x) < build.mouth * 0.95) & (np.abs(y - lip - 0.02 * np.cos(x * 12)) < 0.011)] = (45, 40, 80)
    colour[hair] = build.hair
    return x, y, z, colour


def _shade(x: Field, y: Field, z: Field) -> tuple[Field, NDArray[np.bool_]]:
    """How light each point is, and which of them look towards the camera."""
    (ax, ay, az), (dx, dy, dz) = ([np.gradient(one, axis=axis) for one in (x, y, z)] for axis in (1, 0))
    nx, ny, nz = ay * dz - az * dy, az * dx - ax * dz, ax * dy - ay * dx
    long = np.maximum(np.sqrt(nx * nx + ny * ny + nz * nz), 1e-9)
    facing = (_LAMP_AT[0] * nx + _LAMP_AT[1] * ny + _LAMP_AT[2] * nz) / long
    return _AMBIENT + _LAMP * np.clip(facing, 0, 1), nz > 0


def _bump(x: Field, y: Field, at_x: float, at_y: float, wide: float, high: float) -> Field:
    made: Field = np.exp(-(((x - at_x) / wide) ** 2) - ((y - at_y) / high) ** 2)
    return made


def _ramp(value: Field, begin: float, end: float) -> Field:
    """0 before begin, 1 after end, smooth between."""
    part: Any = np.clip((value - begin) / (end - begin), 0, 1)
    made: Field = part * part * (3 - 2 * part)
    return made
