"""Who is on duty: signing in, locking, coming back, handing over; whether the window serves."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6 import sip
from PyQt6.QtCore import QCoreApplication, QEvent, QObject, QTimer, pyqtSignal
from PyQt6.QtWidgets import QApplication, QWidget

from app.domain.clerk import Clerk, ClerkRecord
from app.domain.errors import YichuangError
from app.presenters.clerk_key import KeyPresenter
from app.presenters.desk import Desk, error_line
from app.services.clerks import Clerks
from app.services.duty import Duty
from widgets.blind import Blinds
from widgets.dialogs.sign_in import ClerkView, SignInDialog, SignInMode
from widgets.views import Tone
from widgets.window import MainWindow

_INPUT = frozenset(
    (
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.InputMethod,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    )
)


class DutyPresenter(QObject):
    """`began` when somebody is on duty and the screen is free; `locked` when it is covered; `ended` after signing out.

    put_away: parks the visit in hand before somebody else signs in. idle_minutes: 0 never locks by itself.
    pin_hint: said on the lock screen; of the demo only. key: the clerk's hardware key, where there may be one.
    """

    began = pyqtSignal()
    locked = pyqtSignal()
    ended = pyqtSignal()
    served = pyqtSignal(bool)

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        clerks: Clerks,
        duty: Duty,
        *,
        put_away: Callable[[Callable[[], None]], None],
        idle_minutes: float,
        place: str,
        pin_hint: str = "",
        key: KeyPresenter | None = None,
    ) -> None:
        super().__init__()
        self._window = window
        self._desk = desk
        self._clerks = clerks
        self._duty = duty
        self._put_away = put_away
        self._place = place
        self._pin_hint = self.tr("演示口令 {0}").format(pin_hint) if pin_hint else ""
        self._focus: QWidget | None = None
        self._asking = False
        self._held = False
        self._last = ""
        self._blinds = Blinds(self)
        # A window is modal only once it is shown, and this is said while it comes up.
        self._blinds.opened.connect(lambda: QTimer.singleShot(0, self._stand_again))
        self.dialog = SignInDialog(window)
        self._began = False
        self._key = key
        if key is not None:
            self.dialog.key_tried.connect(self._key_tried)
            key.changed.connect(self._show_key)
            key.gone.connect(self._key_gone)
        self.dialog.tried.connect(self._tried)
        self.dialog.registered.connect(self._registered)
        self.dialog.renewed.connect(self._renewed)
        self.dialog.others.connect(self._others)
        self.dialog.left.connect(self._leave_program)
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(round(idle_minutes * 60_000))
        self._idle.timeout.connect(lambda: self.lock(idle=True))
        desk.tasks.failed.connect(self._failed)
        app = QApplication.instance()
        if app is not None and idle_minutes:
            app.installEventFilter(self)
        self._show()

    def set_idle(self, minutes: float) -> None:
        """Lock after so many idle minutes from now on; 0: never."""
        app = QApplication.instance()
        self._idle.setInterval(round(minutes * 60_000))
        if app is not None:
            app.removeEventFilter(self)
            if minutes:
                app.installEventFilter(self)
        if not minutes:
            self._idle.stop()
        elif self.on:
            self._idle.start()

    @property
    def on(self) -> bool:
        """Is somebody on duty, and the screen free?"""
        return self._duty.holder is not None and not self._blinds.down

    @property
    def covered(self) -> bool:
        return self._blinds.down

    def start(self) -> None:
        """At the start of the program: ask who is there, unless it is known (the demo)."""
        holder = self._duty.holder
        if holder is not None and self._key is not None and self._key.required:
            # The PIN opened this window's data; who sits here is for the key to say.
            self._cover()
            self._show_locked(holder)
        elif holder is not None:
            self._watch()
            self._begin()
        else:
            self._ask()

    def close(self) -> None:
        """Stop watching; the program ends."""
        self._idle.stop()
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        if self._blinds.down:
            self._blinds.lift()
        self.dialog.hide()

    def lock(self, idle: bool = False, *, key_gone: bool = False) -> None:
        """Cover everything. The visit stays as it is; devices and syncing go on behind. key_gone: the clerk's key was
        pulled out."""
        holder = self._duty.holder
        if holder is None or self._blinds.down:
            return
        self._idle.stop()
        self._cover()
        if self._key is not None:
            self._key.release()
        self._show_locked(holder)
        self._desk.tasks.run(lambda: self._clerks.lock(idle, key_gone=key_gone), lambda _: None, order="duty")
        self.locked.emit()

    def sign_out(self) -> None:
        """Hand over: what is in hand is parked, then somebody else may sign in."""
        if self._duty.holder is None:
            return
        self._put_away(self._sign_out)

    def toggle_serving(self) -> None:
        """暂停服务, and back."""
        on = not self._duty.serving

        def told(_: object) -> None:
            self._show()
            self.served.emit(on)
            title = self.tr("已恢复服务") if on else self.tr("已暂停服务")
            todo = "" if on else self.tr("按 Ctrl+Shift+S 恢复。")
            self._desk.tell(Tone.INFO, title, "", todo)

        self._desk.tasks.run(lambda: self._clerks.serve(on), told, order="duty")

    # -- asking -------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        """Nobody is on duty: everything is covered until somebody is."""
        self._idle.stop()
        self._cover()
        self._desk.tasks.run(self._clerks.known, self._ask_one_of)

    def _ask_one_of(self, known: tuple[Clerk, ...]) -> None:
        views = [_view(clerk) for clerk in known]
        mode = SignInMode.SIGN_IN if known else SignInMode.FIRST
        self.dialog.set_mode(mode, views, self._place, self._pin_hint if known else "")
        self.dialog.choose(self._last)
        self._show_key()
        self._stand_in_front()

    def _show_locked(self, holder: Clerk) -> None:
        self.dialog.set_mode(SignInMode.LOCKED, [_view(holder)], self._place, self._pin_hint)
        self._show_key()
        self._stand_in_front()

    def _tried(self, number: str, pin: str) -> None:
        if self.dialog.mode is SignInMode.LOCKED:
            self._check(lambda: self._clerks.unlock(pin), lambda _: self._uncover())
            return

        def signed_in(record: ClerkRecord) -> None:
            if record.must_change:
                self.dialog.set_mode(SignInMode.NEW_PIN, [_view(record.clerk)])
            else:
                self._on_duty()

        self._check(lambda: self._clerks.sign_in(number, pin), signed_in)

    def _show_key(self) -> None:
        if self._key is not None and self._blinds.down:
            self.dialog.set_key(self._key.view())

    def _key_gone(self) -> None:
        """Pulled out while its holder works: nobody sees another moment of it."""
        if self.on:
            self.lock(key_gone=True)

    def _key_tried(self, pin: str) -> None:
        if self._key is not None:
            self._key.enter(pin, lambda _: self._let_in(), self._key_refused)

    def _key_refused(self, words: str) -> None:
        self._show_key()
        view = self._key.view() if self._key is not None else None
        self.dialog.say("" if view is not None and view.words == words else words)  # a locked key's are said already

    def _let_in(self) -> None:
        if self.dialog.mode is SignInMode.LOCKED and self._began:
            self._uncover()
        else:
            self._on_duty()

    def _registered(self, number: str, name: str, pin: str, again: str) -> None:
        def work() -> object:
            clerk = self._clerks.register_first(number, name, pin, again)
            return self._clerks.sign_in(clerk.number, pin)

        self._check(work, lambda _: self._on_duty())

    def _renewed(self, number: str, old: str, pin: str, again: str) -> None:
        self._check(lambda: self._clerks.change_pin(number, old, pin, again), lambda _: self._on_duty())

    def _check(self, work: Callable[[], object], then: Callable[..., None]) -> None:
        self._asking = True

        def checked(result: object) -> None:
            self._asking = False
            then(result)

        self._desk.tasks.run(work, checked, order="duty")

    def _failed(self, error: YichuangError) -> None:
        """A refused PIN is said where it was typed."""
        if self._asking:
            self._asking = False
            self.dialog.say(error_line(error))

    def _others(self) -> None:
        """Somebody else wants to sign in over a locked screen: the visit in hand is parked first."""
        self.dialog.set_busy(True)
        self._asking = True
        self._put_away(self._sign_out)

    def _sign_out(self) -> None:
        self._asking = False
        holder = self._duty.holder
        self._last = holder.number if holder else ""

        if self._key is not None:
            self._key.release()

        def out(_: object) -> None:
            self._show()
            self.ended.emit()
            self._ask()

        self._desk.tasks.run(self._clerks.sign_out, out, order="duty")

    def _on_duty(self) -> None:
        self._show()
        self._focus = None
        self._uncover()
        self._begin()

    def _begin(self) -> None:
        self._began = True
        self.began.emit()

    # -- covering -----------------------------------------------------------------------------------------------

    def _cover(self) -> None:
        if not self._blinds.down:
            self._focus = QApplication.focusWidget()
            self._blinds.lower(self.dialog)

    def _uncover(self) -> None:
        self._blinds.lift()
        self.dialog.hide()
        if self._focus is not None and not sip.isdeleted(self._focus):
            self._focus.activateWindow()
            self._focus.setFocus()
        else:
            self._window.activateWindow()
        self._focus = None
        self._watch()

    def hold_lock(self, on: bool) -> None:
        """The screen is a citizen's for a while: it does not lock by itself. False: it does again."""
        self._held = on
        if on:
            self._idle.stop()
        elif self.on:
            self._watch()

    def _watch(self) -> None:
        if self._idle.interval() and not self._held:
            self._idle.start()

    def _stand_in_front(self) -> None:
        """The newest modal window has the keys: after any other came up, this one comes up again."""
        self.dialog.hide()
        self.dialog.open()
        self.dialog.activateWindow()

    def _stand_again(self) -> None:
        if self._blinds.down:
            self._stand_in_front()

    def _leave_program(self) -> None:
        self.dialog.hide()
        self._window.close()
        QCoreApplication.quit()

    def _show(self) -> None:
        holder = self._duty.holder
        self._window.header.set_clerk(holder.name if holder else "")
        self._window.header.set_serving(self._duty.serving if holder else None)

    def eventFilter(self, a0: QObject | None, a1: QEvent | None) -> bool:
        if a1 is not None and a1.type() in _INPUT and self._idle.isActive():
            self._idle.start()
        return False


def _view(clerk: Clerk) -> ClerkView:
    return ClerkView(clerk.number, clerk.name)
