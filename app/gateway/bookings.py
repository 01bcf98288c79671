"""Bookings 预约 at the gateway: slots offered from the desk's opening calendar, and bookings found by the code on the
visitor's phone or by the document that was read.

A booking through the gateway lies in a slot that has room, or is refused with the reason. One made elsewhere is taken
as it comes. Whether a booking lies in the hours is judged whenever it is told, by the calendar in force then: one that
a changed calendar leaves outside is marked and not lost.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, delete, select

from app.domain.clock import Clock, shanghai
from app.domain.shared_data import Booking, BookingState
from app.gateway.database import Database
from app.gateway.problems import Problem
from app.gateway.tables import bookings, meta
from app.materials.opening import Opening, OpenTime
from app.materials.slots import BookingHours, booking_hours_document, read_booking_hours
from app.server import headers as h
from app.server.checking import JsonObject
from app.server.shared_wire import booking_document

_HOURS = "booking-hours"
"""Where the calendar stands among what the database says of itself."""
OUTSIDE = "outside"
_AHEAD = 60
"""Days that can be booked ahead."""


class BookingDesk:
    """Keeps bookings, and offers slots once it has a calendar."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    # ------------------------------------------------------------------------------------------------ calendar

    def set_hours(self, hours: BookingHours | None) -> None:
        """The calendar from now on; bookings that lie outside it are marked from now on. None: no slots are offered."""
        with self._database.write() as connection:
            if hours is None:
                connection.execute(delete(meta).where(meta.c.key == _HOURS))
                return
            text = h.canonical(booking_hours_document(hours)).decode()
            statement: Any = self._database.insert(meta).values(key=_HOURS, value=text)
            connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_={"value": text}))

    def slots(self, day: dt.date) -> list[JsonObject]:
        """The slots of a day that are not over, with the places left in each. Problem 404: there is no calendar."""
        now = self._clock.now()
        with self._database.read() as connection:
            hours = self._hours(connection)
            if hours is None:
                raise Problem(404, "no-booking-hours", "没有开放预约", "平台没有这个大厅的预约时间表")
            taken = self._taken(connection, hours, day)
        return [
            {
                "time": _clock(slot.span.start),
                "until": _clock(slot.span.end),
                "extended": slot.extended,
                "left": max(hours.capacity - taken[slot.span.start], 0),
            }
            for slot in hours.slots(day)
            if slot.ends > now
        ]

    def book(self, booking: Booking) -> JsonObject:
        """Take a place. Problem 409: the desk is closed then, the slot is full or over; 404: there is no calendar.

        The same code again moves that booking; its own place does not count against it.
        """
        now = self._clock.now()
        with self._database.write() as connection:
            hours = self._hours(connection)
            if hours is None:
                raise Problem(404, "no-booking-hours", "没有开放预约", "平台没有这个大厅的预约时间表")
            if not 0 <= (booking.day - shanghai(now).date()).days <= _AHEAD:
                raise Problem(409, "booking-day", "这一天不能预约", f"可以预约今天起 {_AHEAD} 天以内的时间")
            slot = hours.slot_at(booking.day, booking.time)
            if slot is None:
                nearest = Opening(hours.hours).next_from(now)
                when = f"，最近的开放时间是 {nearest.words}" if nearest is not None else ""
                raise Problem(409, "booking-closed", "不在开放时间", f"{booking.day} {booking.time} 窗口不开放{when}")
            if slot.ends <= now:
                raise Problem(409, "booking-over", "这个时段已过", f"{slot.words} 已经结束")
            if self._taken(connection, hours, booking.day, but=booking.code)[slot.span.start] >= hours.capacity:
                raise Problem(409, "booking-full", "这个时段已约满", f"{slot.words} 的 {hours.capacity} 个号已约完")
            self._keep(connection, booking)
        return self.find(booking.code)

    def outside(self) -> list[JsonObject]:
        """Bookings of today and later that lie outside the calendar, the earliest first; none without a calendar."""
        today = shanghai(self._clock.now()).date().isoformat()
        with self._database.read() as connection:
            hours = self._hours(connection)
            texts = connection.scalars(select(bookings.c.document).where(bookings.c.day >= today)).all()
        told = [_told(json.loads(text), hours) for text in texts]
        return sorted((one for one in told if one.get(OUTSIDE)), key=lambda one: (one["day"], one["time"], one["code"]))

    def extended(self) -> int:
        """How many bookings of today and later lie in extended hours 延时服务."""
        today = shanghai(self._clock.now()).date().isoformat()
        with self._database.read() as connection:
            hours = self._hours(connection)
            if hours is None:
                return 0
            texts = connection.scalars(select(bookings.c.document).where(bookings.c.day >= today)).all()
        found = [hours.slot_at(dt.date.fromisoformat(one["day"]), one["time"]) for one in map(json.loads, texts)]
        return sum(slot is not None and slot.extended for slot in found)

    # ------------------------------------------------------------------------------------------------ bookings

    def load(self, some: Iterable[Booking]) -> int:
        """Take bookings in that were made elsewhere, each in the place of its older state. Gives how many."""
        count = 0
        with self._database.write() as connection:
            for booking in some:
                self._keep(connection, booking)
                count += 1
        return count

    def find(self, code: str) -> JsonObject:
        """One booking. Problem 404 when there is none of this code."""
        with self._database.read() as connection:
            text = connection.scalar(select(bookings.c.document).where(bookings.c.code == code))
            hours = self._hours(connection)
        if text is None:
            raise Problem(404, "no-booking", "没有这个预约", "预约码不存在，或者预约已删除")
        return _told(json.loads(text), hours)

    def of_person(self, number: str, day: dt.date) -> list[JsonObject]:
        """What a person has booked for a day, earliest first."""
        mine = select(bookings.c.document).where(bookings.c.number == number, bookings.c.day == day.isoformat())
        with self._database.read() as connection:
            hours = self._hours(connection)
            found = [_told(json.loads(text), hours) for text in connection.scalars(mine)]
        return sorted(found, key=lambda document: (document["time"], document["code"]))

    def _keep(self, connection: Connection, booking: Booking) -> None:
        values = {
            "number": booking.number,
            "day": booking.day.isoformat(),
            "document": h.canonical(booking_document(booking)).decode(),
        }
        statement: Any = self._database.insert(bookings).values(code=booking.code, **values)
        connection.execute(statement.on_conflict_do_update(index_elements=["code"], set_=values))

    def _hours(self, connection: Connection) -> BookingHours | None:
        text = connection.scalar(select(meta.c.value).where(meta.c.key == _HOURS))
        return read_booking_hours(json.loads(text)) if text else None

    def _taken(self, connection: Connection, hours: BookingHours, day: dt.date, but: str = "") -> Counter[int]:
        """How many are booked in each slot, by the minute at which it begins; those made elsewhere count as well."""
        rows = select(bookings.c.document).where(bookings.c.day == day.isoformat(), bookings.c.code != but)
        found: Counter[int] = Counter()
        for text in connection.scalars(rows):
            document = json.loads(text)
            slot = hours.slot_at(day, document["time"])
            if slot is not None and document["state"] == BookingState.BOOKED:
                found[slot.span.start] += 1
        return found


def _told(document: JsonObject, hours: BookingHours | None) -> JsonObject:
    """A booking as it is told: with a mark when the desk is closed at its time."""
    if hours is None or document["state"] != BookingState.BOOKED:
        return document
    slot: OpenTime | None = hours.slot_at(dt.date.fromisoformat(document["day"]), document["time"])
    return document if slot is not None else {**document, OUTSIDE: True}


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
