"""A window whose disk fills up at every possible place: RLIMIT_FSIZE makes the kernel refuse the nth write.

Prints a JSON object: how many tries were refused, and what was not as promised. Mode `swallow` is the mutant that
takes a refusal for a success.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import random
import resource
import signal
import sys
from pathlib import Path

from app.domain.clock import SystemClock
from app.domain.errors import EnvironmentProblem
from app.domain.fact import Fact
from offline_db.keys import DemoKeys
from offline_db.profile import Profile
from offline_db.store import Store
from offline_db.vault import Vault, open_vault
from tests.offline_db.made_up_cases import made_case, made_event, made_operation


def limit(size: int) -> None:
    """No file may grow beyond size bytes; -1: no limit."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def main() -> None:
    mode, folder, points = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    # Without this the kernel kills the process instead of refusing the write.
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    chance = random.Random(7)
    profile, keys = Profile(folder, "demo"), DemoKeys(folder)
    vault = open_vault(profile, keys)
    store = Store.open(profile, keys, SystemClock())
    refused, wrong = 0, []
    for point in range(points):
        case = made_case()
        # Long enough to need many pages, so that the limit falls before, inside and behind the commit.
        long = dataclasses.replace(case.facts[2], value="经" * chance.randrange(1, 20_000))
        facts: tuple[Fact, ...] = (*case.facts, long)
        case = dataclasses.replace(case, facts=facts)
        wal = folder / "store.db-wal"
        limit((wal.stat().st_size if wal.exists() else 0) + chance.randrange(0, 60_000))
        promised = True
        try:
            store.accept([case], [made_operation(case)], [made_event()])
        except EnvironmentProblem as problem:
            promised = mode == "swallow"
            refused += 1
            if not problem.todo:
                wrong.append("a refusal without advice")
        limit(resource.RLIM_INFINITY)
        stored = store.case(case.case_id)
        if promised and stored != case:
            wrong.append(f"{point}: promised and not stored")
        if not promised and (stored or any(entry.case_id == case.case_id for entry in store.outbox())):
            wrong.append(f"{point}: refused and stored all the same")
        if not promised:
            store.accept([case], [made_operation(case)], [made_event()])
            if store.case(case.case_id) != case:
                wrong.append(f"{point}: not stored when there was room again")
        refused += seal(vault, chance, wrong)
    store.close()
    with Store.open(profile, keys, SystemClock()) as again:
        if mode != "swallow" and len(again.cases(limit=points * 2)) != points:
            wrong.append("cases were lost")
        wrong += [check.reason for check in again.verify_audit() if not check.ok] + again.check_integrity()
    os.write(1, json.dumps({"refused": refused, "wrong": wrong}).encode())


def seal(vault: Vault, chance: random.Random, wrong: list[str]) -> int:
    """Seal a file under a random limit; 1 when it was refused."""
    data = chance.randbytes(chance.randrange(1, 200_000))
    digest = hashlib.sha256(data).hexdigest()
    limit(chance.randrange(0, 300_000))
    try:
        vault.seal(data, "image/jpeg")
    except EnvironmentProblem:
        limit(resource.RLIM_INFINITY)
        if vault.exists(digest) or list((vault._folder / "tmp").iterdir()):
            wrong.append("half a file was left")
        return 1
    limit(resource.RLIM_INFINITY)
    if vault.open(digest) != data:
        wrong.append("a sealed file is not whole")
    return 0


if __name__ == "__main__":
    main()
