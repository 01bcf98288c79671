"""The signing surface with its tools, and the page that asks for a signature under one paper."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QHBoxLayout, QWidget

from app.domain.signature import Signature
from widgets.bits import button, column, row, set_text, text
from widgets.customer.pad import SignaturePad
from widgets.sheets import SheetColumn
from widgets.views import Tone


class SigningPanel(QWidget):
    """What is signed for, the pad, and beside it: one stroke back, forward again, all anew."""

    def __init__(self, name: str) -> None:
        """name: what its parts' names begin with; a window may hold two."""
        super().__init__()
        self.statement = text(role="citizen", name=f"{name}_statement", wrap=True)
        self.pad = SignaturePad()
        self._undo = button(self.tr("撤销一笔"), "citizen", f"{name}_undo")
        self._redo = button(self.tr("恢复一笔"), "citizen", f"{name}_redo")
        self._wipe = button(self.tr("重签"), "citizen", f"{name}_wipe")
        self._undo.clicked.connect(self.pad.undo)
        self._redo.clicked.connect(self.pad.redo)
        self._wipe.clicked.connect(self.pad.clear)
        beside = QHBoxLayout()
        beside.setSpacing(16)
        beside.addWidget(self.pad, 1)
        beside.addLayout(column(self._undo, self._redo, self._wipe, None, gap=6))
        whole = column(self.statement, beside, gap=12)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.pad.changed.connect(self._enable)
        self._enable()

    def set_locked(self, on: bool) -> None:
        """What was confirmed is not changed while it is being kept."""
        self.pad.setEnabled(not on)
        self._enable()

    def _enable(self) -> None:
        free = self.pad.isEnabled()
        self._undo.setEnabled(free and self.pad.can_undo)
        self._redo.setEnabled(free and self.pad.can_redo)
        self._wipe.setEnabled(free and self.pad.can_undo)


class SignPage(QWidget):
    """One signature under one paper. Signals: signed(Signature), refused()."""

    signed = pyqtSignal(object)
    refused = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("citizen_sign_page")
        self.setAccessibleName(self.tr("请签字"))
        self._title = text(self.tr("请签字"), "citizen_title", "paper_sign_title")
        self.panel = SigningPanel("paper")
        self.panel.pad.setObjectName("paper_pad")
        self.refuse = button(self.tr("不签字"), "citizen", "paper_refuse")
        self.confirm = button(self.tr("确认签字"), "citizen_primary", "paper_sign")
        self.finger = button("", "citizen", "paper_finger")
        self.finger.hide()  # on the citizen's own screen the clerk asks for it
        self._finger_state = text(role="citizen", name="paper_finger_state", wrap=True)
        self.refuse.clicked.connect(self.refused)
        self.confirm.clicked.connect(self._done)
        self.panel.pad.changed.connect(self._enable)
        self.pages = SheetColumn("paper_sign_pages")
        middle = QHBoxLayout()
        middle.setSpacing(24)
        middle.addWidget(self.pages, 1)
        middle.addWidget(self.panel, 1)
        foot = row(self.refuse, self.finger, None, self.confirm, gap=16)
        whole = column(self._title, middle, self._finger_state, foot, gap=12)
        whole.setStretch(1, 1)
        whole.setContentsMargins(40, 24, 40, 24)
        self.setLayout(whole)
        self.ask("", "")

    def ask(self, title: str, statement: str, pages: Sequence[QImage] = ()) -> None:
        """Ask anew. title: the paper's name; statement: what the signature says; pages: of the paper, to be read."""
        self.pages.set_pages(pages)
        self.pages.setVisible(bool(pages))
        self._title.setText(self.tr("请签字：{0}").format(title) if title else self.tr("请签字"))
        self.panel.statement.setText(statement)
        self.panel.pad.clear()
        self.panel.set_locked(False)
        self.set_finger("", Tone.INFO)
        self._enable()

    def set_finger(self, words: str, tone: Tone, *, waiting: bool = False) -> None:
        """How it stands with a finger that is pressed instead. waiting: the reader is at work."""
        set_text(self._finger_state, words, tone)
        self.finger.setEnabled(not waiting)

    def _enable(self) -> None:
        self.confirm.setEnabled(self.panel.pad.isEnabled() and self.panel.pad.signature().enough)

    def _done(self) -> None:
        signature: Signature = self.panel.pad.signature()
        # Pressed twice it is still one signature.
        self.panel.set_locked(True)
        self._enable()
        self.signed.emit(signature)
