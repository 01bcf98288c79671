"""The check of identity in one panel: four answers with their grounds, and below them what leaves and what stays."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from widgets.bits import badge, button, clear, column, row, rule, set_icon, set_text, text
from widgets.dialogs.base import BaseDialog
from widgets.look import px
from widgets.tokens import TONE_INKS
from widgets.views import Tone
from widgets.views_identity import AnswerLine, AnswerMark, IdentityView

_SIGNS = {AnswerMark.YES: "success", AnswerMark.NO: "error", AnswerMark.OPEN: "minus"}
_TONES = {AnswerMark.YES: Tone.SUCCESS, AnswerMark.NO: Tone.ERROR, AnswerMark.OPEN: Tone.NEUTRAL}


class IdentityDialog(BaseDialog):
    """Enter puts the check on record.

    Signals: keep_asked(), slip_asked(), register_asked(), compare_asked() (the dialog closes with the last two).
    """

    keep_asked = pyqtSignal()
    slip_asked = pyqtSignal()
    compare_asked = pyqtSignal()
    register_asked = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("identity", self.tr("身份核验"), parent)
        self.setMinimumWidth(px(760))
        self._verdict = row(gap=8)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(10)
        self._why = text("", "soft", "identity_why", wrap=True)
        self._leaves = QGridLayout()
        self._leaves.setHorizontalSpacing(14)
        self._leaves.setVerticalSpacing(3)
        self._leaves.setColumnStretch(1, 1)
        self._stays = text("", "soft", "identity_stays", wrap=True)
        self._record = text("", "faint", "identity_record", wrap=True)
        box = QFrame()
        box.setProperty("role", "card")
        inside = QVBoxLayout(box)
        inside.setContentsMargins(14, 10, 14, 12)
        inside.setSpacing(6)
        two = row(gap=24)
        two.addLayout(column(text(self.tr("会离开本机的"), "strong"), self._leaves, None, gap=6), 3)
        two.addLayout(column(text(self.tr("留在本机、不外传的"), "strong"), self._stays, self._record, None, gap=6), 2)
        inside.addLayout(two)
        self.add(self._verdict)
        self.add(self._lines)
        self.add(self._why)
        self.add(rule())
        self.add(box)
        self._message = text("", "soft", "identity_message", wrap=True)
        self._message.hide()
        self.add(self._message)
        self.content.addStretch(1)
        self.compare = button(self.tr("人证核对 Alt+F"), name="identity_compare")
        self.compare.setShortcut("Alt+F")
        self.compare.clicked.connect(self._compare)
        self.slip = button(self.tr("出反馈单 Alt+P"), name="identity_slip")
        self.slip.setShortcut("Alt+P")
        self.slip.clicked.connect(self.slip_asked)
        self.register = button(self.tr("登记服务码 Alt+R"), name="identity_register")
        self.register.setShortcut("Alt+R")
        self.register.clicked.connect(self._register)
        self.keep = button(self.tr("记录核验 Enter"), "primary", "identity_keep")
        self.keep.clicked.connect(self.keep_asked)
        leave = button(self.tr("关闭 Esc"), name="identity_leave")
        leave.clicked.connect(self.reject)
        self.add_buttons(self.compare, self.register, None, leave, self.slip, self.keep, default=self.keep)

    def set_view(self, view: IdentityView) -> None:
        """Show a check."""
        clear(self._verdict)
        clear(self._lines)
        clear(self._leaves)
        self.set_title(self.tr("身份核验"), view.who)
        self._verdict.addWidget(badge(view.title, view.tone))
        self._verdict.addStretch(1)
        self.setAccessibleDescription(f"{view.who} {view.title}".strip())
        for number, line in enumerate(view.lines):
            self._answer(number, line)
        for number, (name, value) in enumerate(view.leaves):
            self._leaves.addWidget(text(name, "label"), number, 0, Qt.AlignmentFlag.AlignTop)
            self._leaves.addWidget(text(value, "", f"identity_leaves_{number}", wrap=True), number, 1)
        set_text(self._stays, view.stays)
        set_text(self._record, view.record)
        self._record.setVisible(bool(view.record))
        set_text(self._why, view.why)
        self._why.setVisible(bool(view.why))
        self.keep.setEnabled(view.may_keep)
        self.slip.setEnabled(view.may_keep)
        self.compare.setEnabled(view.may_compare)
        self.register.setEnabled(view.may_register)
        if not self.isVisible() and self.keep.isEnabled():
            self.keep.setFocus()  # the button that was pressed last time still has it, and Enter would press that one
        self.set_message("")
        self._fit()

    def set_message(self, words: str, tone: Tone = Tone.NEUTRAL) -> None:
        """What came of a button."""
        set_text(self._message, words, tone)
        self._message.setVisible(bool(words))
        self._fit()

    def set_busy(self, busy: bool) -> None:
        """Something is being made: no button is pressed twice."""
        for one in (self.keep, self.slip, self.register):
            one.setEnabled(not busy and one.isEnabled())

    def _fit(self) -> None:
        """Wrapped words have their room: a layout left alone takes a pixel or two from each of them."""
        whole = self.layout()
        if whole is not None:
            # A label that was added to a dialog on screen is shown by the event loop only, and not counted until then.
            for label in self.findChildren(QLabel):
                if not label.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
                    label.show()
            whole.activate()
            self.setMinimumHeight(whole.totalHeightForWidth(max(self.width(), self.minimumWidth())))

    def _answer(self, number: int, line: AnswerLine) -> None:
        sign = QLabel()
        tone = _TONES[line.mark]
        set_icon(sign, _SIGNS[line.mark], TONE_INKS[tone], 20)
        question = text(line.question, "strong", f"identity_question_{number}")
        words = text(line.answer, "strong", f"identity_answer_{number}")
        words.setProperty("tone", tone.value if line.mark is AnswerMark.NO else "")
        words.setAccessibleName(f"{line.question} {line.answer} {line.ground}".strip())
        question.setFixedWidth(px(150))
        ground = text(line.ground, "soft", f"identity_ground_{number}", wrap=True)
        made = row(column(sign, None, gap=0), column(question, None, gap=0), gap=10)
        made.addLayout(column(words, ground, gap=0), 1)
        self._lines.addLayout(made)

    def _compare(self) -> None:
        self.accept()
        self.compare_asked.emit()

    def _register(self) -> None:
        self.accept()
        self.register_asked.emit()
