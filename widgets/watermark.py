"""The demo watermark: over everything, in nobody's way."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QObject, QPointF, Qt
from PyQt6.QtGui import QColor, QPainter, QPaintEvent
from PyQt6.QtWidgets import QWidget


class Watermark(QWidget):
    """Slanted words over the whole of its parent. It follows the parent's size and lets every click through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("watermark")
        self.setAccessibleName(self.tr("演示水印"))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.words = self.tr("演示 · 不得用于真实业务")
        self.setAccessibleDescription(self.words)
        parent.installEventFilter(self)
        self.setGeometry(parent.rect())

    def eventFilter(self, a0: QObject | None, a1: QEvent | None) -> bool:
        parent = self.parentWidget()
        if a1 is not None and parent is a0 and parent is not None:
            if a1.type() == QEvent.Type.Resize:
                self.setGeometry(parent.rect())
            elif a1.type() == QEvent.Type.ChildAdded:
                self.raise_()
        return False

    def paintEvent(self, a0: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        font = self.font()
        font.setPixelSize(24)
        painter.setFont(font)
        painter.setPen(QColor(120, 40, 40, 26))
        step_x, step_y = painter.fontMetrics().horizontalAdvance(self.words) + 160, 210
        for index, y in enumerate(range(60, self.height() + step_y, step_y)):
            for x in range(-step_x // 2 * (index % 2), self.width() + step_x, step_x):
                painter.save()
                painter.translate(QPointF(x, y))
                painter.rotate(-16)
                painter.drawText(0, 0, self.words)
                painter.restore()
