"""Passport and permit readers that type the machine-readable zone, as swipe readers on the keyboard port do:
`mrz+wedge:?prefix=~&gap=35&chip=READER`, or on Linux `mrz+wedge:///dev/input/by-id/…-event-kbd`.

Without a path the keys come to the window as anybody's do (app.workers.wedge_keys); a burst is this reader's when it
came faster than hands type and looks like a zone. It then goes into no field, whoever asked for it. With a path the
reader is taken from the desktop altogether (evdev_keys) and all that it types is its own.
"""

from __future__ import annotations

import queue
import re
from collections.abc import Callable
from typing import Any

from devices.drivers.entry.evdev_keys import EvdevKeys
from devices.drivers.entry.wedge_timing import Ended, WedgeRules, WedgeTiming
from devices.drivers.identity.mrz_lines import QUIET
from devices.drivers.identity.passport import TextPassportReader
from devices.drivers.identity.pcsc_api import Winscard, system_api
from devices.failure import NOT_OPEN, Failure
from devices.outcome import Outcome, Reply
from devices.uri import DeviceUri, bad_uri

RULES = WedgeRules(suffix="")
_TYPES, _GRABBED = "键盘口证件阅读机", "键盘口证件阅读机（独占）"
_SLICE = 0.05
_PIECE = re.compile(rb"[A-Z0-9< \r\n\t\x02\x03]+")


def zone_like(content: bytes, begun: bool = False) -> bool:
    """Is this a machine-readable zone or a piece of one? begun: other pieces came just before.

    Nearly every line has fillers, which no number of ours has; a second line without any follows a first.
    """
    upper = content.upper()
    return bool(_PIECE.fullmatch(upper)) and (begun or upper.count(b"<") >= 2)


class WedgePassportReader(TextPassportReader):
    """Zones typed into the window. `press` and `end` are called on the event loop, all else by the owner."""

    def __init__(
        self, uri: str, rules: WedgeRules = RULES, chip: str | None = None, api: Callable[[], Winscard] = system_api
    ) -> None:
        super().__init__(uri, chip, api=api)
        self.rules = rules
        self.timing = WedgeTiming(rules)
        self._pieces: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._open = self._begun = False
        self._key_at = self._piece_at = -QUIET
        """Seconds of the keys' own clock: the last key, and the last of a piece."""

    @property
    def listening(self) -> bool:
        """Is it open? Keys are nobody's but the window's before."""
        return self._open

    def open(self) -> Reply[str]:
        self._open = True
        return Reply(Outcome.OK, _TYPES)

    def close(self) -> None:
        self._open = False
        super().close()

    def probe(self) -> Reply[str]:
        """A keyboard cannot be asked what it is: open is all that is known."""
        return Reply(Outcome.OK, _TYPES) if self._open else Reply(Outcome.DISCONNECTED, detail=NOT_OPEN)

    def press(self, char: str, at: float, raw: bytes = b"") -> bool:
        """A key came. Is it held? See WedgeTiming.press."""
        if not self.timing.holding:
            self._begun = 0 <= at - self._piece_at <= QUIET
        self._key_at = at
        return self.timing.press(char, at, raw)

    def end(self) -> Ended:
        """The burst is over; a piece of a zone is now to be read by `read_zone`. TYPED: it was none."""
        ended, content = self.timing.end()
        if ended is Ended.TYPED or not (self.rules.prefix or zone_like(content, self._begun)):
            return Ended.TYPED
        self._piece_at = self._key_at
        self._pieces.put(content)
        return ended

    def _check_open(self) -> None:
        if not self._open:
            raise Failure(Outcome.DISCONNECTED, NOT_OPEN)

    def _drop_leftovers(self) -> None:
        while not self._pieces.empty():
            self._pieces.get()

    def _take(self) -> bytes:
        try:
            return self._pieces.get(timeout=_SLICE)
        except queue.Empty:
            return b""


class GrabbedPassportReader(TextPassportReader):
    """Zones from the reader's own input device, of which nobody else hears while it is open (Linux)."""

    def __init__(
        self,
        uri: str,
        path: str,
        chip: str | None = None,
        grab: bool = True,
        api: Callable[[], Winscard] = system_api,
    ) -> None:
        super().__init__(uri, chip, api=api)
        self._keys = EvdevKeys(path, "证件阅读机", grab=grab)

    def open(self) -> Reply[str]:
        return self._said(self._keys.open)

    def close(self) -> None:
        super().close()
        self._keys.close()

    def probe(self) -> Reply[str]:
        return self._said(self._keys.check)

    def _said(self, ask: Callable[[], None]) -> Reply[str]:
        try:
            ask()
        except Failure as failure:
            reply: Reply[Any] = failure.reply
            return reply
        return Reply(Outcome.OK, _GRABBED)

    def _check_open(self) -> None:
        if not self._keys.is_open:
            raise Failure(Outcome.DISCONNECTED, NOT_OPEN)

    def _drop_leftovers(self) -> None:
        self._keys.drop()

    def _take(self) -> bytes:
        return b"".join(key.raw or key.char.encode() for key in self._keys.wait(_SLICE))


def open_driver(uri: str) -> WedgePassportReader | GrabbedPassportReader:
    """The driver of an `mrz+wedge:` URI. BadInput when it is malformed. Options: prefix, gap, chip."""
    parsed = DeviceUri.parse(uri, ["prefix", "gap", "chip"])
    prefix, chip = parsed.options.get("prefix", ""), parsed.options.get("chip")
    if prefix and not all(" " <= char <= "~" or char == "\x02" for char in prefix):
        raise bad_uri(uri, "的参数 prefix 应为键盘上的字符", "例如 prefix=~ 。")
    # Below what the fastest hands do: typing must never be taken for a reader.
    gap = parsed.integer("gap", 35, 10, 55) / 1000
    if parsed.path:
        return GrabbedPassportReader(uri, parsed.file, chip)
    return WedgePassportReader(uri, WedgeRules(prefix, "", gap), chip)
