"""What a hand scanner reads goes where a camera's codes go, whatever has the keyboard."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QObject, QTimer
from PyQt6.QtWidgets import QApplication

from app.presenters.codes import CodePresenter
from app.presenters.desk import Desk
from app.presenters.verify_papers import VerifyPapersPresenter
from app.workers.device_thread import DeviceThread
from devices.kinds.entry import CodeScanner, ScannedCode
from devices.outcome import Outcome, Reply
from widgets.i18n import core_words
from widgets.views import Tone

LISTEN_SECONDS = 1.0
PAUSE_MILLISECONDS = 2000
"""Between two questions to a scanner that is not there."""


class ScannerPresenter(QObject):
    """Lives on the event loop. open_now: may the visit be changed (not while locked, accepting or after)?

    A code while a dialog is open goes to that dialog if it checks codes, else nowhere; the clerk is told.
    """

    def __init__(
        self,
        thread: DeviceThread,
        desk: Desk,
        codes: CodePresenter,
        verify: VerifyPapersPresenter,
        open_now: Callable[[], bool],
        payer: Callable[[str], bool] = lambda _: False,
        zones: Callable[[str], bool] = lambda _: False,
    ) -> None:
        """payer: takes a payer's code, where one is waited for. zones: takes the lines of a travel document that came
        as a code; False when the text is none."""
        super().__init__()
        self._thread = thread
        self._desk = desk
        self._codes = codes
        self._verify = verify
        self._open_now = open_now
        self.payer = payer
        self._zones = zones
        self._over = self._begun = False
        self._asking = False
        """Does a question stand, or a pause before the next?"""
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(PAUSE_MILLISECONDS)
        self._again.timeout.connect(self._listen)
        thread.light.connect(lambda _: self._stand())

    def start(self) -> None:
        """Listen from now on."""
        self._begun = True
        self._stand()

    def stop(self) -> None:
        """Listen no more."""
        self._over = True
        self._again.stop()

    def _stand(self) -> None:
        """A scanner may have come to the place."""
        if self._begun and not self._over and not self._asking and not self._thread.absent:
            self._listen()

    def _listen(self) -> None:
        self._asking = not self._thread.absent
        if self._asking:
            self._thread.call(_read, self._heard)

    def _heard(self, reply: Reply[ScannedCode]) -> None:
        if self._over:
            return
        if reply.ok:
            self.take(reply.unwrap())
        elif reply.outcome is Outcome.UNREADABLE:
            self._desk.tell(Tone.WARNING, self.tr("扫码枪没有读好"), core_words(reply.detail), "")
        if reply.outcome in (Outcome.OK, Outcome.NOT_PRESENT, Outcome.UNREADABLE):
            self._listen()
        else:
            self._again.start()  # its light says what is wrong

    def take(self, code: ScannedCode) -> None:
        """A code was read."""
        if self.payer(code.text):
            return
        if self._verify.dialog is not None:
            self._verify.check_code(code.text)
        elif QApplication.activeModalWidget() is None and self._open_now():
            if not self._zones(code.text):
                self._codes.take_scanned(code.text, code.symbology)
        else:
            self._desk.tell(Tone.INFO, self.tr("现在不能扫码"), "", self.tr("请先关闭对话框，或接待下一位后再扫。"))


def _read(scanner: CodeScanner) -> Reply[ScannedCode]:
    return scanner.read_code(LISTEN_SECONDS)
