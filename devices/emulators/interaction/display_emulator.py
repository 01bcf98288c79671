"""A customer display that draws into `rows` what the CD5220 commands tell it."""

from __future__ import annotations

import contextlib

from devices.drivers.interaction.display_serial import CLEAR, INITIALISE, LINE_STARTS, MOVE
from devices.emulators.links.pty_line import LineEmulator

FAULTS = frozenset({"unplug"})


class DisplayEmulator(LineEmulator):
    """rows: the lines in view."""

    def __init__(self, lines: int = 2) -> None:
        super().__init__(FAULTS)
        self._blank = ("",) * lines
        self.rows = self._blank
        self._buffer = b""

    def feed(self, data: bytes) -> None:
        if self.faults.on("unplug"):
            self.unplug()
            return
        self._buffer += data
        while self._buffer and self._take():
            pass

    def _take(self) -> bool:
        """Obey one command; False when it has not come whole."""
        known = (CLEAR, INITIALISE, *LINE_STARTS, MOVE)
        if any(start.startswith(self._buffer) and start != self._buffer for start in known):
            return False
        for start in (CLEAR, INITIALISE):
            if self._buffer.startswith(start):
                self.rows = self._blank
                self._buffer = self._buffer[len(start) :]
                return True
        for number, start in enumerate(LINE_STARTS):
            if self._buffer.startswith(start):
                text, end, rest = self._buffer[len(start) :].partition(b"\r")
                if not end:
                    return False
                self._set(number, text)
                self._buffer = rest
                return True
        if self._buffer.startswith(MOVE):
            if len(self._buffer) < len(MOVE) + 2:
                return False
            number = self._buffer[len(MOVE) + 1] - 1
            rest = self._buffer[len(MOVE) + 2 :]
            end_at = next((i for i, byte in enumerate(rest) if byte in b"\x0c\x1b\x1f"), len(rest))
            with contextlib.suppress(IndexError):
                self._set(number, rest[:end_at])
            self._buffer = rest[end_at:]
            return True
        self._buffer = self._buffer[1:]
        return True

    def _set(self, number: int, text: bytes) -> None:
        rows = list(self.rows)
        rows[number] = text.decode("gb18030", errors="replace")
        self.rows = tuple(rows)
