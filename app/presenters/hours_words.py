"""A desk's opening hours in words, for the citizen's screen and for who signs in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from PyQt6.QtCore import QCoreApplication

from app.domain.clock import Clock
from app.domain.hours import OpenHours, Spans
from app.materials.opening import Opening, OpenTime, groups
from app.presenters.desk import Desk
from widgets.views import Tone

translate = QCoreApplication.translate


def hours_lines(hours: OpenHours) -> tuple[str, ...]:
    """For the citizen's screen: the working week, then the extended hours; nothing where nothing is said of hours."""
    week, more = _week(hours.week), _week(hours.extended)
    said = (
        translate("Hours", "开放时间：{0}").format(week) if week else "",
        translate("Hours", "延时服务：{0}").format(more) if more else "",
    )
    return tuple(line for line in said if line)


def on_signing_in(hours: OpenHours, now: dt.datetime) -> tuple[str, str] | None:
    """What a clerk who signs in now should know: title and what follows from it. None in working hours, or where
    nothing is said of hours."""
    if not hours.told:
        return None
    opening = Opening(hours)
    found = opening.at(now)
    if found is None:
        nearest = opening.next_from(now)
        when = translate("Hours", "下次开放：{0}").format(_when(nearest)) if nearest is not None else ""
        return translate("Hours", "现在不在开放时间"), when
    if not found.extended:
        return None
    until = translate("Hours", "到 {0} 为止；受理的办件计入延时服务，办理时限仍按工作日计算。")
    return translate("Hours", "现在是延时服务"), until.format(found.span.words.partition("–")[2])


def tell_hours(desk: Desk, hours: OpenHours, clock: Clock) -> None:
    """Somebody has signed in: extended hours, and times when the desk is closed, are said."""
    said = on_signing_in(hours, clock.now())
    if said is not None:
        desk.tell(Tone.INFO, said[0], said[1], "")


def _when(one: OpenTime) -> str:
    return f"{one.day:%m-%d} {_day(one.day.isoweekday())} {one.span.words}"


def _week(days: Mapping[int, Spans]) -> str:
    said = []
    for first, last, spans in groups(days):
        run = translate("Hours", "{0}至{1}").format(_day(first), _day(last)) if last > first else _day(first)
        said.append(f"{run} {translate('Hours', '、').join(span.words for span in spans)}")
    return translate("Hours", "；").join(said)


def _day(number: int) -> str:
    return (
        translate("Hours", "周一"), translate("Hours", "周二"), translate("Hours", "周三"), translate("Hours", "周四"),
        translate("Hours", "周五"), translate("Hours", "周六"), translate("Hours", "周日"),
    )[number - 1]  # fmt: skip
