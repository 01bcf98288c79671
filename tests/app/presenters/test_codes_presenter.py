"""Scanning on the screen: which code, what it leads to, wrong kinds, dynamic codes that wait for the platform."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from desk_parts import BUNDLE, Parts, counter
from PyQt6.QtCore import QObject, Qt, pyqtSignal
from PyQt6.QtGui import QImage
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.demo.codes import CODES, DYNAMIC, issued_codes
from app.demo.world import DemoWorld
from app.domain.clerk import Clerk
from app.domain.clock import SystemClock
from app.domain.fact import Verdict
from app.domain.licence import CodeKind, LicenceReading, ScannedCode
from app.domain.redemption import RedeemOutcome, RedeemReply, RedeemRequest
from app.domain.shared_data import Booking
from app.licences.kinds import Recognised
from app.licences.trust import TrustList
from app.presenters.bookings import BookingPresenter
from app.presenters.code_leads import CodeLeadsPresenter
from app.presenters.codes import CodePresenter
from app.presenters.desk import Desk
from app.presenters.form import FormPresenter
from app.presenters.items import ItemsPresenter
from app.presenters.redeem import RETRY_TICKS, RedeemPresenter
from app.presenters.sounds import NoSpeaker, Sounds
from app.presenters.who import WhoPresenter
from app.server.errors import Rejected, Unreachable
from app.services.bookings import Bookings
from app.services.code_leads import CodeLeads
from app.services.complete_later import CompleteLater
from app.services.duty import Duty
from app.services.redeem import Redeem
from app.services.scan_licence import ScanLicence
from app.workers.tasks import TaskRunner
from devices.base import Frame
from widgets.dialogs.code import CodeDialog
from widgets.window import MainWindow

LI = Duty(Clerk("0231", "演示员"))
TEXT = CODES[DYNAMIC].text
USCC = "92330502MA2B001009"
NUMBER = "330502199003150512"


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> DemoWorld:
    return DemoWorld(tmp_path_factory.mktemp("world"), SystemClock())


@pytest.fixture
def parts(tmp_path: Path, world: DemoWorld) -> Iterator[Parts]:
    with counter(tmp_path / "profile", world) as made:
        yield made


class Source(QObject):
    """A camera that shows what the test says."""

    frame = pyqtSignal(QImage, object)
    ended = pyqtSignal(object)
    streaming = False

    def start_stream(self) -> None:
        self.streaming = True

    def stop_stream(self) -> None:
        self.streaming = False

    def taken(self) -> None:
        pass

    def set_room(self, width: int, height: int) -> None:
        pass


class Analyser(QObject):
    analysed = pyqtSignal(object, object)


class Main(QObject):
    open_now = True

    def add(self, action: str, run: object, possible: object = None) -> None:
        pass

    def enable(self) -> None:
        pass


class Status(QObject):
    synced = pyqtSignal(object)
    online = True

    def turn(self, on: bool) -> None:
        self.online = on
        self.synced.emit(None)


class Opened(QObject):
    """The parts that a lead may open: which, with what."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def open_number(self, number: str) -> None:
        self.said.append(f"case {number}")

    def open_for(self, words: str) -> None:
        self.said.append(f"later {words}")


@dataclass
class Line:
    """The platform as it may behave."""

    licences: dict[str, Any] = field(default_factory=dict)
    outcome: RedeemOutcome = RedeemOutcome.REDEEMED
    dead: bool = False
    refused: bool = False
    bookings: tuple[Booking, ...] = ()
    asked: list[RedeemRequest] = field(default_factory=list)

    def redeem(self, request: RedeemRequest) -> RedeemReply:
        self.asked.append(request)
        if self.dead:
            raise Unreachable("连接超时")
        if self.refused:
            raise Rejected(403, "没有核验这种证照的授权", "场景“公共场所卫生许可”不需要这种证照")
        licence = self.licences[request.code] if self.outcome is RedeemOutcome.REDEEMED else None
        return RedeemReply(self.outcome, "R20261122ABC", dt.datetime.now(dt.UTC), licence)

    def booking(self, code: str) -> Booking | None:
        return next((b for b in self.bookings if b.code == code), None)

    def bookings_of(self, number: str, day: dt.date) -> tuple[Booking, ...]:
        return ()


@dataclass
class Counter:
    parts: Parts
    window: MainWindow
    desk: Desk
    main: Main
    status: Status
    codes: CodePresenter
    redeem: RedeemPresenter
    leads: CodeLeadsPresenter
    opened: Opened
    line: Line
    analyser: Analyser
    qtbot: QtBot

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not (self.desk.tasks.busy or self.redeem._runner.busy), timeout=20_000)

    def see(self, *texts: str, side: int = 100) -> None:
        """These codes side by side on a frame, alike in size and about the middle."""
        if not self.codes.active:
            self.codes.toggle()
        codes = []
        for n, text in enumerate(texts):
            x = 640 - (side + 20) * len(texts) // 2 + n * (side + 20)
            codes.append(ScannedCode("QRCode", text, ((x, 310), (x + side, 310), (x + side, 410), (x, 410))))
        picture = np.full((720, 1280, 3), 120, np.uint8)
        self.analyser.analysed.emit(codes, Frame(picture, 0, time.monotonic()))
        self.settle()

    def ready(self) -> None:
        self.desk.change(self.parts.choose.add(self.parts.identified(self.desk.visit), BUNDLE))
        self.window.show_form()

    @property
    def message(self) -> str:
        return self.window.preview._message.text()

    @property
    def waits(self) -> list[str]:
        return [card._waits.text() for card in self.window.who._cards]

    @property
    def dialog(self) -> CodeDialog:
        assert self.leads.dialog is not None
        return self.leads.dialog

    def press(self, name: str) -> None:
        button = self.dialog.findChild(QPushButton, name)
        assert button is not None, name
        button.click()
        self.settle()


@pytest.fixture
def desk_(qtbot: QtBot, parts: Parts) -> Iterator[Counter]:
    issued = issued_codes({p.id: p for p in parts.world.people}, SystemClock())
    line = Line({code.code: code.licence for code in issued})
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    tasks = TaskRunner()
    desk = Desk(parts.clock, tasks, window.notice)
    main, status, opened = Main(), Status(), Opened()
    source, analyser = Source(), Analyser()
    redeem_service = Redeem(parts.store, line, parts.clock, LI)
    redeem_service.refresh()
    scan = ScanLicence(parts.clock, LI, TrustList.load(parts.world.trust_folder), keep=redeem_service.keep)
    who = WhoPresenter(window.who, desk, parts.identify, None)  # type: ignore[arg-type]
    form = FormPresenter(window.form, desk, parts.fill, parts.accept.titles)
    codes = CodePresenter(window.preview, desk, scan, source, analyser, Sounds(NoSpeaker()))  # type: ignore[arg-type]
    redeem = RedeemPresenter(window.who, desk, redeem_service, main, status, codes)  # type: ignore[arg-type]
    bookings = Bookings(line, parts.catalog, parts.choose, parts.fill, parts.clock, LI)
    leads = CodeLeads(
        parts.store, parts.catalog, bookings, CompleteLater(parts.store, parts.clock, LI), lambda _: (), parts.clock, LI
    )
    booking = BookingPresenter(window, desk, bookings, main, status)  # type: ignore[arg-type]
    items = ItemsPresenter(window, desk, parts.choose)
    led = CodeLeadsPresenter(
        window, desk, leads, parts.catalog, main, codes,  # type: ignore[arg-type]
        items=items, bookings=booking, cases=opened, later=opened,  # type: ignore[arg-type]
    )  # fmt: skip
    made = Counter(parts, window, desk, main, status, codes, redeem, led, opened, line, analyser, qtbot)
    desk.begin()
    made.settle()
    yield made
    codes.stop()
    form.deleteLater()
    who.deleteLater()
    redeem.wait()
    tasks.close()


# ------------------------------------------------------------------------------------------------- dynamic codes


def test_a_dynamic_code_is_verified_at_once(desk_: Counter) -> None:
    desk_.ready()
    desk_.see(TEXT)
    (entry,) = desk_.desk.visit.licences
    assert (entry.reading.verdict, entry.pending) == (Verdict.VERIFIED_ONLINE, None)
    assert desk_.window.notice.title() == "证照已联网核验"
    assert desk_.waits == [""]
    assert desk_.message.startswith("不动产权证书：已联网核验")
    assert desk_.desk.visit.form.state("premises.address").value


def test_without_the_platform_it_waits_counts_down_and_is_asked_again(desk_: Counter) -> None:
    desk_.ready()
    desk_.line.dead = True
    desk_.see(TEXT)
    assert desk_.waits == ["等待联网核验，码还剩 120 秒"]
    assert desk_.window.notice.title() == "证照尚未核验"
    assert "尚未核验" in desk_.message
    assert not desk_.desk.visit.form.state("premises.address").value
    asked = len(desk_.line.asked)
    desk_.parts.clock.advance(dt.timedelta(seconds=3))
    desk_.redeem.tick()
    assert desk_.waits == ["等待联网核验，码还剩 117 秒"]
    assert len(desk_.line.asked) == asked, "not at every second"
    for _ in range(RETRY_TICKS - 1):
        desk_.redeem.tick()
    desk_.settle()
    assert len(desk_.line.asked) > asked
    assert {r.op_id for r in desk_.line.asked} == {way.op_id for way in _pending(desk_).ways[:1]}, "one operation"
    desk_.line.dead = False
    desk_.status.turn(True)
    desk_.settle()
    assert desk_.desk.visit.licences[0].reading.verdict is Verdict.VERIFIED_ONLINE
    assert desk_.waits == [""]


def _pending(desk_: Counter) -> Any:
    return desk_.desk.visit.licences[0].pending


def test_when_its_time_is_over_the_clerk_is_told_once_and_the_platform_still_decides(desk_: Counter) -> None:
    desk_.ready()
    desk_.line.dead = True
    desk_.see(TEXT)
    desk_.parts.clock.advance(dt.timedelta(seconds=121))
    desk_.redeem.tick()
    assert desk_.waits == ["码可能已失效，请群众刷新后重新扫"]
    assert desk_.window.notice.title() == "证照码可能已失效"
    desk_.window.notice.clear()
    desk_.redeem.tick()
    assert desk_.window.notice.title() == ""
    desk_.line.dead, desk_.line.outcome = False, RedeemOutcome.EXPIRED
    desk_.status.turn(True)
    desk_.settle()
    (entry,) = desk_.desk.visit.licences
    assert (entry.reading.verdict, entry.pending) == (Verdict.INVALID, None)
    assert desk_.window.notice.title() == "证照没有通过核验"
    assert "刷新" in desk_.window.notice.words()


def test_offline_reports_start_no_attempt(desk_: Counter) -> None:
    desk_.line.dead = True
    desk_.see(TEXT)
    asked = len(desk_.line.asked)
    desk_.status.turn(False)
    desk_.settle()
    assert len(desk_.line.asked) == asked


def test_the_next_visitor_does_not_get_the_answer(desk_: Counter) -> None:
    desk_.line.dead = True
    desk_.see(TEXT)
    desk_.line.dead = False
    desk_.desk.begin()
    desk_.status.turn(True)
    desk_.settle()
    assert desk_.desk.visit.empty


def test_what_was_accepted_meanwhile_stays_as_it_was(desk_: Counter) -> None:
    desk_.line.dead = True
    desk_.see(TEXT)
    desk_.main.open_now = False
    desk_.line.dead = False
    before = desk_.desk.visit
    desk_.status.turn(True)
    desk_.settle()
    assert desk_.desk.visit is before


def test_a_refusal_is_said_in_words(desk_: Counter) -> None:
    desk_.ready()
    desk_.line.refused = True
    desk_.see(TEXT)
    assert desk_.window.notice.title() == "证照没有通过核验"
    assert "不需要这种证照" in desk_.window.notice.words()
    assert _pending(desk_) is None


# ------------------------------------------------------------------------------------------------ which one, wrong kind


def test_several_codes_are_chosen_by_digit(desk_: Counter) -> None:
    other = next(code.text for name, code in CODES.items() if name == "dynamic-other")
    desk_.window.form.setFocus()
    desk_.see(TEXT, other)
    preview = desk_.window.preview
    desk_.qtbot.waitUntil(lambda: len(preview.film.choices) == 2, timeout=20_000)
    assert desk_.message == "有 2 个码，按数字键选一个（Esc 停止）"
    assert not desk_.desk.visit.licences
    QTest.keyClick(preview, Qt.Key.Key_7)
    assert not desk_.desk.visit.licences
    QTest.keyClick(preview, Qt.Key.Key_2)
    desk_.settle()
    assert [entry.text for entry in desk_.desk.visit.licences] == [other]
    assert preview.film.choices == ()


def test_esc_leaves_a_choice_and_nothing_has_happened(desk_: Counter) -> None:
    desk_.see(TEXT, CODES["dynamic-other"].text)
    desk_.codes.stop()
    assert desk_.window.preview.film.choices == ()
    assert desk_.desk.visit.empty
    assert not desk_.codes.active


def test_a_licence_is_taken_before_the_leaflet_beside_it(desk_: Counter) -> None:
    desk_.see(f"YCL1:{BUNDLE}", TEXT)
    assert [entry.text for entry in desk_.desk.visit.licences] == [TEXT]
    assert desk_.leads.dialog is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("134567890123456789", "这是微信付款码，不是电子证照。请勿扫码。请群众退出"),
        ("WIFI:T:WPA;S:hall;P:secret12345;;", "这是无线网络的码"),
        ("https://evil.example/x", "本机没有打开它"),
        ("gpj\u202eexe.\u200b", "⟨U+202E⟩"),
        ("gpj\u202eexe.\u200b", "含有改变文字方向的字符"),
        ("hello", "内容：\u2068hello\u2069"),
    ],
)
def test_a_wrong_kind_is_told_plainly_and_the_camera_goes_on(desk_: Counter, text: str, words: str) -> None:
    told: list[LicenceReading] = []
    desk_.codes.scanned.connect(told.append)
    desk_.see(text)
    desk_.see(text)
    assert words in desk_.message
    assert "secret" not in desk_.message
    assert len(told) == 1, "told once, however many frames show it"
    assert desk_.codes.active
    assert desk_.desk.visit.empty
    desk_.see(TEXT)
    assert [entry.text for entry in desk_.desk.visit.licences] == [TEXT]


# -------------------------------------------------------------------------------------------------------------- leads


def test_a_firm_code_is_offered_and_taken_with_enter(desk_: Counter) -> None:
    desk_.desk.change(desk_.parts.choose.add(desk_.desk.visit, "after-the-licence"))
    desk_.see(USCC)
    assert desk_.dialog.isVisible()
    assert (desk_.dialog.view.kind, desk_.dialog.view.title) == ("企业码", USCC)
    assert "不能证明出示人身份" in desk_.dialog.view.note
    assert not desk_.desk.visit.form.state("firm.uscc").value, "nothing is done unasked"
    QTest.keyClick(desk_.dialog, Qt.Key.Key_Return)
    desk_.settle()
    assert desk_.desk.visit.form.state("firm.uscc").value == USCC
    assert desk_.window.notice.title() == "单位代码已填入"


def test_esc_leaves_a_lead_and_nothing_has_happened(desk_: Counter) -> None:
    before = desk_.desk.visit
    desk_.see(f"YCL1:{BUNDLE}")
    QTest.keyClick(desk_.dialog, Qt.Key.Key_Escape)
    desk_.settle()
    assert desk_.desk.visit is before


def test_a_leaflet_begins_its_bundle(desk_: Counter) -> None:
    desk_.see(f"YCL1:{BUNDLE}")
    assert desk_.dialog.view.title == desk_.parts.catalog.bundles[BUNDLE].name
    desk_.press("code_take")
    assert desk_.desk.visit.codes == (BUNDLE,)


def test_a_leaflet_of_elsewhere_offers_nothing(desk_: Counter) -> None:
    desk_.see("YCL1:no-such-bundle")
    assert desk_.dialog.view.take == ""
    assert desk_.dialog.findChild(QPushButton, "code_take") is None
    QTest.keyClick(desk_.dialog, Qt.Key.Key_Return)
    desk_.settle()
    assert desk_.desk.visit.empty


def booking(desk_: Counter, name: str = "张伟", number: str = NUMBER) -> None:
    day = (desk_.parts.clock.now() + dt.timedelta(hours=8)).date()
    desk_.line.bookings = (Booking("YY-0001-ABCD", name, number, day, "09:30", (BUNDLE,), desk_.parts.clock.now()),)


def test_a_booking_is_shown_masked_and_taken_with_enter(desk_: Counter) -> None:
    booking(desk_)
    desk_.see("YCB1:YY-0001-ABCD")
    shown = " ".join(words for _, words in desk_.dialog.view.rows)
    assert "张*" in shown
    assert NUMBER not in shown
    assert desk_.desk.visit.codes == ()
    desk_.press("code_take")
    assert desk_.desk.visit.codes == (BUNDLE,)


def test_somebody_elses_booking_is_shown_and_cannot_be_taken(desk_: Counter) -> None:
    booking(desk_, "王𠮷", "330503195809230421")
    desk_.desk.change(desk_.parts.identified(desk_.desk.visit))
    desk_.see("YCB1:YY-0001-ABCD")
    assert desk_.dialog.view.take == ""
    assert "不一致" in desk_.dialog.view.note


def test_a_booking_that_is_none_says_so(desk_: Counter) -> None:
    desk_.see("YCB1:YY-0009-ABCD")
    assert (desk_.dialog.view.title, desk_.dialog.view.take) == ("没有这个预约", "")


def test_a_parcel_is_noted(desk_: Counter) -> None:
    desk_.see("SF1234567890123")
    desk_.press("code_take")
    assert desk_.desk.visit.events[-1].action == "parcel.noted"


def test_a_paper_that_is_not_ours_leads_nowhere(desk_: Counter) -> None:
    desk_.see("YCP1:6BFOXN")
    assert (desk_.dialog.view.title, desk_.dialog.view.take) == ("不能确认", "")


def test_a_lead_of_the_last_visitor_is_not_shown(desk_: Counter) -> None:
    desk_.leads.follow(Recognised(USCC, CodeKind.FIRM_CODE, USCC))
    desk_.desk.begin()
    desk_.settle()
    assert desk_.leads.dialog is None
