"""One page as a sheet of paper, as large as its room allows; and how a page is marked that nobody may rely on."""

from __future__ import annotations

import math

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QWidget

from widgets.look import colours, px


def marked(picture: QImage, words: str) -> QImage:
    """The page with words in red across it: a forged licence looks as good as a true one, also on a photograph of the
    screen."""
    made = picture.convertToFormat(QImage.Format.Format_RGB32)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    font = painter.font()
    font.setPixelSize(max(made.height() // 7, 8))
    font.setBold(True)
    while font.pixelSize() > 8 and QFontMetricsF(font).horizontalAdvance(words) > 0.8 * made.width():
        font.setPixelSize(round(font.pixelSize() * 0.9))
    painter.setFont(font)
    painter.setPen(QColor(200, 20, 20, 150))
    painter.translate(QPointF(made.width() / 2, made.height() / 2))
    painter.rotate(-math.degrees(math.atan2(made.height(), made.width())) * 0.7)
    room = QRectF(-made.width(), -made.height(), 2 * made.width(), 2 * made.height())
    painter.drawText(room, Qt.AlignmentFlag.AlignCenter, words)
    painter.end()
    return made


class PageSheet(QWidget):
    """Paints the picture it is handed."""

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
        # At the top, where the details beside it begin.
        place = QRectF((self.width() - width) / 2, 0, width, height)
        painter.drawImage(place.topLeft(), self._fitted)
        painter.setPen(QPen(QColor(colours().ink_faint), 1))
        painter.drawRect(place.adjusted(0.5, 0.5, -0.5, -0.5))
