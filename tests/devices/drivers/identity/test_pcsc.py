"""The PC/SC driver on cards behind a real pcscd with vpcd, and behind the service that stands in for it in this
process; what only the latter can do (lose the reader, be held by others) on it alone."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from pcscd_kit import PrivatePcscd, need_pcscd

from app.domain.errors import BadInput
from devices.drivers.identity import pcsc_api
from devices.drivers.identity.apdu import command
from devices.drivers.identity.pcsc import PcscSmartCard
from devices.emulators.identity.card_reader import READER, VPCD_READER, CardReaderEmulator
from devices.emulators.identity.cards import EMRTD, SSSE, Psam, SocialCard, emrtd_of
from devices.emulators.identity.mrz_emulator import passport_zone
from devices.emulators.people import demo_people
from devices.outcome import Outcome
from devices.registry import open_device

WANG = demo_people()["wang-ji"]
CHALLENGE = command(0x84, 0, 0, le=8)
SELECT_SSSE = command(0xA4, 4, 0, SSSE, le=256)


@pytest.fixture(scope="module")
def pcscd() -> Iterator[PrivatePcscd]:
    need_pcscd()
    service = PrivatePcscd()
    service.start()
    yield service
    service.stop()


@pytest.fixture(params=["pcscd", "in-process"])
def emulator(request: pytest.FixtureRequest) -> Iterator[CardReaderEmulator]:
    made = CardReaderEmulator(request.getfixturevalue("pcscd").port if request.param == "pcscd" else None)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def service() -> Iterator[CardReaderEmulator]:
    made = CardReaderEmulator()
    made.start()
    yield made
    made.stop()


def driver(emulator: CardReaderEmulator, **options: Any) -> PcscSmartCard:
    made = PcscSmartCard("pcsc:", options.pop("which", emulator.which), api=emulator.api, **options)
    made.open().unwrap()
    return made


@pytest.fixture
def reader(emulator: CardReaderEmulator) -> Iterator[PcscSmartCard]:
    made = driver(emulator)
    yield made
    made.close()


def test_it_names_itself_and_sees_the_card(emulator: CardReaderEmulator, reader: PcscSmartCard) -> None:
    assert reader.open().value in (READER, VPCD_READER)
    assert "无卡" in reader.probe().unwrap()
    emulator.place(Psam())
    deadline = time.monotonic() + 20
    while "有卡" not in reader.probe().unwrap():
        assert time.monotonic() < deadline
    assert reader.connect_card(20).unwrap() == Psam.atr
    assert len(reader.transmit(CHALLENGE).unwrap().data) == 8


def test_a_card_that_comes_is_waited_for_and_one_that_stays_away_is_not_there(
    emulator: CardReaderEmulator, reader: PcscSmartCard
) -> None:
    assert reader.connect_card(0.2).outcome is Outcome.NOT_PRESENT
    assert reader.transmit(CHALLENGE).outcome is Outcome.NOT_PRESENT
    emulator.place(Psam(), after=0.4)
    assert reader.connect_card(20).unwrap() == Psam.atr


def test_card_after_card(emulator: CardReaderEmulator, reader: PcscSmartCard) -> None:
    for chip in (Psam(), SocialCard(WANG.card), Psam()):
        emulator.place(chip)
        deadline = time.monotonic() + 20
        while (atr := reader.connect_card(20).value) != chip.atr:
            assert time.monotonic() < deadline, atr
        reader.release_card()


def test_announced_answers_are_fetched_and_wrong_wishes_corrected(
    emulator: CardReaderEmulator, reader: PcscSmartCard
) -> None:
    emulator.place(SocialCard(WANG.card))
    reader.connect_card(20).unwrap()
    chosen = reader.transmit(SELECT_SSSE).unwrap()
    assert chosen.status == 0x9000
    assert SSSE in chosen.data
    assert reader.transmit(command(0xA4, 2, 0, b"\xef\x06")).unwrap().status == 0x9000
    record = reader.transmit(command(0xB2, 1, 4, le=256)).unwrap()
    assert (record.status, record.data[2:]) == (0x9000, b"330503195809230421")
    # A status word that says no is an answer.
    assert reader.transmit(command(0xB2, 99, 4, le=256)).unwrap().status == 0x6A83


def test_long_answers_to_extended_commands(emulator: CardReaderEmulator, reader: PcscSmartCard) -> None:
    chip = emrtd_of(passport_zone(WANG))
    chip.access = bytes(range(256)) * 5
    emulator.place(chip)
    reader.connect_card(20).unwrap()
    assert reader.transmit(command(0xA4, 2, 0x0C, b"\x01\x1c")).unwrap().status == 0x9000
    assert reader.transmit(command(0xB0, 0, 0, le=1280)).unwrap().data == chip.access
    assert reader.transmit(command(0xB0, 4, 0, le=256)).unwrap().data == bytes(range(256))


def test_a_passport_keeps_its_files_to_itself(emulator: CardReaderEmulator, reader: PcscSmartCard) -> None:
    emulator.place(emrtd_of(passport_zone(WANG)))
    reader.connect_card(20).unwrap()
    assert reader.transmit(command(0xA4, 4, 0x0C, EMRTD)).unwrap().status == 0x9000
    assert reader.transmit(command(0xA4, 2, 0x0C, b"\x01\x01")).unwrap().status == 0x6982
    assert reader.transmit(command(0xB0, 0x81, 0, le=256)).unwrap().status == 0x6982
    assert len(reader.transmit(CHALLENGE).unwrap().data) == 8
    assert reader.transmit(command(0x82, 0, 0, bytes(40), le=40)).unwrap().status == 0x6300


def test_a_connected_card_begins_anew(emulator: CardReaderEmulator, reader: PcscSmartCard) -> None:
    emulator.place(SocialCard(WANG.card))
    reader.connect_card(20).unwrap()
    reader.transmit(SELECT_SSSE).unwrap()
    reader.connect_card(20).unwrap()
    assert reader.transmit(command(0xB2, 1, 0x34, le=256)).unwrap().status == 0x6986


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        ("taken", Outcome.NOT_PRESENT),
        ("half", Outcome.FAULT),
        ("hang", Outcome.TIMEOUT),
    ],
)
def test_what_goes_wrong_with_a_connected_card(
    emulator: CardReaderEmulator, reader: PcscSmartCard, fault: str, outcome: Outcome
) -> None:
    emulator.place(SocialCard(WANG.card))
    reader.connect_card(20).unwrap()
    emulator.faults.set(fault)
    begun = time.monotonic()
    reply = reader.transmit(SELECT_SSSE, 1.5 if fault == "hang" else 20)
    # A broken answer is pcscd's to judge: it may call the card dead before we do.
    assert reply.outcome is outcome or (fault == "half" and reply.outcome is Outcome.UNREADABLE), reply
    assert time.monotonic() - begun < 15
    # The card is let go of: nothing goes on in the middle.
    assert reader.transmit(SELECT_SSSE).outcome in (Outcome.NOT_PRESENT, Outcome.DISCONNECTED)
    emulator.faults.clear()
    emulator.stop()
    emulator.start()
    emulator.place(Psam())
    deadline = time.monotonic() + 30
    while not reader.connect_card(5).ok:
        reader.open()
        assert time.monotonic() < deadline


def test_a_mute_card_is_there_and_not_readable(emulator: CardReaderEmulator, reader: PcscSmartCard) -> None:
    emulator.faults.set("mute")
    emulator.place(Psam())
    reply = reader.connect_card(1)
    # vpcd knows no mute card: one without an ATR is none to it.
    expected = Outcome.UNREADABLE if emulator.which == READER else Outcome.NOT_PRESENT
    assert reply.outcome is expected, reply


def test_slow_is_not_dead(emulator: CardReaderEmulator, reader: PcscSmartCard) -> None:
    emulator.place(Psam())
    reader.connect_card(20).unwrap()
    emulator.faults.set("slow")
    assert reader.transmit(CHALLENGE, 20).ok


@pytest.mark.parametrize("word", ["6982", "6f00", "6a82"])
def test_status_words_are_answers(emulator: CardReaderEmulator, reader: PcscSmartCard, word: str) -> None:
    emulator.place(Psam())
    reader.connect_card(20).unwrap()
    emulator.faults.set(f"sw-{word}")
    assert reader.transmit(CHALLENGE).unwrap().status == int(word, 16)


def test_alone_means_alone(emulator: CardReaderEmulator) -> None:
    emulator.place(Psam())
    first, second = driver(emulator, exclusive=True), driver(emulator)
    first.connect_card(20).unwrap()
    assert second.connect_card(2).outcome is Outcome.BUSY
    first.release_card()
    second.connect_card(20).unwrap()
    first.close()
    second.close()


def test_nobody_comes_in_between(emulator: CardReaderEmulator) -> None:
    emulator.place(Psam())
    first, second = driver(emulator), driver(emulator)
    first.connect_card(20).unwrap()
    assert second.connect_card(1.2).outcome is Outcome.BUSY
    assert first.transmit(CHALLENGE).ok
    first.close()
    second.connect_card(20).unwrap()
    assert second.transmit(CHALLENGE).ok
    second.close()


@pytest.mark.parametrize("busy", ["wait", "transmit"])
def test_cancelled_from_another_thread(emulator: CardReaderEmulator, reader: PcscSmartCard, busy: str) -> None:
    if busy == "transmit":
        emulator.place(Psam())
        reader.connect_card(20).unwrap()
        emulator.faults.set("hang")
    timer = threading.Timer(0.3, reader.cancel)
    timer.start()
    begun = time.monotonic()
    reply = reader.transmit(CHALLENGE, 60) if busy == "transmit" else reader.connect_card(60)
    assert reply.outcome is Outcome.CANCELLED
    assert time.monotonic() - begun < 20
    timer.join()


def test_a_service_that_ends_is_noticed_and_found_again(pcscd: PrivatePcscd) -> None:
    emulator = CardReaderEmulator(pcscd.port)
    emulator.start()
    emulator.place(Psam())
    reader = driver(emulator)
    reader.connect_card(20).unwrap()
    pcscd.stop()
    assert reader.transmit(CHALLENGE).outcome is Outcome.DISCONNECTED
    assert reader.open().outcome is Outcome.DISCONNECTED
    pcscd.start()
    deadline = time.monotonic() + 30
    while not reader.open().ok:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert reader.connect_card(20).unwrap() == Psam.atr
    reader.close()
    emulator.stop()


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [("reader-gone", Outcome.DISCONNECTED), ("no-service", Outcome.DISCONNECTED), ("claimed", Outcome.BUSY)],
)
def test_reader_and_service_troubles(service: CardReaderEmulator, fault: str, outcome: Outcome) -> None:
    service.place(Psam())
    reader = driver(service)
    service.faults.set(fault)
    assert reader.connect_card(0.5).outcome is outcome
    assert reader.probe().outcome is (Outcome.OK if fault == "claimed" else Outcome.DISCONNECTED)
    service.faults.clear()
    reader.open().unwrap()
    reader.connect_card().unwrap()
    reader.close()


def test_the_reader_is_pulled_in_the_wait(service: CardReaderEmulator) -> None:
    reader = driver(service)
    timer = threading.Timer(0.3, service.stop)
    timer.start()
    assert reader.connect_card(60).outcome is Outcome.DISCONNECTED
    timer.join()
    assert reader.open().outcome is Outcome.DISCONNECTED
    service.start()
    reader.open().unwrap()


class Many:
    """A service with several readers."""

    def __init__(self, names: list[str]) -> None:
        self.names = names

    def SCardEstablishContext(self, scope: int) -> Any:
        return [0, 1]

    def SCardReleaseContext(self, context: int) -> Any:
        return 0

    def SCardListReaders(self, context: int, groups: list[str]) -> Any:
        return [0, self.names] if self.names else [-2146435026, []]  # E_NO_READERS_AVAILABLE, as pyscard writes it


NAMES = [
    "ACS ACR39U ICC Reader 00 00",
    "HID OMNIKEY 5422 [OMNIKEY 5422 Smartcard Reader] 01 00",
    "HID OMNIKEY 5422CL 01 01",
]


@pytest.mark.parametrize(
    ("which", "name"),
    [("", NAMES[0]), ("1", NAMES[1]), ("acr39", NAMES[0]), ("5422cl", NAMES[2]), (NAMES[1], NAMES[1])],
)
def test_which_reader(which: str, name: str) -> None:
    assert PcscSmartCard("pcsc:", which, api=lambda: Many(NAMES)).open().value == name  # type: ignore[arg-type,return-value]


@pytest.mark.parametrize(("which", "names"), [("", []), ("3", NAMES), ("gemalto", NAMES), ("omnikey", NAMES)])
def test_no_such_reader(which: str, names: list[str]) -> None:
    reply = PcscSmartCard("pcsc:", which, api=lambda: Many(names)).open()  # type: ignore[arg-type,return-value]
    assert reply.outcome is Outcome.DISCONNECTED
    assert ("多个" in reply.detail) is (which == "omnikey")


def test_an_answer_without_end_is_cut(service: CardReaderEmulator) -> None:
    class Endless(Psam):
        def answer(self, command: bytes) -> bytes:
            return b"\x00\x61\x01"

    service.place(Endless())
    reader = driver(service)
    reader.connect_card().unwrap()
    assert reader.transmit(CHALLENGE, 60).outcome is Outcome.FAULT
    reader.close()


def test_a_missing_library_costs_the_light_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "smartcard", None)
    reply = open_device("pcsc:").open()
    assert (reply.outcome, "pcscd" in reply.detail) == (Outcome.FAULT, True)


def test_codes_that_nobody_foresaw_are_faults_and_shown() -> None:
    failure = pcsc_api.failure(0x80100001)
    assert failure.outcome is Outcome.FAULT
    assert "80100001" in failure.detail


def test_no_command_is_a_defect_of_the_caller(service: CardReaderEmulator) -> None:
    service.place(Psam())
    reader = driver(service)
    reader.connect_card().unwrap()
    with pytest.raises(ValueError, match="command"):
        reader.transmit(b"\x00")
    reader.close()


@pytest.mark.parametrize("uri", ["pcsc:", "pcsc:0", "pcsc:ACS ACR39U 00 00?exclusive=1", "pcsc://acs"])
def test_uris(uri: str) -> None:
    assert isinstance(open_device(uri), PcscSmartCard)


@pytest.mark.parametrize("uri", ["pcsc:?exclusive=2", "pcsc:?reader=1", "pcsc://acs:80", "pcsc:" + "x" * 201])
def test_malformed_uris(uri: str) -> None:
    with pytest.raises(BadInput):
        open_device(uri)
