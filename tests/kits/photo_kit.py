"""Windows that share photographs over one real gateway."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from desk_parts import Parts, counter
from fault_proxy import FaultProxy
from gateway_kit import DEVICE, DEVICES, ITEM, OTHER_DEVICE

from app.domain.case import Window
from app.domain.clock import FixedClock
from app.gateway.server import GatewayServer
from app.identity.photo.rules import photo_rules
from app.server.client import GatewayClient
from app.server.photo_client import PhotoClient
from app.services.id_photo import IdPhotos
from app.services.shared_photos import SharedPhotos
from app.services.visit import Visit
from app.sync.engine import SyncEngine

WALL = (246, 246, 246)
USES = {"exit_entry": "11330500002601176Q3000109034", "id_card": "11330500002601176Q3000709003"}
"""Use -> how the codes of the items begin: passports, identity cards."""


def shared_nowhere(parts: Parts) -> SharedPhotos:
    """A window whose platform is away."""
    line = PhotoClient("http://127.0.0.1:9", DEVICE, DEVICES[DEVICE], (0.5, 0.5))
    return SharedPhotos(parts.store, line, parts.clock, parts.counter.duty, parts.counter.window)


@dataclass(frozen=True, slots=True)
class PhotoWindow:
    """One window: its store, its service, and its queue."""

    parts: Parts
    photos: IdPhotos
    engine: SyncEngine

    def visitor(self, person: str = "zhang-wei") -> Visit:
        """Somebody whose card was read, with items of two uses that share one material."""
        visit = self.parts.identified(self.parts.begin(), person)
        for start in USES.values():
            visit = self.parts.choose.add(
                visit, min(code for code in self.parts.catalog.items if code.startswith(start))
            )
        return visit

    def actions(self) -> list[str]:
        entries = self.parts.store.audit_entries()
        return [entry.action for entry in entries if entry.action.startswith("photo.")]


@dataclass(slots=True)
class Hall:
    """Two windows on one gateway. A's clock is the gateway's."""

    folder: Path
    clock: FixedClock
    server: GatewayServer
    a: PhotoWindow
    b: PhotoWindow
    proxy: FaultProxy

    def kept(self) -> list[tuple[str, int]]:
        """State and size of every photograph that the platform knows of."""
        from sqlalchemy import select

        from app.gateway.photo_tables import photos

        with self.server.gateway.database.read() as connection:
            rows = connection.execute(select(photos.c.state, photos.c.picture)).all()
        return sorted((row.state, len(row.picture)) for row in rows)

    def log(self) -> list[tuple[str, str, str, str]]:
        """Deed, outcome, device, window of every use, in their order."""
        entries = sorted(self.server.gateway.photos.log(), key=lambda entry: (entry["at"], entry["deed"]))
        return [(entry["deed"], entry["outcome"], entry["device_id"], entry["place"]) for entry in entries]


@contextmanager
def hall(folder: Path, parts: Parts, proxy: Callable[[int], FaultProxy] | None = None) -> Iterator[Hall]:
    """parts: window A's. proxy: what A's requests go through."""
    with ExitStack() as stack:
        server = GatewayServer(
            db_url=f"sqlite:///{folder}/gateway.db", files_folder=folder / "files", item_codes={ITEM},
            clock=parts.clock, devices=DEVICES,
        )  # fmt: skip
        server.start()
        stack.callback(server.stop)
        between = stack.enter_context((proxy or (lambda port: FaultProxy(port, 0.0, 1)))(server.port))
        other = stack.enter_context(counter(folder / "b", parts.world))
        other.clock.advance(parts.clock.now() - other.clock.now())
        a = _window(stack, parts, between.url, DEVICE, "1 号窗口", folder)
        b = _window(stack, other, f"http://127.0.0.1:{server.port}", OTHER_DEVICE, "2 号窗口", folder)
        yield Hall(folder, parts.clock, server, a, b, between)


def _window(stack: ExitStack, parts: Parts, url: str, device: str, name: str, folder: Path) -> PhotoWindow:
    line = PhotoClient(url, device, DEVICES[device], (2.0, 5.0), clock=parts.clock)
    client = GatewayClient(url, device, DEVICES[device], (2.0, 5.0), clock=parts.clock)
    stack.callback(line.close)
    stack.callback(client.close)
    window = Window(device[-3:], name, "示范大厅", "示范区")
    shared = SharedPhotos(parts.store, line, parts.clock, parts.counter.duty, window)
    photos = IdPhotos(parts.store, parts.vault, parts.clock, parts.counter.duty, photo_rules(), shared)
    engine = SyncEngine(
        parts.store, parts.vault, client, parts.clock, random.Random(3),
        audit_chain=parts.store.profile.id, feeds=("policies",), upkeep=(photos,),
    )  # fmt: skip
    return PhotoWindow(parts, photos, engine)
