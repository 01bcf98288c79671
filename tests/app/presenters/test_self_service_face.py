"""自助取件, face beside card first: consent, quality, alike or to the counter. The packaged nets look at made-up heads
before real camera drivers; the card's photograph comes out of the vendor's program, an emulated one."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from print_room import Room, print_room
from PyQt6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from self_service_kit import Kiosk, self_service

from app.demo.world import DemoWorld
from app.domain.case import OutboxState
from app.domain.errors import Refused
from app.domain.printing import PrintTarget
from app.domain.sending import Arrived
from app.identity.verification import Answer
from app.presenters.self_service_collect import SelfServiceCollect
from app.presenters.self_service_face import SelfServiceFace
from app.services.collect_face import COMPARED, CollectFace, FaceAnswer
from app.services.collect_result import CollectResult
from app.services.heed_lists import HeedLists
from app.services.sign_paper import SignPaper
from app.workers.camera_thread import CameraThread
from app.workers.face_camera import FaceCamera
from app.workers.tasks import TaskRunner
from devices.absent import AbsentDevice
from devices.base import DeviceKind
from devices.drivers.identity.card_photo import CardPhotos
from devices.emulators.identity.card_photo import photo_of
from devices.emulators.imaging.drawn import face
from devices.kinds.identity import CardReading
from devices.kinds.imaging import Frame
from devices.outcome import Outcome, Reply
from devices.registry import open_device

WAIT = 40_000
PROGRAM = f"{sys.executable} -m devices.emulators.identity.card_photo"
CAMERA = "emulated://face-camera"


class Lists(HeedLists):
    """Nothing is on a list."""

    def __init__(self) -> None:
        pass

    def look(self, visit: object) -> Any:
        return SimpleNamespace(answer=Answer.YES)


class Terminal:
    """A terminal with a finished case of 张伟; `face` compares first."""

    def __init__(self, room: Room, qtbot: QtBot, stack: ExitStack, camera: str, program: str) -> None:
        self.room, self.qtbot = room, qtbot
        parts = room.parts
        self.cases = list(parts.accept.accept(parts.ready()).cases)
        for entry in parts.store.outbox({OutboxState.PENDING}):
            parts.store.mark_inflight(entry.op_id)
            parts.store.record([Arrived(entry.op_id)])
        decided = [{"case_id": case.case_id, "rev": 2, "stage": 4} for case in self.cases]
        parts.store.apply_feed("cases", decided, [], "c")
        told = [
            {"id": f"{case.case_id}.2", "kind": "result", "case_id": case.case_id, "case_no": "x",
             "provisional_no": case.provisional_no, "stage": 4, "at": "2026-11-21T01:02:03.000Z", "words": "",
             "due": None, "result": "准予"}
            for case in self.cases
        ]  # fmt: skip
        parts.store.apply_feed("messages", told, [], "m")
        issue = parts.issue_paper()
        self.comparing = CollectFace(parts.counter, CardPhotos(program, 100.0).decode)
        self.service = CollectResult(
            parts.counter, parts.catalog, issue, SignPaper(parts.counter, issue), parts.papers, Lists(), None,
            self.comparing,
        )  # fmt: skip
        device: Any = open_device(camera) if camera else AbsentDevice(DeviceKind.CAMERA)
        self.camera = CameraThread(device)
        self.camera.start()
        stack.callback(self.camera.stop)

        def making(who: Any, tasks: TaskRunner) -> SelfServiceCollect:
            # No waiting between two looks: how often a core is spent on it is another matter.
            steps = iter(range(1_000_000))
            faces = FaceCamera(lambda: float(next(steps)))
            self.face = SelfServiceFace(who, self.comparing, {"face_camera": self.camera}, tasks, faces)
            self.face.analyser.start()
            return SelfServiceCollect(who, self.service, room.printing, tasks, self.face)

        self.kiosk: Kiosk = stack.enter_context(self_service(parts, qtbot, making))
        stack.callback(lambda: (self.face.stop(), self.face.analyser.stop()))
        self.kiosk.enter()

    def lay(self, photo: bytes) -> None:
        self.kiosk.press("self_fetch")
        card = self.room.parts.world.person("zhang-wei").card
        self.kiosk.reader.answer(Reply(Outcome.OK, CardReading(card, photo, "")))
        self.kiosk.at("face")

    def label(self, name: str) -> str:
        found = self.kiosk.screen.face.findChild(QLabel, name)
        assert found is not None
        return found.text()

    def to_the_counter(self, why: str) -> None:
        self.qtbot.waitUntil(lambda: self.label("self_face_title") == "请到窗口领取", timeout=WAIT)
        self.kiosk.settle()
        assert why in self.label("self_face_what")
        assert "自助服务：群众请您帮忙" in self.kiosk.window.notice.title(), "a clerk is called"
        assert self.kiosk.screen.collect.lines == (), "nothing of anybody's is shown"
        visit = self.kiosk.turned.flow.visit
        assert visit is not None
        with pytest.raises(Refused, match="还没有比对人脸"):
            self.service.ask(self.cases[0].case_id, visit, "test:", PrintTarget("printer", "A4"))

    def trail(self) -> list[dict[str, Any]]:
        entries = self.room.parts.store.audit_entries(limit=5000)
        return [json.loads(entry.details) for entry in entries if entry.action == COMPARED]


@pytest.fixture
def room(qtbot: QtBot, qapp: QApplication, tmp_path: Path, world: DemoWorld) -> Iterator[Room]:
    with print_room(qtbot, qapp, tmp_path, world) as made:
        made.begin("printer")
        yield made


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as made:
        yield made


def test_who_is_alike_the_card_collects_and_only_the_verdict_is_kept(
    room: Room, qtbot: QtBot, stack: ExitStack
) -> None:
    at = Terminal(room, qtbot, stack, CAMERA, PROGRAM)
    at.lay(photo_of(0))
    assert not at.camera.streaming, "nobody is looked at who has not agreed"
    assert "照片不保存" in at.label("self_face_what")
    at.kiosk.press("self_face_agree")
    at.qtbot.waitUntil(lambda: at.kiosk.screen.page == "collect", timeout=WAIT)
    at.kiosk.settle()
    assert all(line.possible for line in at.kiosk.screen.collect.lines)
    assert not at.camera.streaming
    [kept] = at.trail()
    assert kept == {"answer": "alike", "device": CAMERA, "card": kept["card"]}, "no picture, no number of likeness"
    assert kept["card"].count("*") > 5
    at.kiosk.press("self_print_result")
    at.kiosk.at("proof")
    assert room.printed("printer") == 1
    # the next visitor is not helped by it
    at.kiosk.turned.flow.give_up(keep=False)
    at.kiosk.at("start")
    at.lay(photo_of(0))
    at.kiosk.press("self_face_decline")
    at.to_the_counter("没有同意")


def test_somebody_else_is_not_refused_but_sent_to_the_counter(room: Room, qtbot: QtBot, stack: ExitStack) -> None:
    at = Terminal(room, qtbot, stack, f"{CAMERA}?person=1", PROGRAM)
    at.face._line = lambda: 0.9999  # made-up heads are more alike than people: the line is tried, not the net
    at.lay(photo_of(0))
    at.kiosk.press("self_face_agree")
    qtbot.waitUntil(lambda: at.face._judged, timeout=WAIT)
    at.face.out_of_time()
    at.to_the_counter("没有比对上")
    assert [kept["answer"] for kept in at.trail()] == [FaceAnswer.UNLIKE.value]
    assert not at.camera.streaming
    at.kiosk.press("self_next")
    at.kiosk.at("start")


def test_who_does_not_agree_is_not_looked_at(room: Room, qtbot: QtBot, stack: ExitStack) -> None:
    at = Terminal(room, qtbot, stack, CAMERA, PROGRAM)
    at.lay(photo_of(0))
    at.kiosk.press("self_face_decline")
    at.to_the_counter("没有同意比对，没有拍照")
    assert not at.camera.streaming
    assert at.trail()[0]["device"] == ""


@pytest.mark.parametrize(
    ("camera", "program", "photo", "why", "answer"),
    [
        ("", PROGRAM, photo_of(0), "摄像头现在不能用", FaceAnswer.NO_CAMERA),
        (CAMERA, "", photo_of(0), "显示不了", FaceAnswer.NO_PICTURE),
        (CAMERA, PROGRAM, b"WLf\x7e" + bytes(9), "显示不了", FaceAnswer.NO_PICTURE),
        (CAMERA, PROGRAM, b"", "显示不了", FaceAnswer.NO_PICTURE),
    ],
    ids=["no-camera", "no-program", "foreign-photo", "no-photo"],
)
def test_what_is_not_there_sends_to_the_counter(
    room: Room, qtbot: QtBot, stack: ExitStack, camera: str, program: str, photo: bytes, why: str, answer: FaceAnswer
) -> None:
    at = Terminal(room, qtbot, stack, camera, program)
    at.lay(photo)
    at.kiosk.press("self_face_agree")
    at.to_the_counter(why)
    assert [kept["answer"] for kept in at.trail()] == [answer.value]


def test_without_the_net_nobody_passes(
    room: Room, qtbot: QtBot, stack: ExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.identity.face.alike.installed", lambda: False)
    at = Terminal(room, qtbot, stack, CAMERA, PROGRAM)
    at.lay(photo_of(0))
    at.kiosk.press("self_face_agree")
    at.to_the_counter("没有装人脸比对")


def test_who_goes_away_is_not_looked_at_any_more(room: Room, qtbot: QtBot, stack: ExitStack) -> None:
    at = Terminal(room, qtbot, stack, CAMERA, PROGRAM)
    at.face._line = lambda: 2.0
    at.lay(photo_of(0))
    at.kiosk.press("self_face_agree")
    qtbot.waitUntil(lambda: at.face._judged, timeout=WAIT)
    at.kiosk.turned.flow.give_up(keep=False)
    at.kiosk.at("start")
    assert not at.camera.streaming
    at.face.out_of_time()
    at.kiosk.settle()
    assert at.trail() == []
    assert at.kiosk.screen.page == "start"


def test_what_is_wrong_with_the_picture_is_said_to_the_person(room: Room, qtbot: QtBot, stack: ExitStack) -> None:
    at = Terminal(room, qtbot, stack, CAMERA, PROGRAM)
    at.lay(photo_of(0))
    at.face.analyser.stop()  # the test shows the pictures
    at.kiosk.press("self_face_agree")
    at.kiosk.settle()
    head = face(0.0)
    shown = {
        "没有看到您的脸": np.full_like(head, 190),
        "不止一个人": np.hstack([head, head]),
        "太暗": (head * 0.2).astype(np.uint8),
    }
    for words, picture in shown.items():
        at.face._seen(at.face._faces.look(picture), Frame(picture, 0, 0.0))
        assert words in at.label("self_face_said")
    assert at.kiosk.screen.page == "face", "told, and asked again"
    at.face.out_of_time()
    at.to_the_counter("没有照到可以比对的画面")
    assert [kept["answer"] for kept in at.trail()] == [FaceAnswer.NOT_JUDGED.value]
