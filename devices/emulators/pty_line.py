"""What the emulators on a serial line share: a pseudo-terminal, a thread, and faults of the line (POSIX only)."""

from __future__ import annotations

import abc
import contextlib
import os
import pty
import select
import threading
import tty

from devices.emulators.faults import Faults
from devices.emulators.sam import NO_PORT

LINE_FAULTS = frozenset(
    {
        "slow",  # each answer comes late_seconds late
        "split",  # answers come in small pieces
        "half",  # an answer stops in the middle
        "garbage",  # noise instead of an answer
        "noise",  # noise around a good answer
        "mute",  # no answer
        "unplug",  # the line dies in the middle of the next answer
    }
)
_GARBAGE = bytes(range(0xA0, 0xC0)) + b"\x5a\xa5\x02\x02"


class PtyEmulator(abc.ABC):
    """A device on a pseudo-terminal. `path` is the port to open, valid between start and stop."""

    late_seconds = 0.3

    def __init__(self, faults: frozenset[str] = LINE_FAULTS) -> None:
        self.faults = Faults(faults)
        self.path = NO_PORT
        self._stop = threading.Event()
        self._pulled = threading.Event()
        self._thread: threading.Thread | None = None
        self._master = self._slave = -1

    @abc.abstractmethod
    def feed(self, data: bytes) -> None:
        """Bytes from the driver. Answers go out by `answer`."""

    def tick(self) -> None:  # noqa: B027 - most do nothing by themselves
        """About 50 times a second: what the device does by itself."""

    def start(self) -> None:
        """Make the pseudo-terminal and answer on it. Starting twice is harmless."""
        if self._thread:
            return
        self._master, self._slave = pty.openpty()
        tty.setraw(self._slave)  # held open here, else the master would read EIO whenever no driver has it open
        self.path = os.ttyname(self._slave)
        self._stop.clear()
        self._pulled.clear()
        self._thread = threading.Thread(target=self._serve, name="pty-emulator", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Take everything down. Stopping twice is harmless."""
        thread, self._thread = self._thread, None
        if thread:
            self._stop.set()
            thread.join()
            self.path = NO_PORT
            os.close(self._slave)

    def unplug(self) -> None:
        """Pull the cable. The line stays dead until stop and start."""
        self._pulled.set()

    def answer(self, data: bytes) -> None:
        """Send, as the faults have it."""
        if self.faults.on("mute"):
            return
        if self.faults.on("slow") and self._stop.wait(self.late_seconds):
            return
        if self.faults.on("unplug"):
            self._write(data[: len(data) // 2])
            self._pulled.set()
            return
        if self.faults.on("garbage"):
            data = _GARBAGE
        elif self.faults.on("half"):
            data = data[: len(data) // 2]
        elif self.faults.on("noise"):
            data = _GARBAGE + data + _GARBAGE[:7]
        step = 2 if self.faults.on("split") else max(1, len(data))
        for at in range(0, len(data), step):
            self._write(data[at : at + step])
            if step == 2 and self._stop.wait(0.002):
                return

    def _write(self, data: bytes) -> None:
        with contextlib.suppress(OSError):
            os.write(self._master, data)

    def _serve(self) -> None:
        try:
            while not self._stop.is_set() and not self._pulled.is_set():
                if select.select([self._master], [], [], 0.02)[0]:
                    self.feed(os.read(self._master, 4096))
                self.tick()
        finally:
            os.close(self._master)
