"""The serial scanner on its emulator: framing, AIM identifiers, encodings, torn codes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest

from app.domain.errors import BadInput
from devices.drivers.entry.scanned_text import read_text
from devices.drivers.entry.scanner_serial import SerialScanner, open_driver
from devices.emulators.entry.scanner_serial import SerialScannerEmulator
from devices.failure import Failure
from devices.kinds.entry import ScannedCode
from devices.outcome import Outcome

NAMES = "㛃𠮷䶮𬭚"
Made = Callable[..., tuple[SerialScannerEmulator, SerialScanner]]


@pytest.fixture
def made() -> Iterator[Made]:
    built: list[tuple[SerialScannerEmulator, SerialScanner]] = []

    def make(
        options: str = "", prefix: bytes = b"", suffix: bytes = b"\r"
    ) -> tuple[SerialScannerEmulator, SerialScanner]:
        emulator = SerialScannerEmulator(prefix, suffix)
        emulator.start()
        driver = open_driver(f"scanner+serial://{emulator.path}{options}")
        assert driver.open().ok
        built.append((emulator, driver))
        return built[-1]

    yield make
    for emulator, driver in built:
        driver.close()
        emulator.stop()


def test_codes_come_in_the_order_scanned(made: Made) -> None:
    emulator, driver = made()
    for number in range(5):
        emulator.scan(f"CODE-{number}".encode())
    assert [driver.read_code(20).unwrap().text for _ in range(5)] == [f"CODE-{number}" for number in range(5)]
    assert driver.read_code(0.1).outcome is Outcome.NOT_PRESENT


def test_a_probe_loses_no_code(made: Made) -> None:
    emulator, driver = made()
    emulator.scan(b"KEPT-01")
    for _ in range(10):
        assert driver.probe().ok
        time.sleep(0.02)
    assert driver.read_code(20).unwrap().text == "KEPT-01"


@pytest.mark.parametrize(
    ("options", "prefix", "suffix"),
    [
        ("", b"", b"\r"),
        ("?suffix=crlf", b"", b"\r\n"),
        ("?suffix=lf", b"", b"\n"),
        ("", b"", b"\r\n"),
        ("?prefix=stx&suffix=etx", b"\x02", b"\x03"),
        ("?suffix=none", b"", b""),
        ("?suffix=hex:1D0A", b"", b"\x1d\n"),
    ],
)
def test_framings(made: Made, options: str, prefix: bytes, suffix: bytes) -> None:
    emulator, driver = made(options, prefix, suffix)
    for text in ("WX03", NAMES):
        emulator.scan(text.encode())
        assert driver.read_code(20).unwrap().text == text


def test_lines_within_a_code(made: Made) -> None:
    for options, prefix, suffix in (("?suffix=crlf", b"", b"\r\n"), ("?prefix=stx&suffix=etx", b"\x02", b"\x03")):
        emulator, driver = made(options, prefix, suffix)
        emulator.scan("甲\r乙\n丙".encode())
        assert driver.read_code(20).unwrap().text == "甲\r乙\n丙"
    emulator, driver = made("?suffix=cr&multiline=1")
    emulator.scan(b"A\rB\r\rC")
    assert driver.read_code(20).unwrap().text == "A\rB\r\rC"


def test_a_torn_code_is_told_and_the_next_is_whole(made: Made) -> None:
    emulator, driver = made()
    emulator.faults.set("half", 1)
    emulator.scan(b"TORN-0123456789")
    assert driver.read_code(20).outcome is Outcome.UNREADABLE
    emulator.scan(b"WHOLE")
    assert driver.read_code(20).unwrap().text == "WHOLE"


def test_a_slow_line_is_waited_for(made: Made) -> None:
    emulator, driver = made()
    emulator.faults.set("slow")
    emulator.scan(b"SLOW" * 30)
    assert driver.read_code(1.0).unwrap().text == "SLOW" * 30


def test_a_cable_that_is_pulled_closes_the_driver(made: Made) -> None:
    emulator, driver = made()
    emulator.faults.set("unplug")
    emulator.scan(b"GONE-GONE")
    assert driver.read_code(20).outcome is Outcome.DISCONNECTED
    assert driver.probe().outcome is Outcome.DISCONNECTED


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (b"]Q1https://a.example", ScannedCode("https://a.example", "QRCode")),
        (b"]C1010690123", ScannedCode("010690123", "Code128")),
        (b"]E06901234567892", ScannedCode("6901234567892", "EAN13")),
        (b"]E412345670", ScannedCode("12345670", "EAN8")),
        (b"]L0HC1:X", ScannedCode("HC1:X", "PDF417")),
        (b"]d2" + b"01069\x1d10A", ScannedCode("01069\x1d10A", "DataMatrix")),
        (b"]Z9x", ScannedCode("]Z9x")),
        (NAMES.encode(), ScannedCode(NAMES)),
        (NAMES.encode("gb18030"), ScannedCode(NAMES)),
        (b"]Q2\\000026" + NAMES.encode() + b"\\\\x", ScannedCode(NAMES + "\\x", "QRCode")),
        (b"]Q2\\000029" + "王".encode("gb2312"), ScannedCode("王", "QRCode")),
        (b"]Q2\\000003\xe9\\000026" + "é".encode(), ScannedCode("éé", "QRCode")),
    ],
)
def test_what_a_scanner_s_bytes_say(data: bytes, wanted: ScannedCode) -> None:
    assert read_text(data) == wanted


@pytest.mark.parametrize(
    ("data", "encoding", "aim"),
    [
        (b"", "auto", None),
        (b"]Q1", "auto", None),
        (b"plain", "auto", True),
        (b"\xff\xfe\x80", "auto", None),
        (b"\xe7", "utf-8", None),
    ],
)
def test_what_cannot_be_read_is_no_code(data: bytes, encoding: str, aim: bool | None) -> None:
    with pytest.raises(Failure) as caught:
        read_text(data, encoding, aim)
    assert caught.value.outcome is Outcome.UNREADABLE


@pytest.mark.parametrize("uri", ["x", "/dev/ttyS9?baud=12345", "/dev/ttyS9?suffix=bell", "/dev/ttyS9?suffix=hex:zz",
                                 "/dev/ttyS9?encoding=x", "/dev/ttyS9?x=1"])  # fmt: skip
def test_malformed_addresses(uri: str) -> None:
    with pytest.raises(BadInput):
        open_driver(f"scanner+serial:{'//' + uri if uri.startswith('/') else '//host:7/' + uri}")
