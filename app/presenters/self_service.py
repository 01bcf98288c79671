"""The desk's screen turned over to citizens: how it begins, who may end it, who is called, who has gone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PyQt6.QtCore import QEvent, QObject, QTimer, pyqtSignal
from PyQt6.QtGui import QScreen
from PyQt6.QtWidgets import QApplication

from app.domain.errors import YichuangError
from app.presenters.desk import Desk, error_line
from app.presenters.self_service_applicant import ORDER
from app.presenters.self_service_flow import SelfServiceFlow
from app.presenters.sounds import Sounds
from app.services.clerks import Clerks
from app.services.duty import Duty
from app.services.self_service import HandedOver, SelfService
from app.workers.tasks import TaskRunner
from widgets.self_service.screen import SelfServiceScreen
from widgets.views import Tone

_INPUT = frozenset(
    (
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.InputMethod,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    )
)
PATIENT = 3
"""So many times as long is waited for an assisted applicant 帮办."""
CALL_EVERY = 5
"""Seconds between two sounds while a clerk is called."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds. ask: so long nothing is touched before 您还在吗; answer: so long the question stands; done: the number;
    call: how long a clerk is called, then again on request; pin: how long a PIN may be typed."""

    ask: int = 60
    answer: int = 30
    done: int = 20
    call: int = 30
    pin: int = 30


@dataclass(frozen=True, slots=True)
class Leaving:
    """What the mode asks of the clerk's window. put_away: leave an empty desk, then go on; hold_lock: the idle lock
    rests (True) or works again; refresh: the list of what is parked; screen: which to fill, None for a plain window."""

    put_away: Callable[[Callable[[], None]], None]
    hold_lock: Callable[[bool], None]
    refresh: Callable[[], None]
    screen: Callable[[], QScreen | None]


class SelfServicePresenter(QObject):
    """`began` and `ended` the mode. Nothing here accepts a case; all ends at the counter."""

    began = pyqtSignal()
    ended = pyqtSignal()

    def __init__(
        self,
        desk: Desk,
        flow: SelfServiceFlow,
        service: SelfService,
        clerks: Clerks,
        duty: Duty,
        tasks: TaskRunner,
        sounds: Sounds,
        window: Leaving,
        pin_hint: str = "",
        patience: Patience = Patience(),
    ) -> None:
        super().__init__()
        self._desk, self.flow, self._service = desk, flow, service
        self._clerks, self._duty, self._tasks, self._sounds = clerks, duty, tasks, sounds
        self._window, self._patience = window, patience
        self._pin_hint = self.tr("演示口令 {0}").format(pin_hint) if pin_hint else ""
        self.on = False
        self._assisted = False
        self._entering = False
        self._asking_pin = False
        self._quiet = 0
        self._left = 0
        self._calling = 0
        self._return = ""
        self._waiting = 0
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self.tick)
        screen = flow.screen
        flow.who.touched.connect(self._touched)
        flow.who.trouble.connect(self._trouble)
        flow.handed.connect(self._handed)
        flow.put_away.connect(window.refresh)
        if flow.collect is not None:
            flow.collect.wanted.connect(self._help)
        tasks.failed.connect(self._failed)
        screen.helped.connect(self._help)
        screen.given_up.connect(lambda: self._ask("sure"))
        screen.sure.yes.connect(self._go_back)
        screen.sure.no.connect(lambda: self._give_up(keep=False))
        screen.idle.yes.connect(self._go_back)
        screen.idle.no.connect(lambda: self._give_up(keep=False))
        screen.done.read.connect(flow.to_start)
        screen.leaving.connect(self._ask_to_leave)
        screen.pin.entered.connect(self._pin)
        screen.pin.cancelled.connect(self._go_back)

    @property
    def screen(self) -> SelfServiceScreen:
        return self.flow.screen

    @property
    def remembered(self) -> bool:
        """Was the screen turned over when the program ended?"""
        return self._service.on

    # -- the mode -----------------------------------------------------------------------------------------------

    def possible(self) -> bool:
        """Not while something is being accepted, nor with nobody on duty."""
        return self._duty.holder is not None and not self._desk.accepting and not self.on

    def enter(self) -> None:
        """Turn the screen over: what is in hand is parked first."""
        if self.possible() and not self._entering:
            self._assisted = self._desk.visit.assist.on
            self._window.put_away(self._enter)

    def _enter(self) -> None:
        self._entering = True
        self._tasks.run(lambda: self._service.turn(True), lambda _: self._show())

    def resume(self) -> None:
        """After a restart in the mode: what was open is parked, the start page comes back."""
        self._entering = True
        self._tasks.run(self._service.recover, lambda _: self._show())

    def _show(self) -> None:
        self._entering = False
        self.on = True
        self._quiet = self._calling = self._waiting = 0
        self._window.hold_lock(True)
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)
        self.flow.to_start()
        self.flow.assist(self._assisted)
        self._assisted = False
        self.screen.place(self._window.screen())
        self._second.start()
        self.began.emit()

    def _ask_to_leave(self) -> None:
        """A clerk wants out: by PIN where clerks have one."""
        if self.screen.page == "pin" or self._asking_pin:
            return
        self._asking_pin = True
        holder = self._duty.holder

        def known(clerks: object) -> None:
            self._asking_pin = False
            numbers = {clerk.number for clerk in clerks} if isinstance(clerks, tuple) else set()
            if holder is not None and holder.number in numbers:
                self._ask("pin")
                self.screen.pin.begin(holder.name, self._pin_hint)
            else:
                self._leave()

        self._tasks.run(self._clerks.known, known)

    def _pin(self, pin: str) -> None:
        self._asking_pin = True

        def right(_: object) -> None:
            self._asking_pin = False
            self._leave()

        self._tasks.run(lambda: self._clerks.unlock(pin), right)

    def _leave(self) -> None:
        """Back to the clerk. Who was in the middle of it is parked."""
        if self.flow.visit is not None:
            self.flow.give_up(keep=True)
        else:
            self.flow.to_start()

        def back(_: object) -> None:
            self._hide()
            title = self.tr("已退出自助模式")
            waiting = self.tr("自助交来 {0} 件，核对后受理。").format(self._waiting) if self._waiting else ""
            self._desk.tell(Tone.INFO, title, waiting, self.tr("Alt+数字键取回。") if waiting else "")
            self.ended.emit()

        self._tasks.run(lambda: self._service.turn(False), back, order=ORDER)

    def _hide(self) -> None:
        self.on = False
        self._second.stop()
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        self.screen.shut()
        self._window.hold_lock(False)
        self._window.refresh()

    def close(self) -> None:
        """The program ends; the mode is remembered. What is open is kept as a draft by then."""
        self._second.stop()
        self.flow.camera.stop()
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        self._tasks.wait()
        self._tasks.close()
        self.screen.shut()
        self.screen.deleteLater()

    # -- who is here --------------------------------------------------------------------------------------------

    def tick(self) -> None:
        """A second has passed."""
        if self._calling:
            self._calling -= 1
            if self._calling and self._calling % CALL_EVERY == 0:
                self._sounds.play(Tone.WARNING)
            self.screen.set_called(self._calling > 0)
        page = self.screen.page
        if page in ("idle", "sure", "pin"):
            self._left -= 1
            if page == "idle":
                self._tell_left()
            if self._left <= 0:
                self._nobody()
        elif page == "done":
            self._quiet += 1
            if self._quiet >= self._patience.done:
                self.flow.to_start()
        elif page != "start":
            self._quiet += 1
            if self._quiet >= self._patience.ask * (PATIENT if self.flow.assisted else 1):
                self._ask("idle")

    def _nobody(self) -> None:
        """Nobody answered: what was done is parked or wiped."""
        if self.flow.visit is not None:
            self._give_up(keep=True)
        else:
            self.flow.to_start()

    def _ask(self, page: str) -> None:
        if self.screen.page not in ("idle", "sure", "pin"):
            self._return = self.screen.page
        self._left = self._patience.pin if page == "pin" else self._patience.answer
        self._tell_left()
        self.screen.show_page(page)

    def _tell_left(self) -> None:
        kept = self.flow.visit is not None and bool(self.flow.visit.codes)
        words = self.tr("{0} 秒后保存到窗口，回到首页") if kept else self.tr("{0} 秒后清除，回到首页")
        self.screen.idle.set_below(words.format(max(self._left, 0)))

    def _go_back(self) -> None:
        self._quiet = 0
        self.flow.come_back(self._return)

    def _give_up(self, keep: bool) -> None:
        self._quiet = 0
        self.flow.give_up(keep)

    def _touched(self) -> None:
        self._quiet = 0
        if self.screen.page == "idle":
            self._go_back()

    def _handed(self, handed: HandedOver) -> None:
        self._quiet = 0
        self._waiting += 1
        self._sounds.play(Tone.SUCCESS)
        title = self.tr("自助 {0} 已交到窗口").format(handed.ticket)
        self._desk.tell(Tone.INFO, title, "", self.tr("取回后核对、受理。"))
        self._window.refresh()

    def _help(self) -> None:
        self._calling = self._patience.call
        self.screen.set_called(True)
        self._sounds.play(Tone.WARNING)
        self._desk.tell(Tone.WARNING, self.tr("自助服务：群众请您帮忙"), "", self.tr("请到自助屏前看一看。"))

    def _trouble(self, error: YichuangError) -> None:
        """Said where the applicant looks; the clerk finds it too."""
        self._desk.show_error(error)
        self.screen.set_step(error_line(error))

    def _failed(self, error: YichuangError) -> None:
        if self._entering:
            self._entering = False
            self._desk.show_error(error)
        elif self._asking_pin:
            self._asking_pin = False
            self.screen.pin.say(error_line(error))
        else:
            self._trouble(error)
            if self.screen.page == "confirm":
                self.screen.confirm.sign_again()

    def eventFilter(self, a0: QObject | None, a1: QEvent | None) -> bool:
        if a1 is not None and a1.type() in _INPUT:
            self._quiet = 0
            if self.screen.page == "pin":
                self._left = self._patience.pin
        return False
