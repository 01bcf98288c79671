"""What the emulators that speak HTTP share: a server on loopback, a thread a request."""

from __future__ import annotations

import abc
import contextlib
import http.server
import threading
from collections.abc import Mapping
from typing import Any

from devices.emulators.faults import Faults
from devices.emulators.links.tcp import NO_ADDRESS


class HttpEmulator(abc.ABC):
    """A device on 127.0.0.1. `address` is valid between start and stop."""

    def __init__(self, faults: frozenset[str]) -> None:
        self.faults = Faults(faults)
        self.address = NO_ADDRESS
        self.stopping = threading.Event()
        self.asked: list[str] = []
        """Method and path of every request, in the order they came."""
        self._server: http.server.ThreadingHTTPServer | None = None
        self._thread: threading.Thread | None = None

    @abc.abstractmethod
    def respond(self, request: Request) -> None:
        """Answer one request."""

    def start(self) -> None:
        """Serve on a free port. Starting twice is harmless."""
        if self._server:
            return
        self.stopping.clear()
        emulator = self

        class Handler(Request):
            service = emulator

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        # Not daemonic: stop waits for the clients, so that none outlives the emulator.
        self._server.daemon_threads = False
        self.address = ("127.0.0.1", self._server.server_port)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), name="http-emulator", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Hang up on everybody. Stopping twice is harmless."""
        server, self._server = self._server, None
        if not server:
            return
        self.stopping.set()
        server.shutdown()
        if self._thread:
            self._thread.join()
        server.server_close()


class Request(http.server.BaseHTTPRequestHandler):
    """One request, and the ways to answer it."""

    service: HttpEmulator

    def handle_any(self) -> None:
        self.service.asked.append(f"{self.command} {self.path}")
        size = int(self.headers.get("Content-Length") or 0)
        self.body = self.rfile.read(size)
        with contextlib.suppress(OSError):
            self.service.respond(self)

    def do_GET(self) -> None:
        self.handle_any()

    def do_POST(self) -> None:
        self.handle_any()

    def do_DELETE(self) -> None:
        self.handle_any()

    def reply(
        self,
        status: int,
        body: bytes = b"",
        kind: str = "text/xml",
        headers: Mapping[str, str] | None = None,
        length: int | None = None,
    ) -> None:
        """length: what is announced, where that is not the truth."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def fall_silent(self) -> None:
        """Say nothing until the emulator stops."""
        self.service.stopping.wait()

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the demo's log is for the clerk's actions."""
