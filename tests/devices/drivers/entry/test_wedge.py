"""A scanner that types, told from a person who types.

The timings are made, after the sources that wedge_timing names: scanners by their makers' range of
intercharacter delays with the USB bus's jitter, people by the distribution of intervals in Dhakal et al. (CHI 2018).
"""

from __future__ import annotations

import os
import random
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.errors import BadInput
from devices.drivers.entry.scanner_wedge import GrabbedScanner, WedgeScanner, open_driver
from devices.drivers.entry.us_keys import alt_bytes, keypad_digit, typed
from devices.drivers.entry.wedge_timing import Ended, WedgeRules, WedgeTiming
from devices.outcome import Outcome

LICENCE = "https://zz.example/c?i=91330106MA2B0XYZ12&t=8f3A"
Key = tuple[str, float]


def scanned(text: str, delay: float, jitter: float, seed: int) -> list[Key]:
    rng, at, keys = random.Random(seed), 10.0, []
    for char in text:
        keys.append((char, at))
        at += delay + rng.uniform(0, jitter)
    return keys


def typist(text: str, fastest: float, mean: float, seed: int) -> list[Key]:
    """Intervals are log-normal about the mean, none below the fastest."""
    rng, at, keys = random.Random(seed), 10.0, []
    for char in text:
        keys.append((char, at))
        at += max(fastest, rng.lognormvariate(0, 0.45) * mean)
    return keys


def outcome(rules: WedgeRules, keys: list[Key]) -> list[tuple[Ended, bytes]]:
    """What a stream of keys ends in, burst by burst; a key that is not held counts as typed."""
    timing, ended = WedgeTiming(rules), []
    for char, at in keys:
        if timing.over(at):
            ended.append(timing.end())
        if not timing.press(char, at):
            ended.append((Ended.TYPED, b""))
    if timing.holding:
        ended.append(timing.end())
    return ended


@pytest.mark.parametrize("seed", range(25))
@pytest.mark.parametrize(("delay", "jitter"), [(0.001, 0.001), (0.004, 0.008), (0.010, 0.010), (0.020, 0.012)])
@pytest.mark.parametrize("text", ["6901234567892", LICENCE, "(01)06901234567892\x1d10AB", "第"])
def test_a_scanner_is_a_scanner_at_every_pace_of_its_kind(text: str, delay: float, jitter: float, seed: int) -> None:
    keys = scanned(f"WX03-{text}\r", delay, jitter, seed)
    assert outcome(WedgeRules(), keys) == [(Ended.CODE, f"WX03-{text}".encode())]


@pytest.mark.parametrize("mean", [0.060, 0.080, 0.120, 0.239])
@pytest.mark.parametrize("seed", range(50))
def test_whoever_types_no_faster_than_60_ms_is_never_a_scanner(mean: float, seed: int) -> None:
    for rules in (WedgeRules(), WedgeRules(gap=0.055), WedgeRules(least=4, gap=0.055)):
        assert {end for end, _ in outcome(rules, typist(LICENCE + "\r" + LICENCE, 0.060, mean, seed))} == {Ended.TYPED}


@pytest.mark.parametrize("seed", range(50))
def test_rolled_pairs_of_a_fast_hand_are_typing(seed: int) -> None:
    """Two or three keys at once, 5–30 ms apart, as both hands roll them; then the hand's own pace."""
    rng, at, keys = random.Random(seed), 10.0, []
    for number, char in enumerate("nihaowoyaobanlifadianyingyezhizhao"):
        keys.append((char, at))
        at += rng.uniform(0.005, 0.030) if number % 3 else rng.uniform(0.070, 0.160)
    assert {end for end, _ in outcome(WedgeRules(), keys)} == {Ended.TYPED}


def test_a_code_may_hold_what_ends_it() -> None:
    keys = scanned("BEGIN\rSECOND\r\rEND\r", 0.003, 0.002, 1)
    assert outcome(WedgeRules(), keys) == [(Ended.CODE, b"BEGIN\rSECOND\r\rEND")]


def test_two_codes_with_a_hand_s_pause_between_them_are_two() -> None:
    second = [(char, at + 0.5) for char, at in scanned("SECOND-2\r", 0.003, 0.002, 2)]
    ended = outcome(WedgeRules(), scanned("FIRST-01\r", 0.003, 0.002, 1) + second)
    assert ended == [(Ended.CODE, b"FIRST-01"), (Ended.CODE, b"SECOND-2")]


def test_a_slow_bus_does_not_tear_what_is_certainly_a_code() -> None:
    keys = scanned("ABCDEFGH", 0.003, 0.0, 1)
    late = [(char, at + 0.1) for char, at in [("I", keys[-1][1]), ("\r", keys[-1][1] + 0.003)]]
    assert outcome(WedgeRules(), keys + late) == [(Ended.CODE, b"ABCDEFGHI")]


def test_a_code_without_its_end_goes_nowhere() -> None:
    assert outcome(WedgeRules(), scanned("ABCDEFGHIJ", 0.003, 0.0, 1)) == [(Ended.TORN, b"")]


def test_with_a_prefix_nothing_else_is_held() -> None:
    timing = WedgeTiming(WedgeRules(prefix="~"))
    assert not timing.press("a", 1.0)
    assert timing.press("~", 2.0)
    assert outcome(WedgeRules(prefix="~"), [("~", 1.0)]) == [(Ended.TYPED, b"")], "somebody's own tilde"
    assert outcome(WedgeRules(prefix="~"), scanned("~12\r", 0.003, 0.0, 1)) == [(Ended.CODE, b"12")]


def test_a_held_key_s_repeat_and_an_arrow_are_nobody_s_code() -> None:
    keys = [("a", 1.0), *(("", 1.0 + n / 33) for n in range(1, 20))]
    assert {end for end, _ in outcome(WedgeRules(), keys)} == {Ended.TYPED}


def test_places_of_the_us_keyboard() -> None:
    assert [typed(code) for code in (2, 11, 16, 30, 44, 28, 15, 57)] == ["1", "0", "q", "a", "z", "\r", "\t", " "]
    assert [typed(code, shift=True) for code in (2, 16, 40, 41, 43, 53)] == ["!", "Q", '"', "~", "|", "?"]
    assert (typed(30, caps=True), typed(30, True, True), typed(2, caps=True)) == ("A", "a", "1")
    assert (typed(27, control=True), typed(48, control=True), typed(2, control=True)) == ("\x1d", "\x02", "")
    assert typed(59) == typed(105) == ""
    assert [keypad_digit(code) for code in (79, 82, 96)] == ["1", "0", ""]


@pytest.mark.parametrize(
    ("digits", "encoding", "wanted"),
    [
        ("029", "gb18030", b"\x1d"),
        ("0228", "gb18030", b"\xe4"),
        ("45217", "gb18030", "啊".encode("gb18030")),
        ("21834", "unicode", "啊".encode()),
        ("134071", "unicode", "𠮷".encode()),
        ("55296", "unicode", b""),
        ("33023", "gb18030", b""),
        ("", "gb18030", b""),
        ("99999999999999", "unicode", b""),
    ],
)
def test_alt_codes(digits: str, encoding: str, wanted: bytes) -> None:
    assert alt_bytes(digits, encoding) == wanted


@pytest.mark.parametrize(
    "uri",
    ["wedge:?gap=60", "wedge:?suffix=none", "wedge:?suffix=etx", "wedge:?prefix=码", "wedge:?alt=x", "wedge:?x=1"],
)
def test_a_rule_that_would_take_typing_is_refused(uri: str) -> None:
    with pytest.raises(BadInput):
        open_driver(uri)


def test_codes_wait_in_order_and_a_torn_one_is_told() -> None:
    device = open_driver("wedge:")
    assert isinstance(device, WedgeScanner)
    device.open()
    for text in ("CODE-01\r", "TORN-01", "]Q1CODE-02\r"):
        for number, char in enumerate(text):
            device.press(char, number / 500)
        device.end()
    first, torn, second = (device.read_code(0.1) for _ in range(3))
    assert first.unwrap().text == "CODE-01"
    assert torn.outcome is Outcome.UNREADABLE
    assert (second.unwrap().text, second.unwrap().symbology) == ("CODE-02", "QRCode")
    assert device.read_code(0.05).outcome is Outcome.NOT_PRESENT


# ------------------------------------------------------------------------------------------------- its own input device

_CODES = {char: (code, shift) for code in range(2, 58) for shift in (True, False) if (char := typed(code, shift))}


def events(text: str) -> bytes:
    """As the kernel reports keys of a scanner, 2 ms apart."""
    out, at = b"", 1_000_000_000

    def event(code: int, value: int) -> None:
        nonlocal out, at
        at += 1000
        out += struct.pack("llHHi", at // 1_000_000, at % 1_000_000, 1, code, value) + struct.pack(
            "llHHi", 0, 0, 0, 0, 0
        )

    for char in text:
        code, shift = _CODES[char]
        if shift:
            event(42, 1)
        event(code, 1)
        event(code, 0)
        if shift:
            event(42, 0)
    return out


@pytest.fixture
def pipe(tmp_path: Path) -> Iterator[tuple[GrabbedScanner, int]]:
    """A pipe cannot be grabbed; all else is as on an input device."""
    path = tmp_path / "event-kbd"
    os.mkfifo(path)
    device = GrabbedScanner("wedge:", str(path), WedgeRules(), grab=False)
    assert device.open().ok
    writer = os.open(path, os.O_WRONLY)
    yield device, writer
    device.close()
    os.close(writer)


def test_a_grabbed_scanner_reads_its_own_keys(pipe: tuple[GrabbedScanner, int]) -> None:
    device, writer = pipe
    assert device.read_code(0.1).outcome is Outcome.NOT_PRESENT
    threading.Timer(0.05, lambda: os.write(writer, events("Ab-12?x\r"))).start()
    assert device.read_code(20).unwrap().text == "Ab-12?x"
    assert device.probe().ok


def test_a_grabbed_scanner_that_is_pulled_says_so(pipe: tuple[GrabbedScanner, int], tmp_path: Path) -> None:
    device, _ = pipe
    (tmp_path / "event-kbd").unlink()
    assert device.probe().outcome is Outcome.DISCONNECTED
    assert device.read_code(0.1).outcome is Outcome.DISCONNECTED


def test_a_file_that_is_no_input_device_is_not_grabbed(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"")
    assert open_driver(f"wedge://{tmp_path}/x").open().outcome is Outcome.DISCONNECTED
    assert open_driver(f"wedge://{tmp_path}/none").open().outcome is Outcome.DISCONNECTED
