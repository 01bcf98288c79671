"""What was paid: the slip once more, or the money back, with a reason. In doubt, a person says what became of it."""

from __future__ import annotations

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QLineEdit, QPushButton, QWidget

from app.domain.fen import yuan_of
from widgets.bits import button, rule, set_text, text
from widgets.dialogs.base import BaseDialog
from widgets.views import Tone
from widgets.views_talk import PaidView

MOST_LETTERS = 60


class PaidDialog(BaseDialog):
    """Alt+P prints the slip; Alt+R begins a refund, which wants a reason and is confirmed by Alt+R once more: Enter
    gives no money back. In doubt only Alt+Y (it was given back) and Alt+N (it was not) are offered.

    Signals: slip_wanted(); refund_wanted(reason); settled(given back).
    """

    slip_wanted = pyqtSignal()
    refund_wanted = pyqtSignal(str)
    settled = pyqtSignal(bool)

    def __init__(self, view: PaidView, parent: QWidget | None = None) -> None:
        super().__init__("paid", "", parent)
        title = self.tr("已收费 {0} 元").format(yuan_of(view.fen))
        self.set_title(title, view.subject)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setMinimumWidth(620)
        self._view = view
        self._under_way = False
        self.add(text(view.facts, "soft", "paid_facts", wrap=True))
        self.add(rule())
        self._why = QLineEdit()
        self._why.setObjectName("paid_reason")
        self._why.setAccessibleName(self.tr("退款原因"))
        self._why.setPlaceholderText(self.tr("退款原因（记入操作记录，不写群众的姓名、号码）"))
        self._why.setMaxLength(MOST_LETTERS)
        self._why.hide()
        self.add(self._why)
        self._state = text("", name="paid_state", wrap=True)
        self._state.setMinimumHeight(2 * self._state.fontMetrics().lineSpacing())
        self.add(self._state)
        self._slip = self._button(self.tr("打印凭条 Alt+P"), "", "paid_slip", "Alt+P")
        self._slip.clicked.connect(self.slip_wanted)
        self._refund = self._button(self.tr("退款… Alt+R"), "", "paid_refund", "Alt+R")
        self._refund.clicked.connect(self._refund_pressed)
        self._given = self._button(self.tr("终端显示已退 Alt+Y"), "", "paid_given", "Alt+Y")
        self._given.clicked.connect(lambda: self.settled.emit(True))
        self._kept = self._button(self.tr("终端显示没有退 Alt+N"), "", "paid_kept", "Alt+N")
        self._kept.clicked.connect(lambda: self.settled.emit(False))
        self._leave = button(self.tr("关闭 Esc"), name="paid_leave")
        self._leave.clicked.connect(self.reject)
        self.add_buttons(self._refund, None, self._given, self._kept, self._slip, self._leave)
        self.set_state("", Tone.NEUTRAL, in_doubt=view.in_doubt)
        self._leave.setFocus()

    def set_under_way(self, words: str) -> None:
        """The terminal gives it back just now: nothing else is offered."""
        self._under_way = True
        set_text(self._state, words, Tone.INFO)
        for part in (self._refund, self._slip, self._given, self._kept, self._leave):
            part.setEnabled(False)
        self._why.setReadOnly(True)

    def set_state(self, words: str, tone: Tone, *, in_doubt: bool = False, over: bool = False) -> None:
        """How it stands. in_doubt: nobody knows whether it was given back; over: it was."""
        self._under_way = False
        if in_doubt and not words:
            words, tone = self.tr("退款结果不明：请看终端的签购单或交易记录，再选择。不要另外退钱。"), Tone.ERROR
        self._state.setText(words)
        set_text(self._state, words or " ", tone)
        for part in (self._refund, self._slip, self._given, self._kept, self._leave):
            part.setEnabled(True)
        self._why.setReadOnly(False)
        self._why.setVisible(self._why.isVisible() and not (in_doubt or over))
        self._refund.setVisible(self._view.may_refund and not (in_doubt or over))
        self._slip.setVisible(not in_doubt)  # what nobody knows is not printed
        self._given.setVisible(in_doubt)
        self._kept.setVisible(in_doubt)
        if over or in_doubt:
            self._leave.setFocus()

    def state_words(self) -> str:
        """What is said now."""
        return self._state.text().strip()

    def reject(self) -> None:
        """Esc: not while money is on its way."""
        if not self._under_way:
            super().reject()

    def _refund_pressed(self) -> None:
        if self._why.isHidden():
            self._why.show()
            self._why.setFocus()
            self._refund.setText(self.tr("确认全额退款 {0} 元 Alt+R").format(yuan_of(self._view.fen)))
            self._refund.setShortcut("Alt+R")
            set_text(self._state, self.tr("写明原因后再按一次 Alt+R，原路退回全部金额。"), Tone.WARNING)
        elif self._why.text().strip():
            self.refund_wanted.emit(self._why.text().strip())
        else:
            set_text(self._state, self.tr("还没有写退款原因。"), Tone.WARNING)
            self._why.setFocus()

    def _button(self, words: str, kind: str, name: str, key: str) -> QPushButton:
        made = button(words, kind, name)
        made.setShortcut(key)
        return made
