"""The gateway's end in a thread: it leaves no connection open."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from uvicorn.protocols.http.h11_impl import H11Protocol

from app.gateway import server
from app.gateway.server import GatewayServer


def test_what_uvicorn_leaves_open_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As for a connection accepted while it was ending: nobody tells that one to close."""
    monkeypatch.setattr(H11Protocol, "shutdown", lambda self: None)
    made = server._config

    def impatient(*args: object) -> object:
        config = made(*args)  # type: ignore[arg-type]
        config.timeout_graceful_shutdown = 1
        return config

    monkeypatch.setattr(server, "_config", impatient)
    gateway = GatewayServer(db_url=f"sqlite:///{tmp_path / 'gateway.db'}", files_folder=tmp_path / "files")
    with gateway, socket.create_connection(("127.0.0.1", gateway.port), timeout=60) as client:
        client.sendall(b"GET /v1/time HTTP/1.1\r\nHost: gateway\r\n\r\n")
        assert client.recv(16).startswith(b"HTTP/1.1")
        gateway.stop()
        try:
            while client.recv(4096):
                pass
        except ConnectionResetError:
            pass
