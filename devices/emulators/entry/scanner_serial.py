"""A code scanner on a pseudo-terminal for the real `scanner+serial` driver."""

from __future__ import annotations

import threading
import time
from collections import deque

from devices.emulators.links.pseudo_terminal import PseudoTerminal

FAULTS = frozenset(
    {
        "silent",  # codes are held before it and nothing comes
        "slow",  # bytes come one by one, as at 1200 baud
        "half",  # a code stops in the middle
        "garbage",  # bytes of no encoding instead of the code
        "no-suffix",  # the end mark lacks
        "unplug",  # the line dies in the middle of a code
    }
)
AGAIN = 0.25
"""Seconds after which a code that stays before the scanner is sent again."""


class SerialScannerEmulator(PseudoTerminal):
    """Sends what is scanned. scan, present and the fault switches may be used from any thread."""

    def __init__(self, prefix: bytes = b"", suffix: bytes = b"\r") -> None:
        super().__init__(FAULTS)
        self._prefix, self._suffix = prefix, suffix
        self._lock = threading.Lock()
        self._codes: deque[bytes] = deque()
        self._presented = b""
        self._next = 0.0

    def scan(self, content: bytes) -> None:
        """Somebody pulls the trigger once. content: AIM identifier, where one is wanted, and the code's bytes."""
        with self._lock:
            self._codes.append(content)

    def present(self, content: bytes) -> None:
        """Leave a code before a desk scanner, which reads it again and again; b"" takes it away."""
        with self._lock:
            self._presented = content

    def plugged_in(self) -> None:
        self._next = 0.0

    def hear(self, data: bytes) -> None:
        """Scanners are not asked anything."""

    def idle(self) -> None:
        with self._lock:
            content = self._codes.popleft() if self._codes else b""
            if not content and self._presented and time.monotonic() >= self._next:
                content, self._next = self._presented, time.monotonic() + AGAIN
        if content and not self.faults.on("silent"):
            self._send(content)

    def _send(self, content: bytes) -> None:
        if self.faults.on("garbage"):
            content = b"\xff\xfe\x80" + content[:3] + b"\xff"
        whole = self._prefix + content + (b"" if self.faults.on("no-suffix") else self._suffix)
        if self.faults.on("half"):
            whole = whole[: len(whole) // 2]
        if self.faults.on("unplug"):
            self.send(whole[: len(whole) // 2])
            self.unplug()
        elif self.faults.on("slow"):
            self.send(whole, 0.008, 1)
        else:
            self.send(whole)
