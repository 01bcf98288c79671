"""The watermark, over everything and in nobody's way: whose screen a photograph was taken of, and what is a demo."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QObject, QPointF, Qt
from PyQt6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPixmap
from PyQt6.QtWidgets import QWidget

from widgets.look import Look, colours, look, px


class Watermark(QWidget):
    """Slanted words over the whole of its parent. It follows the parent's size and lets every click through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("watermark")
        self.setAccessibleName(self.tr("水印"))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._words = ""
        self._demo = ""
        self._drawn: tuple[tuple[str, str, Look, float], QPixmap] | None = None
        parent.installEventFilter(self)
        self.setGeometry(parent.rect())
        self.hide()

    @property
    def words(self) -> str:
        """All that it says."""
        return "  ".join(part for part in (self._demo, self._words) if part)

    def set_words(self, words: str) -> None:
        """Clerk, window and time; empty for none."""
        self._words = words
        self._changed()

    def set_demo(self, on: bool) -> None:
        """Say that nothing here is real."""
        self._demo = self.tr("演示 · 不得用于真实业务") if on else ""
        self._changed()

    def _changed(self) -> None:
        self.setAccessibleDescription(self.words)
        self.setVisible(bool(self.words))
        self.raise_()
        self.update()

    def eventFilter(self, a0: QObject | None, a1: QEvent | None) -> bool:
        parent = self.parentWidget()
        if a1 is not None and parent is a0 and parent is not None:
            if a1.type() == QEvent.Type.Resize:
                self.setGeometry(parent.rect())
            elif a1.type() == QEvent.Type.ChildAdded:
                self.raise_()
        return False

    def paintEvent(self, a0: QPaintEvent | None) -> None:
        # A tile drawn once: under a live picture the whole overlay is painted thirty times a second.
        key = (self._demo, self._words, look(), self.devicePixelRatioF())
        if self._drawn is None or self._drawn[0] != key:
            self._drawn = (key, self._tile())
        QPainter(self).drawTiledPixmap(self.rect(), self._drawn[1])

    def _tile(self) -> QPixmap:
        big, small = self.font(), self.font()
        big.setPixelSize(px(24))
        small.setPixelSize(px(14))
        words = self._demo or self._words
        below = self._words if self._demo else ""
        font = big if self._demo else small
        wide = max(QFontMetrics(font).horizontalAdvance(words), QFontMetrics(small).horizontalAdvance(below)) + px(160)
        high = px(210)
        ratio = self.devicePixelRatioF()
        tile = QPixmap(round(wide * ratio), round(2 * high * ratio))
        tile.setDevicePixelRatio(ratio)
        tile.fill(Qt.GlobalColor.transparent)
        painter = QPainter(tile)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        ink = QColor(colours().error if self._demo else colours().ink)
        ink.setAlpha(22 if self._demo else 18)
        painter.setPen(ink)
        # Drawn beyond the edges too, so that what one tile cuts off the next one completes.
        for line in range(-1, 4):
            for x in range(-2 * wide, 2 * wide, wide):
                painter.save()
                painter.translate(QPointF(x - wide // 2 * (line % 2), px(60) + line * high))
                painter.rotate(-16)
                painter.setFont(font)
                painter.drawText(0, 0, words)
                painter.setFont(small)
                painter.drawText(0, px(24), below)
                painter.restore()
        painter.end()
        return tile
