"""The recovery code: shown once in groups to be copied onto paper, then typed back from it."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from widgets.bits import button, set_text, text
from widgets.dialogs.base import BaseDialog
from widgets.views import Tone

_COLUMNS = 4


class RecoveryDialog(BaseDialog):
    """First the code, then a line for it. Keys: Enter leads on, F4 back to the code, Esc leaves it for later.

    Signal: typed(code as typed back).
    """

    typed = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None, *, replaces: bool = False) -> None:
        """replaces: there is one already, which this one will put out of force."""
        super().__init__("recovery", "", parent)
        title = self.tr("恢复码")
        self.set_title(title, self.tr("所有人都忘了口令，或者系统密钥环丢失时，用它打开本机数据"))
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        # A stack of pages does not hand on that wrapped words need more height in less width.
        self.setMinimumSize(580, 400 if replaces else 360)
        self._busy = False
        self._pages = QStackedWidget()
        self._code = QGridLayout()
        self._code.setHorizontalSpacing(28)
        self._code.setVerticalSpacing(14)
        self._pages.addWidget(self._shown_page(replaces))
        self._pages.addWidget(self._typed_page())
        self.add(self._pages)
        self._later = button(self.tr("以后再说 Esc"), name="recovery_later")
        self._later.clicked.connect(self.reject)
        self._back = button(self.tr("再看一遍 F4"), name="recovery_back")
        self._back.clicked.connect(self._show_code)
        self._go = button("", "primary", "recovery_go")
        self._go.clicked.connect(self._on)
        self.add_buttons(self._later, self._back, None, self._go, default=self._go)
        self._show_code()

    def _shown_page(self, replaces: bool) -> QWidget:
        page = QWidget()
        inside = QVBoxLayout(page)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(16)
        inside.addWidget(text(self.tr("请用笔抄在纸上，封好交管理员保管。"), "heading", wrap=True))
        framed = QHBoxLayout()
        framed.addStretch(1)
        framed.addLayout(self._code)
        framed.addStretch(1)
        inside.addLayout(framed)
        note = self.tr("只显示这一次。不要拍照，也不要存进电脑：拿到它和这台电脑的人，不用口令就能打开数据。")
        inside.addWidget(text(note, "soft", wrap=True))
        if replaces:
            old = text(self.tr("保存后，以前的恢复码作废，请把旧纸条销毁。"), name="recovery_replaces", wrap=True)
            set_text(old, old.text(), Tone.WARNING)
            inside.addWidget(old)
        inside.addStretch(1)
        return page

    def _typed_page(self) -> QWidget:
        page = QWidget()
        inside = QVBoxLayout(page)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(12)
        words = self.tr("请照纸上输入一遍，确认没有抄错")
        inside.addWidget(text(words, "heading", wrap=True))
        self.line = QLineEdit()
        self.line.setObjectName("recovery_line")
        self.line.setAccessibleName(words)
        self.line.setPlaceholderText(self.tr("大小写、横线、空格都可以不管"))
        self.line.setInputMethodHints(
            Qt.InputMethodHint.ImhLatinOnly
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhSensitiveData
        )
        self.line.setMaxLength(80)
        self._said = text(name="recovery_said", wrap=True)
        self._said.setMinimumHeight(40)
        self._said.setAlignment(Qt.AlignmentFlag.AlignTop)
        inside.addWidget(self.line)
        inside.addWidget(self._said)
        inside.addStretch(1)
        return page

    def set_code(self, code: str) -> None:
        """Show this code, its groups joined by hyphens."""
        for place, group in enumerate(code.split("-")):
            number = text(str(place + 1), "faint")
            shown = QLabel(group)
            shown.setObjectName("recovery_group")
            shown.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            shown.setAccessibleName(self.tr("第 {0} 组 {1}").format(place + 1, " ".join(group)))
            at = QHBoxLayout()
            at.setSpacing(8)
            at.addWidget(number, 0, Qt.AlignmentFlag.AlignBottom)
            at.addWidget(shown)
            self._code.addLayout(at, place // _COLUMNS, place % _COLUMNS)

    def say(self, words: str, tone: Tone = Tone.ERROR) -> None:
        """What was wrong with what was typed; it stays, to be corrected."""
        self._busy = False
        self._go.setEnabled(True)
        set_text(self._said, words, tone)
        self._said.setVisible(True)
        self._said.setAccessibleName(words)
        self.line.setFocus()
        self.line.deselect()  # the next key must not replace all of it

    def said(self) -> str:
        """What stands there now."""
        return self._said.text()

    def _show_code(self) -> None:
        self._pages.setCurrentIndex(0)
        self._name_buttons()
        self._go.setFocus()

    def type_back(self) -> None:
        """The code goes, the line for it comes."""
        self._pages.setCurrentIndex(1)
        self._name_buttons()
        self.line.setFocus()

    def _on(self) -> None:
        if self._pages.currentIndex() == 0:
            self.type_back()
        elif self.line.text().strip() and not self._busy:
            self._busy = True
            self._go.setEnabled(False)
            set_text(self._said, self.tr("正在保存…"), Tone.NEUTRAL)
            self.typed.emit(self.line.text())

    def _name_buttons(self) -> None:
        shown = self._pages.currentIndex() == 0
        self._back.setVisible(not shown)
        self._go.setText(self.tr("抄好了 Enter") if shown else self.tr("保存 Enter"))
        self._go.setAccessibleName(self._go.text())

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        if a0 is not None and a0.key() == Qt.Key.Key_F4 and not self._back.isHidden():
            self._show_code()
            return
        super().keyPressEvent(a0)
