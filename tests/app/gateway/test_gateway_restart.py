"""A line drill stops the demo's gateway and starts it again: same address, same data."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.gateway.server import GatewayServer
from app.server.client import GatewayClient
from app.server.errors import Unreachable

TOKEN = "a-token-for-this-test-only"


def test_stopped_and_started_again(tmp_path: Path) -> None:
    server = GatewayServer(
        db_url=f"sqlite:///{tmp_path}/gateway.db", files_folder=tmp_path / "files", devices={"demo": TOKEN}
    )
    server.start()
    client = GatewayClient(server.url, "demo", TOKEN)
    try:
        before = client.time()
        url = server.url
        server.stop()
        with pytest.raises(Unreachable):
            client.time()
        server.start()
        assert server.url == url
        assert client.time().epoch == before.epoch
    finally:
        client.close()
        server.stop()
