"""A signature as a picture for systems that want one: black on white, the line that the screen and the papers draw."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np

from app.domain.ink import smooth
from app.domain.signature import Signature

_SCALE = 2
"""Dots a logical pixel of the pad."""
_MOST = 4096
"""Dots of a side: a pad's own words about its size are not believed beyond."""


def signature_png(signature: Signature) -> bytes:
    """PNG. A pad's own picture as it is, in PNG; else its strokes drawn. ValueError: neither can be drawn."""
    if signature.picture:
        picture = cv2.imdecode(np.frombuffer(signature.picture, np.uint8), cv2.IMREAD_COLOR)
    else:
        width, height = (min(max(1, round(side * _SCALE)), _MOST) for side in (signature.width, signature.height))
        picture = np.full((height, width, 3), 255, np.uint8)
        for stroke in signature.strokes:
            line = [
                (round(x * _SCALE), round(y * _SCALE), max(1, round(wide * _SCALE))) for x, y, wide in smooth(stroke)
            ]
            for (ax, ay, _), (bx, by, wide) in pairwise(line):
                cv2.line(picture, (ax, ay), (bx, by), (0, 0, 0), wide, cv2.LINE_AA)
            if len(line) == 1:
                cv2.circle(picture, line[0][:2], line[0][2] // 2 + 1, (0, 0, 0), -1, cv2.LINE_AA)
    good, png = (False, None) if picture is None else cv2.imencode(".png", picture)
    if not good or png is None:
        raise ValueError("no picture of this signature")
    return png.tobytes()
