"""The left panel: read the visitor's card; show it and the licences."""

from __future__ import annotations

from dataclasses import replace

from PyQt6.QtCore import QT_TRANSLATE_NOOP, QObject, pyqtSignal

from app.domain.clock import shanghai
from app.identity.verification import Ground
from app.presenters.card_words import captured_view
from app.presenters.chip_words import chip_person, chip_view
from app.presenters.desk import Desk
from app.presenters.resident_words import served_person
from app.presenters.words import licence_view, person_view, zone_view
from app.services.compare_face import verdict_of
from app.services.heed_lists import listed_of
from app.services.identify import Identify
from app.services.visit import SERVED
from app.workers.device_thread import Call, DeviceThread
from devices.kinds.identity import CardReading
from devices.outcome import Outcome, Reply
from widgets.views import Tone
from widgets.who import WhoPanel

READ_SECONDS = 8.0
"""How long the reader waits for a card after F2."""

_TODO = {
    Outcome.NOT_PRESENT: QT_TRANSLATE_NOOP("WhoPresenter", "请把证件平放在读卡器上，再按 F2。"),
    Outcome.UNREADABLE: QT_TRANSLATE_NOOP("WhoPresenter", "请拿起证件重新放好；仍读不出请用高拍仪拍摄。"),
    Outcome.TIMEOUT: QT_TRANSLATE_NOOP("WhoPresenter", "请检查读卡器的电源和连线，再按 F2。"),
    Outcome.DISCONNECTED: QT_TRANSLATE_NOOP("WhoPresenter", "请检查读卡器的连线；插好后几秒内会自动恢复。"),
    Outcome.FAULT: QT_TRANSLATE_NOOP("WhoPresenter", "请重新插拔读卡器；仍有故障请报修。"),
}

_BROKEN = (Outcome.UNREADABLE, Outcome.TIMEOUT, Outcome.DISCONNECTED, Outcome.FAULT)
"""Where the picture of a card is the other way; Outcome.NOT_PRESENT only means that no card was laid down."""


class WhoPresenter(QObject):
    """`read` carries the Reply of each reading, after the visit has been changed."""

    read = pyqtSignal(object)

    def __init__(self, panel: WhoPanel, desk: Desk, identify: Identify, reader: DeviceThread) -> None:
        super().__init__()
        self._panel = panel
        self._desk = desk
        self._identify = identify
        self._reader = reader
        self._call: Call | None = None
        desk.changed.connect(self._show)
        desk.replaced.connect(self._leave)

    def read_card(self) -> None:
        """Wait for a card and read it; a second F2 while waiting does nothing."""
        if self._call is not None:
            return
        visit_id = self._desk.visit.visit_id
        self._panel.set_waiting(self.tr("正在读卡，请放证件…"))
        self._call = self._reader.call(
            lambda device: device.read_card(READ_SECONDS), lambda reply: self._done(visit_id, reply)
        )

    def _leave(self) -> None:
        """The next visitor: nobody waits for this one's card any more."""
        if self._call is not None:
            self._call.cancel()

    def _done(self, visit_id: str, reply: Reply[CardReading]) -> None:
        self._call = None
        self._panel.set_waiting(None)
        if not self._desk.still(visit_id):
            return
        if reply.ok:
            card = reply.unwrap().card
            self._desk.change(self._identify.apply(self._desk.visit, card, self._reader.device.uri))
        elif reply.outcome is not Outcome.CANCELLED:
            todo = self.tr(_TODO[reply.outcome]) if reply.outcome in _TODO else self.tr("请再按 F2。")
            if reply.outcome in _BROKEN:
                todo += self.tr("急办的按 Ctrl+Shift+F2 拍照识别。")
            self._desk.tell(Tone.WARNING, self.tr("没有读到证件"), reply.detail, todo)
        self.read.emit(reply)

    def _show(self) -> None:
        visit = self._desk.visit
        # The visit itself knows when: it may have been parked for an hour.
        at = next((event.at for event in reversed(visit.events) if event.action == "card.read"), visit.started_at)
        person = person_view(visit.card, f"{shanghai(at):%H:%M}") if visit.card else None
        if person is None and visit.chip is not None:
            person = chip_person(visit.chip, f"{shanghai(visit.chip.at):%H:%M}")
        if person is None and visit.resident is not None:
            shown_at = next((e.at for e in reversed(visit.events) if e.action == SERVED), visit.started_at)
            person = served_person(visit.resident, f"{shanghai(shown_at):%H:%M}")
        person = person or captured_view(visit.form.facts) or zone_view(visit.form.facts)
        same = verdict_of(visit)
        if person is not None and same is not None:
            words = self.tr("人证一致（窗口核对）") if same else self.tr("人证不一致！（窗口核对）")
            person = replace(person, note=words, note_tone=Tone.SUCCESS if same else Tone.ERROR)
        listed = listed_of(visit)
        if person is not None and listed is not None:
            words = self.tr("已挂失！不要凭它办理") if listed is Ground.LISTED_LOST else self.tr("已作废！不要凭它办理")
            note = self.tr("；").join((words, person.note)) if person.note else words
            person = replace(person, note=note, note_tone=Tone.ERROR)
        self._panel.set_person(person)
        self._panel.set_chip(chip_view(visit.chip) if visit.chip is not None else None)
        self._panel.set_licences([licence_view(entry) for entry in visit.licences])
