"""The person at the counter: face beside the card, the keys turned to them, their social-security card. Real drivers
on emulators; what is read is told, and of what is secret nothing is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import cv2
import pytest
from desk_parts import BUNDLE, Parts
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.fact import SourceKind
from app.identity.social_card import check_pin, read_social_card
from app.presenters.desk import Desk
from app.presenters.face import FacePresenter
from app.presenters.form import FormPresenter
from app.presenters.pin_pad import PinPadPresenter
from app.presenters.who import WhoPresenter
from app.services.compare_face import CompareFace, verdict_of
from app.services.social_card import UseSocialCard
from app.workers.camera_thread import CameraThread, FrameAnalyser
from app.workers.device_thread import DeviceThread
from app.workers.face_camera import FaceCamera
from app.workers.tasks import TaskRunner
from devices.absent import AbsentDevice
from devices.base import Device, DeviceKind
from devices.emulators.imaging.drawn import face
from devices.emulators.people import demo_people
from devices.outcome import Outcome
from devices.registry import open_device
from widgets.window import MainWindow

WAIT = 30_000
ZHANG, WANG = demo_people()["zhang-wei"].card, demo_people()["wang-ji"].card


class Room:
    def __init__(self, qtbot: QtBot, parts: Parts) -> None:
        self.qtbot, self.parts = qtbot, parts
        self.window = MainWindow()
        qtbot.addWidget(self.window)
        self.window.show()
        self.tasks = TaskRunner()
        self.desk = Desk(parts.clock, self.tasks, self.window.notice)
        self.owners: list[DeviceThread | CameraThread] = []
        self.analysers: list[FrameAnalyser] = []
        self.open = True

    def device(self, uri: str, kind: DeviceKind) -> DeviceThread:
        made = DeviceThread(open_device(uri) if uri else AbsentDevice(kind))
        self.owners.append(made)
        if uri:
            with self.qtbot.waitSignal(made.light, timeout=WAIT):
                made.start()
        return made

    def face(self, uri: str, photo: bytes | None = None) -> FacePresenter:
        device: Device = open_device(uri) if uri else AbsentDevice(DeviceKind.CAMERA)
        camera = CameraThread(device)  # type: ignore[arg-type]
        self.owners.append(camera)
        camera.start()
        service = CompareFace(self.parts.capture, self.parts.clock, self.parts.counter.duty, lambda: photo)
        # Time stands still for the steps: how long they may take is tested apart, and a busy machine takes longer.
        faces = FaceCamera(lambda: 0.0)
        cameras = {"face_camera": camera}
        made = FacePresenter(self.window.who.face, self.desk, cameras, service, lambda: self.open, faces)
        self.analysers.append(made.analyser)
        made.analyser.start()
        return made

    def pad(self, pad: str, reader: str = "") -> PinPadPresenter:
        self.form = FormPresenter(self.window.form, self.desk, self.parts.fill, lambda _: ("开理发店",))
        social = UseSocialCard(self.parts.clock, self.parts.counter.duty)
        return PinPadPresenter(
            self.window.form,
            self.window.who,
            self.desk,
            self.parts.fill,
            social,
            self.device(pad, DeviceKind.PIN_PAD),
            self.device(reader, DeviceKind.SMART_CARD),
            lambda: self.open,
        )

    def card(self, card: Any = WANG) -> None:
        self.desk.change(self.parts.identify.apply(self.desk.visit, card, "test:"))

    def until(self, true: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(true, timeout=WAIT)

    def said(self) -> str:
        return " ".join(label.text() for label in self.window.notice.findChildren(QLabel))

    def events(self, action: str) -> list[dict[str, object]]:
        return [dict(event.details) for event in self.desk.visit.events if event.action == action]


@pytest.fixture
def room(qtbot: QtBot, parts: Parts) -> Iterator[Room]:
    made = Room(qtbot, parts)
    yield made
    for owner in made.owners:
        owner.stop()
    for analyser in made.analysers:
        analyser.stop()
    made.tasks.close()


def test_the_clerk_compares_two_pictures_and_the_verdict_is_kept(room: Room) -> None:
    who = WhoPresenter(
        room.window.who, room.desk, room.parts.identify, room.device("emulated://id-reader", DeviceKind.ID_READER)
    )
    face = room.face("emulated://face-camera")
    assert not face.possible(), "nobody to compare with yet"
    room.card()
    assert face.possible()
    face.toggle()
    panel = room.window.who.face
    yes, no = (panel.findChild(QPushButton, name) for name in ("face_yes", "face_no"))
    assert yes is not None
    assert no is not None
    QTest.keyClick(panel, Qt.Key.Key_Y)  # type: ignore[call-overload]
    assert face.active, "before a picture stands there nothing can be said of it"
    room.until(yes.isEnabled)
    assert panel.hasFocus()
    QTest.keyClick(panel, Qt.Key.Key_Return)  # type: ignore[call-overload]
    assert face.active, "Enter decides nothing"
    QTest.keyClick(panel, Qt.Key.Key_N)  # type: ignore[call-overload]
    assert not face.active
    assert verdict_of(room.desk.visit) is False
    kept = {"same": False, "device": "emulated://face-camera", "document": "", "motion": ""}
    assert room.events("face.compared") == [kept]
    assert "人证不一致" in room.said()
    note = room.window.who.findChild(QLabel, "person_note")
    assert note is not None
    assert "人证不一致" in note.text()
    room.card(ZHANG)
    assert verdict_of(room.desk.visit) is None, "it was said of the first person"
    assert "人证" not in note.text()
    del who


def test_the_likeness_advises_and_the_head_turns_as_asked(room: Room) -> None:
    """The whole way: camera, nets, words; what is kept is the verdict and no number."""
    photo = cv2.imencode(".png", face(0.0, (360, 300)))[1].tobytes()
    presenter = room.face("emulated://face-camera?acts=1", photo)
    room.card()
    presenter.toggle()
    panel = room.window.who.face
    likeness = panel.findChild(QLabel, "face_likeness")
    motion = panel.findChild(QLabel, "face_words")
    assert likeness is not None
    assert motion is not None
    room.until(lambda: "相似度" in likeness.text())
    assert "只供参考" in likeness.text()
    assert likeness.property("tone") == "neutral", "no colour says yes or no"
    QTest.keyClick(panel, Qt.Key.Key_T)  # type: ignore[call-overload]
    room.qtbot.waitUntil(lambda: "已按要求转头" in motion.text(), timeout=80_000)
    assert "视频、面具仍能骗过" in motion.text(), "it is called what it is"
    QTest.keyClick(panel, Qt.Key.Key_Y)  # type: ignore[call-overload]
    [kept] = room.events("face.compared")
    assert kept == {"same": True, "device": "emulated://face-camera?acts=1", "document": "reader", "motion": "done"}


def test_without_the_net_no_number_is_given_and_the_clerk_still_decides(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the Debian package is without yichuang-reading."""
    monkeypatch.setattr("app.identity.face.alike.installed", lambda: False)
    monkeypatch.setattr("app.identity.face.alike.session", lambda name: pytest.fail(f"{name} is asked for"))
    photo = cv2.imencode(".png", face(0.0, (360, 300)))[1].tobytes()
    presenter = room.face("emulated://face-camera?acts=1", photo)
    room.card()
    presenter.toggle()
    likeness = room.window.who.face.findChild(QLabel, "face_likeness")
    assert likeness is not None
    room.until(lambda: "没有安装人脸相似度" in likeness.text())
    QTest.keyClick(room.window.who.face, Qt.Key.Key_Y)  # type: ignore[call-overload]
    assert len(room.events("face.compared")) == 1


def test_a_camera_that_is_gone_decides_nothing(room: Room) -> None:
    face = room.face("emulated://face-camera?fault=not-found")
    room.card()
    face.toggle()
    panel = room.window.who.face
    yes = panel.findChild(QPushButton, "face_yes")
    assert yes is not None
    live = panel.findChild(type(panel._live), "face_live")
    assert live is not None
    room.until(lambda: "打开" not in live.accessibleDescription())
    assert not yes.isEnabled()
    QTest.keyClick(panel, Qt.Key.Key_Y)  # type: ignore[call-overload]
    assert room.events("face.compared") == []
    QTest.keyClick(panel, Qt.Key.Key_Escape)  # type: ignore[call-overload]
    assert panel.isHidden()


def test_the_next_visitor_is_not_seen_in_the_last_ones_place(room: Room) -> None:
    face = room.face("emulated://face-camera")
    room.card()
    face.toggle()
    room.desk.begin()
    assert not face.active
    assert room.window.who.face.isHidden()


def test_a_counter_without_such_a_camera_is_not_asked(room: Room) -> None:
    face = room.face("")
    room.card()
    assert not face.possible()


def test_the_applicant_types_the_number_themselves(room: Room) -> None:
    pad = room.pad("emulated://pin-pad?digits=13857200011")
    assert not pad.may_ask_phone(), "no form, no number"
    room.card()
    room.desk.change(room.parts.choose.add(room.desk.visit, BUNDLE))
    room.desk.change(room.parts.fill.type(room.desk.visit, "applicant.phone", "13900000000"))
    assert pad.may_ask_phone()
    room.window.form.focus_field("applicant.phone")
    pad.ask_phone()
    room.until(lambda: room.desk.visit.form.state("applicant.phone").value == "13857200011")
    state = room.desk.visit.form.state("applicant.phone")
    assert state.fact is not None
    assert state.fact.source.kind is SourceKind.PACK, "not the clerk's hand"
    assert not state.rivals or state.settled, "the owner's word needs no choosing"
    assert room.events("form.keyed") == [{}], "the trail says that, not what"


def test_the_question_is_taken_back_by_esc_and_by_the_next_visitor(room: Room) -> None:
    pad = room.pad("emulated://pin-pad?fault=idle")
    room.card()
    room.desk.change(room.parts.choose.add(room.desk.visit, BUNDLE))
    pad.ask_phone()
    pad.stop()
    room.until(lambda: "已取消" in room.said())
    assert room.desk.visit.form.state("applicant.phone").value == ""
    pad.ask_phone()
    room.desk.begin()
    room.until(lambda: pad._call is None)


def test_a_social_card_is_compared_and_its_pin_shown_once(room: Room) -> None:
    pad = room.pad("emulated://pin-pad?digits=123456", "emulated://smart-card?person=wang-ji")
    room.card()
    pad.read_card()
    room.until(lambda: "社保卡密码正确" in room.said())
    assert room.events("social_card.read") == [{"holder": "same"}]
    assert room.events("social_card.pin") == [{"right": True, "blocked": False}]
    assert "123456" not in repr(room.desk.visit.events)


def test_a_wrong_pin_is_told_with_what_is_left_and_not_tried_again(room: Room) -> None:
    pad = room.pad("emulated://pin-pad?digits=654321", "emulated://smart-card?person=wang-ji")
    room.card()
    pad.read_card()
    room.until(lambda: "社保卡密码不对" in room.said())
    assert "还可以试" in room.said()
    assert room.events("social_card.pin") == [{"right": False, "blocked": False}]
    assert "654321" not in repr(room.desk.visit.events)


def test_somebody_elses_card_asks_for_no_pin(room: Room) -> None:
    pad = room.pad("emulated://pin-pad?digits=123456", "emulated://smart-card?person=wang-ji")
    room.card(ZHANG)
    pad.read_card()
    room.until(lambda: "不是同一人" in room.said())
    assert pad._call is None
    assert room.events("social_card.pin") == []
    assert room.events("social_card.read") == [{"holder": "other"}]


def test_without_a_pad_the_card_is_only_read(room: Room) -> None:
    pad = room.pad("", "emulated://smart-card?person=wang-ji")
    assert not pad.may_ask_phone()
    pad.read_card()
    room.until(lambda: "只作参考" in room.said())
    assert room.events("social_card.read") == [{"holder": ""}]


def test_a_pin_goes_to_no_other_card(tmp_path: Path) -> None:
    first, other = (open_device(f"emulated://smart-card?person={one}") for one in ("wang-ji", "zhang-wei"))
    try:
        first.open()
        other.open()
        card = read_social_card(first).unwrap()  # type: ignore[arg-type]
        reply = check_pin(other, card, "123456")  # type: ignore[arg-type]
        assert reply.outcome is Outcome.UNREADABLE
        assert check_pin(first, card, "123456").unwrap().right  # type: ignore[arg-type]
    finally:
        first.close()
        other.close()
