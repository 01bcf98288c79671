"""Rating, number calls, the citizen's screen and fees at the desk, on emulated devices that speak the real wires."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from PyQt6.QtCore import QRect
from PyQt6.QtGui import QScreen
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from talk_bench import WAIT, Bench, talk_bench

from app.demo.world import DemoWorld
from app.domain.case import Window
from app.domain.rating import Channel
from app.presenters.customer_place import ScreenPlace, choose
from app.presenters.queue import counter_of, following
from app.presenters.rating import RatingDesk
from widgets.customer.screen import CustomerScreen
from widgets.dialogs.queue_number import QueueNumberDialog


@pytest.fixture
def bench(qtbot: QtBot, qapp: QApplication, tmp_path: Path, world: DemoWorld) -> Iterator[Bench]:
    yield from talk_bench(qtbot, qapp, tmp_path, world)


def test_the_rating_device_asks_after_acceptance_and_its_grade_is_kept_once(bench: Bench) -> None:
    thread = bench.device("emulated://rating-device")
    emulator = thread.device.emulator  # type: ignore[attr-defined]
    desk = RatingDesk(bench.desk, bench.rate, bench.accept, bench.parts.accept, thread)
    bench.service()
    bench.qtbot.waitUntil(lambda: emulator.lit, timeout=WAIT)
    assert emulator.asked[0][0] == bench.parts.counter.duty.clerk
    bench.settle()
    said = bench.said()
    with bench.qtbot.waitSignal(desk.stored, timeout=WAIT):
        emulator.press(4)
    bench.settle()
    given = bench.ratings()
    assert bench.accept.acceptance is not None
    assert len(given) == len(bench.accept.acceptance.cases)
    assert {(body["satisfaction"], body["pf"]) for body in given} == {(4, Channel.HALL_TABLET)}
    assert not desk.give(5), "one rating a service"
    assert bench.said() == said, "what the citizen thinks is not shown to the clerk"


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
