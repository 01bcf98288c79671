"""The bridge as a running server: its own port and those of the old interfaces, loopback only, in one thread."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import uvicorn

from app.bridge.consent import Attendant
from app.bridge.contract import MAX_BODY
from app.bridge.desk import BridgeDesk
from app.bridge.http_api import bridge_app
from app.bridge.lender import Lender, Listed, Verdicts
from app.bridge.lines import Lines
from app.bridge.old_camera import camera_app
from app.bridge.old_interfaces import OldDesk
from app.bridge.old_reader import reader_app
from app.bridge.pairing import Pairings, Records
from app.domain.clock import Clock
from app.domain.errors import EnvironmentProblem
from app.domain.lending import BridgeRules
from app.domain.licence import LicenceReading

log = logging.getLogger(__name__)

_START_SECONDS = 20.0
_STOP_SECONDS = 20.0
LOOPBACK = ("127.0.0.1", "::1")
"""`localhost` is either, and pages write `localhost`. There is no setting for another address."""


@dataclass(frozen=True, slots=True)
class BridgeParts:
    """What a bridge stands on. window: this window's name. judge: what a code is worth. listed: what the list of
    lost and revoked documents says of one. identity: the check of the
    visitor at the window; None where there is no window."""

    rules: BridgeRules
    lines: Lines
    attendant: Attendant
    records: Records
    clock: Clock
    judge: Callable[[str], LicenceReading]
    window: str
    listed: Listed
    identity: Verdicts | None = None


class Bridge:
    """Serves until it is stopped. `desk` and `pairings` are there from the start; the store is read then.

    EnvironmentProblem from start: a port is taken.
    """

    def __init__(self, parts: BridgeParts, ports: tuple[int, int, int] | None = None) -> None:
        """ports: other ones than the rules', 0 for a free one and -1 for none; for tests."""
        rules = parts.rules
        self.pairings = Pairings(parts.records, parts.clock, rules.origins)
        lender = Lender(
            parts.lines, parts.judge, parts.window, parts.attendant.clerk, parts.listed, parts.clock, parts.identity
        )
        self.desk = BridgeDesk(
            lender, self.pairings, parts.attendant, parts.records, parts.clock, rules.consent_seconds
        )
        old = OldDesk(self.desk, rules.card_names)
        wanted = ports or (rules.port, rules.document_camera_port or -1, rules.id_reader_port or -1)
        apps = (bridge_app(self.desk, parts.window), camera_app(old), reader_app(old))
        self._wanted = [(app, port) for app, port in zip(apps, wanted, strict=True) if port >= 0]
        self.ports: tuple[int, ...] = ()
        """Where it listens, in the order bridge, camera, reader; only those that are served."""
        self._servers: list[uvicorn.Server] = []
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Listen; returns when requests are answered."""
        listeners: list[list[socket.socket]] = []
        try:
            for _, port in self._wanted:
                listeners.append(_listen(port))
        except EnvironmentProblem:
            for each in listeners:
                _close(each)
            raise
        self.ports = tuple(each[0].getsockname()[1] for each in listeners)
        self._servers = [uvicorn.Server(_config(app)) for app, _ in self._wanted]
        started = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(listeners, started), name="bridge", daemon=True)
        self._thread.start()
        if not started.wait(_START_SECONDS):
            raise EnvironmentProblem("设备外借没有启动", "在规定时间内没有开始监听", "请查看日志。")

    def stop(self) -> None:
        """Call off what runs, close everything. Stopping twice is harmless."""
        if self._thread is None:
            return
        self.desk.end_visit()
        for server in self._servers:
            server.should_exit = True
        self._thread.join(_STOP_SECONDS)
        self._thread = None

    def _run(self, listeners: list[list[socket.socket]], started: threading.Event) -> None:
        async def serve() -> None:
            tasks = [
                asyncio.ensure_future(server.serve(sockets=sockets))
                for server, sockets in zip(self._servers, listeners, strict=True)
            ]
            while not all(server.started or task.done() for server, task in zip(self._servers, tasks, strict=True)):
                await asyncio.sleep(0.01)
            started.set()
            await asyncio.gather(*tasks, return_exceptions=True)

        try:
            asyncio.run(serve())
        finally:
            started.set()
            for each in listeners:
                _close(each)


def _listen(port: int) -> list[socket.socket]:
    """Sockets of one port on both loopbacks; IPv6 only where the machine has it. EnvironmentProblem: it is taken."""
    sockets: list[socket.socket] = []
    for host in LOOPBACK:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        try:
            listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        except OSError:
            continue
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((host, port))
            listener.listen(64)
        except OSError as error:
            listener.close()
            if family is socket.AF_INET6:
                log.info("no bridge on %s: %s", host, error.strerror)
                continue
            _close(sockets)
            raise EnvironmentProblem(
                "设备外借的端口被占用",
                f"{host}:{port} 不能监听",
                "请关闭占用它的程序，或在设置的 [bridge] 中换一个端口。",
            ) from error
        sockets.append(listener)
        port = listener.getsockname()[1]
    return sockets


def _close(sockets: list[socket.socket]) -> None:
    for each in sockets:
        with contextlib.suppress(OSError):
            each.close()


def _config(app: Any) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        loop="asyncio",
        http="h11",
        ws="websockets-sansio",
        ws_max_size=MAX_BODY,
        ws_ping_interval=20.0,
        lifespan="off",
        # No access log: the audit trail is the record.
        access_log=False,
        log_config=None,
        log_level="warning",
        server_header=False,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=3,
        h11_max_incomplete_event_size=16 << 10,
        limit_concurrency=64,
    )
