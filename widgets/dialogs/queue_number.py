"""Ctrl+N at a counter whose caller keeps no queue: the clerk says which number is next."""

from __future__ import annotations

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QLineEdit, QWidget

from widgets.bits import button, text
from widgets.dialogs.base import BaseDialog


class QueueNumberDialog(BaseDialog):
    """Enter calls. Signals: called(number)."""

    called = pyqtSignal(str)

    def __init__(self, number: str, why: str = "", parent: QWidget | None = None) -> None:
        super().__init__("queue_number", "", parent)
        title = self.tr("叫号")
        self.set_title(title, why)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setMinimumWidth(420)
        self.number = QLineEdit(number)
        self.number.setObjectName("queue_number_line")
        self.number.setAccessibleName(self.tr("要叫的号码"))
        self.number.setPlaceholderText(self.tr("例如 A012"))
        self.number.setMaxLength(12)
        self.number.selectAll()
        self.number.textChanged.connect(self._offer)
        self.add(self.number)
        self.add(text(self.tr("照取号纸上的号码填；下次会接着往下数。"), "faint", wrap=True))
        leave = button(self.tr("不叫了 Esc"), name="queue_number_leave")
        leave.clicked.connect(self.reject)
        self._go = button(self.tr("叫号 Enter"), "primary", "queue_number_go")
        self._go.clicked.connect(self._call)
        self.add_buttons(None, leave, self._go, default=self._go)
        self.number.setFocus()
        self._offer()

    def _offer(self) -> None:
        self._go.setEnabled(bool(self.number.text().strip()))

    def _call(self) -> None:
        number = self.number.text().strip().upper()
        self.accept()
        self.called.emit(number)
