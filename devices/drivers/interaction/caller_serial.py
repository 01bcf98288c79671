"""Number displays over the counter: `caller+serial:///dev/ttyUSB3?baud=9600`. They show what they are told and keep no
queue. The protocol is ours and stands in docs/devices.md, "The counter line".
"""

from __future__ import annotations

from devices.drivers.links.counter_frames import Cmd, encode_fields
from devices.drivers.links.counter_line import BAUDS, CounterDevice
from devices.failure import Failure
from devices.kinds.interaction import QueueCaller
from devices.outcome import Outcome, Reply
from devices.uri import DeviceUri, bad_uri

AGAIN = 1
NO_QUEUE = "这台叫号设备不管排队，请输入号码"


class SerialCaller(CounterDevice, QueueCaller):
    def call_number(self, number: str, counter: str, again: bool = False) -> Reply[str]:
        def show() -> str:
            self.line.ask(Cmd.SHOW, bytes((AGAIN if again else 0,)) + encode_fields(number, counter))
            return number

        return self._call(show)

    def next_number(self, counter: str, timeout: float = 5.0) -> Reply[str]:
        return self._call(self._no_queue)

    def miss_number(self, number: str, counter: str) -> Reply[str]:
        return self._call(self._no_queue)

    def _no_queue(self) -> str:
        self.check_open()
        raise Failure(Outcome.NOT_PRESENT, NO_QUEUE)


def open_driver(uri: str) -> SerialCaller:
    """The driver of a `caller+serial:` URI. BadInput when it is malformed. Options: baud (9600)."""
    parsed = DeviceUri.parse(uri, ["baud"])
    baud = parsed.integer("baud", 9600, BAUDS[0], BAUDS[-1])
    if baud not in BAUDS:
        raise bad_uri(uri, "的速率不可用", "可用速率：" + "、".join(map(str, BAUDS)) + "。")
    return SerialCaller(uri, parsed.file, baud, "叫号屏")
