"""SANE's own test scanner through the driver: pages, what it can report, and a library that hangs or falls."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from multiprocessing.connection import Connection
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sane_kit import sane_test_scanner

from app.domain.errors import BadInput
from devices.drivers.imaging.sane_options import mode_for, nearest, sources_of
from devices.drivers.imaging.sane_scanner import SaneScanner, find_scanners, open_driver
from devices.kinds.imaging import ScanColour, ScannedPage, ScanSettings, ScanSource
from devices.outcome import Outcome

SLOW = "read-delay:yes,read-delay-duration:200000,read-limit:yes,read-limit-size:100"
GLASS = ScanSettings(dpi=75)


@pytest.fixture
def sane(tmp_path: Path) -> Iterator[None]:
    with ExitStack() as stack:
        sane_test_scanner(stack, tmp_path)
        yield


def opened(options: str = "") -> SaneScanner:
    scanner = open_driver(f"sane:test:0{'?set=' + options if options else ''}")
    assert isinstance(scanner, SaneScanner)
    scanner.open().unwrap()
    return scanner


def test_pages_come_one_by_one_in_the_colours_asked_for(sane: None) -> None:
    scanner = opened("test-picture:Color pattern")
    pages: list[ScannedPage] = []
    assert scanner.sources().unwrap() == (ScanSource.GLASS, ScanSource.FEEDER)
    assert scanner.scan(ScanSettings(ScanSource.FEEDER, ScanColour.GREY, 75), pages.append).unwrap() == 10
    assert len(pages) == 10
    assert pages[0].picture.shape == (590, 590, 3), "200 mm at 75 dpi"
    assert (pages[0].picture[:, :, 0] == pages[0].picture[:, :, 2]).all(), "grey"
    assert scanner.scan(GLASS, pages.append).unwrap() == 1
    assert (pages[-1].picture[:, :, 0] != pages[-1].picture[:, :, 2]).any(), "colour"
    assert pages[-1].dpi == 75
    assert scanner.scan(ScanSettings(ScanSource.FEEDER_DUPLEX), pages.append).outcome is Outcome.NOT_PRESENT
    scanner.close()


@pytest.mark.parametrize(
    ("status", "outcome", "words"),
    [
        ("JAMMED", Outcome.FAULT, "卡纸"),
        ("NO_DOCS", Outcome.NOT_PRESENT, "没有纸"),
        ("COVER_OPEN", Outcome.FAULT, "盖子"),
        ("DEVICE_BUSY", Outcome.BUSY, "使用"),
        ("IO_ERROR", Outcome.DISCONNECTED, "连接线"),
        ("ACCESS_DENIED", Outcome.DISCONNECTED, "权限"),
    ],
)
def test_what_sane_reports(sane: None, status: str, outcome: Outcome, words: str) -> None:
    scanner = opened(f"read-return-value:SANE_STATUS_{status}")
    reply = scanner.scan(GLASS, lambda _: None)
    assert (reply.outcome, reply.partly) == (outcome, False)
    assert words in reply.detail
    assert scanner.probe().ok, "the scanner stays open for the next try"
    scanner.close()


def test_a_page_too_large_for_memory_is_refused_before_it_is_read(sane: None) -> None:
    scanner = opened()
    reply = scanner.scan(ScanSettings(dpi=1200), lambda _: None)
    assert reply.outcome is Outcome.FAULT
    assert "幅面太大" in reply.detail
    assert scanner.scan(GLASS, lambda _: None).ok
    scanner.close()


def test_cancel_ends_a_slow_scan_gently(sane: None) -> None:
    scanner = opened(SLOW)
    pid = scanner.pid
    timer = threading.Timer(0.5, scanner.cancel)
    timer.start()
    began = time.monotonic()
    assert scanner.scan(GLASS, lambda _: None).outcome is Outcome.CANCELLED
    assert time.monotonic() - began < 5
    assert scanner.pid == pid, "asked to end, it ended: nothing had to be killed"
    assert scanner.scan(GLASS, lambda _: None, timeout=0.5).outcome is Outcome.TIMEOUT
    assert scanner.probe().ok
    scanner.close()


@pytest.mark.parametrize("blow", [signal.SIGSEGV, signal.SIGSTOP], ids=["falls", "hangs"])
def test_a_library_that_falls_or_hangs_costs_one_scan(sane: None, monkeypatch: pytest.MonkeyPatch, blow: int) -> None:
    monkeypatch.setattr("devices.drivers.imaging.sane_scanner._GENTLE", 0.5)
    scanner = opened(SLOW)
    pid = scanner.pid
    assert pid is not None
    timer = threading.Timer(0.3, os.kill, (pid, blow))
    timer.start()
    reply = scanner.scan(GLASS, lambda _: None, timeout=1.0)
    assert reply.outcome is (Outcome.FAULT if blow == signal.SIGSEGV else Outcome.TIMEOUT)
    assert scanner.probe().outcome is Outcome.DISCONNECTED, "no open scanner any more"
    assert scanner.open().ok
    assert scanner.pid != pid
    scanner.close()


def test_a_page_that_its_taker_cannot_stand_ends_the_scan(sane: None) -> None:
    scanner = opened()

    def refuse(_: ScannedPage) -> None:
        raise MemoryError

    with pytest.raises(MemoryError):
        scanner.scan(ScanSettings(ScanSource.FEEDER, dpi=75), refuse)
    scanner.close()
    assert scanner.open().ok
    assert scanner.scan(GLASS, lambda _: None).ok
    scanner.close()


def test_found_and_not_found(sane: None) -> None:
    assert find_scanners().unwrap() == (("sane:test:0", "Noname frontend-tester"),)
    assert open_driver("sane:epson2:libusb:001:099").open().outcome is Outcome.DISCONNECTED
    assert open_driver("sane:test:0?set=no-such-option:1").open().outcome is Outcome.FAULT


def _without_library(pipe: Connection) -> None:
    pipe.send(("error", "no-library", "No module named 'sane'"))


def test_without_the_library_one_light_says_what_to_install() -> None:
    scanner = SaneScanner("sane:x", "x", worker=_without_library)
    reply = scanner.open()
    assert reply.outcome is Outcome.FAULT
    assert "python-sane" in reply.detail
    assert scanner.scan(GLASS, lambda _: None).outcome is Outcome.DISCONNECTED


@pytest.mark.parametrize("uri", ["sane:", "sane:test:0?set=a", "sane:test:0?set=:b", "sane:test:0?dpi=3"])
def test_malformed(uri: str) -> None:
    with pytest.raises(BadInput):
        open_driver(uri)


def option(*names: str) -> Any:
    return SimpleNamespace(constraint=list(names) if names else None)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, {ScanSource.GLASS: ()}),
        (
            {"source": option("FlatBed", "ADF Front", "ADF Back", "ADF Duplex")},
            {
                ScanSource.GLASS: (("source", "FlatBed"),),
                ScanSource.FEEDER: (("source", "ADF Front"),),
                ScanSource.FEEDER_DUPLEX: (("source", "ADF Duplex"),),
            },
        ),
        (
            {"source": option("Flatbed", "Automatic Document Feeder"), "adf_mode": option("Simplex", "Duplex")},
            {
                ScanSource.GLASS: (("source", "Flatbed"),),
                ScanSource.FEEDER: (("source", "Automatic Document Feeder"),),
                ScanSource.FEEDER_DUPLEX: (("source", "Automatic Document Feeder"), ("adf_mode", "Duplex")),
            },
        ),
        (
            {"source": option("ADF Duplex")},
            {ScanSource.FEEDER: (("source", "ADF Duplex"),), ScanSource.FEEDER_DUPLEX: (("source", "ADF Duplex"),)},
        ),
    ],
)
def test_where_pages_come_from_by_the_names_of_back_ends(options: dict[str, Any], expected: dict[Any, Any]) -> None:
    assert sources_of(options) == expected


def test_modes_and_resolutions_by_the_names_of_back_ends() -> None:
    assert mode_for({"mode": option("Lineart", "Gray", "24bit Color")}, ScanColour.COLOUR) == "24bit Color"
    assert mode_for({"mode": option("True Gray", "Color")}, ScanColour.LINE_ART) == "True Gray"
    assert mode_for({"mode": option("Strange")}, ScanColour.GREY) == "Strange"
    assert mode_for({}, ScanColour.GREY) is None
    assert nearest((50.0, 600.0, 50.0), 320) == 300
    assert nearest([75, 150, 600], 300) == 150
    assert nearest(None, 300) == 300
    assert nearest("x", 300) is None
