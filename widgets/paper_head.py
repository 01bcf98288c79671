"""The first lines of a paper as a picture, to hold beside the sheet in the printer's tray."""

from __future__ import annotations

from PyQt6.QtCore import QRectF, Qt
from PyQt6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PyQt6.QtWidgets import QSizePolicy, QWidget

from widgets.look import colours, px


class PaperHead(QWidget):
    """The top of a page, as wide as there is room; a torn edge below says that the page goes on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("paper_head")
        self.setAccessibleName(self.tr("文书的前几行"))
        self.setMinimumHeight(px(150))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._page = QImage()

    def set_page(self, page: QImage) -> None:
        """The page whose top is shown; a null picture for none."""
        self._page = page
        self.update()

    def paintEvent(self, a0: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours().sunken))
        if self._page.isNull():
            painter.setPen(QColor(colours().ink_faint))
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self.tr("文书的前几行"))
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        edge = px(8)
        # A strip is drawn no larger than it is, or its few words would fill the place.
        wide = min(self.width() - 2 * edge, self._page.width())
        left = (self.width() - wide) / 2
        scale = wide / self._page.width()
        tall = min(self.height() - edge, self._page.height() * scale)
        painter.drawImage(QRectF(left, edge, wide, tall), self._page, QRectF(0, 0, self._page.width(), tall / scale))
        painter.setPen(QColor(colours().line))
        painter.drawRect(QRectF(left, edge, wide - 1, tall))
