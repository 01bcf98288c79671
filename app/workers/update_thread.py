"""The thread that looks for new versions: a while after the start, then every few hours, at the lowest priority."""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable
from typing import Protocol

from PyQt6.QtCore import QObject, QThread, pyqtSignal

log = logging.getLogger(__name__)

FIRST = (300.0, 1800.0)
"""Seconds after the start, at random between these: 2,300 windows open at nine."""


class Looks(Protocol):
    """What this thread needs of app.services.updates.Updates."""

    hours: int

    def run(self, stop: Callable[[], bool] = ...) -> object: ...


class UpdateThread(QThread):
    """`looked` carries an UpdateState. `look` asks at once; `stop` waits until the part under way has come."""

    looked = pyqtSignal(object)

    def __init__(self, work: Looks, parent: QObject | None = None, first: tuple[float, float] = FIRST) -> None:
        super().__init__(parent)
        self._work = work
        self._first = first
        self._stopping = threading.Event()
        self._wake = threading.Event()

    def look(self) -> None:
        """Ask now."""
        self._wake.set()

    def stop(self) -> None:
        self._stopping.set()
        self._wake.set()
        self.wait(35000)

    def run(self) -> None:
        self.setPriority(QThread.Priority.LowestPriority)
        pause = random.SystemRandom().uniform(*self._first)
        while True:
            self._wake.wait(pause)
            self._wake.clear()
            if self._stopping.is_set():
                return
            try:
                self.looked.emit(self._work.run(self._stopping.is_set))
            except Exception:
                # Our own mistake; the window works on, and so does the next look.
                log.exception("looking for updates failed")
            pause = self._work.hours * 3600 * random.SystemRandom().uniform(0.8, 1.2)
