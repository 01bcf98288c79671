"""Work that must not stand on the event loop: run in a pool, the result handed back on the loop."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections import deque
from collections.abc import Callable
from typing import Any, TypeVar

from PyQt6.QtCore import QObject, QRunnable, QThreadPool, pyqtSignal, pyqtSlot

from app.domain.errors import Defect, YichuangError

log = logging.getLogger(__name__)
T = TypeVar("T")


class _Job(QRunnable):
    """One piece of work. What it holds goes to the event loop with its result and dies there: work and `then` may be
    the last to hold a widget, and a widget that is deleted in a thread of the pool brings the program down."""

    def __init__(self, runner: TaskRunner, work: Callable[[], Any], then: Callable[[Any], None], order: str) -> None:
        super().__init__()
        self.runner, self.order = runner, order
        self._held: list[Any] = [work, then]

    def run(self) -> None:
        held = self._held
        try:
            held += (held[0](), None)
        except YichuangError as exc:
            held += (None, exc)
        except Exception as exc:
            log.exception("task failed")
            todo = "本次操作未完成，数据未丢失；请重试并告知技术支持。"
            problem = Defect("程序内部错误", f"{type(exc).__name__}", todo)
            problem.__cause__ = exc  # what it was raised in dies with it
            held += (None, problem)
        # A window that was taken down meanwhile deleted its runner: nobody is left to hear of it.
        with contextlib.suppress(RuntimeError):
            self.runner.ended.emit(held)
            if self.order:
                self.runner.go_on(self.order)


class TaskRunner(QObject):
    """Runs functions in a pool of threads.

    `failed` carries a YichuangError, already worded for the clerk. Call `wait` before closing what the tasks use.
    """

    ended = pyqtSignal(object)
    failed = pyqtSignal(object)
    idle = pyqtSignal()

    def __init__(self, parent: QObject | None = None, threads: int = 2) -> None:
        super().__init__(parent)
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(threads)
        self._running = 0
        self._closed = False
        self._waiting: dict[str, deque[_Job]] = {}
        self._lock = threading.Lock()
        self.ended.connect(self._deliver)

    @property
    def busy(self) -> bool:
        return self._running > 0

    def run(self, work: Callable[[], T], then: Callable[[T], None], *, order: str = "") -> None:
        """Run work in the pool, then hand its result to `then` on the event loop.

        order: works that name the same one run one after the other, as they were asked for: of two savings of one
        thing the later must land last.
        """
        if self._closed:
            return  # a result handed back at the very end may ask for more: the store it would read is gone
        self._running += 1
        job = _Job(self, work, then, order)
        if order:
            with self._lock:
                if order in self._waiting:
                    self._waiting[order].append(job)
                    return
                self._waiting[order] = deque()
        self._pool.start(job)

    def attempt(
        self,
        work: Callable[[], T],
        then: Callable[[T], None],
        wrong: Callable[[YichuangError], None],
        *,
        order: str = "",
    ) -> None:
        """As `run`, but what goes wrong is handed to `wrong` on the event loop and not to `failed`: a dialog lies over
        the window's own line and tells it itself."""

        def guarded() -> T | YichuangError:
            try:
                return work()
            except YichuangError as error:
                return error

        def ended(result: T | YichuangError) -> None:
            if isinstance(result, YichuangError):
                wrong(result)
            else:
                then(result)

        self.run(guarded, ended, order=order)

    def go_on(self, order: str) -> None:
        """Start what waits behind a work of this order; called where that work ended."""
        with self._lock:
            waiting = self._waiting.get(order)
            if waiting:
                self._pool.start(waiting.popleft())
            elif waiting is not None:
                del self._waiting[order]

    def wait(self, milliseconds: int = 10_000) -> bool:
        """Wait for running work to end; True when it did."""
        return self._pool.waitForDone(milliseconds)

    def close(self, milliseconds: int = 10_000) -> bool:
        """Take no more work, and wait for what runs."""
        self._closed = True
        return self.wait(milliseconds)

    @pyqtSlot(object)
    def _deliver(self, held: list[Any]) -> None:
        self._running -= 1
        _, then, result, problem = held
        held.clear()
        if problem is not None:
            self.failed.emit(problem)
        else:
            then(result)
        if not self._running:
            self.idle.emit()
