"""The thread that drains the outbox and pulls the feeds."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Protocol

from PyQt6.QtCore import QObject, QThread, pyqtSignal

from app.domain.sending import Drain

log = logging.getLogger(__name__)


class Engine(Protocol):
    """What this thread needs of app.sync.engine.SyncEngine."""

    def run_once(self, progress: Callable[[Drain], None] | None = None, *, patient: bool = False) -> object: ...
    def next_wait(self) -> float: ...
    def close(self) -> None: ...


class SyncThread(QThread):
    """Runs the engine again and again; `report` carries each SyncReport, `progress` each Drain
    (app.domain.sending) of a run under way.

    Runs of its own accord are patient: after an outage they keep the random wait that spares the gateway 2,300
    windows at once. A run that a person asked for is not.
    """

    report = pyqtSignal(object)
    started_run = pyqtSignal()
    progress = pyqtSignal(object)

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._wake = threading.Event()
        self._stopping = False
        self._urgent = False

    def kick(self, *, urgent: bool = False) -> None:
        """Run now. urgent: a person pressed 立即上传."""
        self._urgent = self._urgent or urgent
        self._wake.set()

    def stop(self) -> None:
        self._stopping = True
        self._engine.close()
        self._wake.set()
        self.wait(15000)

    def run(self) -> None:
        while not self._stopping:
            self._wake.clear()
            self.started_run.emit()
            try:
                urgent, self._urgent = self._urgent, False
                self.report.emit(self._engine.run_once(self.progress.emit, patient=not urgent))
            except Exception:
                # The engine answers for networks itself; what arrives here is our own mistake and must not end syncing.
                log.exception("sync run failed")
            self._wake.wait(max(self._engine.next_wait(), 0.2))
