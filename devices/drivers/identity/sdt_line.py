"""One question to the SAM and its answer, over a line that splits, delays and damages."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

from devices.drivers.identity.sdt_frames import Damage, FrameDecoder, Request, Response
from devices.drivers.identity.sdt_port import SamPort
from devices.failure import Failure, cancelled
from devices.outcome import Outcome

_SUCCESSES = (0x90, 0x9F)

_QUIET = 0.3
"""Seconds of silence after a damaged frame that mean nothing more will come."""

_STALLED = 1.0
"""Seconds of silence within a frame after which its rest is given up. Slow readers pause for a third of that."""


@dataclass(frozen=True, slots=True)
class Command:
    """A request, and what its success looks like: state and number of data bytes.

    Answers do not say which request they belong to. The number of bytes tells them apart, so that the late answer to
    an earlier request is not taken for the answer to this one.
    """

    request: Request
    success: int
    least: int
    most: int


STATUS = Command(Request(0x11, 0xFF), 0x90, 0, 3)
SAM_ID = Command(Request(0x12, 0xFF), 0x90, 16, 16)
FIND = Command(Request(0x20, 0x01), 0x9F, 0, 16)
SELECT = Command(Request(0x20, 0x02), 0x90, 4, 15)
READ = Command(Request(0x30, 0x01), 0x90, 17, 4096)


class Garbled(Exception):
    """An answer came and was damaged on the way."""

    def __init__(self, damage: Damage) -> None:
        super().__init__(damage.value)
        self.damage = damage


class Silent(Exception):
    """No answer came."""


class SamLine:
    """The line to one SAM. Not thread-safe; `cancelled` may be set by any thread."""

    def __init__(self, port: SamPort, cancelled: threading.Event) -> None:
        self._port = port
        self._cancelled = cancelled
        self._decoder = FrameDecoder()

    def close(self) -> None:
        """Release the port. Never raises."""
        try:
            self._port.close()
        except OSError:
            return  # unplugged: there is nothing left to release

    def ask(self, command: Command, timeout: float) -> Response:
        """Send once and wait up to timeout seconds for the success or an error state.

        Garbled, Silent: see there. Failure: CANCELLED, DISCONNECTED.
        """
        try:
            self._send(command)
            return self._answer(command, time.monotonic() + timeout)
        except TimeoutError as error:
            raise Silent from error
        except OSError as error:
            raise Failure(Outcome.DISCONNECTED, "读卡器连接已断开，请检查连接线") from error

    def _send(self, command: Command) -> None:
        # Leftovers of an earlier question must not answer this one.
        self._port.drain()
        self._decoder.reset()
        self._port.write(command.request.encode())

    def _answer(self, command: Command, until: float) -> Response:
        damage: Damage | None = None
        heard_at = time.monotonic()
        while True:
            if self._cancelled.is_set():
                raise cancelled()
            data = self._port.read()
            now = time.monotonic()
            if data:
                heard_at = now
            for found in self._decoder.feed(data):
                if isinstance(found, Damage):
                    damage = damage or found
                    continue
                response = Response.from_body(found)
                if response.sw3 not in _SUCCESSES or _fits(command, response):
                    return response
                # Someone else's success: the late answer to an earlier question.
                damage = damage or Damage.LENGTH
            quiet = now - heard_at
            if damage and quiet > _QUIET and not self._decoder.pending:
                raise Garbled(damage)
            if now > until or (self._decoder.pending and quiet > _STALLED):
                if damage or self._decoder.pending:
                    raise Garbled(damage or Damage.LENGTH)
                raise Silent


def _fits(command: Command, response: Response) -> bool:
    return response.sw3 == command.success and command.least <= len(response.data) <= command.most
