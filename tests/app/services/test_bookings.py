"""Bookings: found by code and by card, taken over with what was written then; another person's gives nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest
from desk_parts import BUNDLE, Parts

from app.domain.clerk import Clerk
from app.domain.clock import shanghai
from app.domain.errors import Refused
from app.domain.fact import SourceKind
from app.domain.licence import CodeKind
from app.domain.shared_data import Booking, BookingState
from app.gateway.server import GatewayServer
from app.licences.kinds_file import recognise
from app.server.shared_client import SharedDataClient
from app.services.bookings import Bookings
from app.services.duty import Duty

TOKEN = "made-up-token-of-a-test-window"
NUMBER = "330502199003150512"


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GatewayServer]:
    folder = tmp_path_factory.mktemp("gateway")
    with GatewayServer(
        db_url=f"sqlite:///{folder}/gateway.db", files_folder=folder / "files", devices={"w1": TOKEN}
    ) as server:
        yield server


@pytest.fixture
def bookings(parts: Parts, gateway: GatewayServer) -> Iterator[Bookings]:
    line = SharedDataClient(gateway.url, "w1", TOKEN)
    yield Bookings(line, parts.catalog, parts.choose, parts.fill, parts.clock, Duty(Clerk("0231", "演示员")))
    line.close()


def booked(parts: Parts, gateway: GatewayServer, **changed: object) -> Booking:
    booking = Booking(
        code="YY-0001-ABCD",
        name="张伟",
        number=NUMBER,
        day=shanghai(parts.clock.now()).date(),
        time="09:30",
        items=(BUNDLE,),
        made_at=parts.clock.now().replace(microsecond=0) - dt.timedelta(days=2),
        fields={
            "applicant.phone": "138 5720 0011",
            "business.name": "𠮷祥㛃理发店",
            "business.opening_date": "20991201",
        },
    )
    booking = replace(booking, **changed)  # type: ignore[arg-type]
    gateway.gateway.bookings.load([booking])
    return booking


def test_found_by_code_and_by_card(parts: Parts, gateway: GatewayServer, bookings: Bookings) -> None:
    booking = booked(parts, gateway)
    assert recognise("YCB1:YY-0001-ABCD") is CodeKind.BOOKING
    assert bookings.by_code("YCB1:YY-0001-ABCD\r\n") == booking
    assert bookings.of_card(NUMBER) == booking
    assert bookings.of_card("330503195809230421") is None
    assert bookings.titles(booking) == parts.catalog.bundles[BUNDLE].name


@pytest.mark.parametrize(
    ("changed", "title"),
    [
        ({"state": BookingState.CANCELLED}, "预约已取消"),
        ({"day": dt.date(2020, 1, 2)}, "预约不是今天的"),
        ({"code": "YY-0009-ZZZZ"}, "没有这个预约"),
    ],
)
def test_what_cannot_be_used_says_why(
    parts: Parts, gateway: GatewayServer, bookings: Bookings, changed: dict[str, object], title: str
) -> None:
    booked(parts, gateway, **({"code": "YY-0002-ABCD"} | changed))
    with pytest.raises(Refused) as caught:
        bookings.by_code("YCB1:YY-0002-ABCD" if title != "没有这个预约" else "YCB1:YY-0003-ABCD")
    assert caught.value.title == title
    assert NUMBER not in str(caught.value)


def test_a_cancelled_booking_is_not_offered(parts: Parts, gateway: GatewayServer, bookings: Bookings) -> None:
    booked(parts, gateway, number="330503195809230421", code="YY-0005-ABCD", state=BookingState.CANCELLED)
    assert bookings.of_card("330503195809230421") is None


def test_cart_and_fields_are_taken_over(parts: Parts, gateway: GatewayServer, bookings: Bookings) -> None:
    booking = booked(parts, gateway)
    taken = bookings.take(parts.identified(parts.begin()), booking)
    assert (taken.items, taken.open, taken.gone, taken.filled) == ((BUNDLE,), (), (), 3)
    assert taken.visit.codes == (BUNDLE,)
    phone = taken.visit.form.state("applicant.phone").fact
    assert phone is not None
    assert (phone.value, phone.source.kind) == ("13857200011", SourceKind.BOOKING)
    assert "09:30" in phone.source.label
    assert taken.visit.form.state("business.opening_date").value == "2099-12-01"
    assert taken.visit.events[-1].action == "booking.taken"
    assert NUMBER not in str(taken.visit.events[-1])


def test_the_card_wins_over_what_was_written(parts: Parts, gateway: GatewayServer, bookings: Bookings) -> None:
    booking = booked(parts, gateway, fields={"applicant.name": "张苇"})
    name = bookings.take(parts.identified(parts.begin()), booking).visit.form.state("applicant.name")
    assert (name.value, [rival.value for rival in name.rivals]) == ("张伟", ["张苇"])


def test_without_a_card_only_the_cart(parts: Parts, gateway: GatewayServer, bookings: Bookings) -> None:
    booking = booked(parts, gateway)
    taken = bookings.take(parts.begin(), booking)
    assert (taken.items, taken.filled) == ((BUNDLE,), 0)
    assert taken.visit.form.state("applicant.phone").value == ""


def test_another_persons_booking_is_refused(parts: Parts, gateway: GatewayServer, bookings: Bookings) -> None:
    with pytest.raises(Refused) as caught:
        bookings.take(parts.identified(parts.begin(), "wang-ji"), booked(parts, gateway))
    assert caught.value.title == "预约人不是来访人"


def test_what_must_be_asked_or_is_gone_is_named(parts: Parts, gateway: GatewayServer, bookings: Bookings) -> None:
    undecided = next(code for code, main in parts.catalog.mains.items() if main.questions and len(main.items) > 2)
    booking = booked(parts, gateway, items=(undecided, "gone-long-ago", BUNDLE))
    taken = bookings.take(parts.identified(parts.begin()), booking)
    assert taken.items == (BUNDLE,)
    assert taken.open == (parts.catalog.mains[undecided].name,)
    assert taken.gone == ("gone-long-ago",)
