"""Each test of this folder runs on SQLite and on a real PostgreSQL 15, against a gateway that is emptied before it.

One server a kind of database serves all of them: starting and stopping one costs more than most of the tests.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from gateway_kit import DEVICES, ITEM, NOW, OTHER_DEVICE, OTHER_TOKEN, Raw
from postgres_kit import cluster

from app.domain.clock import FixedClock
from app.gateway.server import GatewayServer
from app.gateway.tables import meta, metadata


@pytest.fixture(scope="session")
def shared_clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture(scope="session")
def servers(
    tmp_path_factory: pytest.TempPathFactory, shared_clock: FixedClock
) -> Iterator[Callable[[str], GatewayServer]]:
    """The running server of a kind of database."""
    running: dict[str, GatewayServer] = {}

    def of_kind(kind: str) -> GatewayServer:
        if kind not in running:
            folder = tmp_path_factory.mktemp(kind)
            db_url = f"sqlite:///{folder}/gateway.db" if kind == "sqlite" else cluster().new_database()
            running[kind] = GatewayServer(
                db_url=db_url, files_folder=folder / "files", item_codes={ITEM}, clock=shared_clock
            )
            running[kind].start()
        return running[kind]

    yield of_kind
    for server in running.values():
        server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def db_url(kind: str, tmp_path: Path) -> str:
    """An empty database of the test's own."""
    return f"sqlite:///{tmp_path}/gateway.db" if kind == "sqlite" else cluster().new_database()


@pytest.fixture
def clock(shared_clock: FixedClock) -> FixedClock:
    shared_clock.advance(NOW - shared_clock.now())
    return shared_clock


@pytest.fixture
def server(kind: str, servers: Callable[[str], GatewayServer], clock: FixedClock) -> GatewayServer:
    """A running gateway with nothing in it but two devices."""
    running = servers(kind)
    with running.gateway.database.write() as connection:
        for table in reversed(metadata.sorted_tables):
            if table is not meta:
                connection.execute(table.delete())
        connection.execute(meta.delete().where(meta.c.key.like("floor:%") | (meta.c.key == "trust.pin")))
    for folder in running.gateway.files.path("00").parents[1].parent.iterdir():
        for path in folder.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for device, token in DEVICES.items():
        running.enrol(device, token)
    return running


@pytest.fixture
def raw(server: GatewayServer) -> Raw:
    return Raw(server.url)


@pytest.fixture
def stranger(server: GatewayServer) -> Raw:
    """Another enrolled device."""
    return Raw(server.url, OTHER_DEVICE, OTHER_TOKEN)
