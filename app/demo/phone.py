"""A phone that shows an e-licence, drawn flat: what the clips then hold before the camera."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt
import segno
from PIL import Image, ImageDraw

from app.demo.fonts import font

Rgba = npt.NDArray[np.uint8]

BODY = (620, 1280)
"""Width and height of the phone in its own pixels."""
MARGIN = 170
"""Room around the phone for the fingers that hold it."""
_BEZEL = 14
_RADIUS = 64
_BLUE, _INK, _GREY, _PAPER = (46, 106, 214), (28, 32, 40), (120, 128, 140), (243, 245, 249)


@dataclass(frozen=True, slots=True)
class Screen:
    """What the phone shows. holder and number are masked, as the real apps do. labels: what stands before them."""

    title: str
    holder: str
    number: str
    issuer: str
    qr_text: str
    app: str = "电子证照"
    labels: tuple[str, str] = ("持有人", "证件号码")


def qr_picture(text: str, module: int = 8, quiet: int = 4) -> npt.NDArray[np.uint8]:
    """A code as a gray picture, black on white. module: pixels a module; quiet: modules of margin (ISO 18004: 4)."""
    matrix = np.array([list(row) for row in segno.make(text, error="m", micro=False, boost_error=False).matrix])
    modules = np.pad(np.where(matrix, 0, 255).astype(np.uint8), quiet, constant_values=255)
    return np.kron(modules, np.ones((module, module), np.uint8)).astype(np.uint8)


def draw_phone(screen: Screen) -> Rgba:
    """The phone with its screen on, on a transparent ground, in a hand; BGRA."""
    width, height = BODY
    picture = Image.new("RGBA", (width + 2 * MARGIN, height + 2 * MARGIN), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    left, top = MARGIN, MARGIN
    draw.rounded_rectangle((left, top, left + width, top + height), _RADIUS, fill=(18, 19, 22, 255))
    draw.rounded_rectangle(
        (left + 2, top + 2, left + width - 2, top + height - 2), _RADIUS - 2, outline=(92, 95, 102, 255), width=3
    )
    face = _draw_screen(screen, width - 2 * _BEZEL, height - 2 * _BEZEL)
    mask = Image.new("L", face.size, 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, face.width - 1, face.height - 1), _RADIUS - _BEZEL, fill=255)
    picture.paste(face, (left + _BEZEL, top + _BEZEL), mask)
    draw.rounded_rectangle(
        (left + width // 2 - 62, top + 26, left + width // 2 + 62, top + 58), 16, fill=(8, 8, 9, 255)
    )
    return _with_hand(np.asarray(cv2.cvtColor(np.asarray(picture), cv2.COLOR_RGBA2BGRA), dtype=np.uint8))


def _draw_screen(screen: Screen, width: int, height: int) -> Image.Image:
    face = Image.new("RGB", (width, height), _PAPER)
    draw = ImageDraw.Draw(face)
    draw.rectangle((0, 0, width, 176), fill=_BLUE)
    draw.text((36, 20), "10:24", font=font(26, bold=True), fill="white")
    for step in range(4):
        draw.rectangle((width - 140 + step * 10, 44 - step * 6, width - 134 + step * 10, 48), fill="white")
    draw.rounded_rectangle((width - 88, 26, width - 44, 48), 5, outline="white", width=2)
    draw.rectangle((width - 84, 30, width - 58, 44), fill="white")
    draw.line([(52, 96), (34, 114), (52, 132)], fill="white", width=5, joint="curve")
    _centred(draw, width, 94, screen.app, font(36, bold=True), "white")
    draw.rounded_rectangle((24, 200, width - 24, height - 170), 26, fill="white")
    _centred(draw, width, 228, screen.title, font(40, bold=True), _INK)
    draw.text((60, 302), screen.labels[0], font=font(25), fill=_GREY)
    draw.text((180, 302), screen.holder, font=font(25), fill=_INK)
    draw.text((60, 344), screen.labels[1], font=font(25), fill=_GREY)
    draw.text((180, 344), screen.number, font=font(25), fill=_INK)
    for x in range(60, width - 60, 18):
        draw.line((x, 398, x + 9, 398), fill=(205, 210, 218), width=2)
    code = Image.fromarray(qr_picture(screen.qr_text, module=6))
    side = width - 2 * 42
    face.paste(code.resize((side, side), Image.Resampling.NEAREST), (42, 412))
    _centred(draw, width, 418 + side, "请向工作人员出示此码", font(27), _INK)
    _centred(
        draw, width, 458 + side, f"{screen.issuer} 签发" if screen.app == "电子证照" else screen.issuer, font(22), _GREY
    )
    names = ("出示证照", "授权记录", "照面信息")
    for at, name in enumerate(names):
        x = width * (2 * at + 1) // 6
        colour = _BLUE if at == 0 else _GREY
        draw.ellipse((x - 15, height - 132, x + 15, height - 102), outline=colour, width=4)
        box = draw.textbbox((0, 0), name, font=font(22))
        draw.text((x - (box[2] - box[0]) / 2, height - 92), name, font=font(22), fill=colour)
    draw.rounded_rectangle((width // 2 - 90, height - 26, width // 2 + 90, height - 18), 4, fill=_INK)
    return face


def _centred(draw: ImageDraw.ImageDraw, width: int, y: int, text: str, with_font: object, fill: object) -> None:
    box = draw.textbbox((0, 0), text, font=with_font)  # type: ignore[arg-type]
    draw.text(((width - box[2] + box[0]) / 2, y), text, font=with_font, fill=fill)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class _Limb:
    """A finger or the ball of a thumb: a tapering rounded bar between two circles (x, y, radius)."""

    root: tuple[int, int, int]
    tip: tuple[int, int, int]
    nail: int = 0
    """Radius of the nail at the tip; 0: seen from its soft side."""


_RIGHT, _TOP = MARGIN + BODY[0], MARGIN
_BEHIND = (
    _Limb((_RIGHT - 160, _TOP + 620, 60), (_RIGHT + 30, _TOP + 452, 44)),
    _Limb((_RIGHT - 160, _TOP + 740, 62), (_RIGHT + 42, _TOP + 574, 46)),
    _Limb((_RIGHT - 160, _TOP + 850, 60), (_RIGHT + 40, _TOP + 698, 45)),
    _Limb((_RIGHT - 160, _TOP + 950, 56), (_RIGHT + 24, _TOP + 812, 40)),
    _Limb((MARGIN + 120, _TOP + 1330, 250), (MARGIN - 8, _TOP + 1010, 86)),
)
"""What shows beside the phone from behind it: bent fingers on the right, the ball of the thumb on the left."""
_BEFORE = (
    _Limb((_RIGHT + 34, _TOP + 448, 40), (_RIGHT - 6, _TOP + 436, 35), nail=20),
    _Limb((_RIGHT + 44, _TOP + 570, 42), (_RIGHT - 12, _TOP + 560, 36), nail=21),
    _Limb((_RIGHT + 42, _TOP + 694, 41), (_RIGHT - 10, _TOP + 688, 35), nail=20),
    _Limb((_RIGHT + 26, _TOP + 808, 37), (_RIGHT - 6, _TOP + 806, 31), nail=17),
    _Limb((MARGIN - 60, _TOP + 1330, 108), (MARGIN + 12, _TOP + 800, 47), nail=27),
)
"""What lies on the glass: finger tips and the thumb."""


def _with_hand(phone: Rgba) -> Rgba:
    """Somebody holds it in the left hand."""
    picture = np.zeros_like(phone)
    for limb in _BEHIND:
        picture = _with_limb(picture, limb)
    alpha = phone[:, :, 3:].astype(np.float32) / 255
    picture = np.clip(picture * (1 - alpha) + phone * alpha, 0, 255).astype(np.uint8)
    picture[:, :, 3] = np.maximum(picture[:, :, 3], phone[:, :, 3])
    for limb in _BEFORE:
        picture = _with_limb(picture, limb)
    return picture


def _with_limb(picture: Rgba, limb: _Limb) -> Rgba:
    mask = np.zeros(picture.shape[:2], np.uint8)
    rings = [
        np.array([(x + r * np.cos(a), y + r * np.sin(a)) for a in np.linspace(0, 2 * np.pi, 48)])
        for x, y, r in (limb.root, limb.tip)
    ]
    hull = cv2.convexHull(np.concatenate(rings).astype(np.int32))
    cv2.fillConvexPoly(mask, hull, 255, cv2.LINE_AA)
    x0, y0, width, height = cv2.boundingRect(hull)
    rows, columns = picture.shape[0], picture.shape[1]
    x1, y1 = min(x0 + width + 40, columns), min(y0 + height + 40, rows)
    x0, y0 = max(x0 - 40, 0), max(y0 - 40, 0)
    part, cover = picture[y0:y1, x0:x1].astype(np.float32), mask[y0:y1, x0:x1]
    shadow = cv2.GaussianBlur(cover, (0, 0), 11).astype(np.float32) / 255 * 0.4
    part[:, :, :3] *= (1 - shadow)[:, :, None]
    depth = cv2.distanceTransform(cover, cv2.DIST_L2, 5) / limb.tip[2]
    round_light = 0.58 + 0.42 * np.sqrt(1 - (1 - np.clip(depth, 0, 1)) ** 2)
    skin = np.array([118, 148, 192], np.float32) * round_light[:, :, None]
    if limb.nail:
        nail = np.zeros_like(cover)
        lean = (limb.tip[0] - limb.root[0], limb.tip[1] - limb.root[1])
        reach = 0.3 * limb.nail / max(float(np.hypot(*lean)), 1.0)
        angle = float(np.degrees(np.arctan2(lean[1], lean[0])))
        middle = (limb.tip[0] - x0 + int(lean[0] * reach), limb.tip[1] - y0 + int(lean[1] * reach))
        cv2.ellipse(nail, middle, (limb.nail, limb.nail * 3 // 4), angle, 0, 360, 255, -1, cv2.LINE_AA)
        share = cv2.GaussianBlur(nail, (0, 0), 1.5).astype(np.float32)[:, :, None] / 255 * 0.55
        skin = skin * (1 - share) + np.array([176, 186, 222], np.float32) * share
    share = cover.astype(np.float32)[:, :, None] / 255
    part[:, :, :3] = part[:, :, :3] * (1 - share) + skin * share
    part[:, :, 3] = np.maximum(part[:, :, 3], cover)
    out = picture.copy()
    out[y0:y1, x0:x1] = np.clip(part, 0, 255).astype(np.uint8)
    return out
