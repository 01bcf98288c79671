"""Load on a gateway: many windows on lines of their own, in one asyncio loop."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import json
import os
import random
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import requests
from gateway_kit import ITEM, NOW, make_case, new_key
from running import ROOT

from app.domain.clock import isoformat
from app.domain.numbering import uuid7
from app.gateway.core import Gateway
from app.gateway.tables import devices
from app.server import headers as h
from app.server.wire import case_document

ITEMS = tuple(f"{ITEM[:28]}{n:03d}01" for n in range(32))
"""A hall's windows do not all work on one item: numbers are counted by item and day."""


def load_case(serial: int, items: tuple[str, ...] = ITEMS) -> dict[str, Any]:
    """A case document of its own: only its id and its applicant's number are, since making all anew would cost more
    than sending it."""
    sample, case_id = _sample(serial % 60 + 1, items[serial % len(items)]), uuid7(NOW)
    # Of nobody. Were they the same person's, the gateway would take each for a double of another window's.
    applicant = {**sample["applicant"], "number": str(int(case_id.replace("-", ""), 16))[-18:]}
    return {**sample, "case_id": case_id, "applicant": applicant}


@functools.cache
def _sample(serial: int, item: str) -> dict[str, Any]:
    return case_document(make_case(serial, item=item))


@dataclass(frozen=True)
class Window:
    """A device and its token."""

    device: str
    token: str

    def request(self, method: str, path: str, document: Any = None, key: str | None = None) -> bytes:
        """A whole HTTP request."""
        lines = [f"{method} {path} HTTP/1.1", "Host: gateway", f"Authorization: Bearer {self.token}"]
        lines += [f"{h.DEVICE_ID}: {self.device}", f"{h.CLIENT_TIME}: {isoformat(NOW)}"]
        body = b"" if document is None else h.canonical(document)
        if key is not None:
            lines.append(f"{h.IDEMPOTENCY_KEY}: {key}")
        if document is not None:
            lines += ["Content-Type: application/json", f"{h.CONTENT_DIGEST}: {h.content_digest(body)}"]
            lines.append(f"Content-Length: {len(body)}")
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def enrol(gateway: Gateway, count: int) -> list[Window]:
    """Enrol so many windows, in one transaction."""
    windows = [Window(f"load-{n:05d}", secrets.token_urlsafe(24)) for n in range(count)]
    rows = [
        {"device_id": w.device, "token_key": h.token_key(w.token), "enrolled_at": isoformat(NOW), "enabled": True}
        for w in windows
    ]
    with gateway.database.write() as connection:
        connection.execute(devices.insert(), rows)
    return windows


@dataclass(frozen=True)
class Reply:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def document(self) -> Any:
        return json.loads(self.body)


class Line:
    """One keep-alive connection. OSError, EOFError or TimeoutError when it breaks; the next request opens a new one."""

    def __init__(self, port: int, patience: float = 30.0) -> None:
        self._port = port
        self._patience = patience
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, request: bytes) -> Reply:
        try:
            async with asyncio.timeout(self._patience):
                if self._streams is None:
                    self._streams = await asyncio.open_connection("127.0.0.1", self._port)
                reader, writer = self._streams
                writer.write(request)
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
                headers = dict(line.lower().split(": ", 1) for line in head[1:] if line)
                body = await reader.readexactly(int(headers.get("content-length", 0)))
        except BaseException:
            self.close()
            raise
        if headers.get("connection") == "close":
            self.close()
        return Reply(int(head[0].split(" ")[1]), headers, body)

    def close(self) -> None:
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


@dataclass
class Tally:
    """What a load met. times: seconds an answered request took. acked: key -> case number."""

    times: list[float] = field(default_factory=list)
    acked: dict[str, str] = field(default_factory=dict)
    turned_away: int = 0
    broken: int = 0
    doubled: list[str] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)
    last: float = 0.0

    def ack(self, key: str, case_no: str) -> None:
        """A case was acknowledged; once more with another number is what must never be."""
        if self.acked.setdefault(key, case_no) != case_no:
            self.doubled.append(key)
        self.last = time.monotonic()

    def percentile(self, share: float) -> float:
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


async def deliver(line: Line, request: bytes, tally: Tally, deadline: float) -> Reply:
    """Send until an answer comes that is none of "come again": as a window does, only less patient between attempts."""
    attempt = 0
    while time.monotonic() < deadline:
        began = time.monotonic()
        try:
            reply = await line.ask(request)
        except (OSError, EOFError, TimeoutError, asyncio.IncompleteReadError):
            tally.broken += 1
            attempt += 1
            await asyncio.sleep(random.uniform(0, min(3.0, 0.2 * 2**attempt)))
            continue
        tally.times.append(time.monotonic() - began)
        if reply.status in (409, 429) or reply.status >= 500:
            tally.turned_away += 1
            wait = float(reply.headers.get("retry-after", "1"))
            await asyncio.sleep(wait * random.uniform(0.5, 1.0))
            continue
        return reply
    raise TimeoutError("the load's deadline has passed")


async def steady(port: int, windows: list[Window], seconds: float, first: int, path: str = "/v1/cases") -> Tally:
    """Each window sends one case after the other for so long; what they send is made before the clock starts."""
    ready = 150 * max(1, round(seconds))
    made = [
        [(key := new_key(), window.request("POST", path, load_case(first + ready * n + i), key)) for i in range(ready)]
        for n, window in enumerate(windows)
    ]
    tally = Tally()
    end = tally.began + seconds

    async def work(orders: list[tuple[str, bytes]]) -> None:
        line = Line(port)
        for key, request in orders:
            if time.monotonic() >= end:
                break
            reply = await deliver(line, request, tally, end + 30)
            assert reply.status == 201, reply.body
            tally.ack(key, reply.document["case_no"])
        else:
            raise AssertionError("the load ran out of cases")
        line.close()

    await asyncio.gather(*(work(orders) for orders in made))
    return tally


@contextlib.contextmanager
def serving(*command: object, port: int, health: str, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """A server as a process group of its own, until it answers; ended afterwards."""
    process = subprocess.Popen(
        [sys.executable, *map(str, command)], cwd=ROOT, env=os.environ | environment, stderr=subprocess.PIPE
    )
    try:
        end = time.monotonic() + 60
        while True:
            with contextlib.suppress(requests.RequestException):
                if requests.get(f"http://127.0.0.1:{port}{health}", timeout=5).status_code == 200:
                    break
            assert process.poll() is None, process.communicate()[1].decode()
            assert time.monotonic() < end
            time.sleep(0.1)
        yield process
    finally:
        process.terminate()
        try:
            process.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
