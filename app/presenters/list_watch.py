"""Warns as soon as a document is read that stands in a list of lost or revoked ones, whichever way it was read."""

from __future__ import annotations

from PyQt6.QtCore import QObject, pyqtSignal

from app.identity.verification import Answer, Ground, Line
from app.presenters.desk import Desk
from app.services.heed_lists import HeedLists, last_reading
from widgets.views import Tone


class ListWatch(QObject):
    """`warned` carries the line of a list that names the document. Nothing is held up while the list is looked at."""

    warned = pyqtSignal(object)

    def __init__(self, desk: Desk, service: HeedLists) -> None:
        super().__init__()
        self._desk = desk
        self._service = service
        self._seen: tuple[str, int] | None = None
        desk.changed.connect(self._look)

    def _look(self) -> None:
        visit = self._desk.visit
        reading = last_reading(visit)
        seen = (visit.visit_id, reading) if reading is not None else None
        if seen is None or seen == self._seen:
            return
        self._seen = seen

        def show(said: Line) -> None:
            # Another document was read meanwhile: that one's answer comes by itself.
            if self._seen == seen and self._desk.still(visit.visit_id) and said.answer is Answer.NO:
                self._warn(said)

        self._desk.tasks.run(lambda: self._service.look(visit), show)

    def _warn(self, said: Line) -> None:
        self._desk.change(self._service.warned(self._desk.visit, said), joined=True)
        lost = said.ground is Ground.LISTED_LOST
        self._desk.tell(
            Tone.ERROR,
            self.tr("这本证件已挂失") if lost else self.tr("这本证件已作废"),
            self.tr("{0} 的名单上有它。").format(said.detail),
            self.tr("不要凭它办理：请来访人出示现用证件；不是本人的，按本单位规定上报。按 Shift+F7 留下记录。"),
        )
        self.warned.emit(said)
