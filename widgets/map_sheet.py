"""A schematic of streets with the way from this window to a place, drawn; no picture of a map is needed."""

from __future__ import annotations

import itertools

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen
from PyQt6.QtWidgets import QSizePolicy, QWidget

from app.domain.place import Mark, Points, Sketch
from widgets.look import colours, px


class MapSheet(QWidget):
    """Shows a `Sketch`; north is up. `set_sketch(None)` shows nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("map_sheet")
        self.setAccessibleName(self.tr("示意图"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(px(360), px(260))
        self._sketch: Sketch | None = None

    def sizeHint(self) -> QSize:
        return QSize(px(560), px(400))

    def set_sketch(self, sketch: Sketch | None, words: str = "") -> None:
        """words: what is drawn, for who cannot see it."""
        self._sketch = sketch
        self.setAccessibleDescription(words)
        self.update()

    def paintEvent(self, a0: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tone = colours()
        painter.fillRect(self.rect(), QColor(tone.sunken))
        sketch = self._sketch
        if sketch is None:
            return
        west, south, east, north = sketch.box
        edge = px(16)
        scale = min((self.width() - 2 * edge) / (east - west), (self.height() - 2 * edge) / (north - south))
        left = (self.width() - (east - west) * scale) / 2
        top = (self.height() - (north - south) * scale) / 2

        def at(point: tuple[float, float]) -> QPointF:
            return QPointF(left + (point[0] - west) * scale, top + (north - point[1]) * scale)

        def line(points: Points) -> QPainterPath:
            path = QPainterPath(at(points[0]))
            for point in points[1:]:
                path.lineTo(at(point))
            return path

        cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        for _, water, points in sorted(sketch.streets, key=lambda street: not street[1]):
            ink, wide = (tone.accent_soft, px(14)) if water else (tone.edge, px(2))
            painter.strokePath(line(points), QPen(QColor(ink), wide, Qt.PenStyle.SolidLine, cap, join))
        if len(sketch.way) > 1:
            painter.strokePath(line(sketch.way), QPen(QColor(tone.accent), px(5), Qt.PenStyle.SolidLine, cap, join))
        taken: list[QRectF] = []
        for mark in sorted(sketch.marks, key=lambda one: not (one.goal or one.here)):
            self._mark(painter, mark, at((mark.x, mark.y)), taken)
        painter.setPen(QColor(tone.ink_soft))
        for name, _, points in sketch.streets:
            self._street(painter, name, [at(point) for point in points], taken)
        painter.drawText(
            QRectF(self.rect()).adjusted(0, px(6), -px(10), 0), Qt.AlignmentFlag.AlignRight, self.tr("北↑")
        )

    def _mark(self, painter: QPainter, mark: Mark, spot: QPointF, taken: list[QRectF]) -> None:
        tone = colours()
        ink = tone.error if mark.goal and not mark.here else tone.success if mark.here else tone.ink_soft
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ink))
        dot = px(8 if mark.goal or mark.here else 5)
        painter.drawEllipse(spot, dot, dot)
        words = self.tr("{0}（您在这里）").format(mark.name) if mark.here else mark.name
        font = painter.font()
        font.setBold(mark.goal or mark.here)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        wide, high = metrics.horizontalAdvance(words) + px(8), metrics.height() + px(2)
        gap = dot + px(3)
        beside = [(spot.x() - wide - gap, spot.y() - high / 2), (spot.x() + gap, spot.y() - high / 2)]
        below = [(spot.x() - wide / 2, spot.y() + gap), (spot.x() - wide / 2, spot.y() - gap - high)]
        # The way runs along a street; what stands below its end does not cover it.
        for x, y in below + beside if mark.goal else beside + below:
            box = QRectF(x, y, wide, high)
            if QRectF(self.rect()).contains(box) and not any(box.intersects(other) for other in taken):
                break
        else:
            x = min(max(spot.x() - wide / 2, 0.0), self.width() - wide)
            box = QRectF(x, min(spot.y() + gap, self.height() - high), wide, high)
        taken.append(box)
        ground = QColor(tone.surface)
        ground.setAlphaF(0.92)
        painter.setBrush(ground)
        painter.drawRoundedRect(box, px(3), px(3))
        painter.setPen(QColor(ink if mark.goal or mark.here else tone.ink_soft))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
        font.setBold(False)
        painter.setFont(font)

    def _street(self, painter: QPainter, name: str, line: list[QPointF], taken: list[QRectF]) -> None:
        """Above a street that runs across, beside one that runs up; left out where other words stand all along it."""
        metrics = QFontMetricsF(painter.font())
        wide, high = metrics.horizontalAdvance(name), metrics.height()
        for (one, other), share in itertools.product(itertools.pairwise(line), (0.5, 0.3, 0.7)):
            middle = one + (other - one) * share
            across = abs(other.x() - one.x()) >= abs(other.y() - one.y())
            box = QRectF(middle.x() + px(5), middle.y() - high / 2, wide, high)
            if across:
                box = QRectF(middle.x() - wide / 2, middle.y() - high - px(2), wide, high)
            if QRectF(self.rect()).contains(box) and not any(box.intersects(old) for old in taken):
                taken.append(box)
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name)
                return
