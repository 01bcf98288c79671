"""Counts as bars: word, bar, figure. Told by the figure; the bar only helps the eye."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QRect, QSize, Qt
from PyQt6.QtGui import QColor, QPainter, QPaintEvent
from PyQt6.QtWidgets import QSizePolicy, QWidget

from widgets.look import colours, px

_LINE = 26
_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)


class Bars(QWidget):
    """Some counts below each other; those that do not fit are left out at the end and said to be."""

    def __init__(self, name: str, accessible: str, label: int = 96, least: int = 3) -> None:
        """label: room for the words, in pixels at 100 %. least: so many lines are always in sight."""
        super().__init__()
        self.setObjectName(name)
        self._name = accessible
        self._label = label
        self._least = least
        self._counts: tuple[tuple[str, int], ...] = ()
        self.setAccessibleName(accessible)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_counts(self, counts: Sequence[tuple[str, int]]) -> None:
        """Show these, in this order."""
        self._counts = tuple(counts)
        self.setAccessibleName(" ".join([self._name, *(f"{words} {count}" for words, count in counts)]))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(240), px(_LINE) * max(len(self._counts), 1))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(160), px(_LINE) * min(max(len(self._counts), 1), self._least))

    def paintEvent(self, a0: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shades, line = colours(), px(_LINE)
        most = max((count for _, count in self._counts), default=0)
        room = max(self.height() // line, 1)
        shown = self._counts if len(self._counts) <= room else self._counts[: room - 1]
        label, figure = px(self._label), px(44)
        widest = self.width() - label - figure - px(16)
        for number, (words, count) in enumerate(shown):
            top = number * line
            painter.setPen(QColor(shades.ink))
            said = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, label - px(8))
            painter.drawText(QRect(0, top, label, line), _MIDDLE, said)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(shades.neutral_soft))
            bar = QRect(label, top + line // 2 - px(4), widest, px(8))
            painter.drawRoundedRect(bar, px(4), px(4))
            if count and most:
                painter.setBrush(QColor(shades.accent))
                painter.drawRoundedRect(
                    QRect(bar.left(), bar.top(), max(bar.width() * count // most, px(8)), bar.height()), px(4), px(4)
                )
            painter.setPen(QColor(shades.ink))
            painter.drawText(QRect(self.width() - figure, top, figure, line), _RIGHT, str(count))
        left = len(self._counts) - len(shown)
        if left:
            painter.setPen(QColor(shades.ink_faint))
            words = self.tr("还有 {0} 种").format(left)
            painter.drawText(QRect(0, len(shown) * line, self.width(), line), _MIDDLE, words)
