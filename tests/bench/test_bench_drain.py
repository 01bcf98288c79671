"""A week offline comes home: one workstation drains its cases and files over the loopback to the real gateway.

The peer in the same run is the bare sending of the same bytes: one connection, one POST for each record and each file,
to a server that reads and forgets. DRAIN=10000 is the size of the issue; the default takes some seconds. What went
over the wire, headers of both directions and all, is counted by a relay between the two.
"""

from __future__ import annotations

import datetime as dt
import http.client
import os
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random

import pytest
from gateway_kit import DEVICE, DEVICES, TOKEN, make_case, page_bytes, workstation

from app.domain.clock import SystemClock
from app.domain.sending import Drain
from app.gateway.server import GatewayServer
from app.server.client import GatewayClient
from app.server.headers import canonical
from app.sync.engine import SyncEngine

CASES = int(os.environ.get("DRAIN", "300"))
DAY = -(-CASES // 7)
FILES = 3
FILE_BYTES = int(os.environ.get("DRAIN_BYTES", "60000"))
"""A photographed page is some 500 KB; smaller ones make the protocol's own share larger, never smaller."""


class Relay:
    """Passes TCP on and counts what goes through it, both ways."""

    def __init__(self, port: int) -> None:
        self.bytes = 0
        self._upstream = port
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._closed = False
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._closed = True
        with socket.create_connection(self._listener.getsockname()):
            pass
        self._listener.close()

    def _accept(self) -> None:
        while True:
            near, _ = self._listener.accept()
            if self._closed:
                near.close()
                return
            far = socket.create_connection(("127.0.0.1", self._upstream))
            for line in (near, far):
                line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self._pump, args=(one, other), daemon=True).start()

    def _pump(self, one: socket.socket, other: socket.socket) -> None:
        try:
            while data := one.recv(1 << 16):
                with self._lock:
                    self.bytes += len(data)
                other.sendall(data)
        except OSError:
            pass
        for line in (one, other):
            line.close()


class Sink(BaseHTTPRequestHandler):
    """Reads a body and says yes."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        left = int(self.headers["Content-Length"])
        while left:
            left -= len(self.rfile.read(min(left, 1 << 16)))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture
def sink() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Sink)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()
    thread.join()


def bare(port: int, bodies: list[bytes]) -> float:
    """Seconds that the bare sending takes."""
    line = http.client.HTTPConnection("127.0.0.1", port)
    began = time.perf_counter()
    for body in bodies:
        line.request("POST", "/", body)
        line.getresponse().read()
    lasted = time.perf_counter() - began
    line.close()
    return lasted


@pytest.mark.timeout(7200)
def test_a_week_offline_drains(tmp_path: Path, sink: int) -> None:
    clock = SystemClock()
    with (
        workstation(tmp_path / "profile", clock) as station,
        GatewayServer(db_url=f"sqlite:///{tmp_path}/g.db", files_folder=tmp_path / "files", devices=DEVICES) as server,
    ):
        for n in range(CASES):
            pages = tuple(page_bytes(n * FILES + k, FILE_BYTES) for k in range(FILES))
            # A week of days: a window's counter ends at 9,999 a day.
            at = clock.now() - dt.timedelta(days=7 - n * 7 // CASES)
            station.accept(make_case(n % DAY + 1, pages, at=at), pages=pages)
        records = [canonical(entry.body) for entry in station.store.outbox() if entry.kind == "case"]
        payload = sum(map(len, records)) + CASES * FILES * FILE_BYTES
        relay = Relay(server.port)
        lines = [GatewayClient(relay.url, DEVICE, TOKEN) for _ in range(2)]
        engine = SyncEngine(station.store, station.vault, lines[0], clock, Random(1), more_lines=lines[1:])
        marks: list[tuple[float, Drain]] = []
        began = time.perf_counter()
        report = engine.run_once(lambda drain: marks.append((time.perf_counter(), drain)))
        lasted = time.perf_counter() - began
        for line in lines:
            line.close()
        relay.close()
        assert (report.pushed, report.waiting, report.refused) == (CASES * (1 + FILES), 0, 0), report
        assert len(server.gateway.cases.numbers()) == CASES
        records_done = next(at for at, drain in marks if drain.left.records == 0 and drain.done.records)
        wire = relay.bytes / payload
    part = [page_bytes(n, FILE_BYTES) for n in range(FILES)]
    bodies = [*records, *(part * CASES)]
    peer = bare(sink, bodies)
    print(
        f"\ndrain of {CASES} cases with {FILES} files of {FILE_BYTES // 1000} KB: {lasted:.1f} s, "
        f"{CASES / (records_done - began):.0f} records/s, {CASES * (1 + FILES) / lasted:.0f} entries/s, "
        f"{payload / lasted / 1e6:.1f} MB/s; on the wire {wire:.3f} × the payload; "
        f"bare sending {peer:.1f} s, ratio {lasted / peer:.1f}"
    )
    assert wire <= 1.1
    # Ours commits on both ends, encrypts, hashes twice and seals, in one interpreter with the gateway; a queue looked
    # through anew for each file would pass this bound at the full size.
    assert lasted / peer < 200
