"""A page of the handbook: text, keys as caps, pictures as wide as the page lets them be, links."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import QByteArray, QSize, Qt, QUrl, QVariant, pyqtSignal
from PyQt6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPixmap, QResizeEvent, QTextDocument
from PyQt6.QtWidgets import QTextBrowser, QWidget

import resources
from widgets.look import colours, px

_ROOM = 24
"""Pixels at 100 % that a picture leaves free at the right, for the scroll bar and the page's own edge."""


class HelpPage(QTextBrowser):
    """`followed` carries the chapter that a link leads to. Nothing outside the program is ever opened or fetched."""

    followed = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self._folder: Path = resources.path("handbook/pictures")
        self._html = ""
        self._wide = 0
        self.anchorClicked.connect(lambda url: self.followed.emit(url.toString()))

    def set_page(self, html: str) -> None:
        """Show a page from its top."""
        self._html = html
        self._lay_out()

    def look_changed(self) -> None:
        """Its letters, gaps and colours are its own."""
        self._lay_out()

    def resizeEvent(self, e: QResizeEvent | None) -> None:
        super().resizeEvent(e)
        bar = self.verticalScrollBar()
        if self._html and self._picture_width() != self._wide and bar is not None:
            at = bar.value() / max(bar.maximum(), 1)
            self._lay_out()
            bar.setValue(round(at * bar.maximum()))

    def keyPressEvent(self, ev: QKeyEvent | None) -> None:
        if ev is not None and ev.modifiers() & Qt.KeyboardModifier.AltModifier:
            ev.ignore()  # the browser's own history knows no chapters: Alt+← is the dialog's
            return
        super().keyPressEvent(ev)

    def loadResource(self, type: int, name: QUrl) -> QVariant:
        """The pictures of the handbook by their file names; anything else is nothing."""
        if type != QTextDocument.ResourceType.ImageResource.value:
            return QVariant(QByteArray())
        return QVariant(self._fitted(QPixmap(str(self._folder / Path(name.path()).name))))

    def _picture_width(self) -> int:
        area = self.viewport()
        return max((area.width() if area is not None else self.width()) - px(_ROOM), 80)

    def _fitted(self, picture: QPixmap) -> QPixmap:
        if picture.isNull():
            return picture
        ratio = self.devicePixelRatioF()
        # As large as on the screen it was taken from, or as wide as the page; Qt's own shrinking would be coarse.
        wide = min(px(picture.width()), self._wide or self._picture_width())
        size = QSize(round(wide * ratio), round(wide * ratio * picture.height() / picture.width()))
        shown = picture.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
        painter = QPainter(shown)
        painter.setPen(QColor(colours().line))
        painter.drawRect(0, 0, shown.width() - 1, shown.height() - 1)
        painter.end()
        shown.setDevicePixelRatio(ratio)
        return shown

    def _lay_out(self) -> None:
        document = self.document()
        if document is None:
            return
        self._wide = self._picture_width()
        font = QFont(self.font())
        font.setPixelSize(px(14))
        document.setDefaultFont(font)
        document.setDefaultStyleSheet(_style())
        self.setHtml(self._html)


def _style() -> str:
    """Qt's rich text knows a part of CSS 2: no borders on words, so keys have a ground of their own."""
    ink = colours()
    gap = px(8)
    return f"""
        h1 {{ font-size: {px(22)}px; font-weight: 600; margin-top: 0; margin-bottom: {px(12)}px; }}
        h2 {{ font-size: {px(17)}px; font-weight: 600; margin-top: {px(18)}px; margin-bottom: {px(6)}px; }}
        h3 {{ font-size: {px(15)}px; font-weight: 600; margin-top: {px(12)}px; margin-bottom: {px(4)}px; }}
        p {{ line-height: 150%; margin-top: 0; margin-bottom: {gap}px; color: {ink.ink}; }}
        p.picture {{ line-height: 100%; margin-top: {px(10)}px; margin-bottom: {px(4)}px; }}
        p.caption {{ color: {ink.ink_faint}; font-size: {px(13)}px; margin-bottom: {px(14)}px; }}
        td {{ line-height: 150%; color: {ink.ink}; }}
        td.point, td.marker {{ padding-bottom: {px(5)}px; }}
        td.marker {{ color: {ink.ink_faint}; }}
        table.note {{ margin-top: {px(6)}px; margin-bottom: {px(12)}px; }}
        td.note {{ background-color: {ink.warning_soft}; color: {ink.ink}; padding: {px(10)}px; }}
        table.grid {{ margin-top: {px(4)}px; margin-bottom: {px(12)}px; border-collapse: collapse; }}
        table.grid th {{ text-align: left; background-color: {ink.sunken}; color: {ink.ink}; font-weight: 600;
            border: 1px solid {ink.line}; }}
        table.grid td {{ border: 1px solid {ink.line}; }}
        pre {{ background-color: {ink.sunken}; color: {ink.ink}; margin-bottom: {gap}px; }}
        .key {{ background-color: {ink.neutral_soft}; color: {ink.ink}; font-weight: 600; }}
        .code {{ background-color: {ink.sunken}; color: {ink.ink}; }}
        a {{ color: {ink.accent}; }}
    """
