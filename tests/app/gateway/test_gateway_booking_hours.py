"""Slots from the calendar: extended hours, room, refusals with their reason; what lies outside is marked, not lost."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator

import pytest
from gateway_kit import NOW, Raw

from app.domain.clock import shanghai
from app.domain.hours import OpenHours, read_days, read_week
from app.domain.shared_data import Booking, BookingState
from app.gateway.office_html import office_page
from app.gateway.server import GatewayServer
from app.materials.slots import BookingHours, booking_hours_document, read_booking_hours
from app.server.shared_wire import booking_document

TODAY = shanghai(NOW).date()
DAY = TODAY + dt.timedelta(days=(0 - TODAY.weekday()) % 7 or 7)
"""The Monday to come."""
SATURDAY = DAY + dt.timedelta(days=5)
HOURS = BookingHours(
    OpenHours(read_week("1-5 09:00-12:00 13:30-17:00"), read_week("1 17:00-19:00; 6 09:00-12:00")), 30, 2
)


def booking(number: int = 1, day: dt.date = DAY, time: str = "09:30", **changed: object) -> Booking:
    made = Booking(f"YY-0001-{number:04d}", "王㛃", f"33050319580923{number:04d}", day, time, ("x",), NOW)
    return dataclasses.replace(made, **changed)  # type: ignore[arg-type]


@pytest.fixture
def open_(server: GatewayServer) -> Iterator[GatewayServer]:
    server.gateway.bookings.set_hours(HOURS)
    yield server
    server.gateway.bookings.set_hours(None)


def times(raw: Raw, day: dt.date) -> dict[str, tuple[bool, int]]:
    slots = raw("GET", f"/v1/booking-slots/{day}").json()["slots"]
    return {slot["time"]: (slot["extended"], slot["left"]) for slot in slots}


def test_slots_are_the_calendars_extended_hours_among_them(open_: GatewayServer, raw: Raw) -> None:
    monday = times(raw, DAY)
    assert len(monday) == 6 + 7 + 4
    assert monday["09:00"] == (False, 2)
    assert monday["18:30"] == (True, 2)
    assert list(times(raw, SATURDAY)) == ["09:00", "09:30", "10:00", "10:30", "11:00", "11:30"]
    assert times(raw, SATURDAY + dt.timedelta(days=1)) == {}
    assert raw("GET", "/v1/booking-slots/2026-13-41").status_code == 422


def test_a_hall_without_a_calendar_offers_nothing(server: GatewayServer, raw: Raw) -> None:
    assert raw("GET", f"/v1/booking-slots/{DAY}").status_code == 404
    assert raw("POST", "/v1/bookings", booking_document(booking())).status_code == 404


def test_a_slot_takes_so_many_and_says_when_it_is_full(open_: GatewayServer, raw: Raw) -> None:
    assert raw("POST", "/v1/bookings", booking_document(booking(1, time="18:40"))).status_code == 200
    assert times(raw, DAY)["18:30"] == (True, 1)
    assert raw("POST", "/v1/bookings", booking_document(booking(2, time="18:59"))).status_code == 200
    refused = raw("POST", "/v1/bookings", booking_document(booking(3, time="18:30")))
    assert refused.status_code == 409
    assert refused.json()["type"].endswith("booking-full")
    assert "2 个号已约完" in refused.json()["detail"]
    assert raw("GET", "/v1/bookings/YY-0001-0003").status_code == 404, "nothing was kept of it"
    # The same code again moves the booking, and its own place does not count against it.
    assert raw("POST", "/v1/bookings", booking_document(booking(2, time="18:30"))).status_code == 200
    open_.gateway.bookings.load([booking(1, time="18:40", state=BookingState.CANCELLED)])
    assert raw("POST", "/v1/bookings", booking_document(booking(3, time="18:30"))).status_code == 200


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"time": "12:30"}, "booking-closed"),
        ({"time": "19:00"}, "booking-closed"),
        ({"day": SATURDAY + dt.timedelta(days=1)}, "booking-closed"),
        ({"day": TODAY - dt.timedelta(days=1)}, "booking-day"),
        ({"day": TODAY + dt.timedelta(days=61)}, "booking-day"),
    ],
    ids=["noon", "evening", "sunday", "yesterday", "far"],
)
def test_what_lies_outside_is_refused_with_the_reason(
    open_: GatewayServer, raw: Raw, changed: dict[str, object], name: str
) -> None:
    refused = raw("POST", "/v1/bookings", booking_document(booking(**changed)))  # type: ignore[arg-type]
    assert refused.status_code == 409
    assert refused.json()["type"].endswith(name)
    assert refused.json()["detail"]


def test_a_slot_that_is_over_is_not_offered(open_: GatewayServer, raw: Raw) -> None:
    hours = OpenHours(days={TODAY: (*read_days(f"{TODAY} 00:00-24:00")[TODAY],)})
    open_.gateway.bookings.set_hours(BookingHours(hours, 30, 2))
    now = shanghai(NOW)
    offered = times(raw, TODAY)
    assert min(offered) == f"{now.hour:02d}:{now.minute // 30 * 30:02d}"
    refused = raw("POST", "/v1/bookings", booking_document(booking(day=TODAY, time="00:00")))
    assert (refused.status_code, refused.json()["type"].rpartition(":")[2]) == (409, "booking-over")


def test_made_elsewhere_or_left_outside_by_a_new_calendar_it_is_marked_and_kept(open_: GatewayServer, raw: Raw) -> None:
    bookings = open_.gateway.bookings
    bookings.load([booking(1, time="12:30"), booking(2, time="18:30")])
    assert raw("GET", "/v1/bookings/YY-0001-0001").json()["outside"] is True
    assert "outside" not in raw("GET", "/v1/bookings/YY-0001-0002").json()
    assert [one["code"] for one in bookings.outside()] == ["YY-0001-0001"]
    assert bookings.extended() == 1
    # The evening is closed from now on: the booking stays, marked.
    bookings.set_hours(BookingHours(OpenHours(read_week("1-5 09:00-12:00")), 30, 2))
    mine = {"number": booking(2).number, "day": DAY.isoformat()}
    assert [one["outside"] for one in raw("POST", "/v1/bookings:find", mine).json()["bookings"]] == [True]
    assert [one["code"] for one in bookings.outside()] == ["YY-0001-0001", "YY-0001-0002"]
    page = office_page(open_.gateway, "mark", "")
    assert "预约不在开放时间（2）" in page
    assert page.count("请联系改期") == 2
    bookings.set_hours(HOURS)
    assert [one["code"] for one in bookings.outside()] == ["YY-0001-0001"], "judged anew by each calendar"


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (None, "应为"),
        ({"week": "1-9 09:00-12:00"}, "week 写法不对"),
        ({"minutes": 30}, "没有写明任何开放时间"),
        ({"week": "1-5 09:00-12:00", "capacity": 0}, "capacity 应为"),
        ({"week": "1-5 09:00-12:00", "minutes": 1}, "minutes 应为"),
        ({"weeks": ""}, "不认识 weeks"),
    ],
    ids=["none", "week", "nothing", "capacity", "minutes", "name"],
)
def test_a_wrong_calendar_is_named(document: object, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_booking_hours(document)


def test_a_calendar_is_kept_as_it_was_given() -> None:
    whole = BookingHours(
        OpenHours(HOURS.hours.week, HOURS.hours.extended, read_days("2026-12-26 09:00-12:00; 2027-01-01 closed")), 20, 5
    )
    assert read_booking_hours(booking_hours_document(whole)) == whole
