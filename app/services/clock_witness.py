"""Can the machine's clock be believed at this moment? Said of each case as it is accepted (docs/protocol.md, Time).

The witness keeps an anchor: the last moment at which nothing spoke against the clock, by the clock and by the machine's
own ticks. What is suspect never becomes the anchor, so that a clock that stands wrong stays suspect until it agrees
with the anchor again, or the platform has said that it is right.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Protocol

from app.domain.clock import Clock, isoformat, parse_iso
from app.domain.ticks import ClockReading, Ticks
from app.server.headers import SKEW_LIMIT

ANCHOR = "clock.anchor"
"""Setting: the anchor, JSON."""
_BACK = dt.timedelta(seconds=5)
"""Time services put a clock back by less, and often."""
_SKEW = dt.timedelta(seconds=SKEW_LIMIT)
_STANDS = dt.timedelta(minutes=4)
"""So long an anchor is left as it is when the platform agrees with it. Across a restart a clock put back shows only
against the anchor: an older one would hide more than the limit."""


class Settings(Protocol):
    """What the witness needs of offline_db.store.Store."""

    def setting(self, key: str) -> str | None: ...
    def set_setting(self, key: str, value: str) -> None: ...


@dataclass(frozen=True, slots=True)
class _Anchor:
    at: dt.datetime
    elapsed: dt.timedelta
    boot_id: str


class ClockWitness:
    """Reads and writes the store: not for the event loop.

    offset_setting: under which setting the sync engine keeps platform minus this machine, in milliseconds.
    """

    def __init__(self, store: Settings, clock: Clock, ticks: Ticks, offset_setting: str) -> None:
        self._store = store
        self._offset_setting = offset_setting
        self._clock = clock
        self._ticks = ticks

    def read(self, at: dt.datetime) -> ClockReading:
        """What is to be kept beside the time `at`, which the clock has just given."""
        offset = self._offset()
        now = _Anchor(at, self._ticks.elapsed(), self._ticks.boot_id)
        suspect = abs(offset or dt.timedelta()) > _SKEW or self._moved(now)
        if not suspect:
            self._keep(now)
        milliseconds = None if offset is None else round(offset / dt.timedelta(milliseconds=1))
        elapsed = round(now.elapsed / dt.timedelta(milliseconds=1))
        return ClockReading(milliseconds, elapsed, now.boot_id, suspect)

    def run(self) -> bool:
        """To be called after each contact with the platform: a clock that agrees with its is right from now on.
        True when it did."""
        offset = self._offset()
        if offset is None or abs(offset) > _SKEW:
            return False
        now = _Anchor(self._clock.now(), self._ticks.elapsed(), self._ticks.boot_id)
        if not self._stands(now):
            self._keep(now)
        return True

    def _stands(self, now: _Anchor) -> bool:
        """Is the anchor there, of this start of the machine, young, and within a second of what the ticks say?"""
        anchor = self._anchor()
        if anchor is None or anchor.boot_id != now.boot_id:
            return False
        elapsed = now.elapsed - anchor.elapsed
        return dt.timedelta() <= elapsed < _STANDS and abs(now.at - anchor.at - elapsed) < dt.timedelta(seconds=1)

    def _offset(self) -> dt.timedelta | None:
        text = self._store.setting(self._offset_setting)
        return None if text is None else dt.timedelta(milliseconds=int(text))

    def _moved(self, now: _Anchor) -> bool:
        """Was the clock put back, or set by more than the limit, since the anchor?"""
        anchor = self._anchor()
        if anchor is None:
            return False
        passed = now.at - anchor.at
        if anchor.boot_id != now.boot_id:
            return passed < -_BACK
        drift = passed - (now.elapsed - anchor.elapsed)
        return drift < -_BACK or drift > _SKEW

    def _anchor(self) -> _Anchor | None:
        text = self._store.setting(ANCHOR)
        if text is None:
            return None
        kept = json.loads(text)
        return _Anchor(parse_iso(kept["at"]), dt.timedelta(milliseconds=kept["elapsed_ms"]), kept["boot_id"])

    def _keep(self, anchor: _Anchor) -> None:
        kept = {
            "at": isoformat(anchor.at),
            "elapsed_ms": round(anchor.elapsed / dt.timedelta(milliseconds=1)),
            "boot_id": anchor.boot_id,
        }
        self._store.set_setting(ANCHOR, json.dumps(kept))
