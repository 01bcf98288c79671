"""What the TCP emulators share: a listener on loopback, a thread a connection."""

from __future__ import annotations

import abc
import contextlib
import select
import socket
import struct
import threading

from devices.emulators.faults import Faults

NO_ADDRESS = ("127.0.0.1", 9)
"""Where an emulator that never ran is looked for: the discard port, on which nobody listens nowadays."""


class TcpEmulator(abc.ABC):
    """A device on 127.0.0.1. `address` is valid between start and stop."""

    def __init__(self, faults: frozenset[str]) -> None:
        self.faults = Faults(faults)
        self.address = NO_ADDRESS
        self._listener: socket.socket | None = None
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []

    @abc.abstractmethod
    def serve(self, connection: socket.socket) -> None:
        """Talk to one client until it or `stopping` ends it. An OSError ends the connection quietly."""

    @property
    def stopping(self) -> bool:
        return self._stopping.is_set()

    @property
    def running(self) -> bool:
        """Between start and stop."""
        return self._listener is not None

    def start(self) -> None:
        """Listen on a free port. Starting twice is harmless."""
        if self._listener:
            return
        self._stopping.clear()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = self._listener.getsockname()
        self._spawn(self._accept, self._listener)

    def stop(self) -> None:
        """Hang up on everybody and stop listening. Stopping twice is harmless."""
        if not self._listener:
            return
        self._stopping.set()
        for thread in self._threads:
            thread.join()
        self._threads.clear()
        self._listener.close()
        self._listener = None

    def read(self, connection: socket.socket, most: int = 4096) -> bytes:
        """Wait for bytes; b"" when the client has no more or the emulator stops."""
        while not self.stopping:
            if select.select([connection], [], [], 0.02)[0]:
                return connection.recv(most)
        return b""

    def _accept(self, listener: socket.socket) -> None:
        while not self.stopping:
            if select.select([listener], [], [], 0.02)[0]:
                self._spawn(self._connection, listener.accept()[0])

    def _connection(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            self.serve(connection)

    def _spawn(self, target: object, *arguments: object) -> None:
        thread = threading.Thread(target=target, args=arguments, name="tcp-emulator", daemon=True)  # type: ignore[arg-type]
        self._threads = [known for known in self._threads if known.is_alive()] + [thread]
        thread.start()


def hang_up_hard(connection: socket.socket) -> None:
    """Close with a reset, as a device does that loses its power or its cable."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()
