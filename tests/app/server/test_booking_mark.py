"""That a booking lies outside the hours is told by the platform and never handed back to it."""

from __future__ import annotations

from desk_parts import Parts

from app.domain.shared_data import Booking
from app.server.shared_wire import booking_document, read_booking


def test_the_mark_travels_and_is_never_stored(parts: Parts) -> None:
    now = parts.clock.now()
    made = Booking("YY-0001-0001", "王㛃", "330503195809230421", now.date(), "12:30", (), now)
    assert read_booking({**booking_document(made), "outside": True}).outside
    assert "outside" not in booking_document(read_booking({**booking_document(made), "outside": True}))
