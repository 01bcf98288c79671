"""A finger pressed instead of a signature, as one file: a sheet that says so in words, the template and the digest of
the form or paper inside it. The template is nobody's picture of a finger, so none is drawn."""

from __future__ import annotations

import base64
import hashlib
import io
import json
from collections.abc import Mapping

from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

from app.domain.clock import parse_iso, shanghai
from app.domain.errors import Refused
from app.domain.signature import FingerMark
from app.services.signed_answers import ANSWERS
from devices.kinds.biometric import Fingerprint

_FINGER, _FORM = "yichuang-fingerprint", "yichuang-form-sha256"
_SIZE = (640, 200)
LEAST_QUALITY = 40
"""Of 100, as the reader judges: below it the print is of no use to whoever must compare it later."""


def check_finger(finger: Fingerprint) -> None:
    """Refused: the print is too poor to be told from others."""
    if not finger.template or finger.quality < LEAST_QUALITY:
        raise Refused("指纹不清楚", f"采到的指纹质量只有 {finger.quality} 分。", "请擦干手指或换一个手指重按。")


def finger_mark(finger: Fingerprint) -> FingerMark:
    """What is said of a finger outside the sealed file."""
    return FingerMark(finger.format, finger.quality, hashlib.sha256(finger.template).hexdigest())


def picture_of_finger(
    finger: Fingerprint, shown_sha256: str, at: str, answers: Mapping[str, str] | None = None, about: str = "form"
) -> tuple[bytes, int, int]:
    """PNG, width, height. shown_sha256: of what it was pressed for, which is a form or a paper (about). at: ISO 8601,
    UTC. answers: of app.services.signed_answers."""
    mark = finger_mark(finger)
    picture = Image.new("L", _SIZE, 255)
    draw = ImageDraw.Draw(picture)
    draw.rectangle([4, 4, _SIZE[0] - 5, _SIZE[1] - 5], outline=0, width=2)
    lines = (
        "FINGERPRINT IN PLACE OF SIGNATURE" if about == "form" else "FINGERPRINT UNDER A PAPER",
        f"{shanghai(parse_iso(at)):%Y-%m-%d %H:%M:%S} UTC+8",
        f"quality {mark.quality}/100   {mark.format[:24]}",
        f"template sha256 {mark.template_sha256[:32]}",
        f"{about:8} sha256 {shown_sha256[:32]}",
    )
    # The built-in face has no Chinese; the sheet's Chinese name is the material's.
    for number, words in enumerate(lines):
        draw.text((24, 20 + 32 * number), words, fill=0, font_size=20)
    kept = {
        "template": base64.b64encode(finger.template).decode(),
        "format": finger.format,
        "quality": finger.quality,
        "at": at,
    }
    info = PngInfo()
    info.add_itxt(_FINGER, json.dumps(kept, separators=(",", ":")), zip=True)
    info.add_itxt(_FORM, shown_sha256)
    if answers:
        info.add_itxt(ANSWERS, json.dumps(dict(answers), separators=(",", ":")), zip=True)
    out = io.BytesIO()
    picture.save(out, "PNG", pnginfo=info, optimize=True)
    return out.getvalue(), picture.width, picture.height


def read_finger(data: bytes) -> tuple[Fingerprint, str]:
    """The finger in such a file, and the digest of what it was pressed for. ValueError for another file."""
    try:
        with Image.open(io.BytesIO(data), formats=["PNG"]) as picture:
            picture.load()
            texts = dict(getattr(picture, "text", {}))
        kept = json.loads(texts[_FINGER])
        template = base64.b64decode(kept["template"], validate=True)
        return Fingerprint(template, str(kept["format"]), int(kept["quality"])), str(texts[_FORM])
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise ValueError("not a fingerprint's file") from error
