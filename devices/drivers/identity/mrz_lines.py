"""From what a document reader sends line by line to a machine-readable zone (ICAO 9303-3). Pure.

Readers differ in what they put around the lines: CR, LF, both, a tab or nothing but the known length; STX and ETX, a
prefix, a check sum behind. What counts are runs of the zone's own characters of the three formats' lengths. Whether the
check digits are right is not asked here.
"""

from __future__ import annotations

import re
import time

SHAPES = ((3, 30), (2, 36), (2, 44))
"""Lines and characters a line: TD1 (cards), TD2, TD3 (passports)."""

QUIET = 0.4
"""Seconds of silence after which no further line will come: readers send a zone in one go."""

_ENDS = re.compile(rb"[\r\n\t\x02\x03\x1d]+")
_LINE = re.compile(r"[A-Z0-9<]{30,90}")
_CODE = re.compile(r"[A-Z][A-Z<]")
_MOST = 1024


def find_zone(text: str) -> tuple[str, ...] | None:
    """The zone in some lines of text, upper case; None when there is none, or more than one."""
    runs = [run for line in text.upper().splitlines() for run in _LINE.findall(line.replace(" ", ""))]
    joined = "".join(runs)
    for lines, size in SHAPES:
        # Some readers send the lines without anything between them.
        if len(joined) == lines * size and all(len(run) % size == 0 for run in runs):
            zone = tuple(joined[n * size : (n + 1) * size] for n in range(lines))
            # A document code (9303-3 §4.2) comes first; a second line begins with a number.
            if _CODE.match(zone[0]):
                return zone
    return None


class ZoneBytes:
    """Takes bytes as they come. A zone is whole as soon as its last character is there and the line has ended, or
    nothing more came for a moment."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._fed = 0.0

    @property
    def begun(self) -> bool:
        """Has anything come that could belong to a zone?"""
        return bool(self._buffer.strip(b"\r\n\t \x02\x03\0"))

    def feed(self, data: bytes, now: float | None = None) -> tuple[str, ...] | None:
        """The zone, when these bytes end it. now: seconds of a steady clock."""
        self._fed = time.monotonic() if now is None else now
        self._buffer += data
        del self._buffer[:-_MOST]
        if not data or not _ENDS.fullmatch(data[-1:]):
            return None
        return self._zone()

    def settle(self, now: float | None = None) -> tuple[str, ...] | str | None:
        """After a silence: the zone; "" when something came that is none; None when nothing came or more may come."""
        if not self.begun:
            return None
        if (time.monotonic() if now is None else now) - self._fed < QUIET:
            return None
        return self._zone() or ""

    def _zone(self) -> tuple[str, ...] | None:
        return find_zone(_ENDS.sub(b"\n", bytes(self._buffer)).decode("ascii", "replace"))
