"""What emulators on a pseudo-terminal share: a line that can be pulled, and a thread that listens (POSIX only)."""

from __future__ import annotations

import os
import select
import threading

from devices.emulators.faults import Faults
from devices.emulators.links.pty_pair import open_pair

NO_PORT = "/dev/ttyDEMO0"
"""Where a stopped emulator is looked for: nowhere. A freed pseudo-terminal's name may soon be somebody else's."""


class PseudoTerminal:
    """A device on a serial line. `path` is the port to open, valid between start and stop; each start gives another.

    start, stop, unplug and the fault switches may be used from any thread; `hear` and `idle` run on the emulator's own.
    """

    def __init__(self, faults: frozenset[str] | Faults) -> None:
        """faults: those it knows, or switches that it shares with the rest of a device."""
        self.faults = faults if isinstance(faults, Faults) else Faults(faults)
        self.path = NO_PORT
        self._master = self._slave = -1
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self._pulled = threading.Event()

    def hear(self, data: bytes) -> None:
        """Bytes from the computer."""

    def idle(self) -> None:
        """Nothing was heard for 20 ms."""

    def plugged_in(self) -> None:
        """The line is new: forget the last one's dialogue."""

    def plug(self) -> tuple[int, int, str]:
        """Make the line: the emulator's end, what it holds open of the other, and what a driver opens. OSError."""
        return open_pair()

    def encoded(self, data: bytes) -> bytes:
        """What stands for these bytes on the line."""
        return data

    def start(self) -> None:
        """Make the pseudo-terminal and answer on it. Starting twice is harmless."""
        if self._thread:
            return
        self._master, self._slave, self.path = self.plug()
        # A computer that reads nothing must not stop the emulator: what does not fit is lost, as on a real line.
        os.set_blocking(self._master, False)
        self._stop.clear()
        self._pulled.clear()
        self.plugged_in()
        self._thread = threading.Thread(target=self._serve, name=type(self).__name__, daemon=True)
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

    def send(self, data: bytes, pause: float = 0.0, piece: int = 0) -> None:
        """Bytes to the computer; in pieces with a pause of seconds between them."""
        step = piece or max(len(data), 1)
        for at in range(0, len(data), step):
            try:
                os.write(self._master, self.encoded(data[at : at + step]))
            except OSError:
                return
            if pause and self._stop.wait(pause):
                return

    def _serve(self) -> None:
        try:
            while not self._stop.is_set() and not self._pulled.is_set():
                if select.select([self._master], [], [], 0.02)[0]:
                    self.hear(os.read(self._master, 4096))
                else:
                    self.idle()
        finally:
            os.close(self._master)
