"""Who stands before the self-service screen now: the visit, how it is changed and kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from app.services.self_service import SelfService
from app.services.visit import Visit
from app.workers.tasks import TaskRunner
from widgets.self_service.screen import SelfServiceScreen

T = TypeVar("T")
SAVE_MILLISECONDS = 400
ORDER = "self-service"
"""Saves and what ends a visit land in the order asked."""


class Applicant(QObject):
    """`visit` is None while nobody is here. Lives on the event loop.

    touched(): they did something that no key or finger tells (a card, a code); trouble(YichuangError).
    """

    touched = pyqtSignal()
    trouble = pyqtSignal(object)

    def __init__(self, screen: SelfServiceScreen, service: SelfService, tasks: TaskRunner) -> None:
        super().__init__()
        self.screen = screen
        self._service, self._tasks = service, tasks
        self.visit: Visit | None = None
        self._save = QTimer(self)
        self._save.setSingleShot(True)
        self._save.setInterval(SAVE_MILLISECONDS)
        self._save.timeout.connect(self._keep)

    def begin(self) -> None:
        """The next one. Refused while nobody is on duty."""
        self.visit = self._service.begin()

    def change(self, visit: Visit) -> None:
        """Take over a changed visit; it is kept against a crash at the next pause."""
        self.visit = visit
        self._save.start()

    def still(self, visit: Visit) -> bool:
        """Is this one still here?"""
        return self.visit is not None and self.visit.visit_id == visit.visit_id

    def end(self, work: Callable[[Visit], T], then: Callable[[T], None] = lambda _: None) -> None:
        """The last that happens to the visit, off the event loop, after every save of it. Nobody is here then."""
        visit, self.visit = self.visit, None
        self._save.stop()
        if visit is not None:
            self._tasks.run(lambda: work(visit), then, order=ORDER)

    def finish(self, work: Callable[[Visit], T], then: Callable[[T], None]) -> None:
        """As `end`, but they stay until it is done: it may be refused."""
        visit = self.visit
        self._save.stop()
        if visit is not None:
            self._tasks.run(lambda: work(visit), then, order=ORDER)

    def run(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        """Work off the event loop."""
        self._tasks.run(work, then)

    def _keep(self) -> None:
        visit, service = self.visit, self._service
        if visit is not None and visit.codes:
            self._tasks.run(lambda: service.save(visit), lambda _: None, order=ORDER)
