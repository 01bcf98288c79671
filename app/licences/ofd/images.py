"""Pictures from a stranger: measured before they are decoded, of few kinds, and never more than a page can show."""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass

from PIL import Image, UnidentifiedImageError

MAX_PIXELS = 30_000_000
MAX_TOTAL = 80_000_000
"""Pixels of all pictures of a page together."""
_KINDS = ("PNG", "JPEG", "BMP", "GIF")
_JB2 = b"\x97JB2"


class NoPicture(ValueError):
    """It is not shown; says why, in words for the clerk."""


@dataclass(frozen=True, slots=True)
class Picture:
    """entries, data: as a PDF holds it. mask: 8-bit grey, where it shows; None: everywhere. pixels: how many."""

    entries: str
    data: bytes
    mask: bytes | None
    pixels: int


def read_picture(data: bytes, stated: str = "") -> Picture:
    """stated: the format by the file's own word. NoPicture when it is none, too large, or of a kind not supported."""
    if stated in ("JB2", "JBIG2") or data[:4] == _JB2:
        raise NoPicture("有 JBIG2 图片，未显示")
    try:
        with Image.open(io.BytesIO(data), formats=_KINDS) as image:
            width, height = image.size
            if not width or not height or width * height > MAX_PIXELS:
                raise NoPicture("有图片过大，未显示")
            size = f"/Width {width} /Height {height} "
            if image.format == "JPEG" and image.mode in ("RGB", "L"):
                image.draft(None, (1, 1))  # an eighth of the size is enough to see whether it is whole
                image.load()
                space = "/DeviceRGB" if image.mode == "RGB" else "/DeviceGray"
                return Picture(
                    f"{size}/ColorSpace {space} /BitsPerComponent 8 /Filter /DCTDecode", data, None, width * height
                )
            return _flat(image, size)
    except NoPicture:
        raise
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, zlib.error) as error:
        raise NoPicture("有图片不能读取，未显示") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise NoPicture("有图片过大，未显示") from error
    except Exception as error:  # Pillow's readers raise struct.error, IndexError, TypeError … on what is torn
        raise NoPicture("有图片不能读取，未显示") from error


def _flat(image: Image.Image, size: str) -> Picture:
    mask: bytes | None = None
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        whole = image.convert("RGBA")
        mask = whole.getchannel("A").tobytes()
        image = whole
    grey = image.mode in ("1", "L")
    plain = image.convert("L" if grey else "RGB")
    space = "/DeviceGray" if grey else "/DeviceRGB"
    packed = zlib.compress(plain.tobytes(), 1)
    entries = f"{size}/ColorSpace {space} /BitsPerComponent 8 /Filter /FlateDecode"
    return Picture(entries, packed, mask, plain.width * plain.height)
