"""The thread that forgets in time: once after the start and then once a day, at the lowest priority."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Protocol

from PyQt6.QtCore import QObject, QThread

from app.domain.errors import YichuangError

log = logging.getLogger(__name__)

FIRST = 120.0
"""Seconds after the start: opening the window comes first."""
BETWEEN = 1800.0
"""Seconds between two looks at whether a day has passed."""


class Daily(Protocol):
    """What this thread needs of app.services.retention.Retention."""

    def wanted(self) -> bool: ...
    def run(self, stop: Callable[[], bool] = ...) -> object: ...


class UpkeepThread(QThread):
    """Runs what is due each day. `stop` waits until the step under way has ended."""

    def __init__(self, work: Daily, parent: QObject | None = None, first: float = FIRST) -> None:
        super().__init__(parent)
        self._work = work
        self._first = first
        self._stopping = threading.Event()

    def stop(self) -> None:
        self._stopping.set()
        self.wait(15000)

    def run(self) -> None:
        self.setPriority(QThread.Priority.LowestPriority)
        pause = self._first
        while not self._stopping.wait(pause):
            pause = BETWEEN
            try:
                if self._work.wanted():
                    self._work.run(self._stopping.is_set)
            except YichuangError as error:
                log.warning("retention stopped: %s %s", error.title, error.what)
            except Exception:
                # Our own mistake; it must not end the thread, and the next run begins where this one ended.
                log.exception("retention failed")
