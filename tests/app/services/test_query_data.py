"""Asking shared data through a real gateway: who may be asked what, what is taken over, what stands in the trails."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from desk_parts import BUNDLE, Parts

from app.demo.shared_data import demo_shared_data
from app.demo.world import DemoWorld
from app.domain.clerk import Clerk
from app.domain.clock import SystemClock
from app.domain.errors import EnvironmentProblem
from app.domain.fact import SourceKind, Verdict
from app.domain.material import MaterialStatus
from app.domain.person import CardType, IdCard
from app.domain.shared_data import QueryPolicy, QueryReply, QueryRequest
from app.forms.prefill import read_pack
from app.gateway.server import GatewayServer
from app.server.errors import Unreachable
from app.server.query_policy import load_policy, shipped_policy_folder
from app.server.shared_client import SharedDataClient
from app.services.clearance import clearance_of
from app.services.duty import Duty
from app.services.query_data import Answer, Outcome, QueryData, Question
from app.services.visit import Visit

TOKEN = "made-up-token-of-a-test-window"
ALLOWANCES = ("11330500002601184K300051100300002", "11330500002601184K300051100300003")
STARTUP = "start-up-support"
UNIT = "92330502MA2B001009"
PENSION = "11330500002601192E300051400500002"  # 城乡居民基本养老保险待遇申领
WANG = "330503195809230421"


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory, world: DemoWorld) -> Iterator[GatewayServer]:
    folder = tmp_path_factory.mktemp("gateway")
    with GatewayServer(
        db_url=f"sqlite:///{folder}/gateway.db", files_folder=folder / "files", devices={"w1": TOKEN}
    ) as server:
        shared = demo_shared_data({person.id: person for person in world.people}, SystemClock())
        server.gateway.shared.publish_policy(shared.policy)
        server.gateway.shared.load(shared.records)
        yield server


@pytest.fixture
def query(parts: Parts, gateway: GatewayServer) -> Iterator[QueryData]:
    made = service(parts, lambda: SharedDataClient(gateway.url, "w1", TOKEN))
    yield made
    made.close()


def service(parts: Parts, connect: object) -> QueryData:
    made = QueryData(
        store=parts.store,
        catalog=parts.catalog,
        fill=parts.fill,
        clock=parts.clock,
        duty=Duty(Clerk("0231", "演示员")),
        connect=connect,  # type: ignore[arg-type]
    )
    made.refresh()
    return made


def chosen(parts: Parts, *codes: str, person: str = "wang-ji") -> Visit:
    visit = parts.identified(parts.begin(), person)
    for code in codes:
        visit = parts.choose.add(visit, code)
    return visit


def asked(query: QueryData, visit: Visit) -> list[Answer]:
    questions = query.questions(visit)
    purpose = next(p for p in query.purposes(questions) if p.id == "verify_material")
    return [query.ask(question, purpose) for question in questions]


def by_source(questions: tuple[Question, ...]) -> dict[str, Question]:
    return {question.source.id: question for question in questions}


def status_of(visit: Visit, material: str) -> MaterialStatus:
    return visit.checklist.material(material).status


def test_only_what_lacks_is_asked_and_only_with_a_card(parts: Parts, query: QueryData) -> None:
    visit = chosen(parts, *ALLOWANCES)
    found = by_source(query.questions(visit))
    assert set(found) == {"social_card", "low_income", "disability"}
    assert found["disability"].materials == ("disability_certificate",)
    assert set(found["disability"].fields) == {
        "disability.disability_number",
        "disability.disability_kind",
        "disability.disability_grade",
    }
    assert found["disability"].department == "湖州市残疾人联合会"
    assert found["disability"].subject.number == WANG
    assert query.questions(replace(visit, card=None)) == ()
    assert set(by_source(query.questions(visit, without=("disability",)))) == {"social_card", "low_income"}
    assert query.questions(parts.identified(parts.begin(), "wang-ji")) == ()


def test_answers_fill_and_waive_with_department_and_number(parts: Parts, query: QueryData) -> None:
    visit = chosen(parts, *ALLOWANCES)
    answers = asked(query, visit)
    assert {a.outcome for a in answers} == {Outcome.FOUND}
    taken = query.take(visit, answers)
    assert set(taken.waived) == {"disability_certificate", "assistance_certificate", "social_security_card"}
    assert set(taken.filled) >= {"disability.disability_number", "account.bank_name", "account.bank_account"}
    assert taken.disputed == ()
    fact = taken.visit.form.state("disability.disability_grade").fact
    assert fact is not None
    assert (fact.source.kind, fact.verdict, fact.value) == (SourceKind.QUERY, Verdict.VERIFIED_ONLINE, "2")
    assert fact.source.label == "湖州市残疾人联合会 · 残疾人证"
    line = taken.visit.checklist.material("disability_certificate")
    assert line.status is MaterialStatus.WAIVED
    assert fact.source.ref in line.reason
    assert "湖州市残疾人联合会" in line.reason
    # What was answered need not be asked again: nothing lacks any more.
    assert query.questions(taken.visit) == ()


def test_each_call_stands_masked_in_both_trails(parts: Parts, query: QueryData, gateway: GatewayServer) -> None:
    visit = chosen(parts, *ALLOWANCES)
    answers = asked(query, visit)
    entries = [e for e in parts.store.audit_entries(0) if e.action == "data.queried"]
    assert [e.subject for e in entries] == [a.question.source.id for a in answers]
    for entry, answer in zip(entries, answers, strict=True):
        assert answer.reply is not None
        details = json.loads(entry.details)
        assert details["reference"] == answer.reply.reference
        assert (details["purpose"], details["outcome"]) == ("verify_material", "found")
        assert details["scenario"] == "civil-welfare"
        assert WANG not in str(details)
        assert details["about"] == "3305**********0421"
    known = {row["reference"]: row for row in gateway.gateway.shared.log()}
    assert all(a.reply and known[a.reply.reference]["clerk"] == "演示员" for a in answers)


def test_an_answer_never_overwrites_and_the_dispute_is_named(parts: Parts, query: QueryData) -> None:
    visit = parts.fill.type(chosen(parts, *ALLOWANCES), "account.bank_account", "6228480309000000119")
    taken = query.take(visit, asked(query, visit))
    assert taken.disputed == ("account.bank_account",)
    state = taken.visit.form.state("account.bank_account")
    assert state.value == "6228480309000000119"
    assert [rival.source.kind for rival in state.rivals] == [SourceKind.QUERY]
    settled = parts.fill.settle(taken.visit, "account.bank_account", state.rivals[0])
    assert settled.form.state("account.bank_account").value == "6230910299000000224"


def test_the_shop_is_filled_from_the_register_and_a_typed_address_stands(parts: Parts, query: QueryData) -> None:
    visit = chosen(parts, BUNDLE, person="zhang-wei")
    (question,) = query.questions(visit, without=["credit"])
    assert question.source.id == "real_estate"
    assert len(question.items) == 1  # one call under one grant
    assert len(question.served) == 3  # whose answer all three items may use
    answers = asked(query, visit)
    assert query.take(visit, answers).visit.form.state("premises.area").value == "68.50"
    elsewhere = query.take(parts.fill.type(visit, "premises.address", "湖州市吴兴区别处1号"), answers)
    assert elsewhere.disputed == ("premises.address",)
    assert elsewhere.visit.form.state("premises.address").value == "湖州市吴兴区别处1号"


TRANSFER = "11330500MB1A20264Q300071500100001"


def test_the_sellers_flat_is_looked_up_by_the_sellers_number(parts: Parts, query: QueryData) -> None:
    """The buyer stands at the counter; his own flat proves nothing about the one he buys."""
    visit = chosen(parts, TRANSFER, person="zhang-wei")
    assert "real_estate" not in by_source(query.questions(visit)), "not before the seller is known"
    visit = parts.fill.type(parts.fill.type(visit, "transferor.name", "王𠮷"), "transferor.id_number", WANG)
    question = by_source(query.questions(visit))["real_estate"]
    assert (question.subject.number, question.subject.name) == (WANG, "王𠮷")
    (purpose,) = [p for p in query.purposes([question]) if p.id == "verify_material"]
    answer = query.ask(question, purpose)
    taken = query.take(visit, [answer])
    assert taken.visit.form.state("property.address").value == "浙江省湖州市南浔区㛃䶮镇𬭚桥村6号"
    assert "property_certificate" in taken.waived
    other = query.take(parts.fill.type(visit, "property.address", "湖州市吴兴区别处1号"), [answer])
    assert "property_certificate" not in other.waived, "the register shows a flat, though not this one"
    misnamed = query.ask(replace(question, subject=replace(question.subject, name="王吉")), purpose)
    assert misnamed.outcome is Outcome.NONE


def test_found_and_proof_are_two_things(parts: Parts, query: QueryData) -> None:
    """A register of marriages that says "never married" waives no marriage certificate; nor does an expired record."""
    visit = chosen(parts, STARTUP, person="zhang-wei")
    visit = parts.fill.type(visit, "firm.uscc", UNIT)
    visit = parts.fill.type(visit, "applicant.marital_status", "20")
    answers = {a.question.source.id: a for a in asked(query, visit)}
    assert answers["marriage"].why == "无婚姻登记记录"
    taken = query.take(visit, list(answers.values()))
    assert status_of(taken.visit, "marriage_certificate") is MaterialStatus.MISSING
    assert "applicant.marital_status" in taken.disputed
    assert status_of(taken.visit, "business_licence") is MaterialStatus.WAIVED
    assert answers["business_licence"].question.subject.number == UNIT
    # 创业人员身份类别证明 is proved by a recent degree, not by any.
    assert status_of(taken.visit, "founder_category_proof") is MaterialStatus.MISSING
    insured = answers["social_insurance"]
    assert insured.reply is not None
    old = replace(insured, reply=replace(insured.reply, valid_until=parts.clock.now().date() - dt.timedelta(days=2)))
    assert query.take(visit, [old]).waived == ()


def test_no_record_waives_what_is_to_be_proved_absent(parts: Parts, query: QueryData) -> None:
    visit = chosen(parts, "11330500002601230P30005170050000" + "2", person="chan-ka-man")
    answers = {a.question.source.id: a for a in asked(query, visit)}
    assert answers["real_estate"].outcome is Outcome.NONE
    assert "no_home_record" in query.take(visit, [answers["real_estate"]]).waived
    owner = chosen(parts, "11330500002601230P30005170050000" + "2", person="zhang-wei")
    found = {a.question.source.id: a for a in asked(query, owner)}
    assert "no_home_record" not in query.take(owner, [found["real_estate"]]).waived


def test_another_persons_answer_is_dropped(parts: Parts, query: QueryData) -> None:
    visit = chosen(parts, *ALLOWANCES)
    answers = asked(query, visit)
    other = parts.identified(visit, "zhang-wei")
    taken = query.take(other, answers)
    assert (taken.filled, taken.waived) == ((), ())
    # And what was taken over before goes with the person.
    changed = parts.identified(query.take(visit, answers).visit, "zhang-wei")
    assert status_of(changed, "disability_certificate") is MaterialStatus.MISSING
    assert changed.form.state("disability.disability_number").value == ""


def test_without_a_grant_nothing_is_asked(parts: Parts, query: QueryData, gateway: GatewayServer) -> None:
    visit = chosen(parts, *ALLOWANCES)
    questions = query.questions(visit)
    (purpose,) = [p for p in query.purposes(questions) if p.id == "verify_material"]
    before = len(gateway.gateway.shared.log(1000))
    other = replace(purpose, id="check_taxes")
    answer = query.ask(questions[0], other)
    assert answer.outcome is Outcome.REFUSED
    assert len(gateway.gateway.shared.log(1000)) == before, "the purpose is looked at before anything is sent"
    # The platform has the last word: it refuses what this window still believes to be granted.
    foreign = replace(questions[0], grant=replace(questions[0].grant, scenario="police-household-move"))
    answer = query.ask(foreign, purpose)
    assert answer.outcome is Outcome.REFUSED
    assert "授权" in answer.why
    parts.store.apply_feed("policies", [{"id": "shared-data", "sources": [], "purposes": [], "grants": []}], [], "c")
    query.refresh()
    assert query.questions(visit) == ()


def test_the_platforms_grant_table_takes_the_place_of_the_shipped_one(parts: Parts, query: QueryData) -> None:
    visit = chosen(parts, *ALLOWANCES)
    table = load_document()
    for grant in table["grants"]:
        if grant["items"]:
            grant["sources"] = [s for s in grant["sources"] if s != "disability"] or ["household"]
    parts.store.apply_feed("policies", [table], [], "c")
    query.refresh()
    assert set(by_source(query.questions(visit))) == {"social_card", "low_income"}
    parts.store.apply_feed("policies", [{"id": "shared-data", "sources": "later"}], [], "d")
    query.refresh()
    assert query.questions(visit) == (), "a table that cannot be read grants nothing"


def load_document() -> dict[str, list[dict[str, list[str]]]]:
    from app.server.query_policy import load_policy_document

    return load_policy_document(shipped_policy_folder())


def test_the_purpose_used_last_comes_first(parts: Parts, query: QueryData) -> None:
    questions = query.questions(chosen(parts, *ALLOWANCES))
    assert [p.id for p in query.purposes(questions)] == ["verify_material", "fill_form", "check_eligibility"]
    query.remember(query.purposes(questions)[2])
    query.refresh()
    assert query.purposes(questions)[0].id == "check_eligibility"


class Dead:
    def query(self, request: QueryRequest) -> QueryReply:
        raise Unreachable("连接超时")

    def close(self) -> None:
        pass


def test_offline_says_so_and_is_written_down(parts: Parts) -> None:
    query = service(parts, Dead)
    visit = chosen(parts, *ALLOWANCES)
    answers = asked(query, visit)
    assert {a.outcome for a in answers} == {Outcome.UNREACHABLE}
    assert answers[0].why == "连接超时"
    assert query.take(visit, answers).visit is visit
    assert set(by_source(query.questions(visit))) == {"social_card", "low_income", "disability"}
    assert [json.loads(e.details)["outcome"] for e in parts.store.audit_entries(0) if e.action == "data.queried"] == [
        "unreachable"
    ] * 3


def test_an_answer_that_cannot_be_written_down_is_not_handed_out(
    parts: Parts, query: QueryData, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: object) -> None:
        raise EnvironmentProblem("磁盘已满")

    monkeypatch.setattr(parts.store, "append_audit", full)
    with pytest.raises(EnvironmentProblem):
        asked(query, chosen(parts, *ALLOWANCES))


def test_a_number_that_cannot_be_one_is_not_asked_about(parts: Parts, query: QueryData) -> None:
    visit = chosen(parts, STARTUP, person="zhang-wei")
    wrong = parts.fill.type(visit, "firm.uscc", UNIT[:-1] + "A")
    assert "business_licence" not in by_source(query.questions(wrong))
    assert "business_licence" in by_source(query.questions(parts.fill.type(visit, "firm.uscc", UNIT)))


def test_the_shipped_grants_fit_the_shipped_catalogue(parts: Parts) -> None:
    policy: QueryPolicy = load_policy(shipped_policy_folder())
    keys = {f.key for item in parts.catalog.items.values() for f in item.fields}
    materials: dict[str, set[str]] = {}
    for item in parts.catalog.items.values():
        for use in item.materials:
            materials.setdefault(use.id, set()).update(use.waived_by)
    for source in policy.sources.values():
        assert set(source.fills) <= keys, source.id
        assert set(source.subjects) - {"card"} <= keys, source.id
        for material in (*source.proves, *source.absent):
            assert f"query:{source.id}" in materials[material], (source.id, material)
        assert source.department in parts.catalog.departments or not source.department.isascii(), source.id
    for grant in policy.grants:
        assert set(grant.items) <= set(parts.catalog.mains) | set(parts.catalog.items), grant.scenario
        covered = [item for item in parts.catalog.items.values() if grant.covers(item.code)]
        waived = {waiver for item in covered for use in item.materials for waiver in use.waived_by}
        waived |= {need for item in covered for use in item.materials for need in use.tolerance_needs}
        keys_asked = {f.key for item in covered for f in item.fields}
        if not grant.items:
            assert all(policy.sources[source].about == "firm" for source in grant.sources), grant.scenario
            continue
        for source in grant.sources:
            fills = "fill_form" in grant.purposes and keys_asked & set(policy.sources[source].fills)
            assert f"query:{source}" in waived or fills, f"{grant.scenario}: has no need of {source}"


def test_a_pack_fills_below_everything_that_is_verified(parts: Parts) -> None:
    visit = chosen(parts, *ALLOWANCES)
    pack = {
        "pack": "P-0001",
        "prepared_at": "2026-11-20T01:00:00.000Z",
        "prepared_by": "上门专员",
        "applicant": {"number": WANG},
        "form": {"applicant.phone": "１３９ 0572 0002", "applicant.name": "王吉", "applicant.sex": " "},
    }
    stated = replace(read_pack(pack), at=parts.clock.now())
    filled = parts.fill.from_stated(visit, stated)
    phone = filled.form.state("applicant.phone").fact
    assert phone is not None
    assert (phone.value, phone.source.kind, phone.verdict) == ("13905720002", SourceKind.PACK, Verdict.STATED)
    name = filled.form.state("applicant.name")
    assert (name.value, [r.value for r in name.rivals]) == ("王𠮷", ["王吉"])
    card = IdCard(CardType.RESIDENT, name="张伟", number="330502199003150512")
    assert parts.fill.from_stated(replace(visit, card=card), stated).form.state("applicant.phone").value == ""


@pytest.mark.parametrize(
    ("person", "open_", "said"),
    [("zhang-wei", True, "信用良好"), ("chan-ka-man", False, "失信"), ("wang-ji", False, "没有记录")],
    ids=["good", "bad", "none"],
)
def test_credit_decides_whether_a_material_may_be_tolerated(
    parts: Parts, query: QueryData, person: str, open_: bool, said: str
) -> None:
    visit = chosen(parts, BUNDLE, person=person)
    question = by_source(query.questions(visit))["credit"]
    assert question.opens == ("floor_plan",)
    assert not visit.checklist.may_tolerate("floor_plan")
    purpose = next(p for p in query.purposes([question]) if p.id == "check_eligibility")
    answer = query.ask(question, purpose)
    after = query.take(visit, [answer]).visit
    assert after.checklist.may_tolerate("floor_plan") is open_
    check = query.clearance(after, answer)
    assert check is not None
    assert said in check.words
    assert answer.reply is not None
    assert answer.reply.reference in check.words
    assert "credit" not in by_source(query.questions(after))  # settled, one way or the other


def test_old_good_credit_opens_nothing() -> None:
    source = load_policy(shipped_policy_folder()).sources["credit"]
    day = dt.date(2026, 11, 20)
    at = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
    reply = QueryReply("credit", True, at, "C-1", {"category": "守信"}, valid_until=day)
    assert clearance_of(source, "信用中心", reply, day)[0]
    assert not clearance_of(source, "信用中心", reply, day + dt.timedelta(days=1))[0]
    assert not clearance_of(source, "信用中心", replace(reply, proves=False), day)[0]


def test_an_optional_paper_is_offered_by_itself_and_spared_when_the_clerk_asks(parts: Parts, query: QueryData) -> None:
    """Nobody is asked about without need: such a question says so, and the dialog leaves it unticked."""
    visit = chosen(parts, PENSION)
    assert status_of(visit, "own_household_register") is MaterialStatus.OPTIONAL
    found = by_source(query.questions(visit))["household"]
    assert (found.fields, found.materials, found.required, found.needed) == ((), ("own_household_register",), (), False)
    taken = query.take(visit, [query.ask(found, query.purposes([found])[0])])
    assert taken.waived == ("own_household_register",)
    assert "household" not in by_source(query.questions(taken.visit))
    needed = by_source(query.questions(chosen(parts, *ALLOWANCES)))["disability"]
    assert (needed.required, needed.needed) == (("disability_certificate",), True)
