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
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, delete, select

from app.domain.clock import Clock, shanghai
from app.domain.hours import clock_time, instant, minute_of
from app.domain.shared_data import Booking, BookingState
from app.gateway.database import Database
from app.gateway.problems import Problem
from app.gateway.tables import bookings, meta
from app.materials.opening import Opening, OpenTime
from app.materials.slots import BookingHours, booking_hours_document, read_booking_hours
from app.server import headers as h
from app.server.booking_schemas import DAYS_TOLD
from app.server.checking import JsonObject
from app.server.shared_wire import booking_document, read_booking

_HOURS = "booking-hours"
"""Where the calendar stands among what the database says of itself."""
OUTSIDE = "outside"
_AHEAD = 60
"""Days that can be booked ahead."""
_MOST = 100
"""Bookings of one person that are told at once."""


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
        with self._database.read() as connection:
            return self._offered(connection, self._need_hours(connection), day)

    def days(self, first: dt.date) -> list[JsonObject]:
        """Two weeks from a day on, as far as they can be booked; closed days among them. Problem 404 as `slots`."""
        today = shanghai(self._clock.now()).date()
        last = today + dt.timedelta(days=_AHEAD)
        found = [first + dt.timedelta(days=ahead) for ahead in range(DAYS_TOLD)] if first <= last else []
        with self._database.read() as connection:
            hours = self._need_hours(connection)
            return [
                {
                    "day": day.isoformat(),
                    "open": bool(hours.slots(day)),
                    "slots": self._offered(connection, hours, day),
                }
                for day in found
                if today <= day <= last
            ]

    def book(self, booking: Booking) -> JsonObject:
        """Take a place. Problem 409: the desk is closed then, the slot is full or over, the code is another person's or
        was cancelled, or this person has the slot already; 404: there is no calendar.

        The same code again moves that booking; its own place does not count against it.
        """
        if booking.state is not BookingState.BOOKED:
            raise Problem(422, "bad-booking", "预约状态不对", "state 应为 booked；取消另有接口")
        now = self._clock.now()
        with self._database.write() as connection:
            # Two windows may want the last place at once: whoever books holds the calendar until the place is written.
            hours = self._need_hours(connection, hold=True)
            if not 0 <= (booking.day - shanghai(now).date()).days <= _AHEAD:
                raise Problem(409, "booking-day", "这一天不能预约", f"可以预约今天起 {_AHEAD} 天以内的时间")
            slot = hours.slot_at(booking.day, booking.time)
            if slot is None:
                nearest = Opening(hours.hours).next_from(now)
                when = f"，最近的开放时间是 {nearest.words}" if nearest is not None else ""
                raise Problem(409, "booking-closed", "不在开放时间", f"{booking.day} {booking.time} 窗口不开放{when}")
            if slot.ends <= now:
                raise Problem(409, "booking-over", "这个时段已过", f"{slot.words} 已经结束")
            self._may_book(connection, hours, booking, slot)
            self._keep(connection, booking)
        return self.find(booking.code)

    def cancel(self, code: str, number: str) -> JsonObject:
        """Give a place back; told again it stays given back. number: whose it is, so that a code alone cancels nothing.
        Problem 404: this person has none of this code; 409: its time is over."""
        now = self._clock.now()
        with self._database.write() as connection:
            booking = self._locked(connection, code)
            if booking is None or booking.number != number:
                raise Problem(404, "no-booking", "没有这个预约", "预约码不存在，或者不是这位来访者的预约")
            if booking.state is BookingState.BOOKED:
                hours = self._hours(connection)
                slot = hours.slot_at(booking.day, booking.time) if hours is not None else None
                if (slot.ends if slot is not None else instant(booking.day, minute_of(booking.time))) <= now:
                    raise Problem(
                        409, "booking-over", "这个预约已过", f"{booking.day} {booking.time} 已经过了，不用取消"
                    )
                self._keep(connection, replace(booking, state=BookingState.CANCELLED))
        return self.find(code)

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
        standing = [one for one in map(json.loads, texts) if one["state"] == BookingState.BOOKED]
        found = [hours.slot_at(dt.date.fromisoformat(one["day"]), one["time"]) for one in standing]
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

    def of_person(self, number: str, day: dt.date, until: dt.date | None = None) -> list[JsonObject]:
        """What a person has booked for a day, or for the days through `until`; earliest first, at most 100."""
        days = bookings.c.day.between(day.isoformat(), (until or day).isoformat())
        mine = select(bookings.c.document).where(bookings.c.number == number, days)
        with self._database.read() as connection:
            hours = self._hours(connection)
            found = [_told(json.loads(text), hours) for text in connection.scalars(mine)]
        return sorted(found, key=lambda one: (one["day"], one["time"], one["code"]))[:_MOST]

    def _keep(self, connection: Connection, booking: Booking) -> None:
        values = {
            "number": booking.number,
            "day": booking.day.isoformat(),
            "document": h.canonical(booking_document(booking)).decode(),
        }
        statement: Any = self._database.insert(bookings).values(code=booking.code, **values)
        connection.execute(statement.on_conflict_do_update(index_elements=["code"], set_=values))

    def _hours(self, connection: Connection, *, hold: bool = False) -> BookingHours | None:
        row = select(meta.c.value).where(meta.c.key == _HOURS)
        text = connection.scalar(row.with_for_update() if hold else row)
        return read_booking_hours(json.loads(text)) if text else None

    def _need_hours(self, connection: Connection, *, hold: bool = False) -> BookingHours:
        hours = self._hours(connection, hold=hold)
        if hours is None:
            raise Problem(404, "no-booking-hours", "没有开放预约", "平台没有这个大厅的预约时间表")
        return hours

    def _offered(self, connection: Connection, hours: BookingHours, day: dt.date) -> list[JsonObject]:
        now = self._clock.now()
        slots = [slot for slot in hours.slots(day) if slot.ends > now]
        taken = self._taken(connection, hours, day) if slots else Counter()
        return [
            {
                "time": clock_time(slot.span.start),
                "until": clock_time(slot.span.end),
                "extended": slot.extended,
                "left": max(hours.capacity - taken[slot.span.start], 0),
            }
            for slot in slots
        ]

    def _locked(self, connection: Connection, code: str) -> Booking | None:
        """The booking as it stands, held to the end of the transaction."""
        row = select(bookings.c.document).where(bookings.c.code == code).with_for_update()
        text = connection.scalar(row)
        return read_booking(json.loads(text)) if text is not None else None

    def _may_book(self, connection: Connection, hours: BookingHours, booking: Booking, slot: OpenTime) -> None:
        """Problem 409 when the code, the person or the slot stands against it."""
        before = self._locked(connection, booking.code)
        if before is not None and before.number != booking.number:
            raise Problem(409, "booking-other", "预约码不是这位来访者的", "这个预约码已经属于另一位预约人")
        if before is not None and before.state is BookingState.CANCELLED:
            raise Problem(409, "booking-cancelled", "这个预约已取消", "取消了的预约不能改期，要重新预约")
        mine = select(bookings.c.document).where(
            bookings.c.number == booking.number,
            bookings.c.day == booking.day.isoformat(),
            bookings.c.code != booking.code,
        )
        for other in map(json.loads, connection.scalars(mine)):
            if other["state"] == BookingState.BOOKED and hours.slot_at(booking.day, other["time"]) == slot:
                detail = f"{slot.words} 已有这位来访者的预约"
                raise Problem(409, "booking-twice", "这个时段已经约过", detail)
        if self._taken(connection, hours, booking.day, but=booking.code)[slot.span.start] >= hours.capacity:
            raise Problem(409, "booking-full", "这个时段已约满", f"{slot.words} 的 {hours.capacity} 个号已约完")

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
