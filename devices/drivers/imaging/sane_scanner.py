"""Scanners through SANE: `sane:genesys:libusb:001:004`, `sane:test:0?set=read-delay:yes`.

The library runs in a process of its own (sane_host says why). It starts when the scanner is opened, is asked to cancel
gently first, so that the head goes home, and is killed when it does not answer.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

import cv2
import numpy as np

from devices.base import DeviceKind
from devices.discovery import Found
from devices.drivers.imaging.sane_host import GONE, NO_LIBRARY, NO_SUCH_SOURCE, TOO_LARGE, serve
from devices.failure import NOT_OPEN, Failure, cancelled
from devices.kinds.imaging import ScannedPage, Scanner, ScanSettings, ScanSource
from devices.outcome import Outcome, Reply
from devices.uri import DeviceUri, bad_uri

_START = 30.0
_OPEN = 30.0
"""Back ends of network scanners look around for them first."""
_PROBE = 1.5
_GENTLE = 5.0
"""Seconds that a back end has to end after it was asked to cancel: the head must come to rest."""
_SLICE = 0.05

# What sane_strstatus says (SANE Standard, SANE_Status), by its beginning; and the host's own words.
_MEANINGS: tuple[tuple[str, Outcome, str], ...] = (
    ("Document feeder jammed", Outcome.FAULT, "送纸器卡纸：请打开盖子取出卡住的纸，再继续扫描"),
    ("Document feeder out of", Outcome.NOT_PRESENT, "送纸器里没有纸，请放好材料"),
    ("Scanner cover is open", Outcome.FAULT, "扫描仪盖子没有合上，请合上后重试"),
    ("Device busy", Outcome.BUSY, "扫描仪正被其他程序或其他人使用，请稍候"),
    ("Access to resource", Outcome.DISCONNECTED, "没有权限使用扫描仪，请管理员把当前用户加入 scanner 组后重新登录"),
    ("Operation was cancel", Outcome.CANCELLED, "操作已取消"),
    ("cancel", Outcome.CANCELLED, "操作已取消"),
    ("Error during device I/O", Outcome.DISCONNECTED, "与扫描仪的连接出错，请检查连接线和电源"),
    (GONE, Outcome.DISCONNECTED, "扫描仪已断开，请检查连接线和电源"),
    ("Out of memory", Outcome.FAULT, "扫描仪内存不足，请降低清晰度后重试"),
    (TOO_LARGE, Outcome.FAULT, "扫描幅面太大，请降低清晰度（300 dpi 已足够）后重试"),
    (NO_SUCH_SOURCE, Outcome.NOT_PRESENT, "这台扫描仪没有这种进纸方式"),
    (NOT_OPEN, Outcome.DISCONNECTED, NOT_OPEN),
    (
        NO_LIBRARY,
        Outcome.FAULT,
        "没有安装扫描仪支持（SANE、python-sane），请管理员安装后重新打开程序",
    ),
)


def open_driver(uri: str) -> Scanner:
    """The driver of a scanner's URI: `sane:` and the name that SANE gives it (`scanimage -L`). BadInput when malformed.

    set: options of the back end, set once at opening, `name:value` separated by commas (`set=swdeskew:yes`).
    """
    parsed = DeviceUri.parse(uri, ["set"])
    wishes = []
    for wish in filter(None, parsed.options.get("set", "").split(",")):
        name, colon, value = wish.partition(":")
        if not (name and colon and value):
            raise bad_uri(uri, f"的参数 set 中“{wish[:40]}”写法不对", "写作 set=选项:值,选项:值。")
        wishes.append((name, value))
    return SaneScanner(uri, parsed.file, tuple(wishes))


def find_scanners(worker: Callable[[Connection], None] = serve) -> Reply[tuple[tuple[str, str], ...]]:
    """URI and name of each scanner that SANE finds now. Slow (seconds: back ends ask the network)."""
    host = _Process(worker)
    try:
        host.start()
        found = host.ask(("find",), _OPEN)
        return Reply(Outcome.OK, tuple((f"sane:{name}", f"{vendor} {model}") for name, vendor, model, _ in found))
    except Failure as failure:
        return failure.reply
    finally:
        host.end()


def discover(kind: DeviceKind, worker: Callable[[Connection], None] = serve) -> list[Found]:
    """The scanners that SANE finds; none without SANE."""
    if kind is not DeviceKind.SCANNER:
        return []
    return [Found(uri, name, uri.partition(":")[2]) for uri, name in find_scanners(worker).value or ()]


class SaneScanner(Scanner):
    """A flat-bed or feeding scanner. worker: what runs in its process (tests put others there)."""

    def __init__(
        self,
        uri: str,
        name: str,
        wishes: tuple[tuple[str, str], ...] = (),
        worker: Callable[[Connection], None] = serve,
    ) -> None:
        super().__init__(uri)
        self._name = name
        self._wishes = wishes
        self._worker = worker
        self._process: _Process | None = None
        self._resting = False
        """Has a scan ended, and nobody seen yet whether the back end came back from it?"""

    @property
    def pid(self) -> int | None:
        """Of the process in which the library lives, while it is open."""
        return self._process.pid if self._process else None

    def open(self) -> Reply[str]:
        if self._process and self._process.alive:
            return Reply(Outcome.OK, self._label)
        self.close()
        self._cancelled.clear()
        process = _Process(self._worker, self._cancelled.is_set)
        try:
            process.start()
            process.ask(("open", self._name, self._wishes), _OPEN)
        except Failure as failure:
            process.end()
            if failure.detail.startswith(("Invalid argument", "Operation not supported")):
                return Reply(Outcome.DISCONNECTED, detail="找不到这台扫描仪，请检查连接线和电源")
            return _worded(failure).reply
        self._process, self._resting = process, False
        return Reply(Outcome.OK, self._label)

    def close(self) -> None:
        process, self._process = self._process, None
        if process:
            process.end()

    def probe(self) -> Reply[str]:
        return self._asked(("probe",), _PROBE, lambda _: self._label)

    def sources(self) -> Reply[tuple[ScanSource, ...]]:
        return self._asked(("sources",), _PROBE, lambda value: tuple(ScanSource(name) for name in value))

    def scan(self, settings: ScanSettings, page: Callable[[ScannedPage], None], timeout: float = 120.0) -> Reply[int]:
        self._wake()
        process = self._process
        if process is None:
            return Reply(Outcome.DISCONNECTED, detail=NOT_OPEN)
        self._cancelled.clear()
        given = 0

        def take(scanned: ScannedPage) -> None:
            nonlocal given
            page(scanned)
            given += 1

        question = ("scan", settings.source.value, settings.colour.value, settings.dpi)
        try:
            return Reply(Outcome.OK, int(process.ask(question, timeout, take)))
        except Failure as failure:
            self._drop_if_dead()
            told = _worded(failure)
            return Reply(told.outcome, detail=told.detail, partly=given > 0)
        finally:
            self._resting = True

    def _wake(self) -> None:
        """After a scan the back end is told to cancel and may never come back from it (sane_host.Host.serve): then
        its process is replaced, and the scanner is open as before."""
        process, resting, self._resting = self._process, self._resting, False
        if process is None or not resting or not process.alive:
            return
        try:
            process.ask(("probe",), _PROBE)
        except Failure as failure:
            if failure.outcome is Outcome.TIMEOUT or not process.alive:
                self.close()
                self.open()

    def _asked(self, question: tuple[Any, ...], timeout: float, value: Callable[[Any], Any]) -> Reply[Any]:
        self._wake()
        process = self._process
        if process is None:
            return Reply(Outcome.DISCONNECTED, detail=NOT_OPEN)
        self._cancelled.clear()
        try:
            return Reply(Outcome.OK, value(process.ask(question, timeout)))
        except Failure as failure:
            self._drop_if_dead()
            return _worded(failure).reply

    def _drop_if_dead(self) -> None:
        """A process that was killed or fell is no open scanner any more; the next open starts another."""
        if self._process and not self._process.alive:
            self.close()

    @property
    def _label(self) -> str:
        return f"扫描仪 {self._name}"


class _Process:
    """The process and its pipe."""

    def __init__(self, worker: Callable[[Connection], None], is_cancelled: Callable[[], bool] = lambda: False) -> None:
        self._worker = worker
        self._is_cancelled = is_cancelled
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    @property
    def alive(self) -> bool:
        return self._process is not None and self._process.is_alive()

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Failure when the library is not there or does not come up."""
        # Not forked: a copy of a window's process would hold its threads' locks for ever.
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=self._worker, args=(theirs,), name="sane", daemon=True)
        self._process.start()
        theirs.close()
        self._answer(_START, None)

    def ask(self, question: tuple[Any, ...], timeout: float, take: Callable[[ScannedPage], None] | None = None) -> Any:
        """The value of the answer. timeout: seconds, anew for each page. Failure: what SANE said, unworded, or that
        the process is gone; after one that did not end in time it is."""
        if self._pipe is None:
            raise Failure(Outcome.DISCONNECTED, NOT_OPEN)
        try:
            self._pipe.send(question)
        except OSError as error:
            raise self._fallen() from error
        return self._answer(timeout, take)

    def end(self) -> None:
        """No process after this."""
        process, self._process = self._process, None
        pipe, self._pipe = self._pipe, None
        if pipe:
            pipe.close()
        if process:
            # With its pipe closed it ends by itself and closes the scanner in order.
            process.join(1.0)
            if process.is_alive():
                process.kill()
                process.join(5.0)

    def _answer(self, timeout: float, take: Callable[[ScannedPage], None] | None) -> Any:
        until = time.monotonic() + timeout
        ending: Failure | None = None
        while True:
            said = self._next(until, stop_early=ending is None)
            if isinstance(said, Failure):
                if ending is not None:
                    self._kill()
                    raise ending
                # Too late or cancelled: the back end is asked to end, and has a little time for it.
                ending, until = said, time.monotonic() + _GENTLE
                self._tell_cancel()
                continue
            if said[0] == "page":
                scanned = _page_of(said, self._bytes())
                if ending is None and take is not None:
                    try:
                        take(scanned)
                    except BaseException:
                        self._kill()  # its further pages would be taken for answers to the next question
                        raise
                    until = time.monotonic() + timeout
                continue
            if ending is not None:
                raise ending
            if said[0] == "error":
                raise Failure(Outcome.FAULT, str(said[1]))
            return said[1]

    def _next(self, until: float, stop_early: bool) -> Any:
        """The next word; a Failure as a value when none came in time, or the call is to end."""
        pipe = self._pipe
        if pipe is None:
            raise Failure(Outcome.DISCONNECTED, NOT_OPEN)
        try:
            while not pipe.poll(_SLICE):
                if stop_early and self._is_cancelled():
                    return cancelled()
                if time.monotonic() > until:
                    return Failure(Outcome.TIMEOUT, "扫描仪没有反应，请检查电源，或关开一次扫描仪")
            return pipe.recv()
        except (EOFError, OSError) as error:
            raise self._fallen() from error

    def _bytes(self) -> bytes:
        if self._pipe is None:
            raise Failure(Outcome.DISCONNECTED, NOT_OPEN)
        try:
            return self._pipe.recv_bytes()
        except (EOFError, OSError) as error:
            raise self._fallen() from error

    def _tell_cancel(self) -> None:
        if self._pipe:
            with contextlib.suppress(OSError):
                self._pipe.send(("cancel",))

    def _fallen(self) -> Failure:
        self._kill()
        return Failure(Outcome.FAULT, "扫描仪的驱动程序意外退出，已自动重新启动，请再扫描一次")

    def _kill(self) -> None:
        if self._process and self._process.is_alive():
            self._process.kill()
            self._process.join(5.0)


def _page_of(said: tuple[Any, ...], data: bytes) -> ScannedPage:
    _, wide, high, bands, dpi = said
    picture = np.frombuffer(data, np.uint8).reshape(high, wide, bands)
    code = cv2.COLOR_RGB2BGR if bands == 3 else cv2.COLOR_GRAY2BGR
    return ScannedPage(np.asarray(cv2.cvtColor(picture, code), np.uint8), dpi)


def _worded(failure: Failure) -> Failure:
    """What SANE or the host said, as an outcome and in words for the clerk."""
    for beginning, outcome, detail in _MEANINGS:
        if failure.detail.startswith(beginning):
            return Failure(outcome, detail)
    if not failure.detail.isascii():
        return failure  # of our own making
    return Failure(Outcome.FAULT, f"扫描仪报告故障（{failure.detail[:80]}）")
