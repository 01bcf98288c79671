"""Visit packs in the store: numbers of the block alone, nothing after the end, nothing left after the return."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text

from app.domain.clock import FixedClock, shanghai
from app.domain.errors import Defect, Refused
from app.domain.numbering import BLOCKS_FROM
from app.domain.sending import Acked, Refusal
from app.domain.visit_pack import PackState
from offline_db import migrate, schema
from offline_db.engine import Database
from offline_db.store import Store
from tests.offline_db.made_up_cases import AT, RARE, made_case, made_event, made_operation
from tests.offline_db.test_migrate_database import alembic, migrate_to, shape

DAY = shanghai(AT).date()
UNTIL = AT + dt.timedelta(days=3)
FIRST = BLOCKS_FROM + 40


def body(first: int = FIRST, last: int = FIRST + 9, days: int = 3, name: str = f"王㛃{RARE}") -> dict[str, Any]:
    block = {
        "window_id": "M01",
        "first": first,
        "last": last,
        "from_day": DAY.isoformat(),
        "to_day": (DAY + dt.timedelta(days=days)).isoformat(),
    }
    return {"blocks": [block], "people": [{"name": name}]}


@pytest.fixture
def packed(store: Store) -> Store:
    store.save_pack("p1", "WF-1", body(), UNTIL, made_event())
    store.bind_visit("v1", "p1")
    return store


def test_numbers_come_of_the_pack_s_block_and_start_anew_each_day(packed: Store, clock: FixedClock) -> None:
    assert packed.reserve_visit_numbers("v1", "M01", DAY, 3) == (FIRST, FIRST + 1, FIRST + 2)
    packed.bind_visit("v2", "p1")
    assert packed.reserve_visit_numbers("v2", "M01", DAY, 2) == (FIRST + 3, FIRST + 4)
    assert packed.reserve_visit_numbers("elsewhere", "M01", DAY, 2) == (1, 2), "a visit at the counter"
    clock.advance(dt.timedelta(days=1))
    assert packed.reserve_visit_numbers("v1", "M01", DAY + dt.timedelta(days=1), 1) == (FIRST,)
    with pytest.raises(ValueError, match="count"):
        packed.reserve_visit_numbers("v1", "M01", DAY, 0)


def test_no_number_is_given_twice_to_many_threads(packed: Store) -> None:
    def take(_: int) -> tuple[int, ...]:
        try:
            return packed.reserve_visit_numbers("v1", "M01", DAY, 1)
        except Refused:
            return ()

    with ThreadPoolExecutor(8) as pool:
        given = [number for numbers in pool.map(take, range(20)) for number in numbers]
    assert sorted(given) == list(range(FIRST, FIRST + 10)), "each once, and none beyond the block"


def test_the_block_ends(packed: Store) -> None:
    assert len(packed.reserve_visit_numbers("v1", "M01", DAY, 9)) == 9
    with pytest.raises(Refused, match="流水号已用完"):
        packed.reserve_visit_numbers("v1", "M01", DAY, 2)
    assert packed.reserve_visit_numbers("v1", "M01", DAY, 1) == (FIRST + 9,)


@pytest.mark.parametrize(
    ("window", "day"), [("M02", DAY), ("M01", DAY - dt.timedelta(days=1)), ("M01", DAY.replace(day=28))]
)
def test_another_window_or_a_clock_that_is_wrong_gets_none(packed: Store, window: str, day: dt.date) -> None:
    with pytest.raises(Refused, match="没有今天的流水号"):
        packed.reserve_visit_numbers("v1", window, day, 1)


def test_nothing_after_the_end_until_it_is_extended(packed: Store, clock: FixedClock) -> None:
    clock.advance(dt.timedelta(days=3))
    with pytest.raises(Refused, match="任务包已到期") as caught:
        packed.reserve_visit_numbers("v1", "M01", DAY + dt.timedelta(days=3), 1)
    assert "延期" in caught.value.todo
    packed.save_pack("p1", "WF-1", body(), UNTIL + dt.timedelta(days=1), made_event())
    assert packed.reserve_visit_numbers("v1", "M01", DAY + dt.timedelta(days=3), 1) == (FIRST,)


def test_a_return_waits_for_what_is_not_sent_or_not_finished(packed: Store) -> None:
    case = replace(made_case(), visit_id="v1")
    packed.accept([case], [entry := made_operation(case)], [made_event()])
    assert packed.pack_work("p1").unsent == 1
    with pytest.raises(Refused, match="还不能交回"):
        packed.begin_return("p1", "op", done=True, note="")
    packed.mark_inflight(entry.op_id)
    packed.record([Acked(entry.op_id, case.case_id, "no", 1)])
    packed.bind_visit("v2", "p1")
    packed.save_draft("v2", "{}")
    assert packed.pack_work("p1").drafts == ("v2",)
    with pytest.raises(Refused, match="没有办完"):
        packed.begin_return("p1", "op", done=True, note="")
    packed.drop_draft("v2")
    stored = packed.begin_return("p1", "op", done=True, note=f"改期{RARE}")
    assert (stored.state, stored.return_op, stored.note) == (PackState.RETURNING, "op", f"改期{RARE}")
    assert packed.begin_return("p1", "another", done=False, note="").return_op == "op", "begun once"
    with pytest.raises(Refused, match="已交回"):
        packed.reserve_visit_numbers("v1", "M01", DAY, 1)
    with pytest.raises(Defect):
        packed.begin_return("p9", "op", done=True, note="")


def test_after_the_return_nobody_s_data_is_left_but_in_accepted_cases(
    packed: Store, open_store: Callable[[], Store]
) -> None:
    case = replace(made_case(), visit_id="v1")
    packed.accept([case], [entry := made_operation(case)], [made_event()])
    packed.mark_inflight(entry.op_id)
    packed.record([Acked(entry.op_id, case.case_id, "no", 1)])
    packed.bind_visit("v2", "p1")
    packed.begin_return("p1", "op", done=True, note="王㛃说改期")
    packed.end_return("p1", made_event())
    packed.close()
    store = open_store()
    assert store.packs() == []
    stored = store.pack("p1")
    assert stored is not None
    assert (stored.state, stored.body, stored.note) == (PackState.RETURNED, {}, "")
    with store._db.read() as connection:
        dump = str(connection.execute(text("SELECT * FROM visit_packs")).all())
        ties = connection.execute(text("SELECT visit_id FROM pack_visits")).scalars().all()
    assert "王㛃" not in dump
    assert ties == ["v1"], "which accepted visit it was stays known"
    assert store.cases() == [replace(case, state=store.cases()[0].state, case_no="no", rev=1)]


def test_a_case_taken_back_by_a_person_is_not_the_platform_s(packed: Store) -> None:
    case = replace(made_case(), visit_id="v1")
    packed.accept([case], [entry := made_operation(case)], [made_event()])
    packed.mark_inflight(entry.op_id)
    packed.record([Refusal(entry.op_id, "重复")])
    assert packed.pack_work("p1").parked == 1
    packed.settle(entry.op_id, "withdraw", made_event())
    work = packed.pack_work("p1")
    assert (work.cases, work.unsent) == ((), 0)


def test_a_new_pack_of_the_same_visit_ends_the_old_one(packed: Store) -> None:
    packed.save_pack("p2", "WF-1", body(FIRST + 40, FIRST + 49), UNTIL, made_event())
    assert [pack.pack_id for pack in packed.packs()] == ["p2"]
    old = packed.pack("p1")
    assert old is not None
    assert old.body == {}
    with pytest.raises(Refused, match="已交回"):
        packed.reserve_visit_numbers("v1", "M01", DAY, 1)


def test_both_ways_with_data_in_it(tmp_path: Any) -> None:
    database = Database(tmp_path / "both.db", bytes(range(32)))
    migrate_to(database, "head")
    before = shape(database)
    with database.write() as connection:
        connection.execute(text("INSERT INTO settings VALUES ('a', 'b')"))
        connection.execute(text("INSERT INTO visit_packs (pack_id, visit_id, state, body, expires_at) "
                                "VALUES ('p', 'w', 'on_hand', '{}', 'never')"))  # fmt: skip
        connection.execute(text("INSERT INTO pack_visits VALUES ('v', 'p')"))
    script = next(s for s in _revisions() if s.revision == "0008")
    migrate_to(database, str(script.down_revision))
    with database.read() as connection:
        assert connection.execute(text("SELECT value FROM settings")).scalar() == "b"
        tables = connection.execute(text("SELECT name FROM sqlite_schema WHERE type = 'table'")).scalars().all()
    assert not {"visit_packs", "pack_visits"} & set(tables)
    migrate_to(database, "head")
    assert shape(database) == before
    with database.read() as connection:
        row = connection.execute(text("SELECT count(*) FROM visit_packs")).scalar()
    assert row == 0
    database.close()


def _revisions() -> list[Any]:
    from alembic.script import ScriptDirectory

    assert schema.REVISION >= "0008"
    return list(ScriptDirectory.from_config(alembic(migrate.MIGRATIONS)).walk_revisions())
