"""Working days, which legal and promised time limits are counted in; half of one is a session: morning or afternoon.

The State Council publishes each year's holidays late in the year before (`chinese_calendar` has the published
years). Beyond them Monday to Friday is an estimate, and is said to be one.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import chinese_calendar

from app.domain.clock import shanghai
from app.domain.hours import Sessions, instant


@dataclass(frozen=True, slots=True)
class Due:
    """A day some working days away. exact: False when an unpublished year was counted by weekdays, as note says."""

    day: dt.date
    exact: bool = True
    note: str = ""


def due_after(day: dt.date, working_days: int) -> Due:
    """The last day of a limit of so many working days; the day itself does not count (民法典第二百零一条).

    ValueError for a negative number.
    """
    if working_days < 0:
        raise ValueError(f"negative time limit: {working_days}")
    estimated: set[int] = set()
    left = working_days
    while left:
        day += dt.timedelta(days=1)
        left -= _works(day, estimated)
    return Due(day, not estimated, _note(estimated))


def is_working_day(day: dt.date) -> bool:
    """Is it worked by the calendar, days exchanged for a holiday 调休 included? Unpublished years go by weekdays."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


def add_working_days(day: dt.date, n: int) -> dt.date:
    """`due_after` for those who need the day alone."""
    return due_after(day, n).day


@dataclass(frozen=True, slots=True)
class DueAt:
    """The moment some sessions away, UTC. exact, note: as of `Due`."""

    at: dt.datetime
    exact: bool = True
    note: str = ""

    @property
    def day(self) -> dt.date:
        """Its legal day."""
        return shanghai(self.at).date()


def due_after_halves(moment: dt.datetime, halves: int, sessions: Sessions) -> DueAt:
    """The end of a limit promised in so many half working days.

    Half a day ends with the first session that begins after the moment: accepted in the morning or over lunch, with
    the afternoon; in the afternoon or later, at noon of the next working day. Of more, the whole days are counted as
    those of any limit, without the day of acceptance (民法典第二百零一条), and the half is the morning after them:
    a day and a half never ends before one day does. A make-up Saturday 调休 is worked. ValueError: less than one half,
    or a time without a zone.
    """
    if halves < 2:
        return due_after_sessions(moment, halves, sessions)
    if moment.tzinfo is None:
        raise ValueError(f"no limit of half days: {halves} from {moment}")
    whole = due_after(shanghai(moment).date(), (halves + 1) // 2)
    last = sessions.spans[0 if halves % 2 else -1]
    return DueAt(instant(whole.day, last.end), whole.exact, whole.note)


def due_after_sessions(moment: dt.datetime, count: int, sessions: Sessions) -> DueAt:
    """The end of the n-th session that begins after the moment: what was left of a limit counts on by these.
    ValueError: none, or a time without a zone."""
    if count < 1 or moment.tzinfo is None:
        raise ValueError(f"no limit of half days: {count} from {moment}")
    estimated: set[int] = set()
    day = shanghai(moment).date()
    while True:
        if _works(day, estimated):
            for session in sessions.spans:
                count -= instant(day, session.start) > moment
                if not count:
                    return DueAt(instant(day, session.end), not estimated, _note(estimated))
        day += dt.timedelta(days=1)


def halves_between(moment: dt.datetime, due: dt.datetime, sessions: Sessions) -> int:
    """How many sessions of working days end after a moment and not after another: what is left of a limit."""
    if due <= moment:
        return 0
    day, last, found = shanghai(moment).date(), shanghai(due).date(), 0
    while day <= last:
        if _works(day, set()):
            found += sum(moment < instant(day, session.end) <= due for session in sessions.spans)
        day += dt.timedelta(days=1)
    return found


def _works(day: dt.date, estimated: set[int]) -> bool:
    """Is it worked? estimated takes the year down where nobody has published it."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        estimated.add(day.year)
        return day.weekday() < 5


def _note(estimated: set[int]) -> str:
    if not estimated:
        return ""
    years = "、".join(str(year) for year in sorted(estimated))
    return f"{years} 年放假安排尚未发布，暂按周一至周五推算"
