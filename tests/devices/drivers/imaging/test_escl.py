"""eSCL against an emulator on real HTTP: sources, formats, limits, and each way in which a scan goes wrong."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from app.domain.errors import BadInput
from devices.drivers.imaging import escl
from devices.drivers.imaging.escl import open_driver
from devices.drivers.imaging.escl_messages import read_capabilities, read_status, scan_settings
from devices.drivers.links import http_line
from devices.emulators.imaging.drawn import page
from devices.emulators.imaging.escl_scanner import EsclEmulator
from devices.failure import Failure
from devices.kinds.imaging import ScanColour, ScannedPage, Scanner, ScanSettings, ScanSource
from devices.outcome import Outcome

FEEDER = ScanSettings(ScanSource.FEEDER, dpi=75)
HEAD = 'xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03" xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm"'


@pytest.fixture
def emulator() -> Iterator[EsclEmulator]:
    emulator = EsclEmulator(loaded=3)
    emulator.start()
    yield emulator
    emulator.stop()


@pytest.fixture
def scanner(emulator: EsclEmulator) -> Iterator[Scanner]:
    driver = open_driver(emulator.url)
    driver.open().unwrap()
    yield driver
    driver.close()


def test_the_feeder_both_sides_then_nothing_is_left(scanner: Scanner, emulator: EsclEmulator) -> None:
    pages: list[ScannedPage] = []
    assert scanner.scan(ScanSettings(ScanSource.FEEDER_DUPLEX, dpi=80), pages.append).unwrap() == 6
    assert {one.picture.shape for one in pages} == {page(1, 75).shape}
    assert {one.dpi for one in pages} == {75}, "what it was really scanned at"
    assert abs(pages[0].picture.astype(int) - page(1, 75)).mean() < 12
    assert abs(pages[1].picture.astype(int) - page(1, 75, back=True)).mean() < 12, "front, back, front, back"
    reply = scanner.scan(FEEDER, pages.append)
    assert (reply.outcome, reply.partly) == (Outcome.NOT_PRESENT, False)
    assert scanner.scan(ScanSettings(dpi=75), pages.append).unwrap() == 1, "the glass still works"
    assert emulator.running_jobs == 0


def test_a_scanner_that_gives_pdf_only(emulator: EsclEmulator) -> None:
    emulator.formats = ("application/pdf",)
    scanner = open_driver(emulator.url)
    scanner.open().unwrap()
    pages: list[ScannedPage] = []
    assert scanner.scan(ScanSettings(ScanSource.GLASS, ScanColour.GREY, 75), pages.append).unwrap() == 1
    assert pages[0].picture.shape == page(1, 75).shape
    assert (pages[0].picture[:, :, 0] == pages[0].picture[:, :, 2]).all()


@pytest.mark.parametrize(
    ("fault", "outcome", "words", "partly"),
    [
        ("jam", Outcome.FAULT, "卡纸", True),
        ("cancelled", Outcome.CANCELLED, "在扫描仪上被取消", True),
        ("cover-open", Outcome.FAULT, "盖子", False),
        ("multipick", Outcome.FAULT, "多张", False),
        ("empty", Outcome.NOT_PRESENT, "没有纸", False),
        ("busy", Outcome.BUSY, "使用", False),
        ("torn", Outcome.UNREADABLE, "不完整", False),
        ("drop", Outcome.DISCONNECTED, "断开", False),
        ("garbage", Outcome.UNREADABLE, "损坏", False),
        ("huge", Outcome.FAULT, "400 MB", False),
        ("bomb", Outcome.FAULT, "60000×60000", False),
        ("refuse", Outcome.FAULT, "不接受", False),
        ("not-xml", Outcome.FAULT, "不符合约定", False),
        ("mute", Outcome.TIMEOUT, "没有反应", False),
    ],
)
def test_what_goes_wrong_is_said_and_leaves_no_job_behind(
    scanner: Scanner, emulator: EsclEmulator, fault: str, outcome: Outcome, words: str, partly: bool
) -> None:
    emulator.faults.set(fault)
    pages: list[ScannedPage] = []
    reply = scanner.scan(FEEDER, pages.append, timeout=1.5)
    assert (reply.outcome, reply.partly) == (outcome, partly)
    assert words in reply.detail
    assert len(pages) == partly, "what came before is handed over"
    assert emulator.running_jobs == 0, "a forgotten job keeps a scanner busy for minutes"
    emulator.faults.clear()
    emulator.load(3)
    assert scanner.scan(FEEDER, pages.append, timeout=20).unwrap() == 3, "and it works again"


def test_a_scanner_that_needs_time_gets_it(scanner: Scanner, emulator: EsclEmulator) -> None:
    emulator.faults.set("slow", 3)
    emulator.faults.set("busy", 1)
    assert scanner.scan(FEEDER, lambda _: None, timeout=30).unwrap() == 3


def test_cancel_ends_the_wait_and_the_job(scanner: Scanner, emulator: EsclEmulator) -> None:
    emulator.faults.set("mute")
    timer = threading.Timer(0.3, scanner.cancel)
    timer.start()
    began = time.monotonic()
    assert scanner.scan(FEEDER, lambda _: None).outcome is Outcome.CANCELLED
    assert time.monotonic() - began < 10
    assert emulator.running_jobs == 0


def test_a_page_larger_than_allowed_is_not_received(
    scanner: Scanner, emulator: EsclEmulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a word about its length: counted while it comes."""
    answer = http_line.HttpLine("http://{}:{}".format(*emulator.address), "扫描仪")
    with pytest.raises(Failure, match="太大"):
        answer.ask("GET", "/eSCL/ScannerCapabilities", timeout=20, most=100)
    assert answer.ask("GET", "/eSCL/ScannerCapabilities", timeout=20).status == 200


def test_unplugged(scanner: Scanner, emulator: EsclEmulator) -> None:
    emulator.stop()
    assert scanner.probe().outcome is Outcome.DISCONNECTED
    assert scanner.scan(FEEDER, lambda _: None).outcome is Outcome.DISCONNECTED


def test_a_feeder_that_never_ends_is_ended(
    scanner: Scanner, emulator: EsclEmulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(escl, "MAX_PAGES", 2)
    assert scanner.scan(FEEDER, lambda _: None).unwrap() == 2


def test_a_printer_s_web_page_is_no_scanner(emulator: EsclEmulator) -> None:
    reply = open_driver("escl://{}:{}/elsewhere".format(*emulator.address)).open()
    assert reply.outcome is Outcome.FAULT
    emulator.faults.set("not-xml")
    assert open_driver(emulator.url).open().outcome is Outcome.FAULT


@pytest.mark.parametrize("uri", ["escl:", "escl:///x", "escl://host?dpi=3", "escl://host?tls=2", "escl://host:0x"])
def test_malformed(uri: str) -> None:
    with pytest.raises(BadInput):
        open_driver(uri)


def test_capabilities_of_other_makers() -> None:
    text = (
        f"<scan:ScannerCapabilities {HEAD}><scan:Adf><scan:AdfSimplexInputCaps><scan:MaxWidth>2592</scan:MaxWidth>"
        "<scan:MaxHeight>66000</scan:MaxHeight><scan:ColorMode>RGB24</scan:ColorMode><scan:XResolutionRange>"
        "<scan:Min>100</scan:Min><scan:Max>600</scan:Max><scan:Step>50</scan:Step></scan:XResolutionRange>"
        "</scan:AdfSimplexInputCaps><scan:AdfOptions><scan:AdfOption>Duplex</scan:AdfOption></scan:AdfOptions></scan:Adf>"
        "</scan:ScannerCapabilities>"
    )
    caps = read_capabilities(text.encode())
    assert set(caps.inputs) == {ScanSource.FEEDER, ScanSource.FEEDER_DUPLEX}
    feeder = caps.inputs[ScanSource.FEEDER]
    assert feeder.height == 5102, "no page of five metres"
    assert [feeder.nearest(dpi) for dpi in (75, 310, 900)] == [100, 300, 600]
    body, dpi = scan_settings(caps, ScanSettings(ScanSource.FEEDER_DUPLEX, ScanColour.LINE_ART, 310))
    assert dpi == 300
    for word in (b"<scan:Duplex>true<", b"<pwg:InputSource>Feeder<", b"<scan:ColorMode>RGB24<", b">image/jpeg<"):
        assert word in body
    with pytest.raises(KeyError):
        scan_settings(caps, ScanSettings())


@pytest.mark.parametrize("data", [b"", b"<html/>", b"<a><b>", b"\xff\xfe", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"])
def test_no_capabilities_and_no_status(data: bytes) -> None:
    for read in (read_capabilities, read_status):
        with pytest.raises(Failure):
            read(data)
