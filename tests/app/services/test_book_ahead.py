"""Booking the next visit against a real gateway: what goes along, what is written down, lost answers, the slip."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from desk_parts import BUNDLE, Parts

from app.domain.clock import shanghai
from app.domain.document import PaperKind
from app.domain.errors import BadInput, Refused
from app.domain.fact import SourceKind
from app.domain.hours import OpenHours, Span
from app.domain.licence import CodeKind
from app.domain.material import MaterialStatus
from app.domain.paper_booking import BookingSlip
from app.domain.shared_data import BOOKING_PREFIX, Booking, BookingDay, BookingState
from app.forms.prefill import Stated
from app.gateway.server import GatewayServer
from app.licences.kinds_file import recognise
from app.materials.slots import BookingHours
from app.server.errors import Rejected, Unreachable
from app.server.shared_client import SharedDataClient
from app.services.book_ahead import PHONE, Ahead, BookAhead, Deed, Wanted, new_code
from app.services.bookings import Bookings
from app.services.visit import Visit, new_visit

TOKEN = "made-up-token-of-a-test-window"


@dataclass
class Line:
    """The client; silent: what is asked reaches the platform, its answer is lost."""

    client: SharedDataClient
    silent: bool = False

    def booking_days(self, first: dt.date) -> tuple[BookingDay, ...]:
        return self.client.booking_days(first)

    def bookings_of(self, number: str, day: dt.date, until: dt.date | None = None) -> tuple[Booking, ...]:
        return self.client.bookings_of(number, day, until)

    def book(self, booking: Booking) -> Booking:
        made = self.client.book(booking)
        if self.silent:
            raise Unreachable("连接超时")
        return made

    def cancel_booking(self, code: str, number: str) -> Booking:
        gone = self.client.cancel_booking(code, number)
        if self.silent:
            raise Unreachable("连接超时")
        return gone


@dataclass
class Counter:
    parts: Parts
    line: Line
    ahead: BookAhead
    visit: Visit
    tomorrow: dt.date

    def wanted(self, time: str = "09:30", **changed: object) -> Wanted:
        return replace(Wanted(new_code(), self.tomorrow, time, "138 5720-0011"), **changed)  # type: ignore[arg-type]

    def book(self, wanted: Wanted) -> Booking:
        return self.ahead.book(self.ahead.draft(self.visit, wanted, accepted=False), wanted.moved)

    def look(self) -> Ahead:
        return self.ahead.look(self.visit.known_number, self.ahead.today())

    def trail(self) -> list[str]:
        found = self.parts.store.audit_entries(0, 500)
        return [entry.action for entry in found if entry.action.startswith("booking.")]


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GatewayServer]:
    folder = tmp_path_factory.mktemp("gateway")
    with GatewayServer(
        db_url=f"sqlite:///{folder}/gateway.db", files_folder=folder / "files", devices={"w1": TOKEN}
    ) as server:
        yield server


@pytest.fixture
def counter(parts: Parts, gateway: GatewayServer) -> Iterator[Counter]:
    today = shanghai(parts.clock.now()).date()
    tomorrow = today + dt.timedelta(days=1)
    morning = {tomorrow: (Span(9 * 60, 12 * 60),)}
    gateway.gateway.bookings.set_hours(BookingHours(OpenHours(days=morning), 30, 1))
    client = SharedDataClient(gateway.url, "w1", TOKEN)
    line = Line(client)
    visit = parts.choose.add(parts.identified(new_visit(parts.clock.now())), BUNDLE)
    made = Counter(parts, line, BookAhead(line, parts.counter, parts.issue_paper()), visit, tomorrow)
    for one in made.look().mine:  # of the test before
        client.cancel_booking(one.code, one.number)
    yield made
    client.close()


def test_what_the_visitor_said_goes_along_and_nothing_that_is_read_anew(counter: Counter) -> None:
    parts = counter.parts
    visit = parts.fill.type(counter.visit, "business.name", "𠮷祥㛃理发店")
    assert visit.form.state("applicant.id_number").fact is not None, "the card said it"
    draft = counter.ahead.draft(visit, counter.wanted(), accepted=False)
    assert dict(draft.fields) == {"business.name": "𠮷祥㛃理发店", PHONE: "13857200011"}
    assert draft.items == visit.codes == (BUNDLE,)
    assert draft.number == visit.known_number
    assert visit.card is not None
    assert draft.name == visit.card.name
    assert all(code in visit.codes for code in draft.answers)


def test_what_was_booked_is_what_is_taken_over_on_the_day(counter: Counter) -> None:
    parts = counter.parts
    counter.visit = parts.fill.type(counter.visit, "business.name", "𠮷祥㛃理发店")
    made = counter.book(counter.wanted())
    assert counter.line.client.booking(made.code) == made
    taken = Bookings(
        counter.line.client, parts.catalog, parts.choose, parts.fill, parts.clock, parts.counter.duty
    ).take(parts.identified(new_visit(parts.clock.now())), made)
    assert taken.visit.codes == (BUNDLE,)
    fact = taken.visit.form.state("business.name").fact
    assert fact is not None
    assert (fact.value, fact.source.kind) == ("𠮷祥㛃理发店", SourceKind.BOOKING)


def test_after_acceptance_nothing_is_booked_once_more(counter: Counter) -> None:
    draft = counter.ahead.draft(counter.visit, counter.wanted(), accepted=True)
    assert (draft.items, dict(draft.answers), dict(draft.fields)) == ((), {}, {PHONE: "13857200011"})


@pytest.mark.parametrize("phone", ["", "12345", "1385720001x", "+123456789012345678"])
def test_a_number_that_nobody_can_call_is_refused(counter: Counter, phone: str) -> None:
    with pytest.raises(BadInput, match="电话号码不对") as told:
        counter.ahead.draft(counter.visit, counter.wanted(phone=phone), accepted=False)
    assert told.value.todo


def test_nobody_books_before_a_document_was_read(counter: Counter) -> None:
    with pytest.raises(BadInput, match="还不知道是谁预约"):
        counter.ahead.draft(new_visit(counter.parts.clock.now()), counter.wanted(), accepted=False)


def test_made_moved_and_cancelled_stand_in_the_trail(counter: Counter) -> None:
    made = counter.book(counter.wanted())
    moved = counter.book(counter.wanted("11:30", moved=made))
    assert (moved.code, moved.time, moved.items) == (made.code, "11:30", made.items)
    assert counter.look().mine == (moved,)
    counter.ahead.cancel(moved)
    assert counter.look().mine == ()
    assert counter.trail() == ["booking.made", "booking.moved", "booking.cancelled"]
    entries = counter.parts.store.audit_entries(0, 500)
    assert {entry.subject for entry in entries if entry.action.startswith("booking.")} == {made.code}
    assert not any(made.number in entry.details or "138" in entry.details for entry in entries)


def test_a_lost_answer_never_makes_two(counter: Counter) -> None:
    wanted = counter.wanted()
    counter.line.silent = True
    with pytest.raises(Unreachable):
        counter.book(wanted)
    assert counter.trail() == [], "nobody knows yet"
    draft = counter.ahead.draft(counter.visit, wanted, accepted=False)
    counter.line.silent = False
    ahead = counter.look()
    assert [one.code for one in ahead.mine] == [wanted.code]
    assert counter.ahead.heard(Deed(draft), ahead)
    assert counter.trail() == ["booking.made"]
    assert counter.book(wanted).code == wanted.code
    assert len(counter.look().mine) == 1


def test_of_what_did_not_arrive_nothing_is_written(counter: Counter) -> None:
    draft = counter.ahead.draft(counter.visit, counter.wanted(), accepted=False)
    made = counter.book(counter.wanted("10:00"))
    ahead = counter.look()
    assert not counter.ahead.heard(Deed(draft), ahead)
    assert not counter.ahead.heard(Deed(replace(made, time="11:00"), made), ahead), "it was not moved"
    assert not counter.ahead.heard(Deed(replace(made, state=BookingState.CANCELLED)), ahead)
    assert counter.trail() == ["booking.made"]
    counter.line.silent = True
    with pytest.raises(Unreachable):
        counter.ahead.cancel(made)
    assert counter.ahead.heard(Deed(replace(made, state=BookingState.CANCELLED)), counter.look())
    assert counter.trail() == ["booking.made", "booking.cancelled"]


def test_refusals_say_what_to_do_here(counter: Counter, gateway: GatewayServer) -> None:
    at = counter.parts.clock.now().replace(microsecond=0)
    other = Booking("YW-0THR-0001", "李芳", "330503195809230421", counter.tomorrow, "09:30", (), at)
    gateway.gateway.bookings.load([other])
    with pytest.raises(Refused) as full:
        counter.book(counter.wanted())
    assert (full.value.title, full.value.todo) == ("这个时段已约满", "号源已重新读取，请另选一个时间。")
    assert full.value.what.endswith("。")
    gateway.gateway.bookings.load([replace(other, state=BookingState.CANCELLED)])
    with pytest.raises(Refused, match="不在开放时间"):
        counter.book(counter.wanted("13:00"))
    gateway.gateway.bookings.set_hours(None)
    with pytest.raises(Refused, match="没有开放预约") as none:
        counter.look()
    assert "开放时间" in none.value.todo
    assert counter.trail() == []


def test_a_window_that_may_not_call_is_not_told_to_choose_again(counter: Counter, gateway: GatewayServer) -> None:
    stranger = SharedDataClient(gateway.url, "w1", "another-token-that-nobody-gave")
    ahead = BookAhead(stranger, counter.parts.counter, counter.parts.issue_paper())
    with pytest.raises(Rejected) as told:
        ahead.look(counter.visit.known_number, counter.tomorrow)
    assert told.value.about_the_device
    stranger.close()


def test_the_slip_says_when_and_what_to_bring_and_is_made_once(counter: Counter) -> None:
    made = counter.book(counter.wanted())
    paper = counter.ahead.slip(counter.visit, made, until="10:00", extended=True)
    data = paper.paper.data
    assert isinstance(data, BookingSlip)
    assert (paper.paper.kind, data.code, data.time, data.until, data.extended) == (
        PaperKind.BOOKING_SLIP, made.code, "09:30", "10:00", True,
    )  # fmt: skip
    assert (data.name, data.phone) == ("张*", "138****0011")
    lacks = [m.use.name for m in counter.visit.checklist.unsettled()]
    assert lacks
    assert [one.name for one in data.bring] == lacks
    assert counter.ahead.slip(counter.visit, made, until="10:00", extended=True).pdf == paper.pdf
    moved = counter.book(counter.wanted("11:00", moved=made))
    assert counter.ahead.slip(counter.visit, moved, until="11:30", extended=True).paper.number != paper.paper.number
    assert counter.ahead.printed_again(paper).paper.reprint == 1


def test_after_acceptance_the_slip_names_what_is_owed(counter: Counter) -> None:
    visit = counter.visit
    owed = next(m for m in visit.checklist.unsettled() if m.use.tolerable and not m.use.tolerance_needs)
    checklist = visit.checklist.tolerate(owed.use.id, counter.tomorrow)
    visit = replace(visit, checklist=checklist)
    assert checklist.material(owed.use.id).status is MaterialStatus.TOLERATED
    made = counter.ahead.book(counter.ahead.draft(visit, counter.wanted(), accepted=True))
    data = counter.ahead.slip(visit, made, accepted=True).paper.data
    assert isinstance(data, BookingSlip)
    assert [one.name for one in data.bring] == [owed.use.name]
    assert "补交材料" in data.purpose


def test_of_another_booking_nobody_knows_what_it_lacks(counter: Counter) -> None:
    made = counter.book(counter.wanted())
    other = replace(made, items=(next(iter(counter.parts.catalog.items)),))
    data = counter.ahead.slip(counter.visit, other).paper.data
    assert isinstance(data, BookingSlip)
    assert data.bring == ()


def test_codes_are_not_guessed_and_scan_as_bookings() -> None:
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(recognise(BOOKING_PREFIX + code) is CodeKind.BOOKING for code in codes)


def test_a_prefilled_phone_is_the_forms(counter: Counter) -> None:
    values, at = {PHONE: "139 0572 0002"}, counter.parts.clock.now()
    said = Stated(SourceKind.BOOKING, "预约", "YW", counter.visit.known_number, values, at)
    assert counter.ahead.phone(counter.visit) == ""
    assert counter.ahead.phone(counter.parts.fill.from_stated(counter.visit, said)) == "13905720002"
