"""The ID reader's driver over USB bulk against the SAM emulator behind a pyusb back end."""

from __future__ import annotations

import errno
import sys
import threading
from collections.abc import Iterator

import pytest
import usb.core

from app.domain.errors import BadInput
from devices.drivers.identity.sdt import Pace, SdtReader, format_sam_id
from devices.drivers.identity.sdt_usb import HEAD_IN, REST_IN, UsbConnection
from devices.emulators.identity.sam import SAM_ID_BYTES, text_and_photo
from devices.emulators.identity.sam_usb import FAULTS, UsbSamEmulator
from devices.emulators.people import demo_people
from devices.outcome import Outcome
from devices.registry import open_device

WANG = demo_people()["wang-ji"].card
PACE = Pace(poll=0.05, command=0.5, read=0.9)


@pytest.fixture
def sam() -> Iterator[UsbSamEmulator]:
    emulator = UsbSamEmulator()
    emulator.start()
    yield emulator
    emulator.stop()


@pytest.fixture
def reader(sam: UsbSamEmulator) -> Iterator[SdtReader]:
    driver = SdtReader("sdt+usb:", UsbConnection(backend=sam.backend), PACE)
    driver.open().unwrap()
    yield driver
    driver.close()


@pytest.mark.parametrize("person", demo_people())
def test_every_layout_is_read(sam: UsbSamEmulator, reader: SdtReader, person: str) -> None:
    card = demo_people()[person].card
    sam.place(card)
    reading = reader.read_card().unwrap()
    assert (reading.card, reading.photo_wlt) == (card, text_and_photo(card)[256:])
    assert reading.sam_id == format_sam_id(SAM_ID_BYTES)


def test_heads_and_rests_come_from_their_own_endpoints(sam: UsbSamEmulator, monkeypatch: pytest.MonkeyPatch) -> None:
    came: list[tuple[int, int]] = []
    real = sam.backend.bulk_read

    def listen(handle: object, ep: int, intf: int, buff: object, timeout: int) -> int:
        size = real(handle, ep, intf, buff, timeout)
        came.append((ep, size))
        return size

    monkeypatch.setattr(sam.backend, "bulk_read", listen)
    driver = SdtReader("sdt+usb:", UsbConnection(backend=sam.backend), PACE)
    driver.open().unwrap()
    driver.close()
    total = {end: sum(size for ep, size in came if ep == end) for end in (HEAD_IN, REST_IN)}
    # Status: 4 bytes after its head; SAM number: 20.
    assert total == {HEAD_IN: 14, REST_IN: 24}


@pytest.mark.parametrize("fault", ["short", "split", "late", "noise", "stall:1", "bad-checksum:1", "refuse-writes:1"])
def test_what_a_second_try_or_patience_mends(sam: UsbSamEmulator, fault: str) -> None:
    driver = SdtReader("sdt+usb:", UsbConnection(backend=sam.backend), Pace(poll=0.05, command=1.5, read=5))
    driver.open().unwrap()
    sam.place(WANG)
    sam.faults.set_all(fault)
    assert driver.read_card(5).unwrap().card == WANG
    driver.close()


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        ("stall", Outcome.TIMEOUT),
        ("refuse-writes", Outcome.TIMEOUT),
        ("silent", Outcome.TIMEOUT),
        ("bad-checksum", Outcome.FAULT),
        ("half", Outcome.FAULT),
        ("sw-41", Outcome.UNREADABLE),
        ("no-card", Outcome.NOT_PRESENT),
        ("unplug", Outcome.DISCONNECTED),
    ],
)
def test_what_lasts_is_said(sam: UsbSamEmulator, reader: SdtReader, fault: str, outcome: Outcome) -> None:
    assert fault in FAULTS
    sam.place(WANG)
    sam.faults.set(fault)
    reply = reader.read_card(0.3)
    assert reply.outcome is outcome, reply.detail


@pytest.mark.parametrize(
    ("fault", "outcome", "words"), [("claimed", Outcome.BUSY, "占用"), ("denied", Outcome.DISCONNECTED, "权限")]
)
def test_refused_at_the_door(sam: UsbSamEmulator, fault: str, outcome: Outcome, words: str) -> None:
    driver = SdtReader("sdt+usb:", UsbConnection(backend=sam.backend), PACE)
    sam.faults.set(fault)
    reply = driver.open()
    assert (reply.outcome, words in reply.detail) == (outcome, True)
    sam.faults.clear()
    driver.open().unwrap()
    driver.close()


def test_two_programs_do_not_share_it(sam: UsbSamEmulator, reader: SdtReader) -> None:
    other = SdtReader("sdt+usb:", UsbConnection(backend=sam.backend), PACE)
    assert other.open().outcome is Outcome.BUSY
    reader.close()
    other.open().unwrap()
    other.close()


def test_unplugged_in_the_wait_and_plugged_in_again(sam: UsbSamEmulator, reader: SdtReader) -> None:
    timer = threading.Timer(0.2, sam.unplug)
    timer.start()
    assert reader.read_card(20).outcome is Outcome.DISCONNECTED
    timer.join()
    assert reader.probe().outcome is Outcome.DISCONNECTED
    assert reader.open().outcome is Outcome.DISCONNECTED
    sam.stop()
    sam.start()
    sam.place(WANG)
    reader.open().unwrap()
    assert reader.read_card().unwrap().card == WANG


def test_nobody_on_the_bus() -> None:
    empty = UsbSamEmulator()
    for number in (1, 2):
        reply = SdtReader("sdt+usb:", UsbConnection(number=number, backend=empty.backend)).open()
        assert reply.outcome is Outcome.DISCONNECTED
    empty.start()
    assert SdtReader("x:", UsbConnection(number=2, backend=empty.backend)).open().outcome is Outcome.DISCONNECTED
    assert SdtReader("x:", UsbConnection(product=1, backend=empty.backend)).open().outcome is Outcome.DISCONNECTED
    empty.stop()


def test_a_missing_library_costs_the_light_only(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(**_: object) -> None:
        raise usb.core.NoBackendError("No backend available")

    monkeypatch.setattr(usb.core, "find", none)
    reply = open_device("sdt+usb:").open()
    assert (reply.outcome, "libusb" in reply.detail) == (Outcome.FAULT, True)
    monkeypatch.setitem(sys.modules, "usb.core", None)
    assert open_device("sdt+usb:").open().outcome is Outcome.FAULT


def test_the_bus_itself_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_: object) -> None:
        raise usb.core.USBError("Input/output error", None, errno.EIO)

    monkeypatch.setattr(usb.core, "find", broken)
    assert open_device("sdt+usb:").open().outcome is Outcome.DISCONNECTED


@pytest.mark.parametrize("uri", ["sdt+usb:", "sdt+usb:0400:C35A", "sdt+usb:0400:c35a?number=3"])
def test_uris(uri: str) -> None:
    device = open_device(uri)
    assert isinstance(device, SdtReader)
    assert device.uri == uri


@pytest.mark.parametrize("uri", ["sdt+usb:0400", "sdt+usb://host/", "sdt+usb:?number=0", "sdt+usb:?baud=9600"])
def test_malformed_uris(uri: str) -> None:
    with pytest.raises(BadInput):
        open_device(uri)
