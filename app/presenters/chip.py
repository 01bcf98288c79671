"""Ctrl+F2, or a zone that was just read: the chip is read and judged; each check stands under the person."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from PyQt6.QtCore import QT_TRANSLATE_NOOP, QObject, pyqtSignal

from app.domain.errors import YichuangError
from app.identity.chip.checked import CheckedChip
from app.identity.chip.verdict import Judgement, Reason
from app.identity.mrz.parse import Mrz
from app.presenters.chip_words import judgement_words, note_words, reason_words
from app.presenters.desk import Desk
from app.services.check_chip import CheckChip
from app.workers.device_thread import Call, DeviceThread
from devices.outcome import Outcome, Reply
from widgets.dialogs.chip_key import ChipKeyDialog
from widgets.views import Tone
from widgets.window import MainWindow

KEY = "Ctrl+F2"
ZONE_SECONDS = 10.0
FOLLOW_SECONDS = 2.0
"""So long a chip is looked for unasked after its document's zone was read; nobody waits for it."""

_KEY = ("number", "birth", "expiry")
"""What the key to a chip is made of; each has its check digit."""
_STEPS = {
    "opening": QT_TRANSLATE_NOOP("ChipPresenter", "正在打开芯片，请不要移动证件…"),
    "reading": QT_TRANSLATE_NOOP("ChipPresenter", "正在读取芯片内容，请不要移动证件…"),
    "portrait": QT_TRANSLATE_NOOP("ChipPresenter", "正在读取芯片照片 {0}%，请不要移动证件…"),
    "proving": QT_TRANSLATE_NOOP("ChipPresenter", "正在检查芯片是不是复制的…"),
}
_TODO = {
    Outcome.NOT_PRESENT: QT_TRANSLATE_NOOP("ChipPresenter", "请把证件平放在阅读机上，再按 Ctrl+F2。"),
    Outcome.UNREADABLE: QT_TRANSLATE_NOOP("ChipPresenter", "请翻到资料页重新放好，再按 Ctrl+F2。"),
    Outcome.TIMEOUT: QT_TRANSLATE_NOOP("ChipPresenter", "请检查阅读机的电源和连线。"),
    Outcome.DISCONNECTED: QT_TRANSLATE_NOOP("ChipPresenter", "请检查阅读机的连线；插好后几秒内会自动恢复。"),
    Outcome.BUSY: QT_TRANSLATE_NOOP("ChipPresenter", "请关闭占用阅读机的其他程序，再按 Ctrl+F2。"),
}


class ChipPresenter(QObject):
    """`read` follows each reading that came to a verdict, after the visit has been changed. `told` comes from the
    device's thread."""

    read = pyqtSignal(object)
    told = pyqtSignal(str, int)

    def __init__(
        self, window: MainWindow, desk: Desk, service: CheckChip, reader: DeviceThread, open_now: Callable[[], bool]
    ) -> None:
        super().__init__()
        self._window = window
        self._desk = desk
        self._service = service
        self._reader = reader
        self._open_now = open_now
        self._call: Call | None = None
        self._stop = threading.Event()
        self._shown = ""
        self._zone: tuple[str, ...] = ()
        self.told.connect(self._progress)
        desk.replaced.connect(self._leave)
        window.escaped.connect(self.cancel)

    def possible(self) -> bool:
        """Is there a reader, and may the visit still be changed?"""
        return not self._reader.absent and self._open_now()

    def start(self) -> None:
        """Open the chip by the zone that this visitor's document gave already; else read the zone where the device can;
        else ask for what opens it."""
        if self._call is not None:
            return
        if self._zone:
            self.read_with(self._zone)
            return
        if not getattr(self._reader.device, "has_zone", False):
            self.ask()
            return
        self._window.who.set_waiting(self.tr("请把证件资料页朝下放到阅读机上…"))
        self._begin(lambda device, stop, told: self._from_zone(device, stop, told))

    def ask(self, why: str = "") -> None:
        """Ask for the number on the front, or the data page's entries."""
        dialog = ChipKeyDialog(why, self._window)
        dialog.by_can.connect(self._by_can)
        dialog.by_page.connect(self._by_page)
        dialog.open_once()

    def read_with(self, lines: tuple[str, ...]) -> None:
        """Read the chip of a document whose zone was read elsewhere: by a camera, or typed."""
        from app.identity.chip.password import from_zone

        self._opened_by(lambda: (from_zone(lines), lines))

    def follow(self, zone: Mrz) -> None:
        """A zone was read and taken over: the chip of its document is opened with it, if it lies on the reader now.

        Where it does not, nothing is said, and Ctrl+F2 opens it later without asking again. The zone stays with the
        visit."""
        from app.identity.chip.password import from_zone

        self._zone = ()
        if zone.format.visa or not all((check := zone.check(name)) and check.ok for name in _KEY):
            return
        self._zone = zone.lines
        read = self._desk.visit.chip
        if self._call is not None or not self.possible() or not getattr(self._reader.device, "has_chip", False):
            return
        if read is not None and read.reading.zone == zone.lines:
            return
        password = from_zone(zone.lines)
        self._begin(
            lambda device, stop, told: self._service.read(
                device, password, zone.lines, stop, told, seconds=FOLLOW_SECONDS
            ),
            unasked=True,
        )

    def cancel(self) -> None:
        """Esc, or the next visitor: nobody waits for this chip any more."""
        if self._call is not None:
            self._stop.set()
            self._call.cancel()

    def _leave(self) -> None:
        self._zone = ()
        self.cancel()

    def _by_can(self, number: str) -> None:
        from app.identity.chip.password import from_can

        self._opened_by(lambda: (from_can(number), ()))

    def _by_page(self, number: str, birth: str, expiry: str) -> None:
        from app.identity.chip.password import from_fields

        self._opened_by(lambda: (from_fields(number, birth, expiry), ()))

    def _opened_by(self, key: Callable[[], tuple[Any, tuple[str, ...]]]) -> None:
        if self._call is not None:
            return
        try:
            password, lines = key()
        except YichuangError as error:
            self._desk.show_error(error)
            return
        self._window.who.set_waiting(self.tr("请把证件放到阅读机上…"))
        self._begin(lambda device, stop, told: self._service.read(device, password, lines, stop, told))

    def _from_zone(self, device: Any, stop: threading.Event, told: Any) -> Reply[CheckedChip]:
        """On the device's thread."""
        from app.identity.chip.password import from_zone

        zone = device.read_zone(ZONE_SECONDS)
        if not zone.ok:
            return Reply(zone.outcome, detail=zone.detail)
        lines = zone.unwrap().lines
        try:
            password = from_zone(lines)
        except YichuangError as error:
            return Reply(Outcome.UNREADABLE, detail=error.what)
        return self._service.read(device, password, lines, stop, told)

    def _begin(self, work: Callable[[Any, threading.Event, Any], Reply[CheckedChip]], unasked: bool = False) -> None:
        # One for each reading: a reading that is still ending must not hear of the next.
        stop = self._stop = threading.Event()
        visit_id = self._desk.visit.visit_id
        self._shown = ""

        def told(step: object, percent: int) -> None:
            if not stop.is_set():
                self.told.emit(str(step), percent)

        self._call = self._reader.call(
            lambda device: work(device, stop, told), lambda reply: self._done(visit_id, reply, unasked)
        )

    def _progress(self, step: str, percent: int) -> None:
        if self._call is None or self._stop.is_set():
            return
        words = self.tr(_STEPS[step]).format(percent)
        if words != self._shown:
            self._shown = words
            self._window.who.set_waiting(words)

    def _done(self, visit_id: str, reply: Reply[CheckedChip], unasked: bool) -> None:
        self._call = None
        if self._shown or not unasked:
            self._window.who.set_waiting(None)
        if not self._desk.still(visit_id) or (unasked and _nothing_there(reply)):
            return
        if reply.outcome is Outcome.CANCELLED:
            self._desk.tell(Tone.INFO, self.tr("已取消读取芯片"))
            return
        if not reply.ok:
            todo = self.tr(_TODO[reply.outcome]) if reply.outcome in _TODO else self.tr("请再按 Ctrl+F2。")
            self._desk.tell(Tone.WARNING, self.tr("没有读到证件芯片"), reply.detail, todo)
            return
        checked = reply.unwrap()
        self._desk.change(self._service.apply(self._desk.visit, checked, self._reader.device.uri))
        self._announce(checked)
        self.read.emit(checked)

    def _announce(self, checked: CheckedChip) -> None:
        verdict = checked.reading.verdict
        words, tone = judgement_words(verdict)
        title = self.tr("芯片核验：{0}").format(words)
        what = reason_words(verdict.reason)
        if verdict.judgement is Judgement.UNDECIDED and self._service.issuers.problem:
            what = self._service.issuers.problem
        self._desk.tell(tone, title, what, note_words(verdict))


def _nothing_there(reply: Reply[CheckedChip]) -> bool:
    """No chip, or one that is no travel document's: not worth a word to a clerk who did not ask for it."""
    if not reply.ok:
        return reply.outcome is not Outcome.CANCELLED
    return reply.unwrap().reading.verdict.reason is Reason.NO_APPLICATION
