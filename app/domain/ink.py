"""A signature's line: how smooth and how wide it is drawn, and how it is written down for others.

Screen, picture and paper draw the same line. The document follows the idea of ISO/IEC 19794-7 (full format): channels
X, Y, T, F and S with their scales, and one row a sample; as JSON, so that anybody can read it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from app.domain.signature import Point, Signature, Stroke

FORMAT = "yichuang-signature"
VERSION = 2
THIN, THICK = 1.5, 4.4
"""Width of the line in logical pixels of the pad, hardly pressed and pressed hard."""
_STEP = 2.5
"""Logical pixels between two points of the smooth line."""
_EASE = 0.35
"""How fast the width follows the pressure: a pen's reports jump, ink does not."""
_MM_PER_INCH = 25.4

Dab = tuple[float, float, float]
"""x, y and width of the line there."""


def smooth(stroke: Stroke) -> tuple[Dab, ...]:
    """The stroke as a line through its points: Catmull-Rom, evenly sampled; a dot stays a dot."""
    if not stroke:
        return ()
    widths = list(_widths(stroke))
    if len(stroke) == 1:
        point = stroke[0]
        return ((point.x, point.y, widths[0] * 1.3),)
    line: list[Dab] = [(stroke[0].x, stroke[0].y, widths[0])]
    for n, (a, b) in enumerate(pairwise(stroke)):
        before, after = stroke[max(n - 1, 0)], stroke[min(n + 2, len(stroke) - 1)]
        steps = max(1, math.ceil(math.dist((a.x, a.y), (b.x, b.y)) / _STEP))
        for step in range(1, steps + 1):
            t = step / steps
            x = _catmull(before.x, a.x, b.x, after.x, t)
            y = _catmull(before.y, a.y, b.y, after.y, t)
            line.append((x, y, widths[n] + (widths[n + 1] - widths[n]) * t))
    return tuple(line)


def _widths(stroke: Stroke) -> Iterator[float]:
    eased = stroke[0].pressure
    for point in stroke:
        eased += (point.pressure - eased) * _EASE
        yield THIN + (THICK - THIN) * eased


def _catmull(p0: float, p1: float, p2: float, p3: float, t: float) -> float:
    return 0.5 * (
        2 * p1 + (p2 - p0) * t + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t * t + (3 * p1 - p0 - 3 * p2 + p3) * t * t * t
    )


def document(signature: Signature) -> dict[str, Any]:
    """As JSON's dict. Channel F stands there only where pressure was measured; nobody may take a mouse for a pen."""
    measured = signature.tool in ("pen", "")
    channels: dict[str, dict[str, object]] = {
        "X": {"unit": "px", "min": 0, "max": signature.width},
        "Y": {"unit": "px", "min": 0, "max": signature.height},
        "T": {"unit": "ms"},
        **({"F": {"unit": "share of the hardest", "min": 0, "max": 1}} if measured else {}),
        "S": {"unit": "pen down"},
    }
    samples = []
    for stroke in signature.strokes:
        for n, point in enumerate(stroke):
            force = [point.pressure] if measured else []
            # S as in the standard: 1 while the pen touches; the last sample of a stroke lifts it.
            samples.append([point.x, point.y, point.ms, *force, int(n + 1 < len(stroke))])
    scale = round(signature.dpi / _MM_PER_INCH, 4) if signature.dpi else 0
    return {
        "format": FORMAT,
        "version": VERSION,
        "tool": signature.tool,
        "px_per_mm": scale,
        "width": signature.width,
        "height": signature.height,
        "channels": channels,
        "samples": samples,
    }


def from_document(given: Mapping[str, Any], unmeasured: float = 0.5) -> Signature:
    """The signature of `document`. ValueError: another format, or a broken one.

    unmeasured: pressure where there is no channel F.
    """
    try:
        if given["format"] != FORMAT or given["version"] != VERSION:
            raise ValueError("another format")
        names = list(given["channels"])
        strokes: list[Stroke] = []
        stroke: list[Point] = []
        for sample in given["samples"]:
            row = dict(zip(names, sample, strict=True))
            pressure = float(row["F"]) if "F" in row else unmeasured
            stroke.append(Point(float(row["X"]), float(row["Y"]), pressure, int(row["T"])))
            if not row["S"]:
                strokes.append(tuple(stroke))
                stroke = []
        if stroke:
            raise ValueError("a stroke without an end")
        dpi = float(given["px_per_mm"]) * _MM_PER_INCH
        return Signature(tuple(strokes), int(given["width"]), int(given["height"]), str(given["tool"]), round(dpi, 1))
    except (KeyError, TypeError) as error:
        raise ValueError("not a signature's document") from error
