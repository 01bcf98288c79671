"""One page of an official form as a picture on which the boxes can be seen, clicked and walked through."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QEvent, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QHelpEvent, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QToolTip, QWidget

from app.domain.official import FilledBox
from widgets.look import colours

_LEAST = 9.0
"""Pixels to which a small tick box is widened, so that its mark can be seen and hit."""


class OfficialPage(QWidget):
    """Draws one page. chosen(box number) on a click; the numbers are those of the list it was given."""

    chosen = pyqtSignal(int)

    def __init__(self, image: QImage, boxes: Sequence[tuple[int, FilledBox]], number: int, count: int) -> None:
        super().__init__()
        self.setObjectName(f"official_page_{number}")
        self.setAccessibleName(self.tr("第 {0} 页，共 {1} 页").format(number + 1, count))
        self.setMouseTracking(True)
        self._image = image
        self._boxes = tuple(boxes)
        self._marked: frozenset[int] = frozenset()
        self._wrong: frozenset[int] = frozenset()
        self._current = self._under = -1
        self._veils: dict[int, str] = {}

    def set_veils(self, veils: dict[int, str]) -> None:
        """Boxes that are kept out of sight, and what is painted there meanwhile."""
        if veils != self._veils:
            self._veils = veils
            self.update()

    def set_width(self, width: int) -> None:
        """So many logical pixels wide."""
        high = round(self._image.height() * width / max(self._image.width(), 1))
        self.setFixedSize(QSize(width, high))

    def set_image(self, image: QImage, boxes: Sequence[tuple[int, FilledBox]]) -> None:
        """The same page filled anew."""
        self._image, self._boxes = image, tuple(boxes)
        self.update()

    def set_marks(self, marked: frozenset[int], wrong: frozenset[int], current: int) -> None:
        """marked: boxes of the field in hand; wrong: those that need a look; current: where the keyboard is."""
        if (marked, wrong, current) != (self._marked, self._wrong, self._current):
            self._marked, self._wrong, self._current = marked, wrong, current
            self.update()

    def place(self, box: FilledBox) -> QRectF:
        """Where a box is on this widget."""
        left, top, width, height = box.place
        place = QRectF(left * self.width(), top * self.height(), width * self.width(), height * self.height())
        wide, high = max(_LEAST - place.width(), 0.0) / 2, max(_LEAST - place.height(), 0.0) / 2
        return place.adjusted(-wide, -high, wide, high)

    def paintEvent(self, a0: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self.rect(), self._image)
        painter.setPen(QColor(colours().line))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, box in self._boxes:
            if number in self._veils and number not in self._marked:
                self._paint_veil(painter, box, self._veils[number])
        for number, box in self._boxes:
            self._paint_box(painter, number, box)

    def _paint_box(self, painter: QPainter, number: int, box: FilledBox) -> None:
        """The paper stays white in every theme, so the marks on it have colours of their own."""
        if number in self._marked:
            veil, line, width = QColor(23, 89, 143, 46), QColor("#17598F"), 2.0
        elif number in self._wrong:
            veil, line, width = QColor(176, 106, 0, 50), QColor("#9A5B00"), 1.5
        elif number == self._under:
            veil, line, width = QColor(23, 89, 143, 22), QColor(23, 89, 143, 140), 1.0
        else:
            veil, line, width = QColor(0, 0, 0, 0), QColor(0, 0, 0, 0), 0.0
        place = self.place(box)
        if width:
            painter.setBrush(veil)
            painter.setPen(QPen(line, width))
            painter.drawRoundedRect(place, 2, 2)
        if number == self._current:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor("#0F4573"), 2.0, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(place.adjusted(-3, -3, 3, 3), 3, 3)

    def _paint_veil(self, painter: QPainter, box: FilledBox, words: str) -> None:
        """Paper over a box, and on it what may be read."""
        place = self.place(box).adjusted(1, 1, -1, -1)
        painter.fillRect(place, QColor("#FFFFFF"))
        font = self.font()
        font.setPixelSize(max(round(min(place.height() * 0.6, self.width() / 60)), 7))
        painter.setFont(font)
        painter.setPen(QColor("#444444"))
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, round(place.width() - 4))
        painter.drawText(place.adjusted(3, 0, -1, 0), int(Qt.AlignmentFlag.AlignVCenter), shown)

    def _at(self, x: float, y: float) -> int:
        """The smallest box at a point: tick boxes lie close to others."""
        hits = [(place.width() * place.height(), n) for n, b in self._boxes if (place := self.place(b)).contains(x, y)]
        return min(hits)[1] if hits else -1

    def mouseMoveEvent(self, a0: QMouseEvent | None) -> None:
        if a0 is not None:
            under = self._at(a0.position().x(), a0.position().y())
            if under != self._under:
                self._under = under
                self.setCursor(Qt.CursorShape.PointingHandCursor if under >= 0 else Qt.CursorShape.ArrowCursor)
                self.update()

    def leaveEvent(self, a0: QEvent | None) -> None:
        self._under = -1
        self.update()

    def mousePressEvent(self, a0: QMouseEvent | None) -> None:
        if a0 is not None and a0.button() == Qt.MouseButton.LeftButton:
            number = self._at(a0.position().x(), a0.position().y())
            if number >= 0:
                self.chosen.emit(number)
            a0.accept()

    def event(self, a0: QEvent | None) -> bool:
        if isinstance(a0, QHelpEvent) and a0.type() == QEvent.Type.ToolTip:
            number = self._at(a0.pos().x(), a0.pos().y())
            box = next((box for n, box in self._boxes if n == number), None)
            QToolTip.showText(a0.globalPos(), box.label if box is not None else "", self)
            return True
        return super().event(a0)
