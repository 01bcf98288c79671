"""What fills the screen before anybody has signed in: the brand and the place, nothing else."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QCloseEvent
from PyQt6.QtWidgets import QVBoxLayout, QWidget

from widgets.bits import text


class DoorWindow(QWidget):
    """The ground of the sign-in dialog, and what shows while the store is opened.

    Signals: closed() by its frame; help_asked() by F1 in a dialog over it.
    """

    closed = pyqtSignal()
    help_asked = pyqtSignal()

    def __init__(self, place: str) -> None:
        super().__init__()
        self.setObjectName("blind")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(self.tr("一窗"))
        self.setAccessibleName(self.tr("一窗，请登录"))
        brand, where = text(self.tr("一窗"), name="blind_brand"), text(place, name="blind_place")
        self._busy = text(name="blind_busy")
        inside = QVBoxLayout(self)
        inside.setSpacing(8)
        inside.addStretch(1)
        for part in (brand, where, self._busy):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            inside.addWidget(part)
        inside.insertSpacing(inside.indexOf(self._busy), 24)
        inside.addStretch(1)

    def set_busy(self, words: str) -> None:
        """What is going on, e.g. 正在打开本机数据…; "" for nothing."""
        self._busy.setText(words)
        self._busy.setAccessibleName(words)

    def ask_help(self) -> None:
        """F1 in a dialog."""
        self.help_asked.emit()

    def closeEvent(self, a0: QCloseEvent | None) -> None:
        super().closeEvent(a0)
        self.closed.emit()
