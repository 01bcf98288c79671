"""One page as a sheet of paper, as large as its room allows."""

from __future__ import annotations

from PyQt6.QtCore import QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QWidget

from widgets.look import colours, px


class PageSheet(QWidget):
    """Paints the picture it is handed; a click does nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page_sheet")
        self.setAccessibleName(self.tr("证照版面"))
        self._picture = QImage()
        self._fitted = QImage()

    def set_picture(self, picture: QImage | None) -> None:
        """None: nothing to show."""
        self._picture = picture if picture is not None else QImage()
        self._fitted = QImage()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(560), px(420))

    def paintEvent(self, a0: QPaintEvent | None) -> None:
        if self._picture.isNull():
            return
        ratio = self.devicePixelRatioF()
        room = QSize(round(self.width() * ratio), round(self.height() * ratio))
        wanted = self._picture.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        if self._fitted.size() != wanted:
            smooth = Qt.TransformationMode.SmoothTransformation
            self._fitted = self._picture.scaled(wanted, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
            self._fitted.setDevicePixelRatio(ratio)
        painter = QPainter(self)
        width, height = wanted.width() / ratio, wanted.height() / ratio
        place = QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)
        painter.drawImage(place.topLeft(), self._fitted)
        painter.setPen(QPen(QColor(colours().line), 1))
        painter.drawRect(place.adjusted(0.5, 0.5, -0.5, -0.5))
