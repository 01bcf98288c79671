"""The licence panel on the real window: what it shows, decides, writes down, and when it warns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from desk_parts import BUNDLE, Parts, counter
from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.demo.world import DemoWorld
from app.domain.fact import SourceKind, Verdict
from app.licences.trust import AgePolicy, TrustList
from app.licences.trust_keeper import TrustKeeper
from app.presenters.desk import Desk
from app.presenters.licence_detail import LicenceDetailPresenter
from app.presenters.words import verdict_words
from app.services.scan_licence import ScanLicence
from app.services.use_licence import UseLicence
from app.workers.tasks import TaskRunner
from widgets.views import Tone
from widgets.window import MainWindow


class Main:
    """The part of MainPresenter that is needed."""

    def __init__(self) -> None:
        self.routes: dict[str, tuple[Callable[[], object], Callable[[], bool]]] = {}

    def add(self, action: str, run: Callable[[], object], possible: Callable[[], bool] = lambda: True) -> None:
        self.routes[action] = (run, possible)


class Signals(QObject):
    scanned = pyqtSignal(object)
    synced = pyqtSignal(object)


@dataclass
class Counter:
    parts: Parts
    window: MainWindow
    desk: Desk
    main: Main
    signals: Signals
    keeper: TrustKeeper
    panel: LicenceDetailPresenter

    def show(self, *licences: str, person: str = "zhang-wei") -> None:
        parts = self.parts
        visit = parts.choose.add(parts.identified(parts.begin(), person), BUNDLE)
        scan = ScanLicence(parts.clock, parts.scan._duty, self.keeper)
        for name in licences:
            text = parts.world.licence_text(name)
            visit = scan.apply(visit, text, scan.read(text))
        self.desk.begin(visit)
        self.signals.scanned.emit(visit.licences[-1].reading)

    def open(self) -> None:
        run, possible = self.main.routes["licence_detail"]
        assert possible()
        run()

    def words(self) -> str:
        QApplication.processEvents()  # what is put into a layout is shown with the next event
        return "\n".join(label.text() for label in self.panel.dialog.findChildren(QLabel) if label.isVisible())

    def actions(self) -> list[str]:
        return [entry.action for entry in self.parts.store.audit_entries()]


@pytest.fixture
def at(tmp_path: Path, world: DemoWorld, qtbot: QtBot) -> Iterator[Counter]:
    with counter(tmp_path / "profile", world) as parts:
        window = MainWindow()
        qtbot.addWidget(window)
        runner = TaskRunner()
        desk = Desk(parts.clock, runner, window.notice)
        main, signals = Main(), Signals()
        keeper = TrustKeeper(tmp_path, TrustList.load(world.trust_folder), parts.clock, policy=AgePolicy(7, 30))
        duty = parts.scan._duty
        panel = LicenceDetailPresenter(
            window, desk, UseLicence(parts.clock, duty), keeper, main,  # type: ignore[arg-type]
            codes=signals, status=signals, store=parts.store, duty=duty,  # type: ignore[arg-type]
        )  # fmt: skip
        window.show()
        yield Counter(parts, window, desk, main, signals, keeper, panel)
        runner.close()


def from_licence(at: Counter) -> set[str]:
    facts = at.desk.visit.form.in_force()
    return {key for key, fact in facts.items() if fact.source.kind is SourceKind.LICENCE}


def notice(at: Counter) -> str:
    return "\n".join(label.text() for label in at.window.notice.findChildren(QLabel))


def test_nothing_to_open_before_a_licence_was_shown(at: Counter) -> None:
    at.desk.begin()
    assert not at.main.routes["licence_detail"][1]()
    at.window.who.licence_opened.emit(0)
    assert not at.panel.dialog.isVisible()


def test_all_of_a_good_licence_is_shown_masked(at: Counter) -> None:
    at.show("real-estate")
    at.open()
    said = at.words()
    for part in ("不动产权证书", "签名有效", "同一人", "湖州市自然资源和规划局", "校验位相符", "1 天前", "经营场所"):
        assert part in said, part
    assert "330502199003150512" not in said
    assert "张伟" not in said


def test_the_holder_is_shown_for_a_while_and_on_record(at: Counter, qtbot: QtBot) -> None:
    at.show("real-estate")
    at.open()
    at.panel.dialog.reveal_asked.emit()
    qtbot.waitUntil(lambda: "330502199003150512" in at.words(), timeout=20_000)
    assert at.actions()[-1] == "licence.holder_shown"
    at.panel._timer.timeout.emit()
    assert "330502199003150512" not in at.words()


def test_what_is_left_leaves_the_form(at: Counter) -> None:
    at.show("real-estate")
    before = from_licence(at)
    at.open()
    at.panel.dialog.chosen.emit(sorted(before - {"premises.area"}))
    assert from_licence(at) == before - {"premises.area"}
    at.open()
    assert "不采用" in at.words()
    assert at.desk.undo()
    assert from_licence(at) == before


def test_somebody_elses_is_told_at_once_and_used_for_a_reason(at: Counter) -> None:
    at.show("other-holder")
    assert "不是来访人的证照" in notice(at)
    assert "Ctrl+Shift+E" in notice(at)
    assert from_licence(at) == set()
    at.open()
    dialog = at.panel.dialog
    assert dialog.reason.isVisible()
    dialog.relied.emit(" ")
    assert dialog.isVisible()
    assert "没有写明理由" in at.words()
    dialog.relied.emit("房东出租，承租人办理")
    assert not dialog.isVisible()
    assert "premises.address" in from_licence(at)
    at.open()
    assert "已写明理由" in at.words()


def test_one_after_the_other(at: Counter) -> None:
    at.show("real-estate", "expired", "untrusted")
    at.open()
    seen = []
    for _ in range(3):
        seen.append(next(word for word in ("签名有效", "已过期", "无效") if word in at.words().splitlines()))
        at.panel.dialog.next_asked.emit()
    assert seen == ["无效", "签名有效", "已过期"]
    at.window.who.licence_opened.emit(1)
    assert "已过期" in at.words()
    at.desk.begin()
    assert not at.panel.dialog.isVisible()


def test_an_old_list_is_said_once_a_day(at: Counter) -> None:
    at.signals.synced.emit(None)
    assert "信任名单" not in notice(at)
    at.parts.clock.advance(dt.timedelta(days=8))
    at.signals.synced.emit(None)
    assert "信任名单已 9 天未更新" in notice(at)
    at.desk.tell(Tone.INFO, "别的")
    at.signals.synced.emit(None)
    assert "信任名单" not in notice(at)
    at.parts.clock.advance(dt.timedelta(days=23))
    at.signals.synced.emit(None)
    assert "不能免交" in notice(at)


def test_under_a_list_too_old_it_is_captured_with_the_reason(at: Counter) -> None:
    at.parts.clock.advance(dt.timedelta(days=40))
    at.show("real-estate")
    reading = at.desk.visit.licences[0].reading
    assert reading.verdict is Verdict.CAPTURED_UNVERIFIED
    assert "41 天未更新" in verdict_words(reading).words
    at.open()
    assert "已采集，尚未核验" in at.words()
    assert "请联网更新" in at.words()


def test_a_clock_that_is_off_is_said_on_the_card(at: Counter) -> None:
    scan = ScanLicence(at.parts.clock, at.parts.scan._duty, at.keeper, lambda: True)
    words, tone = verdict_words(scan.read(at.parts.world.licence_text("real-estate")))
    assert "本机时间可能不准" in words
    assert tone is Tone.WARNING
    at.parts.clock.advance(-dt.timedelta(days=3))  # before the list's own day
    early = ScanLicence(at.parts.clock, at.parts.scan._duty, at.keeper)
    assert "本机时间可能不准" in verdict_words(early.read(at.parts.world.licence_text("real-estate"))).words
