"""kill -9 at random moments: nothing that was promised is lost, nothing is there by half."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.domain.case import OperationKind, OutboxState
from app.domain.clock import SystemClock
from offline_db.keys import DemoKeys
from offline_db.profile import Profile
from offline_db.store import Store
from offline_db.vault import open_vault

ROOT = Path(__file__).parents[2]
ROUNDS = 100 if os.environ.get("FAULTS") == "nightly" else 30


@dataclass
class Promises:
    """What the killed processes had been promised by the store."""

    accepted: dict[str, str] = field(default_factory=dict)
    sending: set[str] = field(default_factory=set)
    done: set[str] = field(default_factory=set)

    def note(self, line: str) -> None:
        word, *rest = line.split()
        if word == "accepted":
            self.accepted[rest[0]] = rest[1]
        elif word == "sending":
            self.sending.add(rest[0])
        elif word == "done":
            self.done.add(rest[0])


@pytest.fixture
def worker() -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.store_worker"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    ) as process:
        yield process
        assert process.stdin
        process.stdin.close()


def kill_once(worker: subprocess.Popen[str], mode: str, folder: Path, promises: Promises, wait: float) -> None:
    """Let a window work for `wait` seconds after its first promise, kill it, and note all its promises."""
    assert worker.stdin
    assert worker.stdout
    worker.stdin.write(f"{mode} {folder}\n")
    pid = int(worker.stdout.readline().split()[1])
    promises.note(worker.stdout.readline())
    time.sleep(wait)
    os.kill(pid, signal.SIGKILL)
    while (line := worker.stdout.readline()) != "gone\n":
        promises.note(line)


def broken_promises(folder: Path, promises: Promises) -> list[str]:
    """Open what the kill left, as the next start would, and say what is not as promised."""
    wrong = []
    with Profile(folder, "demo") as profile:
        keys = DemoKeys(folder)
        vault = open_vault(profile, keys)
        with Store.open(profile, keys, SystemClock(), vault=vault) as store:
            cases = {case.case_id: case for case in store.cases(limit=100_000)}
            entries = store.outbox()
            states = {entry.op_id: entry.state for entry in entries}
            wrong += [f"lost case {lost}" for lost in promises.accepted.keys() - cases.keys()]
            wrong += [f"not sent {op}" for op in promises.sending if states.get(op) in (None, OutboxState.PENDING)]
            wrong += [f"not done {op}" for op in promises.done if states.get(op) is not OutboxState.DONE]
            if OutboxState.INFLIGHT in states.values():
                wrong.append("an entry was left in flight")
            for case in cases.values():
                mine = [entry.kind for entry in entries if entry.case_id == case.case_id]
                if mine != [OperationKind.CASE, OperationKind.FILE] or len(case.facts) != 3:
                    wrong.append(f"half a case {case.case_id}")
                vault.open(case.materials[0].pages[0].sha256)
            checks = store.verify_audit()
            if len(checks) != len(cases) or not all(check.ok for check in checks):
                wrong.append("audit trail")
            if [entry.local_seq for entry in entries] != list(range(1, len(entries) + 1)):
                wrong.append("a gap in local_seq")
            wrong += store.check_integrity()
        if list((profile.vault_folder / "tmp").iterdir()):
            wrong.append("half-written files were left")
    return wrong


def test_no_acknowledged_case_is_lost(worker: subprocess.Popen[str], tmp_path: Path) -> None:
    chance, promises = random.Random(20261121), Promises()
    for _ in range(ROUNDS):
        kill_once(worker, "honest", tmp_path / "p", promises, chance.uniform(0, 0.03))
        assert broken_promises(tmp_path / "p", promises) == []
    assert len(promises.accepted) >= ROUNDS


def test_the_harness_catches_acknowledging_before_the_commit(worker: subprocess.Popen[str], tmp_path: Path) -> None:
    promises = Promises()
    for _ in range(20):
        kill_once(worker, "early", tmp_path / "p", promises, 0)
        if any(wrong.startswith("lost case") for wrong in broken_promises(tmp_path / "p", promises)):
            return
    pytest.fail("the mutant went unnoticed")
