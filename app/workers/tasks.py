"""Work that must not stand on the event loop: run in a pool, the result handed back on the loop."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, TypeVar

from PyQt6.QtCore import QObject, QRunnable, QThreadPool, pyqtSignal, pyqtSlot

from app.domain.errors import Defect, YichuangError

log = logging.getLogger(__name__)
T = TypeVar("T")


class _Job(QRunnable):
    def __init__(self, runner: TaskRunner, work: Callable[[], Any], then: Callable[[Any], None]) -> None:
        super().__init__()
        self.runner, self.work, self.then = runner, work, then

    def run(self) -> None:
        try:
            result = self.work()
        except YichuangError as exc:
            self.runner.ended.emit(None, exc)
        except Exception as exc:
            log.exception("task failed")
            problem = Defect(
                "程序内部错误", f"{type(exc).__name__}", "本次操作未完成，数据未丢失；请重试并告知技术支持。"
            )
            self.runner.ended.emit(None, problem)
        else:
            self.runner.ended.emit(self.then, result)


class TaskRunner(QObject):
    """Runs functions in a pool of threads.

    `failed` carries a YichuangError, already worded for the clerk. Call `wait` before closing what the tasks use.
    """

    ended = pyqtSignal(object, object)
    failed = pyqtSignal(object)
    idle = pyqtSignal()

    def __init__(self, parent: QObject | None = None, threads: int = 2) -> None:
        super().__init__(parent)
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(threads)
        self._running = 0
        self._closed = False
        self.ended.connect(self._deliver)

    @property
    def busy(self) -> bool:
        return self._running > 0

    def run(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        """Run work in the pool, then hand its result to `then` on the event loop."""
        if self._closed:
            return  # a result handed back at the very end may ask for more: the store it would read is gone
        self._running += 1
        self._pool.start(_Job(self, work, then))

    def wait(self, milliseconds: int = 10_000) -> bool:
        """Wait for running work to end; True when it did."""
        return self._pool.waitForDone(milliseconds)

    def close(self, milliseconds: int = 10_000) -> bool:
        """Take no more work, and wait for what runs."""
        self._closed = True
        return self.wait(milliseconds)

    @pyqtSlot(object, object)
    def _deliver(self, then: Callable[[Any], None] | None, result: Any) -> None:
        self._running -= 1
        if then is None:
            self.failed.emit(result)
        else:
            then(result)
        if not self._running:
            self.idle.emit()
