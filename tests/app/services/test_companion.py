"""Assisted visits: to whom they are offered, who comes along, and what is never written down of it."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import replace

import pytest
from desk_parts import Parts
from pypdfium2 import PdfDocument

from app.domain.assisted import Assist, AssistRules, Choice, Companion, Role, age, birth_of
from app.domain.case import OperationKind
from app.domain.errors import BadInput, Refused
from app.domain.person import CardType, IdCard
from app.server.wire import case_document, read_case
from app.services.companion import Companions, guardian_findings, guardian_of
from app.services.visit import Visit, new_visit
from app.services.visit_file import read_visit, visit_document

TODAY = dt.date(2026, 11, 23)
CHILD = IdCard(
    CardType.RESIDENT,
    name="吴䶮",
    sex="女",
    birth="2015-09-06",
    number="330502201509060223",
    valid_to="2029-03-11",
)
MOTHER = IdCard(
    CardType.RESIDENT, name="陆𬭚", sex="女", birth="1988-11-20", number="330502198811200325", valid_to="2038-05-07"
)
CHILDS_CARD = "11330500002601192E300201400700002"
"""社会保障卡申领（未成年人）: asks for the child and the guardian."""


def text_of(pdf: bytes) -> str:
    with PdfDocument(pdf) as document:
        return "".join("".join(page.get_textpage().get_text_bounded().split()) for page in document)


@pytest.fixture
def companions(parts: Parts) -> Companions:
    return Companions(parts.clock, parts.counter.duty)


@pytest.fixture
def childs(parts: Parts) -> Visit:
    """The child's card read, the item chosen."""
    visit = parts.identify.apply(parts.begin(), CHILD, "test:")
    return parts.choose.add(visit, CHILDS_CARD)


@pytest.mark.parametrize(
    ("birth", "offered"),
    [
        ("1966-11-23", True),
        ("1966-11-24", False),
        ("2008-11-24", True),
        ("2008-11-23", False),
        ("", False),
        ("2030-01-01", False),
    ],
)
def test_it_is_offered_by_whole_years(birth: str, offered: bool) -> None:
    assert AssistRules().fits(birth, TODAY) is offered
    assert not AssistRules(offer=False).fits(birth, TODAY)


def test_the_ages_are_settings() -> None:
    assert AssistRules(old_from=80).fits("1947-01-01", TODAY) is False
    assert AssistRules(young_under=14).fits("2010-01-01", TODAY) is False


def test_a_birthday_comes_from_the_number_where_nothing_else_says_it() -> None:
    assert age(birth_of("", CHILD.number or ""), TODAY) == 11
    assert birth_of("", "GBR330081080328") == ""


def test_on_declined_and_off_are_remembered_and_say_no_reason(companions: Companions) -> None:
    visit = new_visit(dt.datetime(2026, 11, 23, 2, tzinfo=dt.UTC))
    declined = companions.switch(visit, False)
    assert declined.assist.choice is Choice.DECLINED
    assert companions.switch(declined, False) is declined
    on = companions.switch(declined, True)
    assert on.assist.on
    off = companions.switch(on, False)
    assert [event.action for event in off.events] == ["assist.declined", "assist.begun", "assist.ended"]
    assert [event.details for event in off.events] == [{}, {}, {}]
    assert {event.subject for event in off.events} == {visit.visit_id}


def test_a_helper_is_noted_by_the_relation_alone(companions: Companions) -> None:
    visit = companions.helper(new_visit(dt.datetime(2026, 11, 23, 2, tzinfo=dt.UTC)), "子女")
    assert visit.assist.companion == Companion(Role.HELPER, "子女")
    assert visit.events[-1].details == {"relation": "子女"}
    assert companions.helper(visit, "").assist.companion is None
    with pytest.raises(BadInput):
        companions.helper(visit, "王芳 330502198811200325")


def test_the_childs_own_card_answers_for_the_child(childs: Visit) -> None:
    values = childs.form.values()
    assert values["child.name"] == "吴䶮"
    assert values["child.id_number"] == CHILD.number
    assert values["child.birth_date"] == "2015-09-06"


def test_an_adults_card_is_not_taken_for_the_childs(parts: Parts) -> None:
    visit = parts.choose.add(parts.identify.apply(parts.begin(), MOTHER, "test:"), CHILDS_CARD)
    assert "child.name" not in visit.form.values()


def test_a_minor_without_a_guardian_is_refused(childs: Visit) -> None:
    (blocker,) = guardian_findings(childs, TODAY).blockers
    assert "监护人" in blocker


def test_a_guardians_card_fills_the_form_and_waives_its_copy(childs: Visit, companions: Companions) -> None:
    visit = companions.guardian(childs, MOTHER, "test:")
    values = visit.form.values()
    assert (values["guardian.name"], values["guardian.id_number"]) == ("陆𬭚", MOTHER.number)
    assert values["child.name"] == "吴䶮"
    assert guardian_of(visit) == "陆𬭚"
    assert guardian_findings(visit, TODAY) == guardian_findings(replace(visit, items=()), TODAY)
    assert {m.use.id: m.status.value for m in visit.checklist.materials}["guardian_identity"] == "waived"
    assert MOTHER.number not in str(visit.events[-1])
    # No more of her than the form needs.
    assert {fact.element for fact in visit.form.facts if fact.role == "guardian"} <= {"name", "id_number", "id_type"}


def test_a_helper_in_her_place_takes_the_guardian_away(childs: Visit, companions: Companions) -> None:
    visit = companions.helper(companions.guardian(childs, MOTHER, "test:"), "亲属")
    assert "guardian.name" not in visit.form.values()
    assert guardian_findings(visit, TODAY).blockers
    assert {m.use.id: m.status.value for m in visit.checklist.materials}["guardian_identity"] != "waived"


@pytest.mark.parametrize(
    "card",
    [CHILD, replace(MOTHER, birth="2010-01-01", number="330502201001010322"), replace(MOTHER, valid_to="2020-01-01")],
    ids=["own", "minor", "expired"],
)
def test_not_everybody_is_a_guardian(childs: Visit, companions: Companions, card: IdCard) -> None:
    with pytest.raises(Refused):
        companions.guardian(childs, card, "test:")


def test_a_typed_guardian_is_looked_at(childs: Visit, parts: Parts) -> None:
    at = parts.clock.now()

    def typed(number: str) -> Visit:
        form = childs.form.type("guardian.name", "陆𬭚", at).type("guardian.id_number", number, at)
        return replace(childs, form=form)

    assert guardian_findings(typed(MOTHER.number or ""), TODAY).warnings
    assert not guardian_findings(typed(MOTHER.number or ""), TODAY).blockers
    assert "同一个人" in guardian_findings(typed(CHILD.number or ""), TODAY).blockers[0]
    assert "未满" in guardian_findings(typed("330502201001010322"), TODAY).blockers[0]


def test_another_persons_card_begins_anew(childs: Visit, companions: Companions, parts: Parts) -> None:
    helped = companions.guardian(companions.switch(childs, True), MOTHER, "test:")
    other = parts.identify.apply(helped, replace(MOTHER, number="330502198507200128", birth="1985-07-20"), "test:")
    assert other.assist == Assist()
    assert "guardian.name" not in other.form.values()


def test_a_draft_keeps_it(childs: Visit, companions: Companions, parts: Parts) -> None:
    helped = companions.helper(companions.switch(childs, True), "邻里、朋友")
    document = visit_document(helped, parts.catalog)
    again = read_visit(document, parts.catalog, helped.started_at).visit
    assert again.assist == helped.assist
    assert set(document["assist"]) == {"choice", "role", "relation"}
    del document["assist"]
    document["format"] = 2  # written by an earlier version
    assert read_visit(document, parts.catalog, helped.started_at).visit.assist == Assist()


def test_what_is_decided_at_once_comes_first(parts: Parts) -> None:
    codes = [one.code for one in parts.choose.promptest()]
    prompt = [parts.choose.at_once(code) for code in codes]
    assert any(prompt)
    assert prompt == sorted(prompt, reverse=True)
    assert set(codes) >= {one.code for one in parts.choose.suggestions()}


def test_the_marker_travels_alone(parts: Parts, companions: Companions) -> None:
    """Store, outbox and trail say that it was assisted, and nothing of why."""
    helped = companions.helper(companions.switch(parts.ready(), True), "子女")
    acceptance = parts.accept.accept(helped)
    case = acceptance.cases[0]
    assert case.assisted
    stored = parts.store.case(case.case_id)
    assert stored is not None
    assert stored.assisted
    bodies = [op.body for op in parts.store.outbox() if op.kind is OperationKind.CASE]
    assert bodies
    assert all(body["assisted"] is True for body in bodies)
    plain = parts.accept.accept(replace(parts.ready(), visit_id=parts.begin().visit_id))
    assert not parts.store.case(plain.cases[0].case_id).assisted  # type: ignore[union-attr]
    assert "assisted" not in case_document(plain.cases[0])
    # The same documents but for the marker: neither the helper nor an age came with it.
    keys = {name for body in bodies for name in body} - set(case_document(plain.cases[0]))
    assert keys == {"assisted"}
    sent = json.dumps(bodies, ensure_ascii=False)
    assert not [word for word in ("子女", "老年", "残疾", "helper", "companion") if word in sent]
    assert read_case(case_document(case)).assisted


def test_its_notice_says_first_what_comes_next(parts: Parts, companions: Companions) -> None:
    notice = parts.accept.accept(companions.switch(parts.ready(), True)).notice
    assert notice.paper.assisted
    words = text_of(parts.counter.renderer.on_sheet(notice.paper, "A4-large"))
    assert words.index("您接下来要做的") < words.index("受理流水号")
    assert re.search(r"有事打电话：0572", words)
    again = parts.accept.reprint(notice)
    assert "您接下来要做的" in text_of(again.pdf)
