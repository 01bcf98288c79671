"""Filling the visit's form from every side."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from app.domain.case import Case, Window
from app.domain.clerk import Clerk
from app.domain.clock import FixedClock
from app.domain.fact import SourceKind, Verdict
from app.domain.item import Catalog, Element, ElementType, FieldUse, Item, Role
from app.domain.person import CardType, IdCard
from app.forms.combine import combine
from app.forms.prefill import QueryAnswer
from app.identity.facts import card_facts
from app.services.duty import Duty
from app.services.fill_form import FillForm
from app.services.visit import Visit, new_visit

NOW = dt.datetime(2026, 11, 21, 1, 30, tzinfo=dt.UTC)
NUMBER = "330502199003071232"
PHONE, STAFF, BIRTH = "applicant.phone", "applicant.staff", "applicant.birth_date"
T = ElementType


def visit() -> Visit:
    elements = {
        e.id: e
        for e in (
            Element("name", "姓名", "", T.TEXT),
            Element("id_number", "证件号码", "", T.ID_NUMBER),
            Element("birth_date", "出生日期", "", T.DATE),
            Element("phone", "联系电话", "", T.PHONE),
            Element("staff", "职工名册", "", T.TABLE, columns=("name", "birth_date")),
        )
    }
    item = Item("i", "i", "", "d", "", "即办件", 1, 1, "", "", tuple(FieldUse("applicant", e) for e in elements), ())
    catalog = Catalog("1", {}, {"applicant": Role("applicant", "申请人", "", 1)}, elements, {"i": item}, {})
    made = new_visit(NOW)
    card = IdCard(CardType.RESIDENT, name="张㛃", number=NUMBER, birth="1990-03-07")
    form = made.form.with_definition(combine(catalog, [item]), NOW).add(card_facts(card, NOW))
    return replace(made, card=card, form=form)


def earlier(days: int, number: str = NUMBER) -> Case:
    at = NOW - dt.timedelta(days=days)
    form = {"applicant.name": "章㛃", PHONE: "13800012345"}
    window = Window("A03", "3 号", "大厅", "吴兴")
    return Case("c", "v", "x", "旧件", "局", "P1", at, window, "1", "1", "张㛃", number, form, (), ())


def test_an_earlier_case_fills_below_the_card_and_disagrees_in_the_open() -> None:
    service = FillForm(FixedClock(NOW))
    filled = service.from_earlier(visit(), [earlier(10)])
    assert filled.form.in_force()[PHONE].source.kind is SourceKind.CASE
    name = filled.form.state("applicant.name")
    assert (name.value, [rival.value for rival in name.rivals]) == ("张㛃", ["章㛃"])
    assert service.undo(filled).form.values() == visit().form.values()


def test_an_old_case_is_offered_and_another_persons_is_not() -> None:
    service = FillForm(FixedClock(NOW))
    offered = service.from_earlier(visit(), [earlier(400)])
    assert PHONE not in offered.form.values()
    (offer,) = offered.form.state(PHONE).offers
    assert service.settle(offered, PHONE, offer).form.values()[PHONE] == "13800012345"
    before = visit()
    assert service.from_earlier(before, [earlier(10, "330502198811230022")]) is before
    nobody = replace(before, card=None)
    assert service.from_earlier(nobody, [earlier(10)]) is nobody


def test_a_query_outranks_the_case_and_names_its_department() -> None:
    service = FillForm(FixedClock(NOW))
    filled = service.from_earlier(visit(), [earlier(10)])
    answer = QueryAnswer("通信管理局", "号码查询", "applicant", {"phone": "13900012345"}, NOW)
    state = service.from_query(filled, answer).form.state(PHONE)
    assert state.fact is not None
    assert (state.fact.source.label, state.fact.verdict) == ("通信管理局 · 号码查询", Verdict.VERIFIED_ONLINE)
    assert [rival.value for rival in state.rivals] == ["13800012345"]


def test_a_table_is_read_cell_by_cell_and_checked() -> None:
    service = FillForm(FixedClock(NOW))
    typed = service.type(visit(), STAFF, '[{"name":" 李四 ","birth_date":"19900230"}]')
    (problem,) = [p for p in service.problems(typed) if p.key == STAFF]
    assert [(c.row, c.column) for c in problem.cells] == [(0, "birth_date")]
    right = service.type(typed, STAFF, '[{"name":" 李四 ","birth_date":"19900228"}]')
    assert right.form.values()[STAFF] == '[{"birth_date":"1990-02-28","name":"李四"}]'
    assert STAFF not in {p.key for p in service.problems(right)}


def test_numbers_are_judged_by_the_real_rules_and_again_after_midnight() -> None:
    clock = FixedClock(NOW)
    service = FillForm(clock)
    wrong = service.type(visit(), BIRTH, "1990-03-08")
    assert "出生日期与证件号码不一致" in next(p.message for p in service.problems(wrong) if p.key == BIRTH)
    clock.advance(dt.timedelta(days=1))
    assert [p.key for p in service.problems(visit())] == [PHONE, STAFF]


def nobody() -> Visit:
    """A visit without a card: everything is typed."""
    form = visit().form
    return replace(visit(), card=None, form=replace(new_visit(NOW).form.with_definition(form.definition, NOW)))


def test_a_typed_identity_number_says_the_birth_date() -> None:
    service = FillForm(FixedClock(NOW))
    typed = service.type(nobody(), "applicant.id_number", "３３０５０２１９９００３０７１２３２")
    fact = typed.form.state(BIRTH).fact
    assert fact is not None
    assert (fact.value, fact.source.kind, fact.source.label) == ("1990-03-07", SourceKind.DERIVED, "由证件号码推算")
    assert service.undo(typed).form.values() == {}  # one step
    again = service.type(typed, "applicant.id_number", "33050219900307123")
    assert BIRTH not in again.form.values()
    own = service.type(service.type(nobody(), BIRTH, "19900308"), "applicant.id_number", NUMBER)
    state = own.form.state(BIRTH)
    assert (state.value, [r.value for r in state.rivals]) == ("1990-03-08", ["1990-03-07"])


def test_settling_keeps_who_what_and_why_and_can_be_reopened() -> None:
    service = FillForm(FixedClock(NOW), duty=Duty(Clerk("1001", "李敏")))
    filled = service.from_earlier(visit(), [earlier(10)])
    name = filled.form.state("applicant.name")
    reason = f"已核对原件，号码 {NUMBER}"
    settled = service.settle(filled, "applicant.name", name.rivals[0], reason)
    (event,) = [e for e in settled.events if e.action == "form.settled"]
    assert (event.clerk, event.subject) == ("李敏", "applicant.name")
    assert event.details["taken"] == name.rivals[0].source.label
    assert event.details["over"] == ["居民身份证"]
    assert event.details["reason"].startswith("已核对原件")
    assert NUMBER not in str(event.details)
    assert "张㛃" not in str(event.details)
    trail = service.trail(settled, "applicant.name")
    assert (trail.settled, trail.reason, trail.fact) == (True, event.details["reason"], name.rivals[0])
    assert [f.value for f in trail.others] == ["张㛃"]
    assert settled.form.state("applicant.name").rivals == ()

    reopened = service.reopen(settled, "applicant.name")
    assert reopened.form.state("applicant.name").rivals == name.rivals
    assert reopened.events[-1].action == "form.reopened"
    assert not service.trail(reopened, "applicant.name").settled
    assert service.reopen(reopened, "applicant.name") is reopened  # nothing was settled


def test_an_addresss_code_goes_with_it() -> None:
    service = FillForm(FixedClock(NOW))
    element = Element("address", "住址", "", T.TEXT, {"x-place": True})
    item = Item("i", "i", "", "d", "", "即办件", 1, 1, "", "", (FieldUse("applicant", "address"),), ())
    catalog = Catalog("1", {}, {"applicant": Role("applicant", "申请人", "", 1)}, {"address": element}, {"i": item}, {})
    made = replace(new_visit(NOW), form=new_visit(NOW).form.with_definition(combine(catalog, [item]), NOW))
    typed = service.type(made, "applicant.address", "浙江省湖州市吴兴区月河街道红旗路88号")
    assert service.places(typed) == {}  # not ready yet
    service.make_help()
    (fact,) = service.places(typed).values()
    assert (fact.key, fact.value, fact.source.kind) == (
        "applicant.address_division",
        "330502001",
        SourceKind.DERIVED,
    )
    assert service.places(service.type(typed, "applicant.address", "红旗路88号")) == {}
