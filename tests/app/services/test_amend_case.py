"""Correcting an accepted case, and deciding where the platform has something else: on a real store and catalogue."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import replace

import pytest
from desk_parts import Parts

from app.domain.amendment import Change, Content, Place, Standing, amended_content
from app.domain.case import Case, CaseState, OperationKind, OutboxState
from app.domain.clock import isoformat
from app.domain.errors import Refused
from app.domain.fact import SourceKind
from app.domain.item import Catalog
from app.domain.sending import Arrived
from app.forms.merge import MergeRules, merge
from app.server.amendment_wire import read_amendment
from app.services.amend_case import AmendCase, Amending
from app.services.fill_form import FillForm
from app.services.my_cases import Days
from app.services.settle_conflicts import OpenConflict, SettleConflicts

PHONE, NAME = "applicant.phone", "applicant.name"


@pytest.fixture
def case(parts: Parts) -> Case:
    """The case with the most answers of a whole visit."""
    return max(parts.accept.accept(parts.ready()).cases, key=lambda case: len(case.form))


@pytest.fixture
def amend(parts: Parts) -> AmendCase:
    counter = parts.counter
    return AmendCase(parts.store, parts.catalog, FillForm(parts.clock, help=parts.fill.help), parts.clock, counter.duty)


@pytest.fixture
def decide(parts: Parts) -> SettleConflicts:
    return SettleConflicts(parts.store, parts.catalog, parts.clock, parts.counter.duty)


def opened(amend: AmendCase, case: Case, **typed: str) -> Amending:
    found = amend.open(case.case_id)
    for key, text in typed.items():
        found = amend.type(found, key.replace("__", "."), text)
    return found


def test_nothing_is_changed_by_opening(parts: Parts, amend: AmendCase) -> None:
    for case in parts.accept.accept(parts.ready()).cases:
        found = amend.open(case.case_id)
        assert found.changes == {}
        assert found.opened == {k: v for k, v in case.form.items() if k in found.opened}
        assert amend.problems(found) == () or all(problem.warning for problem in amend.problems(found))
        with pytest.raises(Refused, match="没有改动"):
            amend.save(found, "申请人更正")


def test_a_correction_is_kept_with_its_sources_and_told_in_words(parts: Parts, amend: AmendCase, case: Case) -> None:
    found = opened(amend, case, applicant__phone="138 5720 9988", premises__address="浙江省湖州市吴兴区𬭚山路 9 号")
    assert next((c.title, c.before, c.after) for c in amend.changed(found)) == (
        "联系电话",
        "13857200011",
        "13857209988",
    )
    amend.save(found, " 申请人更正 ")
    kept = parts.store.case(case.case_id)
    assert kept is not None
    assert kept.form[PHONE] == "13857209988"
    facts = {fact.key: fact for fact in kept.facts}
    assert facts[PHONE].source.kind is SourceKind.CLERK
    assert facts[PHONE].value == "13857209988"
    assert {fact.key for fact in case.facts} <= set(facts), "nothing that was not touched lost its source"
    (entry,) = [op for op in parts.store.outbox() if op.kind is OperationKind.AMEND]
    assert entry.state is OutboxState.PENDING
    sent = read_amendment(entry.body["document"])
    assert sent.changes == found.changes
    assert sent.reason == "申请人更正"
    assert parts.store.amendments(case.case_id)[0].standing is Standing.WAITING


def test_the_trail_tells_what_and_why_and_names_nobody(parts: Parts, amend: AmendCase, case: Case) -> None:
    amend.save(opened(amend, case, applicant__phone="13857209988"), f"号码写错，原证件 {case.applicant_number}")
    event = parts.store.audit_entries(0, 500)[-1]
    assert (event.action, event.subject) == ("case.amended", case.provisional_no)
    details = json.loads(event.details)
    assert set(details["fields"]) == {PHONE}
    assert "13857209988" not in event.details
    assert "13857200011" not in event.details
    assert case.applicant_number not in event.details


def test_my_cases_say_how_the_correction_stands(parts: Parts, amend: AmendCase, case: Case) -> None:
    mine = parts.my_cases()
    assert isinstance(mine.days(), Days)
    assert mine.detail(case.case_id).amended is None
    amend.save(opened(amend, case, applicant__phone="13857209988"), "申请人更正")
    assert mine.detail(case.case_id).amended is Standing.WAITING
    assert amend.open(case.case_id).waiting


def test_what_is_wrong_is_not_saved_and_what_was_odd_before_is_no_hindrance(
    parts: Parts, amend: AmendCase, case: Case
) -> None:
    with pytest.raises(Refused, match="还不能保存"):
        amend.save(opened(amend, case, applicant__phone="138"), "申请人更正")
    with pytest.raises(Refused, match="写明更正原因"):
        amend.save(opened(amend, case, applicant__phone="13857209988"), "  ")
    # Years later the opening day lies in the past, which today's rules would not accept of a new case.
    parts.clock.advance(dt.timedelta(days=800))
    later = opened(amend, case, applicant__phone="13857209988")
    amend.save(later, "申请人更正")
    assert parts.store.case(case.case_id).form[PHONE] == "13857209988"  # type: ignore[union-attr]


def test_a_case_of_an_item_that_is_gone_can_still_be_corrected(parts: Parts, case: Case) -> None:
    items = {code: item for code, item in parts.catalog.items.items() if code != case.item_code}
    catalog: Catalog = replace(parts.catalog, items=items)
    amend = AmendCase(parts.store, catalog, FillForm(parts.clock), parts.clock, parts.counter.duty)
    found = opened(amend, case, applicant__phone="13857209988")
    amend.save(found, "申请人更正")
    assert parts.store.case(case.case_id).form.keys() == case.form.keys()  # type: ignore[union-attr]


def test_what_must_not_be_corrected_is_refused(parts: Parts, amend: AmendCase, case: Case) -> None:
    with pytest.raises(Refused, match="没有这个办件"):
        amend.open("nothing")
    parts.store.apply_feed("cases", [{"case_id": case.case_id, "rev": 9, "stage": 4}], [], "c")
    # The stage waits for the case's own operations; it comes once they are done.
    for entry in parts.store.outbox({OutboxState.PENDING}):
        if entry.case_id == case.case_id:
            parts.store.mark_inflight(entry.op_id)
            parts.store.record([Arrived(entry.op_id)])
    with pytest.raises(Refused, match="已办结"):
        amend.open(case.case_id)
    parts.store.set_case_state(case.case_id, CaseState.WITHDRAWN)
    with pytest.raises(Refused, match="已撤回"):
        amend.open(case.case_id)


# -------------------------------------------------------------------------------------------------------- deciding


def contested(parts: Parts, amend: AmendCase, case: Case, ours: Mapping[str, str], theirs: Mapping[str, str]) -> None:
    """Both sides changed the case; the sync found it out."""
    amend.save(opened(amend, case, **{key.replace(".", "__"): text for key, text in ours.items()}), "申请人更正")
    (stored,) = parts.store.amendments(case.case_id)
    form, facts = amended_content(case.form, case.facts, theirs, ())
    mine, _ = amended_content(stored.base, (), stored.amendment.changes, ())
    found = merge(stored.base, mine, form, MergeRules.of(parts.catalog.elements))
    trail = (Change(2, isoformat(parts.clock.now()), "湖州市卫生健康委员会", tuple(theirs)),)
    parts.store.contest_amendment(stored.op_id, Content(2, form, facts), trail, found.contested, "更正与平台不一致")


def the_one(decide: SettleConflicts) -> OpenConflict:
    (entry,) = decide.open()
    return entry


def test_both_values_stand_there_whole_with_who_wrote_them(
    parts: Parts, amend: AmendCase, decide: SettleConflicts, case: Case
) -> None:
    contested(parts, amend, case, {PHONE: "13857209988"}, {PHONE: "13857209989"})
    assert decide.count() == 1
    (question,) = the_one(decide).questions
    assert (question.base, question.mine, question.theirs) == ("13857200011", "13857209988", "13857209989")
    assert (question.mine_by, question.theirs_by) == ("演示员", "湖州市卫生健康委员会")
    assert question.title.endswith("联系电话")
    assert question.element is not None
    with pytest.raises(Refused, match="先核对"):
        amend.open(case.case_id)


def test_another_value_is_checked_by_the_fields_own_rules(
    parts: Parts, amend: AmendCase, decide: SettleConflicts, case: Case
) -> None:
    contested(parts, amend, case, {PHONE: "13857209988"}, {PHONE: "13857209989"})
    entry, place = the_one(decide), Place(PHONE)
    assert decide.check(entry, place, "138").problem
    assert decide.check(entry, place, "").problem
    good = decide.check(entry, place, "138 0000 0000")
    assert (good.value, good.problem) == ("13800000000", "")
    decide.decide(entry, {place: good.value})
    kept = parts.store.case(case.case_id)
    assert kept is not None
    assert kept.form[PHONE] == "13800000000"
    assert {f.key: f for f in kept.facts}[PHONE].value == "13800000000"
    assert decide.count() == 0


def test_a_decision_is_audited_without_names_and_numbers(
    parts: Parts, amend: AmendCase, decide: SettleConflicts, case: Case
) -> None:
    contested(parts, amend, case, {NAME: "张㛃𠮷"}, {NAME: "张洁"})
    entry = the_one(decide)
    assert all(one.contested.identity for one in entry.questions)
    decide.decide(entry, {Place(NAME): "张㛃𠮷"})
    event = parts.store.audit_entries(0, 500)[-1]
    assert (event.action, event.subject) == ("amendment.decided", case.provisional_no)
    assert json.loads(event.details)["fields"][NAME][0] == "ours"
    assert "张㛃𠮷" not in event.details
    assert "张洁" not in event.details
    assert parts.store.case(case.case_id).applicant_name == "张㛃𠮷"  # type: ignore[union-attr]


def test_nothing_goes_out_half_decided_or_contradicting_itself(
    parts: Parts, amend: AmendCase, decide: SettleConflicts, case: Case
) -> None:
    contested(parts, amend, case, {NAME: "张㛃𠮷", PHONE: "13857209988"}, {NAME: "张洁", PHONE: "13857209989"})
    entry = the_one(decide)
    with pytest.raises(Refused, match="还没有决定完"):
        decide.decide(entry, {Place(NAME): "张洁"})
    with pytest.raises(Refused, match="有矛盾"):
        decide.decide(entry, {Place(NAME): "张洁", Place(PHONE): "12"})
    assert decide.count() == 1


def test_a_decision_is_undone_in_words_and_in_the_store(
    parts: Parts, amend: AmendCase, decide: SettleConflicts, case: Case
) -> None:
    contested(parts, amend, case, {PHONE: "13857209988"}, {PHONE: "13857209989"})
    decide.decide(the_one(decide), {Place(PHONE): "13857209989"})
    entry = the_one(decide)
    assert entry.conflict.undoable
    assert entry.conflict.choices == {Place(PHONE): "13857209989"}
    decide.undo(entry)
    assert decide.count() == 1
    assert parts.store.audit_entries(0, 500)[-1].action == "amendment.undone"
    with pytest.raises(Refused, match="不能撤销"):
        decide.undo(the_one(decide))


def test_two_clerks_cannot_decide_the_same_twice(
    parts: Parts, amend: AmendCase, decide: SettleConflicts, case: Case
) -> None:
    contested(parts, amend, case, {PHONE: "13857209988"}, {PHONE: "13857209989"})
    entry = the_one(decide)
    decide.decide(entry, {Place(PHONE): "13857209988"})
    with pytest.raises(Refused, match="已有变化"):
        decide.decide(entry, {Place(PHONE): "13857209989"})
    (parked,) = [op for op in parts.store.outbox() if op.kind is OperationKind.AMEND]
    assert parked.state is OutboxState.PENDING
    assert parked.body["rev"] == 2
