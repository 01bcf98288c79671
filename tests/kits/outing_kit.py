"""A mobile window: the services of a counter, its sync engine and its packs, against a real gateway."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desk_parts import Parts

from app.domain.clock import isoformat, shanghai
from app.gateway.server import GatewayServer
from app.server.client import GatewayClient
from app.server.visit_client import VisitClient
from app.services.duty import Duty
from app.services.visit import Visit
from app.services.visit_packs import VisitPacks
from app.sync.engine import SyncEngine

MOBILE, MOBILE_TOKEN = "mobile-01", "made-up-token-of-a-mobile-window-01"
SECOND, SECOND_TOKEN = "mobile-02", "made-up-token-of-a-mobile-window-02"
VISIT = "WF-2026-0001"


@dataclass
class MobileWindow:
    """What the tests of going out stand on."""

    parts: Parts
    gateway: GatewayServer
    client: GatewayClient
    line: VisitClient
    engine: SyncEngine
    packs: VisitPacks

    def plan(self, visit_id: str = VISIT, days_ahead: int = 0, **changes: Any) -> None:
        """Have a visit planned at the platform: a barber's shop that is about to open."""
        clock, person = self.parts.clock, self.parts.world.person("zhang-wei")
        known = {"value": "𠮷祥㛃理发店", "label": "电话登记", "at": isoformat(clock.now())}
        document = {
            "id": visit_id,
            "day": (shanghai(clock.now()).date() + dt.timedelta(days=days_ahead)).isoformat(),
            "time": "14:30",
            "title": "𠮷祥㛃理发店",
            "area": "南浔区㛃䶮镇",
            "items": ["open-a-barber-shop"],
            "place": "㛃䶮镇𬭚桥街 18 号",
            "firm": {
                "name": "𠮷祥㛃理发店",
                "uscc": "",
                "address": "㛃䶮镇𬭚桥街 18 号",
                "contacts": [{"name": "张伟", "phone": "13905720001", "role": "负责人"}],
            },
            "people": [
                {
                    "name": person.card.name,
                    "number": person.card.number,
                    "role": "负责人",
                    "phone": "13905720001",
                    "facts": [{**known, "key": "applicant.email", "value": "z@example.com"}],
                }
            ],
            "answers": {},
            "facts": [{**known, "key": "business.name"}],
            "note": "现场没有网络",
            **changes,
        }
        self.gateway.gateway.visits.load([document])

    def ready(self, visit: Visit) -> Visit:
        """The visit with card, licence, form and materials as they must be."""
        parts = self.parts
        return parts.settled(parts.typed(parts.scanned(parts.identified(visit))))


@contextmanager
def mobile_window(
    parts: Parts, folder: Path, gateway: GatewayServer | None = None, feeds: tuple[str, ...] = ("cases", "visits")
) -> Iterator[MobileWindow]:
    """Open it. gateway: another one than its own."""
    server = gateway or GatewayServer(
        db_url=f"sqlite:///{folder}/gateway.db",
        files_folder=folder / "files",
        devices={MOBILE: MOBILE_TOKEN, SECOND: SECOND_TOKEN},
        clock=parts.clock,
    )
    if gateway is None:
        server.start()
    client = GatewayClient(server.url, MOBILE, MOBILE_TOKEN, (1.0, 10.0), clock=parts.clock)
    line = VisitClient(server.url, MOBILE, MOBILE_TOKEN, (1.0, 10.0), clock=parts.clock)

    counter = parts.counter
    packs = VisitPacks(
        parts.store,
        line,
        parts.catalog,
        parts.choose,
        parts.fill,
        parts.clock,
        Duty(counter.duty.holder),
        counter.window,
        push=lambda: engine.run_once(),
    )
    engine = SyncEngine(
        parts.store,
        parts.vault,
        client,
        parts.clock,
        random.Random(7),
        audit_chain="mobile-01.profile",
        feeds=feeds,
        upkeep=(packs,),
    )
    try:
        yield MobileWindow(parts, server, client, line, engine, packs)
    finally:
        line.close()
        client.close()
        if gateway is None:
            server.stop()
