"""Network scanners by eSCL (AirScan, Mopria): `escl://192.168.1.50`, `escl://host:8080/eSCL`, `escl://host?tls=1`."""

from __future__ import annotations

import time
import urllib.parse
from collections.abc import Callable, Iterable

from devices.base import DeviceKind, Picture
from devices.discovery import Found
from devices.drivers.imaging.escl_messages import Capabilities, Status, read_capabilities, read_status, scan_settings
from devices.drivers.imaging.scan_picture import pictures_of
from devices.drivers.links import mdns
from devices.drivers.links.http_line import Answer, HttpLine
from devices.failure import NOT_OPEN, Failure, cancelled
from devices.kinds.imaging import ScannedPage, Scanner, ScanSettings, ScanSource
from devices.outcome import Outcome, Reply
from devices.uri import DeviceUri, bad_uri

_SERVICE, _SECURE = "_uscan._tcp", "_uscans._tcp"
_OPEN = 5.0
_PROBE = 1.5
_BUSY_FOR = 8.0
"""Seconds for which a busy scanner is asked again: it may only be waking up, or finishing somebody's page."""
_RETRY = 0.5
_LONGEST_RETRY = 5.0
_XML_BYTES = 1024 * 1024
MAX_PAGES = 500
"""A feeder that never says that it is empty must end some time."""

_FEEDER = {
    "ScannerAdfJam": (Outcome.FAULT, "送纸器卡纸：请打开盖子取出卡住的纸，再继续扫描"),
    "ScannerAdfMispick": (Outcome.FAULT, "送纸器没有抓起纸：请把纸理齐放好后重试"),
    "ScannerAdfMultipickDetected": (Outcome.FAULT, "送纸器一次进了多张：请把纸抖松理齐后重试"),
    "ScannerAdfHatchOpen": (Outcome.FAULT, "扫描仪盖子没有合上，请合上后重试"),
    "ScannerAdfInputTrayFailed": (Outcome.FAULT, "送纸器有故障，请检查送纸器"),
    "ScannerAdfInputTrayOverloaded": (Outcome.FAULT, "送纸器里的纸太多，请分几次扫描"),
    "ScannerAdfDuplexPageTooShort": (Outcome.FAULT, "纸太短，不能双面扫描，请改用单面或平板"),
    "ScannerAdfDuplexPageTooLong": (Outcome.FAULT, "纸太长，不能双面扫描，请改用单面或平板"),
}
_EMPTY = Failure(Outcome.NOT_PRESENT, "送纸器里没有纸，请放好材料")


def open_driver(uri: str) -> Scanner:
    """The driver of a scanner's URI; the path is /eSCL unless the scanner announces another (`rs` of its _uscan
    record). tls: 1 asks by HTTPS. BadInput when it is malformed."""
    parsed = DeviceUri.parse(uri, ["tls"])
    if not parsed.host:
        raise bad_uri(uri, "缺少主机")
    tls = parsed.flag("tls")
    host = f"[{parsed.host}]" if ":" in parsed.host else parsed.host
    base = f"{'https' if tls else 'http'}://{host}:{parsed.port or (443 if tls else 80)}"
    return EsclScanner(uri, base, urllib.parse.quote(parsed.path.rstrip("/")) or "/eSCL")


def discover(kind: DeviceKind) -> list[Found]:
    """The scanners that announce themselves in this network; the path is the `rs` of their record."""
    if kind is not DeviceKind.SCANNER:
        return []
    heard = mdns.ask((_SERVICE, _SECURE))
    found = {service.name: _found(service, tls=True) for service in heard[_SECURE]}
    # Most announce both ways: the plain one needs no certificate.
    found |= {service.name: _found(service, tls=False) for service in heard[_SERVICE]}
    return list(found.values())


def _found(service: mdns.Service, tls: bool) -> Found:
    path = urllib.parse.quote(service.txt.get("rs", "eSCL").strip("/"))
    uri = f"escl://{service.host}:{service.port}/{path}{'?tls=1' if tls else ''}"
    return Found(uri, service.txt.get("ty", "") or service.name, f"{service.name}，{service.host}")


class EsclScanner(Scanner):
    """A scanner in the network."""

    def __init__(self, uri: str, base: str, root: str) -> None:
        """base: scheme, host, port. root: path of its service."""
        super().__init__(uri)
        self._root = root
        self._line = HttpLine(base, "扫描仪", self._cancelled.is_set)
        self._caps: Capabilities | None = None

    def open(self) -> Reply[str]:
        if self._caps:
            return Reply(Outcome.OK, self._caps.model)
        self._cancelled.clear()
        try:
            answer = self._get("/ScannerCapabilities", _OPEN)
            self._caps = read_capabilities(answer.body)
        except Failure as failure:
            return failure.reply
        return Reply(Outcome.OK, self._caps.model)

    def close(self) -> None:
        self._caps = None

    def probe(self) -> Reply[str]:
        caps = self._caps
        if caps is None:
            return Reply(Outcome.DISCONNECTED, detail=NOT_OPEN)
        self._cancelled.clear()
        try:
            status = self._status(_PROBE)
        except Failure as failure:
            return failure.reply
        if status.state == "Down":
            return Reply(Outcome.FAULT, detail="扫描仪报告不能使用，请查看扫描仪上的提示")
        return Reply(Outcome.OK, caps.model)

    def sources(self) -> Reply[tuple[ScanSource, ...]]:
        if self._caps is None:
            return Reply(Outcome.DISCONNECTED, detail=NOT_OPEN)
        return Reply(Outcome.OK, tuple(self._caps.inputs))

    def scan(self, settings: ScanSettings, page: Callable[[ScannedPage], None], timeout: float = 120.0) -> Reply[int]:
        caps = self._caps
        if caps is None:
            return Reply(Outcome.DISCONNECTED, detail=NOT_OPEN)
        if settings.source not in caps.inputs:
            return Reply(Outcome.NOT_PRESENT, detail="这台扫描仪没有这种进纸方式")
        self._cancelled.clear()
        given = 0
        job = ""
        try:
            fed = settings.source is not ScanSource.GLASS
            if fed:
                self._check_feeder(given)
            body, dpi = scan_settings(caps, settings)
            job = self._begin(body, fed, min(_BUSY_FOR, timeout))
            for picture in self._documents(job, timeout, fed):
                page(ScannedPage(picture, dpi))
                given += 1
            job = ""
            if fed:
                # A jam ends a job as an empty feeder does; only the status tells them apart.
                self._check_feeder(given)
            if not given:
                raise Failure(Outcome.FAULT, "扫描仪没有给出图像，请重试")
        except Failure as failure:
            return Reply(failure.outcome, detail=failure.detail, partly=given > 0)
        finally:
            if job:
                self._end(job)
        return Reply(Outcome.OK, given)

    def _begin(self, body: bytes, fed: bool, patience: float) -> str:
        """Ask for a job; its path. patience: seconds for which a busy scanner is asked again."""
        until = time.monotonic() + patience
        while True:
            answer = self._line.ask(
                "POST", f"{self._root}/ScanJobs", body, {"Content-Type": "text/xml"}, timeout=_OPEN, most=_XML_BYTES
            )
            if answer.status != 503:
                break
            if time.monotonic() > until:
                raise Failure(Outcome.BUSY, "扫描仪正被其他程序或其他人使用，请稍候")
            self._rest(answer)
        if answer.status == 409 and fed:
            self._check_feeder(0)
        location = urllib.parse.urlsplit(answer.headers.get("location", "")).path.rstrip("/")
        if answer.status != 201 or not location:
            raise Failure(Outcome.FAULT, f"扫描仪不接受这次扫描（{answer.status}），请重新选择清晰度或进纸方式")
        # Of its address only the path is used: scanners name themselves by addresses that nobody else knows them by.
        return location

    def _documents(self, job: str, timeout: float, fed: bool) -> Iterable[Picture]:
        """Each page's picture, until the scanner has no more."""
        documents = 0
        while documents < (MAX_PAGES if fed else 1):
            until = time.monotonic() + timeout
            while True:
                left = until - time.monotonic()
                if left <= 0:
                    raise Failure(Outcome.TIMEOUT, "扫描仪没有反应，请检查电源，或关开一次扫描仪")
                answer = self._line.ask("GET", f"{job}/NextDocument", timeout=left)
                if answer.status != 503:
                    break
                self._rest(answer)
            if answer.status == 404:
                return
            if answer.status == 410:
                self._explain(job)
            if answer.status != 200:
                raise Failure(Outcome.FAULT, f"扫描仪报告故障（{answer.status}），请查看扫描仪上的提示")
            documents += 1
            yield from pictures_of(answer.body)

    def _explain(self, job: str) -> None:
        """Why a job is gone. Raises Failure."""
        self._check_feeder(1)
        reasons = next((why for uri, why in self._status(_PROBE).jobs if uri.rstrip("/").endswith(job)), ())
        if "JobCanceledByUser" in reasons or "JobCanceledAtDevice" in reasons:
            raise Failure(Outcome.CANCELLED, "扫描在扫描仪上被取消")
        raise Failure(Outcome.FAULT, "扫描仪中止了这次扫描，请查看扫描仪上的提示")

    def _check_feeder(self, given: int) -> None:
        """Failure when the feeder cannot go on; when it is empty, only while no page has come."""
        feeder = self._status(_PROBE * 2).feeder
        if feeder in _FEEDER:
            raise Failure(*_FEEDER[feeder])
        if feeder == "ScannerAdfEmpty" and not given:
            raise _EMPTY

    def _status(self, timeout: float) -> Status:
        return read_status(self._get("/ScannerStatus", timeout).body)

    def _get(self, path: str, timeout: float) -> Answer:
        answer = self._line.ask("GET", self._root + path, timeout=timeout, most=_XML_BYTES)
        if answer.status == 503:
            raise Failure(Outcome.BUSY, "扫描仪正忙，请稍候")
        if answer.status in (401, 403):
            raise Failure(Outcome.DISCONNECTED, "扫描仪要求登录，请管理员在扫描仪上允许免登录扫描")
        if answer.status != 200:
            raise Failure(Outcome.FAULT, f"该地址没有 eSCL（AirScan）扫描仪（{answer.status}）")
        return answer

    def _rest(self, answer: Answer) -> None:
        """Wait as long as a busy scanner asks for, within reason."""
        asked = answer.headers.get("retry-after", "")
        if self._cancelled.wait(min(float(asked), _LONGEST_RETRY) if asked.isdecimal() else _RETRY):
            raise cancelled()

    def _end(self, job: str) -> None:
        """Let the scanner forget a job that will not be fetched: else it stays busy for minutes."""
        try:
            self._line.ask("DELETE", job, timeout=1.0, most=_XML_BYTES, heed_cancel=False)
        except Failure:
            return
