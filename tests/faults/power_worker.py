"""A window at work on a disk that is being recorded (disk_calls.c): visits from the draft to the sent case.

Each promise of the store is told to the recorder the moment it is made, and not before. Modes: `honest`; the mutants
`normal` (synchronous=NORMAL), `unsynced` (an attachment's file is not synced) and `early` (promises before the commit).
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import random
import secrets
import sys
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa
from disk_calls import marker

import offline_db.vault
from app.domain.case import OperationKind
from app.domain.clock import FixedClock
from app.domain.material import Material, MaterialStatus, Page
from app.domain.sending import Acked
from offline_db.files import fsync_folder
from offline_db.keys import DemoKeys
from offline_db.profile import Profile
from offline_db.store import Store
from offline_db.vault import Sealed, open_vault
from tests.offline_db.made_up_cases import AT, WINDOW, made_case, made_event, made_operation

SIZES = (3_000, 90_000, 700)
"""Bytes of a case's three pages: one of them needs two chunks."""
LOG_PAGES = 60
"""The log is folded into the database after so many pages, so that some cuts fall into that as well."""


def unsynced(target: Path, data: bytes, temp_folder: Path | None = None) -> None:
    """The mutant of offline_db.files.write_whole: it trusts that written is written."""
    temp = (temp_folder or target.parent) / f".{secrets.token_hex(8)}.tmp"
    temp.write_bytes(data)
    os.replace(temp, target)
    fsync_folder(target.parent)


def work(mode: str, folder: Path, visits: int, seed: int, mark: Callable[[str], None]) -> None:
    """Open the profile, serve so many visitors, close it."""
    chance, clock = random.Random(seed), FixedClock(AT)
    with Profile(folder, "demo") as profile:
        keys = DemoKeys(folder)
        vault = open_vault(profile, keys)
        with Store.open(profile, keys, clock, vault=vault) as store:

            @sa.event.listens_for(store._db.engine, "checkout")
            def tune(connection: sa.pool.PoolProxiedConnection, *_: object) -> None:
                connection.execute(f"PRAGMA wal_autocheckpoint={LOG_PAGES}")  # type: ignore[attr-defined]
                if mode == "normal":
                    connection.execute("PRAGMA synchronous=NORMAL")  # type: ignore[attr-defined]

            for _ in range(visits):
                (number,) = store.reserve_numbers(WINDOW.id, AT.date(), 1)
                mark(f"number {number}")
                visit = f"visit-{number}"
                sealed = [vault.seal(chance.randbytes(size), "image/jpeg") for size in SIZES]
                store.save_draft(visit, "草稿" * 200, files=[each.sha256 for each in sealed])
                mark(f"draft {visit}")
                _accept(store, mode, visit, number, sealed, mark)
                clock.advance(dt.timedelta(minutes=6))


def _accept(
    store: Store, mode: str, visit: str, number: int, sealed: list[Sealed], mark: Callable[[str], None]
) -> None:
    template = made_case()
    pages = [Page(each.sha256, each.media_type, each.size, 1, 1) for each in sealed]
    materials = tuple(
        Material(use.use, (), MaterialStatus.CAPTURED, pages=(page,))
        for use, page in zip(template.materials, pages, strict=True)
    )
    case = dataclasses.replace(template, visit_id=visit, provisional_no=f"{number}", materials=materials)
    record = made_operation(case)
    files = [made_operation(case, OperationKind.FILE) for _ in pages]
    promise = f"accepted {case.case_id} {visit}"
    if mode == "early":
        mark(promise)
    store.accept([case], [record, *files], [made_event()], drop_draft=visit)
    mark(promise)
    store.mark_inflight(record.op_id)
    mark(f"sending {record.op_id}")
    store.record([Acked(record.op_id, case.case_id, f"GW-{number}", 1)])
    mark(f"done {record.op_id}")


def main() -> None:
    mode, folder, visits = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    if mode == "unsynced":
        offline_db.vault.write_whole = unsynced
    mark = marker()
    # The second half finds a database that is there.
    work(mode, folder, visits - visits // 2, 1, mark)
    work(mode, folder, visits // 2, 2, mark)


if __name__ == "__main__":
    main()
