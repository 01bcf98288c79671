"""Each test of this folder runs on SQLite and on a real PostgreSQL 15."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from gateway_kit import DEVICES, ITEM, NOW, OTHER_DEVICE, OTHER_TOKEN, Raw
from postgres_kit import cluster

from app.domain.clock import FixedClock
from app.gateway.server import GatewayServer


@pytest.fixture(params=["sqlite", "postgresql"])
def db_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/gateway.db" if request.param == "sqlite" else cluster().new_database()


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def server(db_url: str, tmp_path: Path, clock: FixedClock) -> Iterator[GatewayServer]:
    folder = tmp_path / "files"
    with GatewayServer(db_url=db_url, files_folder=folder, item_codes={ITEM}, clock=clock, devices=DEVICES) as running:
        yield running


@pytest.fixture
def raw(server: GatewayServer) -> Raw:
    return Raw(server.url)


@pytest.fixture
def stranger(server: GatewayServer) -> Raw:
    """Another enrolled device."""
    return Raw(server.url, OTHER_DEVICE, OTHER_TOKEN)
