"""Pictures and a font for made-up licences: a seal, an emblem."""

from __future__ import annotations

import functools
import io

from PIL import Image, ImageDraw

from app.demo.fonts import font, font_folders

MARKET = "湖州市市场监督管理局"


def png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


@functools.cache
def seal_picture(words: str = MARKET) -> bytes:
    """A round red seal on nothing, 400 pixels."""
    picture = Image.new("RGBA", (400, 400))
    pen = ImageDraw.Draw(picture)
    red = (214, 20, 20, 235)
    pen.ellipse((8, 8, 392, 392), outline=red, width=12)
    pen.regular_polygon((200, 190, 55), 5, fill=red)
    half = (len(words) + 1) // 2
    for row, part in enumerate((words[:half], words[half:])):
        pen.text((200, 78 + row * 44), part, fill=red, font=font(40), anchor="mm")
    pen.text((200, 320), "证照专用章", fill=red, font=font(40), anchor="mm")
    return png(picture)


@functools.cache
def emblem() -> bytes:
    picture = Image.new("RGB", (120, 120), (255, 250, 235))
    pen = ImageDraw.Draw(picture)
    pen.ellipse((4, 4, 116, 116), fill=(196, 30, 30))
    pen.regular_polygon((60, 60, 36), 5, fill=(250, 210, 60))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=90)
    return out.getvalue()


@functools.cache
def latin_font() -> bytes:
    return next(file for folder in font_folders() for file in folder.rglob("DejaVuSans.ttf")).read_bytes()
