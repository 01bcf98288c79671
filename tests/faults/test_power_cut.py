"""The power fails at any moment: nothing that was promised is lost, nothing is there by half, nothing is damaged.

A window's work is recorded call by call, the disk is rebuilt as a cut would have left it under four models of what
disks do, and the real store is opened on each. FAULTS=nightly cuts at 1,000 points instead of 250.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from disk_calls import build
from power_disk import MODELS, Disk, Event, fingerprint, lay_out, read_log

from app.domain.case import OperationKind, OutboxState
from app.domain.clock import FixedClock
from app.domain.errors import YichuangError
from offline_db.keys import DemoKeys
from offline_db.profile import Profile
from offline_db.store import Store
from offline_db.vault import open_vault
from tests.offline_db.made_up_cases import AT, WINDOW

ROOT = Path(__file__).parents[2]
NIGHTLY = os.environ.get("FAULTS") == "nightly"
pytestmark = pytest.mark.timeout(3600 if NIGHTLY else 600)
POINTS, VISITS = (1000, 40) if NIGHTLY else (250, 10)


@dataclass
class Promises:
    """What the window had been promised when the power failed."""

    numbers: set[int] = field(default_factory=set)
    drafts: set[str] = field(default_factory=set)
    accepted: set[str] = field(default_factory=set)
    sending: set[str] = field(default_factory=set)
    done: set[str] = field(default_factory=set)

    def note(self, words: str) -> None:
        word, first, *rest = words.split()
        if word == "number":
            self.numbers.add(int(first))
        elif word == "draft":
            self.drafts.add(first)
        elif word == "accepted":
            self.accepted.add(first)
            self.drafts.discard(rest[0])
        elif word == "sending":
            self.sending.add(first)
        elif word == "done":
            self.done.add(first)


@dataclass(frozen=True)
class Found:
    """What the next start finds on a disk. wrong: what would be wrong whatever had been promised."""

    wrong: tuple[str, ...] = ()
    cases: frozenset[str] = frozenset()
    drafts: frozenset[str] = frozenset()
    sent: frozenset[str] = frozenset()
    done: frozenset[str] = frozenset()
    next_number: int = 0

    def broken(self, promises: Promises) -> list[str]:
        """What is not as it should be."""
        lost = promises.accepted - self.cases
        return [
            *self.wrong,
            *(f"lost: case {case}" for case in lost),
            *(f"lost: draft {draft}" for draft in promises.drafts - self.drafts - self.cases),
            *(f"lost: sending {op}" for op in promises.sending - self.sent),
            *(f"lost: done {op}" for op in promises.done - self.done),
            *(["a number is given twice"] if max(promises.numbers, default=0) >= self.next_number > 0 else []),
        ]


@pytest.fixture(scope="module")
def recorder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The recorder, built."""
    return build(tmp_path_factory.mktemp("recorder"))


@pytest.fixture
def memory() -> Iterator[Path]:
    """A folder in memory where there is one: a thousand disks are laid out in it."""
    shared = Path("/dev/shm")
    with tempfile.TemporaryDirectory(prefix="yichuang-power-", dir=shared if shared.is_dir() else None) as folder:
        yield Path(folder)


@pytest.fixture
def recorded(recorder: Path, memory: Path) -> Callable[[str, int], list[Event]]:
    """Lets a window work in a mode; every call that it made."""

    def record(mode: str, visits: int) -> list[Event]:
        root, log = memory / "profile", memory / "calls"
        done = subprocess.run(
            [sys.executable, "-m", "tests.faults.power_worker", mode, str(root), str(visits)],
            cwd=ROOT,
            env=os.environ
            | {
                "LD_PRELOAD": str(recorder),
                "POWER_ROOT": str(root),
                "POWER_LOG": str(log),
                "PYTHONPATH": str(ROOT / "tests" / "kits"),
            },
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return read_log(log)

    return record


def examine(folder: Path) -> Found:
    """Start on this disk as the program would."""
    try:
        with Profile(folder, "demo") as profile:
            keys = DemoKeys(folder)
            vault = open_vault(profile, keys)
            with Store.open(profile, keys, FixedClock(AT), vault=vault) as store:
                wrong = store.check_integrity()
                cases, entries = store.cases(limit=100_000), store.outbox()
                wrong += [check.reason for check in store.verify_audit() if not check.ok]
                if len(store.verify_audit()) != len(cases):
                    wrong.append("half: the audit trail is not as long as the list of cases")
                for case in cases:
                    mine = [entry.kind for entry in entries if entry.case_id == case.case_id]
                    if mine != [OperationKind.CASE, *[OperationKind.FILE] * 3] or len(case.facts) != 3:
                        wrong.append(f"half: case {case.case_id}")
                    for material in case.materials:
                        vault.open(material.pages[0].sha256)
                drafts = {draft.draft_id for draft in store.drafts()}
                if drafts & {case.visit_id for case in cases}:
                    wrong.append("half: a draft outlived its case")
                if [entry.local_seq for entry in entries] != list(range(1, len(entries) + 1)):
                    wrong.append("half: a gap in local_seq")
                return Found(
                    tuple(wrong),
                    frozenset(case.case_id for case in cases) | {case.visit_id for case in cases},
                    frozenset(drafts),
                    frozenset(e.op_id for e in entries if e.attempts or e.state is OutboxState.DONE),
                    frozenset(e.op_id for e in entries if e.state is OutboxState.DONE),
                    store.reserve_numbers(WINDOW.id, AT.date(), 1)[0],
                )
    except YichuangError as problem:
        return Found((f"cannot be opened: {problem.title} {problem.what}",))


def cut(events: list[Event], folder: Path, points: int, seed: int = 1) -> list[str]:
    """Cut the power at so many points, each under every model; what was found wrong."""
    chance = random.Random(seed)
    marks = [at + 1 for at, event in enumerate(events) if event.kind == "K"]
    moments = {len(events), *chance.sample(marks, min(len(marks), points // 4))}
    while len(moments) < min(points, len(events)):
        moments.add(chance.randrange(1, len(events) + 1))
    disk, promises, wrong = Disk(str(folder / "profile")), Promises(), []
    known: dict[bytes, Found] = {}
    for at, event in enumerate(events, start=1):
        disk.feed(event)
        if event.kind == "K":
            promises.note(event.path)
        if at not in moments:
            continue
        for model in MODELS:
            image = disk.left(model, chance)
            # Two cuts that leave the same disk find the same on it.
            key = fingerprint(image)
            if key not in known:
                place = folder / "after"
                lay_out(image, place)
                known[key] = examine(place)
                shutil.rmtree(place)
            wrong += [f"{at}, {model}: {broken}" for broken in known[key].broken(promises)]
    print(f"{len(moments)} cuts x {len(MODELS)} models, {len(known)} different disks, {len(wrong)} wrong")
    return wrong


def test_no_cut_loses_halves_or_damages_anything(recorded: Callable[[str, int], list[Event]], memory: Path) -> None:
    events = recorded("honest", VISITS)
    kinds = "".join(event.kind for event in events)
    assert set(kinds) >= set("CMRUWTSYK"), "the recorder saw every kind of call"
    whole = Disk(str(memory / "profile"))
    for event in events:
        whole.feed(event)
    image = whole.left("in order", random.Random(1))
    real = {str(path.relative_to(memory / "profile")): path for path in (memory / "profile").rglob("*")}
    assert {name: path.read_bytes() if path.is_file() else None for name, path in real.items()} == image
    assert cut(events, memory, POINTS) == []


@pytest.mark.parametrize(
    ("mutant", "finding"), [("normal", "lost: case"), ("unsynced", "cannot be opened: "), ("early", "lost: case")]
)
def test_the_harness_catches_the_mutant(
    recorded: Callable[[str, int], list[Event]], memory: Path, mutant: str, finding: str
) -> None:
    wrong = cut(recorded(mutant, 4), memory, 40)
    assert any(finding in each for each in wrong), wrong
