"""Where the citizen's screen stands: which screen, also when one is plugged in or out while the window is open."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PyQt6.QtCore import QObject, QTimer, pyqtSignal
from PyQt6.QtGui import QGuiApplication, QScreen

from app.presenters.desk import Desk
from devices.base import Picture
from devices.drivers.interaction.screen import IN_A_WINDOW
from offline_db.store import Store
from widgets.customer.screen import CustomerScreen
from widgets.views import Tone

REMEMBERED = "customer.screen"
"""The store's setting: the name of the screen that a number meant. Systems count anew after each plugging."""


class ScreenPlace(QObject):
    """Fills the wanted screen, and stands in a window of its own while that screen is not there: a signature can be
    given all the same, and nothing of the citizen's ever covers the clerk's screen.

    It is also the `screen:` driver's host (devices.drivers.interaction.screen.ScreenHost), whose calls come from the
    device's thread.
    """

    _lines = pyqtSignal(tuple)

    def __init__(
        self,
        screen: CustomerScreen,
        wanted: str,
        desk: Desk,
        store: Store,
        screens: Callable[[], Sequence[QScreen]] = QGuiApplication.screens,
    ) -> None:
        super().__init__()
        self._screen, self._wanted, self._desk, self._store = screen, wanted, desk, store
        self._screens = screens
        self._remembered = ""
        self._name = ""
        self._started = self._heard = False
        self._lines.connect(self._say)

    @property
    def wanted(self) -> str:
        """The screen meant, as the settings name it."""
        return self._wanted

    def start(self, then: Callable[[], None]) -> None:
        """Show it once it is known which screen was meant before; then: once it stands."""

        def known(name: str | None) -> None:
            self._remembered = name or ""
            self._started = True
            self.look()
            then()

        if isinstance(app := QGuiApplication.instance(), QGuiApplication):
            # The system moves windows about for a moment after a screen has gone: look when it is done.
            app.screenAdded.connect(self._later)
            app.screenRemoved.connect(self._later)
            self._heard = True
        if self._wanted.isdecimal():
            self._desk.tasks.run(lambda: self._store.setting(REMEMBERED), known)
        else:
            known("")

    def _later(self, _: QScreen) -> None:
        QTimer.singleShot(200, self.look)

    def look(self) -> None:
        """Stand where the wanted screen is now."""
        if not self._started:
            return
        chosen = choose(self._wanted, self._screens(), self._remembered)
        before, self._name = self._name, chosen.name() if chosen else ""
        if chosen is not None and self._wanted.isdecimal() and self._name != self._remembered:
            self._remembered = name = self._name
            self._desk.tasks.run(lambda: self._store.set_setting(REMEMBERED, name), lambda _: None, order=REMEMBERED)
        self._screen.place(chosen)
        if before and not self._name:
            what = self.tr("群众屏的内容先显示在一个小窗口里。")
            self._desk.tell(Tone.WARNING, self.tr("群众屏断开了"), what, self.tr("接好显示器后会自动移回去。"))

    def stop(self) -> None:
        self._started = False
        if isinstance(app := QGuiApplication.instance(), QGuiApplication) and self._heard:
            app.screenAdded.disconnect(self._later)
            app.screenRemoved.disconnect(self._later)
        self._heard = False

    def screen_name(self) -> str:
        return IN_A_WINDOW if self._wanted == IN_A_WINDOW else self._name

    def show_picture(self, picture: Picture) -> None:
        """Pages, not pictures, are what stands there: the program's own."""

    def show_lines(self, lines: tuple[str, ...]) -> None:
        self._lines.emit(lines)

    def _say(self, lines: tuple[str, ...]) -> None:
        if lines and self._screen.page in ("idle", "words"):
            self._screen.say(lines[0], "\n".join(lines[1:]))


def screen_for(setting: str) -> QScreen | None:
    """The screen that the setting names. None: there is none of that name, so the citizen's screen is a window."""
    return choose(setting, QGuiApplication.screens())


def choose(wanted: str, screens: Sequence[QScreen], remembered: str = "") -> QScreen | None:
    """The screen meant: by name, or by number from 1. remembered: the name that the number meant last."""
    by_name = {screen.name(): screen for screen in screens}
    if wanted in by_name:
        return by_name[wanted]
    if not wanted.isdecimal():
        return None
    if remembered:
        # With the remembered one unplugged another number two may be the clerk's own.
        return by_name.get(remembered)
    number = int(wanted)
    return screens[number - 1] if number <= len(screens) else None
