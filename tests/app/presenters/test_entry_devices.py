"""Who hears the window's keys follows what stands at the places."""

from __future__ import annotations

from PyQt6.QtCore import QObject, Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.presenters.entry_devices import TypedKeys
from app.workers.device_thread import DeviceThread
from devices.emulators.identity.mrz_emulator import passport_zone
from devices.emulators.people import demo_people
from devices.outcome import Reply
from devices.registry import open_device

ZONE = passport_zone(demo_people()["wang-ji"])
WAIT = 20_000


def swipe(line: QLineEdit) -> None:
    for char in "\r".join(ZONE) + "\r":
        key = Qt.Key.Key_Return if char == "\r" else char
        QTest.keyClick(line, key)  # type: ignore[call-overload]


def test_a_reader_put_in_place_later_is_heard_and_one_taken_away_is_not(qtbot: QtBot) -> None:
    line = QLineEdit()
    qtbot.addWidget(line)
    line.show()
    qtbot.waitExposed(line)
    parent = QObject()
    owner = DeviceThread(open_device("mrz+serial:///dev/none"), parent)
    lights: list[Reply[str]] = []
    owner.light.connect(lights.append)
    keys = TypedKeys([owner], parent)
    owner.start()
    qtbot.waitUntil(lambda: bool(lights), timeout=WAIT)
    swipe(line)
    assert line.text() == "".join(ZONE), "a window without such a device has no filter"
    line.clear()

    owner.swap(open_device("mrz+wedge:"))
    qtbot.waitUntil(lambda: lights[-1].ok, timeout=WAIT)
    replies: list[Reply[object]] = []
    owner.call(lambda device: device.read_zone(10.0), replies.append)
    qtbot.waitUntil(lambda: owner.busy, timeout=WAIT)
    qtbot.wait(100)  # the call has thrown away what was typed before
    swipe(line)
    qtbot.waitUntil(lambda: bool(replies), timeout=WAIT)
    assert replies[0].unwrap().lines == ZONE  # type: ignore[attr-defined]
    assert line.text() == ""

    keys.stop()
    swipe(line)
    assert line.text() == "".join(ZONE)
    owner.stop()
