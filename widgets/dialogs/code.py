"""A scanned code that is no licence: what it is, and the one thing that it leads to."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QGridLayout, QWidget

from widgets.bits import badge, button, row, set_icon, text, tone_icon
from widgets.dialogs.base import BaseDialog
from widgets.tokens import TONE_INKS
from widgets.views import Tone
from widgets.views_code import CodeView

_SIGNS = {Tone.WARNING: "warning", Tone.ERROR: "error", Tone.SUCCESS: "success"}


class CodeDialog(BaseDialog):
    """Enter takes, B does the other thing where there is one, Esc leaves and nothing has happened.

    Made for one code. Signals: taken(), also(); the dialog closes with both.
    """

    taken = pyqtSignal()
    also = pyqtSignal()

    def __init__(self, view: CodeView, parent: QWidget | None = None) -> None:
        super().__init__("code", view.kind, parent)
        self.view = view
        self.set_title(view.title)
        self.setAccessibleName(f"{view.kind} {view.title}")
        self.setMinimumWidth(520)
        head = row(gap=8)
        head.addWidget(badge(view.kind, Tone.INFO))
        head.addStretch(1)
        self.content.insertLayout(0, head)
        grid = QGridLayout()
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for line, (caption, words) in enumerate(view.rows):
            label = text(caption, "label")
            label.setContentsMargins(0, 1, 0, 0)  # 13 px beside 14 px: one base line
            grid.addWidget(label, line, 0, Qt.AlignmentFlag.AlignTop)
            value = text(words, "", f"code_row_{line}", wrap=True)
            value.setAccessibleName(f"{caption} {words}")
            grid.addWidget(value, line, 1)
        self.add(grid)
        if view.note:
            self.add(self._note(view.note, view.note_tone))
        self.content.addStretch(1)
        close = button(self.tr("不用 Esc") if view.take else self.tr("知道了 Enter"), name="code_close")
        close.clicked.connect(self.reject)
        if not view.take:
            self.add_buttons(None, close, default=close)
            return
        take = button(self.tr("{0} Enter").format(view.take), "primary", "code_take")
        take.clicked.connect(self._take)
        other = None
        if view.also:
            other = button(self.tr("{0} B").format(view.also), name="code_also")
            other.setShortcut("B")
            other.clicked.connect(self._also)
        self.add_buttons(*([other] if other else []), None, close, take, default=take)

    def _note(self, words: str, tone: Tone) -> QWidget:
        label = text(words, "soft", "code_note", wrap=True)
        label.setProperty("tone", tone.value)
        line = row(gap=8)
        sign = tone_icon(tone, 16)
        if tone in _SIGNS:
            set_icon(sign, _SIGNS[tone], TONE_INKS[tone], 16)
        line.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(label, 1)
        whole = QWidget()
        whole.setObjectName("code_note_line")
        whole.setLayout(line)
        return whole

    def _take(self) -> None:
        self.accept()
        self.taken.emit()

    def _also(self) -> None:
        self.accept()
        self.also.emit()
