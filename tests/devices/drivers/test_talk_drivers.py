"""What the contract does not see: the bytes on the wire, and money, grades and numbers under faults."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import rigs_talk
from rigs import opened

from app.domain.errors import BadInput
from devices.drivers.interaction.display_serial import fit
from devices.drivers.interaction.speech import spoken
from devices.drivers.links.counter_frames import Cmd, Frame, FrameDecoder, crc16, encode_text
from devices.drivers.links.counter_line import CounterLine
from devices.drivers.payment.pos_frames import ACK, DAMAGED, PosDecoder, PosState, lrc, wrap
from devices.emulators.biometric.fingerprint_host import FingerprintEmulator, template_of
from devices.emulators.interaction.counter_emulators import RatingEmulator
from devices.emulators.interaction.display_emulator import DisplayEmulator
from devices.emulators.interaction.queue_service import QueueServiceEmulator
from devices.emulators.payment.pay_service import PayServiceEmulator
from devices.emulators.payment.pos_emulator import PosEmulator
from devices.failure import Failure
from devices.kinds.biometric import FingerprintReader
from devices.kinds.interaction import CustomerScreen, QueueCaller, RatingDevice
from devices.kinds.payment import PaymentTerminal
from devices.outcome import Outcome
from devices.registry import open_device

CODE = "134512345678901234"


def test_crc_is_the_one_of_modbus() -> None:
    assert crc16(b"123456789") == 0x4B37  # the check value of CRC-16/MODBUS


def test_a_frame_is_found_behind_a_torn_one() -> None:
    whole = Frame(7, Cmd.KEY, b"\x05")
    decoder = FrameDecoder()
    assert decoder.feed(whole.encode()[:5]) == []
    assert decoder.feed(b"".join(bytes((byte,)) for byte in whole.encode())) == [whole]
    assert decoder.feed(whole.encode()[:-1] + b"\x00") == []
    assert decoder.feed(whole.encode()) == [whole]


def test_texts_are_cut_between_characters_and_bring_no_commands() -> None:
    assert encode_text("𠮷㛃", 5) == "𠮷".encode("gb18030")
    assert encode_text("a\x1fb\r") == b"a b "
    assert fit("𠮷祥理发店开办", 8) == "𠮷祥理发".encode("gb18030")
    assert fit("祥𬭚", 20, "gbk") == "祥〓".encode("gbk")
    assert fit("\x1b@x", 20) == b" @x"
    assert fit("ab祥", 3) == b"ab"


def test_the_terminals_frame_is_as_written() -> None:
    assert wrap(b"00").hex() == "02" + "0002" + "3030" + "03" + "01"
    assert lrc(b"\x00\x02\x30\x30\x03") == 0x01
    decoder = PosDecoder()
    assert decoder.feed(b"\xff\x06" + wrap(b"01")[:4]) == [ACK]
    assert decoder.feed(wrap(b"01")[4:]) == [b"01"]
    assert decoder.feed(wrap(b"01")[:-1] + b"\x55") == [DAMAGED]


@pytest.mark.parametrize(
    ("number", "counter", "said"),
    [
        ("A012", "3", "请 A 零幺二号，到 三号窗口办理。"),
        ("107", "综合窗口", "请 幺零七号，到 综合号窗口办理。"),
        ("B-20", "03号窗口", "请 B 二零号，到 零三号窗口办理。"),
    ],
)
def test_numbers_are_spoken_as_halls_do(number: str, counter: str, said: str) -> None:
    assert " ".join(spoken(number, counter).split()) == " ".join(said.split())


def test_called_again_is_said_twice() -> None:
    assert spoken("7", "1", again=True).count("请") == 2


def test_the_engine_says_it_and_an_absent_one_says_what_to_install(tmp_path: Path) -> None:
    caller = open_device(f"speech:{rigs_talk.engine(tmp_path)}")
    assert isinstance(caller, QueueCaller)
    caller.open().unwrap()
    caller.call_number("A012", "3").unwrap()
    assert "零幺二" in (tmp_path / "said.txt").read_text(encoding="utf-8")
    (tmp_path / "fail").touch()
    assert caller.call_number("A012", "3").outcome is Outcome.FAULT
    absent = open_device("speech:no-such-engine").open()
    assert absent.outcome is Outcome.FAULT
    assert "安装" in absent.detail


# Rating


@pytest.fixture
def rating() -> Iterator[tuple[RatingDevice, RatingEmulator]]:
    with opened(RatingEmulator(), RatingDevice, lambda made: f"rating+serial://{made.path}") as both:
        yield both


@pytest.mark.parametrize(("key", "outcome"), [(5, Outcome.OK), (1, Outcome.OK), (0, Outcome.DENIED_BY_USER)])
def test_the_key_that_was_pressed(rating: tuple[RatingDevice, RatingEmulator], key: int, outcome: Outcome) -> None:
    device, emulator = rating
    threading.Timer(0.3, emulator.press, (key,)).start()
    reply = device.ask_rating("测试员㛃", "𠮷祥理发店", 20)
    assert reply.outcome is outcome
    assert reply.value == (key or None)
    assert emulator.asked == [("测试员㛃", "𠮷祥理发店")]
    assert emulator.beeps == 1


def test_a_torn_key_is_said_again_and_one_of_nobodys_question_is_no_grade(
    rating: tuple[RatingDevice, RatingEmulator],
) -> None:
    device, emulator = rating
    emulator.faults.set("torn-key", 1)
    emulator.faults.set("early-key")
    threading.Timer(0.3, emulator.press, (3,)).start()
    assert device.ask_rating("甲", "乙", 20).unwrap() == 3


def test_nobody_pressed_and_cancelled_put_the_lights_out(rating: tuple[RatingDevice, RatingEmulator]) -> None:
    device, emulator = rating
    assert device.ask_rating("甲", "乙", 1).outcome is Outcome.NOT_PRESENT
    threading.Timer(0.3, device.cancel).start()
    assert device.ask_rating("甲", "乙", 30).outcome is Outcome.CANCELLED
    until = time.monotonic() + 20
    while emulator.lit and time.monotonic() < until:
        time.sleep(0.02)
    assert not emulator.lit
    assert device.greet("测试员㛃", "1001").ok
    assert emulator.greeted == ("测试员㛃", "1001")


def test_cancelled_before_the_device_confirmed_puts_the_lights_out(
    rating: tuple[RatingDevice, RatingEmulator], monkeypatch: pytest.MonkeyPatch
) -> None:
    device, emulator = rating
    ask = CounterLine.ask

    def unheard(line: CounterLine, command: Cmd, data: bytes = b"") -> Frame:
        ask(line, command, data)
        raise Failure(Outcome.CANCELLED, "操作已取消")

    monkeypatch.setattr(CounterLine, "ask", unheard)
    assert device.ask_rating("甲", "乙", 30).outcome is Outcome.CANCELLED
    until = time.monotonic() + 20
    while emulator.lit and time.monotonic() < until:
        time.sleep(0.02)
    assert emulator.asked
    assert not emulator.lit


def test_the_display_shows_what_it_is_told() -> None:
    display = DisplayEmulator()
    with opened(display, CustomerScreen, lambda made: f"display+serial://{made.path}") as (device, emulator):
        for lines in (("欢迎光临", "综合窗口 03"), ("应收", "12.34 元")):
            device.show_lines(lines).unwrap()
            until = time.monotonic() + 20
            while emulator.rows != lines and time.monotonic() < until:
                time.sleep(0.02)
            assert emulator.rows == lines


def test_a_lost_answer_of_the_queue_skips_nobody() -> None:
    service = QueueServiceEmulator(["A001", "A002"])
    with opened(service, QueueCaller, lambda made: "caller+tcp://{}:{}".format(*made.address)) as (caller, emulator):
        emulator.faults.set("drop", 1)
        assert caller.next_number("3").unwrap() == "A001", "asked again over a new connection"
        emulator.faults.set("mute", 2)
        assert caller.next_number("3", 0.3).outcome is Outcome.UNKNOWN
        assert caller.next_number("3").unwrap() == "A002"
        assert caller.next_number("3").outcome is Outcome.NOT_PRESENT


# Money


@pytest.fixture
def terminal() -> Iterator[tuple[PaymentTerminal, PosEmulator]]:
    with opened(PosEmulator(), PaymentTerminal, lambda made: f"pos+serial://{made.path}") as both:
        yield both


@pytest.mark.parametrize(
    ("fault", "outcome", "moved"),
    [
        ("", Outcome.OK, True),
        ("declined", Outcome.UNREADABLE, False),
        ("cancelled", Outcome.DENIED_BY_USER, False),
        ("busy", Outcome.BUSY, False),
        ("mute", Outcome.TIMEOUT, False),
        ("no-card", Outcome.TIMEOUT, False),
        ("lost", Outcome.OK, True),  # the word on giving up says that it was paid
        ("silent", Outcome.UNKNOWN, True),
        ("twice", Outcome.OK, True),
        ("noise", Outcome.OK, True),
        ("split", Outcome.OK, True),
        ("broken", Outcome.UNKNOWN, True),
    ],
)
def test_what_a_card_payment_comes_to(
    terminal: tuple[PaymentTerminal, PosEmulator], fault: str, outcome: Outcome, moved: bool
) -> None:
    device, emulator = terminal
    if fault:
        emulator.faults.set(fault)
    reply = device.pay(1234, "O-1", timeout=0.6)
    assert reply.outcome is outcome, reply
    assert emulator.taken == ([("O-1", 1234)] if moved else [])


def test_asked_again_for_one_order_money_moves_once(terminal: tuple[PaymentTerminal, PosEmulator]) -> None:
    device, emulator = terminal
    assert device.pay(1234, "O-1", timeout=5).ok
    assert device.pay(1234, "O-1", timeout=5).unwrap().amount == 1234
    assert emulator.taken == [("O-1", 1234)]
    assert device.query("O-2").outcome is Outcome.NOT_PRESENT


def test_a_nak_to_a_payment_is_never_answered_by_paying_again(
    terminal: tuple[PaymentTerminal, PosEmulator],
) -> None:
    device, emulator = terminal
    emulator.faults.set("nak", 1)
    assert device.pay(1234, "O-1", timeout=2).outcome is Outcome.TIMEOUT
    assert emulator.taken == []


def test_a_late_answer_is_not_taken_for_the_next_orders(terminal: tuple[PaymentTerminal, PosEmulator]) -> None:
    device, emulator = terminal
    emulator.faults.set("late", 1)
    assert device.pay(100, "O-1", timeout=0.2).unwrap().amount == 100, "found out on giving up"
    assert device.pay(200, "O-2", timeout=5).unwrap().amount == 200
    assert emulator.taken == [("O-1", 100), ("O-2", 200)]


def test_a_card_that_comes_after_giving_up_pays_nothing(terminal: tuple[PaymentTerminal, PosEmulator]) -> None:
    device, emulator = terminal
    emulator.faults.set("no-card")
    assert device.pay(100, "O-1", timeout=0.2).outcome is Outcome.TIMEOUT
    emulator.present_card()
    assert emulator.taken == []


def test_a_refund_is_at_most_what_was_paid(terminal: tuple[PaymentTerminal, PosEmulator]) -> None:
    device, emulator = terminal
    device.pay(1000, "O-1", timeout=5).unwrap()
    assert device.refund("O-1", 1001).outcome is Outcome.UNREADABLE
    assert device.refund("O-1", 400).ok
    assert emulator.balance("O-1") == 600


@pytest.mark.parametrize(("amount", "order"), [(0, "O-1"), (-5, "O-1"), (10**9 + 1, "O-1"), (5, "甲"), (5, "a" * 41)])
def test_what_cannot_be_meant_is_not_sent(
    terminal: tuple[PaymentTerminal, PosEmulator], amount: int, order: str
) -> None:
    device, emulator = terminal
    assert device.pay(amount, order).outcome is Outcome.FAULT
    assert emulator.taken == []


@pytest.fixture
def service(tmp_path: Path) -> Iterator[tuple[PaymentTerminal, PayServiceEmulator]]:
    key = tmp_path / "pay.key"
    key.write_bytes(rigs_talk.SECRET)
    with opened(PayServiceEmulator(rigs_talk.SECRET), PaymentTerminal, lambda made: f"{made.url}?secret={key}") as both:
        yield both


@pytest.mark.parametrize(
    ("fault", "outcome", "moved"),
    [
        ("", Outcome.OK, True),
        ("declined", Outcome.UNREADABLE, False),
        ("cancelled", Outcome.DENIED_BY_USER, False),
        ("pending", Outcome.TIMEOUT, False),
        ("busy", Outcome.BUSY, False),
        ("drop:1", Outcome.OK, True),  # the word on closing the order says that it was paid
        ("drop", Outcome.UNKNOWN, True),
        ("garbage", Outcome.UNKNOWN, True),
        ("error", Outcome.UNKNOWN, True),
        ("forged", Outcome.UNKNOWN, True),
        ("wrong-amount", Outcome.UNKNOWN, True),
    ],
)
def test_what_a_payment_by_code_comes_to(
    service: tuple[PaymentTerminal, PayServiceEmulator], fault: str, outcome: Outcome, moved: bool
) -> None:
    device, emulator = service
    emulator.faults.set_all(fault)
    reply = device.pay(1234, "O-1", CODE, 0.6)
    assert reply.outcome is outcome, reply
    assert emulator.taken == ([("O-1", 1234)] if moved else [])
    emulator.faults.clear()
    assert device.query("O-1").outcome is (
        Outcome.OK if moved else Outcome.UNREADABLE if fault == "declined" else Outcome.NOT_PRESENT
    )


def test_an_order_that_was_found_missing_takes_no_money_when_its_request_comes_late(
    service: tuple[PaymentTerminal, PayServiceEmulator],
) -> None:
    device, emulator = service
    assert device.query("O-1").outcome is Outcome.NOT_PRESENT
    assert device.pay(1234, "O-1", CODE, 2).outcome is Outcome.DENIED_BY_USER
    assert emulator.taken == []


def test_a_wrong_key_is_refused_and_a_far_service_needs_one(tmp_path: Path) -> None:
    key = tmp_path / "other.key"
    key.write_bytes(b"another-secret-than-theirs")
    emulator = PayServiceEmulator(rigs_talk.SECRET)
    emulator.start()
    assert not open_device(f"{emulator.url}?secret={key}").open().ok
    emulator.stop()
    with pytest.raises(BadInput, match="secret"):
        open_device("pay+http://pay.example/v1")


# Fingers


@pytest.fixture
def finger() -> Iterator[tuple[FingerprintReader, FingerprintEmulator]]:
    device = open_device("emulated://fingerprint")
    assert isinstance(device, FingerprintReader)
    device.open().unwrap()
    yield device, device.emulator  # type: ignore[attr-defined]
    device.close()


def test_a_finger_is_captured_and_compared_and_never_logged(
    finger: tuple[FingerprintReader, FingerprintEmulator], caplog: pytest.LogCaptureFixture
) -> None:
    device, _ = finger
    with caplog.at_level(logging.DEBUG):
        taken = device.capture(5).unwrap()
        assert taken.template == template_of(b"right index")
        assert device.match(taken, taken.template).unwrap() > 0.9
        assert device.match(taken, template_of(b"left thumb")).unwrap() < 0.1
    assert "Rk1S" not in caplog.text
    assert repr(taken.template)[2:12] not in caplog.text


@pytest.mark.parametrize("fault", ["crash", "hang", "babble", "half", "garbage"])
def test_a_broken_library_ends_alone_and_works_again_once_opened(
    finger: tuple[FingerprintReader, FingerprintEmulator], fault: str
) -> None:
    device, emulator = finger
    emulator.faults.set(fault, -1)
    assert device.capture(0.3).outcome in (Outcome.FAULT, Outcome.TIMEOUT)
    emulator.faults.clear()
    device.close()
    device.open().unwrap()
    assert device.capture(5).ok


def test_a_template_too_large_for_the_pipe_is_refused(finger: tuple[FingerprintReader, FingerprintEmulator]) -> None:
    device, _ = finger
    taken = device.capture(5).unwrap()
    assert device.match(taken, b"x" * 20_000).outcome is Outcome.UNREADABLE
    assert device.match(taken, b"").outcome is Outcome.UNREADABLE


def test_states_are_those_of_the_field() -> None:
    assert {state.value for state in PosState} >= {"00", "09", "25"}
