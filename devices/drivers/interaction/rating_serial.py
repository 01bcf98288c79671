"""Rating devices 评价器 on a serial line: `rating+serial:///dev/ttyUSB2?baud=9600`.

There is no public protocol that makers share; this one is ours and stands in docs/devices.md, "The counter line".
"""

from __future__ import annotations

import contextlib
import time

from devices.drivers.links.counter_frames import Cmd, Frame, encode_fields
from devices.drivers.links.counter_line import BAUDS, CounterDevice
from devices.failure import Failure
from devices.kinds.interaction import RatingDevice
from devices.outcome import Outcome, Reply
from devices.uri import DeviceUri, bad_uri

DECLINED, NOBODY = 0, 0xFF
_GRACE = 1.0
"""Seconds that the device's own "nobody" is waited for after the time is over."""


class SerialRatingDevice(CounterDevice, RatingDevice):
    def greet(self, clerk: str, number: str) -> Reply[str]:
        def show() -> str:
            self.line.ask(Cmd.GREET, encode_fields(clerk, number))
            return self._name

        return self._call(show)

    def ask_rating(self, clerk: str, item: str, timeout: float = 60.0) -> Reply[int]:
        return self._call(lambda: self._ask(clerk, item, timeout))

    def _ask(self, clerk: str, item: str, timeout: float) -> int:
        line = self.line
        seconds = max(1, min(255, round(timeout)))
        try:
            # Taken back before it was confirmed, it may stand there all the same: then its lights go off too.
            asked = line.ask(Cmd.ASK, bytes((seconds,)) + encode_fields(clerk, item)).seq
            # A key of an earlier question carries that question's number: it is nobody's grade now.
            key = line.hear(lambda f: f.command == Cmd.KEY and f.seq == asked, time.monotonic() + timeout + _GRACE)
        except Failure as failure:
            if failure.outcome is Outcome.CANCELLED:
                self._stop()
            raise
        if key is None:
            self._stop()
            raise Failure(Outcome.NOT_PRESENT, "没有人评价")
        line.send(Frame(asked, Cmd.THANKS))
        return _grade(key.data)

    def _stop(self) -> None:
        """Lights off; what becomes of it is of no account, the next question puts them on anew."""
        with contextlib.suppress(Failure):
            self.line.send(Frame(0, Cmd.STOP))


def _grade(data: bytes) -> int:
    value = data[0] if len(data) == 1 else -1
    if value == NOBODY:
        raise Failure(Outcome.NOT_PRESENT, "没有人评价")
    if value == DECLINED:
        raise Failure(Outcome.DENIED_BY_USER, "办事人不评价")
    if not 1 <= value <= 5:
        raise Failure(Outcome.FAULT, "评价器报告了五个等级之外的按键")
    return value


def open_driver(uri: str) -> SerialRatingDevice:
    """The driver of a `rating+serial:` URI. BadInput when it is malformed. Options: baud (9600)."""
    parsed = DeviceUri.parse(uri, ["baud"])
    baud = parsed.integer("baud", 9600, BAUDS[0], BAUDS[-1])
    if baud not in BAUDS:
        raise bad_uri(uri, "的速率不可用", "可用速率：" + "、".join(map(str, BAUDS)) + "。")
    return SerialRatingDevice(uri, parsed.file, baud, "评价器")
