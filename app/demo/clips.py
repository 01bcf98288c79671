"""Clips of a phone held before the camera of the counter: MJPG in AVI, 1280 x 720, 30 frames a second, 4 seconds.

The first second cannot be read: the phone comes in from the side, smeared by its motion, while the camera hunts for
focus. Then it is held as people hold phones: not still, a little tilted, with the reflection of a lamp passing over it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from app.demo.phone import BODY, MARGIN, Screen, draw_phone
from app.domain.errors import EnvironmentProblem

Frame = npt.NDArray[np.uint8]

SIZE = (1280, 720)
FPS = 30
SECONDS = 4.0
READABLE_FROM = 1.0
"""Seconds; no frame before it can be read."""

_FOCAL = 1500.0
"""Of the imagined camera, in pixels."""


@dataclass(frozen=True, slots=True)
class Pose:
    """Where the phone is. x, y: its middle in frame pixels; width: as seen; turns in radians."""

    x: float
    y: float
    width: float
    turn_x: float
    turn_y: float
    turn_z: float


def write_clip(path: Path, screen: Screen, seed: int = 1) -> None:
    """Render a clip to `path`. The same seed gives the same motion. EnvironmentProblem: cannot be written."""
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), FPS, SIZE)
    if not writer.isOpened():
        raise EnvironmentProblem("演示视频无法生成", f"无法写入 {path.name}", "请检查磁盘空间和目录权限。")
    try:
        for frame in frames(screen, seed):
            writer.write(frame)
    finally:
        writer.release()


def frames(screen: Screen, seed: int = 1) -> Iterator[Frame]:
    """The frames of a clip one by one, BGR."""
    rng = np.random.default_rng(seed)
    desk = draw_desk(rng)
    phone = _ready(draw_phone(screen))
    noise = Noise.made(rng)
    phases = rng.uniform(0, 2 * math.pi, 8)
    for index in range(round(SECONDS * FPS)):
        yield _frame(index / FPS, desk, phone, noise, phases, rng)


def pose_at(t: float, phases: npt.NDArray[np.float64]) -> Pose:
    """The phone's pose at t seconds: it comes in within 0.9 s, then sways as a hand does."""
    arriving = 1 - _ease(t / 0.9)
    sway = [math.sin(2 * math.pi * rate * t + phase) for rate, phase in zip(_RATES, phases, strict=True)]
    return Pose(
        x=640 + 20 * sway[0] + 4 * sway[1] + 900 * arriving,
        y=318 + 12 * sway[2] + 3 * sway[3] + 420 * arriving,
        width=505 + 16 * sway[4] - 60 * arriving,
        turn_x=0.17 + 0.07 * sway[5],
        turn_y=-0.13 + 0.09 * sway[6] + 0.5 * arriving,
        turn_z=0.05 + 0.03 * sway[7] - 0.35 * arriving,
    )


_RATES = (0.45, 3.1, 0.6, 3.7, 0.35, 0.5, 0.4, 0.55)
"""Hertz: slow swaying, and the tremor of a hand on top of it."""


def _ease(share: float) -> float:
    share = min(max(share, 0.0), 1.0)
    return share * share * (3 - 2 * share)


def _focus_blur(t: float) -> float:
    """Standard deviation in pixels of the camera's defocus: it hunts until the phone stands, then settles."""
    if t < READABLE_FROM:
        return 5.5 + 1.5 * math.sin(t * 7)
    return max(0.7, 5.5 * (1 - (t - READABLE_FROM) / 0.35))


def corners(pose: Pose) -> npt.NDArray[np.float32]:
    """The phone body's corners in the frame, clockwise from its top left, seen in perspective."""
    half_w, half_h = BODY[0] / 2, BODY[1] / 2
    flat = np.array([[-half_w, -half_h, 0], [half_w, -half_h, 0], [half_w, half_h, 0], [-half_w, half_h, 0]])
    turned = flat @ _rotation(pose).T
    depth = _FOCAL * BODY[0] / pose.width
    seen = turned[:, :2] * _FOCAL / (depth + turned[:, 2:])
    return np.asarray(seen + np.array([pose.x, pose.y]), dtype=np.float32)


def _rotation(pose: Pose) -> npt.NDArray[np.float64]:
    (sx, cx), (sy, cy), (sz, cz) = ((math.sin(a), math.cos(a)) for a in (pose.turn_x, pose.turn_y, pose.turn_z))
    about_x = np.array([[1, 0, 0], [0, cx, -sx], [0, sx, cx]])
    about_y = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    about_z = np.array([[cz, -sz, 0], [sz, cz, 0], [0, 0, 1]])
    return np.asarray(about_z @ about_y @ about_x)


def _frame(
    t: float,
    desk: Frame,
    phone: Phone,
    noise: Noise,
    phases: npt.NDArray[np.float64],
    rng: np.random.Generator,
) -> Frame:
    blur = _focus_blur(t)
    # What is this much out of focus loses nothing by being drawn at half size, and costs a quarter.
    scale = 0.5 if blur > 3 else 1.0
    sharp = _composed(t, _picture(cv2.resize(desk, None, fx=scale, fy=scale)), phone, phases, scale)
    soft = cv2.GaussianBlur(_smeared(sharp, t, phases, scale), (0, 0), blur * scale)
    return noise.over(_picture(cv2.resize(soft, SIZE)), rng)


def _composed(t: float, desk: Frame, phone: Phone, phases: npt.NDArray[np.float64], scale: float) -> Frame:
    """The phone over the desk and its shadow, before the lens."""
    left, top = MARGIN, MARGIN
    right, bottom = MARGIN + BODY[0], MARGIN + BODY[1]
    body = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)
    matrix = cv2.getPerspectiveTransform(body, corners(pose_at(t, phases)) * np.float32(scale))
    # Only where the phone and its shadow are: the rest of the desk stays as it is.
    height, width = phone.alpha.shape
    edges = cv2.perspectiveTransform(np.array([[[0, 0], [width, 0], [width, height], [0, height]]], np.float32), matrix)
    x0, y0 = np.clip(np.floor(edges.min(axis=(0, 1))).astype(int) - 40, 0, (desk.shape[1], desk.shape[0]))
    x1, y1 = np.clip(np.ceil(edges.max(axis=(0, 1))).astype(int) + 60, 0, (desk.shape[1], desk.shape[0]))
    if x1 - x0 < 8 or y1 - y0 < 8:
        return desk
    size = (int(x1 - x0), int(y1 - y0))
    moved = np.array([[1, 0, -x0], [0, 1, -y0], [0, 0, 1]]) @ matrix
    shown = cv2.warpPerspective(_with_glare(phone, t), moved, size, flags=cv2.INTER_LINEAR)
    alpha = _picture(cv2.warpPerspective(phone.alpha, moved, size, flags=cv2.INTER_LINEAR))
    clear = cv2.merge([cv2.bitwise_not(alpha)] * 3)
    ground = _shaded(np.ascontiguousarray(desk[y0:y1, x0:x1]), alpha, scale)
    frame = desk.copy()
    frame[y0:y1, x0:x1] = cv2.add(cv2.multiply(ground, clear, scale=1 / 255), shown)
    return frame


def _picture(array: Any) -> Frame:
    return np.asarray(array, dtype=np.uint8)


@dataclass(frozen=True, slots=True)
class Noise:
    """The sensor's noise, larger than a frame, cut out at another place for each. Two parts: lighter and darker."""

    lighter: Frame
    darker: Frame

    @classmethod
    def made(cls, rng: np.random.Generator, sigma: float = 2.6) -> Noise:
        values = rng.normal(0, sigma, (SIZE[1] + 64, SIZE[0] + 64, 3))
        return cls(np.clip(values, 0, 255).astype(np.uint8), np.clip(-values, 0, 255).astype(np.uint8))

    def over(self, frame: Frame, rng: np.random.Generator) -> Frame:
        dx, dy = (int(v) for v in rng.integers(0, 64, 2))
        window = np.s_[dy : dy + SIZE[1], dx : dx + SIZE[0]]
        return _picture(cv2.subtract(cv2.add(frame, self.lighter[window]), self.darker[window]))


def _shaded(desk: Frame, alpha: Frame, scale: float) -> Frame:
    """The desk with the phone's shadow, which falls a little down and to the right."""
    size = (desk.shape[1], desk.shape[0])
    small = cv2.resize(alpha, (max(size[0] // 8, 1), max(size[1] // 8, 1)), interpolation=cv2.INTER_AREA)
    shift = np.array([[1, 0, 3 * scale], [0, 1, 4 * scale]], np.float32)
    fallen = cv2.warpAffine(small, shift, (small.shape[1], small.shape[0]))
    shadow = cv2.resize(cv2.GaussianBlur(fallen, (0, 0), 4 * scale), size)
    light = cv2.bitwise_not(cv2.convertScaleAbs(shadow, alpha=0.5))
    return _picture(cv2.multiply(desk, cv2.merge([light] * 3), scale=1 / 255))


def _smeared(frame: Frame, t: float, phases: npt.NDArray[np.float64], scale: float = 1.0) -> Frame:
    """Motion blur along the phone's path during an exposure of 1/50 s; nothing below two pixels."""
    before, after = pose_at(t - 0.01, phases), pose_at(t + 0.01, phases)
    dx, dy = (after.x - before.x) * scale, (after.y - before.y) * scale
    length = math.hypot(dx, dy)
    if length < 2:
        return frame
    size = min(int(length) | 1, 61)
    kernel = np.zeros((size, size), np.float32)
    middle = size // 2
    step = (round(dx / length * middle), round(dy / length * middle))
    cv2.line(kernel, (middle - step[0], middle - step[1]), (middle + step[0], middle + step[1]), 1.0)
    return _picture(cv2.filter2D(frame, -1, kernel / kernel.sum()))


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone ready for blending. picture: BGR, premultiplied by alpha; glass: where a reflection shows."""

    picture: Frame
    alpha: Frame
    glass: Frame


def _ready(flat: Frame) -> Phone:
    alpha = np.ascontiguousarray(flat[:, :, 3])
    scaled = flat[:, :, :3].astype(np.float32) * (alpha[:, :, None] / np.float32(255))
    glass = np.zeros(flat.shape[:2], np.uint8)
    inside = np.s_[MARGIN + 60 : MARGIN + BODY[1] - 60, MARGIN + 40 : MARGIN + BODY[0] - 50]
    glass[inside] = 255
    return Phone(np.clip(scaled, 0, 255).astype(np.uint8), alpha, _picture(cv2.GaussianBlur(glass, (0, 0), 12)))


def _with_glare(phone: Phone, t: float) -> Frame:
    """The reflection of a ceiling lamp: a soft bright band that crosses the glass between 1.9 and 3.0 s."""
    share = (t - 1.9) / 1.1
    if not 0 < share < 1:
        return phone.picture
    height, width = phone.glass.shape
    small = np.zeros((height // 8, width // 8), np.uint8)
    x = int((-0.2 + 1.4 * share) * small.shape[1])
    cv2.line(small, (x - 18, 0), (x + 18, small.shape[0]), 190, 11)
    band = cv2.resize(cv2.GaussianBlur(small, (0, 0), 4), (width, height))
    band = cv2.multiply(band, phone.glass, scale=1 / 255)
    return np.asarray(cv2.add(phone.picture, cv2.merge([band] * 3)), dtype=np.uint8)


def draw_desk(rng: np.random.Generator) -> Frame:
    """The counter's top: light wood, a sheet of paper, a pen, uneven light; slightly out of focus."""
    width, height = SIZE
    coarse = rng.normal(0, 1, (height, 24)).astype(np.float32)
    grain = cv2.GaussianBlur(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC), (0, 0), 1.5)
    fine = cv2.GaussianBlur(rng.normal(0, 1, (height, width)).astype(np.float32), (0, 0), sigmaX=9, sigmaY=0.7)
    wood = np.array([118, 152, 182], np.float32) + (grain * 7 + fine * 26)[:, :, None]
    sheet = np.array([[760, 60], [1290, 150], [1200, 760], [660, 640]], np.int32)
    cv2.fillPoly(wood, [sheet + np.array([7, 9], np.int32)], (84, 106, 126), cv2.LINE_AA)
    cv2.fillPoly(wood, [sheet], (226, 229, 230), cv2.LINE_AA)
    for row in range(11):
        start = np.array([835, 150]) + row * np.array([-9, 43])
        end = start + np.array([330 if row % 4 else 210, 56])
        cv2.line(wood, tuple(map(int, start)), tuple(map(int, end)), (150, 152, 154), 5, cv2.LINE_AA)
    cv2.line(wood, (120, 560), (390, 640), (70, 90, 104), 20, cv2.LINE_AA)
    cv2.line(wood, (116, 548), (386, 628), (94, 44, 30), 15, cv2.LINE_AA)
    cv2.line(wood, (386, 628), (412, 636), (200, 200, 205), 7, cv2.LINE_AA)
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    light = 1.02 - 0.42 * np.hypot((xs - 420) / width, (ys - 180) / height)
    lit = cv2.GaussianBlur(wood, (0, 0), 2.2) * light[:, :, None]
    return np.asarray(np.clip(lit, 0, 255), dtype=np.uint8)
