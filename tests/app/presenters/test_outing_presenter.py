"""Ctrl+Shift+V on the real window, against a real gateway: taken along, begun, extended, given back; and the wipe."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from desk_parts import Parts
from outing_kit import SECOND, SECOND_TOKEN, VISIT, MobileWindow, mobile_window
from PyQt6.QtCore import QCoreApplication, QEventLoop, QObject, QTimer, pyqtSignal
from PyQt6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.domain.clock import FixedClock
from app.domain.fact import SourceKind
from app.domain.visit_pack import PackState, VisitState
from app.domain.wipe import WipeKind, WipeOrder
from app.presenters.application import tell_wiped
from app.presenters.desk import Desk
from app.presenters.outing import OutingPresenter
from app.presenters.wiping import WipePresenter
from app.server.errors import Unreachable
from app.server.visit_client import VisitClient
from app.services.outing_check import OutingCheck
from app.services.remote_wipe import Wiped
from app.services.visit import Visit
from app.settings import VisitRules
from app.sync.engine import SyncReport
from app.workers.tasks import TaskRunner
from widgets.views import Tone
from widgets.window import MainWindow
from widgets.wiped import WipedScreen

LONG = 30_000


class Main:
    """The part of MainPresenter that is needed."""

    def __init__(self) -> None:
        self.routes: dict[str, Callable[[], object]] = {}

    def add(self, action: str, run: Callable[[], object], possible: Callable[[], bool] = lambda: True) -> None:
        self.routes[action] = run


class Status(QObject):
    synced = pyqtSignal(object)
    online = True


@dataclass
class Accept:
    desk: Desk
    accepted: bool = False

    def changeable(self) -> bool:
        return not self.accepted

    def turn_to(self, visit: Visit | None) -> None:
        self.desk.begin(visit)


class Drafts:
    def put_away(self, then: Callable[[], None]) -> None:
        then()


@dataclass
class Screen:
    mobile: MobileWindow
    window: MainWindow
    desk: Desk
    main: Main
    status: Status
    accept: Accept
    outing: OutingPresenter
    qtbot: QtBot
    synced: list[bool] = field(default_factory=list)

    @property
    def clock(self) -> FixedClock:
        return self.mobile.parts.clock

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.desk.tasks.busy, timeout=LONG)

    def open(self) -> None:
        self.main.routes["outing"]()
        self.settle()

    def press(self, name: str) -> None:
        """The button that leads on, or one of those at the left."""
        button = {"go": self.outing.dialog._go, "extend": self.outing.dialog._extend}[name]
        assert button.isEnabled(), name
        button.click()
        self.settle()

    def said(self) -> str:
        labels = self.outing.dialog.findChildren(QLabel)
        return "\n".join(label.text() for label in labels if not label.isHidden())

    def give_back(self, done: bool = True) -> None:
        self.outing.dialog._back.click()
        asked = self.outing._give_back
        assert asked is not None
        asked._answer(done)
        self.settle()


@pytest.fixture
def screen(qtbot: QtBot, parts: Parts, tmp_path: Path) -> Iterator[Screen]:
    with mobile_window(parts, tmp_path) as mobile:
        mobile.plan()
        mobile.engine.run_once()
        window = MainWindow()
        qtbot.addWidget(window)
        window.show()
        tasks = TaskRunner()
        desk = Desk(parts.clock, tasks, window.notice)
        main, status, accept = Main(), Status(), Accept(desk)
        check = OutingCheck(
            parts.store, parts.catalog, parts.choose, parts.trust, parts.clock,
            draws=parts.counter.renderer.require, suspect=lambda: False, folder=tmp_path,
        )  # fmt: skip
        synced: list[bool] = []
        outing = OutingPresenter(
            window, desk, mobile.packs, check, VisitRules(), main, accept, Drafts(), status,  # type: ignore[arg-type]
            lambda: synced.append(True),
        )  # fmt: skip
        desk.begin()
        made = Screen(mobile, window, desk, main, status, accept, outing, qtbot, synced)
        yield made
        tasks.close()


def test_taken_along_checked_and_begun(screen: Screen) -> None:
    screen.open()
    (row,) = screen.outing.dialog.rows
    assert (row.state, row.held) == ("可领取", False)
    assert screen.synced, "what is planned is asked for anew"
    screen.press("go")
    (row,) = screen.outing.dialog.rows
    assert (row.state, row.tone, row.held) == ("还剩 7 天 0 小时", Tone.SUCCESS, True)
    screen.qtbot.waitUntil(lambda: "受理流水号" in screen.said(), timeout=LONG)
    assert "每天 40 个" in screen.said()
    assert "330502199003150512" not in screen.said(), "numbers are masked"
    screen.press("go")
    assert not screen.outing.dialog.isVisible()
    visit = screen.desk.visit
    assert visit.codes == ("open-a-barber-shop",)
    assert screen.window.notice.title() == "外出任务包：𠮷祥㛃理发店"
    screen.desk.change(screen.mobile.parts.identified(screen.desk.visit))
    phone = screen.desk.visit.form.state("applicant.phone").fact
    assert phone is not None
    assert phone.source.kind is SourceKind.PACK
    # Another's card takes the person's facts away and leaves the firm's.
    screen.desk.change(screen.mobile.parts.identified(screen.desk.visit, "wang-ji"))
    assert screen.desk.visit.form.state("applicant.phone").fact is None
    assert screen.desk.visit.form.state("business.name").value == "𠮷祥㛃理发店"


def test_a_parked_visit_knows_its_pack_when_it_is_taken_up(screen: Screen) -> None:
    screen.open()
    screen.press("go")
    screen.press("go")
    visit = screen.desk.visit
    screen.desk.begin()
    screen.settle()
    screen.desk.begin(visit)
    screen.settle()
    screen.desk.change(screen.mobile.parts.identified(screen.desk.visit))
    assert screen.desk.visit.form.state("applicant.phone").value == "13905720001"


def test_the_end_is_told_amber_red_and_once(screen: Screen) -> None:
    screen.open()
    screen.press("go")
    screen.outing.dialog.close()
    notice = screen.window.notice
    for ahead, words in ((5, "还剩 2 天 0 小时"), (1.6, "还剩 9 小时 36 分"), (0.4, "已到期")):
        notice.dismiss()
        screen.clock.advance(dt.timedelta(days=ahead))
        screen.status.synced.emit(None)
        screen.settle()
        assert notice.title() == f"任务包{words}：𠮷祥㛃理发店"
        notice.dismiss()
        screen.status.synced.emit(None)
        screen.settle()
        assert not notice.isVisible(), "told once"
    screen.open()
    (row,) = screen.outing.dialog.rows
    assert (row.state, row.tone) == ("已到期", Tone.ERROR)
    assert "begin" not in row.can
    screen.press("extend")
    (row,) = screen.outing.dialog.rows
    assert row.state == "还剩 7 天 0 小时"


def test_what_the_platform_refuses_is_said_in_the_list(screen: Screen) -> None:
    other = VisitClient(screen.mobile.gateway.url, SECOND, SECOND_TOKEN, clock=screen.clock)
    other.check_out(
        "1b4e28ba-2fa1-41d2-883f-0016d3cca427", VISIT, window_id="M02", clerk="王芳", days=7, catalog_version="x"
    )
    other.close()
    screen.open()
    screen.press("go")
    assert "任务包已被领取" in screen.said()
    assert "王芳" in screen.said()
    assert screen.mobile.packs.on_hand() == []


def test_without_a_line_it_says_so_and_keeps_everything(screen: Screen) -> None:
    screen.open()
    screen.press("go")
    screen.mobile.gateway.stop()
    screen.give_back()
    assert "平台连接不上" in screen.said()
    (still,) = screen.mobile.packs.on_hand()
    assert still.state is PackState.ON_HAND
    assert "begin" in screen.outing.dialog.rows[0].can, "it can still be used"
    screen.mobile.gateway.start()


def test_a_return_under_way_says_so(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    screen.open()
    screen.press("go")

    def cut(*_: object, **__: object) -> VisitState:
        raise Unreachable("连接中断")

    with monkeypatch.context() as patch:
        patch.setattr(screen.mobile.line, "give_back", cut)
        screen.give_back()
    assert screen.outing.dialog.rows[0].state == "正在交回"
    screen.mobile.engine.run_once()
    screen.status.synced.emit(None)
    screen.settle()
    assert screen.mobile.packs.on_hand() == []


def test_given_back_nothing_is_left_in_the_list(screen: Screen) -> None:
    screen.open()
    screen.press("go")
    screen.give_back()
    assert "已交回" in screen.said()
    assert screen.mobile.packs.on_hand() == []


@dataclass
class Wipe:
    """The part of RemoteWipe that is needed."""

    order: WipeOrder | None = None
    begun: bool = False

    def begin(self) -> None:
        self.begun = True


@pytest.fixture
def quits(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    asked: list[bool] = []
    monkeypatch.setattr(QCoreApplication, "quit", lambda *_: asked.append(True))
    return asked


def wiping(screen: Screen, kind: WipeKind) -> tuple[Wipe, WipePresenter]:
    wipe = Wipe(WipeOrder("1b4e28ba-2fa1-41d2-883f-0016d3cca427", kind, screen.clock.now()))
    made = WipePresenter(
        screen.desk, wipe, screen.mobile.packs, screen.mobile.parts.store, screen.accept, screen.status
    )  # type: ignore[arg-type]
    return wipe, made


def report(settled: bool, waiting: int = 0) -> SyncReport:
    return SyncReport(0, 0, waiting, 0, True, settled=settled)


def test_a_machine_to_be_handed_back_waits_for_work_and_visitor(screen: Screen, quits: list[bool]) -> None:
    screen.open()
    screen.press("go")
    screen.outing.dialog.close()
    wipe, presenter = wiping(screen, WipeKind.RETURN)
    screen.status.synced.emit(report(False, 3))
    assert screen.window.notice.title() == "平台要求清除本机数据"
    screen.desk.change(screen.mobile.parts.identified(screen.desk.visit))
    screen.status.synced.emit(report(True))
    screen.settle()
    assert not wipe.begun, "somebody is being served"
    screen.desk.begin()
    screen.qtbot.waitUntil(lambda: wipe.begun and bool(quits), timeout=LONG)
    assert screen.mobile.packs.on_hand() == [], "packs went back first"
    assert isinstance(presenter.screen, WipedScreen)
    assert not screen.window.isVisible()
    presenter.screen.close()


def test_what_was_accepted_since_the_last_report_is_sent_first(screen: Screen, quits: list[bool]) -> None:
    """The report is a minute old; the case is not in it, and the line is gone."""
    parts = screen.mobile.parts
    parts.accept.accept(parts.ready())
    screen.mobile.gateway.stop()
    wipe, _ = wiping(screen, WipeKind.RETURN)
    screen.status.synced.emit(report(True))
    screen.settle()
    assert not wipe.begun
    assert "要上报或处理" in screen.window.notice.words()
    screen.mobile.gateway.start()
    screen.clock.advance(dt.timedelta(minutes=10))
    screen.status.synced.emit(report(True))
    screen.qtbot.waitUntil(lambda: wipe.begun, timeout=LONG)
    assert parts.store.counts().waiting == 0


def test_a_parked_visitor_is_not_wiped_away(screen: Screen, quits: list[bool]) -> None:
    parts = screen.mobile.parts
    visit = parts.identified(parts.begin())
    parts.drafts.park(visit)
    wipe, _ = wiping(screen, WipeKind.RETURN)
    screen.status.synced.emit(report(True))
    screen.settle()
    assert not wipe.begun
    assert "没有办完" in screen.window.notice.words()
    parts.drafts.discard(visit.visit_id)
    screen.status.synced.emit(report(True))
    screen.qtbot.waitUntil(lambda: wipe.begun, timeout=LONG)


def test_a_stolen_machine_shows_nothing_more(screen: Screen, quits: list[bool]) -> None:
    screen.open()
    wipe, presenter = wiping(screen, WipeKind.STOLEN)
    screen.status.synced.emit(report(False))
    assert presenter.screen is None, "only once the keys are gone"
    wipe.begun = True
    screen.status.synced.emit(report(False))
    assert quits == [True]
    shown = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not presenter.screen]
    assert shown == []
    screen.settle()
    assert presenter.screen is not None
    presenter.screen.close()


def test_without_an_order_nothing_happens(screen: Screen, quits: list[bool]) -> None:
    presenter = WipePresenter(
        screen.desk, None, screen.mobile.packs, screen.mobile.parts.store, screen.accept, screen.status
    )  # type: ignore[arg-type]
    screen.status.synced.emit(report(True))
    screen.settle()
    assert presenter.screen is None
    assert quits == []


def test_the_next_start_says_that_it_was_wiped(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Both change the whole process, which is the tests' here; an application that was quit runs no loop any more.
    monkeypatch.setattr("app.presenters.application.application", lambda _: QEventLoop())
    monkeypatch.setattr("app.presenters.application.hear_interrupts", lambda _: QTimer())
    seen: list[str] = []

    def leave() -> None:
        shown = next(w for w in QApplication.topLevelWidgets() if isinstance(w, WipedScreen) and w.isVisible())
        seen.append(shown.accessibleDescription())
        shown.left.emit()

    QTimer.singleShot(0, leave)
    tell_wiped(Wiped("stolen", whole=True, told=False))
    assert "登记为丢失" in seen[0]
    assert "还没有连上平台" in seen[0]
