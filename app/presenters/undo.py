"""Ctrl+Z and Ctrl+Y: take back, do again, and say what it was."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QObject

from app.domain.item import Catalog
from app.presenters.desk import Desk
from app.services.changes import what_changed
from widgets.i18n import core_words
from widgets.views import Tone


class UndoPresenter(QObject):
    """`possible`: may the visit be changed at all now?"""

    def __init__(self, desk: Desk, catalog: Catalog, possible: Callable[[], bool]) -> None:
        super().__init__()
        self._desk = desk
        self._catalog = catalog
        self._possible = possible

    def can_undo(self) -> bool:
        return self._possible() and self._desk.can_undo

    def can_redo(self) -> bool:
        return self._possible() and self._desk.can_redo

    def undo(self) -> None:
        """Take back the last step."""
        before = self._desk.visit
        if self.can_undo() and self._desk.undo():
            what = core_words(what_changed(self._desk.visit, before, self._catalog))
            self._desk.tell(Tone.INFO, self.tr("已撤销：{0}").format(what), "", self.tr("按 Ctrl+Y 恢复。"))

    def redo(self) -> None:
        """Do it again."""
        before = self._desk.visit
        if self.can_redo() and self._desk.redo():
            what = core_words(what_changed(before, self._desk.visit, self._catalog))
            self._desk.tell(Tone.INFO, self.tr("已恢复：{0}").format(what))
