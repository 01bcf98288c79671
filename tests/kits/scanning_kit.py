"""The part of the screen that scans, with a camera and a platform that do what a test says."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from desk_parts import BUNDLE, Parts
from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.demo.codes import CODES, DYNAMIC, issued_codes
from app.documents.trust import PaperTrust
from app.domain.clerk import Clerk
from app.domain.clock import SystemClock
from app.domain.licence import ScannedCode
from app.domain.redemption import RedeemOutcome, RedeemReply, RedeemRequest
from app.domain.shared_data import Booking
from app.presenters.bookings import BookingPresenter
from app.presenters.code_leads import CodeLeadsPresenter
from app.presenters.codes import CodePresenter
from app.presenters.desk import Desk
from app.presenters.form import FormPresenter
from app.presenters.items import ItemsPresenter
from app.presenters.redeem import RedeemPresenter
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
from devices.kinds.imaging import Frame
from widgets.dialogs.code import CodeDialog
from widgets.window import MainWindow

LI = Duty(Clerk("0231", "演示员"))
TEXT = CODES[DYNAMIC].text
USCC = "92330502MA2B001009"
NUMBER = "330502199003150512"


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


@contextmanager
def scanning(qtbot: QtBot, parts: Parts) -> Iterator[Counter]:
    """A desk that scans, ready for a visitor."""
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
    scan = ScanLicence(parts.clock, LI, parts.trust, keep=redeem_service.keep)
    who = WhoPresenter(window.who, desk, parts.identify, None)  # type: ignore[arg-type]
    form = FormPresenter(window.form, desk, parts.fill, parts.accept.titles)
    form.warm()
    codes = CodePresenter(window.preview, desk, scan, source, analyser, Sounds(NoSpeaker()))  # type: ignore[arg-type]
    redeem = RedeemPresenter(window.who, desk, redeem_service, main, status, codes)  # type: ignore[arg-type]
    bookings = Bookings(line, parts.catalog, parts.choose, parts.fill, parts.clock, LI)
    leads = CodeLeads(
        parts.store, parts.catalog, bookings, CompleteLater(parts.store, parts.clock, LI), PaperTrust, parts.clock, LI
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
