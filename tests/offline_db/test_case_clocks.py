"""What is kept beside a case's time, and the migration that brought it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from alembic import command
from alembic.config import Config

from app.domain.ticks import ClockReading
from app.server.wire import case_document, read_case
from offline_db import migrate
from offline_db.engine import Database
from offline_db.keys import DemoKeys, keyset
from offline_db.profile import Profile
from offline_db.store import Store
from tests.offline_db.made_up_cases import made_case, made_event

READING = ClockReading(-1234, 98_765_432_100, "boot-𠮷", True)


def test_it_comes_back_as_it_was(store: Store) -> None:
    doubted = made_case(clock=READING)
    unheard = made_case(clock=dataclasses.replace(READING, offset_ms=None, suspect=False))
    plain = made_case()
    store.accept([doubted, unheard, plain], [], [made_event()])
    assert store.cases() == [plain, unheard, doubted]


def test_it_travels_with_the_case() -> None:
    case = made_case(clock=READING)
    assert case_document(case)["clock"] == {
        "offset_ms": -1234,
        "monotonic_ms": 98_765_432_100,
        "boot_id": "boot-𠮷",
        "suspect": True,
    }
    assert "clock" not in case_document(made_case())
    assert read_case(case_document(case)).clock == READING


def test_the_migration_goes_both_ways_with_cases_in_it(open_store: Callable[[], Store], profile: Profile) -> None:
    first = open_store()
    doubted, plain = made_case(clock=READING), made_case()
    first.accept([doubted, plain], [], [made_event()])
    first.close()
    keys = keyset(profile, DemoKeys(profile.folder))
    database = Database(profile.database, keys.database)
    config = Config()
    config.set_main_option("script_location", str(migrate.MIGRATIONS))
    with database.exclusive() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0002")
    with database.read() as connection:
        tables = connection.exec_driver_sql("SELECT name FROM sqlite_schema WHERE type = 'table'").scalars()
        assert "case_clocks" not in set(tables)
    database.close()
    again = open_store()
    assert again.cases() == [plain, dataclasses.replace(doubted, clock=None)]
    late = made_case(clock=READING)
    again.accept([late], [], [made_event()])
    assert again.case(late.case_id) == late
    assert [check.ok for check in again.verify_audit()] == [True, True]
