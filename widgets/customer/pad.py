"""Where the citizen signs: by pen, finger or mouse."""

from __future__ import annotations

from typing import cast

from PyQt6.QtCore import QElapsedTimer, QEvent, QPointF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QTabletEvent
from PyQt6.QtWidgets import QSizePolicy, QWidget

from app.domain.signature import Point, Signature, Stroke
from widgets.look import colours

_FINGER = 0.5
"""Pressure of what reports none: a finger, a mouse."""
_THIN, _THICK = 1.6, 4.2


class SignaturePad(QWidget):
    """Keeps strokes with pressure and time. changed() follows each stroke and `clear`."""

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("signature_pad")
        self.setAccessibleName(self.tr("签字处"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(160)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self._strokes: list[Stroke] = []
        self._stroke: list[Point] = []
        self._clock = QElapsedTimer()
        self._pen_down = False

    def signature(self) -> Signature:
        """What has been signed so far."""
        return Signature(tuple(self._strokes), self.width(), self.height())

    def clear(self) -> None:
        """Wipe it."""
        self._strokes, self._stroke = [], []
        self._pen_down = False
        self._clock.invalidate()
        self.update()
        self.changed.emit()

    def sizeHint(self) -> QSize:
        return QSize(640, 220)

    def tabletEvent(self, a0: QTabletEvent | None) -> None:
        event = cast(QTabletEvent, a0)
        kind = event.type()
        if kind == QEvent.Type.TabletPress:
            self._pen_down = True
            self._begin(event.position(), event.pressure())
        elif kind == QEvent.Type.TabletMove and self._pen_down:
            self._draw(event.position(), event.pressure())
        elif kind == QEvent.Type.TabletRelease and self._pen_down:
            self._pen_down = False
            self._end()
        # Accepted, so that Qt does not make a mouse of the pen: each point would come twice.
        event.accept()

    def mousePressEvent(self, a0: QMouseEvent | None) -> None:
        if a0 is not None and a0.button() == Qt.MouseButton.LeftButton and not self._pen_down:
            self._begin(a0.position(), _FINGER)

    def mouseMoveEvent(self, a0: QMouseEvent | None) -> None:
        if a0 is not None and a0.buttons() & Qt.MouseButton.LeftButton and self._stroke:
            self._draw(a0.position(), _FINGER)

    def mouseReleaseEvent(self, a0: QMouseEvent | None) -> None:
        if a0 is not None and a0.button() == Qt.MouseButton.LeftButton:
            self._end()

    def resizeEvent(self, a0: QResizeEvent | None) -> None:
        super().resizeEvent(a0)
        if self._strokes or self._stroke:
            # Points are places of the pad: on another pad they would be another signature.
            self.clear()

    def paintEvent(self, a0: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = colours()
        painter.setPen(QPen(QColor(palette.edge), 2))
        painter.setBrush(QColor(palette.paper))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 8, 8)
        base = round(self.height() * 0.78)
        painter.setPen(QPen(QColor(palette.line), 2, Qt.PenStyle.DashLine))
        painter.drawLine(32, base, self.width() - 32, base)
        if not self._strokes and not self._stroke:
            font = self.font()
            font.setPixelSize(22)
            painter.setFont(font)
            painter.setPen(QColor("#5B6673"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.tr("请在此处签名"))
        for stroke in (*self._strokes, tuple(self._stroke)):
            for a, b in zip(stroke, stroke[1:] or stroke, strict=False):
                # The paper is white in every theme, so the ink is dark in every theme.
                pen = QPen(QColor("#101820"), _THIN + (_THICK - _THIN) * b.pressure)
                pen.setCapStyle(Qt.PenCapStyle.RoundCap)
                painter.setPen(pen)
                painter.drawLine(QPointF(a.x, a.y), QPointF(b.x, b.y))

    def _begin(self, at: QPointF, pressure: float) -> None:
        if not self._clock.isValid():
            self._clock.start()
        self._stroke = []
        self._draw(at, pressure)

    def _draw(self, at: QPointF, pressure: float) -> None:
        x, y = min(max(at.x(), 0.0), float(self.width())), min(max(at.y(), 0.0), float(self.height()))
        pressure = min(max(pressure, 0.0), 1.0)
        self._stroke.append(Point(round(x, 1), round(y, 1), round(pressure, 3), self._clock.elapsed()))
        self.update()

    def _end(self) -> None:
        if self._stroke:
            self._strokes.append(tuple(self._stroke))
            self._stroke = []
            self.update()
            self.changed.emit()
