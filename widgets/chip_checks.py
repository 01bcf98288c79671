"""Under the person: each check of a passport's chip as a line, and why."""

from __future__ import annotations

from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from widgets.bits import badge, clear, column, row, set_icon, set_text, text
from widgets.tokens import TONE_INKS
from widgets.views import Tone
from widgets.views_chip import ChipLine, ChipView, Mark

_SIGNS = {Mark.PASSED: "success", Mark.FAILED: "error", Mark.OPEN: "minus"}


class ChipChecks(QFrame):
    """Hidden until a chip was read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chip_checks")
        self.setProperty("role", "card")
        self._head = row(gap=6)
        self._lines = QVBoxLayout()
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(4)
        self._note = text(role="faint", name="chip_note", wrap=True)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(10, 8, 10, 10)
        inside.setSpacing(6)
        inside.addLayout(self._head)
        inside.addLayout(self._lines)
        inside.addWidget(self._note)
        self.hide()

    def set_view(self, view: ChipView | None) -> None:
        """Show a chip's checks; None for no chip."""
        clear(self._head)
        clear(self._lines)
        self.setVisible(view is not None)
        if view is None:
            return
        title = self.tr("芯片核验")
        self.setAccessibleName(f"{title} {view.title}")
        self._head.addWidget(text(title, "strong"))
        self._head.addStretch(1)
        self._head.addWidget(badge(view.title, view.tone))
        for line in view.lines:
            self._lines.addLayout(_line(line))
        set_text(self._note, view.note)


def _line(line: ChipLine) -> QHBoxLayout:
    mark = QLabel()
    failed = line.mark is Mark.FAILED
    tone = {Mark.PASSED: Tone.SUCCESS, Mark.FAILED: line.tone, Mark.OPEN: Tone.NEUTRAL}[line.mark]
    set_icon(mark, "warning" if failed and line.tone is Tone.WARNING else _SIGNS[line.mark], TONE_INKS[tone], 16)
    words = text(line.words, "strong" if failed else "soft", wrap=True)
    words.setProperty("tone", tone.value if failed else "")
    words.setAccessibleName(f"{line.words} {line.why}".strip())
    parts = [words]
    if line.why:
        parts.append(text(line.why, "faint", wrap=True))
    made = row(column(mark, None, gap=0), gap=6)
    made.addLayout(column(*parts, gap=0), 1)
    return made
