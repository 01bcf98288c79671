"""The way out of self-service: the PIN of the clerk on duty."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QLineEdit, QWidget

from widgets.bits import button, column, row, set_text, text
from widgets.self_service.keypad import DIGITS, Keypad
from widgets.views import Tone


class PinPage(QWidget):
    """Signals: entered(pin); cancelled()."""

    entered = pyqtSignal(str)
    cancelled = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("self_pin")
        self.setAccessibleName(self.tr("工作人员退出自助模式"))
        self._who = text(role="citizen_soft", name="self_pin_who")
        self._hint = text(role="citizen_soft", name="self_pin_hint")
        self.line = QLineEdit()
        self.line.setObjectName("self_pin_line")
        self.line.setProperty("kind", "touch")
        self.line.setMinimumHeight(60)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setAccessibleName(self.tr("口令"))
        self.line.returnPressed.connect(self._done)
        self._problem = text(role="touch_problem", name="self_pin_problem", wrap=True)
        back = button(self.tr("返回"), "citizen", "self_pin_back")
        self._leave = button(self.tr("退出自助模式"), "citizen_primary", "self_pin_leave")
        back.clicked.connect(lambda _=False: self.cancelled.emit())
        self._leave.clicked.connect(lambda _=False: self._done())
        pad = Keypad(DIGITS)
        left = column(
            text(self.tr("工作人员退出自助模式"), "citizen_title"),
            self._who,
            self.line,
            self._problem,
            self._hint,
            row(back, self._leave, gap=16),
            None,
            gap=16,
        )
        whole = row(None, gap=56)
        whole.addLayout(left)
        whole.addWidget(pad, 0, Qt.AlignmentFlag.AlignTop)
        whole.addStretch(1)
        outer = column(None, whole, None)
        self.setLayout(outer)

    def begin(self, who: str, hint: str = "") -> None:
        """Ask for this clerk's PIN."""
        self._who.setText(who)
        set_text(self._hint, hint)
        self.line.clear()
        self.say("")
        self.line.setFocus()

    def say(self, words: str) -> None:
        """Why it was refused."""
        set_text(self._problem, words, Tone.ERROR)
        self._leave.setEnabled(True)
        self.line.selectAll()

    def _done(self) -> None:
        if self.line.text() and self._leave.isEnabled():
            self._leave.setEnabled(False)
            self.entered.emit(self.line.text())
