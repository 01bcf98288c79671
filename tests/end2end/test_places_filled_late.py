"""Devices chosen in the panel while the window is open serve every part of the screen at once, and leave it again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import cast

import pytest
from PyQt6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.bootstrap_demo import open_demo
from app.demo.counter import every_device
from app.demo.scenario import load_scenario
from app.demo.world import DemoWorld
from app.domain.clock import SystemClock
from app.presenters.screen import Screen
from app.presenters.screen_devices import device_at, fresh_at
from app.services.device_settings import DeviceSettings
from devices.absent import EMPTY
from devices.emulators.entry.driver import EmulatedCodeScanner
from devices.kinds.entry import ScannedCode
from devices.outcome import Outcome, Reply
from widgets.theme import apply_theme

WAIT = 30_000
LESSON = "open-a-barber-shop"


class Bare:
    """The demo's window at a counter with no device at all."""

    def __init__(self, qtbot: QtBot, screen: Screen, uris: dict[str, str]) -> None:
        self.qtbot, self.screen, self.uris = qtbot, screen, uris
        self.lights: dict[str, Reply[object]] = {}
        for slot, owner in screen.devices.items():
            owner.light.connect(lambda reply, slot=slot: self.lights.update({slot: reply}))

    def fill(self, *slots: str) -> None:
        """As the panel does once a device is kept."""
        for slot in slots:
            uri = self.uris[slot]
            self.lights.pop(slot, None)
            self.screen.devices[slot].swap(device_at(uri, slot, real=False), fresh_at(uri, slot, real=False))
        self.qtbot.waitUntil(lambda: all(slot in self.lights and self.lights[slot].ok for slot in slots), timeout=WAIT)
        QApplication.processEvents()

    def empty(self, slot: str) -> None:
        self.screen.devices[slot].swap(device_at("", slot, real=False), fresh_at("", slot, real=False))
        QApplication.processEvents()

    def until(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=WAIT)


@pytest.fixture
def bare(qtbot: QtBot, qapp: QApplication, tmp_path: Path, seed: Callable[[Path], Path]) -> Iterator[Bare]:
    apply_theme(qapp)
    folder = seed(tmp_path / "profile")
    with open_demo(folder, load_scenario(LESSON), fresh=True, out=tmp_path) as station:
        world = DemoWorld(folder / "world", SystemClock())
        uris = every_device(world, load_scenario(LESSON), tmp_path)
        station.settings = replace(station.settings, devices=MappingProxyType({}))
        made = Screen(station)
        made.window.show()
        made.start()
        made.desk.change(station.services.choose.add(made.desk.visit, LESSON))
        yield Bare(qtbot, made, uris)
        made.close()


def cameras_come_and_go(bare: Bare) -> None:
    screen = bare.screen
    assert not screen.pages_source.there
    bare.fill("camera")
    assert screen.pages_source.there
    assert screen.pages_source.slot == screen.codes_source.slot == "camera", "one camera serves for both"
    assert not screen.pages_source.several
    bare.fill("document_camera")
    assert screen.pages_source.slot == "document_camera"
    assert screen.codes_source.slot == "camera"
    assert screen.pages_source.several
    bare.empty("camera")
    assert screen.codes_source.slot == "document_camera"


def printers_take_papers_at_once(bare: Bare) -> None:
    screen = bare.screen
    choices = screen.printing.desk.choices
    assert not choices.any_printer
    bare.fill("printer", "receipt_printer")
    assert choices.size_of("printer") == "A4"
    assert {target.slot for target in choices.targets("acceptance")} == {"printer", "receipt_printer"}
    assert "receipt_printer" in screen.printing.desk.widths
    bare.empty("printer")
    assert {target.slot for target in choices.targets("acceptance")} == {"receipt_printer"}


def what_is_entered_by(bare: Bare, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = bare.screen
    assert not screen.scanning.possible()
    assert screen.pads.now() is screen.pads.screen
    bare.fill("scanner", "signature_pad", "code_scanner")
    assert screen.scanning.possible()
    assert screen.pads.now() is screen.devices["signature_pad"]
    heard: list[ScannedCode] = []
    monkeypatch.setattr(screen.scanner, "take", heard.append)
    cast(EmulatedCodeScanner, screen.devices["code_scanner"].device).emulator.scan(b"YC:0001")
    bare.until(lambda: [code.text for code in heard] == ["YC:0001"])
    bare.empty("signature_pad")
    assert screen.pads.now() is screen.pads.screen


def who_speaks_with_people(bare: Bare) -> None:
    screen, talk = bare.screen, bare.screen.talk
    assert not talk.queue._can_call()
    bare.fill("queue_caller", "rating_device", "customer_screen")
    assert talk.queue._can_call()
    emulators = {slot: getattr(screen.devices[slot].device, "emulator", None) for slot in bare.uris}
    bare.until(lambda: any(emulators["customer_screen"].rows))  # type: ignore[union-attr]
    bare.until(lambda: bool(emulators["rating_device"].greeted))  # type: ignore[union-attr]


def a_second_screen_is_built_when_it_is_chosen(bare: Bare) -> None:
    screen = bare.screen
    assert screen.customer is None
    bare.uris["customer_screen"] = "screen:window"
    bare.fill("customer_screen")
    assert screen.customer is not None
    bare.until(lambda: screen.customer is not None and screen.customer.screen.isVisible())
    # Made anew after it hung: the new driver has its host, too.
    bare.fill("customer_screen")
    assert bare.lights["customer_screen"].outcome is Outcome.OK


def the_panel_says_that_it_serves_now(bare: Bare) -> None:
    station = bare.screen.station
    assert isinstance(station.device_settings, DeviceSettings)
    setup = bare.screen.around.devices.setup
    assert setup is not None
    bare.screen.around.devices.open()
    setup.open("printer")
    setup.keep(bare.uris["printer"])
    bare.until(lambda: bare.screen.printing.desk.choices.any_printer)
    result = setup.dialog.findChild(QLabel, "device_setup_result")
    assert result is not None
    bare.until(lambda: "现在就能用" in result.text())
    setup.keep("")
    bare.until(lambda: bare.screen.devices["printer"].device.uri == EMPTY)
    assert not bare.screen.printing.desk.choices.any_printer
    setup.dialog.reject()


def test_every_place_serves_as_soon_as_it_is_filled(bare: Bare, monkeypatch: pytest.MonkeyPatch) -> None:
    """One window for all: opening it is what takes the time."""
    cameras_come_and_go(bare)
    printers_take_papers_at_once(bare)
    what_is_entered_by(bare, monkeypatch)
    who_speaks_with_people(bare)
    bare.empty("customer_screen")
    a_second_screen_is_built_when_it_is_chosen(bare)
    bare.empty("printer")
    bare.empty("receipt_printer")
    the_panel_says_that_it_serves_now(bare)
