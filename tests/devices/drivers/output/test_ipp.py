"""Page printers over IPP: how each job ends, and what is left behind at the printer, on a printer that counts pages."""

from __future__ import annotations

import datetime as dt
import hashlib
import ssl
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from app.domain.errors import BadInput
from devices.drivers.output.ipp import IppPrinter, job_attributes, open_driver, place_of
from devices.drivers.output.ipp_queue import Document, Pace
from devices.drivers.output.ipp_state import JobState
from devices.emulators.output.ipp_printer import STOPS, IppPrinterEmulator
from devices.kinds.output import PageSetup
from devices.outcome import Outcome, Reply
from devices.uri import DeviceUri

ONE = b"%PDF-1.7 << /Type /Page >>" + bytes(40_000)
THREE = b"%PDF-1.7 " + b"<< /Type /Page >> " * 3 + bytes(40_000)
QUICK = Pace(every=0.05, whole=1.5, held=0.2, back=1.0)


@pytest.fixture
def emulator(tmp_path: Path) -> Iterator[IppPrinterEmulator]:
    made = IppPrinterEmulator(tmp_path / "out", page_seconds=0.02)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def printer(emulator: IppPrinterEmulator) -> Iterator[IppPrinter]:
    made = driver(emulator)
    made.open().unwrap()
    yield made
    made.close()


def driver(emulator: IppPrinterEmulator, setup: PageSetup | None = None) -> IppPrinter:
    uri = uri_of(emulator)
    return IppPrinter(uri, place_of(DeviceUri.parse(uri)), setup or PageSetup(), QUICK)


def uri_of(emulator: IppPrinterEmulator, query: str = "") -> str:
    return "ipp://{}:{}/ipp/print".format(*emulator.address) + query


def printed(emulator: IppPrinterEmulator) -> list[bytes]:
    return [path.read_bytes() for path in sorted(emulator.out.glob("*.pdf"))]


def left(emulator: IppPrinterEmulator) -> list[int]:
    """Jobs that the printer would still print."""
    return [job.number for job in emulator.jobs if job.state < JobState.CANCELED]


def test_a_job_is_followed_to_its_last_page(emulator: IppPrinterEmulator, printer: IppPrinter) -> None:
    reply = printer.print_pdf(THREE, "job-㛃𠮷", "受理通知书 T01")
    assert reply == Reply(Outcome.OK, "1")
    assert printed(emulator) == [THREE]
    job = emulator.jobs[0]
    assert (job.state, job.done) == (JobState.COMPLETED, 3)
    assert job.name == "受理通知书 T01 [job-㛃𠮷]"


def test_the_same_job_is_not_printed_twice_not_even_by_another_driver(
    emulator: IppPrinterEmulator, printer: IppPrinter
) -> None:
    assert printer.print_pdf(ONE, "a", "").ok
    assert "未重复" in printer.print_pdf(ONE, "a", "").detail
    later = driver(emulator)
    later.open().unwrap()
    again = later.print_pdf(ONE, "a", "")
    assert again.ok
    assert "未重复" in again.detail
    assert later.print_pdf(ONE, "b", "").ok
    assert len(printed(emulator)) == 2


@pytest.mark.parametrize(
    ("fault", "outcome", "words"),
    [
        ("media-empty", Outcome.OUT_OF_PAPER, "缺纸"),
        ("media-needed", Outcome.OUT_OF_PAPER, "规格"),
        ("jam", Outcome.FAULT, "卡纸"),
        ("cover-open", Outcome.FAULT, "盖板"),
        ("toner-empty", Outcome.FAULT, "碳粉"),
        ("paused", Outcome.FAULT, "暂停"),
        ("refuses-jobs", Outcome.FAULT, "不接收"),
        ("busy", Outcome.BUSY, "正忙"),
        ("held", Outcome.FAULT, "扣留"),
        ("gone", Outcome.DISCONNECTED, "断开"),
        ("torn", Outcome.DISCONNECTED, "断开"),
        ("garbage", Outcome.FAULT, "IPP"),
        ("http-500", Outcome.FAULT, "500"),
    ],
)
def test_what_is_refused_leaves_nothing_behind_and_goes_when_all_is_well(
    emulator: IppPrinterEmulator, printer: IppPrinter, fault: str, outcome: Outcome, words: str
) -> None:
    emulator.faults.set(fault)
    reply = printer.print_pdf(ONE, "a", "")
    assert reply.outcome is outcome, reply
    assert words in reply.detail
    assert not reply.partly
    emulator.faults.clear()
    assert left(emulator) == []
    assert printer.print_pdf(ONE, "a", "").ok
    assert printed(emulator) == [ONE]


@pytest.mark.parametrize("fault", STOPS)
def test_probe_says_what_the_printer_lacks(emulator: IppPrinterEmulator, printer: IppPrinter, fault: str) -> None:
    emulator.faults.set(fault)
    reply = printer.probe()
    assert not reply.ok
    assert reply.detail
    emulator.faults.clear()
    assert printer.probe() == Reply(Outcome.OK, emulator.model)


def test_what_will_be_wanted_soon_stops_nothing(emulator: IppPrinterEmulator, printer: IppPrinter) -> None:
    emulator.faults.set("toner-low")
    assert printer.probe().detail == "碳粉将用完"
    assert printer.print_pdf(ONE, "a", "") == Reply(Outcome.OK, "1", "碳粉将用完")


@pytest.mark.parametrize(("fault", "outcome"), [("runs-out", Outcome.OUT_OF_PAPER), ("jam-inside", Outcome.FAULT)])
def test_what_happens_after_the_first_page_is_known_and_asked_about(
    emulator: IppPrinterEmulator, printer: IppPrinter, fault: str, outcome: Outcome
) -> None:
    emulator.faults.set(fault)
    reply = printer.print_pdf(THREE, "a", "")
    assert (reply.outcome, reply.partly) == (outcome, True)
    assert "已打出 1 面" in reply.detail
    emulator.refill()
    time.sleep(0.2)
    assert (left(emulator), printed(emulator)) == ([], [])
    assert printer.print_pdf(THREE, "a/1", "").ok


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("cancelled-there", "被取消"),
        ("aborted", "放弃"),
        ("errors", "错误"),
        ("forgets", "不再认得"),
        ("stall", "没有报告打完"),
        ("silent", "应答"),
    ],
)
def test_what_nobody_can_know_is_unknown(
    emulator: IppPrinterEmulator, printer: IppPrinter, fault: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    printer._queue._link._timeout = 0.5
    if fault in ("silent", "forgets"):  # from the moment when the printer has the job
        follow = printer._queue._follow

        def late(job: int, remark: str) -> Reply[str]:
            emulator.faults.set(fault)
            return follow(job, remark)

        monkeypatch.setattr(printer._queue, "_follow", late)
    else:
        emulator.faults.set(fault)
    reply = printer.print_pdf(ONE, "a", "")
    assert reply.outcome is Outcome.UNKNOWN, reply
    assert words in reply.detail


def test_a_job_that_cannot_be_taken_back_is_unknown(emulator: IppPrinterEmulator, printer: IppPrinter) -> None:
    emulator.faults.set("keeps-job")
    emulator.faults.set("runs-out")
    reply = printer.print_pdf(THREE, "a", "")
    assert reply.outcome is Outcome.UNKNOWN
    assert "缺纸" in reply.detail
    assert left(emulator) == [1]


def test_it_stands_in_line_no_longer_than_it_is_told(emulator: IppPrinterEmulator, printer: IppPrinter) -> None:
    emulator.faults.set("stall")
    other = driver(emulator)
    other.open().unwrap()
    waiting = threading.Thread(target=other.print_pdf, args=(ONE, "first", ""))
    waiting.start()
    while not emulator.jobs or not emulator.jobs[0].begun:
        time.sleep(0.01)
    reply = printer.print_pdf(ONE, "second", "")
    assert (reply.outcome, reply.partly) == (Outcome.BUSY, False)
    assert emulator.jobs[1].state == JobState.CANCELED
    other.cancel()
    waiting.join()


def test_a_lost_answer_is_looked_up(emulator: IppPrinterEmulator, printer: IppPrinter) -> None:
    """The printer took the document, its answer got lost: asked, it knows the job."""
    for fault in ("", "no-create-job"):
        if fault:
            emulator.faults.set(fault)
        emulator.faults.set("lost-answer", 1)
        assert printer.print_pdf(ONE, f"a{fault}", "").ok
    assert len(printed(emulator)) == 2


def test_a_document_that_broke_off_is_taken_back(emulator: IppPrinterEmulator, printer: IppPrinter) -> None:
    emulator.faults.set("torn-job", 1)
    reply = printer.print_pdf(ONE, "a", "")
    assert (reply.outcome, reply.partly) == (Outcome.DISCONNECTED, False)
    assert emulator.jobs[0].state == JobState.CANCELED
    assert printer.print_pdf(ONE, "a", "").ok


def test_without_a_number_a_document_that_broke_off_is_unknown(
    emulator: IppPrinterEmulator, printer: IppPrinter
) -> None:
    emulator.faults.set("no-create-job")
    emulator.faults.set("torn-job", 1)
    assert printer.print_pdf(ONE, "a", "").outcome is Outcome.UNKNOWN


@pytest.mark.parametrize(("fault", "outcome"), [("stall", Outcome.CANCELLED), ("runs-out", Outcome.UNKNOWN)])
def test_cancel_takes_the_job_back(
    emulator: IppPrinterEmulator, printer: IppPrinter, fault: str, outcome: Outcome
) -> None:
    """Known not to be out: CANCELLED. A page is out: a person looks."""
    emulator.faults.set(fault)
    printer._queue._pace = Pace(every=5.0 if fault == "runs-out" else 0.05, back=1.0)
    timer = threading.Timer(0.4, printer.cancel)
    timer.start()
    reply = printer.print_pdf(THREE, "a", "")
    timer.join()
    assert reply.outcome is outcome
    assert left(emulator) == []


def test_an_old_printer_takes_jobs_in_one_step(emulator: IppPrinterEmulator, printer: IppPrinter) -> None:
    emulator.faults.set("no-create-job")
    assert printer.print_pdf(ONE, "a", "").ok
    assert printed(emulator) == [ONE]


def test_a_printer_without_pdf_says_so_when_it_is_opened(emulator: IppPrinterEmulator) -> None:
    emulator.faults.set("no-pdf")
    reply = driver(emulator).open()
    assert reply.outcome is Outcome.FAULT
    assert "PDF" in reply.detail


def test_how_pages_come_out_is_asked_of_the_printer(emulator: IppPrinterEmulator) -> None:
    made = open_driver(uri_of(emulator, "?sides=long&media=A5&copies=2&tray=tray-2"))
    made.open().unwrap()
    assert made.print_pdf(ONE, "a", "").ok
    wishes = emulator.jobs[0].wishes
    assert wishes["sides"] == ["two-sided-long-edge"]
    assert wishes["copies"] == [2]
    size = {"x-dimension": [14800], "y-dimension": [21000]}
    assert wishes["media-col"] == [{"media-source": ["tray-2"], "media-size": [size]}]
    assert emulator.jobs[0].done == 2
    # The call knows better than the settings.
    assert made.print_pdf(ONE, "b", "", PageSetup(media="A4", sides="one")).ok
    assert emulator.jobs[1].wishes["sides"] == ["one-sided"]
    made.close()


@pytest.mark.parametrize(
    ("media", "keyword"),
    [
        ("A4", "iso_a4_210x297mm"),
        ("A5", "iso_a5_148x210mm"),
        ("100×150mm", "custom_100x150mm_100x150mm"),
        ("80mm", None),
    ],
)
def test_media_are_named_as_pwg_5101_1_does(media: str, keyword: str | None) -> None:
    made = job_attributes(PageSetup(media=media))
    assert (made["media"].value if "media" in made else None) == keyword  # type: ignore[union-attr]


def test_a_long_title_keeps_its_job_id() -> None:
    name = Document(b"", "", "0192-7c", "𠮷" * 200).name
    assert len(name.encode()) <= 255
    assert name.endswith("𠮷 [0192-7c]")


@pytest.mark.parametrize(
    "uri",
    [
        "ipp:", "ipp:///ipp/print", "ipp://h:0/", "ipp://h/?sides=both", "ipp://h/?media=letter", "ipp://h/?copies=10",
        "ipp://h/?tray=A B", "ipp://h/?duplex=1", "cups:", "cups://server/", "cups:a/b", "ipps://h/?sha256=12",
        "ipp://h/?sha256=" + "0" * 64, "ipp://h/?wait=0",
    ],
)  # fmt: skip
def test_malformed_addresses(uri: str) -> None:
    with pytest.raises(BadInput):
        open_driver(uri)


@pytest.mark.parametrize(
    ("uri", "asked"),
    [
        ("ipp://192.0.2.7", "ipp://192.0.2.7:631/ipp/print"),
        ("ipps://[2001:db8::1]:443/ipp/print/2", "ipps://[2001:db8::1]:443/ipp/print/2"),
        ("cups:前台", "ipp://localhost:631/printers/%E5%89%8D%E5%8F%B0"),
        ("cups://server:8631/office", "ipp://server:8631/printers/office"),
    ],
)
def test_where_an_address_leads(uri: str, asked: str) -> None:
    assert place_of(DeviceUri.parse(uri)).uri == asked


def test_a_printers_own_certificate_is_known_by_its_fingerprint(tmp_path: Path) -> None:
    context, fingerprint = _certificate(tmp_path)
    emulator = IppPrinterEmulator(tmp_path / "out", tls=context, page_seconds=0.02)
    emulator.start()
    try:
        base = "ipps://{}:{}/ipp/print".format(*emulator.address)
        assert "证书" in open_driver(base).open().detail
        wrong = open_driver(f"{base}?sha256={'0' * 64}").open()
        assert wrong.outcome is Outcome.DISCONNECTED
        assert "指纹" in wrong.detail
        printer = open_driver(f"{base}?sha256={fingerprint}")
        printer.open().unwrap()
        assert printer.print_pdf(THREE, "a", "").ok
        assert printed(emulator) == [THREE]
    finally:
        emulator.stop()


def _certificate(folder: Path) -> tuple[ssl.SSLContext, str]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "printer")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - dt.timedelta(1))
        .not_valid_after(now + dt.timedelta(9)).sign(key, hashes.SHA256())
    )  # fmt: skip
    path = folder / "printer.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context, hashlib.sha256(made.public_bytes(serialization.Encoding.DER)).hexdigest()


def test_a_printer_that_is_not_there() -> None:
    printer = open_driver("ipp://127.0.0.1:9/ipp/print")
    assert printer.open().outcome is Outcome.DISCONNECTED
    assert printer.print_pdf(ONE, "a", "").outcome is Outcome.DISCONNECTED


def test_it_takes_pdf_only(printer: IppPrinter) -> None:
    with pytest.raises(ValueError, match="PDF"):
        printer.print_pdf(b"hello", "a", "")
