"""Working days, which legal and promised time limits are counted in.

The State Council publishes each year's holidays late in the year before (`chinese_calendar` has the published
years). Beyond them Monday to Friday is an estimate, and is said to be one.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import chinese_calendar


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
        try:
            works = chinese_calendar.is_workday(day)
        except NotImplementedError:
            works = day.weekday() < 5
            estimated.add(day.year)
        left -= bool(works)
    if not estimated:
        return Due(day)
    years = "、".join(str(year) for year in sorted(estimated))
    return Due(day, False, f"{years} 年放假安排尚未发布，暂按周一至周五推算")


def is_working_day(day: dt.date) -> bool:
    """Is it worked by the calendar, days exchanged for a holiday 调休 included? Unpublished years go by weekdays."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


def add_working_days(day: dt.date, n: int) -> dt.date:
    """`due_after` for those who need the day alone."""
    return due_after(day, n).day
