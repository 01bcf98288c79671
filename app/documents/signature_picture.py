"""A signature as a picture: the line of app.domain.ink, drawn fine and made smaller for a smooth edge."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

from app.domain.ink import smooth
from app.domain.signature import Signature

SCALE = 2
"""Dots of the picture to a logical pixel of the pad: sharp on paper, a few KB."""
_FINER = 3


def drawn(signature: Signature) -> Image.Image:
    """Grey on white. Of a pad that gives no strokes: its own picture. OSError: that is none."""
    if signature.picture and not signature.strokes:
        with Image.open(io.BytesIO(signature.picture), formats=["PNG", "JPEG"]) as given:
            return given.convert("L")
    scale = SCALE * _FINER
    picture = Image.new("L", (signature.width * scale, signature.height * scale), 255)
    draw = ImageDraw.Draw(picture)
    for stroke in signature.strokes:
        line = smooth(stroke)
        for (ax, ay, _), (bx, by, width) in zip(line, line[1:] or line, strict=False):
            dot = width * scale / 2
            draw.line([(ax * scale, ay * scale), (bx * scale, by * scale)], 0, round(width * scale))
            draw.ellipse([bx * scale - dot, by * scale - dot, bx * scale + dot, by * scale + dot], 0)
    return picture.resize((signature.width * SCALE, signature.height * SCALE), Image.Resampling.BOX)


def png(signature: Signature) -> bytes:
    """The same as a file."""
    out = io.BytesIO()
    drawn(signature).save(out, "PNG", optimize=True)
    return out.getvalue()
