"""A firm's visit: urgent by the form, the agent by the card, the next of its people without the firm's papers again."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from desk_parts import Parts

from app.demo.people import load_people
from app.domain.clock import shanghai
from app.domain.errors import Defect, Refused
from app.domain.fact import SourceKind
from app.domain.material import MaterialStatus, Page
from app.domain.matter import MatterKind
from app.domain.urgency import URGENCY, days_of, is_urgent
from app.identity.mrz.parse import parse
from app.materials.checklist import Checklist
from app.services.follow_up import inspections
from app.services.same_firm import SameFirm, of_a_person
from app.services.visit import Visit
from devices.emulators.identity.mrz_emulator import passport_zone
from devices.emulators.people import demo_people

RENEWAL = "firm-foreigners-renewal"
PERMIT, RESIDENCE = "11330500002601192E300011400800003", "11330500002601176Q300010903600002"
HOTEL = "11330500002601176Q300010905100001"
CONSTRUCTION = "construction-permit"


@pytest.fixture
def same_firm(parts: Parts) -> SameFirm:
    return SameFirm(parts.store, parts.choose, parts.clock, parts.counter.duty)


def firm_visit(parts: Parts) -> Visit:
    visit = parts.choose.add(parts.identified(parts.begin()), RENEWAL)
    for key, text in {
        "firm.name": "湖州䶮记机械有限公司",
        "firm.uscc": "91330502MA2B00222A",
        "foreigner.phone": "13905720004",
        URGENCY: "urgent",
    }.items():
        visit = parts.fill.type(visit, key, text)
    return visit


def read_passport(parts: Parts, visit: Visit, person: str) -> Visit:
    zone = parse(passport_zone(demo_people()[person]), shanghai(parts.clock.now()).date())
    return parts.identify.apply_zone(visit, zone, "test:")


def test_the_card_is_the_agents_where_a_form_asks_for_an_agent_and_no_applicant(parts: Parts) -> None:
    visit = firm_visit(parts)
    card = load_people()["zhang-wei"].card
    assert visit.form.state("agent.name").value == card.name
    assert visit.form.state("agent.id_number").value == card.number
    fact = visit.form.state("agent.name").fact
    assert fact is not None
    assert fact.source.kind is SourceKind.CARD
    barber = parts.choose.add(parts.identified(parts.begin()), "open-a-barber-shop")
    assert not any(fact.role == "agent" for fact in barber.form.facts)


def test_a_passport_fills_the_foreigner_whom_the_firms_form_asks_for(parts: Parts) -> None:
    visit = read_passport(parts, firm_visit(parts), "mary-brown")
    assert visit.form.state("foreigner.name_en").value == "BROWN MARY ELIZABETH"
    assert visit.form.state("foreigner.nationality").value == "GBR"
    # Another passport takes the first one's words away: a name that may be cut off is not filled in.
    visit = read_passport(parts, visit, "johann-mueller")
    assert visit.form.state("foreigner.nationality").value == "DEU"
    assert not visit.form.state("foreigner.name_en").value


def test_a_passport_read_before_the_items_still_fills_them(parts: Parts) -> None:
    visit = read_passport(parts, parts.identified(parts.begin()), "mary-brown")
    visit = parts.choose.add(visit, RENEWAL)
    assert visit.form.state("foreigner.travel_document_number").value == "E05720004"


def test_urgent_shortens_the_clock_of_the_items_that_offer_it(parts: Parts) -> None:
    catalog, form = parts.catalog, {URGENCY: "urgent"}
    assert (
        days_of(catalog.items[PERMIT], form) == catalog.items[PERMIT].urgent_days < catalog.items[PERMIT].promised_days
    )
    assert not is_urgent(catalog.items[HOTEL], form)
    assert days_of(catalog.items[HOTEL], form) == catalog.items[HOTEL].promised_days
    assert days_of(catalog.items[PERMIT], {URGENCY: "usual"}) == catalog.items[PERMIT].promised_days


def test_the_next_of_the_firm_keeps_the_firm_and_nothing_of_the_first_person(parts: Parts, same_firm: SameFirm) -> None:
    visit = read_passport(parts, firm_visit(parts), "mary-brown")
    assert same_firm.possible(visit)
    following = same_firm.next(visit)
    assert {item.code for item in following.items} == {PERMIT, RESIDENCE}
    assert following.form.state("firm.uscc").value == "91330502MA2B00222A"
    assert following.form.state("agent.name").value == "张伟"
    assert following.form.state(URGENCY).value == "urgent"
    assert not following.form.state("foreigner.phone").value
    assert not following.form.state("foreigner.travel_document_number").value
    assert following.card is visit.card, "the agent is still at the window"
    assert following.events[-1].action == "firm.next_person"
    assert following.visit_id != visit.visit_id


def test_a_visit_without_a_firm_has_no_next_person(parts: Parts, same_firm: SameFirm) -> None:
    visit = parts.ready()
    assert not same_firm.possible(visit)
    with pytest.raises(Refused):
        same_firm.next(visit)


def test_an_employee_applies_in_person(parts: Parts, same_firm: SameFirm) -> None:
    visit = parts.choose.add(parts.identified(parts.begin()), "hm-business-trip", {"filed": "no", "holds": "none"})
    following = same_firm.next(visit)
    assert following.card is None
    assert [of_a_person(item) for item in visit.items].count(False) == 1, "the firm's filing is made once"
    assert len(following.items) == 2


def test_the_firms_papers_and_proofs_go_along_and_a_persons_do_not(parts: Parts) -> None:
    items = parts.choose.add(parts.begin(), "hm-business-trip", {"filed": "no", "holds": "none"}).items
    page = Page("a" * 64, "image/jpeg", 10, 20, 30)
    at = parts.clock.now()
    before = Checklist(items).capture("business_licence", page).capture("exit_form", page)
    before = before.waive_by_query("tax", "税务局", at).waive_by_query("social_insurance", "人社局", at)
    after = Checklist(items).with_papers_of_firm(before)
    assert after.material("business_licence").status is MaterialStatus.CAPTURED
    assert after.material("exit_form").status is MaterialStatus.MISSING
    assert after.material("staff_proof_hm").status is MaterialStatus.MISSING, "somebody else's insurance"
    assert not after.can_undo


def test_what_was_promised_is_inspected_within_24_hours(parts: Parts) -> None:
    case = parts.accept.accept(parts.ready()).cases[0]
    use = next(m for m in parts.catalog.items[HOTEL].materials if m.promise)
    promised = replace(case.materials[0], use=use, status=MaterialStatus.PROMISED)
    form = {"business.name": "𠮷祥旅馆", "premises.address": "衣裳街88号"}
    hotel = replace(case, item_code=HOTEL, item_name="旅馆业特种行业许可", form=form, materials=(promised,))
    (task,) = inspections([hotel], parts.catalog.items, lambda: "HC1")
    assert (task.kind, task.firm, task.number) == (MatterKind.INSPECTION, "𠮷祥旅馆", "HC1")
    assert task.due is not None
    assert task.due - task.opened_at == dt.timedelta(hours=24)
    assert use.name in task.words
    kept = replace(promised, status=MaterialStatus.CAPTURED)
    assert not inspections([replace(hotel, materials=(kept,))], parts.catalog.items, lambda: "HC2")
    assert not inspections([replace(hotel, item_code=PERMIT)], parts.catalog.items, lambda: "HC3")


def test_forms_become_one_and_what_the_bundle_makes_is_not_asked_for(parts: Parts) -> None:
    answers = {"phase": "whole", "special": "yes", "planning": "no"}
    together = parts.choose.add(parts.begin(), CONSTRUCTION, answers)
    asked = {use.id for item in together.items for use in item.materials}
    assert "construction_form" in asked
    assert asked.isdisjoint({"planning_form", "fire_design_application", "air_defence_form", "planning_permit"})
    assert len(next(m for m in together.checklist.materials if m.use.id == "construction_form").asked_by) == 4
    planned = parts.choose.add(parts.begin(), CONSTRUCTION, answers | {"planning": "yes"})
    assert "planning_permit" in {use.id for item in planned.items for use in item.materials}
    alone = parts.choose.add(parts.begin(), "11330500MB1A20264Q300011500400001")
    assert "planning_form" in {use.id for item in alone.items for use in item.materials}


def test_a_firm_and_one_of_its_people_get_one_notice_and_two_people_get_none(parts: Parts) -> None:
    acceptance = parts.accept.accept(parts.ready())
    paper = acceptance.notice.paper
    of_firm = replace(paper.cases[0], applicant_name="湖州䶮记机械有限公司", applicant_number="91330502MA2B00222A")
    notice = parts.counter.renderer.render(replace(paper, cases=(of_firm, paper.cases[1])))
    assert notice.pdf
    other = replace(paper.cases[0], applicant_name="王𠮷", applicant_number="330503195809230421")
    with pytest.raises(Defect):
        parts.counter.renderer.render(replace(paper, cases=(other, paper.cases[1])))
