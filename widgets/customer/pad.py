"""Where a person signs: by pen, finger or mouse. The one surface for it, whichever window it stands in."""

from __future__ import annotations

from typing import cast

from PyQt6.QtCore import QElapsedTimer, QEvent, QPointF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import (
    QColor,
    QEventPoint,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPointingDevice,
    QResizeEvent,
    QTabletEvent,
    QTouchEvent,
)
from PyQt6.QtWidgets import QSizePolicy, QWidget

from app.domain.ink import smooth
from app.domain.signature import Point, Signature, Stroke
from widgets.look import colours

_FINGER = 0.5
"""Pressure of what reports none: a finger, a mouse."""
_PALM_MM = 22.0
"""What touches as widely as this is no finger."""
_PEN_NEAR_MS = 700
"""So long after the pen a touch is the hand that holds it."""
_INK = "#101820"
"""The paper is white in every theme, so the ink is dark in every theme."""


class SignaturePad(QWidget):
    """Keeps strokes with pressure and time. changed() follows each stroke, `undo`, `redo` and `clear`.

    One pointer at a time writes. A pen goes before all: what fingers had begun is taken back when it comes.
    """

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("signature_pad")
        self.setAccessibleName(self.tr("签字处"))
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(160)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self._strokes: list[Stroke] = []
        self._undone: list[Stroke] = []
        self._stroke: list[Point] = []
        self._clock = QElapsedTimer()
        self._pen = QElapsedTimer()
        self._by: tuple[str, int] | None = None
        self._tools: set[str] = set()
        self._drawn: QPixmap | None = None

    def signature(self) -> Signature:
        """What has been signed so far."""
        tool = next((name for name in ("mouse", "touch", "pen") if name in self._tools), "")
        return Signature(tuple(self._strokes), self.width(), self.height(), tool, self._dpi())

    @property
    def can_undo(self) -> bool:
        return bool(self._strokes)

    @property
    def can_redo(self) -> bool:
        return bool(self._undone)

    def undo(self) -> None:
        """Take the last stroke back."""
        if self._strokes:
            self._undone.append(self._strokes.pop())
            self._again()

    def redo(self) -> None:
        """Put back what was taken back last."""
        if self._undone:
            self._strokes.append(self._undone.pop())
            self._again()

    def clear(self) -> None:
        """Wipe it."""
        self._strokes, self._undone, self._stroke = [], [], []
        self._by = None
        self._tools.clear()
        self._clock.invalidate()
        self._again()

    def sizeHint(self) -> QSize:
        return QSize(640, 220)

    # -- pointers -------------------------------------------------------------------------------------------------

    def event(self, a0: QEvent | None) -> bool:
        if isinstance(a0, QTouchEvent):
            self._touch(a0)
            # Accepted, so that Qt does not make a mouse of the finger: each point would come twice.
            a0.accept()
            return True
        return super().event(a0)

    def tabletEvent(self, a0: QTabletEvent | None) -> None:
        event = cast(QTabletEvent, a0)
        kind, pen = event.type(), ("pen", _identity(event))
        # Accepted, so that Qt does not make a mouse of the pen.
        event.accept()
        self._pen.start()
        if kind == QEvent.Type.TabletPress:
            if event.button() != Qt.MouseButton.LeftButton or event.pointerType() == _ERASER:
                return  # the pen's side button, its other end
            if self._by is not None and self._by[0] != "pen":
                self._drop()
            self._begin(pen, event.position(), event.pressure())
        elif kind == QEvent.Type.TabletMove and self._by == pen:
            self._draw(event.position(), event.pressure())
        elif kind == QEvent.Type.TabletRelease and self._by == pen and event.button() == Qt.MouseButton.LeftButton:
            self._end()

    def _touch(self, event: QTouchEvent) -> None:
        if event.type() == QEvent.Type.TouchCancel:
            # The system says that it was the hand.
            if self._by is not None and self._by[0] == "touch":
                self._drop()
            return
        for point in event.points():
            finger = ("touch", point.id())
            match point.state():
                case QEventPoint.State.Pressed if not self._palm(point):
                    self._begin(finger, point.position(), _FINGER)
                case QEventPoint.State.Updated if self._by == finger:
                    if self._palm(point):
                        self._drop()
                    else:
                        self._draw(point.position(), _FINGER)
                case QEventPoint.State.Released if self._by == finger:
                    self._end()

    def _palm(self, point: QEventPoint) -> bool:
        """Is this the hand, not a finger: too wide, or there with the pen?"""
        wide = max(point.ellipseDiameters().width(), point.ellipseDiameters().height())
        near = self._pen.isValid() and self._pen.elapsed() < _PEN_NEAR_MS
        return near or wide * 25.4 / max(self._dpi(), 1.0) >= _PALM_MM

    def mousePressEvent(self, a0: QMouseEvent | None) -> None:
        if a0 is not None and a0.button() == Qt.MouseButton.LeftButton:
            self._begin(_MOUSE, a0.position(), _FINGER)

    def mouseMoveEvent(self, a0: QMouseEvent | None) -> None:
        if a0 is not None and a0.buttons() & Qt.MouseButton.LeftButton and self._by == _MOUSE:
            self._draw(a0.position(), _FINGER)

    def mouseReleaseEvent(self, a0: QMouseEvent | None) -> None:
        if a0 is not None and a0.button() == Qt.MouseButton.LeftButton and self._by == _MOUSE:
            self._end()

    def _begin(self, by: tuple[str, int], at: QPointF, pressure: float) -> None:
        if self._by is not None:
            return  # somebody writes already: a second finger, a sleeve, a second pen
        if not self._clock.isValid():
            self._clock.start()
        self._by = by
        self._stroke = []
        self._draw(at, pressure)

    def _draw(self, at: QPointF, pressure: float) -> None:
        x, y = min(max(at.x(), 0.0), float(self.width())), min(max(at.y(), 0.0), float(self.height()))
        pressure = min(max(pressure, 0.0), 1.0)
        self._stroke.append(Point(round(x, 1), round(y, 1), round(pressure, 3), self._clock.elapsed()))
        self.update()

    def _end(self) -> None:
        if self._by is not None and self._stroke:
            self._tools.add(self._by[0])
            self._strokes.append(tuple(self._stroke))
            self._undone.clear()
        self._by, self._stroke = None, []
        self._again()

    def _drop(self) -> None:
        """What was being written is not kept."""
        self._by, self._stroke = None, []
        self.update()

    def _again(self) -> None:
        self._drawn = None
        self.update()
        self.changed.emit()

    def _dpi(self) -> float:
        """Logical pixels an inch of the screen that it stands on, by the screen's own size."""
        screen = self.screen()
        return round(screen.physicalDotsPerInch(), 1) if screen is not None else 0.0

    # -- looks ----------------------------------------------------------------------------------------------------

    def resizeEvent(self, a0: QResizeEvent | None) -> None:
        super().resizeEvent(a0)
        self._drawn = None
        if self._strokes or self._stroke:
            # Points are places of the pad: on another pad they would be another signature.
            self.clear()

    def paintEvent(self, a0: QPaintEvent | None) -> None:
        if self._drawn is None or self._drawn.devicePixelRatio() != self.devicePixelRatioF():
            self._drawn = self._background()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._drawn)
        if self._stroke:
            _paint(painter, tuple(self._stroke))

    def _background(self) -> QPixmap:
        """All that does not change while a stroke is being written."""
        ratio = self.devicePixelRatioF()
        drawn = QPixmap(round(self.width() * ratio), round(self.height() * ratio))
        drawn.setDevicePixelRatio(ratio)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = colours()
        painter.setPen(QPen(QColor(palette.edge), 2))
        painter.setBrush(QColor(palette.paper))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 8, 8)
        base = round(self.height() * 0.78)
        painter.setPen(QPen(QColor(palette.line), 2, Qt.PenStyle.DashLine))
        painter.drawLine(32, base, self.width() - 32, base)
        if not self._strokes:
            font = self.font()
            font.setPixelSize(22)
            painter.setFont(font)
            painter.setPen(QColor("#5B6673"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.tr("请在此处签名"))
        for stroke in self._strokes:
            _paint(painter, stroke)
        painter.end()
        return drawn


_MOUSE = ("mouse", 0)
_ERASER = QPointingDevice.PointerType.Eraser


def _identity(event: QTabletEvent) -> int:
    device = event.pointingDevice()
    return device.uniqueId().numericId() if device is not None else 0


def _paint(painter: QPainter, stroke: Stroke) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    line = smooth(stroke)
    pen = QPen(QColor(_INK))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    for (ax, ay, _), (bx, by, width) in zip(line, line[1:] or line, strict=False):
        pen.setWidthF(width)
        painter.setPen(pen)
        painter.drawLine(QPointF(ax, ay), QPointF(bx, by))
