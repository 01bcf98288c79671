"""Waiting for the citizen's signature: where they are, and how to go on without it."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QLineEdit, QPushButton, QWidget

from widgets.bits import button, column, row, rule, set_text, text
from widgets.dialogs.base import BaseDialog
from widgets.views import Tone


class SigningDialog(BaseDialog):
    """Stands until the citizen has signed. Esc goes back to the form; the citizen's screen keeps asking.

    finger_wanted(): the applicant cannot sign and presses a finger. skipped(reason): the clerk goes on without, because
    of this. reasons: words; those marked False are not enough here.
    """

    skipped = pyqtSignal(str)
    finger_wanted = pyqtSignal()

    def __init__(
        self, reasons: Sequence[tuple[str, bool]], why: str, parent: QWidget | None = None, *, finger: bool = False
    ) -> None:
        """finger: a fingerprint reader is there."""
        super().__init__("signing", "", parent)
        self.set_title(self.tr("等待群众确认签字"), self.tr("签好后自动受理打印"))
        self.setMinimumWidth(520)
        self._state = text(name="signing_state", wrap=True)
        self.add(self._state)
        self._finger = button(self.tr("不会写字，按指纹 F"), name="signing_finger")
        self._finger.setShortcut("F")
        self._finger.clicked.connect(self.finger_wanted)
        self._finger.setVisible(finger)
        self.add(row(self._finger, None))
        self._finger_state = text(name="signing_finger_state", wrap=True)
        self._finger_state.hide()
        self.add(self._finger_state)
        self.add(rule())
        self.add(text(self.tr("不在屏上签字，原因是："), "soft"))
        self._choices: list[QPushButton] = []
        lines = column(gap=6)
        for number, (words, enough) in enumerate(reasons, 1):
            choice = button(f"{number}  {words}", "choice", f"signing_reason_{number}")
            choice.setShortcut(str(number))
            choice.setEnabled(enough)
            choice.clicked.connect(lambda _=False, said=words: self._skip(said))
            self._choices.append(choice)
            lines.addWidget(choice)
        self.add(lines)
        self._other = QLineEdit()
        self._other.setObjectName("signing_other")
        self._other.setAccessibleName(self.tr("其他原因"))
        self._other.setPlaceholderText(self.tr("其他原因，写好按 Enter"))
        self._other.setMaxLength(60)
        self._other.returnPressed.connect(lambda: self._skip(self._other.text()))
        self._other.setVisible(not why)
        self.add(self._other)
        self._why = text(why, "soft", "signing_why", wrap=True)
        self._why.setVisible(bool(why))
        self.add(self._why)
        back = button(self.tr("返回 Esc"), name="signing_back")
        back.clicked.connect(self.reject)
        self.add_buttons(None, back)
        # So that a number key chooses and does not fall into the line.
        back.setFocus()

    def set_state(self, words: str) -> None:
        """Where the citizen is."""
        self._state.setText(words)
        self._state.setAccessibleName(words)

    def set_finger(self, words: str, tone: Tone, *, waiting: bool = False) -> None:
        """How it stands with the finger. waiting: the reader is at work."""
        set_text(self._finger_state, words, tone)
        self._finger.setEnabled(not waiting)

    def state(self) -> str:
        return self._state.text()

    def _skip(self, reason: str) -> None:
        if reason.strip():
            self.skipped.emit(reason.strip())
