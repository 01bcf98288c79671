"""A serial adapter before a TCP emulator, so that serial drivers can talk to it (POSIX only)."""

from __future__ import annotations

import contextlib
import os
import select
import socket
import threading

from devices.emulators.links.pty_pair import open_pair


class SerialBridge:
    """Carries bytes between a pseudo-terminal and one connection. `path` is valid between start and stop."""

    def __init__(self, address: tuple[str, int]) -> None:
        self.path = ""
        self._address = address
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Connect and make the pseudo-terminal. OSError when the emulator does not listen."""
        connection = socket.create_connection(self._address, 3.0)
        master, slave, self.path = open_pair()
        self._thread = threading.Thread(target=self._carry, args=(connection, master, slave), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Pull the cable. Stopping twice is harmless."""
        self._stop.set()
        if self._thread:
            self._thread.join()

    def _carry(self, connection: socket.socket, master: int, slave: int) -> None:
        with connection, contextlib.suppress(OSError):
            while not self._stop.is_set():
                ready = select.select([connection.fileno(), master], [], [], 0.02)[0]
                if master in ready:
                    connection.sendall(os.read(master, 4096))
                if connection.fileno() in ready:
                    data = connection.recv(4096)
                    if not data:
                        break  # the printer lost its power: the line goes dead
                    os.write(master, data)
        os.close(master)
        os.close(slave)
