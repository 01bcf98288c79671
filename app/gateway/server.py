"""The gateway as a running server: in a thread (demo, tests) or as the whole process (`yichuang gateway`)."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

import uvicorn
from starlette.applications import Starlette

from app.domain.clock import Clock, SystemClock
from app.domain.errors import BadInput, Defect, EnvironmentProblem
from app.gateway.amendments import AmendDesk
from app.gateway.app import create_app
from app.gateway.cases import CaseDesk, Decision, Stage
from app.gateway.core import Gateway, open_gateway
from app.gateway.database import is_shared
from app.gateway.durability import SecondPlace
from app.gateway.engines import CONNECTIONS
from app.gateway.matters import MatterDesk
from app.gateway.workers import listen, run_workers

_START_TIMEOUT = 20.0
_STOP_TIMEOUT = 20.0


class GatewayServer:
    """A gateway in a thread of its own. After a stop it can be started again, at the same port and on the same data.

    host, port: where to listen; 0 takes a free port. db_url: sqlite:///PATH (made when absent) or postgresql://….
    devices: device id -> token, enrolled at the start. certfile, keyfile: PEM, for TLS. connections: to the database
    at most, and so requests worked on at once. office: the back office's password; None: there is none.
    EnvironmentProblem: the port is taken, the database unusable.
    """

    def __init__(
        self,
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        db_url: str,
        files_folder: Path,
        item_codes: Collection[str] | None = None,
        clock: Clock | None = None,
        devices: Mapping[str, str] | None = None,
        certfile: Path | None = None,
        keyfile: Path | None = None,
        second_place: SecondPlace | None = None,
        connections: int = CONNECTIONS,
        office: str | None = None,
    ) -> None:
        self._host = host
        self._port = port
        self._make_app = partial(
            create_app,
            db_url,
            files_folder,
            item_codes=item_codes,
            clock=clock,
            second_place=second_place,
            connections=connections,
            office=office,
        )
        self._devices = dict(devices or {})
        self._tls = (certfile, keyfile)
        self._app: Starlette | None = None
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def port(self) -> int:
        """The port it listens on; 0 before start when none was asked for."""
        return self._port

    @property
    def url(self) -> str:
        return f"{'https' if self._tls[0] else 'http'}://{self._host}:{self._port}"

    @property
    def gateway(self) -> Gateway:
        """The gateway behind the HTTP. Defect before start."""
        if self._app is None:
            raise Defect("平台尚未启动")
        gateway: Gateway = self._app.state.gateway
        return gateway

    @property
    def running(self) -> bool:
        """Does it answer?"""
        return self._thread is not None

    def cases_now(self) -> CaseDesk | None:
        """Where the cases are; None while nothing runs."""
        return self.gateway.cases if self._thread is not None else None

    def amendments_now(self) -> AmendDesk | None:
        """Where cases are corrected; None while nothing runs."""
        return self.gateway.amendments if self._thread is not None else None

    def matters_now(self) -> MatterDesk | None:
        """Where firms' matters are; None while nothing runs."""
        return self.gateway.matters if self._thread is not None else None

    def start(self) -> None:
        """Listen; returns when requests are answered."""
        listener = listen(self._host, self._port)
        try:
            self._app = self._make_app()
            for device_id, token in self._devices.items():
                self.enrol(device_id, token)
        except BaseException:
            listener.close()
            raise
        self._port = listener.getsockname()[1]
        self._server = uvicorn.Server(_config(self._app, *self._tls))
        started = threading.Event()
        self._thread = threading.Thread(
            target=self._run, args=(self._server, listener, started), name="gateway", daemon=True
        )
        self._thread.start()
        if not started.wait(_START_TIMEOUT):
            raise EnvironmentProblem("平台没有启动", "在规定时间内没有开始监听", "请查看日志。")

    def stop(self) -> None:
        """Finish the running requests and close everything. Stopping twice is harmless."""
        if self._server is None or self._thread is None:
            return
        self._server.should_exit = True
        self._thread.join(_STOP_TIMEOUT)
        self._thread = None

    def enrol(self, device_id: str, token: str | None = None) -> str:
        """Let a device call; gives its token."""
        return self.gateway.devices.enrol(device_id, token)

    def advance(self, case_id: str, stage: Stage, decision: Decision | None = None) -> None:
        """Move a case on as its department would; its device sees it in its feeds. KeyError: no such case."""
        self.gateway.cases.advance(case_id, stage, decision)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.stop()

    @staticmethod
    def _run(server: uvicorn.Server, listener: socket.socket, started: threading.Event) -> None:
        async def serve() -> None:
            task = asyncio.ensure_future(server.serve(sockets=[listener]))
            # uvicorn says that it has started by a flag only.
            while not server.started and not task.done():
                await asyncio.sleep(0.01)
            started.set()
            await task
            # Accepted while it was ending, or still open when its patience was over: uvicorn leaves them as they are.
            for connection in list(server.server_state.connections):
                if (transport := getattr(connection, "transport", None)) is not None:
                    transport.abort()
            await asyncio.sleep(0)

        try:
            asyncio.run(serve())
        finally:
            started.set()
            listener.close()


@dataclass(frozen=True, slots=True)
class Serving:
    """How a gateway process serves. host, port: where it listens. item_codes: the items received, None for any.
    connections: to the database at most, per process. certfile, keyfile: PEM, for TLS. second_place: what is said of
    its storage. office: the back office's password; None: there is none."""

    db_url: str
    files_folder: Path
    host: str = "127.0.0.1"
    port: int = 8760
    item_codes: frozenset[str] | None = None
    connections: int = CONNECTIONS
    certfile: Path | None = None
    keyfile: Path | None = None
    second_place: SecondPlace | None = None
    office: str | None = None

    def __call__(self, reuse_port: bool = True) -> None:
        """Serve in this process until it is told to end (SIGINT, SIGTERM)."""
        listener = listen(self.host, self.port, reuse_port=reuse_port, backlog=2048)
        try:
            app = create_app(
                self.db_url,
                self.files_folder,
                item_codes=self.item_codes,
                second_place=self.second_place,
                connections=self.connections,
                office=self.office,
            )
            # uvicorn closes everything in order and then raises the interrupt again, which here is no error.
            with contextlib.suppress(KeyboardInterrupt):
                uvicorn.Server(_config(app, self.certfile, self.keyfile)).run(sockets=[listener])
        finally:
            listener.close()


def serve(serving: Serving, workers: int = 1) -> None:
    """Run a gateway until the process is told to end (SIGINT, SIGTERM). workers: processes that share the port.

    EnvironmentProblem: the port is taken, database or certificate unusable. BadInput: several processes on SQLite.
    """
    _check_certificate(serving)
    if workers == 1:
        serving(reuse_port=False)
        return
    if not is_shared(serving.db_url):
        raise BadInput("多个进程不能共用 SQLite", "--workers 大于 1", "请用 --db postgresql://… 或去掉 --workers。")
    # Created or migrated, and any trouble told, once and before there are workers.
    open_gateway(serving.db_url, serving.files_folder, SystemClock(), connections=2).close()
    run_workers(workers, serving, serving.host, serving.port)


def _check_certificate(serving: Serving) -> None:
    if serving.certfile is None:
        return
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(serving.certfile, serving.keyfile)
    except OSError as error:  # ssl.SSLError is one
        raise EnvironmentProblem(
            "平台证书不能用",
            f"{serving.certfile}：{error.strerror or error}",
            "请核对证书和私钥文件及其权限。",
        ) from error


def _config(app: Starlette, certfile: Path | None = None, keyfile: Path | None = None) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        loop="asyncio",
        http="h11",
        ws="none",
        lifespan="on",
        # No access log: paths hold case and upload ids, and the audit trail is the record.
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=10,
        ssl_certfile=certfile,
        ssl_keyfile=None if keyfile is None else str(keyfile),
    )
