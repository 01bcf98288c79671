"""Page printers over IPP, themselves or behind CUPS: `ipp://192.168.1.60/ipp/print`, `ipps://…`, `cups:队列名`."""

from __future__ import annotations

import re
import threading
import urllib.parse
from dataclasses import dataclass

from devices.base import DeviceKind
from devices.discovery import Found
from devices.drivers.links import mdns
from devices.drivers.links.tcp import Lost
from devices.drivers.output.ipp_device import IppDevice
from devices.drivers.output.ipp_link import IppLink, Op, Place
from devices.drivers.output.ipp_queue import Pace
from devices.drivers.output.ipp_state import PAGE_TROUBLES, printer_state
from devices.drivers.output.ipp_wire import PRINTER, Attributes, Tag, Typed, texts
from devices.failure import Failure
from devices.kinds.output import PLAIN, PageSetup, Printer
from devices.outcome import Outcome, Reply
from devices.uri import DeviceUri, bad_uri

PORT = 631
_SERVICE = "_ipp._tcp"
_SIDES = {"one": "one-sided", "long": "two-sided-long-edge", "short": "two-sided-short-edge"}
_MEDIA = {"A4": (210, 297), "A5": (148, 210)}
_MILLIMETRES = re.compile(r"(\d{2,4})[x×](\d{2,4})mm")
SECURE = ("sha256",)
"""Options of the connection that every driver of IPP has."""


class IppPrinter(IppDevice, Printer):
    """Pages as PDF. See IppDevice."""

    mime = "application/pdf"
    no_mime = "打印机不接收 PDF 文件，请改用系统打印机（system:打印机名）"
    done_before = "此前已打印，未重复打印"

    def __init__(self, uri: str, place: Place, setup: PageSetup = PLAIN, pace: Pace | None = None) -> None:
        super().__init__(uri, place, PAGE_TROUBLES, pace)
        self._setup = setup

    def print_pdf(self, pdf: bytes, job_id: str, title: str, setup: PageSetup = PLAIN) -> Reply[str]:
        """As Printer. ValueError when pdf is none. What the call leaves open is taken from the URI."""
        if not pdf.startswith(b"%PDF-"):
            raise ValueError("not a PDF")
        mine = self._setup
        wanted = PageSetup(
            setup.media or mine.media,
            setup.sides or mine.sides,
            setup.tray or mine.tray,
            setup.copies if setup.copies > 1 else mine.copies,
        )
        return self._print(pdf, job_id, title, job_attributes(wanted))


def job_attributes(setup: PageSetup) -> Attributes:
    """A setup as job attributes: media by PWG 5101.1, in hundredths of a millimetre where a tray is named."""
    made: dict[str, Typed] = {}
    if setup.copies > 1:
        made["copies"] = Typed(Tag.INTEGER, setup.copies)
    if setup.sides:
        made["sides"] = Typed(Tag.KEYWORD, _SIDES[setup.sides])
    size = _MEDIA.get(setup.media)
    if size is None and (match := _MILLIMETRES.fullmatch(setup.media)):
        size = int(match[1]), int(match[2])
    if setup.tray:
        column: dict[str, Typed] = {"media-source": Typed(Tag.KEYWORD, setup.tray)}
        if size is not None:
            sides = {"x-dimension": size[0], "y-dimension": size[1]}
            column["media-size"] = Typed(
                Tag.COLLECTION, {name: Typed(Tag.INTEGER, mm * 100) for name, mm in sides.items()}
            )
        made["media-col"] = Typed(Tag.COLLECTION, column)
    elif size is not None:
        name = f"{size[0]}x{size[1]}mm"
        known = setup.media.lower() if setup.media in _MEDIA else ""
        made["media"] = Typed(Tag.KEYWORD, f"iso_{known}_{name}" if known else f"custom_{name}_{name}")
    return made


@dataclass(frozen=True, slots=True)
class Queue:
    """A queue of a CUPS server. uri: for the settings. ready: it stands well now."""

    name: str
    uri: str
    description: str
    ready: bool


def list_queues(host: str = "localhost", port: int = PORT, timeout: float = 2.0) -> Reply[tuple[Queue, ...]]:
    """The queues of a CUPS server, by name. DISCONNECTED when no server runs there. Blocks up to about timeout
    seconds."""
    link = IppLink(Place(host, port, "/"), threading.Event(), timeout, timeout)
    names = ("printer-name", "printer-info", "printer-location", "printer-state", "printer-state-reasons")
    wanted = tuple(Typed(Tag.KEYWORD, name) for name in (*names, "printer-make-and-model"))
    try:
        answer = link.ask(Op.CUPS_GET_PRINTERS, about={"requested-attributes": wanted}, to="")
    except Lost as lost:
        return Reply(Outcome.DISCONNECTED, detail=lost.detail)
    except Failure as failure:
        return Reply(failure.outcome, detail=failure.detail)
    finally:
        link.close()
    found = []
    for delimiter, attributes in answer.groups:
        name = "".join(texts(attributes, "printer-name"))
        if delimiter != PRINTER or not name:
            continue
        said = [text for key in ("printer-info", "printer-location") for text in texts(attributes, key) if text]
        server = "" if (host, port) == ("localhost", PORT) else f"//{host}:{port}/"
        uri = f"cups:{server}{urllib.parse.quote(name)}"
        ready = printer_state(attributes, PAGE_TROUBLES).trouble is None
        found.append(Queue(name, uri, "，".join(said), ready))
    return Reply(Outcome.OK, tuple(sorted(found, key=lambda queue: queue.name)))


def discover(kind: DeviceKind) -> list[Found]:
    """The queues of this computer's CUPS, and the printers that announce themselves in this network and take PDF."""
    if kind is not DeviceKind.PRINTER:
        return []
    found = [Found(queue.uri, queue.name, queue.description) for queue in list_queues().value or ()]
    for service in mdns.ask((_SERVICE,))[_SERVICE]:
        path = urllib.parse.quote(service.txt.get("rp", "ipp/print").strip("/"))
        # `pdl` names what it reads (Bonjour Printing 1.2.1); one that says nothing of it is tried.
        if "application/pdf" in service.txt.get("pdl", "application/pdf"):
            uri = f"ipp://{service.host}:{service.port}/{path}"
            found.append(Found(uri, service.txt.get("ty", "") or service.name, f"{service.name}，{service.host}"))
    return found


def place_of(parsed: DeviceUri) -> Place:
    """Where an `ipp:`, `ipps:` or `cups:` URI leads. BadInput when it is malformed."""
    fingerprint = parsed.options.get("sha256", "").replace(":", "").lower()
    if fingerprint and not re.fullmatch(r"[0-9a-f]{64}", fingerprint):
        raise bad_uri(parsed.text, "的证书指纹不正确", "sha256 应为 64 位十六进制数。")
    scheme = parsed.scheme.removeprefix("card+")
    if parsed.port == 0:
        raise bad_uri(parsed.text, "端口不能为 0")
    if scheme == "cups":
        name = parsed.path.strip("/")
        if not name or "/" in name:
            raise bad_uri(parsed.text, "缺少打印队列的名称", "写作 cups:队列名，或 cups://服务器/队列名。")
        return Place(parsed.host or "localhost", parsed.port or PORT, f"/printers/{urllib.parse.quote(name)}")
    if not parsed.host:
        raise bad_uri(parsed.text, "应写明打印机的地址", "例如 ipp://192.168.1.60/ipp/print。")
    path = urllib.parse.quote(parsed.path if parsed.path not in ("", "/") else "/ipp/print")
    if fingerprint and scheme != "ipps":
        raise bad_uri(parsed.text, "的证书指纹只用于加密连接", "请写作 ipps://。")
    return Place(parsed.host, parsed.port or PORT, path, scheme == "ipps", fingerprint)


def open_driver(uri: str) -> IppPrinter:
    """The driver of an `ipp:`, `ipps:` or `cups:` URI. BadInput when it is malformed.

    Options: media (A4, A5, or 100x150mm), sides (one, long, short), tray, copies (1–9), wait (seconds that a job may
    stand in line or print, 120), sha256 (ipps: of the printer's own certificate).
    """
    parsed = DeviceUri.parse(uri, ["media", "sides", "tray", "copies", "wait", *SECURE])
    place = place_of(parsed)
    media, sides = parsed.options.get("media", ""), parsed.options.get("sides", "")
    tray = parsed.options.get("tray", "")
    if media and media not in _MEDIA and not _MILLIMETRES.fullmatch(media):
        raise bad_uri(uri, "的纸张规格不正确", "可用：A4、A5，或 100x150mm。")
    if sides and sides not in _SIDES:
        raise bad_uri(uri, "的单双面设置不正确", "可用：one、long、short。")
    if tray and not re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,60}", tray):
        raise bad_uri(uri, "的纸盒名称不正确", "例如 tray-1、manual。")
    setup = PageSetup(media, sides, tray, parsed.integer("copies", 1, 1, 9))
    return IppPrinter(uri, place, setup, Pace(whole=parsed.number("wait", 120.0, 1, 3600)))
