"""Bookings 预约 at the gateway: found by the code on the visitor's phone, or by the document that was read."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from app.domain.shared_data import Booking
from app.gateway.database import Database
from app.gateway.problems import Problem
from app.gateway.tables import bookings
from app.server import headers as h
from app.server.checking import JsonObject
from app.server.shared_wire import booking_document


class BookingDesk:
    """Keeps bookings as the booking service hands them over."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def load(self, some: Iterable[Booking]) -> int:
        """Take bookings in, each in the place of its older state. Gives how many."""
        count = 0
        with self._database.write() as connection:
            for booking in some:
                values = {
                    "number": booking.number,
                    "day": booking.day.isoformat(),
                    "document": h.canonical(booking_document(booking)).decode(),
                }
                statement: Any = self._database.insert(bookings).values(code=booking.code, **values)
                connection.execute(statement.on_conflict_do_update(index_elements=["code"], set_=values))
                count += 1
        return count

    def find(self, code: str) -> JsonObject:
        """One booking. Problem 404 when there is none of this code."""
        with self._database.read() as connection:
            text = connection.scalar(select(bookings.c.document).where(bookings.c.code == code))
        if text is None:
            raise Problem(404, "no-booking", "没有这个预约", "预约码不存在，或者预约已删除")
        document: JsonObject = json.loads(text)
        return document

    def of_person(self, number: str, day: dt.date) -> list[JsonObject]:
        """What a person has booked for a day, earliest first."""
        mine = select(bookings.c.document).where(bookings.c.number == number, bookings.c.day == day.isoformat())
        with self._database.read() as connection:
            found = [json.loads(text) for text in connection.scalars(mine)]
        return sorted(found, key=lambda document: (document["time"], document["code"]))
