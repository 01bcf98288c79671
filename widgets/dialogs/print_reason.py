"""Why a paper is printed once more."""

from __future__ import annotations

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QLineEdit, QWidget

from widgets.bits import button, text
from widgets.dialogs.base import BaseDialog
from widgets.lines import ChoiceRow

MOST_LETTERS = 60


class PrintReasonDialog(BaseDialog):
    """Ctrl+1 … 4 choose, or words of one's own; Enter prints. Signals: given(reason)."""

    given = pyqtSignal(str)

    def __init__(self, paper: str, parent: QWidget | None = None) -> None:
        super().__init__("print_reason", "", parent)
        title = self.tr("为什么补打？")
        self.set_title(title, paper)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setMinimumWidth(520)
        reasons = (self.tr("遗失"), self.tr("污损"), self.tr("打印不清或卡纸"), self.tr("申请人要多一份"))
        self.choice = ChoiceRow(
            "print_reason_choice", self.tr("原因"), [(reason, reason) for reason in reasons], "Ctrl"
        )
        self.words = QLineEdit()
        self.words.setObjectName("print_reason_words")
        self.words.setAccessibleName(self.tr("其他原因"))
        self.words.setPlaceholderText(self.tr("其他原因（写了就以这里为准）"))
        self.words.setMaxLength(MOST_LETTERS)
        self.add(self.choice)
        self.add(self.words)
        self.add(text(self.tr("原因写入操作记录，纸上标明“补打”。不要写群众的姓名、号码。"), "faint", wrap=True))
        go = button(self.tr("补打 Enter"), "primary", "print_reason_go")
        go.clicked.connect(self._go)
        leave = button(self.tr("不打了 Esc"), name="print_reason_leave")
        leave.clicked.connect(self.reject)
        self.add_buttons(None, leave, go, default=go)

    def _go(self) -> None:
        self.given.emit(self.words.text().strip() or self.choice.value())
        self.accept()
