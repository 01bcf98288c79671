"""Pages of a paper as pictures: one page at a zoom, and all of them for whoever reads before signing."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QEvent, QSize, Qt
from PyQt6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PyQt6.QtWidgets import QScrollArea, QScroller, QVBoxLayout, QWidget

from widgets.bits import clear
from widgets.look import colours

A4_WIDE = 210.0
"""Millimetres."""


class Sheet(QWidget):
    """One page, drawn at a zoom."""

    def __init__(self, page: QImage, number: int, millimetres: float) -> None:
        super().__init__()
        self.setObjectName(f"sheet_{number}")
        self.setAccessibleName(self.tr("第 {0} 页").format(number + 1))
        self._page = page
        self._share = millimetres / A4_WIDE

    def set_width(self, width: int) -> None:
        """Draw the page as if A4 were so many logical pixels wide."""
        width = round(width * self._share)
        height = round(self._page.height() * width / max(self._page.width(), 1))
        self.setFixedSize(QSize(width, height))

    def paintEvent(self, a0: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self.rect(), self._page)
        painter.setPen(QColor(colours().line))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class SheetColumn(QScrollArea):
    """All pages as wide as there is room; a finger drags them, keys and the wheel scroll."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(self.tr("要签字的文书"))
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._page = QWidget()
        self._page.setObjectName("page")
        self._column = QVBoxLayout(self._page)
        self._column.setContentsMargins(8, 8, 8, 8)
        self.setWidget(self._page)
        self._sheets: list[Sheet] = []
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)

    def set_pages(self, pages: Sequence[QImage]) -> None:
        """Show these, from the top."""
        clear(self._column)
        self._sheets = [Sheet(page, number, A4_WIDE) for number, page in enumerate(pages)]
        for sheet in self._sheets:
            self._column.addWidget(sheet, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addStretch(1)
        self._draw()
        bar = self.verticalScrollBar()
        if bar is not None:
            bar.setValue(0)

    def viewportEvent(self, a0: QEvent | None) -> bool:
        # Not the area's own resize: the room for pages is known only once the scroll bar has its place.
        done = super().viewportEvent(a0)
        if a0 is not None and a0.type() is QEvent.Type.Resize:
            self._draw()
        return done

    def _draw(self) -> None:
        viewport = self.viewport()
        wide = (viewport.width() if viewport is not None else self.width()) - 16
        for sheet in self._sheets:
            sheet.set_width(max(wide, 1))
