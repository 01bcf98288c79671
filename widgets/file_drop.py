"""Files let fall on a window. Only those of the kinds asked for are taken; the pointer says so before."""

from __future__ import annotations

from collections.abc import Iterable

from PyQt6.QtCore import QEvent, QMimeData, QObject, Qt, pyqtSignal
from PyQt6.QtGui import QDropEvent
from PyQt6.QtWidgets import QWidget


class FileDrop(QObject):
    """Watches one widget and all that lies in it. Signal: dropped(paths) of local files with one of the suffixes."""

    dropped = pyqtSignal(list)

    def __init__(self, target: QWidget, suffixes: Iterable[str]) -> None:
        super().__init__(target)
        self._suffixes = tuple(suffix.lower() for suffix in suffixes)
        target.setAcceptDrops(True)
        target.installEventFilter(self)

    def eventFilter(self, a0: QObject | None, a1: QEvent | None) -> bool:
        if isinstance(a1, QDropEvent) and a1.type() in (
            QEvent.Type.DragEnter,
            QEvent.Type.DragMove,
            QEvent.Type.Drop,
        ):
            paths = self._wanted(a1.mimeData())
            if not paths:
                return False
            a1.setDropAction(Qt.DropAction.CopyAction)
            a1.accept()
            if a1.type() == QEvent.Type.Drop:
                self.dropped.emit(paths)
            return True
        return super().eventFilter(a0, a1)

    def _wanted(self, data: QMimeData | None) -> list[str]:
        if data is None or not data.hasUrls():
            return []
        paths = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
        return [path for path in paths if path.lower().endswith(self._suffixes)]
