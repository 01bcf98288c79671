"""Passport readers: zones over a serial line and from a camera's frames, chips over PC/SC."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import cv2
import numpy as np
import pytest

from app.domain.errors import BadInput
from devices.base import Picture
from devices.drivers.identity.apdu import command
from devices.drivers.identity.mrz_lines import ZoneBytes, find_zone
from devices.drivers.identity.passport import CameraPassportReader, PcscPassportReader, SerialPassportReader
from devices.emulators.identity.card_reader import CardReaderEmulator
from devices.emulators.identity.cards import EMRTD, emrtd_of
from devices.emulators.identity.driver import EmulatedPassportReader, PassportEmulator
from devices.emulators.identity.mrz_emulator import MrzEmulator, digit, passport_zone
from devices.emulators.people import demo_people
from devices.kinds.imaging import Camera
from devices.outcome import Outcome
from devices.registry import open_device

WANG = demo_people()["wang-ji"]
ZONE = passport_zone(WANG)
# The specimens of ICAO 9303-4, -5 and -6.
TD3 = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
TD2 = ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6")
TD1 = ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<")


@pytest.mark.parametrize("zone", [TD1, TD2, TD3, ZONE])
@pytest.mark.parametrize("end", ["\n", "\r\n", "", "\t", " \n"])
def test_zones_however_they_are_parted(zone: tuple[str, ...], end: str) -> None:
    assert find_zone(end.join(zone).replace("\t", "\n") + "\n") == zone


@pytest.mark.parametrize(
    "text",
    ["", "NO READ", TD3[0], "\n".join((*TD3, *TD3)), "\n".join(TD3)[:-1], "\n".join(TD1[:2]), "\n".join(reversed(TD3))],
)
def test_what_is_no_zone(text: str) -> None:
    assert find_zone(text) is None


def test_a_zone_ends_with_its_line_or_with_silence() -> None:
    zone = ZoneBytes()
    assert zone.feed(b"\x02" + TD3[0].encode() + b"\r\n", 0.0) is None
    assert zone.feed(TD3[1].encode(), 0.1) is None
    assert zone.settle(0.2) is None
    assert zone.settle(1.0) == TD3
    again = ZoneBytes()
    assert not again.begun
    assert again.settle(99.0) is None
    assert again.feed("\r".join(TD3).encode() + b"\r", 0.0) == TD3
    broken = ZoneBytes()
    broken.feed(b"P<UTO", 0.0)
    assert broken.settle(1.0) == ""


def test_made_up_passports_have_right_check_digits() -> None:
    # Against ICAO's own specimen: the rule, and then what we make with it.
    assert digit(TD3[1][:9]) == TD3[1][9]
    assert digit(TD3[1][:10] + TD3[1][13:20] + TD3[1][21:43]) == TD3[1][43]
    for person in demo_people().values():
        first, second = passport_zone(person)
        assert (len(first), len(second)) == (44, 44)
        assert digit(second[:10] + second[13:20] + second[21:43]) == second[43]
        assert find_zone(f"{first}\n{second}\n") == (first, second)


@pytest.fixture
def swipe() -> Iterator[MrzEmulator]:
    emulator = MrzEmulator()
    emulator.start()
    yield emulator
    emulator.stop()


@pytest.fixture
def reader(swipe: MrzEmulator) -> Iterator[SerialPassportReader]:
    driver = SerialPassportReader("mrz+serial:x", swipe.path)
    driver.open().unwrap()
    yield driver
    driver.close()


@pytest.mark.parametrize("fault", ["", "split", "bare", "framed"])
@pytest.mark.parametrize("zone", [TD1, TD2, TD3])
def test_zones_over_the_line(
    swipe: MrzEmulator, reader: SerialPassportReader, fault: str, zone: tuple[str, ...]
) -> None:
    swipe.faults.set_all(fault)
    swipe.lay(zone, after=0.2)
    assert reader.read_zone(10).unwrap().lines == zone


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        ("garbage", Outcome.UNREADABLE),
        ("half", Outcome.UNREADABLE),
        ("babble", Outcome.UNREADABLE),
        ("no-card", Outcome.NOT_PRESENT),
        ("unplug", Outcome.DISCONNECTED),
    ],
)
def test_zone_faults(swipe: MrzEmulator, reader: SerialPassportReader, fault: str, outcome: Outcome) -> None:
    swipe.faults.set(fault)
    swipe.lay(ZONE, after=0.1)
    reply = reader.read_zone(0.6)
    assert reply.outcome is outcome, reply
    assert reply.detail


def test_what_came_unasked_is_not_the_next_persons(swipe: MrzEmulator, reader: SerialPassportReader) -> None:
    swipe.lay(TD3)
    time.sleep(0.3)
    swipe.lay(ZONE, after=0.3)
    assert reader.read_zone(10).unwrap().lines == ZONE


def test_cancelled_and_unplugged_in_the_wait(swipe: MrzEmulator, reader: SerialPassportReader) -> None:
    timer = threading.Timer(0.2, reader.cancel)
    timer.start()
    assert reader.read_zone(60).outcome is Outcome.CANCELLED
    timer.join()
    timer = threading.Timer(0.2, swipe.unplug)
    timer.start()
    assert reader.read_zone(60).outcome is Outcome.DISCONNECTED
    timer.join()
    assert reader.probe().outcome is Outcome.DISCONNECTED


def test_a_reader_without_a_chip_says_so(reader: SerialPassportReader) -> None:
    assert not reader.has_chip
    assert reader.connect_card(0.1).outcome is Outcome.NOT_PRESENT
    assert reader.transmit(command(0x84, 0, 0, le=8)).outcome is Outcome.NOT_PRESENT
    reader.release_card()


@pytest.fixture
def whole() -> Iterator[EmulatedPassportReader]:
    device = open_device("emulated://passport-reader")
    assert isinstance(device, EmulatedPassportReader)
    device.open().unwrap()
    yield device
    device.close()


def test_both_halves(whole: EmulatedPassportReader) -> None:
    whole.emulator.lay(WANG, after=0.2)
    assert whole.read_zone(10).unwrap().lines == ZONE
    whole.connect_card(5).unwrap()
    assert whole.transmit(command(0xA4, 4, 0x0C, EMRTD)).unwrap().status == 0x9000
    assert whole.transmit(command(0xB0, 0x81, 0, le=256)).unwrap().status == 0x6982
    whole.release_card()
    whole.emulator.remove()
    assert whole.connect_card(0.1).outcome is Outcome.NOT_PRESENT


def test_a_lost_chip_reader_leaves_the_zone_readable() -> None:
    emulator = PassportEmulator()
    emulator.start()
    reader = SerialPassportReader("mrz+serial:x", emulator.zones.path, chip="", api=emulator.chips.api)
    reader.open().unwrap()
    emulator.chips.place(emrtd_of(ZONE))
    reader.connect_card().unwrap()
    emulator.chips.stop()
    assert reader.transmit(command(0x84, 0, 0, le=8)).outcome is Outcome.DISCONNECTED
    emulator.zones.lay(TD1, after=0.2)
    assert reader.read_zone(10).unwrap().lines == TD1
    emulator.chips.start()
    emulator.chips.place(emrtd_of(ZONE))
    assert reader.connect_card().ok
    reader.close()
    emulator.stop()


def test_a_chip_that_an_access_protocol_opened_gives_its_files() -> None:
    emulator = CardReaderEmulator()
    emulator.start()
    chip = emrtd_of(ZONE)
    emulator.place(chip)
    reader = PcscPassportReader("pcsc-passport:", "", api=emulator.api)
    reader.open().unwrap()
    assert reader.read_zone(0.1).outcome is Outcome.NOT_PRESENT
    reader.connect_card().unwrap()
    reader.transmit(command(0xA4, 4, 0x0C, EMRTD)).unwrap()
    chip.open_files = True
    content = reader.transmit(command(0xB0, 0x81, 0, le=256)).unwrap().data
    assert content.endswith("".join(ZONE).encode())
    # A reset closes it again.
    reader.connect_card().unwrap()
    reader.transmit(command(0xA4, 4, 0x0C, EMRTD)).unwrap()
    assert reader.transmit(command(0xB0, 0x81, 0, le=256)).unwrap().status == 0x6982
    reader.close()
    assert reader.read_zone(0.1).outcome is Outcome.DISCONNECTED
    emulator.stop()


@pytest.fixture
def camera(tmp_path: Path) -> Camera:
    (tmp_path / "p.png").write_bytes(cv2.imencode(".png", np.full((48, 64, 3), 7, np.uint8))[1].tobytes())
    device = open_device(f"file:{tmp_path}/p.png?loop=1")
    assert isinstance(device, Camera)
    return device


def test_a_camera_and_a_finder_are_a_reader(camera: Camera) -> None:
    seen: list[int] = []

    def finder(picture: Picture) -> tuple[str, ...] | None:
        seen.append(int(picture[0, 0, 0]))
        return {1: None, 2: ("NO", "ZONE")}.get(len(seen), TD1)

    reader = CameraPassportReader("x:", camera, finder)
    assert reader.read_zone(0.1).outcome is Outcome.DISCONNECTED
    reader.open().unwrap()
    assert reader.probe().ok
    assert reader.read_zone(10).unwrap().lines == TD1
    assert seen == [7, 7, 7]
    reader.close()
    assert reader.connect_card(0.1).outcome is Outcome.DISCONNECTED


def test_a_camera_of_the_settings_waits_for_who_finds_the_zone(tmp_path: Path, camera: Camera) -> None:
    device = open_device(f"mrz+camera:?camera={quote(camera.uri, safe='')}")
    assert isinstance(device, CameraPassportReader)
    device.open().unwrap()
    assert device.probe().ok
    reply = device.read_zone(1.0)
    assert reply.outcome is Outcome.NOT_PRESENT
    assert "Shift+F2" in reply.detail
    device.attach(lambda _: TD1)
    assert device.read_zone(10).unwrap().lines == TD1
    device.close()


def test_a_camera_that_sees_no_zone(camera: Camera) -> None:
    reader = CameraPassportReader("x:", camera, lambda _: None)
    reader.open().unwrap()
    assert reader.read_zone(2.0).outcome is Outcome.NOT_PRESENT
    timer = threading.Timer(0.2, reader.cancel)
    timer.start()
    assert reader.read_zone(60).outcome is Outcome.CANCELLED
    timer.join()
    reader.close()


@pytest.mark.parametrize(
    "uri",
    [
        "mrz+serial:///dev/ttyUSB0?baud=115200",
        "mrz+serial:COM4?chip=ACS",
        "pcsc-passport:1",
        "mrz+camera:?camera=v4l2:///dev/video2&chip=ACS",
    ],
)
def test_uris(uri: str) -> None:
    device = open_device(uri)
    assert isinstance(device, (SerialPassportReader, PcscPassportReader, CameraPassportReader))
    assert device.has_chip is ("baud" not in uri)


@pytest.mark.parametrize(
    "uri",
    [
        "mrz+serial:",
        "mrz+serial:///dev/x?baud=300",
        "mrz+serial:///dev/x?baud=9601",
        "mrz+serial:///dev/x?zone=1",
        "mrz+camera:",
        "mrz+camera:?camera=mrz%2Bserial:///dev/x",
        "pcsc-passport:?chip=1",
        "emulated://passport-reader?person=nobody",
        "emulated://smart-card?card=bank",
        "emulated://smart-card?vpcd=0",
        "emulated://id-reader-usb?fault=nothing",
    ],
)
def test_malformed_uris(uri: str) -> None:
    with pytest.raises(BadInput):
        open_device(uri)
