"""What drivers share: each call ends as a Reply, and a line that dies closes the driver."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from devices.base import Device
from devices.failure import Failure
from devices.outcome import Outcome, Reply

T = TypeVar("T")


class GuardedDevice(Device):
    """A driver whose inner steps end by Failure. After DISCONNECTED every call says so until `open` succeeds."""

    def _call(self, work: Callable[[], T]) -> Reply[T]:
        # A cancel belongs to the call that runs; one that came too late must not end the next.
        self._cancelled.clear()
        try:
            return Reply(Outcome.OK, work())
        except Failure as failure:
            if failure.outcome is Outcome.DISCONNECTED:
                self._lost_line()
            reply: Reply[Any] = failure.reply
            return reply

    def _lost_line(self) -> None:
        """A call ended DISCONNECTED."""
        self.close()
