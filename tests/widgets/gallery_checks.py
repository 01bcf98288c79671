"""What the gallery saves of a window, and what of it does not fit its place."""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QPainter, QPixmap
from PyQt6.QtWidgets import QAbstractScrollArea, QLabel, QPushButton, QWidget

from widgets.bits import ElidedLabel
from widgets.header import StepButton
from widgets.rivals import RivalCard
from widgets.suggest_list import SuggestList
from widgets.window import MainWindow


def _beyond(label: QLabel, top: QWidget) -> bool:
    """Does it end beyond the right edge of something that does not scroll sideways?"""
    around = label.parentWidget()
    while around is not None and around is not top:
        if isinstance(around, QAbstractScrollArea):
            port = around.viewport()
            never = around.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            return never and label.mapTo(port, label.rect().topRight()).x() > port.width()
        around = around.parentWidget()
    return False


def clipped(top: QWidget) -> list[str]:
    """The visible words that do not fit their place, as "name: words"."""
    found = []
    for label in top.findChildren(QLabel):
        if not label.isVisible() or not label.text() or isinstance(label, ElidedLabel):
            continue
        if label.wordWrap():
            cut = label.heightForWidth(label.width()) > label.height()
        else:
            cut = label.sizeHint().width() > label.width() or label.sizeHint().height() > label.height()
        cut = cut or _beyond(label, top)
        if cut:
            found.append(f"{label.objectName()}: {label.text()}")
    for press in top.findChildren(QPushButton):
        words = press.fontMetrics().horizontalAdvance(press.text())
        if isinstance(press, RivalCard):
            continue  # writes by itself, with … where it must, and tells the rest in its tooltip
        if press.isVisible() and press.text() and words + 10 > press.width():
            found.append(f"{press.objectName()}: {press.text()}")
    found += [
        f"{step.objectName()}: {step.accessibleName()}"
        for step in top.findChildren(StepButton)
        if step.isVisible() and step.minimumSizeHint().width() > step.width()
    ]
    return found


def picture(window: MainWindow) -> QPixmap:
    """The window with the list that hangs under a line."""
    found = window.grab()
    painter = QPainter(found)
    for hanging in window.findChildren(SuggestList):
        if hanging.isVisible():
            painter.drawPixmap(window.mapFromGlobal(hanging.pos()), hanging.grab())
    painter.end()
    return found
