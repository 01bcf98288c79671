"""Time is handed in, never asked for in rules.

Stored times are UTC; legal times (papers, deadlines, case dates) are Asia/Shanghai, which has had no daylight
saving time since 1991, so a fixed offset is exact and needs no zone database.
"""

from __future__ import annotations

import datetime as dt
from typing import Protocol

SHANGHAI = dt.timezone(dt.timedelta(hours=8), "Asia/Shanghai")
DAY_ENDS = "T16:00:00.000Z"
"""After a legal day's date: when it ends, as `isoformat` writes it, so that text sorts as time does."""


class Clock(Protocol):
    def now(self) -> dt.datetime:
        """The present time, aware, in UTC."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> dt.datetime:
        return dt.datetime.now(dt.UTC)


class FixedClock:
    """A clock that stands still until it is told to move; for tests and training."""

    def __init__(self, at: dt.datetime) -> None:
        if at.tzinfo is None:
            raise ValueError("a clock needs an aware time")
        self._at = at.astimezone(dt.UTC)

    def now(self) -> dt.datetime:
        return self._at

    def advance(self, by: dt.timedelta) -> None:
        self._at += by


def shanghai(at: dt.datetime) -> dt.datetime:
    """The same instant in legal time."""
    return at.astimezone(SHANGHAI)


def isoformat(at: dt.datetime) -> str:
    """UTC as RFC 3339 with milliseconds, e.g. 2026-11-21T03:04:05.678Z: the one form stored and sent."""
    return at.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def parse_iso(text: str) -> dt.datetime:
    """Read an RFC 3339 time; a time without a zone is refused with ValueError."""
    at = dt.datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(f"no time zone: {text}")
    return at.astimezone(dt.UTC)


NOTED_ANEW = dt.timedelta(minutes=10)
"""How old a note of a moment that runs on with the clock ("heard last at …") may grow before it is written anew."""


def due_anew(kept: str | None, now: dt.datetime, after: dt.timedelta = NOTED_ANEW) -> bool:
    """Is a note of a moment (`isoformat`; None: there is none) to be written anew? One from the future is."""
    return not kept or not dt.timedelta() <= now - parse_iso(kept) < after
