"""Ctrl+D and Ctrl+R on the real window: what is offered, when, and what becomes of it when line or visitor goes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from desk_parts import BUNDLE, Parts
from PyQt6.QtCore import QObject, pyqtSignal
from pytestqt.qtbot import QtBot

from app.demo.shared_data import demo_shared_data
from app.domain.clerk import Clerk
from app.domain.clock import shanghai
from app.domain.fact import SourceKind
from app.domain.material import MaterialStatus
from app.domain.shared_data import Booking, QueryReply, QueryRequest
from app.presenters.bookings import BookingPresenter
from app.presenters.desk import Desk
from app.presenters.form import FormPresenter
from app.presenters.shared_data import SharedDataPresenter
from app.server.errors import Rejected, Unreachable
from app.services.bookings import Bookings
from app.services.duty import Duty
from app.services.query_data import QueryData
from app.workers.tasks import TaskRunner
from widgets.views import QueryStage
from widgets.window import MainWindow

ALLOWANCES = ("11330500002601184K300051100300002", "11330500002601184K300051100300003")

LI = Duty(Clerk("0231", "李芳"))


class Main:
    """The part of MainPresenter that is needed."""

    def __init__(self) -> None:
        self.routes: dict[str, tuple[Callable[[], object], Callable[[], bool]]] = {}
        self.open_now = True

    def add(self, action: str, run: Callable[[], object], possible: Callable[[], bool] = lambda: True) -> None:
        self.routes[action] = (run, possible)

    def enable(self) -> None:
        pass

    def possible(self, action: str) -> bool:
        return self.routes[action][1]()

    def press(self, action: str) -> None:
        assert self.possible(action), action
        self.routes[action][0]()


class Status(QObject):
    synced = pyqtSignal(object)
    online = True

    def turn(self, on: bool) -> None:
        self.online = on
        self.synced.emit(None)


@dataclass
class Line:
    """Departments as they may behave. dead: nobody answers; refused: no grant after all."""

    records: dict[tuple[str, str], Any]
    bookings: tuple[Booking, ...] = ()
    dead: bool = False
    refused: bool = False
    asked: list[QueryRequest] = field(default_factory=list)

    def query(self, request: QueryRequest) -> QueryReply:
        self.asked.append(request)
        if self.dead:
            raise Unreachable("连接超时")
        if self.refused:
            raise Rejected(403, "没有查询这项数据的授权", "没有这个应用场景的授权")
        record = self.records.get((request.source, request.subject.number))
        now = dt.datetime.now(dt.UTC)
        if record is None:
            return QueryReply(request.source, False, now, "Q1")
        return QueryReply(request.source, True, now, "Q1", record.facts, record.proves, record.note, record.valid_until)

    def booking(self, code: str) -> Booking | None:
        return next((b for b in self.bookings if b.code == code), None)

    def bookings_of(self, number: str, day: dt.date) -> tuple[Booking, ...]:
        if self.dead:
            raise Unreachable("连接超时")
        return tuple(b for b in self.bookings if b.number == number)

    def close(self) -> None:
        pass


@dataclass
class Counter:
    parts: Parts
    window: MainWindow
    desk: Desk
    main: Main
    status: Status
    line: Line
    shared: SharedDataPresenter
    booking: BookingPresenter
    qtbot: QtBot

    def settle(self) -> None:
        """Until nothing runs any more."""
        self.qtbot.waitUntil(lambda: not (self.desk.tasks.busy or self.shared._runner.busy))

    def choose(self, *codes: str, person: str = "wang-ji") -> None:
        visit = self.parts.identified(self.desk.visit, person)
        for code in codes:
            visit = self.parts.choose.add(visit, code)
        self.desk.change(visit)
        self.window.show_form()
        self.settle()

    def ask(self) -> None:
        self.main.press("query_data")
        self.shared.dialog._next()
        self.settle()

    def status_of(self, material: str) -> MaterialStatus:
        return self.desk.visit.checklist.material(material).status


@pytest.fixture
def desk_(qtbot: QtBot, parts: Parts) -> Iterator[Counter]:
    people = {person.id: person for person in parts.world.people}
    demo = demo_shared_data(people, parts.clock)
    line = Line({(r.source, r.subject.number): r for r in demo.records}, demo.bookings)
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    tasks = TaskRunner()
    desk = Desk(parts.clock, tasks, window.notice)
    main, status = Main(), Status()
    form = FormPresenter(window.form, desk, parts.fill, parts.accept.titles)
    form.warm()
    query = QueryData(
        store=parts.store,
        catalog=parts.catalog,
        fill=parts.fill,
        clock=parts.clock,
        duty=LI,
        connect=lambda: line,
    )
    bookings = Bookings(line, parts.catalog, parts.choose, parts.fill, parts.clock, LI)
    shared = SharedDataPresenter(window, desk, query, main, status)  # type: ignore[arg-type]
    booking = BookingPresenter(window, desk, bookings, main, status)  # type: ignore[arg-type]
    made = Counter(parts, window, desk, main, status, line, shared, booking, qtbot)
    status.turn(True)
    desk.begin()
    made.settle()
    yield made
    form.deleteLater()
    shared.wait()
    tasks.close()


def test_nothing_is_offered_before_there_is_something_to_ask(desk_: Counter) -> None:
    assert desk_.window.who.known.isHidden()
    assert not desk_.main.possible("query_data")
    desk_.line.bookings = ()
    desk_.desk.change(desk_.parts.identified(desk_.desk.visit, "wang-ji"))
    desk_.settle()
    assert desk_.window.who.known.isHidden()
    assert desk_.line.asked == []


def test_asked_seen_and_only_then_taken_over(desk_: Counter) -> None:
    desk_.choose(*ALLOWANCES)
    assert not desk_.window.who.known.query.isHidden()
    desk_.ask()
    assert desk_.shared.dialog.stage is QueryStage.DONE
    assert desk_.status_of("disability_certificate") is MaterialStatus.MISSING, "nothing is taken unseen"
    assert {request.clerk for request in desk_.line.asked} == {"李芳"}
    desk_.shared.dialog._next()
    assert desk_.status_of("disability_certificate") is MaterialStatus.WAIVED
    assert desk_.window.notice.title() == "共享数据已采用"
    assert not desk_.main.possible("query_data"), "no dead control is left"
    assert desk_.window.who.known.query.isHidden()
    # Taken back by mistake, it can be had again without another call.
    calls = len(desk_.line.asked)
    assert desk_.desk.undo()
    desk_.main.press("query_data")
    assert desk_.shared.dialog.stage is QueryStage.DONE
    desk_.shared.dialog._next()
    assert desk_.status_of("disability_certificate") is MaterialStatus.WAIVED
    assert len(desk_.line.asked) == calls


def test_what_spares_only_an_optional_paper_waits_to_be_ticked(desk_: Counter) -> None:
    desk_.choose("11330500002601192E300051400500002")  # 城乡居民基本养老保险待遇申领
    paper = "own_household_register"
    assert desk_.status_of(paper) is MaterialStatus.OPTIONAL
    desk_.main.press("query_data")
    dialog = desk_.shared.dialog
    assert "household" in dialog._ticks
    assert "household" not in dialog.ticked()
    dialog._ticks["household"].setChecked(True)
    dialog._next()
    desk_.settle()
    assert "household" in [request.source for request in desk_.line.asked]
    assert "household" in dialog.ticked(), "what was asked for is offered to be taken over"
    dialog._next()
    assert desk_.status_of(paper) is MaterialStatus.WAIVED


def test_a_disagreement_is_led_to_and_settled_in_the_form(desk_: Counter) -> None:
    desk_.choose(*ALLOWANCES)
    desk_.desk.change(desk_.parts.fill.type(desk_.desk.visit, "account.bank_account", "6228480309000000119"))
    desk_.ask()
    row = next(row for row in desk_.shared.dialog.rows if row.id == "social_card")
    assert row.warning == "与表中不一致：银行账号"
    assert "6230910299000000224" not in row.detail, "personal numbers are masked"
    desk_.shared.dialog._next()
    assert desk_.desk.visit.form.state("account.bank_account").value == "6228480309000000119"
    assert "银行账号" in desk_.window.notice.title()
    assert desk_.window.form.current_field() == "account.bank_account"


def test_offline_the_line_tells_and_has_no_key(desk_: Counter) -> None:
    desk_.choose(*ALLOWANCES)
    desk_.status.turn(False)
    desk_.settle()
    known = desk_.window.who.known.query
    assert not known.isHidden()
    assert known._press.isHidden()
    assert not desk_.main.possible("query_data")
    desk_.status.turn(True)
    desk_.settle()
    assert desk_.main.possible("query_data")


def test_what_got_no_answer_is_asked_again_when_the_platform_is_back(desk_: Counter) -> None:
    desk_.choose(*ALLOWANCES)
    desk_.line.dead = True
    desk_.ask()
    assert all(row.failed for row in desk_.shared.dialog.rows)
    desk_.shared.dialog._ask_later()
    desk_.status.turn(False)
    desk_.settle()
    calls = len(desk_.line.asked)
    desk_.line.dead = False
    desk_.status.turn(True)
    desk_.settle()
    assert len(desk_.line.asked) == calls + 3
    assert not desk_.shared.dialog.isVisible(), "no dialog opens by itself under somebody's hands"
    assert desk_.window.notice.title() == "共享数据已查到"
    assert desk_.status_of("disability_certificate") is MaterialStatus.MISSING
    desk_.main.press("query_data")
    desk_.shared.dialog._next()
    assert desk_.status_of("disability_certificate") is MaterialStatus.WAIVED


def test_a_refusal_shows_its_reason_and_is_not_repeated(desk_: Counter) -> None:
    desk_.choose(*ALLOWANCES)
    desk_.line.refused = True
    desk_.ask()
    assert {row.state_words for row in desk_.shared.dialog.rows} == {"不予提供"}
    assert {row.detail for row in desk_.shared.dialog.rows} == {"没有这个应用场景的授权"}
    desk_.shared.dialog._next()
    assert not desk_.main.possible("query_data")


def test_the_next_visitor_sees_nothing_of_the_one_before(desk_: Counter) -> None:
    desk_.choose(*ALLOWANCES)
    desk_.ask()
    desk_.desk.begin()
    assert not desk_.shared.dialog.isVisible()
    assert desk_.shared._answers == {}
    desk_.choose(*ALLOWANCES, person="zhang-wei")
    desk_.main.press("query_data")
    assert desk_.shared.dialog.stage is QueryStage.READY


def test_an_answer_that_comes_too_late_is_dropped(desk_: Counter) -> None:
    desk_.choose(*ALLOWANCES)
    desk_.main.press("query_data")
    desk_.shared.dialog._next()
    desk_.desk.begin()  # F12 before the answers are in
    desk_.settle()
    assert desk_.shared._answers == {}


def test_a_card_brings_the_offer_and_one_key_takes_it(desk_: Counter) -> None:
    desk_.desk.change(desk_.parts.identified(desk_.desk.visit, "wang-ji"))
    desk_.settle()
    assert not desk_.window.who.known.booking.isHidden()
    assert desk_.desk.visit.codes == (), "an offer changes nothing"
    desk_.main.press("take_booking")
    assert desk_.desk.visit.codes == ALLOWANCES
    fact = desk_.desk.visit.form.state("applicant.phone").fact
    assert fact is not None
    assert (fact.value, fact.source.kind) == ("13905720002", SourceKind.BOOKING)
    assert desk_.window.form_shown
    assert not desk_.main.possible("take_booking")
    assert desk_.window.who.known.booking.isHidden()


def test_a_scanned_booking_fills_in_when_its_person_shows_the_card(desk_: Counter) -> None:
    booking = desk_.line.bookings[0]
    desk_.booking.take_found(booking)
    desk_.settle()
    assert desk_.desk.visit.codes == ALLOWANCES
    assert desk_.desk.visit.form.state("applicant.phone").value == ""
    desk_.desk.change(desk_.parts.identified(desk_.desk.visit, "wang-ji"))
    desk_.settle()
    assert desk_.desk.visit.form.state("applicant.phone").value == "13905720002"


def test_a_scanned_booking_of_somebody_else_gives_nothing_personal(desk_: Counter) -> None:
    booking = desk_.line.bookings[0]
    desk_.booking.take_found(booking)
    desk_.settle()
    desk_.desk.change(desk_.parts.identified(desk_.desk.visit, "zhang-wei"))
    desk_.settle()
    assert desk_.desk.visit.form.state("applicant.phone").value == ""
    assert desk_.window.notice.title() == "预约人不是来访人"


def test_without_the_platform_no_booking_is_looked_for(desk_: Counter) -> None:
    desk_.line.dead = True
    desk_.desk.change(desk_.parts.identified(desk_.desk.visit, "wang-ji"))
    desk_.settle()
    assert desk_.window.notice.title() == ""
    assert desk_.booking.offer is None


def test_a_booking_that_lacks_answers_says_what_is_still_to_be_chosen(desk_: Counter) -> None:
    undecided = next(c for c, main in desk_.parts.catalog.mains.items() if main.questions and len(main.items) > 2)
    today = shanghai(desk_.parts.clock.now()).date()
    desk_.line.bookings = (replace(desk_.line.bookings[0], items=(undecided, BUNDLE), day=today),)
    desk_.desk.change(desk_.parts.identified(desk_.desk.visit, "wang-ji"))
    desk_.settle()
    desk_.main.press("take_booking")
    assert desk_.desk.visit.codes == (BUNDLE,)
    assert desk_.window.notice.title() == "预约已带入一部分"
    assert desk_.parts.catalog.mains[undecided].name in desk_.window.notice.words()
