"""A window whose disk is full, or breaks, at the nth call: everything that is written is tried at each of its calls.

Runs with tests/faults/disk_calls.c. Prints a JSON object: per kind of writing how many tries were refused, and what was
not as promised. Mode `swallow` is the mutant that takes a refusal for a success.
"""

from __future__ import annotations

import dataclasses
import errno
import hashlib
import itertools
import json
import os
import random
import shutil
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from alembic import command
from alembic.config import Config
from disk_calls import Breaker

from app.domain.case import OutboxState
from app.domain.clock import FixedClock
from app.domain.errors import EnvironmentProblem
from app.domain.sending import Acked
from offline_db import migrate
from offline_db.engine import Database
from offline_db.keys import DemoKeys, keyset
from offline_db.profile import Profile
from offline_db.store import Store
from offline_db.vault import open_vault
from tests.offline_db.made_up_cases import AT, made_case, made_event, made_operation

BEFORE = "0001"
"""The oldest revision: the migration that is tried begins there."""
FAULTS = ((errno.ENOSPC, True), (errno.EIO, False), (errno.EIO, True))
"""A disk that is full from now on; one call that fails; a disk that is gone."""


@dataclass
class Trial:
    """One thing to be written. do: may raise EnvironmentProblem. whole, none: is all of it there, nothing of it?"""

    do: Callable[[], object]
    whole: Callable[[], bool]
    none: Callable[[], bool]
    end: Callable[[], None] = lambda: None


@dataclass
class Findings:
    refused: Counter[str] = field(default_factory=Counter)
    tried: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def attempt(name: str, make: Callable[[], Trial], at: int, fault: int, swallow: bool, found: Findings) -> None:
    """Write it while the disk fails at call number `at`; and again when the disk is well."""
    breaker, (error, on) = Breaker(), FAULTS[fault]
    trial = make()
    where = f"{name}, call {at}, {errno.errorcode[error]}{' for good' if on else ''}"
    promised = True
    found.tried[name] += 1
    breaker.fail(at, error, on=on)
    try:
        trial.do()
    except EnvironmentProblem as problem:
        promised = swallow
        found.refused[name] += 1
        if not problem.todo:
            found.wrong.append(f"{where}: a refusal without advice")
    except Exception as surprise:  # whatever else comes up is a finding
        promised = False
        found.wrong.append(f"{where}: {type(surprise).__name__}")
    finally:
        breaker.mend()
    if promised and not trial.whole():
        found.wrong.append(f"{where}: promised and not stored")
    if not promised and not trial.none():
        found.wrong.append(f"{where}: refused and stored all the same")
    if not promised:
        trial.do()
        if not trial.whole():
            found.wrong.append(f"{where}: not stored when the disk was well again")
    trial.end()


def calls_of(make: Callable[[], Trial]) -> int:
    """How many calls the writing makes on a good disk."""
    trial, breaker = make(), Breaker()
    breaker.mend()
    trial.do()
    calls = breaker.calls
    trial.end()
    return calls


class Window:
    """A window at work, and what it writes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.chance = random.Random(7)
        self.number = itertools.count(1)
        self.profile = Profile(folder / "profile", "demo")
        keys = DemoKeys(self.profile.folder)
        self.vault = open_vault(self.profile, keys)
        self.store = Store.open(self.profile, keys, FixedClock(AT), vault=None)
        self.old = folder / "old"
        self._make_old()

    def close(self) -> list[str]:
        """End; what is wrong with what is left."""
        self.store.close()
        with Store.open(self.profile, DemoKeys(self.profile.folder), FixedClock(AT)) as again:
            wrong = [check.reason for check in again.verify_audit() if not check.ok] + again.check_integrity()
        self.profile.close()
        return wrong

    def accept(self) -> Trial:
        case = made_case()
        # Long enough to need many pages.
        long = dataclasses.replace(case.facts[2], value="经" * self.chance.randrange(1, 20_000))
        case = dataclasses.replace(case, facts=(*case.facts, long))
        operation = made_operation(case)

        def entries() -> bool:
            return any(entry.op_id == operation.op_id for entry in self.store.outbox())

        return Trial(
            lambda: self.store.accept([case], [operation], [made_event()]),
            lambda: self.store.case(case.case_id) == case and entries(),
            lambda: self.store.case(case.case_id) is None and not entries(),
        )

    def seal(self) -> Trial:
        data = self.chance.randbytes(self.chance.randrange(1, 200_000))
        digest = hashlib.sha256(data).hexdigest()
        return Trial(
            lambda: self.vault.seal(data, "image/jpeg"),
            lambda: self.vault.exists(digest) and self.vault.open(digest) == data,
            lambda: not self.vault.exists(digest) and not list((self.vault._folder / "tmp").iterdir()),
        )

    def draft(self) -> Trial:
        name, text = f"draft-{next(self.number)}", "草稿" * self.chance.randrange(1, 10_000)
        return Trial(
            lambda: self.store.save_draft(name, text, event=made_event("draft")),
            lambda: self.store.draft_text(name) == text,
            lambda: self.store.draft_text(name) is None,
        )

    def feed(self) -> Trial:
        number = next(self.number)
        rows = [{"id": f"row-{number}-{n}", "words": "经" * 400} for n in range(20)]
        before = self.store.cursor("policies")

        def there() -> int:
            return sum(row in rows for row in self.store.feed_rows("policies"))

        return Trial(
            lambda: self.store.apply_feed("policies", rows, [], f"c{number}"),
            lambda: self.store.cursor("policies") == f"c{number}" and there() == 20,
            lambda: self.store.cursor("policies") == before and there() == 0,
        )

    def sync_marks(self) -> Trial:
        """What is written down when the platform has answered."""
        case = made_case()
        operation = made_operation(case)
        self.store.accept([case], [operation], [made_event()])
        self.store.mark_inflight(operation.op_id)

        def stands() -> tuple[str | None, OutboxState]:
            kept = self.store.case(case.case_id)
            (entry,) = (entry for entry in self.store.outbox() if entry.op_id == operation.op_id)
            return kept.case_no if kept else None, entry.state

        return Trial(
            lambda: self.store.record([Acked(operation.op_id, case.case_id, f"GW-{case.provisional_no}", 1)]),
            lambda: stands() == (f"GW-{case.provisional_no}", OutboxState.DONE),
            lambda: stands() == (None, OutboxState.INFLIGHT),
        )

    def backup(self) -> Trial:
        target = self.folder / f"copies-{next(self.number)}" / "copy.db"
        # Something new, so that the log has to be folded in first.
        self.store.save_draft(target.parent.name, "草稿" * 5000)
        return Trial(
            lambda: self.store.backup(target),
            lambda: target.exists() and target.read_bytes() == self.profile.database.read_bytes(),
            lambda: not target.parent.exists() or not list(target.parent.iterdir()),
        )

    def begin(self) -> Trial:
        """The very first start."""
        return self._start(self.folder / f"new-{next(self.number)}", 0)

    def migrate(self) -> Trial:
        """The first start of a newer program."""
        folder = self.folder / f"migrated-{next(self.number)}"
        shutil.copytree(self.old, folder)
        return self._start(folder, 1)

    def _start(self, folder: Path, cases: int) -> Trial:
        found: list[int] = []

        def start() -> None:
            found.clear()
            with (
                Profile(folder, "demo") as profile,
                Store.open(profile, DemoKeys(folder), FixedClock(AT)) as store,
            ):
                found.append(len(store.cases()))

        # Whether it was refused in time shows when it is started again.
        return Trial(
            start, lambda: found == [cases], lambda: not found, lambda: shutil.rmtree(folder, ignore_errors=True)
        )

    def _make_old(self) -> None:
        with Profile(self.old, "demo") as profile:
            keys = DemoKeys(self.old)
            with Store.open(profile, keys, FixedClock(AT)) as store:
                store.accept([made_case()], [], [made_event()])
            database = Database(profile.database, keyset(profile, keys).database)
            config = Config()
            config.set_main_option("script_location", str(migrate.MIGRATIONS))
            with database.exclusive() as connection:
                config.attributes["connection"] = connection
                command.downgrade(config, BEFORE)
            database.close()


KINDS = ("accept", "seal", "draft", "feed", "sync_marks", "backup", "begin", "migrate")


def main() -> None:
    mode, folder, points = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    window, found, spread = Window(folder), Findings(), random.Random(11)
    for name in KINDS:
        make: Callable[[], Trial] = getattr(window, name)
        calls = calls_of(make)
        for number in range(points):
            # The first calls and the last one always, the others by chance.
            at = number + 1 if number < 3 else calls if number == 3 else spread.randint(1, calls)
            attempt(name, make, at, (number + number // 3) % 3, mode == "swallow", found)
    found.wrong += window.close()
    result = {"refused": found.refused, "tried": found.tried, "wrong": found.wrong}
    os.write(1, json.dumps(result, ensure_ascii=False).encode())


if __name__ == "__main__":
    main()
