"""The PIN pad on its emulator: digits never in the clear, faults of line, pad and person."""

from __future__ import annotations

import copy
import logging
import pickle
import threading
from collections.abc import Iterator

import pytest

from app.domain.errors import BadInput
from devices.drivers.entry.pinpad_frames import Command, Decoder, Message, digits_of, pin_block
from devices.drivers.entry.pinpad_serial import SerialPinPad, open_driver
from devices.emulators.entry.pinpad import NAME, PinPadEmulator
from devices.kinds.entry import Pin
from devices.outcome import Outcome

PIN = "739164"


@pytest.fixture
def pad() -> Iterator[PinPadEmulator]:
    emulator = PinPadEmulator()
    emulator.start()
    yield emulator
    emulator.stop()


@pytest.fixture
def driver(pad: PinPadEmulator) -> Iterator[SerialPinPad]:
    made = open_driver(f"pinpad+serial://{pad.path}?pad={pad.fingerprint}")
    assert made.open().unwrap() == NAME
    yield made
    made.close()


def test_the_digits_come_and_nothing_else_tells_them(
    pad: PinPadEmulator, driver: SerialPinPad, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for digits in (PIN, "000000", "739164739164"):
        pad.enter(digits)
        reply = driver.read_pin("请输入查询密码", 6, 12, 20)
        assert reply.unwrap().digits() == digits
        assert digits.encode() not in bytes(pad.wire)
        assert digits not in f"{reply!r} {reply} {reply.value!s} {driver.__dict__}" + caplog.text
    assert pad.prompt == "请输入查询密码"
    assert "请输入".encode() not in bytes(pad.wire), "what is asked is sealed too"


def test_short_and_long_pins_look_alike_on_the_wire(pad: PinPadEmulator, driver: SerialPinPad) -> None:
    def results() -> list[int]:
        return [len(m.data) for m in Decoder().feed(bytes(pad.wire)) if m.command == Command.ASK | 0x80]

    sizes = []
    for digits in ("1234", "123456789012"):
        del pad.wire[:]
        pad.enter(digits)
        assert driver.read_pin("", 4, 12, 20).ok
        sizes.append(results()[-1])
    assert sizes[0] == sizes[1]


def test_a_pin_is_not_printed_compared_by_luck_or_stored() -> None:
    pin = Pin(PIN)
    assert (str(pin), repr(pin), f"{pin}", len(pin)) == ("Pin(••••)", "Pin(••••)", "Pin(••••)", 6)
    assert pin == Pin(PIN)
    assert pin != Pin("739165")
    assert pin != PIN
    for keep in (pickle.dumps, copy.copy, copy.deepcopy, hash):
        with pytest.raises(TypeError):
            keep(pin)
    for wrong in ("", "12a4", "１２３４", "-1"):
        with pytest.raises(ValueError, match="digits only"):
            Pin(wrong)


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        ("mute", Outcome.TIMEOUT),
        ("idle", Outcome.NOT_PRESENT),
        ("busy", Outcome.BUSY),
        ("half", Outcome.FAULT),
        ("garbage", Outcome.FAULT),
        ("wrong-length", Outcome.FAULT),
        ("cancel", Outcome.DENIED_BY_USER),
        ("forged", Outcome.FAULT),
        ("tampered", Outcome.FAULT),
        ("unplug", Outcome.DISCONNECTED),
    ],
)
def test_faults_have_their_own_ends(pad: PinPadEmulator, driver: SerialPinPad, fault: str, outcome: Outcome) -> None:
    pad.faults.set(fault)
    pad.digits = PIN
    reply = driver.read_pin(timeout=1.0)
    assert reply.outcome is outcome
    assert PIN not in repr(reply)
    if fault == "unplug":
        return
    pad.faults.clear()
    assert driver.read_pin(timeout=20).unwrap().digits() == PIN, "and it works again"


def test_a_result_damaged_on_the_way_is_asked_for_again(pad: PinPadEmulator, driver: SerialPinPad) -> None:
    pad.faults.set("half-result", 1)
    pad.enter(PIN)
    assert driver.read_pin(timeout=20).unwrap().digits() == PIN


def test_too_few_digits_are_not_taken_by_the_pad(pad: PinPadEmulator, driver: SerialPinPad) -> None:
    pad.enter("123")
    pad.enter(PIN)
    assert driver.read_pin(timeout=20).unwrap().digits() == PIN


def test_who_gives_up_leaves_no_question_on_the_pad(pad: PinPadEmulator, driver: SerialPinPad) -> None:
    threading.Timer(0.4, driver.cancel).start()
    assert driver.read_pin(timeout=60).outcome is Outcome.CANCELLED
    assert driver.probe().ok
    assert not pad.asking


def test_another_pad_than_the_pinned_one_is_refused(pad: PinPadEmulator) -> None:
    other = open_driver(f"pinpad+serial://{pad.path}?pad=0123456789abcdef")
    assert other.open().ok
    pad.digits = PIN
    reply = other.read_pin(timeout=5)
    assert (reply.outcome, "登记" in reply.detail) == (Outcome.FAULT, True)
    assert not pad.asking, "it was not even asked"
    other.close()


@pytest.mark.parametrize(("shortest", "longest"), [(0, 6), (7, 6), (6, 13)])
def test_impossible_lengths_are_not_asked_for(driver: SerialPinPad, shortest: int, longest: int) -> None:
    assert driver.read_pin("", shortest, longest).outcome is Outcome.FAULT


def test_frames_survive_noise_and_pieces() -> None:
    frame = Message(Command.STATUS, 7, b"\x02\x00\x02").encode()
    stream = b"\x02\xff\xff\x00" + frame + b"\x02\x00\x02xx" + frame
    for step in (1, 2, 3, 64):
        decoder, found = Decoder(), []
        for at in range(0, len(stream), step):
            found += list(decoder.feed(stream[at : at + step]))
        assert [m.data for m in found] == [b"\x02\x00\x02"] * 2
        assert decoder.damaged


def test_pin_blocks() -> None:
    assert digits_of(pin_block("000123")) == "000123"
    for block in (b"", b"\x10" + bytes(15), b"\x02" + b"1x" + bytes(13), b"\x02" + b"123" + bytes(12)):
        with pytest.raises(ValueError, match="no PIN block"):
            digits_of(block)
    with pytest.raises(ValueError, match="too long"):
        pin_block("1" * 16)


@pytest.mark.parametrize("tail", ["?baud=1", "?pad=xyz", "?x=1"])
def test_malformed_addresses(tail: str) -> None:
    with pytest.raises(BadInput):
        open_driver(f"pinpad+serial:///dev/ttyS9{tail}")
