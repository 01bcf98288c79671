"""kill -9 at each step of every change of the keys, and inside a migration: the old way or the new one opens, never
neither, and no acknowledged case is lost."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from key_kit import (
    CLERK,
    MANAGER,
    NEW_PIN,
    PIN,
    FileKeyring,
    Locked,
    PlainKeys,
    locked,
    make_plain,
    make_slotted,
)

from app.domain.clock import SystemClock
from app.domain.errors import YichuangError
from app.services.door import Entry
from offline_db import migrate
from offline_db.engine import Database
from offline_db.keylock import LockState
from offline_db.keys import keyset
from offline_db.profile import Profile
from offline_db.store import Store
from tests.faults.key_worker import CODE, JOBS
from tests.offline_db.made_up_cases import made_case, made_event, made_operation

ROOT = Path(__file__).parents[2]
NIGHTLY = os.environ.get("FAULTS") == "nightly"
KILLS, MIGRATION_KILLS = (10_000, 10_000) if NIGHTLY else (80, 27)
"""At each step of each job nightly (a job has 20 to 60); else at so many of all steps, evenly."""
PLAIN = ("convert", "second", "hasty", "migrate")
"""Jobs that begin with a profile of the time before slots."""


@dataclass
class Bench:
    """The worker, and the profiles that each kill gets a copy of."""

    worker: subprocess.Popen[str]
    folder: Path
    case_id: str
    made: int = 0
    killed: dict[str, int] = field(default_factory=dict)

    def copy(self, job: str) -> Path:
        self.made += 1
        folder = self.folder / f"p{self.made}"
        base = "old" if job == "migrate" else "plain" if job in PLAIN else "slotted"
        if job != "begin":
            shutil.copytree(self.folder / base, folder)
            shutil.copy((self.folder / base).with_suffix(".keyring"), folder.with_suffix(".keyring"))
        return folder

    def run(self, job: str, nth: int, folder: Path) -> int | None:
        """Steps that the job took to its end; None when it was killed."""
        assert self.worker.stdin
        assert self.worker.stdout
        self.worker.stdin.write(f"{job} {nth} {folder}\n")
        steps = None
        while (line := self.worker.stdout.readline()) != "gone\n":
            assert line, "the worker has died"
            steps = int(line.split()[1])
        return steps

    def kill(self, job: str, nth: int) -> list[str]:
        """Kill the job at this step; what is not as promised afterwards."""
        folder = self.copy(job)
        killed = self.run(job, nth, folder) is None
        self.killed[job] = self.killed.get(job, 0) + killed
        wrong = [] if killed else [f"{job} {nth}: not killed"]
        try:
            with locked(folder, FileKeyring(folder.with_suffix(".keyring")), SystemClock()) as held:
                wrong += [f"{job} {nth}: {what}" for what in self.broken_promises(job, held)]
        except YichuangError as error:
            wrong.append(f"{job} {nth}: {error}")
        shutil.rmtree(folder, ignore_errors=True)
        return wrong

    def broken_promises(self, job: str, held: Locked) -> list[str]:
        """Go on as the next start would."""
        entry: Entry | None = None
        wrong = []
        if held.lock.state is LockState.NEW:
            entry = held.door.register_first(*MANAGER, PIN, PIN)
        elif held.lock.state is LockState.SLOTS:
            if held.lock.has_recovery and not held.lock.fits_code(CODE):
                wrong.append("the recovery code does not open")
            held.lock.forget()
            entry = self.opened_by(held, MANAGER[0], (PIN, NEW_PIN) if job in ("change", "recover") else (PIN,))
            if entry is None:
                return ["the manager is locked out"]
        with held.started() as (store, clerks, duty):
            if job != "begin" and store.case(self.case_id) is None:
                wrong.append("the case is lost")
            if entry is not None:
                clerks.let_in(entry)
            else:
                clerks.sign_in(MANAGER[0], PIN)
            if duty.holder is None or not duty.holder.manager:
                wrong.append("no manager on duty")
            if not all(check.ok for check in store.verify_audit()):
                wrong.append("audit trail")
            if CLERK[0] in [clerk.number for clerk in clerks.known()]:
                # Whatever state the colleague is in, the manager can put it right.
                once = clerks.reset_pin(CLERK[0])
                if not held.lock.fits(CLERK[0], once):
                    wrong.append("a reset PIN does not open")
                clerks.retire(CLERK[0])
            if held.lock.owner(CLERK[0]) is not None:
                wrong.append("who left has a slot")
        if held.profile.id in {name for _, name in held.lock._keyring._backend.kept}:  # type: ignore[attr-defined]
            wrong.append("the plain root is still in the keyring")
        return wrong

    @staticmethod
    def opened_by(held: Locked, number: str, pins: tuple[str, ...]) -> Entry | None:
        for pin in pins:
            try:
                return held.door.open(number, pin)
            except YichuangError:
                continue
        return None


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    folder, clock = tmp_path_factory.mktemp("keys"), SystemClock()
    case = made_case()
    for name, make in (("plain", make_plain), ("slotted", make_slotted)):
        backend = FileKeyring(folder / f"{name}.keyring")
        make(folder / name, backend, clock)
        with locked(folder / name, backend, clock) as held:
            if held.lock.state is LockState.SLOTS:
                held.lock.fits(MANAGER[0], PIN)
            with held.started() as (store, _clerks, _duty):
                store.accept([case], [made_operation(case)], [made_event()])
    shutil.copytree(folder / "plain", folder / "old")
    shutil.copy(folder / "plain.keyring", folder / "old.keyring")
    # As the very first version left it: everything there is still to be migrated.
    with Profile(folder / "old", "work") as profile:
        keys = keyset(profile, PlainKeys(profile, FileKeyring(folder / "old.keyring")))
        database = Database(profile.database, keys.database)
        config = Config()
        config.set_main_option("script_location", str(migrate.MIGRATIONS).replace("%", "%%"))
        with database.exclusive() as connection:
            config.attributes["connection"] = connection
            command.downgrade(config, "0001")
        database.close()
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.key_worker"],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT / "tests" / "kits")},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    ) as worker:
        yield Bench(worker, folder, case.case_id)
        assert worker.stdin
        worker.stdin.close()


def steps_of(bench: Bench, job: str) -> int:
    """How many steps the job takes when nobody kills it."""
    steps = bench.run(job, -1, bench.copy(job))
    assert steps is not None
    assert steps >= 8, f"{job} did nothing"
    return steps


@pytest.mark.timeout(900)
def test_a_kill_at_any_step_of_changing_keys_locks_nobody_out(bench: Bench) -> None:
    points = [(job, nth) for job in JOBS for nth in range(1, steps_of(bench, job) + 1)]
    every = -(-len(points) // KILLS)
    wrong = [what for job, nth in points[::every] for what in bench.kill(job, nth)]
    print(f"\n{sum(bench.killed.values())} kills over {len(points)} steps: {bench.killed}")
    assert wrong == []
    assert set(bench.killed) == set(JOBS)


@pytest.mark.timeout(900)
def test_a_kill_inside_a_migration_loses_no_case(bench: Bench) -> None:
    points = range(1, steps_of(bench, "migrate") + 1)
    killed = 0
    for nth in points[:: -(-len(points) // MIGRATION_KILLS)]:
        folder = bench.copy("migrate")
        killed += bench.run("migrate", nth, folder) is None
        with Profile(folder, "work") as profile:
            keys = PlainKeys(profile, FileKeyring(folder.with_suffix(".keyring")))
            with Store.open(profile, keys, SystemClock()) as store:
                assert store.case(bench.case_id) is not None
                assert [entry.case_id for entry in store.outbox()] == [bench.case_id]
                assert store.check_integrity() == []
                assert all(check.ok for check in store.verify_audit())
        shutil.rmtree(folder)
    print(f"\n{killed} kills over {len(points)} steps of a migration")
    assert killed >= min(len(points), MIGRATION_KILLS) // 2


def test_the_harness_catches_a_root_destroyed_too_early(bench: Bench) -> None:
    steps = steps_of(bench, "hasty")
    assert any("找不到本机数据密钥" in what for nth in range(1, steps + 1) for what in bench.kill("hasty", nth))
