"""What can be booked 预约号源: a desk's opening hours, the extended ones among them, cut into slots."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.hours import OpenHours, Span, hours_texts, minute_of, read_days, read_week
from app.materials.opening import Opening, OpenTime

_NAMES = ("week", "extended", "days", "minutes", "capacity")


@dataclass(frozen=True, slots=True)
class BookingHours:
    """minutes: of a slot; what is left at the end of a stretch is no slot. capacity: visitors a slot takes."""

    hours: OpenHours
    minutes: int = 30
    capacity: int = 2

    def slots(self, day: dt.date) -> tuple[OpenTime, ...]:
        """The slots of a day, in order."""
        return tuple(
            OpenTime(day, Span(start, start + self.minutes), stretch.extended)
            for stretch in Opening(self.hours).of_day(day)
            for start in range(stretch.span.start, stretch.span.end - self.minutes + 1, self.minutes)
        )

    def slot_at(self, day: dt.date, time: str) -> OpenTime | None:
        """The slot that a time (HH:MM) lies in; None: the desk is closed then."""
        at = minute_of(time)
        return next((slot for slot in self.slots(day) if slot.span.start <= at < slot.span.end), None)


def read_booking_hours(document: Any) -> BookingHours:
    """week, extended, days as in the settings' [hours]; minutes, capacity. ValueError: what is wrong, in words."""
    if not isinstance(document, Mapping) or not document:
        raise ValueError("应为 week、extended、days、minutes、capacity")
    if unknown := [str(name) for name in document if name not in _NAMES]:
        raise ValueError(f"不认识 {'、'.join(unknown)}")
    parts: dict[str, Any] = {}
    for name, read in (("week", read_week), ("extended", read_week), ("days", read_days)):
        try:
            parts[name] = read(str(document.get(name, "")))
        except ValueError as error:
            raise ValueError(f"{name} 写法不对") from error
    hours = OpenHours(**parts)
    if not hours.told:
        raise ValueError("没有写明任何开放时间")
    numbers = {name: document.get(name, usual) for name, usual in (("minutes", 30), ("capacity", 2))}
    for name, least, most in (("minutes", 5, 240), ("capacity", 1, 500)):
        number = numbers[name]
        if not isinstance(number, int) or isinstance(number, bool) or not least <= number <= most:
            raise ValueError(f"{name} 应为 {least} 到 {most} 的整数")
    return BookingHours(hours, **numbers)


def booking_hours_document(of: BookingHours) -> dict[str, Any]:
    """The same as `read_booking_hours` reads it."""
    return {**hours_texts(of.hours), "minutes": of.minutes, "capacity": of.capacity}
