"""A document under a camera: each frame is read where the last one was, and several frames vote."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from app.identity.mrz.locate import Place
from app.identity.mrz.parse import Mrz
from app.identity.mrz.read import SURE, ReadZone, Verdict, ZoneReader
from app.identity.mrz.strip import Gray

TOGETHER = SURE + 2
"""How sure equal readings must be together: frames of one document share their glare and blur, and so their errors."""
FRAMES = 3
"""So many readings are remembered."""


@dataclass(frozen=True, slots=True)
class Seen:
    """zone: this frame's reading, None when it has none. agreed: what may be taken without a person's look."""

    zone: ReadZone | None
    agreed: Mrz | None


def agreed(zones: Sequence[ReadZone]) -> Mrz | None:
    """What readings of one document agree on: one that is sure by itself, unless another such says otherwise; or two
    that are the same to the letter, with all digits right and nothing forced, and sure together."""
    sure = {zone.mrz.lines: zone.mrz for zone in zones if zone.verdict is Verdict.ACCEPTED}
    if sure:
        return next(iter(sure.values())) if len(sure) == 1 else None
    for first in zones:
        same = [zone for zone in zones if zone.mrz.lines == first.mrz.lines and not zone.forced]
        if len(same) < 2 or not (first.mrz.valid and first.mrz.ordinary):
            continue
        together = [np.sum(margins, axis=0) for margins in zip(*(zone.margins for zone in same), strict=True)]
        if min(float(margins.min()) for margins in together) >= TOGETHER:
            return first.mrz
    return None


class ZoneWatch:
    """Looks at one frame after the other. Not for several threads at once."""

    def __init__(self, reader: ZoneReader, today: Callable[[], dt.date]) -> None:
        self._reader = reader
        self._today = today
        self._last: deque[ReadZone] = deque(maxlen=FRAMES)
        self._near: Place | None = None

    def forget(self) -> None:
        """Another visitor, another document."""
        self._last.clear()
        self._near = None

    def look(self, gray: Gray) -> Seen:
        """Read a frame's zone."""
        zone = self._reader.read(gray, self._today(), self._near)
        self._near = zone.place if zone is not None else None
        if zone is None:
            return Seen(None, None)
        if self._last and not _may_be_same(self._last[-1], zone):
            self._last.clear()
        self._last.append(zone)
        return Seen(zone, agreed(tuple(self._last)))


def _may_be_same(before: ReadZone, now: ReadZone) -> bool:
    """Another document has another layout or differs in more than a misread character or four."""
    pairs = [
        (a, b)
        for was, said in zip(before.mrz.lines, now.mrz.lines, strict=False)
        for a, b in zip(was, said, strict=False)
    ]
    return before.mrz.format == now.mrz.format and sum(a != b for a, b in pairs) <= 8
