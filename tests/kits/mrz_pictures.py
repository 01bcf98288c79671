"""Pictures of made-up documents with a machine-readable zone: a page on a desk, turned, lit and blurred from a seed."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from app.identity.mrz.build import Document, build
from app.identity.mrz.layout import Format
from app.identity.mrz.names import transliterate

FONT = Path("/usr/share/fonts/opentype/ocr-b/OCRB.otf")
"""Debian's fonts-ocr-b."""
_PITCH = 32
_LARGE = {
    Format.TD1: (85.6, 54),
    Format.TD2: (105, 74),
    Format.TD3: (125, 88),
    Format.MRVA: (120, 80),
    Format.MRVB: (105, 74),
}

Picture = npt.NDArray[np.uint8]


def document(kind: Format = Format.TD3, **changes: object) -> Document:
    """A made-up person's document; changes name fields of Document."""
    code = {Format.TD3: "P", Format.MRVA: "V", Format.MRVB: "V"}.get(kind, "I")
    fields: dict[str, object] = {
        "format": kind,
        "code": code,
        "issuer": "D",
        "number": "C01X00T47",
        "nationality": "D",
        "surname": transliterate("Müller-Weiß", "D"),
        "given_names": transliterate("Jürgen Søren", "D"),
        "birth": "740812",
        "sex": "M",
        "expiry": "310415",
    }
    return Document(**{**fields, **changes})  # type: ignore[arg-type]


def page(lines: tuple[str, ...], kind: Format, seed: int = 1) -> Picture:
    """The flat page, _PITCH pixels a character, security print behind the zone."""
    rng = np.random.default_rng(seed)
    scale = _PITCH / 2.54
    wide, tall = (round(side * scale) for side in _LARGE[kind])
    picture = np.full((tall, wide), 225, np.uint8)
    for k in range(40):
        x = np.linspace(0, wide, 60)
        y = tall * (k / 40) + 25 * np.sin(x / 90 + k)
        cv2.polylines(picture, [np.stack([x, y], 1).astype(np.int32)], False, 200, 1, cv2.LINE_AA)
    image = Image.fromarray(picture)
    draw = ImageDraw.Draw(image)
    plain = ImageFont.load_default(26)
    for k, words in enumerate(("REISEPASS  PASSPORT", "Name / Surname", "MUELLER WEISS", "JUERGEN SOEREN")):
        draw.text((wide * 0.35, tall * (0.06 + 0.1 * k)), words, font=plain, fill=60)
    size = round(200 * _PITCH / ImageFont.truetype(str(FONT), 200).getlength("0"))
    font = ImageFont.truetype(str(FONT), size)
    apart = (5.0 if len(lines) == 3 else 6.2) * scale
    left = (wide - len(lines[0]) * _PITCH) / 2
    for k, line in enumerate(lines):
        y = tall - 9 * scale - apart * (len(lines) - 1 - k) + (4 * scale if len(lines) == 3 else 0)
        for at, char in enumerate(line):
            draw.text((left + at * _PITCH, y - _PITCH / 2 + rng.uniform(-1, 1)), char, font=font, fill=25)
    return np.asarray(image, np.uint8)


def frame(
    lines: tuple[str, ...],
    kind: Format,
    *,
    turn: float = 3.0,
    width: float = 900.0,
    seed: int = 1,
    blur: float = 0.6,
    noise: float = 4.0,
    size: tuple[int, int] = (1280, 800),
) -> Picture:
    """The page under a camera, brightness only. turn: degrees; width: its longer side, pixels; blur, noise: sigmas."""
    rng = np.random.default_rng(seed)
    flat = page(lines, kind, seed)
    tall, wide = flat.shape
    scale = width / wide
    corners = np.array([[0, 0], [wide, 0], [wide, tall], [0, tall]], np.float32)
    a = np.radians(turn)
    turned = np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]])
    seen = (corners - corners.mean(0) + rng.uniform(-0.02, 0.02, (4, 2)) * wide) * scale @ turned.T
    seen += np.array(size) / 2
    move = cv2.getPerspectiveTransform(corners, seen.astype(np.float32))
    soft = cv2.GaussianBlur(flat, (0, 0), 0.45 / scale)
    desk = np.full(size[::-1], 90, np.uint8)
    picture = cv2.warpPerspective(soft, move, size, dst=desk, borderMode=cv2.BORDER_TRANSPARENT).astype(np.float32)
    picture = cv2.GaussianBlur(picture, (0, 0), blur) + rng.normal(0, noise, picture.shape)
    return np.asarray(np.clip(picture, 0, 255), np.uint8)


def made(kind: Format = Format.TD3, **changes: object) -> tuple[str, ...]:
    """The lines of a made-up document."""
    return build(document(kind, **changes))
