"""The audit trail: every way of tampering is seen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from offline_db import audit, schema
from offline_db.audit import AuditCheck, entry_hash
from offline_db.store import Store
from tests.offline_db.made_up_cases import RARE, made_event

ENTRIES = 5
Tamper = Callable[[sa.Connection], object]


@pytest.fixture
def trail(store: Store) -> Store:
    for number in range(ENTRIES):
        store.append_audit(made_event("accept", f"case-{number}", note=RARE, n=number))
    return store


def sql(*statements: str) -> Tamper:
    def run(connection: sa.Connection) -> None:
        for statement in statements:
            assert connection.exec_driver_sql(statement).rowcount > 0, statement

    return run


def rehash(connection: sa.Connection) -> None:
    """What somebody with the database's key and this source code would do: change an entry, make the chain anew."""
    connection.exec_driver_sql("UPDATE audit SET clerk = '别人' WHERE seq = 3")
    previous = audit.GENESIS
    for row in connection.execute(sa.select(schema.audit).order_by(schema.audit.c.seq)).all():
        link = entry_hash(row.seq, row.at, row.clerk, row.action, row.subject, row.details, previous)
        connection.execute(
            sa.update(schema.audit).where(schema.audit.c.seq == row.seq).values(previous=previous, hash=link)
        )
        previous = link
    connection.execute(sa.update(schema.audit_head).values(hash=previous))


COLUMNS = ("at", "clerk", "action", "subject", "details", "previous", "hash")
TAMPERINGS: dict[str, Tamper] = {
    **{f"{name} changed": sql(f"UPDATE audit SET {name} = {name} || 'x' WHERE seq = 3") for name in COLUMNS},  # noqa: S608
    "details respelt": sql("UPDATE audit SET details = ' ' || details WHERE seq = 3"),
    "field moved": sql("UPDATE audit SET action = action || subject, subject = '' WHERE seq = 3"),
    "first deleted": sql("DELETE FROM audit WHERE seq = 1"),
    "middle deleted": sql("DELETE FROM audit WHERE seq = 3"),
    "last deleted": sql("DELETE FROM audit WHERE seq = 5"),
    "deleted and closed up": sql("DELETE FROM audit WHERE seq = 3", "UPDATE audit SET seq = seq - 1 WHERE seq > 3"),
    "reordered": sql(
        "UPDATE audit SET seq = 9 WHERE seq = 2",
        "UPDATE audit SET seq = 2 WHERE seq = 3",
        "UPDATE audit SET seq = 3 WHERE seq = 9",
    ),
    "inserted": sql(
        "INSERT INTO audit SELECT 6, at, clerk, action, subject, details, previous, hash FROM audit WHERE seq = 5"
    ),
    "emptied": sql("DELETE FROM audit"),
    "emptied with its end": sql("DELETE FROM audit", "DELETE FROM audit_head"),
    "end removed": sql("DELETE FROM audit_head"),
    "end moved back": sql(
        "DELETE FROM audit WHERE seq = 5",
        "UPDATE audit_head SET seq = 4, hash = (SELECT hash FROM audit WHERE seq = 4)",
    ),
    "made anew": rehash,
}


def test_an_untouched_trail_is_sound(trail: Store) -> None:
    assert trail.verify_audit() == [AuditCheck(n + 1, True, "") for n in range(ENTRIES)]
    entries = trail.audit_entries()
    assert [e.previous for e in entries[1:]] == [e.hash for e in entries[:-1]]
    assert trail.audit_entries(after=3, limit=1)[0].seq == 4
    assert RARE in entries[0].details


def test_an_empty_trail_is_sound(store: Store) -> None:
    assert store.verify_audit() == []


@pytest.mark.parametrize("kind", TAMPERINGS)
@pytest.mark.parametrize("work_goes_on", [False, True])
def test_tampering_is_seen_also_after_more_entries(trail: Store, kind: str, work_goes_on: bool) -> None:
    with trail._db.write() as connection:
        TAMPERINGS[kind](connection)
    if work_goes_on:
        if kind == "inserted":
            with trail._db.write() as connection:  # the forged entry stands where the next one goes: work stops
                connection.exec_driver_sql("UPDATE audit SET seq = 60 WHERE seq = 6")
        trail.append_audit(made_event("later"))
    broken = [check for check in trail.verify_audit() if not check.ok]
    assert broken
    assert all(check.reason for check in broken)


def test_the_changed_entry_is_named(trail: Store) -> None:
    with trail._db.write() as connection:
        connection.exec_driver_sql("UPDATE audit SET clerk = '别人' WHERE seq = 3")
    assert [(c.seq, c.reason) for c in trail.verify_audit() if not c.ok] == [(3, "内容与校验值不符")]
