"""Rating, number calls, the citizen's screen and fees at the desk, on emulated devices that speak the real wires."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from desk_parts import Parts, counter
from PyQt6.QtCore import QRect
from PyQt6.QtGui import QScreen
from PyQt6.QtWidgets import QApplication, QDialog, QLabel
from pytestqt.qtbot import QtBot

from app.demo.world import DemoWorld
from app.domain.case import OperationKind, Window
from app.domain.rating import Channel
from app.presenters.accept import AcceptPresenter
from app.presenters.customer_place import ScreenPlace, choose
from app.presenters.desk import Desk
from app.presenters.main import MainPresenter
from app.presenters.payment import PaymentPresenter
from app.presenters.print_desk import PrintDesk
from app.presenters.queue import QueuePresenter, counter_of, following
from app.presenters.rating import RatingDesk
from app.services.one_time_notice import OneTimeNotice
from app.services.rate import Rate
from app.services.take_payment import TakePayment
from app.settings import PrintRules
from app.workers.device_thread import DeviceThread
from app.workers.tasks import TaskRunner
from devices.registry import open_device
from widgets.customer.screen import CustomerScreen
from widgets.dialogs.payment import PaymentDialog
from widgets.dialogs.queue_number import QueueNumberDialog
from widgets.theme import apply_theme
from widgets.window import MainWindow

WAIT = 30_000


class OtherActions:
    """The main presenter's part that is needed: keys that are answered."""

    def __init__(self) -> None:
        self.runs: dict[str, Any] = {}
        self.possible: dict[str, Any] = {}

    def add(self, action: str, run: Any, possible: Any = lambda: True) -> None:
        self.runs[action], self.possible[action] = run, possible

    def enable(self) -> None: ...


@dataclass
class Bench:
    parts: Parts
    window: MainWindow
    desk: Desk
    accept: AcceptPresenter
    rate: Rate
    main: OtherActions
    qtbot: QtBot
    threads: list[DeviceThread]

    def device(self, uri: str) -> DeviceThread:
        thread = DeviceThread(open_device(uri))
        self.threads.append(thread)
        with self.qtbot.waitSignal(thread.light, timeout=WAIT):
            thread.start()
        return thread

    def service(self) -> None:
        self.desk.begin(self.parts.ready())
        before = self.accept.acceptance
        assert before is None
        self.accept.accept()
        self.qtbot.waitUntil(lambda: self.accept.accepted, timeout=WAIT)

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.desk.tasks.busy, timeout=WAIT)

    def ratings(self) -> list[dict[str, Any]]:
        return [op.body for op in self.parts.store.outbox() if op.kind is OperationKind.RATING]

    def queue(self, thread: DeviceThread) -> QueuePresenter:
        place = Window("W03", "综合窗口 03", "演示大厅", "330502")
        made = QueuePresenter(
            self.window,
            self.desk,
            cast(MainPresenter, self.main),
            thread,
            self.parts.store,
            self.parts.counter.duty,
            place,
        )
        self.settle()
        return made

    def said(self) -> str:
        return " ".join(label.text() for label in self.window.notice.findChildren(QLabel))

    def open_dialog(self, kind: type[Any]) -> Any:
        self.qtbot.waitUntil(lambda: any(d.isVisible() for d in self.window.findChildren(kind)), timeout=WAIT)
        return next(d for d in self.window.findChildren(kind) if d.isVisible())


@pytest.fixture
def bench(qtbot: QtBot, qapp: QApplication, tmp_path: Path, world: DemoWorld) -> Iterator[Bench]:
    if not qapp.styleSheet():
        apply_theme(qapp)
    with counter(tmp_path / "profile", world) as parts:
        window = MainWindow()
        window.show()
        tasks = TaskRunner()
        desk = Desk(parts.clock, tasks, window.notice)
        printing = PrintDesk(desk, parts.papers, {}, parts.store, PrintRules())
        accept = AcceptPresenter(window, desk, parts.accept, printing, parts.drafts, {}, OneTimeNotice(parts.counter))
        rate = Rate(parts.store, parts.catalog, parts.clock, Channel.HALL_TABLET)
        made = Bench(parts, window, desk, accept, rate, OtherActions(), qtbot, [])
        yield made
        for dialog in window.findChildren(QDialog):
            dialog.hide()
        for thread in made.threads:
            thread.stop()
        made.settle()
        tasks.close()
        window.close()


def test_the_rating_device_asks_after_acceptance_and_its_grade_is_kept_once(bench: Bench) -> None:
    thread = bench.device("emulated://rating-device")
    emulator = thread.device.emulator  # type: ignore[attr-defined]
    desk = RatingDesk(bench.desk, bench.rate, bench.accept, bench.parts.accept, thread)
    bench.service()
    bench.qtbot.waitUntil(lambda: emulator.lit, timeout=WAIT)
    assert emulator.asked[0][0] == bench.parts.counter.duty.clerk
    with bench.qtbot.waitSignal(desk.stored, timeout=WAIT):
        emulator.press(4)
    bench.settle()
    given = bench.ratings()
    assert bench.accept.acceptance is not None
    assert len(given) == len(bench.accept.acceptance.cases)
    assert {(body["satisfaction"], body["pf"]) for body in given} == {(4, Channel.HALL_TABLET)}
    assert not desk.give(5), "one rating a service"
    assert "4" not in bench.said()
    assert "满意" not in bench.said()


def test_the_other_device_falls_silent_once_one_was_answered(bench: Bench) -> None:
    thread = bench.device("emulated://rating-device")
    emulator = thread.device.emulator  # type: ignore[attr-defined]
    desk = RatingDesk(bench.desk, bench.rate, bench.accept, bench.parts.accept, thread)
    bench.service()
    bench.qtbot.waitUntil(lambda: emulator.lit, timeout=WAIT)
    assert desk.give(5, (), Channel.QR)
    bench.qtbot.waitUntil(lambda: not emulator.lit, timeout=WAIT)
    bench.settle()
    assert {body["pf"] for body in bench.ratings()} == {Channel.QR}


def test_the_next_visitor_never_rates_the_last_ones_service(bench: Bench) -> None:
    thread = bench.device("emulated://rating-device")
    emulator = thread.device.emulator  # type: ignore[attr-defined]
    desk = RatingDesk(bench.desk, bench.rate, bench.accept, bench.parts.accept, thread)
    bench.service()
    bench.qtbot.waitUntil(lambda: emulator.lit, timeout=WAIT)
    bench.accept.close_visit()
    bench.settle()
    assert emulator.lit, "the last visitor may still answer while nobody else is served"
    bench.desk.begin(bench.parts.identified(bench.parts.begin()))
    bench.qtbot.waitUntil(lambda: not emulator.lit, timeout=WAIT)
    emulator.press(1)
    assert not desk.give(1)
    assert not bench.ratings()


def test_numbers_come_from_the_queue_and_are_called_again_and_missed(bench: Bench) -> None:
    thread = bench.device("emulated://queue-caller?numbers=A007,A008")
    emulator = thread.device.emulator  # type: ignore[attr-defined]
    queue = bench.queue(thread)
    assert not bench.main.possible["call_again"]()
    queue.call_next()
    bench.qtbot.waitUntil(lambda: queue.number == "A007", timeout=WAIT)
    queue.call_again()
    bench.qtbot.waitUntil(lambda: len(emulator.called) == 2 and bench.main.possible["call_again"](), timeout=WAIT)
    assert emulator.called == [("A007", "3", False), ("A007", "3", True)]
    queue.miss()
    bench.qtbot.waitUntil(lambda: queue.number == "", timeout=WAIT)
    assert emulator.missed == ["A007"]
    bench.settle()
    actions = [entry.action for entry in bench.parts.store.audit_entries() if entry.action.startswith("queue.")]
    assert actions == ["queue.called", "queue.called", "queue.missed"]
    queue.call_next()
    bench.qtbot.waitUntil(lambda: queue.number == "A008", timeout=WAIT)
    queue.call_next()
    bench.qtbot.waitUntil(lambda: "没有人排队" in bench.said(), timeout=WAIT)
    assert queue.number == "A008"


def test_without_a_queue_the_clerk_says_the_number_and_it_counts_on(bench: Bench) -> None:
    thread = bench.device("emulated://number-display")
    emulator = thread.device.emulator  # type: ignore[attr-defined]
    queue = bench.queue(thread)
    queue.call_next()
    dialog = bench.open_dialog(QueueNumberDialog)
    dialog.number.setText("a099")
    dialog._call()
    bench.qtbot.waitUntil(lambda: queue.number == "A099", timeout=WAIT)
    assert emulator.shown == [("A099", "3", False)]
    bench.settle()
    later = bench.queue(thread)  # after a restart
    later.call_next()
    bench.qtbot.waitUntil(
        lambda: any(d.number.text() == "A100" for d in bench.window.findChildren(QueueNumberDialog)), timeout=WAIT
    )


def test_a_paused_window_calls_nobody(bench: Bench) -> None:
    queue = bench.queue(bench.device("emulated://queue-caller?numbers=A007"))
    bench.parts.counter.duty.serving = False
    queue.call_next()
    assert "暂停服务" in bench.said()
    assert queue.number == ""


@pytest.mark.parametrize(("number", "after"), [("A012", "A013"), ("099", "100"), ("B9", "B10"), ("", ""), ("VIP", "")])
def test_the_number_after(number: str, after: str) -> None:
    assert following(number) == after


def test_people_are_called_to_the_windows_number() -> None:
    assert counter_of(Window("W03", "综合窗口 03", "", "")) == "3"
    assert counter_of(Window("W12", "税务窗口", "", "")) == "12"


def payment(bench: Bench, **threads: DeviceThread) -> PaymentPresenter:
    place = Window("W03", "综合窗口 03", "演示大厅", "330502")
    service = TakePayment(bench.parts.store, bench.parts.clock, place, bench.parts.counter.duty)
    return PaymentPresenter(bench.window, bench.desk, cast(MainPresenter, bench.main), bench.accept, service, threads)


def test_a_fee_is_taken_by_card_once_and_known_afterwards(bench: Bench) -> None:
    thread = bench.device("emulated://payment-terminal")
    emulator = thread.device.emulator  # type: ignore[attr-defined]
    desk = payment(bench, payment_terminal=thread)
    assert not bench.main.possible["take_payment"]()
    bench.service()
    desk.open()
    dialog: PaymentDialog = bench.open_dialog(PaymentDialog)
    dialog._fields[0].setText("12.34")
    for field in dialog._fields[1:]:
        field.setText("0")
    dialog._go.click()
    bench.qtbot.waitUntil(lambda: "已收 12.34 元" in dialog.state_words(), timeout=WAIT)
    assert [amount for _, amount in emulator.taken] == [1234]
    dialog.reject()
    desk.open()
    bench.qtbot.waitUntil(lambda: "费用已经收到" in bench.said(), timeout=WAIT)
    trail = [entry.action for entry in bench.parts.store.audit_entries() if entry.action.startswith("payment.")]
    assert trail == ["payment.asked", "payment.taken"]


def test_what_is_in_doubt_can_only_be_asked_for(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("devices.drivers.pos_serial._ABANDON_SECONDS", 0.0)
    monkeypatch.setattr("app.presenters.payment.PAY_SECONDS", 0.4)
    thread = bench.device("emulated://payment-terminal?fault=lost:1")
    emulator = thread.device.emulator  # type: ignore[attr-defined]
    desk = payment(bench, payment_terminal=thread)
    bench.service()
    desk.open()
    dialog: PaymentDialog = bench.open_dialog(PaymentDialog)
    for field in dialog._fields:
        field.setText("10")
    dialog._go.click()
    bench.qtbot.waitUntil(lambda: dialog._query.isVisible(), timeout=WAIT)
    assert not dialog._go.isVisible()
    assert len(emulator.taken) == 1
    dialog._query.click()
    bench.qtbot.waitUntil(lambda: "已收" in dialog.state_words(), timeout=WAIT)
    assert len(emulator.taken) == 1
    dialog.reject()


def test_what_stood_open_is_settled_at_the_next_start(bench: Bench) -> None:
    thread = bench.device("emulated://payment-terminal")
    emulator = thread.device.emulator  # type: ignore[attr-defined]
    bench.service()
    assert bench.accept.acceptance is not None
    place = Window("W03", "综合窗口 03", "演示大厅", "330502")
    service = TakePayment(bench.parts.store, bench.parts.clock, place, bench.parts.counter.duty)
    taken = service.begin(bench.accept.acceptance.cases, 1000, "payment_terminal")
    emulator.taken.append((taken.order, 1000))  # and the power went
    payment(bench, payment_terminal=thread).settle()
    bench.qtbot.waitUntil(lambda: "收到 10.00 元" in bench.said(), timeout=WAIT)
    assert service.open_payments() == ()
    assert len(emulator.taken) == 1


def test_stopping_ends_the_terminals_wait(bench: Bench) -> None:
    thread = bench.device("emulated://payment-terminal?fault=no-card")
    emulator = thread.device.emulator  # type: ignore[attr-defined]
    desk = payment(bench, payment_terminal=thread)
    bench.service()
    desk.open()
    dialog: PaymentDialog = bench.open_dialog(PaymentDialog)
    for field in dialog._fields:
        field.setText("10")
    dialog._go.click()
    bench.qtbot.waitUntil(lambda: bool(emulator._waiting), timeout=WAIT)
    dialog.reject()
    assert dialog.isVisible(), "money is not left alone"
    bench.qtbot.waitUntil(lambda: "没有扣款" in dialog.state_words(), timeout=WAIT)
    emulator.present_card()
    assert not emulator.taken
    dialog.reject()
    assert not dialog.isVisible()


def _screen(name: str) -> QScreen:
    return cast(QScreen, SimpleNamespace(name=lambda: name, geometry=lambda: QRect(0, 0, 800, 600)))


def test_the_screen_is_found_by_number_and_known_again_by_its_name() -> None:
    mine, theirs, new = _screen("eDP-1"), _screen("HDMI-1"), _screen("DP-3")
    assert choose("2", [mine, theirs]) is theirs
    assert choose("2", [theirs, mine], "HDMI-1") is theirs, "counted anew after plugging"
    assert choose("2", [mine, new], "HDMI-1") is None, "another screen may be the clerk's own"
    assert choose("HDMI-1", [mine, theirs]) is theirs
    assert choose("3", [mine, theirs]) is None
    assert choose("window", [mine, theirs]) is None


def test_a_screen_that_goes_leaves_a_window_and_says_so(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = CustomerScreen("演示大厅", "测试窗口")
    placed: list[str] = []
    monkeypatch.setattr(screen, "place", lambda chosen: placed.append(chosen.name() if chosen else "window"))
    there = [_screen("eDP-1"), _screen("HDMI-1")]
    place = ScreenPlace(screen, "2", bench.desk, bench.parts.store, lambda: there)
    place.start(lambda: None)
    bench.qtbot.waitUntil(lambda: place.screen_name() == "HDMI-1", timeout=WAIT)
    bench.settle()
    gone = there.pop()
    place.look()
    assert place.screen_name() == ""
    assert "群众屏断开" in bench.said()
    there.insert(0, gone)
    place.look()
    assert placed == ["HDMI-1", "window", "HDMI-1"]
    place.stop()
    screen.close()
