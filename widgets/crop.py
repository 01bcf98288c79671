"""A piece of a page, to be compared with what was read on it."""

from __future__ import annotations

from PyQt6.QtCore import QSize, Qt
from PyQt6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPixmap
from PyQt6.QtWidgets import QWidget

from widgets.look import colours

_LARGEST = QSize(420, 40)


class Crop(QWidget):
    """A piece of a page as large as there is room, so that a value can be compared with what was read."""

    def __init__(self, picture: QImage) -> None:
        super().__init__()
        self._picture = picture
        self.setFixedHeight(_LARGEST.height())

    def paintEvent(self, a0: QPaintEvent | None) -> None:
        ratio = self.devicePixelRatioF()
        # Small print is shown larger, never beyond what is comfortable to compare.
        room = QSize(min(self.width() - 2, _LARGEST.width()), self.height() - 2).boundedTo(self._picture.size() * 2)
        fitted = self._picture.size().scaled(room * ratio, Qt.AspectRatioMode.KeepAspectRatio)
        smooth = Qt.TransformationMode.SmoothTransformation
        shown = QPixmap.fromImage(self._picture.scaled(fitted, Qt.AspectRatioMode.KeepAspectRatio, smooth))
        shown.setDevicePixelRatio(ratio)
        size = shown.deviceIndependentSize().toSize()
        top = (self.height() - size.height()) // 2
        painter = QPainter(self)
        painter.drawPixmap(1, top, shown)
        painter.setPen(QColor(colours().line))
        painter.drawRect(0, top - 1, size.width() + 1, size.height() + 1)
