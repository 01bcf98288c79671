"""Corrections in the store: migration both ways with data, search, what is in force, kept through a crash."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from alembic import command

from app.domain.amendment import Amendment, Content, Standing
from app.domain.case import Case, Operation, OperationKind, OutboxState
from app.domain.errors import Refused
from app.domain.fact import Source, SourceKind, Verdict, fact_of
from app.domain.sending import Arrived, Refusal
from offline_db import migrate
from offline_db.store import Store
from tests.offline_db.made_up_cases import AT, RARE, made_case, made_event, made_operation
from tests.offline_db.test_migrate_database import alembic


def amendment(case: Case, **changes: str) -> tuple[Amendment, Operation]:
    values = {key.replace("__", "."): value for key, value in changes.items()}
    clerk = Source(SourceKind.CLERK, "窗口录入")
    facts = tuple(fact_of(key, value, clerk, Verdict.STATED, AT) for key, value in values.items() if value)
    made = Amendment(case.case_id, AT, "王芳", "申请人更正", values, facts)
    return made, Operation(str(uuid.uuid4()), case.case_id, OperationKind.AMEND, {"rev": None, "document": {}})


def amend(store: Store, case: Case, **changes: str) -> str:
    made, operation = amendment(case, **changes)
    now = store.case(case.case_id)
    assert now is not None
    store.amend(made, now.form, operation, made_event("case.amended", case.provisional_no))
    return operation.op_id


@pytest.fixture
def case(store: Store) -> Case:
    made = made_case()
    store.accept([made], [made_operation(made)], [made_event()])
    return made


def test_what_is_in_force_is_found_by_its_new_name_and_number(store: Store, case: Case) -> None:
    amend(store, case, applicant__name=f"李{RARE}", applicant__id_number="99010119900101999X")
    kept = store.case(case.case_id)
    assert kept is not None
    assert kept.applicant_name == f"李{RARE}"
    assert [found.case_id for found in store.find(f"李{RARE}")] == [case.case_id]
    assert [found.case_id for found in store.find("1999X")] == []
    assert [found.case_id for found in store.find("01999X")] == [case.case_id]
    assert store.find("张伟") == []
    assert kept.materials == case.materials
    assert [f for f in kept.facts if f.key == "business.name"] == [f for f in case.facts if f.key == "business.name"]


def test_all_of_it_or_nothing(store: Store, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    made, operation = amendment(case, business__name="新名")
    monkeypatch.setattr("offline_db.amendments.audit.append", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        store.amend(made, case.form, operation, made_event())
    monkeypatch.undo()
    assert store.case(case.case_id) == case
    assert store.amendments(case.case_id) == []
    assert len(store.outbox()) == 1


def test_a_correction_survives_a_crash_with_its_entry(
    store: Store, case: Case, profile_copy: Callable[[Store], Store]
) -> None:
    op_id = amend(store, case, business__name=f"{RARE}二店")
    after = profile_copy(store)
    kept = after.case(case.case_id)
    assert kept is not None
    assert kept.form["business.name"] == f"{RARE}二店"
    assert after.amendments(case.case_id)[0].op_id == op_id
    assert [op.kind for op in after.outbox()] == [OperationKind.CASE, OperationKind.AMEND]
    assert [check.ok for check in after.verify_audit()] == [True, True]


def test_corrections_wait_for_their_case_and_for_each_other_and_for_nothing_else(store: Store, case: Case) -> None:
    (entry,) = store.outbox()
    first, second = amend(store, case, business__name="一"), amend(store, case, business__name="二")

    def due() -> list[str]:
        return [op.op_id for op in store.due(AT)]

    assert due() == [entry.op_id]
    page = made_operation(case, OperationKind.FILE)
    store.accept([], [page], [made_event()])
    store.mark_inflight(entry.op_id)
    store.record([Arrived(entry.op_id)])
    assert due() == [first, page.op_id]
    store.mark_inflight(first)
    store.record([Refusal(first, "要人决定")])
    assert due() == [page.op_id]
    assert second not in due()


def test_a_refresh_never_overwrites_what_waits_and_never_goes_back(store: Store, case: Case) -> None:
    theirs = Content(3, {**case.form, "business.name": "平台的"}, case.facts)
    amend(store, case, business__name="本窗的")
    store.refresh_content(case.case_id, theirs)
    assert store.case(case.case_id).form["business.name"] == "本窗的"  # type: ignore[union-attr]
    assert store.content(case.case_id).rev == 1  # type: ignore[union-attr]
    entry = store.outbox()[-1]
    store.mark_inflight(entry.op_id)
    store.acknowledge_amendment(entry.op_id, 4)
    store.acknowledge_amendment(entry.op_id, 4)
    store.refresh_content(case.case_id, theirs)
    assert store.case(case.case_id).form["business.name"] == "本窗的"  # type: ignore[union-attr]
    store.refresh_content(case.case_id, Content(5, theirs.form, theirs.facts))
    assert store.case(case.case_id).form["business.name"] == "平台的"  # type: ignore[union-attr]


def test_the_feed_says_which_contents_to_fetch(store: Store, case: Case) -> None:
    rows = [{"case_id": case.case_id, "rev": 4, "content_rev": 3}, {"case_id": "elsewhere", "content_rev": 9}]
    store.apply_feed("cases", rows, [], "c1")
    assert store.wanted_contents() == [case.case_id]
    amend(store, case, business__name="本窗的")
    assert store.wanted_contents() == [], "the correction will merge by itself"
    entry = store.outbox()[-1]
    store.mark_inflight(entry.op_id)
    store.record([Refusal(entry.op_id, "要人决定")])
    store.settle(entry.op_id, "withdraw", made_event("outbox.withdraw", entry.op_id))
    assert store.wanted_contents() == [case.case_id]
    assert store.case(case.case_id).form == case.form  # type: ignore[union-attr]
    store.refresh_content(case.case_id, Content(3, {**case.form, "business.name": "平台的"}, case.facts))
    assert store.wanted_contents() == []


def test_a_case_taken_back_is_not_corrected_and_takes_its_corrections_with_it(store: Store, case: Case) -> None:
    amend(store, case, business__name="本窗的")
    entry = store.outbox()[0]
    store.mark_inflight(entry.op_id)
    store.record([Refusal(entry.op_id, "退回")])
    store.settle(entry.op_id, "withdraw", made_event("outbox.withdraw", entry.op_id))
    assert {op.state for op in store.outbox()} == {OutboxState.WITHDRAWN}
    assert store.amendments(case.case_id)[0].standing is Standing.DROPPED
    with pytest.raises(Refused, match="已撤回"):
        amend(store, case, business__name="再改")


def test_the_migration_goes_both_ways_with_data(open_store: Callable[[], Store]) -> None:
    store = open_store()
    made = made_case()
    store.accept([made], [made_operation(made)], [made_event()])
    op_id = amend(store, made, business__name=f"{RARE}二店")
    config = alembic()

    def downgrade() -> None:
        with store._db.exclusive() as connection:
            config.attributes["connection"] = connection
            command.downgrade(config, "0002")

    with pytest.raises(RuntimeError, match="still wait"):
        downgrade()
    assert store.amendments(made.case_id), "what waits is not forgotten"
    store.mark_inflight(op_id)
    store.acknowledge_amendment(op_id, 2)
    downgrade()
    assert migrate._revision(store._db) == "0002"
    store.close()
    again = open_store()
    assert again.case(made.case_id).form["business.name"] == f"{RARE}二店"  # type: ignore[union-attr]
    assert [op.kind for op in again.outbox()] == [OperationKind.CASE]
    amend(again, made, business__name="三店")
    assert again.case(made.case_id).form["business.name"] == "三店"  # type: ignore[union-attr]
