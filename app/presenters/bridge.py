"""Ctrl+Shift+B: lending this window's devices to the departments' browser systems, with the clerk's consent."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from app.bridge.consent import KIOSK, LOCKED, Decision, Question
from app.bridge.server import Bridge, BridgeParts
from app.domain.clock import shanghai
from app.identity.verification import Ground, Line
from app.presenters.bridge_lines import WindowLines
from app.presenters.bridge_words import consent_view, system_row
from app.presenters.desk import Desk
from app.presenters.duty import DutyPresenter
from app.presenters.station import Workstation
from app.workers.camera_thread import CameraThread
from app.workers.device_thread import DeviceThread
from widgets.consent_bar import ConsentBar
from widgets.dialogs.bridge import BridgeDialog
from widgets.views import Tone
from widgets.window import MainWindow


@dataclass(slots=True)
class _Asked:
    question: Question
    answer: Callable[[Decision], None]
    until: float


class BridgePresenter(QObject):
    """Is the bridge's Attendant: asked from its thread, answers on the event loop. `started` once it listens."""

    started = pyqtSignal()
    _question = pyqtSignal(object, object)
    _void = pyqtSignal(str)
    _stranger = pyqtSignal(str)
    _named = pyqtSignal(str, object)

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        station: Workstation,
        devices: Mapping[str, DeviceThread | CameraThread],
        duty: DutyPresenter,
        looking: Callable[[str], bool],
        self_service: Callable[[], bool],
        pad: Callable[[], DeviceThread] | None = None,
    ) -> None:
        """looking, pad: see WindowLines. self_service: does a citizen have the screen?"""
        super().__init__()
        self._desk = desk
        self._station = station
        self._self_service = self_service
        self._closed = LOCKED
        self._told: set[str] = set()
        self._waiting: list[_Asked] = []
        self._lines = WindowLines(devices, looking, self, pad)
        self.bridge: Bridge | None = None
        self.bar = ConsentBar()
        self.bar.decided.connect(self._decided)
        window.add_bar(self.bar)
        self.dialog = BridgeDialog(window)
        self.dialog.pair.connect(self._pair)
        self.dialog.admit.connect(self._admit)
        self.dialog.revoke.connect(self._revoke)
        self.dialog.closed.connect(self._code_gone)
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._present)
        self._code_left = QTimer(self)
        self._code_left.setSingleShot(True)
        self._code_left.timeout.connect(self._code_gone)
        self._question.connect(self._ask)
        self._void.connect(self._drop)
        self._stranger.connect(self._tell_stranger)
        self._named.connect(self._tell_listed)
        desk.replaced.connect(self._next_visitor)
        duty.began.connect(self._open_up)
        duty.locked.connect(self._close_down)
        duty.ended.connect(self._close_down)

    def start(self) -> None:
        """Listen, where the settings name systems to lend to."""
        station = self._station
        if not station.settings.bridge.on:
            return

        def make() -> Bridge:
            parts = BridgeParts(
                station.settings.bridge,
                self._lines,
                self,
                station.store,
                station.clock,
                station.services.scan.read,
                station.settings.window.name,
                station.services.identity.named,
                station.services.identity.lent,
            )
            bridge = Bridge(parts)
            bridge.start()
            return bridge

        def made(bridge: Bridge) -> None:
            self.bridge = bridge
            self.started.emit()

        self._desk.tasks.run(make, made)

    def stop(self) -> None:
        """Before the devices' threads end: what is lent is called off."""
        self._second.stop()
        self._code_left.stop()
        if self.bridge is not None:
            self.bridge.stop()

    def open(self) -> None:
        """The list of systems."""
        self.dialog.set_result("", Tone.NEUTRAL)
        self._show()
        self.dialog.open()

    # -- the bridge's Attendant, on its thread -------------------------------------------------------------------

    def clerk(self) -> str:
        holder = self._station.duty.holder
        return holder.name if holder is not None else ""

    def closed(self) -> str:
        return self._closed or (KIOSK if self._self_service() else "")

    def ask(self, question: Question, answer: Callable[[Decision], None]) -> None:
        self._question.emit(question, answer)

    def withdraw(self, question_id: str) -> None:
        self._void.emit(question_id)

    def turned_away(self, origin: str) -> None:
        self._stranger.emit(origin)

    def listed(self, system: str, said: Line) -> None:
        self._named.emit(system, said)

    # -- consent ------------------------------------------------------------------------------------------------

    def _ask(self, question: Question, answer: Callable[[Decision], None]) -> None:
        self._waiting.append(_Asked(question, answer, time.monotonic() + question.seconds))
        self._present()

    def _drop(self, question_id: str) -> None:
        self._waiting = [asked for asked in self._waiting if asked.question.id != question_id]
        self._present()

    def _decided(self, question_id: str, answer: str) -> None:
        asked = next((asked for asked in self._waiting if asked.question.id == question_id), None)
        if asked is not None:
            self._drop(question_id)
            asked.answer(Decision(answer))

    def _present(self) -> None:
        if not self._waiting:
            self._second.stop()
            self.bar.set_question(None)
            return
        first = self._waiting[0]
        left = max(round(first.until - time.monotonic()), 0)
        self.bar.set_question(consent_view(first.question, left, len(self._waiting) - 1))
        if not self._second.isActive():
            self._second.start()

    def _tell_listed(self, system: str, said: Line) -> None:
        lost = said.ground is Ground.LISTED_LOST
        title = self.tr("“{0}”借读的证件已挂失") if lost else self.tr("“{0}”借读的证件已作废")
        what = self.tr("{0} 的名单上有它。").format(said.detail)
        self._desk.tell(
            Tone.ERROR,
            title.format(system),
            what,
            self.tr("不要凭它办理：请来访人出示现用证件；不是本人的，按本单位规定上报。"),
        )

    def _next_visitor(self) -> None:
        if self.bridge is not None:
            self.bridge.desk.end_visit()

    def _open_up(self) -> None:
        self._closed = ""

    def _close_down(self) -> None:
        self._closed = LOCKED
        self._next_visitor()

    # -- pairing ------------------------------------------------------------------------------------------------

    def _tell_stranger(self, origin: str) -> None:
        if origin in self._told:
            return  # once a day of work is enough
        self._told.add(origin)
        name = self._station.settings.bridge.origins.get(origin, origin)
        title = self.tr("“{0}”想借用设备，还没有配对").format(name)
        self._desk.tell(Tone.INFO, title, "", self.tr("按 Ctrl+Shift+B 配对，或者准许它的旧接口。"))

    def _pair(self, origin: str) -> None:
        bridge = self.bridge
        if bridge is None:
            self._not_running()
            return

        def made(offered: tuple[str, dt.datetime]) -> None:
            digits, until = offered
            hint = self.tr("请在“{0}”的网页里输入这六位数字。两分钟内有效，只能用一次。")
            self.dialog.set_code(digits, hint.format(bridge.pairings.origins[origin]))
            left = (until - self._desk.clock.now()).total_seconds()
            self._code_left.start(max(round(left * 1000), 0))
            self._watch_pairing(origin)

        self._desk.tasks.run(lambda: bridge.pairings.offer_code(origin, self.clerk()), made)

    def _watch_pairing(self, origin: str) -> None:
        """The page answers when it likes: look every second as long as the code stands."""
        before = self.bridge.pairings.system(origin) if self.bridge else None

        def look() -> None:
            if not self._code_left.isActive() or self.bridge is None:
                return
            if self.bridge.pairings.system(origin) != before:
                self._code_gone()
                self._show()
                self.dialog.set_result(self.tr("已配对。以后每次借用设备都会先问您。"), Tone.SUCCESS)
                return
            QTimer.singleShot(500, look)

        look()

    def _code_gone(self) -> None:
        self._code_left.stop()
        self.dialog.set_code("", "")
        if self.bridge is not None:
            self.bridge.pairings.withdraw_code()

    def _admit(self, origin: str) -> None:
        bridge = self.bridge
        if bridge is None:
            self._not_running()
            return
        words = self.tr("已准许。它的网页可以按旧接口借用设备，每次仍会先问您。")
        self._desk.tasks.run(lambda: bridge.pairings.admit_old(origin, self.clerk()), lambda _: self._done(words))

    def _revoke(self, origin: str) -> None:
        bridge = self.bridge
        if bridge is None:
            self._not_running()
            return

        def revoked(_: object) -> None:
            bridge.desk.revoked(origin)
            self._code_gone()
            self._done(self.tr("已收回。要再借用须重新配对。"))

        self._desk.tasks.run(lambda: bridge.pairings.revoke(origin, self.clerk()), revoked)

    def _done(self, words: str) -> None:
        self._show()
        self.dialog.set_result(words, Tone.SUCCESS)

    def _not_running(self) -> None:
        self.dialog.set_result(self.tr("设备外借没有启动，请看启动时的提示。"), Tone.WARNING)

    def _show(self) -> None:
        if self.bridge is None:
            self.dialog.set_rows(())
            return
        pairings, desk = self.bridge.pairings, self.bridge.desk
        rows = []
        for origin, name in pairings.origins.items():
            used = desk.last_used(origin)
            rows.append(system_row(pairings.system(origin), name, f"{shanghai(used):%H:%M}" if used else ""))
        self.dialog.set_rows(rows)
