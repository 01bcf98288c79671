"""A gateway without sockets: requests go from a client's session straight into the application, or meet a fate."""

from __future__ import annotations

import asyncio
import io
import shutil
import urllib.parse
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import requests
import urllib3
from requests.adapters import HTTPAdapter
from starlette.applications import Starlette

from app.domain.clock import Clock
from app.gateway.app import create_app
from app.gateway.core import Gateway

URL = "http://127.0.0.1:9"
FATES = (
    "pass",
    "lose request",
    "lose answer",
    "twice",  # both reach the gateway; the second answer is given
    "late",  # given up by the client; reaches the gateway at some later time
    "busy",
    "portal",
    "crash before",  # the workstation dies as it is about to send
    "crash after",  # the gateway has it, and the workstation dies with the answer unread
)


class Crash(BaseException):
    """The workstation is gone in the middle of what it did. No handler of the program may catch it."""


class Hall:
    """A gateway on SQLite that can be stopped, started, copied and put back from its copy."""

    def __init__(self, folder: Path, clock: Clock, devices: Mapping[str, str]) -> None:
        self._folder = folder
        self._clock = clock
        self._devices = dict(devices)
        self._loop = asyncio.new_event_loop()
        self.late: list[requests.PreparedRequest] = []
        """Requests that are still on their way."""
        self._start()

    @property
    def gateway(self) -> Gateway:
        gateway: Gateway = self._app.state.gateway
        return gateway

    def close(self) -> None:
        self.gateway.close()
        self._loop.close()

    def restart(self) -> None:
        self.gateway.close()
        self._start()

    def back_up(self) -> None:
        """Keep a copy of the database and the files."""
        self.gateway.close()
        shutil.rmtree(self._folder / "copy", ignore_errors=True)
        shutil.copytree(self._folder / "live", self._folder / "copy")
        self._start()

    def restore(self) -> bool:
        """Put the last copy back, as an operator does, with a new epoch. False when there is none."""
        if not (self._folder / "copy").is_dir():
            return False
        self.gateway.close()
        shutil.rmtree(self._folder / "live")
        shutil.copytree(self._folder / "copy", self._folder / "live")
        self._start()
        self.gateway.database.begin_new_epoch()
        return True

    def deliver(self, at: int) -> None:
        """Let one of the requests that are on their way arrive."""
        self.ask(self.late.pop(at))

    def ask(self, request: requests.PreparedRequest) -> urllib3.HTTPResponse:
        """One request through the application."""
        return self._loop.run_until_complete(_ask(self._app, request))

    def _start(self) -> None:
        (self._folder / "live").mkdir(parents=True, exist_ok=True)
        self._app: Starlette = create_app(
            f"sqlite:///{self._folder}/live/gateway.db", self._folder / "live" / "files", clock=self._clock
        )
        self.gateway.tidy()
        for device, token in self._devices.items():
            self.gateway.devices.enrol(device, token)


class Line(HTTPAdapter):
    """Takes the place of the network in a client's session. fates: of the next requests; then all pass."""

    def __init__(self, hall: Hall) -> None:
        super().__init__()
        self.hall = hall
        self.up = True
        self.fates: list[str] = []
        self.asked: list[requests.PreparedRequest] = []
        """Every request that was tried."""

    def send(self, request: requests.PreparedRequest, **_: Any) -> requests.Response:  # type: ignore[override]
        self.asked.append(request)
        fate = self.fates.pop(0) if self.fates else "pass"
        if not self.up or fate == "lose request":
            raise requests.ConnectionError(request=request)
        if fate == "crash before":
            raise Crash
        if fate == "late":
            self.hall.late.append(request.copy())
            raise requests.ReadTimeout(request=request)
        if fate == "busy":
            return self._answer(request, urllib3.HTTPResponse(b"", {"Retry-After": "3"}, 503, preload_content=False))
        if fate == "portal":
            page = io.BytesIO("<html>请先登录</html>".encode())
            return self._answer(request, urllib3.HTTPResponse(page, {}, 200, preload_content=False))
        answer = self.hall.ask(request)
        if fate == "twice":
            answer = self.hall.ask(request)
        if fate == "lose answer":
            raise requests.ReadTimeout(request=request)
        if fate == "crash after":
            raise Crash
        return self._answer(request, answer)

    def _answer(self, request: requests.PreparedRequest, raw: urllib3.HTTPResponse) -> requests.Response:
        response: requests.Response = self.build_response(request, raw)
        return response


async def _ask(app: Callable[..., Any], request: requests.PreparedRequest) -> urllib3.HTTPResponse:
    url = urllib.parse.urlsplit(str(request.url))
    body = request.body.encode() if isinstance(request.body, str) else request.body or b""
    told = [(name.lower().encode(), str(value).encode("latin-1")) for name, value in request.headers.items()]
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": "http",
        "path": urllib.parse.unquote(url.path),
        "raw_path": url.path.encode(),
        "query_string": url.query.encode(),
        "root_path": "",
        "headers": told,
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 9),
    }
    status, headers, parts = 500, {}, []
    sent = False

    async def receive() -> dict[str, Any]:
        nonlocal sent
        if sent:
            return {"type": "http.disconnect"}
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        nonlocal status
        if message["type"] == "http.response.start":
            status = message["status"]
            headers.update((name.decode(), value.decode("latin-1")) for name, value in message["headers"])
        elif message["type"] == "http.response.body":
            parts.append(message.get("body", b""))

    await app(scope, receive, send)
    content = io.BytesIO(b"" if request.method == "HEAD" else b"".join(parts))
    return urllib3.HTTPResponse(content, headers, status, preload_content=False)
