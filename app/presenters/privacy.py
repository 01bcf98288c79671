"""Personal data on the screen: masked until asked for, each showing written down; and the watermark."""

from __future__ import annotations

from PyQt6.QtCore import QObject, QTimer

from app.domain.case import AuditEvent, Window
from app.presenters.desk import Desk
from app.services.duty import Duty
from offline_db.store import Store
from widgets.window import MainWindow

SHOWN_SECONDS = 10


class PrivacyPresenter(QObject):
    """Answers the action reveal (Ctrl+M): numbers in the open for SHOWN_SECONDS, or until it is pressed again.

    Nothing is shown before its line stands in the audit trail: where that cannot be written, it stays masked.
    """

    def __init__(
        self, window: MainWindow, desk: Desk, store: Store, duty: Duty, place: Window, watermark: bool
    ) -> None:
        super().__init__()
        self._window = window
        self._desk = desk
        self._store = store
        self._duty = duty
        self._place = place
        self._watermark = watermark
        self.shown = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_SECONDS * 1000)
        self._timer.timeout.connect(self.hide)
        desk.replaced.connect(self.hide)
        desk.changed.connect(self._apply)
        window.status.clock_changed.connect(self.mark)
        self.mark()

    def set_watermark(self, on: bool) -> None:
        """Show it, or not, from now on."""
        self._watermark = on
        self.mark()

    def possible(self) -> bool:
        """Is there anything behind a mask?"""
        return self._desk.visit.card is not None or bool(self._desk.visit.form.values())

    def toggle(self) -> None:
        """Show what is masked, or mask it again."""
        if self.shown:
            self.hide()
            return
        visit_id = self._desk.visit.visit_id
        event = AuditEvent(
            self._desk.clock.now(), self._duty.clerk, "numbers.shown", visit_id, {"seconds": SHOWN_SECONDS}
        )

        def written(_: object) -> None:
            if self._desk.still(visit_id):
                self.shown = True
                self._timer.start()
                self._apply()

        self._desk.tasks.run(lambda: self._store.append_audit(event), written)

    def hide(self) -> None:
        """Mask again."""
        self._timer.stop()
        if self.shown:
            self.shown = False
            self._apply()

    def _apply(self) -> None:
        card = self._desk.visit.card
        self._window.who.set_open_number(card.number or "" if self.shown and card is not None else "")
        self._window.form.set_open(self.shown)

    def mark(self) -> None:
        """Write the watermark anew: another minute, or another clerk."""
        holder = self._duty.holder
        clerk = holder.name if holder is not None else ""
        parts = (clerk, self._place.id, self._place.name, self._window.status.clock_words())
        self._window.set_watermark("  ".join(part for part in parts if part) if self._watermark else "")
