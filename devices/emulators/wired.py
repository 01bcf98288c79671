"""What emulators on a pseudo-terminal share: a line that can be pulled, and a thread that listens (POSIX only)."""

from __future__ import annotations

import abc
import os
import pty
import select
import threading
import tty

from devices.emulators.faults import Faults
from devices.emulators.sam import NO_PORT


class PtyEmulator(abc.ABC):
    """A device on a serial line. `path` is the port to open, valid between start and stop; each start gives another.

    Faults may be switched from any thread; `hear` and `idle` run on the emulator's own.
    """

    def __init__(self, faults: frozenset[str]) -> None:
        self.faults = Faults(faults)
        self.path = NO_PORT
        self._master = self._slave = -1
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self._pulled = threading.Event()

    @abc.abstractmethod
    def hear(self, data: bytes) -> None:
        """Bytes from the computer."""

    def idle(self) -> None:
        """Nothing was heard for 20 ms."""
        return

    def plugged_in(self) -> None:
        """The line is new: forget the last one's dialogue."""
        return

    def start(self) -> None:
        """Make the pseudo-terminal and answer on it. Starting twice is harmless."""
        if self._thread:
            return
        self._master, self._slave = pty.openpty()
        # The slave stays open here, else the master would read EIO whenever no driver has it open.
        tty.setraw(self._slave)
        # A computer that reads nothing must not stop the emulator: what does not fit is lost, as on a real line.
        os.set_blocking(self._master, False)
        self.path = os.ttyname(self._slave)
        self._stop.clear()
        self._pulled.clear()
        self.plugged_in()
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

    def send(self, data: bytes, pause: float = 0.0, piece: int = 0) -> None:
        """Bytes to the computer; in pieces with a pause of seconds between them."""
        step = piece or max(len(data), 1)
        for at in range(0, len(data), step):
            try:
                os.write(self._master, data[at : at + step])
            except BlockingIOError:
                return
            if pause and self._stop.wait(pause):
                return

    def pause(self, seconds: float) -> bool:
        """Wait on the emulator's thread. True: it is being stopped."""
        return self._stop.wait(seconds)

    def _serve(self) -> None:
        try:
            while not self._stop.is_set() and not self._pulled.is_set():
                if select.select([self._master], [], [], 0.02)[0]:
                    self.hear(os.read(self._master, 4096))
                else:
                    self.idle()
        finally:
            os.close(self._master)
