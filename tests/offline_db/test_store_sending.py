"""The outbox drained in bulk: the same states as one by one, in one transaction, by its index."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config

from app.domain.case import CaseState, Operation, OperationKind, OutboxState
from app.domain.errors import Defect
from app.domain.sending import Acked, Again, Arrived, Backlog, Outcome, Refusal, Unsent
from offline_db import migrate, schema
from offline_db.engine import Database
from offline_db.store import Store
from tests.offline_db.made_up_cases import AT, made_case, made_event, made_operation

LATER = AT + dt.timedelta(minutes=5)
RECORDS = (OperationKind.CASE, OperationKind.AUDIT, OperationKind.RATING)


def accept(store: Store, files: int = 0) -> list[Operation]:
    case = made_case()
    entries = [made_operation(case)] + [made_operation(case, OperationKind.FILE) for _ in range(files)]
    store.accept([case], entries, [made_event()])
    return entries


def states(store: Store) -> list[str]:
    return [entry.state.value for entry in store.outbox()]


def test_due_by_kind_hands_out_records_however_many_files_wait_before_them(store: Store) -> None:
    sent = [accept(store, 1) for _ in range(6)]
    store.record([Acked(case.op_id, case.case_id, f"GW-{n}", 1) for n, (case, _) in enumerate(sent)])
    (late,) = accept(store)
    assert [entry.op_id for entry in store.due(AT, 3, RECORDS)] == [late.op_id]
    assert [entry.op_id for entry in store.due(AT, 3, [OperationKind.FILE])] == [f.op_id for _, f in sent[:3]]
    assert store.due(AT, 3, []) == store.due(AT, 3), "no wish is every kind"


def test_many_are_marked_at_once_or_none(store: Store) -> None:
    (first,), (second,) = accept(store), accept(store)
    store.mark_inflight_many([first.op_id, second.op_id])
    assert [(e.state, e.attempts) for e in store.outbox()] == [(OutboxState.INFLIGHT, 1)] * 2
    (third,) = accept(store)
    with pytest.raises(Defect):
        store.mark_inflight_many([third.op_id, second.op_id])
    assert states(store) == ["inflight", "inflight", "pending"], "nothing of a call that fails is kept"


def test_every_outcome_is_written_down_with_its_case(store: Store) -> None:
    entries = [accept(store)[0] for _ in range(5)]
    store.mark_inflight_many([entry.op_id for entry in entries])
    a, b, c, d, e = entries
    news: list[Outcome] = [
        Acked(a.op_id, a.case_id, "GW-1", 2),
        Again(b.op_id, LATER, "连接中断"),
        Refusal(c.op_id, "事项编码不存在"),
        Unsent(d.op_id),
        Arrived(e.op_id),
    ]
    assert store.record(news) == {entry.op_id for entry in entries}
    found = store.outbox()
    assert [entry.state.value for entry in found] == ["done", "retry", "parked", "pending", "done"]
    assert [entry.attempts for entry in found] == [1, 1, 1, 0, 1], "what was not sent was not tried"
    assert (found[1].next_at, found[1].reason, found[2].reason) == (LATER, "连接中断", "事项编码不存在")
    kept = store.case(a.case_id)
    assert kept is not None
    assert (kept.state, kept.case_no, kept.rev) == (CaseState.ACKED, "GW-1", 2)
    parked = store.case(c.case_id)
    assert parked is not None
    assert parked.state is CaseState.NEEDS_ATTENTION
    assert store.soonest_retry(AT) == LATER
    assert store.soonest_retry(LATER) is None


def test_one_wrong_outcome_undoes_the_whole_call(store: Store) -> None:
    (first,), (second,) = accept(store), accept(store)
    with pytest.raises(Defect):
        store.record([Arrived(first.op_id), Acked(second.op_id, "another-case", "GW-9", 1)])
    with pytest.raises(Defect):
        store.record([Arrived(first.op_id), Arrived("unknown")])
    assert states(store) == ["pending", "pending"]
    store.record([Arrived(first.op_id)])
    store.record([Again(first.op_id, LATER, "连接中断"), Unsent(first.op_id)])
    assert states(store)[0] == "done", "an answer on a stick was faster than the line's failure"
    with pytest.raises(Defect):
        store.record([Refusal(first.op_id, "太晚")])


def test_late_news_change_nothing_that_is_finished(store: Store) -> None:
    (first,), (second,) = accept(store), accept(store)
    store.record([Acked(first.op_id, first.case_id, "GW-1", 1)])
    news: list[Outcome] = [
        Refusal(first.op_id, "旧消息"), Arrived("unknown"), Acked(second.op_id, second.case_id, "GW-2", 1),
    ]  # fmt: skip
    assert store.record(news, late=True) == {second.op_id}
    assert states(store) == ["done", "done"]
    kept = store.case(first.case_id)
    assert kept is not None
    assert (kept.case_no, kept.state) == ("GW-1", CaseState.ACKED)


def test_the_backlog_counts_what_goes_by_itself(store: Store) -> None:
    case, file = accept(store, 1)
    accept(store)
    size = file.body.get("size", 0)
    assert store.backlog() == Backlog(2, 1, size)
    store.record([Refusal(case.op_id, "x")])
    assert store.backlog() == Backlog(1, 1, size)
    assert store.backlog().entries == store.counts().waiting
    newest = store.newest_seq()
    accept(store)
    assert store.newest_seq() == newest + 1


def test_the_list_shows_first_what_needs_a_person(store: Store) -> None:
    pending, retry, flying, parked = (accept(store)[0] for _ in range(4))
    store.mark_inflight_many([retry.op_id, flying.op_id, parked.op_id])
    store.record([Again(retry.op_id, LATER, "x"), Refusal(parked.op_id, "y")])
    wanted = [parked, flying, retry, pending]
    assert [entry.op_id for entry in store.waiting_list(10)] == [entry.op_id for entry in wanted]
    assert [entry.op_id for entry in store.waiting_list(2)] == [parked.op_id, flying.op_id]
    heads = store.case_heads({parked.case_id, "unknown"})
    case = store.case(parked.case_id)
    assert case is not None
    assert [(h.provisional_no, h.item_name, h.applicant_name) for h in heads.values()] == [
        (case.provisional_no, case.item_name, case.applicant_name)
    ]


def test_what_waits_behind_a_parked_entry_does_not_leave(store: Store) -> None:
    stuck = accept(store, 2)
    free = accept(store, 1)
    store.record([Refusal(stuck[0].op_id, "x")])
    leaving = store.may_leave()
    assert [entry.op_id for entry in leaving] == [entry.op_id for entry in free]
    assert [entry.is_file for entry in leaving] == [False, True]
    assert leaving[0].bytes > 0


def test_finished_entries_are_read_in_pages(store: Store) -> None:
    entries = [accept(store)[0] for _ in range(5)]
    store.record([Acked(e.op_id, e.case_id, f"GW-{n}", 1) for n, e in enumerate(entries[:4])])
    first = store.open_ids(0, 3, done=True)
    rest = store.open_ids(first[-1][0], 3, done=True)
    assert [op_id for _, op_id in (*first, *rest)] == [entry.op_id for entry in entries[:4]]
    assert [op_id for _, op_id in store.open_ids()] == [entries[4].op_id]
    assert [entry.op_id for entry in store.operations([entries[2].op_id, "unknown"])] == [entries[2].op_id]


def test_the_queue_is_read_by_its_index(store: Store) -> None:
    """A table of 40,000 entries must not be walked for each handful that is sent."""
    plans: list[str] = []
    with store._db.read() as connection:
        for words in (
            "SELECT * FROM outbox WHERE state NOT IN ('done', 'withdrawn') AND kind = 'file' ORDER BY local_seq",
            "SELECT state, count(*) FROM outbox WHERE state NOT IN ('done', 'withdrawn') GROUP BY state",
        ):
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}").all()
            plans.append(" ".join(str(row[3]) for row in rows))
    assert "ix_outbox_open" in plans[0]
    assert "TEMP B-TREE" not in plans[0], "nothing is sorted to hand out the first"
    assert "COVERING INDEX ix_outbox_open" in plans[1]


def test_the_index_of_revision_0006_comes_and_goes_with_data(tmp_path: Path) -> None:
    database = Database(tmp_path / "old.db", bytes(range(32)))
    config = Config()
    config.set_main_option("script_location", str(migrate.MIGRATIONS))

    def index() -> str:
        with database.read() as connection:
            found = connection.exec_driver_sql("SELECT sql FROM sqlite_schema WHERE name = 'ix_outbox_open'").scalar()
        return str(found).strip()

    def go(run: object, to: str) -> None:
        with database.exclusive() as connection:
            config.attributes["connection"] = connection
            run(config, to)  # type: ignore[operator]

    go(command.upgrade, "0002")
    with database.write() as connection:
        connection.exec_driver_sql(
            "INSERT INTO outbox (op_id, case_id, kind, body, state, attempts, reason, created_at) VALUES "
            "('a', 'c', 'case', '{}', 'pending', 0, '', 't'), ('b', 'c', 'case', '{}', 'done', 0, '', 't')"
        )
    before = index()
    go(command.upgrade, "0006")
    assert "kind" in index()
    go(command.downgrade, "0002")
    assert index() == before
    go(command.upgrade, "head")
    with database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM outbox").scalar() == 2
        version = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    assert version == schema.REVISION
    database.close()
