"""Print jobs: never before their case, never twice, and never lost; batches of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from app.domain.case import AuditEvent, Case
from app.domain.clock import FixedClock
from app.domain.errors import Defect, Refused
from app.domain.printing import AGAIN, BatchState, PrintCounts, PrintJob, PrintState
from offline_db.case_list import CaseFilter
from offline_db.prints import waiting_for
from offline_db.schema import prints
from offline_db.store import Store
from tests.offline_db.made_up_cases import AT, made_case, made_event, made_operation

SLOT = "receipt_printer"


def job(name: str, **changes: Any) -> PrintJob:
    return replace(PrintJob(name, "R-1", "受理通知书", SLOT, "80mm", AT, clerk="李敏"), **changes)


def event(action: str = "print.test") -> AuditEvent:
    return AuditEvent(AT, "李敏", action, "R-1", {})


def accepted(store: Store, *jobs: PrintJob) -> Case:
    case = made_case()
    store.accept([case], [made_operation(case)], [made_event()], papers=jobs)
    return case


def state(store: Store, name: str) -> PrintState:
    found = store.print_job(name)
    assert found is not None
    return found.state


def test_a_job_comes_with_its_case_or_after_it_never_before(store: Store) -> None:
    case = made_case()
    mine = job("a", case_id=case.case_id)
    with pytest.raises(Defect, match="还没有保存"):
        store.queue_prints([mine])
    assert store.next_print(SLOT) is None
    store.accept([case], [made_operation(case)], [made_event()], papers=[mine])
    found = store.next_print(SLOT)
    assert found is not None
    assert (found.job_id, found.applicant) == ("a", case.applicant_name)


def test_a_case_that_is_refused_leaves_no_job(store: Store) -> None:
    case = accepted(store)
    with pytest.raises(Refused, match="已经受理"):
        store.accept([case], [made_operation(case)], [], papers=[job("a", case_id=case.case_id)])
    assert store.print_job("a") is None


def test_asked_for_twice_it_is_one_job(store: Store) -> None:
    store.queue_prints([job("a")])
    assert store.start_print("a", SLOT)
    store.end_print("a", PrintState.PRINTED, "OK")
    store.queue_prints([job("a")])
    assert state(store, "a") is PrintState.PRINTED
    assert store.next_print(SLOT) is None


def test_only_one_may_send_and_only_to_the_printer_it_waits_for(store: Store) -> None:
    store.queue_prints([job("a")])
    assert not store.start_print("a", "printer")
    assert store.start_print("a", SLOT)
    assert not store.start_print("a", SLOT)
    assert not store.start_print("unheard of", SLOT)
    with pytest.raises(Defect):
        store.end_print("b", PrintState.PRINTED, "OK")


def test_what_surely_was_not_printed_waits_on(store: Store) -> None:
    store.queue_prints([job("a")])
    store.start_print("a", SLOT)
    store.end_print("a", PrintState.WAITING, "OUT_OF_PAPER", "打印机缺纸，请换纸")
    found = store.next_print(SLOT)
    assert found is not None
    assert (found.job_id, found.detail, found.tries) == ("a", "打印机缺纸，请换纸", 0)


def test_cut_off_while_sending_asks_a_person(open_store: Callable[[], Store]) -> None:
    store = open_store()
    store.queue_prints([job("a"), job("b")])
    store.start_print("a", SLOT)
    store.close()
    store = open_store()
    assert state(store, "a") is PrintState.UNKNOWN
    assert not store.start_print("a", SLOT), "nobody sends it until a person has looked"
    found = store.next_print(SLOT)
    assert found is not None
    assert found.job_id == "b", "it holds nothing else up"
    store.settle_print("a", False, event("print.not_there"))
    found = store.print_job("a")
    assert found is not None
    assert (found.state, found.tries) == (PrintState.WAITING, 1)
    store.start_print("a", SLOT)
    store.end_print("a", PrintState.UNKNOWN, "UNKNOWN", "没有应答")
    store.settle_print("a", True, event("print.there"))
    assert state(store, "a") is PrintState.PRINTED
    assert [entry.action for entry in store.audit_entries()] == ["print.not_there", "print.there"]
    with pytest.raises(Refused, match="已经变了"):
        store.settle_print("b", True, event())


def test_after_a_long_pause_nothing_is_printed_unasked(open_store: Callable[[], Store], clock: FixedClock) -> None:
    store = open_store()
    store.queue_prints([job("old", queued_at=clock.now() - dt.timedelta(minutes=31))])
    store.queue_prints([job("new", queued_at=clock.now() - dt.timedelta(minutes=29))])
    store.close()
    store = open_store()
    assert state(store, "old") is PrintState.HELD
    assert state(store, "new") is PrintState.WAITING
    store.release_print("old", "printer")
    found = store.next_print("printer")
    assert found is not None
    assert found.job_id == "old", "it goes to another printer when the clerk says so"


def test_calling_off(store: Store) -> None:
    store.queue_prints([job("a"), job("b", state=PrintState.HELD), job("c")])
    store.cancel_prints(["a", "b"], event())
    store.start_print("c", SLOT)
    with pytest.raises(Refused, match="已经变了"):
        store.cancel_prints(["c"], event())
    assert [state(store, name) for name in "abc"] == [
        PrintState.CANCELLED,
        PrintState.CANCELLED,
        PrintState.SENDING,
    ]
    assert not store.start_print("a", SLOT)


def test_the_list_and_the_counts(store: Store, clock: FixedClock) -> None:
    now = clock.now()
    yesterday, long_ago = now - dt.timedelta(days=1), now - dt.timedelta(days=9)
    store.queue_prints([job("ancient", queued_at=long_ago), job("open", queued_at=yesterday)])
    store.queue_prints([job("done", queued_at=yesterday), job("today", queued_at=now)])
    store.start_print("done", SLOT)
    store.end_print("done", PrintState.PRINTED, "OK")
    assert [one.job_id for one in store.print_jobs(now - dt.timedelta(hours=1))] == ["today", "open"]
    assert store.print_counts() == PrintCounts(2, 0, 0)
    store.start_print("open", SLOT)
    store.end_print("open", PrintState.UNKNOWN, "UNKNOWN")
    assert store.print_counts() == PrintCounts(1, 0, 1)


# ---------------------------------------------------------------------------------------------------- batches


def batch(store: Store, count: int, name: str = "batch") -> None:
    jobs = [job(f"{name}:{n}", batch_id=name, position=n, queued_at=AT) for n in range(1, count + 1)]
    store.add_batch(name, "一批", SLOT, jobs, event("print.batch"))


def sent(store: Store, name: str, how: PrintState = PrintState.PRINTED) -> None:
    assert store.start_print(name, SLOT)
    store.end_print(name, how, "OK")


def test_people_at_the_window_come_before_a_batch(store: Store) -> None:
    batch(store, 2)
    store.queue_prints([job("visitor")])
    order = []
    while (found := store.next_print(SLOT)) is not None:
        order.append(found.job_id)
        sent(store, found.job_id)
    assert order == ["visitor", "batch:1", "batch:2"]


def test_a_batch_pauses_stops_and_counts(store: Store) -> None:
    batch(store, 4)
    with pytest.raises(Refused, match="还有一批"):
        batch(store, 1, "other")
    sent(store, "batch:1")
    sent(store, "batch:2", PrintState.UNKNOWN)
    store.set_batch("batch", BatchState.PAUSED)
    assert store.next_print(SLOT) is None
    found = store.batch()
    assert found is not None
    assert (found.printed, found.unknown, found.cancelled, found.left) == (1, 1, 0, 2)
    store.settle_print("batch:2", False, event())
    after = store.next_print(SLOT)
    assert after is not None
    assert after.job_id == "batch:2", "a person said that it is wanted now"
    sent(store, "batch:2")
    store.set_batch("batch", BatchState.STOPPED, event("print.batch_stopped"))
    found = store.batch("batch")
    assert found is not None
    assert (found.state, found.printed, found.cancelled, found.left) == (BatchState.STOPPED, 2, 2, 0)
    assert store.batch() is None
    store.set_batch("batch", BatchState.RUNNING)
    assert store.batch() is None, "what has ended does not begin again"
    batch(store, 1, "other")


def test_a_batch_outlives_the_program_and_waits_for_a_word(open_store: Callable[[], Store]) -> None:
    store = open_store()
    batch(store, 3)
    sent(store, "batch:1")
    store.start_print("batch:2", SLOT)
    store.close()
    store = open_store()
    found = store.batch()
    assert found is not None
    assert (found.state, found.printed, found.unknown, found.left) == (BatchState.PAUSED, 1, 1, 1)
    assert store.next_print(SLOT) is None
    store.set_batch("batch", BatchState.RUNNING)
    following = store.next_print(SLOT)
    assert following is not None
    assert following.job_id == "batch:3"
    assert [one.state for one in store.batch_jobs("batch")] == ["printed", "unknown", "waiting"]


def test_the_papers_of_a_list_of_cases(store: Store) -> None:
    first, second = made_case(), made_case(visit_id="another visit")
    other = made_case(visit_id=first.visit_id)
    for cases in ((first, other), (second,)):
        made = AuditEvent(AT, "李敏", "paper.made", cases[0].provisional_no, {"sealed": "ab" * 32})
        store.accept(cases, [made_operation(case) for case in cases], [made])
    numbers = store.list_cases(CaseFilter())
    assert len(numbers) == 3
    papers = {paper.number: paper for paper in store.batch_papers(numbers)}
    assert papers.keys() == {first.provisional_no, second.provisional_no}, "one a visit"
    assert papers[first.provisional_no].cases == 2
    assert papers[first.provisional_no].sealed == "ab" * 32
    assert not papers[first.provisional_no].printed
    store.queue_prints([job("a", paper_number=first.provisional_no, case_id=first.case_id)])
    assert not store.batch_papers(numbers[:1])[0].printed, "asked for is not printed"
    sent(store, "a", PrintState.UNKNOWN)
    assert {paper.number for paper in store.batch_papers(numbers) if paper.printed} == {first.provisional_no}


def test_old_jobs_go_and_so_do_their_files(store: Store, clock: FixedClock) -> None:
    store.queue_prints([job("a", sealed="cd" * 32), job("b", queued_at=AT + dt.timedelta(days=2))])
    assert "cd" * 32 in store.known_files()
    assert store.drop_prints(AT + dt.timedelta(days=1)) == 1
    assert store.print_job("b") is not None
    assert "cd" * 32 not in store.known_files()


def test_a_further_print_keeps_the_number_that_it_drew(store: Store) -> None:
    store.queue_prints([job("a", reprint=AGAIN)])
    store.note_made("a", 3)
    found = store.print_job("a")
    assert found is not None
    assert found.reprint == 3


def test_what_waits_is_found_without_reading_what_ended(store: Store) -> None:
    query = sa.select(prints.c.seq).where(*waiting_for(SLOT)).compile(compile_kwargs={"literal_binds": True})
    with store._db.read() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}").all()
    assert any("ix_prints_open" in str(line) for line in plan)
