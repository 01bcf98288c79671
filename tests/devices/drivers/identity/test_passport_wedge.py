"""Zones that a reader types, told from a person's typing and from a code scanner's codes at the same window."""

from __future__ import annotations

import select
import threading
from collections.abc import Callable

import pytest

from app.domain.errors import BadInput
from devices.drivers.entry.scanner_wedge import WedgeScanner
from devices.drivers.entry.scanner_wedge import open_driver as open_scanner
from devices.drivers.entry.wedge_share import Typed, WedgeShare
from devices.drivers.entry.wedge_timing import Ended
from devices.drivers.identity.passport_wedge import GrabbedPassportReader, WedgePassportReader, open_driver, zone_like
from devices.emulators.identity.mrz_emulator import passport_zone
from devices.emulators.identity.mrz_keys import MrzKeysEmulator
from devices.emulators.people import demo_people
from devices.outcome import Outcome, Reply
from devices.registry import open_device

ZONE = passport_zone(demo_people()["wang-ji"])
CARD = ("CH<<<<<<<<<<<<<<<<<<<<<<<<<<<<", "C000000000<0CHN9001011F3101019", "LI<<NA<<<<<<<<<<<<<<<<<<<<<<<<")
PAUSE = 0.3


def reader(uri: str = "mrz+wedge:") -> WedgePassportReader:
    made = open_driver(uri)
    assert isinstance(made, WedgePassportReader)
    made.open()
    return made


def type_in(
    keys: Typed | WedgeShare, *lines: str, gap: float = 0.004, pause: float = 0.0, at: float = 10.0
) -> list[Ended]:
    """Lines with Enter behind each, as the window hears them; what each burst turned out to be."""
    ended = []
    timing = keys.timing if isinstance(keys, WedgePassportReader) else keys
    for line in lines:
        for char in line + "\r":
            if timing.over(at):  # type: ignore[union-attr]
                ended.append(keys.end())
            keys.press(char, at)
            at += gap
        at += pause
    ended.append(keys.end())
    return ended


def asked(device: WedgePassportReader, then: Callable[[], object], timeout: float = 20.0) -> Reply[tuple[str, ...]]:
    """read_zone, with `then` done once it waits."""
    timer = threading.Timer(0.5, then)
    timer.start()
    reply = device.read_zone(timeout)
    timer.join()
    return Reply(reply.outcome, reply.unwrap().lines if reply.ok else None, reply.detail)


@pytest.mark.parametrize("zone", [ZONE, CARD], ids=["passport", "card"])
@pytest.mark.parametrize("pause", [0.0, PAUSE], ids=["in one go", "line by line"])
def test_a_zone_typed_while_it_is_asked_for(zone: tuple[str, ...], pause: float) -> None:
    device = reader()
    ended: list[Ended] = []
    reply = asked(device, lambda: ended.extend(type_in(device, *zone, pause=pause)))
    assert reply.unwrap() == zone
    assert set(ended) == {Ended.CODE}
    assert len(ended) == (len(zone) if pause else 1)


def test_a_zone_without_line_ends_and_with_caps_lock() -> None:
    device = reader()
    assert asked(device, lambda: type_in(device, "".join(ZONE).lower())).unwrap() == ZONE


def test_nobody_asked_it_is_in_no_field_and_the_next_question_does_not_hear_it() -> None:
    device = reader()
    assert type_in(device, *ZONE) == [Ended.CODE]
    assert device.read_zone(0.1).outcome is Outcome.NOT_PRESENT


def test_half_a_zone_is_no_zone() -> None:
    device = reader()
    assert asked(device, lambda: type_in(device, ZONE[0])).outcome is Outcome.UNREADABLE


@pytest.mark.parametrize("gap", [0.06, 0.12])
def test_a_person_s_typing_goes_where_it_was_meant_to_go(gap: float) -> None:
    device = reader()
    assert set(type_in(device, *ZONE, gap=gap)) == {Ended.TYPED}
    assert device.read_zone(0.05).outcome is Outcome.NOT_PRESENT


@pytest.mark.parametrize("text", ["E12345678", "91330106MA2B0XYZ12", "HTTPS://ZZ.EXAMPLE/C", "~~??", "A<B12345"])
def test_what_is_no_zone_is_typed_on(text: str) -> None:
    """A scanner that no place was given to types into the field, as it always did."""
    assert type_in(reader(), text) == [Ended.TYPED]


def test_a_second_line_without_fillers_belongs_to_the_first() -> None:
    assert not zone_like(b"E12345678CHN9001011F3101019ABCDEFGHIJKLMN0\r")
    assert zone_like(b"E12345678CHN9001011F3101019ABCDEFGHIJKLMN0\r", begun=True)
    device = reader()
    second = "E123456784CHN9001011F3101019ABCDEFGHIJKLMN06"
    assert len(second) == 44
    assert asked(device, lambda: type_in(device, ZONE[0], second, pause=PAUSE)).unwrap() == (ZONE[0], second)
    assert type_in(device, second, at=900.0) == [Ended.TYPED], "alone it is nobody's zone"


def test_with_a_prefix_all_behind_it_is_the_reader_s() -> None:
    device = reader("mrz+wedge:?prefix=~")
    assert asked(device, lambda: type_in(device, "~NO READ")).outcome is Outcome.UNREADABLE
    assert type_in(device, ZONE[0]) == [Ended.TYPED], "without it nothing is held"
    assert asked(device, lambda: type_in(device, "~" + ZONE[0], ZONE[1])).unwrap() == ZONE


@pytest.mark.parametrize("prefix", ["", "~"])
def test_beside_a_code_scanner_each_hears_its_own(prefix: str) -> None:
    scanner = open_scanner(f"wedge:?prefix={prefix}")
    assert isinstance(scanner, WedgeScanner)
    scanner.open()
    device = reader()
    share = WedgeShare([device, scanner])
    assert asked(device, lambda: type_in(share, *ZONE)).unwrap() == ZONE
    assert scanner.read_code(0.05).outcome is Outcome.NOT_PRESENT
    reply = asked(device, lambda: type_in(share, prefix + "WX0320261121002"), timeout=0.5)
    assert reply.outcome is Outcome.NOT_PRESENT
    assert scanner.read_code(1).unwrap().text == "WX0320261121002"
    assert set(type_in(share, "zhang", gap=0.1)) == {Ended.TYPED}
    assert not share.holding


def test_a_reader_that_is_closed_hears_nothing() -> None:
    device = reader()
    share = WedgeShare([device])
    device.close()
    assert not share.listening
    assert not share.press("P", 1.0)
    assert device.read_zone(0.1).outcome is Outcome.DISCONNECTED


@pytest.mark.parametrize("uri", ["mrz+wedge:?gap=60", "mrz+wedge:?prefix=证", "mrz+wedge:?x=1"])
def test_a_rule_that_would_take_typing_is_refused(uri: str) -> None:
    with pytest.raises(BadInput):
        open_driver(uri)


def test_its_own_input_device_from_plugging_in_to_pulling_out() -> None:
    emulator = MrzKeysEmulator()
    emulator.start()
    try:
        device = GrabbedPassportReader("mrz+wedge:x", emulator.path, grab=False)
        assert device.open().ok
        emulator.lay(ZONE)
        with open(emulator.path, "rb") as pipe:  # typed while nobody asked: the pipe holds it
            assert select.select([pipe], [], [], 20)[0]
        assert device.read_zone(0.1).outcome is Outcome.NOT_PRESENT
        emulator.lay(CARD, after=0.1)
        assert device.read_zone(20).unwrap().lines == CARD
        emulator.unplug()
        assert device.read_zone(20).outcome is Outcome.DISCONNECTED
        assert device.probe().outcome is Outcome.DISCONNECTED
    finally:
        device.close()
        emulator.stop()


def test_what_is_no_input_device_says_so(tmp_path: object) -> None:
    assert open_driver(f"mrz+wedge://{tmp_path}/none").open().outcome is Outcome.DISCONNECTED


def test_the_chip_of_a_typing_reader_is_read_beside_it() -> None:
    device = open_device("emulated://passport-reader?person=wang-ji&wire=wedge")
    try:
        assert device.open().ok
        assert device.read_zone(20).unwrap().lines == ZONE  # type: ignore[attr-defined]
        assert device.connect_card(5).ok  # type: ignore[attr-defined]
    finally:
        device.close()
    with pytest.raises(BadInput):
        open_device("emulated://passport-reader?wire=x")
