"""Made-up camera frames, 1920×1080: a phone that shows a licence's QR code, disturbed in one way or several.

Everything follows from a seed. severity runs from 0 (hardly) to 1 (about where people give up too). The kinds are those
that a counter sees; `idle` frames are the same without a code.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import segno

Picture = npt.NDArray[np.uint8]
WIDTH, HEIGHT = 1920, 1080
SINGLE = (
    *("clean", "perspective", "moire", "glare", "motion", "lowlight", "defocus", "jpeg60", "small", "dense"),
    *("combined", "combined_dense"),
)
IDLE = ("phone", "desk", "noise", "checks")
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_FINER = 2
"""Pixels of the drawn phone to one of the frame: warping then averages."""


@dataclass(frozen=True, slots=True)
class Disturbance:
    """How the frame is spoilt. Lengths in modules of the code, angles in degrees, light 1 = as it should be."""

    yaw: float = 0.0
    pitch: float = 0.0
    moire: float = 0.0
    glare: float = 0.0
    motion: float = 0.0
    light: float = 1.0
    noise: float = 2.0
    defocus: float = 0.0
    jpeg: int = 0


@dataclass(frozen=True, slots=True)
class Scene:
    """One citizen's phone before the camera. module: pixels. turn: degrees. text "" : no code on it."""

    seed: int
    text: str
    module: float
    turn: float
    x: float
    y: float
    level: str = "m"
    spoilt: Disturbance = field(default_factory=Disturbance)


def scene(kind: str, severity: float, seed: int) -> Scene:
    """A scene of one of SINGLE."""
    random = np.random.default_rng([seed, SINGLE.index(kind)])
    amount = severity
    dense = kind in ("dense", "combined_dense")
    length = int(random.integers(420, 900)) if dense else int(random.integers(90, 220))
    module = {
        "small": 3.6 - 2.2 * amount,
        "dense": 4.4 - 2.3 * amount,
        "combined_dense": 4.4 - 1.6 * amount,
        "jpeg60": 5.0 - 3.2 * amount,
    }.get(kind, float(random.uniform(5.5, 8.5)))
    sign = random.choice([-1, 1], 2)
    spoilt = Disturbance(yaw=float(random.uniform(-6, 6)), pitch=float(random.uniform(-6, 6)))
    match kind:
        case "perspective":
            spoilt = replace(spoilt, yaw=float(sign[0] * (10 + 54 * amount)), pitch=float(sign[1] * 25 * amount))
        case "moire":
            spoilt = replace(spoilt, moire=0.1 + 0.6 * amount)
        case "glare":
            spoilt = replace(spoilt, glare=0.1 + 0.45 * amount)
        case "motion":
            spoilt = replace(spoilt, motion=0.3 + 2.9 * amount)
        case "lowlight":
            spoilt = replace(spoilt, light=0.5 * (1 - amount) + 0.045, noise=3 + 5 * amount)
        case "defocus":
            spoilt = replace(spoilt, defocus=0.2 + 1.15 * amount)
        case "jpeg60":
            spoilt = replace(spoilt, jpeg=60)
        case "combined" | "combined_dense":
            less = 0.6 if dense else 0.85
            spoilt = Disturbance(
                yaw=float(sign[0] * 30 * less * amount),
                pitch=float(sign[1] * 20 * less * amount),
                moire=0.5 * less * amount,
                glare=0.2 * less * amount,
                motion=2.0 * less * amount,
                light=1 - 0.6 * amount,
                noise=2 + 6 * less * amount,
                defocus=0.7 * less * amount,
                jpeg=75,
            )
    text = "HC1:" + "".join(random.choice(list(_ALPHABET), length - 4))
    place = random.uniform(0.38, 0.62, 2)
    turn = float(random.uniform(-14, 14))
    level = "l" if dense else str(random.choice(["l", "m", "m", "q"]))
    return Scene(seed, text, module, turn, float(place[0] * WIDTH), float(place[1] * HEIGHT), level, spoilt)


def clip(kind: str, severity: float, seed: int, frames: int = 15) -> list[Picture]:
    """The frames of `held`."""
    return [draw(what, number) for number, what in enumerate(held(kind, severity, seed, frames))]


def held(kind: str, severity: float, seed: int, frames: int) -> list[Scene]:
    """The same scene in a hand that is never still: place, turn and distance drift, sharpness comes and goes."""
    start = scene(kind, severity, seed)
    random = np.random.default_rng([seed, 77])
    swing = random.uniform(0, 2 * math.pi, 4)
    scenes = []
    for number in range(frames):
        pace = number / 30 * 2 * math.pi
        now = start.spoilt
        # The hand stops now and then; the camera's focus hunts.
        rest = 0.75 + 0.3 * math.sin(pace * 2.1 + swing[0]) + float(random.normal(0, 0.06))
        moved = replace(
            start,
            x=start.x + 9 * math.sin(pace * 1.3 + swing[1]) + float(random.normal(0, 1.2)),
            y=start.y + 7 * math.sin(pace * 1.7 + swing[2]) + float(random.normal(0, 1.2)),
            turn=start.turn + 1.2 * math.sin(pace + swing[3]) + float(random.normal(0, 0.1)),
            module=start.module * (1 + 0.01 * math.sin(pace + swing[1])),
            spoilt=replace(now, motion=now.motion * rest, defocus=now.defocus * rest),
        )
        scenes.append(moved)
    return scenes


def idle(kind: str, seed: int) -> Picture:
    """A frame without a code; kind: one of IDLE. What looks like one on purpose: text, checks, noise, squares."""
    random = np.random.default_rng([seed, 99])
    if kind == "noise":
        picture = random.normal(60, 28, (HEIGHT, WIDTH, 3))
    elif kind == "checks":
        board = np.kron(random.integers(0, 2, (HEIGHT // 9, WIDTH // 9 + 1)), np.ones((9, 9)))[:HEIGHT, :WIDTH]
        picture = np.repeat((40 + 170 * np.pad(board, ((0, HEIGHT - board.shape[0]), (0, 0))))[..., None], 3, axis=2)
    elif kind == "desk":
        base = _desk(random)
        for _ in range(30):
            corner, side = random.integers(0, (WIDTH, HEIGHT)), int(random.integers(15, 60))
            for ring, shade in ((side, 20), (side * 5 // 7, 230), (side * 3 // 7, 20)):
                low, high = corner - ring // 2, corner + ring // 2
                cv2.rectangle(base, low.tolist(), high.tolist(), (shade, shade, shade), -1)
        picture = base.astype(np.float64)
    else:
        return draw(replace(scene("clean", 0, seed), text=""))
    return np.clip(picture + random.normal(0, 3, picture.shape), 0, 255).astype(np.uint8)


def draw(what: Scene, moment: int = 0) -> Picture:
    """The frame. moment: the frame's number in a clip: noise and glare differ, the scene is the same."""
    random = np.random.default_rng([what.seed, 5])
    frame = _desk(random)
    phone, anchor, code = _phone(what, random)
    matrix = _view(what, anchor)
    soft = cv2.GaussianBlur(phone, (0, 0), 0.45 * _FINER)
    size = (WIDTH, HEIGHT)
    cv2.warpPerspective(soft, matrix, size, dst=frame, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_TRANSPARENT)
    spoilt = what.spoilt
    light = frame.astype(np.float32)
    centre = matrix @ np.array([*anchor, 1])
    middle = centre[:2] / centre[2]
    if spoilt.moire:
        light *= _moire(what, random)[..., None]
    if spoilt.glare:
        light = _glared(light, middle, code * what.module, spoilt.glare, np.random.default_rng([what.seed, 6]), moment)
    if spoilt.defocus:
        light = _convolved(light, _disc(spoilt.defocus * what.module))
    if spoilt.motion:
        light = _convolved(light, _line(spoilt.motion * what.module, float(random.uniform(0, math.pi))))
    fresh = np.random.default_rng([what.seed, 8, moment])
    light *= spoilt.light
    # Shot noise grows with the root of the light; read noise is always there.
    # A quarter of the noise, four times: drawing it is what takes the time.
    grain = np.tile(fresh.standard_normal((HEIGHT // 2, WIDTH // 2, 3), np.float32), (2, 2, 1))
    light += grain * np.sqrt(spoilt.noise**2 + 0.12 * light)
    picture = np.clip(light, 0, 255).astype(np.uint8)
    if spoilt.jpeg:
        picture = _jpeg(picture, spoilt.jpeg)
    return picture


def _desk(random: np.random.Generator) -> Any:
    """Soft colours and papers."""
    coarse = random.uniform(30, 150, (6, 10, 3)).astype(np.float32)
    desk = np.clip(cv2.resize(coarse, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC), 0, 255).astype(np.uint8)
    for _ in range(5):
        box = (
            (random.uniform(0, WIDTH), random.uniform(0, HEIGHT)),
            random.uniform(120, 500, 2),
            random.uniform(0, 90),
        )
        shade = random.integers(20, 230, 3).tolist()
        cv2.fillConvexPoly(desk, cv2.boxPoints(box).astype(np.int32), shade)
    return desk


def _phone(what: Scene, random: np.random.Generator) -> tuple[Any, tuple[float, float], int]:
    """The phone as drawn, the middle of its code there, and the code's modules a side."""
    cell = max(2, round(what.module * _FINER))
    if what.text:
        code = segno.make(what.text, error=what.level, micro=False, boost_error=False)
        modules = np.array([list(row) for row in code.matrix], np.uint8)
    else:
        modules = np.zeros((45, 45), np.uint8)
    side = (len(modules) + 8) * cell
    wide, tall = int(side * 1.25), int(side * 2.1)
    phone = np.full((tall, wide, 3), 245, np.uint8)
    phone[: tall // 8] = random.integers(40, 200, 3)
    ink = {"fontFace": cv2.FONT_HERSHEY_SIMPLEX, "lineType": cv2.LINE_AA}
    scale = side / 700
    cv2.putText(
        phone, "E-LICENCE", (wide // 12, tall // 11), fontScale=2 * scale, color=(255, 255, 255), thickness=3, **ink
    )
    left, top = (wide - side) // 2, tall // 7
    crisp = np.kron(np.pad(1 - modules, 4, constant_values=1), np.ones((cell, cell)))
    phone[top : top + side, left : left + side] = (15 + 235 * crisp)[..., None]
    if not what.text:
        phone[top : top + side, left : left + side] = 245
    first = top + side if what.text else top
    for line, y in enumerate(range(first + side // 10, tall - side // 20, max(8, side // 14))):
        words = "".join(random.choice(list(_ALPHABET), 26))
        cv2.putText(phone, f"{line} {words}", (wide // 12, y), fontScale=scale, color=(40, 40, 40), thickness=2, **ink)
    cv2.rectangle(phone, (0, 0), (wide - 1, tall - 1), (20, 20, 20), max(3, wide // 60))
    return phone, (left + side / 2, top + side / 2), len(modules)


def _view(what: Scene, anchor: tuple[float, float]) -> Any:
    """From the drawn phone's pixels to the frame's: turned in space, seen from a camera at 2,000 pixels' distance."""
    cell = max(2, round(what.module * _FINER))
    scale = what.module / cell
    turn, yaw, pitch = (math.radians(a) for a in (what.turn, what.spoilt.yaw, what.spoilt.pitch))
    about_z = np.array([[math.cos(turn), -math.sin(turn), 0], [math.sin(turn), math.cos(turn), 0], [0, 0, 1]])
    about_y = np.array([[math.cos(yaw), 0, math.sin(yaw)], [0, 1, 0], [-math.sin(yaw), 0, math.cos(yaw)]])
    about_x = np.array([[1, 0, 0], [0, math.cos(pitch), -math.sin(pitch)], [0, math.sin(pitch), math.cos(pitch)]])
    turned = about_z @ about_y @ about_x
    far = 2000.0
    plane = np.array([[scale, 0, -scale * anchor[0]], [0, scale, -scale * anchor[1]], [0, 0, 1]])
    spread = np.column_stack([turned[:, 0], turned[:, 1], [0, 0, far]])
    lens = np.array([[far, 0, what.x], [0, far, what.y], [0, 0, 1]])
    return lens @ spread @ plane


def _moire(what: Scene, random: np.random.Generator) -> Any:
    """The screen's own pixels beat with the camera's."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    total = np.zeros((HEIGHT, WIDTH), np.float32)
    for period in (2.3, float(random.uniform(5, 14)), float(random.uniform(20, 60))):
        angle = float(random.uniform(0, math.pi))
        total += np.sin(2 * math.pi / period * (x * math.cos(angle) + y * math.sin(angle)))
    return 1 - what.spoilt.moire * (0.5 + total / 6)


def _glared(light: Any, middle: Any, side: float, share: float, random: np.random.Generator, moment: int) -> Any:
    """Lamps mirrored in the glass. share: of the code's side, how long a reflection is. They move with the hand."""
    lamp = np.zeros((HEIGHT, WIDTH), np.float32)
    for _ in range(int(random.integers(1, 3))):
        at = middle + random.uniform(-0.45, 0.45, 2) * side + moment * random.uniform(-2, 2, 2)
        axes = np.maximum(side * share * random.uniform(0.5, 1, 2) / 2, 2).astype(int)
        angle = float(random.uniform(0, 180))
        cv2.ellipse(lamp, at.astype(int).tolist(), axes.tolist(), angle, 0, 360, 1.0, -1)
    lamp = cv2.GaussianBlur(lamp, (0, 0), 5)
    return light + 420 * lamp[..., None]


def _disc(radius: float) -> Any:
    reach = math.ceil(radius)
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    kernel = np.clip(radius + 0.5 - np.hypot(x, y), 0, 1)
    return kernel / kernel.sum()


def _line(length: float, angle: float) -> Any:
    reach = math.ceil(length / 2) + 1
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    along, across = x * math.cos(angle) + y * math.sin(angle), y * math.cos(angle) - x * math.sin(angle)
    kernel = np.clip(length / 2 + 0.5 - abs(along), 0, 1) * np.clip(1 - abs(across), 0, 1)
    return kernel / kernel.sum()


def _convolved(light: Any, kernel: Any) -> Any:
    return cv2.filter2D(light, -1, kernel, borderType=cv2.BORDER_REPLICATE)


def _jpeg(picture: Picture, quality: int) -> Picture:
    _, packed = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), np.uint8)
