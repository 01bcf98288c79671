"""A state as a sign, alone or with words that can be pressed."""

from __future__ import annotations

from typing import ClassVar

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PyQt6.QtWidgets import QPushButton, QWidget

from widgets.bits import row, text
from widgets.look import colours, px
from widgets.theme import restyle
from widgets.views import Tone


class Lamp(QWidget):
    """A state told by colour and by shape: ● works, ◐ busy, ▲ look at it, ○ off, ? unknown."""

    INKS: ClassVar = {
        "ok": "success",
        "busy": "accent",
        "warning": "warning",
        "off": "ink_faint",
        "unknown": "ink_faint",
    }

    def __init__(self, state: str = "unknown") -> None:
        super().__init__()
        self._state = state
        self.setObjectName("lamp")
        self.setFixedSize(12, 12)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_state(self, state: str) -> None:
        """One of ok, busy, warning, off, unknown; anything else counts as unknown."""
        self._state = state if state in self.INKS else "unknown"
        self.update()

    def paintEvent(self, a0: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self.width() / 12, self.height() / 12)
        colour = QColor(getattr(colours(), self.INKS[self._state]))
        ring = QRectF(1.5, 1.5, 9, 9)
        if self._state == "ok":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(ring)
        elif self._state == "busy":
            painter.setPen(QPen(colour, 1.5))
            painter.drawEllipse(ring)
            painter.setBrush(colour)
            painter.drawPie(ring, 90 * 16, 180 * 16)
        elif self._state == "warning":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawPolygon(QPolygonF([QPointF(6, 0.5), QPointF(12, 11), QPointF(0, 11)]))
        elif self._state == "off":
            painter.setPen(QPen(colour, 1.5))
            painter.drawEllipse(ring)
            painter.drawLine(QPointF(3, 9), QPointF(9, 3))
        else:
            font = self.font()
            font.setPixelSize(12)
            font.setBold(True)
            painter.setFont(font)
            painter.setPen(colour)
            painter.drawText(QRectF(0, 0, 12, 12), Qt.AlignmentFlag.AlignCenter, "?")


class LampButton(QPushButton):
    """A lamp with words that can be pressed."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("kind", "light")
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.lamp = Lamp()
        self._words = text()
        self._words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside = row(self.lamp, self._words, gap=6)
        inside.setContentsMargins(7, 0, 7, 0)
        self.setLayout(inside)

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return QSize(layout.sizeHint().width() if layout else 0, px(24))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def say(self, state: str, words: str, tone: Tone | None = None) -> None:
        """Show a state; tone colours the words when they ask for attention."""
        self.lamp.set_state(state)
        self.lamp.setAccessibleName(words)
        self._words.setText(words)
        self.setAccessibleName(words)
        restyle(self._words, tone=tone if tone else Tone.NEUTRAL)
        self.updateGeometry()

    def words(self) -> str:
        return self._words.text()
