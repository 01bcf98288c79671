"""Ordered wiped, through a real gateway: what was accepted is sent first, a stolen machine waits for nothing."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from gateway_kit import DEVICE, DEVICES, NOW, TOKEN, make_case
from key_kit import PlainKeys
from keyring.backend import KeyringBackend

from app import bootstrap_wipe
from app.bootstrap_wipe import finish_wipe, refuse_wiped, stolen, token_name
from app.domain.case import AuditEvent, Window
from app.domain.clock import FixedClock
from app.domain.errors import Refused
from app.domain.sending import Refusal
from app.domain.wipe import WipeKind
from app.gateway.server import GatewayServer
from app.gateway.tables import cases as gateway_cases
from app.server.client import GatewayClient
from app.server.wire import build_operations
from app.services.remote_wipe import RemoteWipe
from app.settings import Settings, as_toml
from app.sync.engine import SyncEngine
from offline_db.keys import SERVICE, DemoKeys
from offline_db.profile import Profile, ProfileKind
from offline_db.store import Store
from offline_db.vault import open_vault
from offline_db.wipe import wipe_record

SPARED = {"wipe.json", "profile.lock", "settings.toml"}


class Memory(KeyringBackend):
    priority = 1.0  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[str, str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get(username)

    def set_password(self, service: str, username: str, password: str) -> None:
        assert service == SERVICE
        self.kept[username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[username]


KeyringBackend._classes.discard(Memory)  # subclassing registers: no other test shall meet it


@dataclass
class Machine:
    """A working window with one accepted case that is not sent."""

    folder: Path
    backend: Memory
    profile: Profile
    store: Store
    engine: SyncEngine
    wipe: RemoteWipe

    def shut(self) -> None:
        self.store.close()
        self.profile.close()


@pytest.fixture
def gateway(tmp_path: Path) -> Iterator[GatewayServer]:
    with GatewayServer(
        db_url=f"sqlite:///{tmp_path}/g.db", files_folder=tmp_path / "f", devices=DEVICES, clock=FixedClock(NOW)
    ) as running:
        yield running


@pytest.fixture
def machine(tmp_path: Path, gateway: GatewayServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Machine]:
    backend, folder = Memory(), tmp_path / "work"
    monkeypatch.setattr(bootstrap_wipe, "safe_backend", lambda: backend)
    backend.set_password(SERVICE, token_name(DEVICE), TOKEN)
    yield from _machine(folder, gateway, backend, ProfileKind.WORK)


def _machine(folder: Path, gateway: GatewayServer, backend: Memory, kind: ProfileKind) -> Iterator[Machine]:
    clock = FixedClock(NOW)
    settings = Settings(Window("A01", "窗口", "大厅", "330500"), gateway.url, DEVICE)
    profile = Profile(folder, kind)
    (folder / "settings.toml").write_text(as_toml(settings), "utf-8")
    work = kind is ProfileKind.WORK
    keys: Any = PlainKeys(profile, backend) if work else DemoKeys(folder)
    vault = open_vault(profile, keys)
    store = Store.open(profile, keys, clock, vault=vault)
    case = make_case()
    store.accept([case], build_operations([case]), [AuditEvent(NOW, "0007", "case.accepted", case.case_id, {})])
    client = GatewayClient(gateway.url, DEVICE, TOKEN, clock=clock)
    wipe = bootstrap_wipe.remote_wipe(settings, profile, TOKEN)
    engine = SyncEngine(store, vault, client, clock, random.Random(1), audit_chain="c", orders=wipe)
    made = Machine(folder, backend, profile, store, engine, wipe)
    yield made
    made.shut()
    client.close()


def arrived(gateway: GatewayServer) -> int:
    with gateway.gateway.database.read() as connection:
        return len(connection.execute(gateway_cases.select()).all())


def left(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_stolen_machine_is_unreadable_at_once_and_sends_nothing(machine: Machine, gateway: GatewayServer) -> None:
    gateway.gateway.wipes.order(DEVICE, WipeKind.STOLEN)
    report = machine.engine.run_once()
    assert (report.pushed, report.settled, machine.wipe.begun) == (0, False, True)
    assert machine.profile.id not in machine.backend.kept, "the keys are gone while the program still runs"
    assert arrived(gateway) == 0
    machine.shut()
    wiped = machine.wipe.finish()
    assert wiped is not None
    assert (wiped.kind, wiped.whole, wiped.told) == ("stolen", True, True)
    assert left(machine.folder) == SPARED
    assert machine.backend.kept == {}, "the token went last"
    assert gateway.gateway.wipes.state(DEVICE)[0]["outcome"] == "done"
    with pytest.raises(Refused, match="本机数据已清除"):
        refuse_wiped(machine.folder)


def test_a_machine_handed_back_sends_everything_first(machine: Machine, gateway: GatewayServer) -> None:
    gateway.gateway.wipes.order(DEVICE, WipeKind.RETURN)
    report = machine.engine.run_once()
    assert arrived(gateway) == 1
    assert report.order is not None
    assert (report.order.kind, report.settled, machine.wipe.begun) == (WipeKind.RETURN, True, False)
    machine.wipe.begin()
    assert machine.engine.run_once().pushed == 0, "nothing is sent any more, and nothing breaks"
    assert machine.engine.next_wait() > 0
    machine.shut()
    wiped = machine.wipe.finish()
    assert wiped is not None
    assert (wiped.kind, wiped.whole, wiped.told) == ("return", True, True)
    assert left(machine.folder) == SPARED


def test_what_cannot_be_sent_keeps_it_from_being_wiped(machine: Machine, gateway: GatewayServer) -> None:
    gateway.gateway.wipes.order(DEVICE, WipeKind.RETURN)
    (case,) = [op for op in machine.store.outbox() if op.kind == "case"]
    machine.store.mark_inflight(case.op_id)
    machine.store.record([Refusal(case.op_id, "需补正")])
    report = machine.engine.run_once()
    assert (report.refused, report.settled) == (1, False)


def test_without_a_line_it_is_confirmed_at_the_next_start(machine: Machine, gateway: GatewayServer) -> None:
    gateway.gateway.wipes.order(DEVICE, WipeKind.STOLEN)
    machine.engine.run_once()
    gateway.stop()
    machine.shut()
    wiped = machine.wipe.finish()
    assert wiped is not None
    assert (wiped.whole, wiped.told) == (True, False)
    assert machine.backend.kept == {token_name(DEVICE): TOKEN}, "kept for the receipt; it opens nothing else"
    gateway.start()
    again = finish_wipe(machine.folder)
    assert again is not None
    assert (again.whole, again.told) == (True, True)
    assert machine.backend.kept == {}
    assert finish_wipe(machine.folder) is not None, "it says so at every start"


def test_a_program_killed_after_the_keys_goes_on_at_the_next_start(machine: Machine, gateway: GatewayServer) -> None:
    gateway.gateway.wipes.order(DEVICE, WipeKind.STOLEN)
    machine.engine.run_once()
    machine.shut()  # and never finished
    assert (machine.folder / "store.db").exists()
    wiped = finish_wipe(machine.folder)
    assert wiped is not None
    assert (wiped.whole, wiped.told) == (True, True)
    assert left(machine.folder) == SPARED


def test_no_order_touches_demo_data(tmp_path: Path, gateway: GatewayServer) -> None:
    for machine in _machine(tmp_path / "demo", gateway, Memory(), ProfileKind.DEMO):
        gateway.gateway.wipes.order(DEVICE, WipeKind.RETURN)
        report = machine.engine.run_once()
        assert report.pushed
        machine.wipe.begin()
        assert (machine.wipe.order, machine.wipe.begun) == (None, False)
        assert machine.wipe.finish() is None
        assert wipe_record(machine.folder) is None
        assert machine.store.cases()


def test_without_an_order_nothing_is_begun(machine: Machine) -> None:
    machine.wipe.begin()
    assert machine.wipe.finish() is None
    assert finish_wipe(machine.folder) is None
    refuse_wiped(machine.folder)


def test_the_door_hears_that_the_machine_is_stolen(machine: Machine, gateway: GatewayServer) -> None:
    settings = Settings(Window("A01", "窗口", "大厅", "330500"), gateway.url, DEVICE)
    assert not stolen(settings, TOKEN, machine.wipe)
    gateway.gateway.wipes.order(DEVICE, WipeKind.RETURN)
    assert not stolen(settings, TOKEN, machine.wipe), "what it holds has to be sent first"
    assert machine.wipe.order is None
    gateway.gateway.wipes.order(DEVICE, WipeKind.STOLEN)
    assert stolen(settings, TOKEN, machine.wipe)
    assert machine.wipe.begun
    assert machine.profile.id not in machine.backend.kept
    machine.shut()
    wiped = machine.wipe.finish()
    assert wiped is not None
    assert (wiped.kind, wiped.whole, wiped.told) == ("stolen", True, True)


def test_at_the_door_a_silent_gateway_says_nothing(machine: Machine, gateway: GatewayServer) -> None:
    gateway.gateway.wipes.order(DEVICE, WipeKind.STOLEN)
    gone = Settings(Window("A01", "窗口", "大厅", "330500"), "http://127.0.0.1:9", DEVICE)
    assert not stolen(gone, TOKEN, machine.wipe)
    other = Settings(Window("A01", "窗口", "大厅", "330500"), gateway.url, DEVICE)
    assert not stolen(other, "another token that nobody knows", machine.wipe)
    assert not machine.wipe.begun
