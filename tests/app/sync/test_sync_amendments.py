"""Corrections between a real store and a real gateway: alone, beside the platform's, against them."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from fault_proxy import FaultProxy
from gateway_kit import NOW, make_case, page_bytes, workstation
from sync_bench import Bench

from app.domain.amendment import Amendment, Standing, difference
from app.domain.case import AuditEvent, Case, CaseState, Operation, OperationKind, OutboxState
from app.domain.errors import Refused
from app.domain.fact import Source, SourceKind, Verdict, fact_of
from app.forms.merge import MergeRules, fitted, settle
from app.gateway.cases import Stage
from app.server.amendment_wire import body_of
from app.server.headers import canonical, sha256_hex
from app.server.wire import case_document
from app.sync.amend import CONFLICT

CLERK = Source(SourceKind.CLERK, "窗口录入")
OFFICE = "示范区审批部门"


def said(**changes: str) -> dict[str, str]:
    return {key.replace("__", "."): value for key, value in changes.items()}


def amend(bench: Bench, case: Case, **changes: str) -> str:
    """What the clerk does; the operation's id."""
    now = bench.store.case(case.case_id)
    assert now is not None
    wanted = said(**changes)
    facts = tuple(fact_of(k, v, CLERK, Verdict.STATED, bench.clock.now()) for k, v in wanted.items() if v)
    made = Amendment(case.case_id, bench.clock.now(), "0007", "申请人更正", wanted, facts)
    operation = Operation(str(uuid.uuid4()), case.case_id, OperationKind.AMEND, body_of(None, made))
    event = AuditEvent(bench.clock.now(), "0007", "case.amended", case.provisional_no, {"fields": sorted(wanted)})
    bench.store.amend(made, now.form, operation, event)
    return operation.op_id


def correct(bench: Bench, case: Case, **changes: str) -> None:
    """What the department does."""
    assert bench.server is not None
    bench.server.gateway.amendments.correct(case.case_id, said(**changes), OFFICE, "已按登记信息核正。")


def hashes(bench: Bench, case: Case) -> tuple[str, str]:
    """The case's document here and at the platform."""
    assert bench.server is not None
    here = bench.store.case(case.case_id)
    assert here is not None
    there = bench.server.gateway.cases.document(case.case_id)
    return sha256_hex(canonical(case_document(here))), sha256_hex(canonical(there))


def standings(bench: Bench, case: Case) -> list[Standing]:
    return [stored.standing for stored in bench.store.amendments(case.case_id)]


@pytest.fixture
def case(bench: Bench) -> Case:
    made = make_case(1)
    bench.station.accept(made)
    bench.engine().run_once()
    return made


def test_a_correction_is_in_force_here_at_once_and_at_the_platform_later(bench: Bench, case: Case) -> None:
    bench.stop()
    amend(bench, case, premises__address="𬭚山路 9 号", applicant__name="王㛃㛃")
    kept = bench.store.case(case.case_id)
    assert kept is not None
    assert (kept.form["premises.address"], kept.applicant_name) == ("𬭚山路 9 号", "王㛃㛃")
    assert [found.case_id for found in bench.store.find("㛃㛃")] == [case.case_id]
    assert bench.store.find(case.applicant_name) == []
    assert standings(bench, case) == [Standing.WAITING]
    bench.start()
    report = bench.engine().run_once()
    assert (report.pushed, report.waiting, report.refused) == (1, 0, 0)
    here, there = hashes(bench, case)
    assert here == there
    assert standings(bench, case) == [Standing.DONE]
    assert bench.store.content(case.case_id).rev == 2  # type: ignore[union-attr]


def test_a_case_that_was_never_sent_is_corrected_after_it_arrived(bench: Bench) -> None:
    made = make_case(2)
    bench.stop()
    bench.station.accept(made)
    amend(bench, made, premises__address="一号")
    bench.start()
    assert bench.engine().run_once().pushed == 2
    assert hashes(bench, made)[0] == hashes(bench, made)[1]
    assert bench.server is not None
    assert bench.server.gateway.cases.document(made.case_id)["form"]["premises.address"] == "一号"


def test_several_corrections_arrive_in_their_order(bench: Bench, case: Case) -> None:
    for number in ("一号", "二号", "三号"):
        amend(bench, case, premises__address=number)
    amend(bench, case, applicant__phone="13800000000")
    assert bench.engine().run_once().pushed == 4
    here, there = hashes(bench, case)
    assert here == there
    assert bench.store.case(case.case_id).form["premises.address"] == "三号"  # type: ignore[union-attr]
    assert bench.server is not None
    assert len(bench.server.gateway.amendments.current(case.case_id, "window-A01")["trail"]) == 4


def test_different_fields_of_both_sides_merge_by_themselves(bench: Bench, case: Case) -> None:
    first = amend(bench, case, applicant__phone="13800000000")
    correct(bench, case, premises__address="𠮷祥路 18 号")
    report = bench.engine().run_once()
    assert (report.waiting, report.refused) == (0, 0)
    here, there = hashes(bench, case)
    assert here == there
    form = bench.store.case(case.case_id).form  # type: ignore[union-attr]
    assert (form["applicant.phone"], form["premises.address"]) == ("13800000000", "𠮷祥路 18 号")
    # The body was another one, so it went under another key, in the same place of the queue.
    (entry,) = [op for op in bench.store.outbox() if op.kind is OperationKind.AMEND]
    assert entry.op_id != first
    assert bench.store.amendment_of(first) is None


def test_a_later_correction_follows_the_merged_one(bench: Bench, case: Case) -> None:
    amend(bench, case, applicant__phone="13800000000")
    amend(bench, case, premises__address="一号")
    correct(bench, case, premises__address="𠮷祥路 18 号")
    report = bench.engine().run_once()
    assert (report.waiting, report.refused) == (0, 1)
    assert standings(bench, case) == [Standing.DONE, Standing.CONFLICT]
    (conflict,) = bench.store.conflicts()
    assert [(c.base, c.mine, c.theirs) for c in conflict.contested] == [
        ("𠮷祥路 8 号", "一号", "𠮷祥路 18 号"),
    ]


def test_what_the_platform_changed_by_itself_comes_down(bench: Bench, case: Case) -> None:
    correct(bench, case, premises__address="𠮷祥路 18 号")
    engine = bench.engine()
    engine.run_once()
    here, there = hashes(bench, case)
    assert here == there
    assert bench.store.wanted_contents() == []
    # And the next correction is made on it.
    amend(bench, case, applicant__phone="13800000000")
    assert engine.run_once().refused == 0
    here, there = hashes(bench, case)
    assert here == there


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ({"premises__address": "一号"}, {"premises__address": "二号"}),
        ({"applicant__name": "王洁"}, {"applicant__name": "王㛃㛃"}),
        ({"applicant__name": "王洁"}, {"applicant__id_number": "330199195101011234"}),
    ],
)
def test_the_same_field_or_person_waits_for_a_decision_and_holds_back_nobody(
    bench: Bench, case: Case, ours: dict[str, str], theirs: dict[str, str]
) -> None:
    amend(bench, case, **ours)
    correct(bench, case, **theirs)
    other = make_case(5, (page_bytes(5),))
    bench.station.accept(other, pages=(page_bytes(5),))
    report = bench.engine().run_once()
    assert (report.waiting, report.refused) == (0, 1)
    (parked,) = bench.store.outbox({OutboxState.PARKED})
    assert parked.reason == CONFLICT
    assert hashes(bench, other)[0] == hashes(bench, other)[1]
    assert bench.store.case(case.case_id).state is CaseState.NEEDS_ATTENTION  # type: ignore[union-attr]
    (conflict,) = bench.store.conflicts()
    assert {c.place.key for c in conflict.contested} == set(said(**ours)) | set(said(**theirs))
    assert conflict.theirs.form == bench.server.gateway.cases.document(case.case_id)["form"]  # type: ignore[union-attr]
    assert conflict.trail[-1].who == OFFICE
    # What is shown here stays what the clerk wrote, until somebody decides.
    for key, value in said(**ours).items():
        assert bench.store.case(case.case_id).form[key] == value  # type: ignore[union-attr]


def decide(bench: Bench, **taken: str) -> int:
    """A person decides the one open conflict. taken: field -> value; the rest as the platform has it."""
    (conflict,) = bench.store.conflicts()
    choices = {c.place: said(**taken).get(c.place.key, c.theirs) for c in conflict.contested}
    values = {**conflict.theirs.form, **difference(conflict.base, conflict.mine)}
    wanted = settle(values, choices, MergeRules())
    amendment = fitted(conflict.amendment, conflict.theirs, wanted)
    operation = Operation(
        str(uuid.uuid4()), conflict.amendment.case_id, OperationKind.AMEND, body_of(conflict.theirs.rev, amendment)
    )
    event = AuditEvent(bench.clock.now(), "0007", "amendment.decided", "A", {})
    bench.store.decide_conflict(conflict.conflict_id, choices, amendment, operation, event)
    return conflict.conflict_id


@pytest.mark.parametrize("taken", [{"premises__address": "一号"}, {"premises__address": "三号"}, {}])
def test_after_a_decision_both_hold_the_same(bench: Bench, case: Case, taken: dict[str, str]) -> None:
    amend(bench, case, premises__address="一号", applicant__phone="13800000000")
    correct(bench, case, premises__address="二号")
    engine = bench.engine()
    engine.run_once()
    decide(bench, **taken)
    assert bench.store.conflict_count() == 0
    report = engine.run_once()
    assert (report.waiting, report.refused) == (0, 0)
    here, there = hashes(bench, case)
    assert here == there
    form = bench.store.case(case.case_id).form  # type: ignore[union-attr]
    assert form["premises.address"] == taken.get("premises__address", "二号")
    assert form["applicant.phone"] == "13800000000"
    # History is kept, and nothing can be undone any more.
    (past,) = bench.store.conflicts(case.case_id)
    assert (past.decided_by, past.undoable) == ("0007", False)
    with pytest.raises(Refused):
        bench.store.undo_decision(past.conflict_id, AuditEvent(NOW, "0007", "amendment.undone", "A", {}))


def test_a_decision_can_be_undone_until_it_is_sent(bench: Bench, case: Case) -> None:
    amend(bench, case, premises__address="一号")
    correct(bench, case, premises__address="二号")
    engine = bench.engine()
    engine.run_once()
    for taken in ({"premises__address": "一号"}, {}):
        conflict_id = decide(bench, **taken)
        (conflict,) = bench.store.conflicts()
        assert conflict.undoable
        wanted = taken.get("premises__address", "二号")
        assert bench.store.case(case.case_id).form["premises.address"] == wanted  # type: ignore[union-attr]
        bench.store.undo_decision(conflict_id, AuditEvent(NOW, "0007", "amendment.undone", "A", {}))
        assert bench.store.conflict_count() == 1
        assert bench.store.case(case.case_id).form["premises.address"] == "一号"  # type: ignore[union-attr]
        assert bench.store.outbox({OutboxState.PARKED})[0].reason == CONFLICT
    decide(bench, premises__address="一号")
    engine.run_once()
    assert hashes(bench, case)[0] == hashes(bench, case)[1]


def test_the_platform_may_change_again_while_a_person_thinks(bench: Bench, case: Case) -> None:
    amend(bench, case, premises__address="一号")
    correct(bench, case, premises__address="二号")
    engine = bench.engine()
    engine.run_once()
    correct(bench, case, premises__address="三号", applicant__phone="13900000000")
    decide(bench, premises__address="一号")
    assert engine.run_once().refused == 1
    (conflict,) = bench.store.conflicts()
    assert [(c.base, c.mine, c.theirs) for c in conflict.contested] == [("二号", "一号", "三号")]
    decide(bench, premises__address="一号")
    assert engine.run_once().refused == 0
    assert hashes(bench, case)[0] == hashes(bench, case)[1]
    assert len(bench.store.conflicts(case.case_id)) == 2


def test_a_correction_taken_back_leaves_the_platforms_form(bench: Bench, case: Case) -> None:
    op_id = amend(bench, case, premises__address="一号")
    correct(bench, case, premises__address="二号")
    engine = bench.engine()
    engine.run_once()
    (parked,) = bench.store.outbox({OutboxState.PARKED})
    assert parked.op_id == op_id
    bench.store.settle(op_id, "withdraw", AuditEvent(NOW, "0007", "outbox.withdraw", op_id, {}))
    assert standings(bench, case) == [Standing.DROPPED]
    assert bench.store.conflict_count() == 0
    assert hashes(bench, case)[0] == hashes(bench, case)[1]


def test_resending_what_conflicts_asks_the_same_question_once(bench: Bench, case: Case) -> None:
    op_id = amend(bench, case, premises__address="一号")
    correct(bench, case, premises__address="二号")
    engine = bench.engine()
    engine.run_once()
    bench.store.settle(op_id, "resend", AuditEvent(NOW, "0007", "outbox.resend", op_id, {}))
    engine.run_once()
    assert len(bench.store.conflicts()) == 1


def test_what_the_platform_says_already_is_not_sent(bench: Bench, case: Case) -> None:
    amend(bench, case, premises__address="一号")
    correct(bench, case, premises__address="一号")
    assert bench.engine().run_once().refused == 0
    assert hashes(bench, case)[0] == hashes(bench, case)[1]
    assert standings(bench, case) == [Standing.DONE]


def test_a_decided_case_is_not_corrected_and_says_why(bench: Bench, case: Case) -> None:
    assert bench.server is not None
    bench.server.gateway.cases.advance(case.case_id, Stage.DECIDED)
    amend(bench, case, premises__address="一号")
    assert bench.engine().run_once().refused == 1
    (parked,) = bench.store.outbox({OutboxState.PARKED})
    assert "已办结" in parked.reason
    # Stages still arrive: only the form waits.
    assert bench.store.stage(case.case_id) == "4"


def test_pages_go_on_while_a_person_decides(bench: Bench) -> None:
    page = page_bytes(3)
    made = make_case(3, (page,))
    bench.station.accept(made, pages=(page,))
    amend(bench, made, premises__address="一号")
    bench.engine().run_once()
    correct(bench, made, premises__address="二号")
    amend(bench, made, premises__address="三号")
    bench.engine().run_once()
    assert bench.store.conflict_count() == 1
    assert bench.store.stage(made.case_id) == "2", "the page was sealed, and the refresh was not held back"


@pytest.mark.parametrize("fate", ["drop_answer", "reset_answer", "truncate_answer", "error_502_after", "duplicate"])
def test_an_answer_that_is_lost_does_no_harm(bench: Bench, case: Case, fate: str) -> None:
    amend(bench, case, premises__address="一号")
    with FaultProxy(bench.port, 1.0, 7, (fate,)) as proxy:
        proxy.choose = lambda endpoint: fate if endpoint.startswith("PATCH") else "pass"  # type: ignore[method-assign]
        bench.engine(proxy.url, patience=2.0).run_once()
    bench.minutes(10)
    bench.engine().run_once()
    assert hashes(bench, case)[0] == hashes(bench, case)[1]
    assert bench.server is not None
    trail = bench.server.gateway.amendments.current(case.case_id, "window-A01")["trail"]
    assert [change["who"] for change in trail] == ["0007"]
    assert bench.store.counts().waiting == bench.store.counts().parked == 0


def test_a_gateway_restored_from_a_backup_gets_the_corrections_again(bench: Bench, case: Case) -> None:
    amend(bench, case, premises__address="一号")
    engine = bench.engine()
    engine.run_once()
    assert bench.server is not None
    bench.stop()
    for path in bench.folder.glob("gateway.db*"):
        path.unlink()
    bench.start()
    engine.run_once()
    bench.minutes(10)
    engine.run_once()
    assert hashes(bench, case)[0] == hashes(bench, case)[1]
    assert bench.store.case(case.case_id).form["premises.address"] == "一号"  # type: ignore[union-attr]


def test_what_comes_in_while_the_clerk_writes_is_merged(bench: Bench, case: Case) -> None:
    """The form was opened before the platform's news came in, and saved after."""
    for key, ours, clash in (("applicant.phone", "13800000000", False), ("premises.address", "一号", True)):
        opened = bench.store.case(case.case_id)
        assert opened is not None
        correct(bench, case, premises__address=f"𠮷祥路 {len(ours)} 号")
        bench.engine().run_once()
        made = Amendment(case.case_id, bench.clock.now(), "0007", "申请人更正", {key: ours})
        entry = Operation(str(uuid.uuid4()), case.case_id, OperationKind.AMEND, body_of(None, made))
        bench.store.amend(made, opened.form, entry, AuditEvent(NOW, "0007", "case.amended", "A", {}))
        bench.engine().run_once()
        assert bench.store.conflict_count() == clash
        assert clash or hashes(bench, case)[0] == hashes(bench, case)[1]
    (conflict,) = bench.store.conflicts()
    assert (conflict.contested[0].mine, conflict.contested[0].theirs) == ("一号", "𠮷祥路 2 号")
    assert conflict.trail[-1].who == OFFICE


def test_a_crash_between_the_answer_and_its_writing_down_is_made_good(
    bench: Bench, case: Case, monkeypatch: Any
) -> None:
    amend(bench, case, premises__address="一号")
    engine = bench.engine()

    class PowerCut(BaseException):
        pass

    def cut(*_: object) -> None:
        raise PowerCut

    monkeypatch.setattr(type(bench.store), "acknowledge_amendment", cut)
    with pytest.raises(PowerCut):
        engine.run_once()
    monkeypatch.undo()
    bench.station.store.close()
    bench.station.profile.close()
    with workstation(bench.folder / "profile", bench.clock) as again:
        bench.station, bench.store = again, again.store
        bench.clock.advance(dt.timedelta(minutes=1))
        bench.engine().run_once()
        assert hashes(bench, case)[0] == hashes(bench, case)[1]
        assert standings(bench, case) == [Standing.DONE]
