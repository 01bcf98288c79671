"""The gateway restored from a backup, and a window that dies while it forgets: nothing acknowledged is lost.

Shown to fail on a gateway that vouches at once (the mutant "purge on ack").
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from gateway_kit import DEVICE, DEVICES, NOW, TOKEN, WINDOW, Workstation, make_case, page_bytes, workstation
from retention_kit import DAY, event, heard, let_time_pass, plain_pages, retention_of

from app.domain.case import Case, CaseState
from app.domain.clock import FixedClock
from app.domain.retention import RetentionRules
from app.domain.sending import Acked, Arrived
from app.gateway.durability import SecondPlace
from app.gateway.server import GatewayServer
from app.server.client import GatewayClient
from app.sync.durable import DurableUpkeep
from app.sync.engine import SyncEngine
from offline_db.engine import Database
from offline_db.vault import Vault

NIGHTLY = os.environ.get("FAULTS") == "nightly"
RESTORES = 40 if NIGHTLY else 10
SHORT = RetentionRules(files=1, contents=2, prints=1, logs=30, drafts=30)


@dataclass
class Hall:
    """A window and a gateway that is backed up, destroyed and restored."""

    folder: Path
    station: Workstation
    clock: FixedClock
    place: SecondPlace
    server: GatewayServer
    cases: dict[str, Case] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    serial: int = 0

    def accept(self, count: int) -> None:
        for _ in range(count):
            self.serial += 1
            page = page_bytes(self.serial, 3000)
            case = make_case(self.serial, (page,), at=self.clock.now())
            self.station.accept(case, pages=(page,))
            self.cases[case.case_id] = case

    def sync(self) -> None:
        client = GatewayClient(self.server.url, DEVICE, TOKEN, clock=self.clock)
        upkeep = (DurableUpkeep(self.station.store, client),)
        engine = SyncEngine(self.station.store, self.station.vault, client, self.clock, random.Random(1), upkeep=upkeep)
        report = engine.run_once()
        assert report.online
        self.told.append(report.message)
        client.close()

    def forget(self) -> None:
        let_time_pass(self.station.profile.vault_folder)
        retention_of(self.station, SHORT).run()

    def back_up(self) -> None:
        """As docs say: note the time, copy the records, then the files, then report it."""
        begun = self.clock.now()
        target = self.folder / "backup"
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir()
        with self.server.gateway.database.engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert raw is not None
            raw.execute("VACUUM INTO ?", (str(target / "gateway.db"),))
        shutil.copytree(self.folder / "files", target / "files")
        self.server.gateway.durability.mark_backup(begun)

    def restore(self) -> None:
        """The gateway's disk is lost, and the backup comes in its place."""
        self.server.stop()
        for path in (*self.folder.glob("gateway.db*"), self.folder / "files"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        shutil.copyfile(self.folder / "backup" / "gateway.db", self.folder / "gateway.db")
        shutil.copytree(self.folder / "backup" / "files", self.folder / "files")
        self.server = gateway_of(self.folder, self.clock, self.place)
        self.server.start()
        self.server.gateway.database.begin_new_epoch()

    def missing(self) -> list[str]:
        """What the gateway lacks of all that it ever acknowledged."""
        numbers = self.server.gateway.cases.numbers()
        found = [f"case {case_id}" for case_id in self.cases if case_id not in numbers]
        for case in self.cases.values():
            for page in case.materials[1].pages:
                place = self.server.gateway.files.path(page.sha256)
                if not place.exists() or hashlib.sha256(place.read_bytes()).hexdigest() != page.sha256:
                    found.append(f"page {page.sha256[:8]}")
        return found


def gateway_of(folder: Path, clock: FixedClock, place: SecondPlace) -> GatewayServer:
    return GatewayServer(
        db_url=f"sqlite:///{folder}/gateway.db", files_folder=folder / "files", clock=clock, devices=DEVICES,
        second_place=place,
    )  # fmt: skip


@pytest.fixture
def hall(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Hall]:
    clock = FixedClock(NOW)
    place = SecondPlace(at_once=getattr(request, "param", False))
    server = gateway_of(tmp_path, clock, place)
    server.start()
    with workstation(tmp_path / "profile", clock) as station:
        made = Hall(tmp_path, station, clock, place, server)
        yield made
        made.server.stop()


def campaign(hall: Hall, restores: int, chance: random.Random) -> list[str]:
    """Days of work, of forgetting and of backups, each round ended by the gateway's loss; what is first missing."""
    missing: list[str] = []
    hall.accept(1)
    hall.sync()
    hall.back_up()
    for _ in range(restores):
        for step in chance.sample(["accept", "back up", "accept", "accept"], 4):
            hall.clock.advance(DAY * chance.uniform(1.1, 2.5))
            if step == "accept":
                hall.accept(chance.randint(1, 2))
            else:
                hall.back_up()
            hall.sync()
            hall.forget()
        hall.restore()
        hall.sync()
        missing += hall.missing()
        if missing:
            break
    return missing


@pytest.mark.timeout(600)
def test_every_acknowledged_case_returns_from_a_backup(hall: Hall) -> None:
    assert campaign(hall, RESTORES, random.Random(6)) == []
    assert hall.station.store.lost_cases() == []
    cleared = [case for case in hall.station.store.cases(10_000) if not case.applicant_name]
    assert len(cleared) > RESTORES / 2, "the window did forget meanwhile"
    assert set(hall.told) == {""}


@pytest.mark.parametrize("hall", [True], indirect=True)
def test_the_harness_catches_forgetting_at_the_acknowledgement(hall: Hall) -> None:
    """And what is then lost is at least told to a person, by its number."""
    assert campaign(hall, RESTORES, random.Random(3)) != []
    lost = hall.station.store.lost_cases()
    assert lost
    assert all(line.state is CaseState.NEEDS_ATTENTION for line in lost)
    assert any(lost[0].provisional_no in words for words in hall.told)


# -- a window that dies while it forgets -----------------------------------------------------------------------


def grown(folder: Path) -> tuple[list[Case], list[Case]]:
    """A profile with cases whose days are over, and others whose are not or that were never sent; all share pages."""
    clock = FixedClock(NOW)
    old, young = [], []
    with workstation(folder, clock) as station:
        shared = page_bytes(99)
        for serial in range(1, 13):
            page = page_bytes(serial)
            case = make_case(serial, (page, shared) if serial % 4 == 0 else (page,))
            station.accept(case, pages=(page, shared))
            paper = station.vault.seal(b"%PDF " + case.applicant_number.encode() + page, "application/pdf")
            station.store.append_audit(event("paper.made", case.provisional_no, sealed=paper.sha256))
            if serial <= 9:
                for entry in [op for op in station.store.outbox() if op.case_id == case.case_id]:
                    station.store.mark_inflight(entry.op_id)
                    if entry.kind == "case":
                        station.store.record([Acked(entry.op_id, case.case_id, f"GW{serial}", 1)])
                    else:
                        station.store.record([Arrived(entry.op_id)])
                    station.store.note_arrivals({entry.op_id: NOW})
            (old if serial <= 6 else young).append(case)
            if serial == 6:
                station.store.mark_durable(NOW + DAY, NOW)
        station.store.mark_durable(NOW + DAY, NOW + 90 * DAY)
        station.vault.seal(b"left by a crash", "image/jpeg")
        heard(station, NOW + 91 * DAY)
    let_time_pass(folder / "vault")
    return old, young


def forget_and_die(folder: Path, step: int, signal_at: Callable[[], None]) -> bool:
    """In a process of its own: forget, and be killed at the nth time that something is about to be, or has just been,
    written or removed. False: it came to its end first."""
    child = os.fork()
    if child == 0:
        try:
            count = 0

            def at_risk() -> None:
                nonlocal count
                count += 1
                if count == step:
                    signal_at()

            write, retire = Database.write, Vault.retire

            def risky_write(self: Database) -> object:
                at_risk()
                return write(self)

            def risky_retire(self: Vault, sha256: str, untouched: float) -> bool:
                at_risk()
                done = retire(self, sha256, untouched)
                at_risk()
                return done

            Database.write = risky_write  # type: ignore[assignment, method-assign]
            Vault.retire = risky_retire  # type: ignore[method-assign]
            with workstation(folder, FixedClock(NOW + 91 * DAY)) as station:
                count = 0
                retention_of(station).run()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def check(folder: Path, old: list[Case], young: list[Case]) -> list[str]:
    """What is wrong once a run has come to its end."""
    wrong = []
    with workstation(folder, FixedClock(NOW + 91 * DAY)) as station:
        retention_of(station).run()
        for case in young:
            kept = station.store.case(case.case_id)
            if kept is None or (kept.form, kept.facts, kept.materials) != (case.form, case.facts, case.materials):
                wrong.append(f"lost {case.provisional_no}")
            wrong += [
                f"lost a page of {case.provisional_no}"
                for page in case.materials[1].pages
                if not station.vault.exists(page.sha256)
            ]
        for case in old:
            kept = station.store.case(case.case_id)
            if kept is None or kept.provisional_no != case.provisional_no:
                wrong.append("the case's own line is gone")
            # Cases that share a page with a young one keep it, and with it their contents.
            alone = len(case.materials[1].pages) == 1
            if kept is not None and alone and (kept.applicant_name or kept.form or kept.facts):
                wrong.append(f"kept {case.provisional_no}")
        wrong += [f"audit {c.seq}: {c.reason}" for c in station.store.verify_audit() if not c.ok]
        wrong += station.store.check_integrity()
        needed = {page.sha256 for case in young for page in case.materials[1].pages}
        shared = {
            page.sha256 for case in old if len(case.materials[1].pages) > 1 for page in case.materials[1].pages[1:]
        }
        papers = 6
        files = sum(1 for path in station.profile.vault_folder.glob("??/*") if path.is_file())
        # The stray file's days begin when it is first seen.
        if files != len(needed | shared) + papers + 1:
            wrong.append(f"{files} files are left")
    return wrong


@pytest.mark.timeout(600)
def test_a_window_killed_while_it_forgets_loses_nothing_and_ends_the_work_later(tmp_path: Path) -> None:
    old, young = grown(tmp_path / "grown")
    step, killed = 1, 0
    while True:
        folder = tmp_path / f"p{step}"
        shutil.copytree(tmp_path / "grown", folder)
        if not forget_and_die(folder, step, lambda: os.kill(os.getpid(), signal.SIGKILL)):
            break
        killed += 1
        assert check(folder, old, young) == [], f"killed at step {step}"
        shutil.rmtree(folder)
        step += 1 if NIGHTLY else 5
    assert killed >= 5
    # What was cleared stands on no page, free ones included; what was not is there.
    with workstation(folder, FixedClock(NOW + 91 * DAY)) as station:
        pages = plain_pages(station.profile)
        gone = [case for case in old if len(case.materials[1].pages) == 1]
        assert gone
        for case in gone:
            assert case.applicant_number.encode() not in pages
        assert all(case.applicant_number.encode() in pages for case in young)
        assert WINDOW.name.encode() in pages
