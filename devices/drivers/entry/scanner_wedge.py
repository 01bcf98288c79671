"""Code scanners that type: `wedge:?prefix=~&suffix=cr&gap=35`, or on Linux `wedge:///dev/input/by-id/…-event-kbd`.

Without a path the keys come to the window as anybody's do, and `app.workers.wedge_keys` hands them to `press`, before
an input method can take them. With a path the scanner is taken from the desktop altogether (evdev_keys).
"""

from __future__ import annotations

import contextlib
import queue
import time
from typing import Any

from devices.drivers.entry.evdev_keys import EvdevKeys, Key
from devices.drivers.entry.scanned_text import ENCODINGS, read_text
from devices.drivers.entry.scanner_serial import choice, wire_bytes
from devices.drivers.entry.wedge_timing import Ended, WedgeRules, WedgeTiming
from devices.failure import NOT_OPEN, Failure, cancelled
from devices.kinds.entry import CodeScanner, ScannedCode
from devices.outcome import Outcome, Reply
from devices.uri import DeviceUri, bad_uri

_SLICE = 0.05
_TYPES, _GRABBED = "键盘口扫码枪", "键盘口扫码枪（独占）"


class Unreadable:
    """A burst that was a scanner's and no whole code."""


class WedgeScanner(CodeScanner):
    """Codes typed into the window. `press` and `end` are called on the event loop, all else by the owner."""

    def __init__(self, uri: str, rules: WedgeRules = WedgeRules()) -> None:
        super().__init__(uri)
        self.rules = rules
        self.timing = WedgeTiming(rules)
        self._codes: queue.SimpleQueue[bytes | Unreadable] = queue.SimpleQueue()
        self._open = False

    @property
    def listening(self) -> bool:
        """Is it open? Keys are nobody's but the window's before."""
        return self._open

    def open(self) -> Reply[str]:
        self._open = True
        return Reply(Outcome.OK, _TYPES)

    def close(self) -> None:
        self._open = False

    def probe(self) -> Reply[str]:
        """A keyboard cannot be asked what it is: open is all that is known."""
        return Reply(Outcome.OK, _TYPES) if self._open else Reply(Outcome.DISCONNECTED, detail=NOT_OPEN)

    def press(self, char: str, at: float, raw: bytes = b"") -> bool:
        """A key came. Is it held? See WedgeTiming.press."""
        return self.timing.press(char, at, raw)

    def end(self) -> Ended:
        """The burst is over; a code is now to be read by `read_code`."""
        ended, content = self.timing.end()
        if ended is Ended.CODE:
            self._codes.put(content)
        elif ended is Ended.TORN:
            self._codes.put(Unreadable())
        return ended

    def read_code(self, timeout: float = 1.0) -> Reply[ScannedCode]:
        if not self._open:
            return Reply(Outcome.DISCONNECTED, detail=NOT_OPEN)
        self._cancelled.clear()
        until = time.monotonic() + timeout
        while True:
            if self._cancelled.is_set():
                return cancelled().reply
            with contextlib.suppress(queue.Empty):
                return _read(self._codes.get(timeout=_SLICE), self.rules)
            if time.monotonic() >= until:
                return Reply(Outcome.NOT_PRESENT, detail="没有扫到码")


class GrabbedScanner(CodeScanner):
    """A wedge read from its own input device, of which nobody else hears while it is open (Linux)."""

    def __init__(self, uri: str, path: str, rules: WedgeRules = WedgeRules(), grab: bool = True) -> None:
        super().__init__(uri)
        self._rules = rules
        self._keys = EvdevKeys(path, "扫码枪", rules.alt, grab)
        self._timing = WedgeTiming(rules)
        self._waiting: list[Key] = []

    def open(self) -> Reply[str]:
        if not self._keys.is_open:
            self.close()  # what was half typed when it was pulled is nobody's
        try:
            self._keys.open()
        except Failure as failure:
            reply: Reply[Any] = failure.reply
            return reply
        return Reply(Outcome.OK, _GRABBED)

    def close(self) -> None:
        self._timing = WedgeTiming(self._rules)
        self._waiting.clear()
        self._keys.close()

    def probe(self) -> Reply[str]:
        try:
            self._keys.check()
        except Failure as failure:
            reply: Reply[Any] = failure.reply
            return reply
        return Reply(Outcome.OK, _GRABBED)

    def read_code(self, timeout: float = 1.0) -> Reply[ScannedCode]:
        self._cancelled.clear()
        try:
            return self._wait(time.monotonic() + timeout)
        except Failure as failure:
            reply: Reply[Any] = failure.reply
            return reply

    def _wait(self, until: float) -> Reply[ScannedCode]:
        timing = self._timing
        while True:
            if self._cancelled.is_set():
                raise cancelled()
            self._waiting += self._keys.wait(0 if self._waiting else min(_SLICE, self._rules.gap))
            while self._waiting:
                key = self._waiting[0]
                # Two codes may come in one piece: the second waits for the next question. An Alt code takes its time.
                if not key.raw and timing.over(key.at):
                    return self._end()
                timing.press(key.char, key.at, key.raw)
                del self._waiting[0]
            if timing.holding and time.monotonic() - self._keys.heard_at > timing.patience:
                return self._end()
            if not timing.holding and time.monotonic() >= until:
                raise Failure(Outcome.NOT_PRESENT, "没有扫到码")

    def _end(self) -> Reply[ScannedCode]:
        """Here everything is the scanner's: too short to tell from typing is a torn code all the same."""
        ended, content = self._timing.end()
        if ended is Ended.CODE:
            return _read(content, self._rules)
        return _read(Unreadable(), self._rules)


def _read(content: bytes | Unreadable, rules: WedgeRules) -> Reply[ScannedCode]:
    if isinstance(content, Unreadable):
        return Reply(Outcome.UNREADABLE, detail="条码没有收全，请再扫一次")
    try:
        return Reply(Outcome.OK, read_text(content, rules.encoding, rules.aim))
    except Failure as failure:
        reply: Reply[Any] = failure.reply
        return reply


def open_driver(uri: str) -> CodeScanner:
    """The driver of a `wedge:` URI. BadInput when it is malformed."""
    parsed = DeviceUri.parse(uri, ["prefix", "suffix", "gap", "least", "encoding", "aim", "alt"])
    prefix = parsed.options.get("prefix", "")
    if prefix and not all(" " <= char <= "~" or char == "\x02" for char in prefix):
        raise bad_uri(uri, "的参数 prefix 应为键盘上的字符", "例如 prefix=~ 。")
    suffix = wire_bytes(parsed, "suffix", "cr").decode("ascii", "replace")
    if suffix not in ("", "\r", "\t", "\n"):
        raise bad_uri(uri, "的参数 suffix 不可用", "可用：cr、tab、lf、none。")
    if not suffix and not prefix:
        raise bad_uri(uri, "既没有前缀也没有后缀", "请在扫码枪上设置回车后缀，或设置前缀并写明 prefix=。")
    rules = WedgeRules(
        prefix,
        suffix,
        # Below what the fastest hands do: typing must never be taken for a scanner.
        parsed.integer("gap", 35, 10, 55) / 1000,
        least=parsed.integer("least", 6, 4, 40),
        encoding=choice(parsed, "encoding", ENCODINGS),
        aim={"auto": None, "1": True, "0": False}[choice(parsed, "aim", ("auto", "1", "0"))],
        alt=choice(parsed, "alt", ("gb18030", "unicode")),
    )
    if parsed.path:
        return GrabbedScanner(uri, parsed.file, rules)
    return WedgeScanner(uri, rules)
