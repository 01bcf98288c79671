"""What a lesson lets go wrong is met by the real drivers, and ends when the lesson says so."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
from numbered_clips import ClipMaker

from app.domain.errors import BadInput
from devices.base import Device
from devices.emulators.biometric.fingerprint_host import SharedFaults
from devices.emulators.drills import DRILLS, UNPLUGGED
from devices.emulators.emulated import EmulatedDevice
from devices.emulators.identity.driver import EmulatedIdReader
from devices.emulators.links.pseudo_terminal import NO_PORT
from devices.emulators.output.driver import EmulatedReceiptPrinter
from devices.outcome import Outcome
from devices.registry import open_device


@pytest.fixture
def devices(tmp_path: Path, make_clip: ClipMaker) -> dict[str, Device]:
    clip = make_clip("c.avi", frames=20, fps=20)
    return {
        "id_reader": open_device("emulated://id-reader?person=zhang-wei"),
        "passport_reader": open_device("emulated://passport-reader"),
        "smart_card": open_device("emulated://smart-card"),
        "camera": open_device(f"emulated://camera?clip={clip}"),
        "face_camera": open_device("emulated://face-camera"),
        "scanner": open_device("emulated://scanner"),
        "receipt_printer": open_device(f"emulated://receipt-printer?out={tmp_path}/r"),
        "printer": open_device(f"emulated://printer?out={tmp_path}/p&wait=1"),
        "card_printer": open_device(f"emulated://card-printer?out={tmp_path}/c"),
        "fingerprint": open_device("emulated://fingerprint"),
        "rating_device": open_device("emulated://rating-device"),
        "customer_screen": open_device("emulated://customer-display"),
        "queue_caller": open_device("emulated://queue-caller"),
        "signature_pad": open_device("emulated://signature-pad"),
        "code_scanner": open_device("emulated://code-scanner?code=WX03"),
        "pin_pad": open_device("emulated://pin-pad?digits=246810"),
        "clerk_key": open_device("emulated://clerk-key"),
        "payment_terminal": open_device("emulated://payment-terminal"),
    }


@pytest.mark.parametrize("kind", DRILLS)
def test_a_pulled_cable_is_noticed_and_heals(devices: dict[str, Device], kind: str) -> None:
    device = devices[kind]
    assert isinstance(device, EmulatedDevice)
    device.open().unwrap()
    device.drill(UNPLUGGED, True)
    if "camera" not in kind:  # a camera's probe may still show the frame it has
        assert device.probe().outcome is not Outcome.OK
    device.close()
    assert device.open().outcome is Outcome.DISCONNECTED
    device.close()
    device.drill(UNPLUGGED, False)
    device.open().unwrap()
    device.close()


@pytest.mark.parametrize("kind", DRILLS)
def test_unplugged_from_the_start(devices: dict[str, Device], kind: str) -> None:
    device = devices[kind]
    assert isinstance(device, EmulatedDevice)
    device.drill(UNPLUGGED, True)
    assert device.open().outcome is Outcome.DISCONNECTED
    device.close()


def test_unplugged_while_a_card_is_read(devices: dict[str, Device]) -> None:
    reader = open_device("emulated://id-reader")
    assert isinstance(reader, EmulatedIdReader)
    reader.open().unwrap()
    threading.Timer(0.2, reader.drill, (UNPLUGGED, True)).start()
    assert reader.read_card(10).outcome is Outcome.DISCONNECTED
    reader.close()
    assert reader.emulator.path == NO_PORT


def test_a_jam_is_said_as_the_printer_says_it_and_ends(devices: dict[str, Device], tmp_path: Path) -> None:
    printer = devices["receipt_printer"]
    assert isinstance(printer, EmulatedReceiptPrinter)
    printer.open().unwrap()
    picture = np.zeros((40, 576, 3), np.uint8)
    printer.drill("jammed", True)
    reply = printer.print_picture(picture, "a")
    assert reply.outcome is Outcome.FAULT
    assert "卡纸" in reply.detail
    printer.drill("jammed", False)
    printer.print_picture(picture, "a").unwrap()
    printer.close()
    assert len(list((tmp_path / "r").iterdir())) == 1


def test_every_drill_is_a_fault_of_its_emulator(devices: dict[str, Device]) -> None:
    for kind, drills in DRILLS.items():
        device = devices[kind]
        assert isinstance(device, EmulatedDevice)
        assert {fault for fault in drills.values() if fault} <= device.emulator.faults.known


def test_an_unknown_drill_names_the_known(devices: dict[str, Device]) -> None:
    device = devices["printer"]
    assert isinstance(device, EmulatedDevice)
    with pytest.raises(BadInput) as told:
        device.drill("on-fire", True)
    assert UNPLUGGED in told.value.todo


def test_faults_of_a_host_are_switched_from_two_threads(tmp_path: Path) -> None:
    """A lesson ends one fault while an opening ends another: neither brings the other's back."""
    lesson, cable = SharedFaults(tmp_path), SharedFaults(tmp_path)
    start = threading.Barrier(2)

    def switch(faults: SharedFaults, name: str) -> None:
        start.wait()
        for _ in range(300):
            faults.set(name)
            faults.set(name, 0)

    threads = [
        threading.Thread(target=switch, args=(faults, name)) for faults, name in ((lesson, "hang"), (cable, "unplug"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not lesson.on("hang")
    assert not lesson.on("unplug")


def test_a_counted_fault_of_a_host_is_used_up(tmp_path: Path) -> None:
    lesson, host = SharedFaults(tmp_path), SharedFaults(tmp_path)
    lesson.set("poor", 2)
    assert [host.on("poor") for _ in range(3)] == [True, True, False]
    lesson.set("poor")
    assert host.on("poor")
    assert host.on("poor")
    lesson.clear()
    assert not host.on("poor")
