"""Social-security cards read through the real PC/SC driver, and cards that are none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.identity.social_card import PinCheck, SocialCard, read_social_card, verify_pin
from devices.drivers.identity.pcsc import PcscSmartCard
from devices.emulators.identity import cards
from devices.emulators.identity.card_reader import CardReaderEmulator
from devices.emulators.people import demo_people
from devices.outcome import Outcome

WANG = demo_people()["wang-ji"].card


@pytest.fixture
def emulator() -> Iterator[CardReaderEmulator]:
    made = CardReaderEmulator()
    made.start()
    yield made
    made.stop()


@pytest.fixture
def reader(emulator: CardReaderEmulator) -> Iterator[PcscSmartCard]:
    made = PcscSmartCard("pcsc:", "", api=emulator.api)
    made.open().unwrap()
    yield made
    made.close()


@pytest.mark.parametrize("person", demo_people())
@pytest.mark.parametrize("version", ["1.00", "2.00", "3.00"])
def test_everybodys_card(emulator: CardReaderEmulator, reader: PcscSmartCard, person: str, version: str) -> None:
    card = demo_people()[person].card
    emulator.place(cards.SocialCard(card, version))
    read = read_social_card(reader).unwrap()
    whole = (card.name or card.name_en or "").encode("gb18030")
    room = 30 if version.startswith("1") else 50
    assert read.name == whole[:room].decode("gb18030", "ignore")
    assert (read.number, read.sex, read.birth, read.version) == (card.number, card.sex, card.birth, version)
    assert read.nation == (card.nation or "其他")
    assert not read.holder_closed


def test_the_issuers_file(emulator: CardReaderEmulator, reader: PcscSmartCard) -> None:
    emulator.place(cards.SocialCard(WANG))
    read = read_social_card(reader).unwrap()
    assert (read.region, read.card_class, read.issued, read.valid_to) == ("330503", "1", "2021-09-08", "2031-09-08")
    assert read.card_number
    assert len(read.card_number) == 9
    assert (read.issuer_code, read.birth_place) == ("915600000233330503330500", "330503")


def test_records_as_seen_on_real_cards(emulator: CardReaderEmulator, reader: PcscSmartCard) -> None:
    # The first and third record of EF05 as a public program's comments quote them.
    chip = cards.SocialCard(WANG)
    chip.files = {
        0xEF05: [bytes.fromhex("0110330300D15600000599110145FFFFFFFF"), bytes.fromhex("0304332E3030")],
        0xEF06: [b"\x09\x1e" + "王𠮷".encode("gb18030").ljust(30, b" "), b"\x0b\x0215"],
    }
    emulator.place(chip)
    assert read_social_card(reader).unwrap() == SocialCard(
        card_code="330300D15600000599110145", version="3.00", name="王𠮷", nation="土家"
    )


def test_a_third_generation_card_keeps_its_holder_to_itself(
    emulator: CardReaderEmulator, reader: PcscSmartCard
) -> None:
    emulator.place(cards.SocialCard(WANG, "3.00", closed=True))
    read = read_social_card(reader).unwrap()
    assert read.holder_closed
    assert read.card_number


@pytest.mark.parametrize("chip", [cards.Psam(), cards.emrtd_of(("P<CHN", "X"))])
def test_another_card_is_no_social_card(emulator: CardReaderEmulator, reader: PcscSmartCard, chip: cards.Chip) -> None:
    emulator.place(chip)
    reply = read_social_card(reader)
    assert reply.outcome is Outcome.UNREADABLE
    assert any(char >= "\u4e00" for char in reply.detail)


@pytest.mark.parametrize(
    ("record", "words"),
    [(b"\x01\x20abc", "不完整"), (b"\x01", "不完整"), (b"\x09\x02\x81\x30", "文字"), (b"", "没有可读")],
)
def test_contents_that_cannot_be(
    emulator: CardReaderEmulator, reader: PcscSmartCard, record: bytes, words: str
) -> None:
    chip = cards.SocialCard(WANG)
    chip.files = {0xEF05: [record] if record else [], 0xEF06: []}
    emulator.place(chip)
    reply = read_social_card(reader)
    assert (reply.outcome, words in reply.detail) == (Outcome.UNREADABLE, True), reply


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        ("taken", Outcome.NOT_PRESENT),
        ("mute", Outcome.UNREADABLE),
        ("no-card", Outcome.NOT_PRESENT),
        ("sw-6a82", Outcome.UNREADABLE),
        ("sw-6f00", Outcome.UNREADABLE),
        ("half", Outcome.FAULT),
        ("claimed", Outcome.BUSY),
        ("reader-gone", Outcome.DISCONNECTED),
    ],
)
def test_faults(emulator: CardReaderEmulator, reader: PcscSmartCard, fault: str, outcome: Outcome) -> None:
    emulator.place(cards.SocialCard(WANG))
    emulator.faults.set(fault)
    assert read_social_card(reader, 0.3).outcome is outcome


def test_the_card_is_let_go_of(emulator: CardReaderEmulator, reader: PcscSmartCard) -> None:
    emulator.place(cards.SocialCard(WANG))
    read_social_card(reader).unwrap()
    other = PcscSmartCard("pcsc:", "", exclusive=True, api=emulator.api)
    other.open().unwrap()
    assert other.connect_card().ok
    other.close()


def test_a_pin_is_right_wrong_and_blocked(emulator: CardReaderEmulator, reader: PcscSmartCard) -> None:
    emulator.place(cards.SocialCard(WANG, pin="135790"))
    reader.connect_card().unwrap()
    assert verify_pin(reader, "000000").unwrap() == PinCheck(right=False, tries_left=2)
    assert verify_pin(reader, "135790").unwrap() == PinCheck(right=True)
    for left in (2, 1):
        assert verify_pin(reader, "13579").unwrap() == PinCheck(right=False, tries_left=left)
    assert verify_pin(reader, "000000").unwrap() == PinCheck(right=False, blocked=True, tries_left=0)
    assert verify_pin(reader, "135790").unwrap().blocked


@pytest.mark.parametrize(
    ("fault", "check"),
    [("wrong-pin", PinCheck(right=False, tries_left=2)), ("pin-blocked", PinCheck(False, True, 0))],
)
def test_pin_faults(emulator: CardReaderEmulator, reader: PcscSmartCard, fault: str, check: PinCheck) -> None:
    emulator.place(cards.SocialCard(WANG))
    reader.connect_card().unwrap()
    emulator.faults.set(fault)
    assert verify_pin(reader, "123456").unwrap() == check


def test_a_card_without_pins(emulator: CardReaderEmulator, reader: PcscSmartCard) -> None:
    emulator.place(cards.Psam())
    reader.connect_card().unwrap()
    reply = verify_pin(reader, "123456")
    assert (reply.outcome, "123456" in reply.detail) == (Outcome.UNREADABLE, False)
    emulator.remove()
    assert verify_pin(reader, "123456").outcome is Outcome.NOT_PRESENT


@pytest.mark.parametrize("pin", ["", "123", "12345x", "1" * 13, "１２３４５６"])
def test_what_is_no_pin(reader: PcscSmartCard, pin: str) -> None:
    with pytest.raises(ValueError, match="digits"):
        verify_pin(reader, pin)
