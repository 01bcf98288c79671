"""Booked at the window for a later day: two weeks at a glance, moved, given back, and never twice by accident."""

from __future__ import annotations

import dataclasses
import datetime as dt
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from gateway_kit import DEVICE, NOW, TOKEN, Raw
from sqlalchemy import text

from app.domain.clock import FixedClock, shanghai
from app.domain.hours import OpenHours, read_week
from app.domain.shared_data import Booking, BookingState
from app.gateway.problems import Problem
from app.gateway.server import GatewayServer
from app.materials.slots import BookingHours
from app.server.errors import Rejected
from app.server.shared_client import SharedDataClient
from app.server.shared_wire import booking_document

TODAY = shanghai(NOW).date()
DAY = TODAY + dt.timedelta(days=(0 - TODAY.weekday()) % 7 or 7)
"""The Monday to come."""
HOURS = BookingHours(OpenHours(read_week("1-5 09:00-12:00"), read_week("1 17:00-19:00")), 30, 1)
NUMBER = "330503195809230421"
ASKERS = 4


def booking(code: str = "YW-AAAA-0001", **changed: object) -> Booking:
    made = Booking(code, "王㛃", NUMBER, DAY, "09:30", ("x",), NOW, fields={"applicant.phone": "13905720001"})
    return dataclasses.replace(made, **changed)  # type: ignore[arg-type]


@pytest.fixture
def open_(server: GatewayServer) -> Iterator[GatewayServer]:
    server.gateway.bookings.set_hours(HOURS)
    yield server
    server.gateway.bookings.set_hours(None)


@pytest.fixture
def line(open_: GatewayServer) -> Iterator[SharedDataClient]:
    client = SharedDataClient(open_.url, DEVICE, TOKEN)
    yield client
    client.close()


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Rejected) as told:
        act()
    assert told.value.detail
    return f"{told.value.status} {told.value.title}"


def test_two_weeks_with_the_closed_days_among_them(line: SharedDataClient) -> None:
    line.book(booking())
    days = line.booking_days(TODAY)
    assert [day.day for day in days] == [TODAY + dt.timedelta(days=ahead) for ahead in range(14)]
    of = {day.day: day for day in days}
    assert not of[DAY - dt.timedelta(days=1)].open
    monday = of[DAY]
    assert (monday.open, monday.left) == (True, 9)
    assert [(slot.time, slot.until, slot.extended, slot.left) for slot in monday.slots][1] == (
        "09:30",
        "10:00",
        False,
        0,
    )
    assert [slot.time for slot in monday.slots if slot.extended] == ["17:00", "17:30", "18:00", "18:30"]


def test_only_days_that_can_be_booked_are_told(line: SharedDataClient, raw: Raw) -> None:
    assert line.booking_days(TODAY - dt.timedelta(days=3))[0].day == TODAY
    last = line.booking_days(TODAY + dt.timedelta(days=57))
    assert [day.day for day in last] == [TODAY + dt.timedelta(days=ahead) for ahead in range(57, 61)]
    assert line.booking_days(TODAY + dt.timedelta(days=61)) == ()
    assert line.booking_days(dt.date.max) == ()
    assert raw("GET", "/v1/booking-days/2026-13-41").status_code == 422


def test_a_hall_without_a_calendar_says_so(server: GatewayServer, raw: Raw) -> None:
    assert raw("GET", f"/v1/booking-days/{DAY}").status_code == 404


def test_sent_again_it_is_one_booking_and_the_same_code_moves_it(line: SharedDataClient) -> None:
    first = line.book(booking())
    assert line.book(booking()) == first
    moved = line.book(booking(time="17:00"))
    assert (moved.code, moved.time) == (first.code, "17:00")
    until = DAY + dt.timedelta(days=10)
    assert line.bookings_of(NUMBER, TODAY, until) == (moved,)
    assert line.bookings_of(NUMBER, TODAY) == ()
    later = line.book(booking("YW-AAAA-0002", day=DAY + dt.timedelta(days=1)))
    assert line.bookings_of(NUMBER, TODAY, until) == (moved, later), "earliest first"


def test_given_back_the_place_is_free_and_it_stays_cancelled(line: SharedDataClient) -> None:
    line.book(booking())
    other = booking("YW-BBBB-0001", number="330503199003150512")
    assert refused(lambda: line.book(other)) == "409 这个时段已约满"
    assert line.cancel_booking(booking().code, NUMBER).state is BookingState.CANCELLED
    assert line.cancel_booking(booking().code, NUMBER).state is BookingState.CANCELLED, "the answer may have been lost"
    assert line.book(other).time == "09:30"
    # A belated retry of the first request does not bring it back.
    assert refused(lambda: line.book(booking(time="10:00"))) == "409 这个预约已取消"


def test_nobody_moves_or_cancels_anothers(line: SharedDataClient) -> None:
    line.book(booking())
    theirs = booking(number="330503199003150512", time="10:00")
    assert refused(lambda: line.book(theirs)) == "409 预约码不是这位来访者的"
    assert refused(lambda: line.cancel_booking(booking().code, theirs.number)) == "404 没有这个预约"
    assert refused(lambda: line.cancel_booking("YW-NONE-0001", NUMBER)) == "404 没有这个预约"
    assert line.booking(booking().code) == booking(made_at=NOW)


def test_one_person_has_a_slot_once(line: SharedDataClient) -> None:
    """A window that broke down before the answer came makes another code."""
    line.book(booking())
    assert refused(lambda: line.book(booking("YW-CCCC-0001", time="09:45"))) == "409 这个时段已经约过"


def test_what_is_over_is_not_cancelled(line: SharedDataClient, open_: GatewayServer, shared_clock: FixedClock) -> None:
    bookings = open_.gateway.bookings
    past = booking(day=TODAY - dt.timedelta(days=1))
    bookings.load([past])
    assert refused(lambda: line.cancel_booking(past.code, NUMBER)) == "409 这个预约已过"
    outside = booking("YW-DDDD-0001", time="23:50", day=TODAY)  # no slot of the calendar, and still to come
    bookings.load([outside])
    assert line.cancel_booking(outside.code, NUMBER).state is BookingState.CANCELLED


def test_a_booking_that_is_none_is_refused(open_: GatewayServer, raw: Raw) -> None:
    cancelled = booking_document(booking(state=BookingState.CANCELLED))
    assert raw("POST", "/v1/bookings", cancelled).status_code == 422
    assert raw("POST", f"/v1/bookings/{booking().code}:cancel", {}).status_code == 422


def test_a_cancelled_one_counts_for_no_extended_hours(line: SharedDataClient, open_: GatewayServer) -> None:
    line.book(booking(time="17:00"))
    assert open_.gateway.bookings.extended() == 1
    line.cancel_booking(booking().code, NUMBER)
    assert open_.gateway.bookings.extended() == 0


def test_the_last_place_goes_to_one_of_those_who_ask_at_once(open_: GatewayServer) -> None:
    """On a server whose transactions run beside each other the count alone would let all of them in."""
    gate, told = threading.Barrier(ASKERS), []

    def ask(number: int) -> None:
        client = SharedDataClient(open_.url, DEVICE, TOKEN)
        gate.wait()
        try:
            client.book(booking(f"YW-EEEE-{number:04d}", number=f"33050319580923{number:04d}"))
            told.append("booked")
        except Rejected as refusal:
            told.append(refusal.title)
        finally:
            client.close()

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(ASKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(told) == sorted(["booked"] + ["这个时段已约满"] * (ASKERS - 1))


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
def test_whoever_books_meanwhile_waits_for_the_place_to_be_written(open_: GatewayServer) -> None:
    bookings, told = open_.gateway.bookings, []
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )

    def second() -> None:
        try:
            bookings.book(booking("YW-EEEE-0002", number="330503199003150512"))
            told.append("booked")
        except Problem as problem:
            told.append(problem.name)

    thread = threading.Thread(target=second)
    with bookings._database.write() as first:
        bookings._need_hours(first, hold=True)
        thread.start()
        deadline = time.monotonic() + 60
        while not told and time.monotonic() < deadline:
            with bookings._database.read() as looking:
                if looking.scalar(waiting):
                    break
            time.sleep(0.02)
        bookings._keep(first, booking("YW-EEEE-0001"))
    thread.join(60)
    assert told == ["booking-full"]
