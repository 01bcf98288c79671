"""When a desk is open: its hours laid on the calendar of working days, make-up days and legal holidays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import chinese_calendar

from app.domain.clock import shanghai
from app.domain.hours import OpenHours, Span, Spans, instant

WEEKDAYS = "一二三四五六日"
_AHEAD = 30
"""Days looked through for the next time that a desk is open: the longest holiday is eight."""


@dataclass(frozen=True, slots=True)
class OpenTime:
    """One stretch of a day. extended: 延时服务, beyond the working hours."""

    day: dt.date
    span: Span
    extended: bool

    @property
    def starts(self) -> dt.datetime:
        return instant(self.day, self.span.start)

    @property
    def ends(self) -> dt.datetime:
        return instant(self.day, self.span.end)

    @property
    def words(self) -> str:
        """12月5日（星期六）9:00–12:00."""
        return f"{self.day.month}月{self.day.day}日（星期{WEEKDAYS[self.day.weekday()]}）{self.span.words}"


class Opening:
    """The calendar of one desk."""

    def __init__(self, hours: OpenHours) -> None:
        self.hours = hours

    def of_day(self, day: dt.date) -> tuple[OpenTime, ...]:
        """When it is open on a day, in order.

        A make-up day 调休 (a Saturday that is worked) has Monday's hours where it has none of its own. On a legal
        holiday it is closed, unless the day itself is named.
        """
        hours = self.hours
        named = hours.days.get(day)
        if named == ():
            return ()
        works, feast = _kind(day)
        core: Spans = ()
        if works:
            core = hours.week.get(day.isoweekday()) or (hours.week.get(1, ()) if day.weekday() > 4 else ())
        more: Spans = () if feast else hours.extended.get(day.isoweekday(), ())
        found = [OpenTime(day, span, False) for span in core]
        for span in (*(named or ()), *more):
            if not any(span.start < other.span.end and other.span.start < span.end for other in found):
                found.append(OpenTime(day, span, True))
        return tuple(sorted(found, key=lambda one: one.span))

    def at(self, now: dt.datetime) -> OpenTime | None:
        """The stretch that this moment lies in; None: the desk is closed, or nothing is said of hours."""
        return next((one for one in self.of_day(shanghai(now).date()) if one.starts <= now < one.ends), None)

    def extended_at(self, now: dt.datetime) -> bool:
        """Is this 延时服务?"""
        found = self.at(now)
        return found is not None and found.extended

    def next_from(self, now: dt.datetime, extended: bool | None = None) -> OpenTime | None:
        """The first stretch that begins at this moment or later. extended: only such; None: any."""
        day = shanghai(now).date()
        for ahead in range(_AHEAD):
            for one in self.of_day(day + dt.timedelta(days=ahead)):
                if one.starts >= now and extended in (None, one.extended):
                    return one
        return None

    def pick_up(self, due: dt.date) -> OpenTime | None:
        """The first 延时服务 from the day on which a case is done: for whoever works when the desk does."""
        return self.next_from(instant(due, 0), True)


def groups(days: Mapping[int, Spans]) -> list[tuple[int, int, Spans]]:
    """A week as runs of weekdays with the same hours: first, last (1 Monday … 7 Sunday), hours."""
    found: list[tuple[int, int, Spans]] = []
    for day in range(1, 8):
        spans = days.get(day, ())
        if found and found[-1][1] == day - 1 and found[-1][2] == spans:
            found[-1] = (found[-1][0], day, spans)
        elif spans:
            found.append((day, day, spans))
    return found


def _kind(day: dt.date) -> tuple[bool, bool]:
    """Is it worked, and is it a legal holiday? Beyond the published years Monday to Friday is worked."""
    try:
        resting, name = chinese_calendar.get_holiday_detail(day)
    except NotImplementedError:
        return day.weekday() < 5, False
    return not resting, bool(resting and name)
