"""The portrait as a picture that the window can show: JPEG as it is, JPEG 2000 made into PNG."""

from __future__ import annotations

import io

from PIL import Image

from app.identity.chip.groups import Portrait

_MOST_PIXELS = 16_000_000
"""Portraits have some 480 × 640; a chip must not make the counter unpack a gigabyte."""
_MOST_SIDE = 1200


def shown(portrait: Portrait) -> bytes | None:
    """PNG bytes, at most 1,200 pixels high or wide; None when it is no picture. Not for the event loop."""
    try:
        with Image.open(io.BytesIO(portrait.data), formats=("JPEG", "JPEG2000")) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                return None
            whole = picture.convert("RGB")
        whole.thumbnail((_MOST_SIDE, _MOST_SIDE))
        made = io.BytesIO()
        whole.save(made, "PNG", compress_level=1)  # for the screen only, and the clerk waits for it
        return made.getvalue()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
