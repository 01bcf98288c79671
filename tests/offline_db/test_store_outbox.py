"""The queue: states, order within a case, independence between cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from app.domain.case import Case, CaseState, Operation, OperationKind, OutboxState
from app.domain.clock import FixedClock
from app.domain.errors import Defect, Refused
from app.domain.sending import Acked, Again, Arrived, Refusal
from offline_db.outbox import LONGEST_WAIT, OutboxCounts
from offline_db.store import Store
from tests.offline_db.made_up_cases import AT, made_case, made_event, made_operation

LATER = AT + dt.timedelta(minutes=5)


def accept_with_files(store: Store, files: int = 1) -> tuple[Case, list[Operation]]:
    case = made_case()
    entries = [made_operation(case)] + [made_operation(case, OperationKind.FILE) for _ in range(files)]
    store.accept([case], entries, [made_event()])
    return case, entries


def state_of(store: Store, case: Case) -> CaseState:
    found = store.case(case.case_id)
    assert found
    return found.state


def due_ids(store: Store, now: dt.datetime = AT, limit: int = 50) -> list[str]:
    return [entry.op_id for entry in store.due(now, limit)]


def test_only_the_first_unfinished_entry_of_a_case_is_due(store: Store) -> None:
    _a, (a1, a2, _a3) = accept_with_files(store, 2)
    _b, (b1, _b2) = accept_with_files(store)
    assert due_ids(store) == [a1.op_id, b1.op_id]
    assert due_ids(store, limit=1) == [a1.op_id]
    store.mark_inflight(a1.op_id)
    assert due_ids(store) == [b1.op_id]
    store.record([Arrived(a1.op_id)])
    assert due_ids(store) == [a2.op_id, b1.op_id]
    store.mark_inflight(a2.op_id)
    store.record([Again(a2.op_id, LATER, "网络中断")])
    assert due_ids(store) == [b1.op_id]
    assert due_ids(store, LATER) == [a2.op_id, b1.op_id]


def test_a_parked_entry_blocks_its_own_case_only_and_stays_visible(store: Store) -> None:
    a, (a1, _a2) = accept_with_files(store)
    b, (b1, _b2) = accept_with_files(store)
    store.mark_inflight(a1.op_id)
    store.record([Refusal(a1.op_id, "事项编码不存在")])
    assert due_ids(store, LATER) == [b1.op_id]
    (parked,) = store.outbox([OutboxState.PARKED])
    assert (parked.op_id, parked.reason, parked.attempts) == (a1.op_id, "事项编码不存在", 1)
    assert state_of(store, a) is CaseState.NEEDS_ATTENTION
    assert state_of(store, b) is CaseState.ACCEPTED_LOCAL


def test_the_case_follows_its_entries(store: Store) -> None:
    case, (record, file) = accept_with_files(store)
    store.mark_inflight(record.op_id)
    assert state_of(store, case) is CaseState.SENDING
    store.record([Again(record.op_id, AT, "超时")])
    assert state_of(store, case) is CaseState.ACCEPTED_LOCAL
    store.mark_inflight(record.op_id)
    store.record([Acked(record.op_id, case.case_id, "GW-1", 3)])
    acked = store.case(case.case_id)
    assert acked
    assert (acked.state, acked.case_no, acked.rev) == (CaseState.ACKED, "GW-1", 3)
    store.mark_inflight(file.op_id)
    store.record([Refusal(file.op_id, "文件过大")])
    assert state_of(store, case) is CaseState.NEEDS_ATTENTION
    store.settle(file.op_id, "resend", made_event("resend"))
    assert state_of(store, case) is CaseState.ACKED
    assert due_ids(store) == [file.op_id]


def test_a_durable_case_stays_durable(store: Store) -> None:
    case, (record, file) = accept_with_files(store)
    store.record([Acked(record.op_id, case.case_id, "GW-1", 1)])
    store.set_case_state(case.case_id, CaseState.DURABLE)
    store.record([Arrived(file.op_id)])
    assert state_of(store, case) is CaseState.DURABLE


def test_acknowledge_is_one_transaction(store: Store) -> None:
    case, (record, _) = accept_with_files(store)
    with pytest.raises(Defect):
        store.record([Acked("no such entry", case.case_id, "GW-1", 1)])
    found = store.case(case.case_id)
    assert found
    assert (found.case_no, found.rev) == (None, 0)
    with pytest.raises(Defect):
        store.record([Acked(record.op_id, "no such case", "GW-1", 1)])
    assert store.outbox()[0].state is OutboxState.PENDING


def test_inflight_is_on_the_disk_before_sending_and_recovered_under_the_same_id(
    open_store: Callable[[], Store], profile_copy: Callable[[Store], Store], clock: FixedClock
) -> None:
    store = open_store()
    case, (record, _) = accept_with_files(store)
    store.mark_inflight(record.op_id)
    clock.advance(dt.timedelta(seconds=9))
    after_crash = profile_copy(store)
    recovered = after_crash.outbox()[0]
    assert (recovered.op_id, recovered.state, recovered.attempts) == (record.op_id, OutboxState.RETRY, 1)
    assert recovered.next_at == clock.now()
    assert [e.op_id for e in after_crash.due(clock.now(), 9)] == [record.op_id]
    assert state_of(after_crash, case) is CaseState.ACCEPTED_LOCAL
    assert store.recover_inflight() == 1
    assert store.recover_inflight() == 0


def test_an_entry_cannot_be_sent_twice_at_once_nor_after_its_end(store: Store) -> None:
    _, (record, _) = accept_with_files(store)
    store.mark_inflight(record.op_id)
    with pytest.raises(Defect):
        store.mark_inflight(record.op_id)
    store.record([Arrived(record.op_id)])
    store.record([Arrived(record.op_id)])
    for forbidden in (
        lambda: store.mark_inflight(record.op_id),
        lambda: store.record([Refusal(record.op_id, "")]),
        lambda: store.record([Arrived("no such")]),
    ):
        with pytest.raises(Defect):
            forbidden()
    with pytest.raises(Refused):
        store.settle(record.op_id, "resend", made_event())
    # News that came too late: its answer on a stick was faster.
    store.record([Again(record.op_id, AT, "")])
    assert store.operations([record.op_id])[0].state is OutboxState.DONE


def test_withdrawing_a_case_takes_its_files_back_too(store: Store) -> None:
    case, (record, _file) = accept_with_files(store)
    store.record([Refusal(record.op_id, "重复申请")])
    before = len(store.verify_audit())
    store.settle(record.op_id, "withdraw", made_event("withdraw", case.case_id))
    assert [o.state for o in store.outbox()] == [OutboxState.WITHDRAWN, OutboxState.WITHDRAWN]
    assert store.outbox()[0].reason == "重复申请"
    assert due_ids(store, LATER) == []
    assert state_of(store, case) is CaseState.WITHDRAWN
    assert len(store.verify_audit()) == before + 1
    with pytest.raises(Defect):
        store.record([Arrived(record.op_id)])


def test_withdrawing_one_file_leaves_the_case(store: Store) -> None:
    case, (record, bad, good) = accept_with_files(store, 2)
    store.record([Acked(record.op_id, case.case_id, "GW-1", 1)])
    store.record([Refusal(bad.op_id, "文件损坏")])
    store.settle(bad.op_id, "withdraw", made_event())
    assert due_ids(store) == [good.op_id]
    assert state_of(store, case) is CaseState.ACKED


def test_unknown_settlement_changes_nothing(store: Store) -> None:
    _, (record, _) = accept_with_files(store)
    store.record([Refusal(record.op_id, "x")])
    with pytest.raises(ValueError, match="unknown action"):
        store.settle(record.op_id, "burn", made_event())  # type: ignore[arg-type]
    assert store.outbox([OutboxState.PARKED])
    assert len(store.verify_audit()) == 1


def test_counts(store: Store, clock: FixedClock) -> None:
    assert store.counts() == OutboxCounts(0, 0, None)
    _, (a1, a2) = accept_with_files(store)
    clock.advance(dt.timedelta(hours=1))
    _, (b1, _b2) = accept_with_files(store)
    store.mark_inflight(a1.op_id)
    assert store.counts() == OutboxCounts(waiting=4, parked=0, oldest=AT)
    store.record([Arrived(a1.op_id)])
    store.record([Refusal(b1.op_id, "x")])
    assert store.counts() == OutboxCounts(waiting=2, parked=1, oldest=AT)
    store.record([Arrived(a2.op_id)])
    assert store.counts().oldest == AT + dt.timedelta(hours=1)


def test_local_seq_is_never_used_again(store: Store) -> None:
    _, entries = accept_with_files(store)
    clash = made_case()
    with pytest.raises(Refused):
        store.accept([clash], [made_operation(clash), made_operation(clash, op_id=entries[0].op_id)], [])
    accept_with_files(store)
    assert [o.local_seq for o in store.outbox()] == [1, 2, 3, 4]


def test_an_entry_does_not_wait_for_a_clock_that_was_put_back(store: Store, clock: FixedClock) -> None:
    case = made_case()
    entry = made_operation(case)
    store.accept([case], [entry], [made_event()])
    store.mark_inflight(entry.op_id)
    store.record([Again(entry.op_id, clock.now() + LONGEST_WAIT, "…")])
    assert store.due(clock.now()) == []
    clock.advance(dt.timedelta(seconds=-1))
    assert [due.op_id for due in store.due(clock.now())] == [entry.op_id]
