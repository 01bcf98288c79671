"""The loopback service of a document camera: live picture, stills, both heads, and what it may answer."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from app.domain.errors import BadInput
from devices.drivers.imaging.doccam import open_driver
from devices.emulators.imaging.doccam_service import DoccamEmulator
from devices.kinds.imaging import Camera
from devices.outcome import Outcome


@pytest.fixture
def emulator() -> Iterator[DoccamEmulator]:
    emulator = DoccamEmulator(size=(640, 480))
    emulator.start()
    yield emulator
    emulator.stop()


@pytest.fixture
def camera(emulator: DoccamEmulator) -> Iterator[Camera]:
    driver = open_driver(emulator.url)
    driver.open().unwrap()
    yield driver
    driver.close()


def test_a_live_picture_and_a_still_in_full_size(camera: Camera, emulator: DoccamEmulator) -> None:
    assert camera.read_frame(20).unwrap().picture.shape == (240, 320, 3)
    assert camera.take_still(20).unwrap().picture.shape == (480, 640, 3)
    assert camera.take_still(20).unwrap().index == 1
    camera.close()
    assert emulator.closed == 1, "the service lets go of the head"


def test_both_heads_are_cameras_of_their_own(camera: Camera, emulator: DoccamEmulator) -> None:
    side = open_driver(emulator.url + "?camidx=1")
    assert "副头" in side.open().unwrap()
    main_page, side_page = camera.take_still(20).unwrap().picture, side.take_still(20).unwrap().picture
    assert abs(main_page.astype(int) - side_page).mean() > 1
    side.close()


def test_a_head_that_hangs_upside_down_or_aslant(emulator: DoccamEmulator) -> None:
    turned = open_driver(emulator.url + "?rotate=90")
    turned.open().unwrap()
    assert turned.read_frame(20).unwrap().picture.shape == (320, 240, 3)
    assert turned.take_still(20).unwrap().picture.shape == (640, 480, 3)
    turned.close()


@pytest.mark.parametrize(
    ("fault", "outcome", "words"),
    [
        ("mute", Outcome.TIMEOUT, "没有反应"),
        ("garbage", Outcome.FAULT, "不符合约定"),
        ("torn", Outcome.UNREADABLE, "不完整"),
        ("busy", Outcome.BUSY, "其他程序"),
        ("code", Outcome.FAULT, "代码 -1"),
        ("huge", Outcome.FAULT, "太大"),
        ("bomb", Outcome.FAULT, "60000×60000"),
    ],
)
def test_what_goes_wrong_with_a_still(
    camera: Camera, emulator: DoccamEmulator, fault: str, outcome: Outcome, words: str
) -> None:
    emulator.faults.set(fault)
    reply = camera.take_still(1.0 if fault == "mute" else 20)
    assert reply.outcome is outcome
    assert words in reply.detail
    assert "C:" not in reply.detail, "the service's own words name paths"
    emulator.faults.clear()
    assert camera.take_still(20).ok


def test_cancel_ends_the_wait_for_a_still(camera: Camera, emulator: DoccamEmulator) -> None:
    emulator.faults.set("mute")
    threading.Timer(0.3, camera.cancel).start()
    assert camera.take_still(30).outcome is Outcome.CANCELLED


def test_the_service_is_not_running_or_has_no_camera(emulator: DoccamEmulator) -> None:
    emulator.faults.set("no-picture")
    reply = open_driver(emulator.url).open()
    assert (reply.outcome, "没有给出画面" in reply.detail) == (Outcome.FAULT, True)
    emulator.stop()
    for options in ("", "?rotate=90"):
        reply = open_driver(emulator.url + options).open()
        assert reply.outcome is Outcome.DISCONNECTED


def test_unplugged_while_it_is_looked_through(camera: Camera, emulator: DoccamEmulator) -> None:
    camera.read_frame(20).unwrap()
    emulator.stop()
    while (reply := camera.read_frame(20)).ok:
        pass
    assert reply.outcome is Outcome.DISCONNECTED
    assert camera.take_still(5).outcome is Outcome.DISCONNECTED


@pytest.mark.parametrize(
    "uri",
    [
        "doccam+http://192.0.2.1:38088",
        "doccam+http:",
        "doccam+http://127.0.0.1?rotate=45",
        "doccam+http://127.0.0.1?camidx=x",
    ],
)
def test_malformed_or_elsewhere(uri: str) -> None:
    with pytest.raises(BadInput):
        open_driver(uri)
