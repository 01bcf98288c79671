"""Ctrl+F12 on the real window with real keys: booked once, moved, cancelled, full, without a line, the next visitor."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any

import pytest
from desk_parts import BUNDLE, Parts
from PyQt6.QtCore import QObject, Qt, pyqtSignal
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.clock import shanghai
from app.domain.printing import PrintTarget
from app.domain.shared_data import Booking, BookingDay, BookingSlot, BookingState
from app.presenters.book_ahead import BookAheadPresenter
from app.presenters.desk import Desk
from app.presenters.print_desk import PrintDesk, Wish
from app.server.errors import Rejected, Unreachable
from app.services.book_ahead import BookAhead
from app.settings import PrintRules
from app.workers.tasks import TaskRunner
from devices.base import DeviceKind
from widgets.dialogs.confirm import ConfirmDialog
from widgets.window import MainWindow

WAIT = 30_000
K = Qt.Key


@dataclass
class Platform:
    """A calendar of two weeks with two slots on each working day. dead: nothing arrives; silent: it arrives, and the
    answer is lost."""

    today: dt.date
    held: dict[str, Booking] = field(default_factory=dict)
    dead: bool = False
    silent: bool = False
    full: bool = False
    asked: list[str] = field(default_factory=list)

    def booking_days(self, first: dt.date) -> tuple[BookingDay, ...]:
        self._hear("days")
        return tuple(self._day(first + dt.timedelta(days=ahead)) for ahead in range(14))

    def bookings_of(self, number: str, day: dt.date, until: dt.date | None = None) -> tuple[Booking, ...]:
        self._hear("mine")
        return tuple(one for one in self.held.values() if one.number == number)

    def book(self, booking: Booking) -> Booking:
        self._hear("book")
        if self.full:
            raise Rejected(409, "这个时段已约满", "2 个号已约完")
        self.held[booking.code] = booking
        return self._answer(booking)

    def cancel_booking(self, code: str, number: str) -> Booking:
        self._hear("cancel")
        self.held[code] = replace(self.held[code], state=BookingState.CANCELLED)
        return self._answer(self.held[code])

    def _day(self, day: dt.date) -> BookingDay:
        if day == self.today:
            return BookingDay(day, False, ())
        slots = (BookingSlot("09:00", "09:30", False, 2), BookingSlot("17:00", "17:30", True, 1))
        return BookingDay(day, True, slots)

    def _hear(self, what: str) -> None:
        self.asked.append(what)
        if self.dead:
            raise Unreachable("连接超时")

    def _answer(self, booking: Booking) -> Booking:
        if self.silent:
            raise Unreachable("连接超时")
        return booking


class Main:
    def __init__(self) -> None:
        self.routes: dict[str, tuple[Callable[[], object], Callable[[], bool]]] = {}

    def add(self, action: str, run: Callable[[], object], possible: Callable[[], bool] = lambda: True) -> None:
        self.routes[action] = (run, possible)


class Status(QObject):
    synced = pyqtSignal(object)
    online = True

    def turn(self, on: bool) -> None:
        self.online = on
        self.synced.emit(None)


class Panel:
    def __init__(self, qtbot: QtBot, parts: Parts) -> None:
        self.qtbot, self.parts = qtbot, parts
        self.window, self.tasks = MainWindow(), TaskRunner()
        qtbot.addWidget(self.window)
        self.window.show()
        self.desk = Desk(parts.clock, self.tasks, self.window.notice)
        device = SimpleNamespace(kind=DeviceKind.PRINTER, uri="socket://127.0.0.1:9")
        printers: Any = {"printer": SimpleNamespace(device=device, light=SimpleNamespace(connect=lambda _: None))}
        printing = PrintDesk(self.desk, parts.papers, printers, parts.store, PrintRules())
        printing.queue = self._queue  # type: ignore[method-assign]
        self.printed: list[Wish] = []
        self.platform = Platform(shanghai(parts.clock.now()).date())
        self.main, self.status = Main(), Status()
        self.accept = SimpleNamespace(accepted=False)
        service = BookAhead(self.platform, parts.counter, parts.issue_paper())
        stand_ins: tuple[Any, Any, Any] = (self.accept, self.main, self.status)
        self.ahead = BookAheadPresenter(
            self.window, self.desk, service, stand_ins[0], printing, stand_ins[1], stand_ins[2]
        )
        self.dialog = self.ahead.dialog
        visit = parts.choose.add(parts.identified(self.desk.visit), BUNDLE)
        self.desk.change(parts.fill.type(visit, "applicant.phone", "13857200011"))

    def _queue(self, wish: Wish, targets: tuple[PrintTarget, ...] | None = None) -> None:
        self.printed.append(wish)

    def open(self) -> None:
        run, possible = self.main.routes["book_ahead"]
        assert possible()
        run()
        self.qtbot.waitUntil(self.dialog.isVisible, timeout=WAIT)
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.tasks.busy, timeout=WAIT)

    def key(self, key: Qt.Key) -> None:
        QTest.keyClick(self.dialog.focusWidget() or self.dialog, key)  # type: ignore[call-overload]

    def click(self, name: str) -> None:
        found = self.dialog.findChild(QPushButton, name)
        assert found is not None
        found.click()

    def book(self) -> None:
        self.key(K.Key_Return)
        self.settle()

    def answer(self, name: str) -> None:
        """To the question over the dialog."""

        def asked() -> bool:
            return any(one.isVisible() for one in self.dialog.findChildren(ConfirmDialog))

        self.qtbot.waitUntil(asked, timeout=WAIT)
        found = self.dialog.findChildren(QPushButton, name)
        found[-1].click()
        self.settle()

    @property
    def said(self) -> str:
        label = self.dialog.findChild(QLabel, "book_said")
        assert label is not None
        return label.text()

    @property
    def choice(self) -> str:
        label = self.dialog.findChild(QLabel, "book_choice")
        assert label is not None
        return label.text()

    def held(self) -> list[Booking]:
        return [one for one in self.platform.held.values() if one.state is BookingState.BOOKED]

    def trail(self) -> list[str]:
        found = self.parts.store.audit_entries(0, 500)
        return [entry.action for entry in found if entry.action.startswith("booking.")]


@pytest.fixture
def panel(qtbot: QtBot, parts: Parts) -> Iterator[Panel]:
    made = Panel(qtbot, parts)
    yield made
    made.settle()
    made.tasks.close()


def test_keys_alone_choose_day_and_slot_and_book(panel: Panel) -> None:
    panel.open()
    assert [day.state for day in panel.dialog.days[:2]] == ["不开放", "余 3"]
    assert panel.dialog.day_table.currentRow() == 1, "the first day with a place"
    panel.key(K.Key_Down)
    panel.key(K.Key_Right)
    panel.key(K.Key_Down)
    assert "17:00–17:30（延时服务）" in panel.choice
    panel.book()
    (made,) = panel.held()
    assert (made.day, made.time) == (panel.platform.today + dt.timedelta(days=2), "17:00")
    assert (made.items, made.fields["applicant.phone"]) == ((BUNDLE,), "13857200011")
    assert "已约好" in panel.said
    assert panel.window.notice.title() == "已约好"
    assert [one.code for one in panel.dialog.mine] == [made.code]
    assert panel.trail() == ["booking.made"]


def test_nothing_is_offered_before_a_card_was_read(qtbot: QtBot, panel: Panel) -> None:
    panel.desk.begin()
    assert not panel.main.routes["book_ahead"][1]()


def test_pressed_twice_it_is_asked_once(panel: Panel) -> None:
    panel.open()
    panel.key(K.Key_Return)
    panel.key(K.Key_Return)
    panel.settle()
    assert panel.platform.asked.count("book") == 1
    assert len(panel.held()) == 1


def test_an_answer_that_is_lost_makes_no_second_booking(panel: Panel) -> None:
    panel.open()
    panel.platform.silent = True
    panel.book()
    assert "没有等到平台的答复" in panel.said
    assert len(panel.held()) == 1
    assert panel.trail() == []
    panel.book()
    assert len(panel.held()) == 1, "the code was made before the platform was asked"
    panel.platform.silent = False
    panel.dialog.reject()
    panel.open()
    assert "已经办成" in panel.said
    assert panel.trail() == ["booking.made"]
    panel.key(K.Key_Down)
    panel.book()
    assert len(panel.held()) == 2, "a wish of its own is a booking of its own"


def test_full_is_said_with_the_reason_and_the_list_is_read_anew(panel: Panel) -> None:
    panel.open()
    panel.key(K.Key_Down)
    chosen = panel.dialog.chosen()
    panel.platform.full = True
    reads = panel.platform.asked.count("days")
    panel.book()
    assert "这个时段已约满" in panel.said
    assert "另选一个时间" in panel.said
    assert panel.platform.asked.count("days") == reads + 1
    assert panel.dialog.chosen() == chosen
    assert panel.held() == []


def test_moved_the_booking_keeps_its_code(panel: Panel) -> None:
    panel.open()
    panel.book()
    (made,) = panel.held()
    panel.click("book_move")
    assert "改期" in panel.choice
    panel.key(K.Key_Down)
    panel.key(K.Key_Right)
    panel.key(K.Key_Down)
    panel.book()
    (moved,) = panel.held()
    assert (moved.code, moved.time) == (made.code, "17:00")
    assert moved.day > made.day
    assert panel.trail() == ["booking.made", "booking.moved"]
    assert "已改期" in panel.said


def test_cancelled_only_after_a_question(panel: Panel) -> None:
    panel.open()
    panel.book()
    panel.click("book_cancel")
    panel.answer("confirm_no")
    assert len(panel.held()) == 1
    panel.click("book_cancel")
    panel.answer("confirm_yes")
    assert panel.held() == []
    assert panel.dialog.mine == ()
    assert "已取消" in panel.said
    assert panel.trail() == ["booking.made", "booking.cancelled"]


def test_without_a_line_it_says_so_and_keeps_what_was_chosen(panel: Panel) -> None:
    panel.open()
    panel.key(K.Key_Down)
    panel.dialog.phone.setText("13900000000")
    chosen = panel.dialog.chosen()
    panel.status.turn(False)
    panel.click("book_again")
    panel.settle()
    assert "只有联网时才知道" in panel.said
    assert (panel.dialog.chosen(), panel.dialog.phone.text()) == (chosen, "13900000000")
    panel.status.turn(True)
    panel.settle()
    assert panel.said == "", "read by itself once the line is back"
    assert panel.dialog.chosen() == chosen
    assert panel.held() == []


def test_opened_without_a_line_it_is_read_when_the_line_comes(panel: Panel) -> None:
    panel.status.turn(False)
    panel.open()
    assert "只有联网时才知道" in panel.said
    assert panel.platform.asked == []
    assert panel.dialog.chosen() is None
    panel.status.turn(True)
    panel.settle()
    assert panel.dialog.chosen() is not None


def test_a_number_that_lacks_is_asked_for(panel: Panel) -> None:
    panel.open()
    panel.dialog.phone.clear()
    panel.book()
    assert "电话号码不对" in panel.said
    assert "book" not in panel.platform.asked
    assert panel.dialog.phone.hasFocus() or panel.dialog.focusWidget() is panel.dialog.phone


def test_two_weeks_on_and_back(panel: Panel) -> None:
    panel.open()
    earlier = panel.dialog.findChild(QPushButton, "book_earlier")
    assert earlier is not None
    assert not earlier.isEnabled()
    panel.click("book_later")
    panel.settle()
    assert panel.dialog.days[0].id == (panel.platform.today + dt.timedelta(days=14)).isoformat()
    panel.click("book_earlier")
    panel.settle()
    assert panel.dialog.days[0].id == panel.platform.today.isoformat()


def test_the_slip_is_looked_at_and_printed_and_once_more_is_marked(panel: Panel) -> None:
    panel.open()
    panel.book()
    for again in (0, 1):
        panel.click("book_print")
        panel.qtbot.waitUntil(panel.ahead.preview.dialog.isVisible, timeout=WAIT)
        panel.ahead.preview.dialog.print_requested.emit()
        panel.settle()
        assert panel.printed[-1].paper.paper.reprint == again
    assert panel.ahead.state("printed")
    assert "已送打印" in panel.said


def test_what_comes_after_the_next_visitor_was_called_is_dropped(panel: Panel) -> None:
    panel.open()
    panel.key(K.Key_Return)
    panel.desk.begin()
    panel.settle()
    assert not panel.dialog.isVisible()
    assert panel.dialog.days == ()
    assert panel.dialog.mine == ()
    assert panel.dialog.phone.text() == "", "nothing of the last visitor stays"
    assert panel.ahead.booked is None


def test_after_acceptance_only_the_time_is_booked(panel: Panel) -> None:
    panel.accept.accepted = True
    panel.open()
    panel.book()
    (made,) = panel.held()
    assert (made.items, dict(made.fields)) == ((), {"applicant.phone": "13857200011"})
    assert panel.dialog.mine[0].about == "来窗口办理"
