"""A document under a camera: each frame is read where the last one was, and several frames vote."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from app.identity.mrz.decide import decide
from app.identity.mrz.locate import Place
from app.identity.mrz.parse import Mrz, parse
from app.identity.mrz.read import SURE, ReadZone, Verdict, ZoneReader
from app.identity.mrz.strip import Gray

TOGETHER = 7.0
"""How sure readings must be together: frames of one document share their glare and blur, and so their errors."""
FRAMES = 3
"""So many readings are remembered."""


@dataclass(frozen=True, slots=True)
class Seen:
    """zone: this frame's reading, None when it has none. agreed: what may be taken without a person's look."""

    zone: ReadZone | None
    agreed: Mrz | None


def agreed(zones: Sequence[ReadZone], today: dt.date) -> Mrz | None:
    """What readings of one document agree on: one that is sure by itself, unless another such says otherwise; or what
    two or three of them say together, with all digits right and nothing forced."""
    sure = {zone.mrz.lines: zone.mrz for zone in zones if zone.verdict is Verdict.ACCEPTED}
    if sure:
        return next(iter(sure.values())) if len(sure) == 1 else None
    alike = [zone for zone in zones if zone.mrz.format == zones[-1].mrz.format]
    if len(alike) < 2:
        return None
    # What one frame lost to glare or noise another may show: characters are weighed together, then decided once.
    decided = decide(
        zones[-1].mrz.format, [np.sum(seen, axis=0) for seen in zip(*(z.seen for z in alike), strict=True)]
    )
    mrz = parse(decided.lines, today)
    clear = not decided.forced and decided.least >= TOGETHER
    return mrz if clear and mrz.valid and mrz.ordinary and not _contradicted(decided.lines, alike) else None


def _contradicted(lines: tuple[str, ...], zones: Sequence[ReadZone]) -> bool:
    """Whether a frame is sure that a character is another one."""
    return any(
        said != char and margin >= SURE
        for zone in zones
        for line, read, margins in zip(lines, zone.mrz.lines, zone.margins, strict=True)
        for char, said, margin in zip(line, read, margins, strict=True)
    )


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
        today = self._today()
        zone = self._reader.read(gray, today, self._near)
        self._near = zone.place if zone is not None else None
        if zone is None:
            return Seen(None, None)
        if self._last and not _may_be_same(self._last[-1], zone):
            self._last.clear()
        self._last.append(zone)
        return Seen(zone, agreed(tuple(self._last), today))


def _may_be_same(before: ReadZone, now: ReadZone) -> bool:
    """Another document has another layout or differs in more than a misread character or four."""
    pairs = [
        (a, b)
        for was, said in zip(before.mrz.lines, now.mrz.lines, strict=False)
        for a, b in zip(was, said, strict=False)
    ]
    return before.mrz.format == now.mrz.format and sum(a != b for a, b in pairs) <= 8
