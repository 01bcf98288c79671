"""Where the coach points: one balloon and one ring for each window and dialog that a hint is about."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QPoint, QRect, QSize, Qt
from PyQt6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QWidget,
)

from widgets.coach import Balloon, Covered, Ring
from widgets.window import MainWindow

ROOMY = QSize(700, 420)
"""From this size on a dialog holds the balloon itself; beside a smaller one it stands on the window behind."""
_WEIGHTS: tuple[tuple[type[QWidget], float], ...] = (
    (QLineEdit, 1.5),
    (QPushButton, 5.0),
    (QToolButton, 4.0),
    (QLabel, 3.0),
    (QAbstractItemView, 0.6),
)
"""What a balloon had better not cover, and how much it matters."""
_CURSOR_WEIGHT = 10.0
_ROW_WEIGHT = 5.0
"""The row that is marked in a list: the one a learner looks at."""
_NOTICE_WEIGHT = 6.0


class Pointer:
    """Points at widgets of the window and of its dialogs. show_me: the balloon's button was pressed."""

    def __init__(self, window: MainWindow, show_me: Callable[[], object]) -> None:
        self._window = window
        self._show_me = show_me
        self._pairs: dict[QWidget, tuple[Balloon, Ring]] = {}
        self._said: tuple[object, ...] = ()

    def point(self, target: QWidget | None, title: str, words: str, task: str, can_show: bool) -> None:
        """Say something about a widget of the part that has the keys now; None or one elsewhere: about no widget."""
        host = self._host()
        if target is not None and (not target.isVisible() or target.window() is not host):
            target = None
        roomy = host.width() >= ROOMY.width() and host.height() >= ROOMY.height()
        stage = host if roomy else self._window
        where = _rect(target, host) if target is not None else None
        balloon, ring = self._pair(stage)[0], self._pair(host)[1]
        self._hide_others(stage, host)
        told = (host, title, words, task, where, host.geometry(), QApplication.focusWidget())
        if told == self._said and balloon.isVisible():
            return
        self._said = told
        balloon.say(title, words, task, can_show=roomy and can_show)
        if roomy:
            balloon.point_at(where, _covered(host, balloon))
        else:
            balloon.point_at(_rect(target or host, stage), [Covered(_rect(host, stage), 100.0)])
        ring.surround(where)

    def follow(self, widget: QWidget) -> None:
        """While a step is shown: the ring goes with the hands, the balloon is out of the way."""
        host = self._host()
        self.hide()
        if host.isAncestorOf(widget):
            self._pair(host)[1].surround(_rect(widget, host))

    def hide(self) -> None:
        """Point at nothing."""
        self._said = ()
        for balloon, ring in self._pairs.values():
            balloon.hide()
            ring.hide()

    def _host(self) -> QWidget:
        dialog = QApplication.activeModalWidget()
        return dialog if isinstance(dialog, QDialog) and dialog.isVisible() else self._window

    def _hide_others(self, stage: QWidget, host: QWidget) -> None:
        for other, (balloon, ring) in self._pairs.items():
            if other is not stage:
                balloon.hide()
            if other is not host:
                ring.hide()

    def _pair(self, host: QWidget) -> tuple[Balloon, Ring]:
        pair = self._pairs.get(host)
        if pair is None:
            pair = Balloon(host), Ring(host)
            pair[0].show_me.connect(self._show_me)
            self._pairs[host] = pair
            host.destroyed.connect(lambda: self._pairs.pop(host, None))
        return pair


def _rect(widget: QWidget, host: QWidget) -> QRect:
    """What of a widget shows, in another's coordinates."""
    seen = widget.visibleRegion().boundingRect()
    corner = seen.topLeft() if not seen.isEmpty() else QPoint(0, 0)
    return QRect(host.mapFromGlobal(widget.mapToGlobal(corner)), seen.size())


def _words(label: QLabel, host: QWidget) -> QRect:
    """Where a label's words are: many a label is larger than what it says."""
    flags = int(label.alignment()) | (int(Qt.TextFlag.TextWordWrap) if label.wordWrap() else 0)
    said = label.fontMetrics().boundingRect(label.contentsRect(), flags, label.text())
    seen = said.intersected(label.visibleRegion().boundingRect())
    return QRect(host.mapFromGlobal(label.mapToGlobal(seen.topLeft())), seen.size())


def _covered(host: QWidget, balloon: Balloon) -> list[Covered]:
    """What stands on the host, the balloon's own parts and empty labels left out."""
    found = []
    for kind, weight in _WEIGHTS:
        for one in host.findChildren(kind):
            if not one.isVisible() or balloon.isAncestorOf(one) or (isinstance(one, QLabel) and not one.text()):
                continue
            where = _rect(one, host) if not isinstance(one, QLabel) else _words(one, host)
            found.append(Covered(where, weight * (_CURSOR_WEIGHT if one.hasFocus() else 1)))
            # A header is such a view as well, and does not tell where its sections lie.
            if isinstance(one, QHeaderView):
                continue
            if isinstance(one, QAbstractItemView) and (port := one.viewport()) is not None:
                row = one.visualRect(one.currentIndex()).intersected(port.rect())
                found.append(Covered(QRect(port.mapTo(host, row.topLeft()), row.size()), _ROW_WEIGHT))
    notice = host.findChild(QWidget, "notice")
    if notice is not None and notice.isVisible():
        found.append(Covered(_rect(notice, host), _NOTICE_WEIGHT))
    return found
