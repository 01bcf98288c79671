"""The ID reader's driver against the SAM emulator on a pseudo-terminal: every fault of line, reader and card."""

from __future__ import annotations

import os
import pty
import threading
import time
import tty
from collections.abc import Iterator

import pytest

from devices.drivers.identity.sdt import Pace, SdtReader, format_sam_id, serial_connection
from devices.drivers.identity.sdt_frames import Request, Response
from devices.emulators.identity.sam import SAM_ID_BYTES, SamEmulator, text_and_photo
from devices.emulators.people import demo_people
from devices.outcome import Outcome
from devices.registry import open_device

ZHANG = demo_people()["zhang-wei"].card
WANG = demo_people()["wang-ji"].card
# As at the counter, but quicker to give up.
PACE = Pace(poll=0.05, command=0.5, read=0.9)


@pytest.fixture
def sam() -> Iterator[SamEmulator]:
    emulator = SamEmulator()
    emulator.start()
    yield emulator
    emulator.stop()


@pytest.fixture
def reader(sam: SamEmulator) -> Iterator[SdtReader]:
    driver = SdtReader(f"sdt://{sam.path}", serial_connection(sam.path), pace=PACE)
    driver.open().unwrap()
    yield driver
    driver.close()


def test_the_reader_names_itself_by_its_sam(reader: SdtReader) -> None:
    expected = "居民身份证阅读机 SAM 05.03-20261121-0000000001-0020260002"
    assert reader.open().value == reader.probe().value == expected


def test_sam_number_is_little_endian() -> None:
    raw = bytes.fromhex("0500 0100 87 93 35 01 01000000 ffffffff")
    assert format_sam_id(raw) == "05.01-20288391-0000000001-4294967295"


@pytest.mark.parametrize("person", demo_people())
def test_every_layout_is_read(sam: SamEmulator, reader: SdtReader, person: str) -> None:
    card = demo_people()[person].card
    sam.place(card)
    reading = reader.read_card().unwrap()
    assert reading.card == card
    assert reading.photo_wlt == text_and_photo(card)[256:]
    assert len(reading.photo_wlt) == 1024
    assert reading.sam_id == format_sam_id(SAM_ID_BYTES)


def test_the_photo_is_kept_as_it_is(sam: SamEmulator, reader: SdtReader) -> None:
    # A photo that holds what looks like frames must not confuse the line.
    photo = (b"\xaa\xaa\xaa\x96\x69\x00\x04\x00\x00\x90\x94" * 100)[:1024]
    sam.place(WANG, photo)
    assert reader.read_card().unwrap().photo_wlt == photo


def test_card_after_card(sam: SamEmulator, reader: SdtReader) -> None:
    for card in (ZHANG, WANG, ZHANG):
        sam.place(card)
        assert reader.read_card().unwrap().card == card
        sam.remove()
        assert reader.read_card(0.1).outcome is Outcome.NOT_PRESENT


def test_a_card_that_comes_late_is_waited_for(sam: SamEmulator, reader: SdtReader) -> None:
    sam.place(ZHANG, after=0.5)
    assert reader.read_card(0.1).outcome is Outcome.NOT_PRESENT
    assert reader.read_card(10).unwrap().card == ZHANG


# What one disturbance does and what a lasting one does.
@pytest.mark.parametrize(
    ("fault", "once", "lasting"),
    [
        ("split", Outcome.OK, Outcome.OK),
        ("late", Outcome.OK, Outcome.OK),
        ("noise", Outcome.OK, Outcome.OK),
        ("split,noise,late", Outcome.OK, Outcome.OK),
        ("bad-checksum", Outcome.OK, Outcome.FAULT),
        ("wrong-length", Outcome.OK, Outcome.FAULT),
        ("half", Outcome.OK, Outcome.FAULT),
        ("silent", Outcome.OK, Outcome.TIMEOUT),
        ("hang", Outcome.TIMEOUT, Outcome.TIMEOUT),
        ("no-card", Outcome.OK, Outcome.NOT_PRESENT),
        ("sw-80", Outcome.OK, Outcome.NOT_PRESENT),
        ("sw-81", Outcome.OK, Outcome.UNREADABLE),
        ("sw-10", Outcome.OK, Outcome.FAULT),
        ("sw-11", Outcome.OK, Outcome.FAULT),
        ("sw-21", Outcome.FAULT, Outcome.FAULT),
        ("sw-23", Outcome.FAULT, Outcome.FAULT),
        ("sw-24", Outcome.FAULT, Outcome.FAULT),
        ("sw-31", Outcome.OK, Outcome.UNREADABLE),
        ("sw-32", Outcome.OK, Outcome.UNREADABLE),
        ("sw-33", Outcome.OK, Outcome.UNREADABLE),
        ("sw-40", Outcome.OK, Outcome.UNREADABLE),
        ("sw-41", Outcome.OK, Outcome.UNREADABLE),
        ("sw-47", Outcome.FAULT, Outcome.FAULT),
        ("sw-91", Outcome.OK, Outcome.UNREADABLE),
    ],
)
def test_faults(sam: SamEmulator, reader: SdtReader, fault: str, once: Outcome, lasting: Outcome) -> None:
    sam.place(WANG)
    sam.faults.set_all(",".join(f"{name}:1" for name in fault.split(",")))
    reply = reader.read_card(1.0)
    assert reply.outcome is once, reply.detail
    sam.faults.set_all(fault)
    reply = reader.read_card(1.0)
    assert reply.outcome is lasting, reply.detail
    assert bool(reply.detail) is not reply.ok
    sam.faults.clear()
    assert reader.read_card().unwrap().card == WANG


@pytest.mark.parametrize(
    ("fault", "outcome"), [("sw-60", Outcome.FAULT), ("sw-66", Outcome.FAULT), ("silent", Outcome.TIMEOUT)]
)
def test_a_sick_reader_does_not_open(sam: SamEmulator, fault: str, outcome: Outcome) -> None:
    sam.faults.set(fault)
    driver = SdtReader("sdt:x", serial_connection(sam.path), pace=PACE)
    assert driver.open().outcome is outcome
    assert driver.read_card().outcome is Outcome.DISCONNECTED
    sam.faults.clear()
    assert driver.open().ok
    driver.close()


@pytest.mark.parametrize("fault", ["sw-60", "silent", "bad-checksum", "half", "late"])
def test_probe_is_quick_and_honest(sam: SamEmulator, reader: SdtReader, fault: str) -> None:
    sam.faults.set(fault)
    begun = time.monotonic()
    outcome = reader.probe().outcome
    assert time.monotonic() - begun < 4  # 2 by contract, and a busy machine
    assert outcome is {"late": Outcome.OK, "silent": Outcome.TIMEOUT}.get(fault, Outcome.FAULT)


def test_the_late_answer_to_an_earlier_question_is_not_taken(sam: SamEmulator, reader: SdtReader) -> None:
    sam.place(ZHANG)
    # Later than the driver waits: each answer arrives while the next question is open.
    sam.late_seconds = PACE.command + 0.2
    sam.faults.set("late", 3)
    reply = reader.read_card(5.0)
    assert reply.unwrap().card == ZHANG


class SnatchingSam(SamEmulator):
    """Its cards are taken away while they are being selected or read."""

    def _answer(self, request: Request) -> Response:
        if request.parameter == self.snatched_at:
            self.remove()
        return super()._answer(request)

    snatched_at = 0x02


def test_a_card_taken_away_too_early_was_there() -> None:
    sam = SnatchingSam()
    sam.start()
    driver = SdtReader("sdt:x", serial_connection(sam.path), pace=PACE)
    driver.open().unwrap()
    sam.place(ZHANG)
    reply = driver.read_card(0.4)
    assert reply.outcome is Outcome.UNREADABLE
    assert "81" in reply.detail
    assert driver.read_card(0.1).outcome is Outcome.NOT_PRESENT
    driver.close()
    sam.stop()


def test_unplugged_in_the_middle_and_plugged_in_again(sam: SamEmulator, reader: SdtReader) -> None:
    sam.place(ZHANG)
    sam.faults.set("unplug")
    assert reader.read_card().outcome is Outcome.DISCONNECTED
    assert reader.read_card().outcome is Outcome.DISCONNECTED
    assert reader.probe().outcome is Outcome.DISCONNECTED
    sam.faults.clear()
    sam.stop()
    sam.start()
    again = SdtReader("sdt:x", serial_connection(sam.path), pace=PACE)
    again.open().unwrap()
    assert again.read_card().unwrap().card == ZHANG
    again.close()


def test_unplugged_while_waiting(sam: SamEmulator, reader: SdtReader) -> None:
    threading.Timer(0.2, sam.unplug).start()
    assert reader.read_card(30).outcome is Outcome.DISCONNECTED


@pytest.mark.parametrize("fault", ["no-card", "hang", "silent"])
def test_cancel_ends_every_wait(sam: SamEmulator, fault: str) -> None:
    driver = SdtReader("sdt:x", serial_connection(sam.path), pace=Pace(poll=0.2, command=30, read=30))
    driver.open().unwrap()
    sam.place(ZHANG)
    sam.faults.set(fault)
    threading.Timer(0.2, driver.cancel).start()
    begun = time.monotonic()
    assert driver.read_card(60).outcome is Outcome.CANCELLED
    assert time.monotonic() - begun < 10
    sam.faults.clear()
    assert driver.read_card().unwrap().card == ZHANG
    driver.close()


def test_the_port_belongs_to_one_program(sam: SamEmulator, reader: SdtReader) -> None:
    reply = SdtReader("sdt:x", serial_connection(sam.path)).open()
    assert reply.outcome is Outcome.BUSY
    assert "占用" in reply.detail
    assert reader.probe().ok


@pytest.mark.parametrize("port", ["/dev/ttyNoSuchPort", "/dev/null", "/"])
def test_a_port_that_is_none(port: str) -> None:
    reply = SdtReader("sdt:x", serial_connection(port)).open()
    assert reply.outcome is Outcome.DISCONNECTED
    assert reply.detail


def test_permission_refusal_in_the_clerks_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("serial.Serial", refuse)
    reply = SdtReader("sdt:x", serial_connection("/dev/ttyUSB0")).open()
    assert reply.outcome is Outcome.DISCONNECTED
    assert "dialout" in reply.detail


class ScriptedLine:
    """A line on which every question gets the same bytes."""

    def __init__(self, answers: dict[tuple[int, int], bytes]) -> None:
        self.master, self._slave = pty.openpty()
        tty.setraw(self._slave)
        self.path = os.ttyname(self._slave)
        self._answers = answers
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while (request := os.read(self.master, 100)) != b"end":
            os.write(self.master, self._answers[request[7], request[8]])

    def close(self) -> None:
        os.write(self._slave, b"end")
        self._thread.join()
        os.close(self._slave)
        os.close(self.master)


BASICS = {
    (0x11, 0xFF): Response(0x90).encode(),
    (0x12, 0xFF): Response(0x90, SAM_ID_BYTES).encode(),
    (0x20, 0x01): Response(0x9F, bytes(4)).encode(),
    (0x20, 0x02): Response(0x90, bytes(8)).encode(),
}


@pytest.mark.parametrize(
    ("data", "outcome"),
    [
        (b"\x01\x00\x04\x00" + text_and_photo(ZHANG), Outcome.OK),
        (b"\x01\x00\x00\x00" + text_and_photo(ZHANG, b""), Outcome.OK),
        (b"\x01\x00\x04\x00" + text_and_photo(ZHANG)[:-1], Outcome.UNREADABLE),
        (b"\x00\xff\x04\x01" + text_and_photo(ZHANG), Outcome.UNREADABLE),
        (b"\x01\x00\x04\x00" + bytes(1280), Outcome.UNREADABLE),
        (b"\x01\x00\x04\x00" + b"\xff" * 1280, Outcome.UNREADABLE),
        (bytes(20), Outcome.UNREADABLE),
        (b"", Outcome.FAULT),
    ],
)
def test_contents_that_are_no_card(data: bytes, outcome: Outcome) -> None:
    line = ScriptedLine(BASICS | {(0x30, 0x01): Response(0x90, data).encode()})
    driver = SdtReader("sdt:x", serial_connection(line.path), pace=PACE)
    driver.open().unwrap()
    reply = driver.read_card(2)
    assert reply.outcome is outcome, reply.detail
    driver.close()
    line.close()


def test_a_state_outside_the_standard_is_a_fault() -> None:
    line = ScriptedLine(BASICS | {(0x20, 0x01): Response(0x77).encode()})
    driver = SdtReader("sdt:x", serial_connection(line.path), pace=PACE)
    driver.open().unwrap()
    reply = driver.read_card()
    assert reply.outcome is Outcome.FAULT
    assert "77" in reply.detail
    driver.close()
    line.close()


def test_no_message_holds_what_the_card_says(
    sam: SamEmulator, reader: SdtReader, caplog: pytest.LogCaptureFixture
) -> None:
    sam.place(ZHANG)
    caplog.set_level("DEBUG")
    details = [reader.read_card().detail]
    for fault in ("sw-33", "bad-checksum", "unplug"):
        sam.faults.clear()
        sam.faults.set(fault)
        details.append(reader.read_card(0.2).detail)
    for secret in (ZHANG.name, ZHANG.number, ZHANG.address):
        assert secret is not None
        assert secret not in caplog.text + "".join(details)


def test_uri_makes_the_driver(sam: SamEmulator) -> None:
    device = open_device(f"sdt://{sam.path}?baud=9600")
    assert device.open().ok
    device.close()
