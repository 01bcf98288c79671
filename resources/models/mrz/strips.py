"""Strips as the reader will see them, rendered from OCR-B glyphs: what the net learns from.

A line is drawn large, seen by a made-up camera (size, turn, blur, motion, shadow, glare, noise, JPEG) and cut out again
with the small errors of the reader's own cutting. Everything follows from the seed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from app.identity.mrz.strip import ALPHABET, BETWEEN, HEIGHT, PITCH, STEP, normalise

FONTS = Path("/usr/share/fonts/opentype/ocr-b")
"""Where Debian's fonts-ocr-b lies."""
FACES = {"OCRB": 0.5, "OCRBS": 0.46, "OCRBL": 0.04}
"""Faces and how often each is drawn: round, sharp and slanted strokes."""
WIDE = 320
"""Pixels of one training strip."""
LARGE = 40
"""Pixels from character to character where the line is drawn."""
_TALL = 112
_WEIGHTS = (-1, 0, 0, 0, 1, 1, 2, 3)
_ALIKE = ("O0QDC", "I1LTJ", "B8S5", "Z27", "G6C", "K<XR", "VYUW", "MNHW", "EFP", "A4", "<K", "9G")


@dataclass(frozen=True, slots=True)
class Wear:
    """What a made-up camera does. Ranges are drawn from evenly; shares are of all pictures."""

    size: tuple[float, float]
    """Pixels from character to character."""
    straight: float
    """Share that is hardly turned."""
    squeezed: float
    """By how much the height of characters differs from their distance."""
    lean: float
    shadow: float
    glare: float
    light: tuple[float, float]
    blur: tuple[float, float]
    """Sigma in distances of characters."""
    motion: float
    """Share that was moved."""
    noise: tuple[float, float]
    """Sigma in grey levels."""
    packed: float
    """Share that went through JPEG."""
    quality: tuple[int, int]


_ANY = Wear((11, 30), 0.75, 0.07, 0.09, 0.4, 0.3, (0.35, 1.12), (0, 0.095), 0.6, (0.5, 13), 0.85, (35, 96))
_HARD = Wear((12, 24), 0.4, 0.15, 0.16, 0.7, 0.45, (0.3, 1.15), (0.035, 0.095), 0.9, (5, 14.5), 1.0, (35, 67))
"""A page held at an angle in a dim room, by a camera that just manages."""
_OFTEN_HARD = 0.5


class Glyphs:
    """Every character in every face and weight, as ink from 0 to 255."""

    def __init__(self) -> None:
        self.of: dict[tuple[str, int], list[np.ndarray]] = {}
        for face in FACES:
            path = str(FONTS / f"{face}.otf")
            size = 200 * LARGE / ImageFont.truetype(path, 200).getlength("0")
            font = ImageFont.truetype(path, round(size))
            box = font.getbbox("H")
            plain = []
            for char in ALPHABET:
                image = Image.new("L", (56, 72), 0)
                at = (28 - font.getlength(char) / 2, 36 - (box[1] + box[3]) / 2)
                ImageDraw.Draw(image).text(at, char, font=font, fill=255)
                plain.append(np.asarray(image))
            for weight in set(_WEIGHTS):
                brush = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * max(weight, 1) + 1,) * 2)
                change = {1: cv2.dilate, 0: lambda glyph, _: glyph, -1: cv2.erode}[int(np.sign(weight))]
                self.of[face, weight] = [np.asarray(change(glyph, brush), np.uint8) for glyph in plain]
        self.grain = np.random.default_rng(1).standard_normal(1 << 22, np.float32)
        """Noise to cut pieces from: drawing it anew for each strip would be half of the work."""


def words(rng: np.random.Generator, length: int) -> list[int]:
    """Characters without any sense: what a line may say is the reader's business, not the net's."""
    out: list[int] = []
    while len(out) < length:
        run = int(rng.integers(1, 10))
        kind = rng.random()
        if kind < 0.3:
            out += rng.integers(0, 36, run).tolist()
        elif kind < 0.5:
            out += rng.integers(0, 10, run).tolist()
        elif kind < 0.68:
            out += rng.integers(10, 36, run).tolist() + [36] * int(rng.integers(0, 3))
        elif kind < 0.8:
            out += [36] * run
        else:
            alike = _ALIKE[int(rng.integers(len(_ALIKE)))]
            out += [ALPHABET.index(alike[int(rng.integers(len(alike)))]) for _ in range(run)]
    return out[:length]


def background(rng: np.random.Generator, tall: int, wide: int) -> np.ndarray:
    """Security print: a tint, a slow change of it, and families of waving lines."""
    base = rng.uniform(150, 245)
    x = np.linspace(-1, 1, wide, dtype=np.float32)[None, :]
    y = np.linspace(-1, 1, tall, dtype=np.float32)[:, None]
    ground = base + rng.uniform(-12, 12) * x + rng.uniform(-8, 8) * y
    picture = np.clip(ground, 0, 255).astype(np.uint8)
    strength = rng.choice([0.0, 0.08, 0.16, 0.26, 0.32])
    if strength:
        along = np.linspace(0, 1, 40)
        for _ in range(int(rng.integers(1, 4))):
            shade = int(base * (1 - strength * rng.uniform(0.3, 1)))
            count, swing = int(rng.integers(3, 14)), rng.uniform(2, 40)
            wave, phase = rng.uniform(0.5, 4), rng.uniform(0, 6.3)
            thick = int(rng.choice([1, 1, 2, 3]))
            flat = rng.random() < 0.65
            for k in range(count):
                middle, span = (k + 0.5) / count, swing * np.sin(wave * 6.28 * along + phase + k * 0.25)
                across = (along * wide, middle * tall + span) if flat else (middle * wide + span, along * tall)
                points = (np.stack(across, 1) * 8).astype(np.int32)
                cv2.polylines(picture, [points], False, shade, thick, cv2.LINE_AA, 3)
    if rng.random() < 0.08:  # the edge of a page, a table, a finger
        edge = int(rng.integers(0, 24))
        picture[: edge if rng.random() < 0.5 else 0] = int(rng.uniform(0, 255))
        picture[tall - edge :] = int(rng.uniform(0, 255))
    return picture


def strips(rng: np.random.Generator, glyphs: Glyphs, count: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Strips of one picture: (HEIGHT, WIDE), normalised, and the class wanted of each column (-1: either will do)."""
    across = int(WIDE / PITCH) + 5
    text = words(rng, across)
    lead, tail = 0, across
    if rng.random() < 0.4:
        lead, tail = (int(rng.integers(1, 8)), across) if rng.random() < 0.5 else (0, across - int(rng.integers(1, 8)))
    if rng.random() < 0.03:
        lead = tail = 0
    wide = across * LARGE
    ink = np.zeros((_TALL, wide + 60), np.uint8)
    faces = list(FACES)
    face = faces[int(rng.choice(len(faces), p=list(FACES.values())))]
    drawn = glyphs.of[face, int(rng.choice(_WEIGHTS))]
    for k in range(lead, tail):
        x, y = LARGE * k + round(rng.normal(0, 0.7)), _TALL // 2 - 36 + round(rng.normal(0, 0.7))
        place = ink[y : y + 72, x + 22 : x + 78]
        np.maximum(place, drawn[text[k]], out=place)
    for side in (-1, 1):  # the lines above and below
        if rng.random() < 0.5:
            y = _TALL // 2 - 36 + side * round(LARGE * rng.uniform(1.75, 2.7))
            for k, char in enumerate(words(rng, across)):
                top, bottom = max(y, 0), min(y + 72, _TALL)
                if top < bottom:
                    place = ink[top:bottom, LARGE * k + 22 : LARGE * k + 78]
                    np.maximum(place, drawn[char][top - y : bottom - y], out=place)
    cover = ink[:, 30 : 30 + wide].astype(np.float32) * (rng.uniform(0.55, 1) / 255)
    ground = background(rng, _TALL, wide)
    flat = np.asarray(ground + (np.float32(rng.uniform(8, 70)) - ground) * cover, np.uint8)

    # From the drawing to the camera's pixels.
    wear = _HARD if rng.random() < _OFTEN_HARD else _ANY
    size = math.exp(rng.uniform(*np.log(wear.size)))
    turn = math.radians(rng.normal(0, 5) if rng.random() < wear.straight else rng.uniform(-40, 40))
    sx, sy, lean = (
        size / LARGE * rng.uniform(0.96, 1.04),
        size / LARGE * rng.uniform(1 - wear.squeezed, 1 + wear.squeezed),
        rng.uniform(-wear.lean, wear.lean),
    )
    turned = np.array([[math.cos(turn), -math.sin(turn)], [math.sin(turn), math.cos(turn)]])
    see = turned @ np.array([[sx, lean * sy], [0, sy]])
    corners = see @ np.array([[0, wide, wide, 0], [0, 0, _TALL, _TALL]], float)
    low, high = corners.min(1) - 2, corners.max(1) + 2
    camera = np.hstack([see, -low[:, None]])
    w, h = (int(v) for v in np.ceil(high - low))
    flat = cv2.GaussianBlur(flat, (0, 0), max(0.45 * LARGE / size, 0.35))
    seen = cv2.warpAffine(flat, camera, (w, h), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    seen = _worn(rng, seen, size, glyphs.grain, wear)
    return [_cut(rng, seen, camera, (text, lead, tail)) for _ in range(count)]


def _cut(
    rng: np.random.Generator, seen: np.ndarray, camera: np.ndarray, said: tuple[list[int], int, int]
) -> tuple[np.ndarray, np.ndarray]:
    """Back from the camera's picture to a strip, with the errors of a reader's cutting."""
    zoom_x, zoom_y = PITCH / LARGE * rng.uniform(0.93, 1.07), PITCH / LARGE * rng.uniform(0.9, 1.1)
    tilt, slant = rng.normal(0, 0.018), rng.normal(0, 0.06)
    begin = LARGE * rng.uniform(0.2, 2.5)
    # strip (u, v) -> drawing (x, y)
    middle = _TALL / 2 + rng.normal(0, 1.2) / zoom_y
    cut = np.array([[1 / zoom_x, slant / zoom_y], [tilt / zoom_x, 1 / zoom_y]])
    shift = np.array([begin - cut[0, 1] * HEIGHT / 2, middle - cut[1, 0] * WIDE / 2 - cut[1, 1] * HEIGHT / 2])
    whole = camera[:, :2] @ cut
    move = camera[:, :2] @ shift + camera[:, 2]
    out = cv2.warpAffine(
        seen,
        np.hstack([whole, move[:, None]]),
        (WIDE, HEIGHT),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return normalise(out), _wanted(*said, begin, zoom_x)


def _wanted(text: list[int], lead: int, tail: int, begin: float, zoom: float) -> np.ndarray:
    columns = np.arange(WIDE // STEP) * STEP / zoom + begin
    # Character k is drawn with its middle at LARGE * k + 20 (22 + 28 - 30).
    place = (columns - 20) / LARGE
    nearest = np.round(place).astype(int)
    off = np.abs(place - nearest)
    inside = (nearest >= lead) & (nearest < tail)
    said = np.array(text)[np.clip(nearest, 0, len(text) - 1)]
    wanted = np.where(off < 0.24, said, np.where(off > 0.37, BETWEEN, -1))
    return np.where(inside, wanted, BETWEEN).astype(np.int64)


def _worn(rng: np.random.Generator, seen: np.ndarray, size: float, bank: np.ndarray, wear: Wear) -> np.ndarray:
    """Light, blur, motion, noise and JPEG, as the camera adds them."""
    h, w = seen.shape
    seen = seen.astype(np.float32)
    x = np.linspace(-1, 1, w, dtype=np.float32)[None, :]
    y = np.linspace(-1, 1, h, dtype=np.float32)[:, None]
    if rng.random() < wear.shadow:
        a, edge = rng.uniform(0, 6.3), rng.uniform(3, 40)
        soft = 1 / (1 + np.exp(-(math.cos(a) * x + 0.3 * math.sin(a) * y - rng.uniform(-0.8, 0.8)) * edge))
        seen = seen * (1 - soft * rng.uniform(0.2, 0.65))
    if rng.random() < wear.glare:
        spread, tall = rng.uniform(2, 14) * size / w * 2, rng.uniform(2, 10) * size / h * 2
        glare = np.exp(-(((x - rng.uniform(-1, 1)) / spread) ** 2) - ((y - rng.uniform(-1, 1)) / tall) ** 2)
        glare = glare * rng.uniform(0.3, 0.85)
        seen = seen * (1 - glare) + 255 * glare
    seen = np.clip(seen * rng.uniform(*wear.light), 0, 255)
    blur = rng.uniform(*wear.blur) * size
    if blur > 0.25:
        seen = cv2.GaussianBlur(seen, (0, 0), blur)
    motion = rng.uniform(0, 0.23) * size if rng.random() < wear.motion else 0
    if motion > 1.2:
        reach = math.ceil(motion) | 1
        kernel, a = np.zeros((reach, reach), np.float32), rng.uniform(0, math.pi)
        middle, dx, dy = reach / 2, math.cos(a) * motion / 2, math.sin(a) * motion / 2
        cv2.line(kernel, (int(middle - dx + 0.5), int(middle - dy + 0.5)), (int(middle + dx), int(middle + dy)), 1.0, 1)
        seen = cv2.filter2D(seen, -1, kernel / max(float(kernel.sum()), 1.0))
    noise = rng.uniform(*wear.noise)
    fine, soft = (bank[at : at + h * w].reshape(h, w) for at in rng.integers(0, len(bank) - h * w, 2))
    grain = fine * noise + cv2.GaussianBlur(soft, (0, 0), 0.7) * (noise * 0.5)
    picture = np.clip(seen + grain, 0, 255).astype(np.uint8)
    if rng.random() < wear.packed:
        _, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(*wear.quality))])
        picture = cv2.imdecode(data, cv2.IMREAD_GRAYSCALE)
    return picture
