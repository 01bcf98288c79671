"""A counter at work with its rating devices, callers and terminals, for the tests of who speaks through them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from desk_parts import Parts, counter
from PyQt6.QtWidgets import QApplication, QDialog, QLabel
from pytestqt.qtbot import QtBot

from app.demo.world import DemoWorld
from app.domain.case import OperationKind, Window
from app.domain.rating import Channel
from app.presenters.accept import AcceptPresenter
from app.presenters.desk import Desk
from app.presenters.main import MainPresenter
from app.presenters.print_desk import PrintDesk
from app.presenters.queue import QueuePresenter
from app.services.one_time_notice import OneTimeNotice
from app.services.rate import Rate
from app.settings import PrintRules
from app.workers.device_thread import DeviceThread
from app.workers.tasks import TaskRunner
from devices.registry import open_device
from widgets.theme import apply_theme
from widgets.window import MainWindow

WAIT = 30_000


class OtherActions:
    """The main presenter's part that is needed: keys that are answered."""

    def __init__(self) -> None:
        self.runs: dict[str, Any] = {}
        self.possible: dict[str, Any] = {}

    def add(self, action: str, run: Any, possible: Any = lambda: True) -> None:
        self.runs[action], self.possible[action] = run, possible

    def enable(self) -> None: ...


@dataclass
class Bench:
    parts: Parts
    window: MainWindow
    desk: Desk
    accept: AcceptPresenter
    rate: Rate
    main: OtherActions
    qtbot: QtBot
    threads: list[DeviceThread]

    def device(self, uri: str) -> DeviceThread:
        thread = DeviceThread(open_device(uri))
        self.threads.append(thread)
        with self.qtbot.waitSignal(thread.light, timeout=WAIT):
            thread.start()
        return thread

    def service(self) -> None:
        self.desk.begin(self.parts.ready())
        before = self.accept.acceptance
        assert before is None
        self.accept.accept()
        self.qtbot.waitUntil(lambda: self.accept.accepted, timeout=WAIT)

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.desk.tasks.busy, timeout=WAIT)

    def ratings(self) -> list[dict[str, Any]]:
        return [op.body for op in self.parts.store.outbox() if op.kind is OperationKind.RATING]

    def queue(self, thread: DeviceThread) -> QueuePresenter:
        place = Window("W03", "综合窗口 03", "演示大厅", "330502")
        made = QueuePresenter(
            self.window,
            self.desk,
            cast(MainPresenter, self.main),
            thread,
            self.parts.store,
            self.parts.counter.duty,
            place,
        )
        self.settle()
        return made

    def said(self) -> str:
        return " ".join(label.text() for label in self.window.notice.findChildren(QLabel))

    def open_dialog(self, kind: type[Any]) -> Any:
        self.qtbot.waitUntil(lambda: any(d.isVisible() for d in self.window.findChildren(kind)), timeout=WAIT)
        return next(d for d in self.window.findChildren(kind) if d.isVisible())


def talk_bench(qtbot: QtBot, qapp: QApplication, tmp_path: Path, world: DemoWorld) -> Iterator[Bench]:
    if not qapp.styleSheet():
        apply_theme(qapp)
    with counter(tmp_path / "profile", world) as parts:
        window = MainWindow()
        window.show()
        tasks = TaskRunner()
        desk = Desk(parts.clock, tasks, window.notice)
        printing = PrintDesk(desk, parts.papers, {}, parts.store, PrintRules())
        accept = AcceptPresenter(window, desk, parts.accept, printing, parts.drafts, {}, OneTimeNotice(parts.counter))
        rate = Rate(parts.store, parts.catalog, parts.clock, Channel.HALL_TABLET)
        made = Bench(parts, window, desk, accept, rate, OtherActions(), qtbot, [])
        yield made
        for dialog in window.findChildren(QDialog):
            dialog.hide()
        for thread in made.threads:
            thread.stop()
        made.settle()
        tasks.close()
        window.close()
