"""Before the window: whose PIN opens the store, asked once; then the workstation is built in a thread."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QCoreApplication, QEventLoop, QObject, QTimer, pyqtSignal

from app.domain.clerk import Clerk
from app.domain.errors import YichuangError
from app.domain.item import Catalog
from app.presenters.desk import error_line
from app.presenters.doorway import Doorway
from app.presenters.help import topics
from app.presenters.station import Workstation
from app.services.door import Door, Entry
from app.workers.tasks import TaskRunner
from widgets.dialogs.help import HelpDialog, HelpTopic
from widgets.dialogs.sign_in import ClerkView, SignInDialog, SignInMode
from widgets.doorway import DoorWindow
from widgets.i18n import language

_CONTACT_SECONDS = 300


class DoorPresenter(QObject):
    """Shows the sign-in over an empty ground. `ask` until somebody is in; `close` once the window stands in front.

    `prepared` carries the catalogue when it is loaded. The platform is asked now and then whether this machine was
    stolen: who has it needs no PIN to bring it online.
    """

    prepared = pyqtSignal(object)

    def __init__(self, way: Doorway, door: Door) -> None:
        super().__init__()
        self._way = way
        self._door = door
        place = way.settings.window
        self._place = f"{place.hall}　{place.name}"
        self.window = DoorWindow(self._place)
        self.tasks = TaskRunner(self)
        self.dialog = SignInDialog(self.window)
        self._loop = QEventLoop(self)
        self._station: Workstation | None = None
        self._opening = False
        self._contacts = QTimer(self)
        self._contacts.setInterval(round(_CONTACT_SECONDS * 1000))
        self._contacts.timeout.connect(self._contact)
        self.dialog.tried.connect(self._tried)
        self.dialog.registered.connect(self._registered)
        self.dialog.renewed.connect(self._renewed)
        self.dialog.recovery_wanted.connect(self._ask_code)
        self.dialog.recovered.connect(self._recovered)
        self.dialog.sign_in_wanted.connect(self._ask_pin)
        self.dialog.left.connect(self.leave)
        self.window.closed.connect(self.leave)
        self.window.help_asked.connect(self._help)
        self.tasks.failed.connect(self._failed)

    def ask(self) -> Workstation | None:
        """The workstation once a PIN opened it, somebody being on duty; None when the program is left instead."""
        self.start()
        self._loop.exec()
        self._contacts.stop()
        came = self._station
        self.tasks.close(60_000)
        QCoreApplication.processEvents()
        if came is None and self._station is not None:
            # Left, or interrupted, while the store was being opened: what came too late is closed again.
            self._station.close()
        return came

    def start(self) -> None:
        """Come up, and load meanwhile what needs no PIN."""
        self.window.showMaximized()
        self._ask_pin()
        self.tasks.run(self._load, self._loaded)
        self._contact()
        self._contacts.start()

    def leave(self) -> None:
        """Nobody wants to sign in."""
        self.close()
        self._loop.quit()

    def close(self) -> None:
        """Take the ground away."""
        self.dialog.hide()
        self.window.hide()

    def _load(self) -> Catalog | None:
        try:
            return self._way.prepare()
        except YichuangError:
            # Told when it is needed, where the PIN was typed.
            return None

    def _loaded(self, catalog: Catalog | None) -> None:
        if catalog is not None:
            self.prepared.emit(catalog)

    def _contact(self) -> None:
        if not self._opening:  # the workstation asks too, once it stands
            self.tasks.run(self._way.contact, self._contacted)

    def _contacted(self, wiped: bool) -> None:
        if wiped:
            self.leave()

    # -- asking -------------------------------------------------------------------------------------------------

    def _ask_pin(self) -> None:
        known = [_view(clerk) for clerk in self._door.known()]
        self.dialog.set_mode(SignInMode.SIGN_IN if known else SignInMode.FIRST, known, self._place)
        self.dialog.offer_recovery(self._door.has_recovery)
        self._stand()

    def _ask_code(self) -> None:
        marked = self.dialog.marked()
        self.dialog.set_mode(SignInMode.RECOVER, [_view(clerk) for clerk in self._door.known()], self._place)
        self.dialog.choose(marked)
        self._stand()

    def _help(self) -> None:
        in_language = language()

        def show(found: tuple[HelpTopic, ...]) -> None:
            HelpDialog(found, "sign-in", self.dialog).open_once()

        self.tasks.run(lambda: topics(in_language), show)

    def _stand(self) -> None:
        self.dialog.open()
        self.dialog.activateWindow()

    def _tried(self, number: str, pin: str) -> None:
        self._check(lambda: self._door.open(number, pin))

    def _registered(self, number: str, name: str, pin: str, again: str) -> None:
        self._check(lambda: self._door.register_first(number, name, pin, again))

    def _renewed(self, number: str, old: str, pin: str, again: str) -> None:
        self._check(lambda: self._door.renew(number, old, pin, again))

    def _recovered(self, number: str, code: str, pin: str, again: str) -> None:
        self._check(lambda: self._door.recover(number, code, pin, again))

    def _check(self, knock: Callable[[], Entry]) -> None:
        if not self._opening:
            self._opening = True
            self.tasks.run(knock, self._knocked)

    def _knocked(self, entry: Entry) -> None:
        if entry.must_change:
            self._opening = False
            self.dialog.set_mode(SignInMode.NEW_PIN, [ClerkView(entry.number, entry.name)])
            return
        # From here on it takes a second or two: the dialog goes, the ground says what is going on.
        self.dialog.hide()
        self.window.set_busy(self.tr("正在打开本机数据…"))
        self.tasks.run(lambda: self._way.enter(entry), self._entered)

    def _entered(self, station: Workstation) -> None:
        self._opening = False
        self._station = station
        self._loop.quit()

    def _failed(self, error: YichuangError) -> None:
        self._opening = False
        if self._way.given_up(error):
            self.leave()
            return
        self.window.set_busy("")
        if self.dialog.isHidden():
            # The PIN was right and what it opens is not: the PIN is asked for again, with the reason.
            self._ask_pin()
        self.dialog.say(error_line(error))


def _view(clerk: Clerk) -> ClerkView:
    return ClerkView(clerk.number, clerk.name)
