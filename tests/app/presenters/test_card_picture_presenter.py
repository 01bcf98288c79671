"""A card under the camera when the reader cannot: read when it lies still, compared, taken over; nobody else's."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import numpy as np
import pytest
from card_lines import MadeLine, permit, resident, resident_back
from card_pictures import EASY, on_desk, resident_front
from desk_parts import Parts
from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from scanning_kit import Analyser, Source

from app.domain.errors import EnvironmentProblem
from app.identity.cards.facts import from_picture
from app.identity.cards.locate import Located, locate
from app.presenters import card_picture as module
from app.presenters.card_picture import ATTEMPTS, STEADY_FRAMES, CardPicturePresenter
from app.presenters.desk import Desk
from app.presenters.sounds import NoSpeaker, Sounds
from app.presenters.who import WhoPresenter
from app.services.card_picture import CardPicture
from app.workers.tasks import TaskRunner
from devices.kinds.imaging import Frame
from devices.outcome import Outcome, Reply
from widgets.window import MainWindow

PICTURE = on_desk(resident_front(1).flat, EASY, 4)
PLACE = locate(PICTURE)


class Engine:
    def __init__(self) -> None:
        self.present = True
        self.lines: Sequence[MadeLine] = resident()
        self.calls = 0
        self.trouble: Exception | None = None

    def read(self, picture: object) -> Sequence[MadeLine]:
        self.calls += 1
        if self.trouble is not None:
            raise self.trouble
        return self.lines


class Reader(QObject):
    light = pyqtSignal(object)


class Camera(Source):
    there = True
    uri = "file:clip.mp4"


@dataclass
class Counter:
    window: MainWindow
    desk: Desk
    cards: CardPicturePresenter
    analyser: Analyser
    engine: Engine
    reader: Reader
    qtbot: QtBot
    camera: Camera = field(default_factory=Camera)

    def see(self, located: Located | None = PLACE, times: int = STEADY_FRAMES) -> None:
        for _ in range(times):
            self.analyser.analysed.emit(located, Frame(PICTURE, 0, time.monotonic()))

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.cards._tasks.busy and not self.cards._reading, timeout=20_000)

    def said(self, element: str) -> str:
        return next((f.value for f in self.desk.visit.form.facts if f.element == element and from_picture(f)), "")


@pytest.fixture
def counter(qtbot: QtBot, parts: Parts) -> Iterator[Counter]:
    window = MainWindow()
    qtbot.addWidget(window)
    tasks, own = TaskRunner(), TaskRunner(threads=1)
    desk = Desk(parts.clock, tasks, window.notice)
    source, analyser, engine, reader = Camera(), Analyser(), Engine(), Reader()
    who = WhoPresenter(window.who, desk, parts.identify, None)  # type: ignore[arg-type]
    cards = CardPicturePresenter(
        window,
        window.preview,
        desk,
        CardPicture(engine, parts.clock, parts.counter.duty),
        cast(Any, source),
        cast(Any, analyser),
        cast(Any, reader),
        own,
        Sounds(NoSpeaker()),
        lambda: True,
    )
    desk.begin()
    yield Counter(window, desk, cards, analyser, engine, reader, qtbot, source)
    cards.stop()
    who.deleteLater()
    tasks.close()
    own.close()


def test_a_card_that_lies_still_is_read_compared_and_taken(counter: Counter) -> None:
    counter.cards.start()
    assert counter.cards.active
    counter.see(times=STEADY_FRAMES - 1)
    assert counter.engine.calls == 0, "it may still be moving"
    counter.see(times=1)
    counter.settle()
    dialog = counter.cards.dialog
    assert dialog is not None
    assert counter.said("id_number") == "", "nothing before the clerk has compared it"
    assert dialog.left == 2
    for name in ("name", "address"):
        dialog.confirm(name)
    dialog._take.click()
    assert counter.cards.dialog is None
    assert counter.said("id_number") == "330502199001010022"
    assert counter.window.who._name.text() == "李明霞"
    assert counter.window.who._note.text() == "证件真伪没有核验"
    event = counter.desk.visit.events[-1]
    assert (event.action, event.details["device"], event.details["confirmed"]) == (
        "card.captured", "file:clip.mp4", ["address", "name"],
    )  # fmt: skip


def test_a_card_that_moves_is_not_read(counter: Counter) -> None:
    counter.cards.start()
    assert PLACE is not None
    for step in range(6):
        counter.see(Located(PLACE.corners + 60.0 * step, 1.0), times=1)
    assert counter.engine.calls == 0


def test_without_an_outline_the_whole_picture_is_read_after_a_while(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter.cards.start()
    counter.see(None)
    assert not counter.cards._reading
    monkeypatch.setattr(module, "BLIND_SECONDS", 0.0)
    counter.see(None, times=1)
    counter.settle()
    assert counter.engine.calls == 1


def test_a_side_that_proves_itself_is_taken_at_once(counter: Counter) -> None:
    counter.engine.lines = resident_back()
    counter.cards.start()
    counter.see()
    counter.settle()
    assert counter.cards.dialog is None
    assert counter.said("valid_to") == "2036-03-04"


def test_what_cannot_be_true_stays_in_the_dialog(counter: Counter) -> None:
    counter.engine.lines = resident(number="330502199001010021")
    counter.cards.start()
    counter.see()
    counter.settle()
    dialog = counter.cards.dialog
    assert dialog is not None
    while dialog.left:
        dialog.confirm(next(f.name for f in dialog._fields if f.name not in dialog._done))
    dialog._take.click()
    assert counter.cards.dialog is dialog
    assert counter.said("name") == ""
    assert dialog.left == 1
    dialog._lines["number"].setText("330502 19900101 0022")
    dialog.confirm("number")
    dialog._take.click()
    assert counter.said("id_number") == "330502199001010022"


def test_no_card_is_said_after_some_attempts(counter: Counter) -> None:
    counter.engine.lines = ()
    counter.cards.start()
    for _ in range(ATTEMPTS):
        assert counter.cards.active
        counter.see()
        counter.settle()
    assert not counter.cards.active
    assert counter.window.notice.title() == "没有认出证件"


def test_an_engine_that_fails_is_told_and_the_camera_closed(counter: Counter) -> None:
    counter.engine.trouble = EnvironmentProblem("材料上的字没有识别", "内存不足", "请照材料手工填写。")
    counter.cards.start()
    counter.see()
    counter.settle()
    assert not counter.cards.active
    assert counter.window.notice.title() == "证件没有识别"


def test_the_next_visitor_gets_nothing_of_it(counter: Counter) -> None:
    counter.cards.start()
    counter.see()
    counter.desk.begin()
    counter.qtbot.waitUntil(lambda: not counter.cards._tasks.busy, timeout=20_000)
    assert counter.cards.dialog is None
    counter.cards.start()
    counter.see()
    counter.settle()
    assert counter.cards.dialog is not None
    counter.desk.begin()
    assert counter.cards.dialog is None
    assert counter.said("name") == ""


def test_a_home_return_permit_fills_the_travel_document(counter: Counter) -> None:
    counter.engine.lines = permit()
    counter.cards.start()
    counter.see()
    counter.settle()
    dialog = counter.cards.dialog
    assert dialog is not None
    for name in ("name", "name_en"):
        dialog.confirm(name)
    dialog._take.click()
    assert counter.said("travel_document_number") == "H12345678"
    assert counter.said("travel_document_type") == "hm_pass"
    assert counter.window.who._name.text() == "陈大文"


def test_it_is_offered_while_the_reader_cannot(counter: Counter, qtbot: QtBot) -> None:
    button = counter.window.who.findChild(QPushButton, "who_picture")
    assert button is not None
    for reply in (Reply(Outcome.OK, "读卡器"), Reply(Outcome.BUSY)):
        counter.reader.light.emit(reply)
        assert button.isHidden()
    for outcome in (Outcome.DISCONNECTED, Outcome.FAULT, Outcome.NOT_PRESENT):
        counter.reader.light.emit(Reply(outcome))
        assert not button.isHidden()
    with qtbot.waitSignal(counter.window.action) as asked:
        button.click()
    assert asked.args == ["read_card_picture"]
    counter.engine.present = False
    counter.reader.light.emit(Reply(Outcome.FAULT))
    assert button.isHidden(), "where nothing can be read nothing is offered"
    assert not counter.cards.possible()


def test_pictures_come_from_the_kit() -> None:
    assert PLACE is not None
    assert np.asarray(PICTURE).shape == (1080, 1920, 3)
