"""A window at work, to be killed. Started once; forks one working process for each line "MODE FOLDER" it reads.

The child says what it has been promised by the store, a line each, only after the promise: `accepted CASE SHA256`,
`sending OP`, `done OP`. Mode `early` is the mutant that says `accepted` before the commit. When the child is dead the
parent says `gone`.
"""

from __future__ import annotations

import dataclasses
import os
import sys
from pathlib import Path

from app.domain.case import OperationKind
from app.domain.clock import SystemClock
from app.domain.material import Material, MaterialStatus, Page
from app.domain.sending import Acked
from offline_db.keys import DemoKeys
from offline_db.profile import Profile
from offline_db.store import Store
from offline_db.vault import open_vault
from tests.offline_db.made_up_cases import WINDOW, made_case, made_event, made_operation


def say(*words: str) -> None:
    # One write a line: a kill cuts between lines, never inside one.
    os.write(1, (" ".join(words) + "\n").encode())


def work(mode: str, folder: Path) -> None:
    profile, keys, clock = Profile(folder, "demo"), DemoKeys(folder), SystemClock()
    vault = open_vault(profile, keys)
    store = Store.open(profile, keys, clock, vault=vault)
    day = clock.now().date()
    while True:
        (number,) = store.reserve_numbers(WINDOW.id, day, 1)
        sealed = vault.seal(os.urandom(3000), "image/jpeg")
        template = made_case()
        page = Page(sealed.sha256, sealed.media_type, sealed.size, 1, 1)
        material = Material(template.materials[0].use, (), MaterialStatus.CAPTURED, pages=(page,))
        case = dataclasses.replace(template, provisional_no=f"{number}", materials=(material,))
        record = made_operation(case)
        if mode == "early":
            say("accepted", case.case_id, sealed.sha256)
        store.accept([case], [record, made_operation(case, OperationKind.FILE)], [made_event()])
        if mode != "early":
            say("accepted", case.case_id, sealed.sha256)
        store.mark_inflight(record.op_id)
        say("sending", record.op_id)
        store.record([Acked(record.op_id, case.case_id, f"GW-{number}", 1)])
        say("done", record.op_id)


def main() -> None:
    for line in sys.stdin:
        mode, folder = line.split(maxsplit=1)
        child = os.fork()
        if child == 0:
            say("pid", str(os.getpid()))
            work(mode, Path(folder.strip()))
        os.waitpid(child, 0)
        say("gone")


if __name__ == "__main__":
    main()
