"""Opening hours of one desk 开放时间: the week's, the extended ones 延时服务 (5+X: evenings, Saturdays), single days.

Legal time limits know nothing of these: they count working days, whenever a desk is open; half days by the departments'
own sessions.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.clock import SHANGHAI

_SPAN = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)[-–—~]([01]?\d|2[0-4]):([0-5]\d)")
_DAYS = re.compile(r"[1-7](?:-[1-7])?(?:,[1-7](?:-[1-7])?)*")
CLOSED = "closed"
_MOST_SPANS = 4


def clock_time(minute: int) -> str:
    """09:00, of a minute of a day."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def minute_of(time: str) -> int:
    """The minute of a day, of HH:MM. ValueError: no such time."""
    hour, _, minute = time.partition(":")
    return int(hour) * 60 + int(minute)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From one minute of a day to another, counted from midnight in legal time; 24:00 is 1440."""

    start: int
    end: int

    @property
    def words(self) -> str:
        """9:00–12:00."""
        return "–".join(f"{minute // 60}:{minute % 60:02d}" for minute in (self.start, self.end))

    @property
    def text(self) -> str:
        """09:00-12:00, as it is read again."""
        return f"{clock_time(self.start)}-{clock_time(self.end)}"


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class OpenHours:
    """week: of working days, extended: beyond those; by ISO weekday, 1 Monday … 7 Sunday. days: of single days, beyond
    the rest; none: closed all day. All empty: nothing is said of hours."""

    week: Mapping[int, Spans] = field(default_factory=dict)
    extended: Mapping[int, Spans] = field(default_factory=dict)
    days: Mapping[dt.date, Spans] = field(default_factory=dict)

    @property
    def told(self) -> bool:
        """Is anything said at all?"""
        return bool(self.week or self.extended or self.days)


SESSIONS_FEED, SESSIONS_ID = "policies", "sessions"
"""Where the platform tells its departments' sessions: {"id", "sessions": as `Sessions.text`}."""


@dataclass(frozen=True, slots=True)
class Sessions:
    """The two halves of a working day of the departments 上午、下午, by which limits of half days run."""

    morning: Span = Span(8 * 60 + 30, 12 * 60)
    afternoon: Span = Span(13 * 60 + 30, 17 * 60 + 30)

    def __post_init__(self) -> None:
        if not 0 <= self.morning.start < self.morning.end <= self.afternoon.start < self.afternoon.end < 24 * 60:
            raise ValueError(f"no two sessions of a day: {self.morning.words} {self.afternoon.words}")

    @property
    def spans(self) -> Spans:
        return (self.morning, self.afternoon)

    @property
    def text(self) -> str:
        """As `read_sessions` reads it."""
        return " ".join(span.text for span in self.spans)


def read_sessions(text: str) -> Sessions:
    """`08:30-12:00 13:30-17:30`. ValueError: not two sessions of one day."""
    spans = _spans(text.replace("：", ":").split())
    if len(spans) != 2:
        raise ValueError(text)
    return Sessions(*spans)


def instant(day: dt.date, minute: int) -> dt.datetime:
    """A minute of a legal day, UTC."""
    midnight = dt.datetime.combine(day, dt.time(), SHANGHAI)
    return (midnight + dt.timedelta(minutes=minute)).astimezone(dt.UTC)


def read_week(text: str) -> dict[int, Spans]:
    """`1-5 09:00-12:00 13:30-17:00; 6 09:00-12:00`. ValueError: not of this form, or spans that overlap."""
    found: dict[int, Spans] = {}
    for part in _parts(text):
        days, *spans = part.split()
        if _DAYS.fullmatch(days) is None or not spans:
            raise ValueError(part)
        for one in days.split(","):
            first, _, last = one.partition("-")
            for day in range(int(first), int(last or first) + 1):
                if day in found:
                    raise ValueError(part)
                found[day] = _spans(spans)
            if last and last < first:
                raise ValueError(part)
    return found


def read_days(text: str) -> dict[dt.date, Spans]:
    """`2026-12-26 09:00-12:00; 2027-01-01 closed`. ValueError: not of this form."""
    found: dict[dt.date, Spans] = {}
    for part in _parts(text):
        day, *spans = part.split()
        when = dt.date.fromisoformat(day)
        if when in found or not spans:
            raise ValueError(part)
        found[when] = () if spans == [CLOSED] else _spans(spans)
    return found


def hours_texts(hours: OpenHours) -> dict[str, str]:
    """Opening hours as `read_week` and `read_days` read them, by the names that they have in [hours]."""

    def spans(some: Spans) -> str:
        return " ".join(span.text for span in some)

    return {
        "week": "; ".join(f"{day} {spans(some)}" for day, some in sorted(hours.week.items())),
        "extended": "; ".join(f"{day} {spans(some)}" for day, some in sorted(hours.extended.items())),
        "days": "; ".join(f"{day} {spans(some) or CLOSED}" for day, some in sorted(hours.days.items())),
    }


def _parts(text: str) -> list[str]:
    # A Chinese input method writes the full-width ones.
    tidy = text.replace("；", ";").replace("：", ":").replace("，", ",")
    return [part.strip() for part in tidy.split(";") if part.strip()]


def _spans(texts: list[str]) -> Spans:
    found = []
    for text in texts:
        match = _SPAN.fullmatch(text)
        if match is None:
            raise ValueError(text)
        hour, minute, to_hour, to_minute = map(int, match.groups())
        found.append(Span(hour * 60 + minute, to_hour * 60 + to_minute))
    found.sort()
    if len(found) > _MOST_SPANS or any(not span.start < span.end <= 24 * 60 for span in found):
        raise ValueError(" ".join(texts))
    if any(before.end > after.start for before, after in itertools.pairwise(found)):
        raise ValueError(" ".join(texts))
    return tuple(found)
