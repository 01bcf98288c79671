"""The window's clerks: register, give a new PIN, let go. For the manager on duty."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QEvent, QObject, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from widgets.bits import button, row, set_text, text
from widgets.dialogs.base import BaseDialog
from widgets.dialogs.sign_in import ClerkView
from widgets.views import Tone

_NUMBER = Qt.ItemDataRole.UserRole


class ClerksDialog(BaseDialog):
    """The list, and a line to add to it. Keys: Enter in the line registers; R a new PIN, Delete lets go, in the list.

    Signals: enrolled(number, name); reset(number); retired(number).
    """

    enrolled = pyqtSignal(str, str)
    reset = pyqtSignal(str)
    retired = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("clerks", "", parent)
        title = self.tr("窗口人员")
        self.set_title(title, self.tr("首次口令只用一次，本人登录时换成自己的"))
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.resize(560, 460)
        self.list = QListWidget()
        self.list.setObjectName("clerks_list")
        self.list.setAccessibleName(title)
        self.list.installEventFilter(self)
        self.number = QLineEdit()
        self.number.setObjectName("clerks_number")
        self.number.setAccessibleName(self.tr("工号"))
        self.number.setPlaceholderText(self.tr("工号"))
        self.number.setMaximumWidth(140)
        self.name = QLineEdit()
        self.name.setObjectName("clerks_name")
        self.name.setAccessibleName(self.tr("姓名"))
        self.name.setPlaceholderText(self.tr("姓名"))
        self._enrol = button(self.tr("登记 Enter"), "primary", "clerks_enrol")
        self._enrol.clicked.connect(self._asked)
        self._said = text(name="clerks_said", wrap=True)
        self._said.setMinimumHeight(40)
        self._said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.add(self.list, 1)
        self.add(row(self.number, self.name, self._enrol))
        self.add(self._said)
        self._reset = button(self.tr("重设口令 R"), name="clerks_reset")
        self._reset.clicked.connect(lambda: self.reset.emit(self._marked()))
        self._retire = button(self.tr("停用 Delete"), name="clerks_retire")
        self._retire.clicked.connect(lambda: self.retired.emit(self._marked()))
        close = button(self.tr("关闭 Esc"), name="clerks_close")
        close.clicked.connect(self.reject)
        self.add_buttons(self._retire, self._reset, None, close, default=self._enrol)

    def set_clerks(self, clerks: Sequence[ClerkView]) -> None:
        """Show these."""
        at = max(self.list.currentRow(), 0)
        self.list.clear()
        for clerk in clerks:
            item = QListWidgetItem(self.tr("{0}　工号 {1}").format(clerk.name, clerk.number))
            item.setData(_NUMBER, clerk.number)
            self.list.addItem(item)
        self.list.setCurrentRow(min(at, len(clerks) - 1))

    def begin(self) -> None:
        """Ready for the next one."""
        self.number.clear()
        self.name.clear()
        self.number.setFocus()

    def say(self, words: str, tone: Tone) -> None:
        """What came of it, e.g. the PIN for the first sign-in."""
        set_text(self._said, words, tone)
        self._said.setVisible(True)
        self._said.setAccessibleName(words)

    def _marked(self) -> str:
        item = self.list.currentItem()
        return str(item.data(_NUMBER)) if item is not None else ""

    def _asked(self) -> None:
        empty = next((line for line in (self.number, self.name) if not line.text().strip()), None)
        if empty is not None:
            empty.setFocus()
            return
        self.enrolled.emit(self.number.text(), self.name.text())

    def eventFilter(self, a0: QObject | None, a1: QEvent | None) -> bool:
        # A list would take a letter for the beginning of a name.
        if isinstance(a1, QKeyEvent) and a1.type() == QEvent.Type.KeyPress and self._marked():
            if a1.key() == Qt.Key.Key_R:
                self.reset.emit(self._marked())
                return True
            if a1.key() == Qt.Key.Key_Delete:
                self.retired.emit(self._marked())
                return True
        return super().eventFilter(a0, a1)
