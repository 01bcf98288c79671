"""A self-service window over a whole counter, with a reader and a camera that do what the test says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, cast

import cv2
from desk_parts import Parts
from PyQt6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt, pyqtSignal
from PyQt6.QtGui import QKeySequence
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.presenters.desk import Desk
from app.presenters.self_service import Leaving, Patience, SelfServicePresenter
from app.presenters.self_service_applicant import Applicant
from app.presenters.self_service_camera import SelfServiceCamera
from app.presenters.self_service_collect import SelfServiceCollect
from app.presenters.self_service_flow import Engine, SelfServiceFlow
from app.presenters.sounds import Sounds
from app.services.clerks import Clerks
from app.services.confirm_form import ConfirmForm
from app.services.drafts import Unfinished
from app.services.self_service import SelfService
from app.workers.device_thread import DeviceThread
from app.workers.tasks import TaskRunner
from devices.base import Picture
from devices.kinds.identity import CardReading
from devices.outcome import Outcome, Reply
from widgets.self_service.screen import SelfServiceScreen
from widgets.window import MainWindow

PATIENCE = Patience(ask=5, answer=3, done=4, call=6, pin=3)


class Reader:
    """A reader that answers when the test says so."""

    def __init__(self) -> None:
        self.device = SimpleNamespace(uri="test:reader")
        self.waiting: list[Callable[[Any], None]] = []

    def call(self, work: object, then: Callable[[Any], None]) -> None:
        self.waiting.append(then)

    def answer(self, reply: Reply[CardReading]) -> None:
        waiting, self.waiting = self.waiting, []
        for then in waiting:
            then(reply)


class Camera(QObject):
    """A camera that shows one picture."""

    code = pyqtSignal(object, object)
    ended = pyqtSignal()
    page_seen = pyqtSignal(bool)
    in_view = False

    def __init__(self, picture: Picture) -> None:
        super().__init__()
        self.shown: Picture | None = None
        self._picture = picture

    def look_for_codes(self, preview: object) -> None:
        self.shown = None

    def look_for_page(self, preview: object) -> None:
        self.shown = self._picture

    def stop(self) -> None:
        self.shown = None

    def picture(self) -> Picture | None:
        return self.shown


class Heard:
    def __init__(self) -> None:
        self.names: list[str] = []

    def play(self, name: str) -> None:
        self.names.append(name)


@dataclass
class Kiosk:
    parts: Parts
    window: MainWindow
    desk: Desk
    turned: SelfServicePresenter
    reader: Reader
    camera: Camera
    clerks: Clerks
    service: SelfService
    tasks: TaskRunner
    heard: Heard
    qtbot: QtBot
    held: list[bool] = field(default_factory=list)

    @property
    def screen(self) -> SelfServiceScreen:
        return self.turned.screen

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.tasks.busy and not self.desk.tasks.busy, timeout=30_000)

    def at(self, page: str) -> None:
        self.qtbot.waitUntil(lambda: self.screen.page == page, timeout=30_000)

    def enter(self) -> None:
        self.turned.enter()
        self.qtbot.waitUntil(lambda: self.turned.on, timeout=30_000)

    def press(self, name: str) -> None:
        found: list[QPushButton] = []

        def shown() -> None:
            # A layout shows a new child at the next turn of the event loop only: a person cannot press before that.
            found[:] = [b for b in self.screen.findChildren(QPushButton, name) if b.isVisible()]
            assert found, f"no {name} on {self.screen.page}"

        self.qtbot.waitUntil(shown, timeout=5_000)
        assert found[0].isEnabled(), name
        QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)  # type: ignore[call-overload]

    def key(self, name: str) -> None:
        combination = QKeySequence(name)[0]
        target = QApplication.focusWidget() or self.screen
        QTest.keyClick(target, combination.key(), combination.keyboardModifiers())  # type: ignore[call-overload]

    def tick(self, seconds: int) -> None:
        for _ in range(seconds):
            self.turned.tick()

    def words(self) -> str:
        """Everything that stands on any page, in view or not."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # what was let go of is gone
        labels = [label.text() for label in self.screen.findChildren(QLabel)]
        lines = [line.text() for line in self.screen.findChildren(QLineEdit)]
        return "\n".join(labels + lines)

    def lay_card(self, person: str = "zhang-wei") -> None:
        card = self.parts.world.person(person).card
        self.reader.answer(Reply(Outcome.OK, CardReading(card, b"", "")))

    def choose(self, words: str = "开理发店") -> None:
        """From the start to the known fields of what was searched."""
        self.press("self_begin")
        self.lay_card()
        self.at("choose")
        self.screen.choose.search.setText(words)
        self.press("self_tile")
        self.press("self_next")
        self.at("known")
        self.settle()

    def ask(self) -> None:
        """On to the questions."""
        while self.screen.page == "known":
            self.press("self_next")
        assert self.screen.page == "questions"

    def fill(self, values: dict[str, str]) -> None:
        """Type the answers page by page, by key and Enter."""
        while self.screen.page == "questions":
            for one in list(self.screen.questions.fields):
                line = one.findChild(QLineEdit, one.key)
                assert line is not None
                line.setFocus()
                line.selectAll()
                line.insert(values[one.key])
                line.textEdited.emit(values[one.key])
                self.key("Return")
            self.settle()

    def sign(self) -> None:
        assert self.screen.page == "confirm"
        while self.screen.confirm.where[0] < self.screen.confirm.where[1]:
            self.press("citizen_next")
        pad = self.screen.confirm.pad
        QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(60, 60))  # type: ignore[call-overload]
        for x in range(60, 320, 20):
            QTest.mouseMove(pad, QPoint(x, 40 + (x % 60)))  # type: ignore[call-overload]
        QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(320, 60))  # type: ignore[call-overload]
        self.press("citizen_sign")

    def listed(self) -> list[Unfinished]:
        self.settle()
        return self.parts.drafts.listed()


@contextmanager
def self_service(
    parts: Parts, qtbot: QtBot, collect: Callable[[Applicant, TaskRunner], SelfServiceCollect] | None = None
) -> Iterator[Kiosk]:
    """The window, not yet turned over. collect: what hands out printed results, if anything does."""
    window = MainWindow()
    window.show()
    desk = Desk(parts.clock, TaskRunner(), window.notice)
    tasks = TaskRunner()
    duty = parts.counter.duty
    service = SelfService(parts.store, parts.drafts, parts.clock, duty)
    clerks = Clerks(parts.store, parts.clock, duty, "T01")
    reader, heard = Reader(), Heard()
    camera = Camera(cast(Picture, cv2.imread(str(parts.world.page_picture("floor-plan")))))
    engine = Engine(
        service,
        parts.identify,
        parts.scan,
        parts.choose,
        parts.fill,
        parts.capture,
        ConfirmForm(parts.vault, parts.clock, duty),
        parts.accept.titles,
        lambda number: parts.store.find(number, 50),
    )
    screen = SelfServiceScreen("演示大厅", "测试窗口")
    flow = SelfServiceFlow(
        screen,
        engine,
        tasks,
        cast(DeviceThread, reader),
        cast(SelfServiceCamera, camera),
        "测试窗口",
        (lambda who: collect(who, tasks)) if collect is not None else None,
    )
    held: list[bool] = []
    leaving = Leaving(lambda then: then(), held.append, lambda: None, lambda: None)
    turned = SelfServicePresenter(desk, flow, service, clerks, duty, tasks, Sounds(heard), leaving, patience=PATIENCE)
    made = Kiosk(parts, window, desk, turned, reader, camera, clerks, service, tasks, heard, qtbot, held)
    yield made
    made.settle()
    turned.close()
    desk.tasks.close()
    window.close()
