"""What carries bytes to a SAM module and back: the same dialogue runs over a serial line and over USB."""

from __future__ import annotations

from typing import Protocol

import serial

_MOST_LEFTOVERS = 64
"""Reads that are spent on leftovers; a line that still babbles then is left to the decoder."""


class SamPort(Protocol):
    """A way to a SAM. TimeoutError when it takes no bytes; any other OSError: it is gone."""

    def drain(self) -> None:
        """Throw away what came and was not read."""

    def read(self) -> bytes:
        """What has come, after waiting a moment (some hundredths of a second) when nothing has."""

    def write(self, data: bytes) -> None:
        """Send a whole request."""

    def close(self) -> None:
        """Let go. An OSError says that there was nothing left to release."""


class SerialSamPort:
    """A SAM on a serial port, opened with a short read timeout."""

    def __init__(self, port: serial.Serial) -> None:
        self._port = port

    def drain(self) -> None:
        # Read away, not flushed: on an unplugged line tcflush raises termios.error, which is no OSError.
        for _ in range(_MOST_LEFTOVERS):
            if not (waiting := self._port.in_waiting):
                break
            self._port.read(waiting)

    def read(self) -> bytes:
        data: bytes = self._port.read(max(1, self._port.in_waiting))
        return data

    def write(self, data: bytes) -> None:
        try:
            self._port.write(data)
        except serial.SerialTimeoutException as error:
            raise TimeoutError(str(error)) from error

    def close(self) -> None:
        self._port.close()
