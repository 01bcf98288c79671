"""A workstation, a gateway that comes and goes, and an engine between them."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

from gateway_kit import DEVICE, DEVICES, ITEM, TOKEN, Workstation

from app.domain.clock import FixedClock
from app.gateway.server import GatewayServer
from app.server.client import GatewayClient
from app.sync.engine import SyncEngine


class Bench:
    """A workstation, a gateway that can be stopped and started on one port, and an engine between them."""

    def __init__(self, folder: Path, station: Workstation, clock: FixedClock) -> None:
        self.station = station
        self.store = station.store
        self.clock = clock
        self.folder = folder
        self.port = 0
        self.server: GatewayServer | None = None
        self.clients: list[GatewayClient] = []

    def start(self) -> GatewayServer:
        self.server = GatewayServer(
            port=self.port,
            db_url=f"sqlite:///{self.folder}/gateway.db",
            files_folder=self.folder / "files",
            item_codes={ITEM},
            clock=self.clock,
            devices=DEVICES,
        )
        self.server.start()
        self.port = self.server.port
        return self.server

    def stop(self) -> None:
        if self.server is not None:
            self.server.stop()
            self.server = None

    def engine(self, url: str | None = None, token: str = TOKEN, patience: float = 10.0) -> SyncEngine:
        url = url or f"http://127.0.0.1:{self.port}"
        client = GatewayClient(url, DEVICE, token, (5.0, patience), clock=self.clock, chunk_size=2048)
        self.clients.append(client)
        chain = self.station.profile.id
        return SyncEngine(self.store, self.station.vault, client, self.clock, random.Random(7), audit_chain=chain)

    def states(self) -> list[tuple[str, str]]:
        return [(op.kind.value, op.state.value) for op in self.store.outbox()]

    def minutes(self, count: float) -> None:
        self.clock.advance(dt.timedelta(minutes=count))
