"""A visit as a document and back: nothing is lost, a changed catalogue is told, torn ones are refused."""

from __future__ import annotations

import copy
import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from desk_parts import shipped
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.catalog.search import SearchIndex
from app.domain.case import AuditEvent
from app.domain.clerk import Clerk
from app.domain.clock import FixedClock
from app.domain.errors import BadInput, YichuangError
from app.domain.fact import Fact, Source, SourceKind, Verdict
from app.domain.item import Catalog
from app.domain.licence import CodeKind, LicenceReading
from app.domain.material import Origin, Page
from app.domain.person import CardType, IdCard
from app.licences.facts import HolderMatch, Match
from app.services.choose_items import ChooseItems
from app.services.duty import Duty
from app.services.favourites import Favourites
from app.services.visit import ScannedLicence, Visit, new_visit
from app.services.visit_file import FORMAT, read_visit, visit_document

AT = dt.datetime(2026, 11, 20, 2, 30, 15, 120000, dt.UTC)
CATALOG = shipped()[0]
CODES = ("open-a-barber-shop", *[c for c in CATALOG.bundles if c != "open-a-barber-shop"][:3], *list(CATALOG.items)[:2])
TEXTS = ("", "a", "㛃𠮷䶮𬭚", "33.5", "2026-12-01", "own", "\n“x”")


class Nothing:
    def setting(self, key: str) -> str | None:
        return None

    def set_setting(self, key: str, value: str) -> None:
        raise AssertionError


CLOCK = FixedClock(AT)
CHOOSE = ChooseItems(
    CATALOG, SearchIndex(CATALOG), CLOCK, Duty(Clerk("1", "演示员")), Favourites(Nothing(), CATALOG, CLOCK)
)

_times = st.integers(0, 10**7).map(lambda n: AT + dt.timedelta(milliseconds=n))
_days = st.integers(0, 60).map(lambda n: AT.date() - dt.timedelta(days=n))
_pages = st.builds(
    Page,
    st.integers(0, 9).map(lambda n: f"{n}f" * 32),
    st.just("image/jpeg"),
    st.integers(1, 10**6),
    st.integers(0, 4000),
    st.integers(0, 4000),
)
_texts = st.dictionaries(st.sampled_from(("name", "title", "type", "identifier")), st.sampled_from(TEXTS))
_readings = st.builds(
    LicenceReading,
    st.sampled_from(CodeKind),
    st.sampled_from(Verdict),
    st.sampled_from(TEXTS),
    st.none() | st.sampled_from(TEXTS),
    _texts,
    _texts,
    st.dictionaries(st.sampled_from(("premises.address", "a")), st.sampled_from(TEXTS)),
    st.none() | _times,
    st.none() | _days,
)
_licences = st.builds(
    ScannedLicence,
    st.sampled_from(TEXTS),
    _readings,
    st.builds(HolderMatch, st.sampled_from(Match), st.sampled_from(TEXTS)),
)
_cards = st.builds(IdCard, st.sampled_from(CardType), st.none() | st.sampled_from(TEXTS), number=st.sampled_from(TEXTS))
_events = st.builds(
    AuditEvent,
    _times,
    st.sampled_from(("李敏", "王芳")),
    st.just("card.read"),
    st.sampled_from(TEXTS),
    st.dictionaries(st.sampled_from(("a", "b")), st.integers() | st.booleans() | st.lists(st.sampled_from(TEXTS))),
)


def _keys(visit: Visit) -> list[str]:
    return [f.key for f in visit.form.definition.fields] or ["applicant.name"]


def _facts(draw: st.DrawFn, visit: Visit) -> Fact:
    role, _, element = draw(st.sampled_from(_keys(visit))).partition(".")
    kind = draw(st.sampled_from(SourceKind))
    source = Source(kind, draw(st.sampled_from(("甲", "乙"))), draw(st.sampled_from(TEXTS)))
    return Fact(role, element, draw(st.sampled_from(TEXTS)), source, draw(st.sampled_from(Verdict)), draw(_times))


def _on_form(draw: st.DrawFn, visit: Visit, how: str) -> Visit:
    form, key = visit.form, draw(st.sampled_from(_keys(visit)))
    if how == "add":
        return replace(visit, form=form.add([_facts(draw, visit)]))
    if how == "offer":
        return replace(visit, form=form.offer([_facts(draw, visit)]))
    if how == "type":
        return replace(visit, form=form.type(key, draw(st.sampled_from(TEXTS)), draw(_times)))
    state = form.state(key)
    known = [f for f in (*state.rivals, *state.offers, *([state.fact] if state.fact else [])) if f.verdict.usable]
    return replace(visit, form=form.settle(key, draw(st.sampled_from(known)))) if known else visit


def _on_materials(draw: st.DrawFn, visit: Visit, how: str) -> Visit:
    if not visit.checklist.materials:
        return visit
    done, line = visit.checklist, draw(st.sampled_from(visit.checklist.materials))
    act: dict[str, Callable[[], Any]] = {
        "capture": lambda: done.capture(line.use.id, draw(_pages)),
        "tick": lambda: done.tick(line.use.id, 0),
        "tolerate": lambda: done.tolerate(line.use.id, draw(_days)),
        "promise": lambda: done.promise(line.use.id, draw(_days)),
        "reuse": lambda: done.reuse(line.use.id, [draw(_pages)], Origin("W1", draw(_days)), AT.date()),
        "waive": lambda: done.waive_by_licence(draw(_readings)),
        "drop": lambda: done.drop_page(line.use.id, 0),
    }
    try:
        return replace(visit, checklist=act[how]())
    except (YichuangError, IndexError):
        return visit


FORM = ("add", "offer", "type", "settle")
MATERIALS = ("capture", "tick", "tolerate", "promise", "reuse", "waive", "drop")


@st.composite
def visits(draw: st.DrawFn) -> Visit:
    """A visit on which anything that a clerk can do was done, in any order."""
    visit = new_visit(AT)
    for _ in range(draw(st.integers(0, 14))):
        how = draw(st.sampled_from(("cart", "cart", "out", "card", "licence", "event", *FORM, *FORM, *MATERIALS)))
        if how == "cart":
            code = draw(st.sampled_from(CODES))
            answers: dict[str, str] = {}
            guide = CHOOSE.guide(code)
            while open_ := guide.questions(answers):
                answers[open_[0].id] = draw(st.sampled_from(open_[0].options)).value
            try:
                visit = CHOOSE.add(visit, code, answers)
            except BadInput:  # items that exclude each other
                continue
        elif how == "out" and visit.codes:
            visit = CHOOSE.remove(visit, draw(st.sampled_from(visit.codes)))
        elif how == "card":
            visit = replace(visit, card=draw(_cards))
        elif how == "licence":
            visit = replace(visit, licences=(*visit.licences, draw(_licences)))
        elif how == "event":
            visit = replace(visit, events=(*visit.events, draw(_events)))
        elif how in FORM:
            visit = _on_form(draw, visit, how)
        elif how in MATERIALS:
            visit = _on_materials(draw, visit, how)
    return visit


def through_text(visit: Visit, catalog: Catalog = CATALOG) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(json.dumps(visit_document(visit, catalog), ensure_ascii=False))
    return document


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(visits())
def test_a_visit_comes_back_as_it_was(visit: Visit) -> None:
    document = through_text(visit)
    back = read_visit(copy.deepcopy(document), CATALOG, AT + dt.timedelta(days=1))
    again = back.visit
    assert back.changes == ()
    assert (again.visit_id, again.started_at, again.codes) == (visit.visit_id, visit.started_at, visit.codes)
    assert again.items == visit.items
    assert (again.card, again.licences, again.answers) == (visit.card, visit.licences, visit.answers)
    assert again.events == visit.events
    assert again.form.definition == visit.form.definition
    assert again.form.states() == visit.form.states()
    assert again.form.values() == visit.form.values()
    assert set(again.form.facts) == set(visit.form.facts), "those for no field of this form too"
    assert again.checklist.materials == visit.checklist.materials
    assert again.checklist.unsettled() == visit.checklist.unsettled()
    assert through_text(again) == document, "and a second time nothing changes any more"


def barber() -> Visit:
    visit = CHOOSE.add(new_visit(AT), "open-a-barber-shop")
    form = visit.form.type("business.name", "𠮷祥㛃理发店", AT)
    return replace(visit, form=form, checklist=visit.checklist.capture("floor_plan", Page("ab" * 32, "x", 1, 2, 3)))


def newer(**changes: Any) -> Catalog:
    return replace(CATALOG, version="next", **changes)


def test_what_a_newer_catalogue_changed_is_said_and_the_rest_is_there() -> None:
    document = through_text(barber())
    bundle = CATALOG.bundles["open-a-barber-shop"]
    plan = next(u for c in bundle.items for u in CATALOG.items[c].materials if u.id == "floor_plan")
    items = {
        c: replace(
            i,
            fields=tuple(u for u in i.fields if u.key != "business.name"),
            materials=(*(u for u in i.materials if u.id != "floor_plan"), replace(plan, id="new", name="新表")),
        )
        for c, i in CATALOG.items.items()
        if c in bundle.items
    }
    reopened = read_visit(document, newer(items=CATALOG.items | items), AT)
    titles = {f.key: f.title for f in barber().form.definition.fields}
    assert f"表单不再要：{titles['business.name']}" in reopened.changes
    assert any(words == f"不再收材料：{plan.name}" for words in reopened.changes)
    assert "新增材料：新表" in reopened.changes
    assert "business.name" not in reopened.visit.form.asked()
    kept = [fact.value for fact in reopened.visit.form.facts if fact.element == "name"]
    assert kept == ["𠮷祥㛃理发店"], "what was typed is kept, should the field come back"
    assert reopened.visit.items


def test_what_is_no_longer_offered_is_said_by_its_name() -> None:
    document = through_text(barber())
    left = {c: b for c, b in CATALOG.bundles.items() if c != "open-a-barber-shop"}
    reopened = read_visit(document, newer(bundles=left), AT)
    assert reopened.changes[0] == f"《{CATALOG.bundles['open-a-barber-shop'].name}》已不在事项目录中，没有恢复"
    assert reopened.visit.codes == ()
    assert reopened.visit.form.facts


def test_a_new_question_of_the_guide_is_said() -> None:
    code = next(c for c in CATALOG.bundles if CHOOSE.guide(c).asks)
    guide, answers = CHOOSE.guide(code), {}
    while open_ := guide.questions(answers):
        answers[open_[0].id] = open_[0].options[0].value
    document = through_text(CHOOSE.add(new_visit(AT), code, answers))
    document["answers"][code] = {}
    reopened = read_visit(document, CATALOG, AT)
    assert reopened.changes[0] == f"《{CATALOG.bundles[code].name}》要先问的情形有变化，请重新选择"


@pytest.mark.parametrize("key", sorted(visit_document(barber(), CATALOG)))
def test_a_document_that_lacks_anything_is_refused_in_words(key: str) -> None:
    document = through_text(barber())
    del document[key]
    with pytest.raises(BadInput, match="草稿不能恢复"):
        read_visit(document, CATALOG, AT)


@pytest.mark.parametrize(
    "document",
    [None, [], "x", {}, {"format": FORMAT}, {"format": "x"}, {**visit_document(barber(), CATALOG), "codes": 1}],
)
def test_what_is_no_visit_is_refused(document: object) -> None:
    with pytest.raises(BadInput, match="草稿不能恢复"):
        read_visit(document, CATALOG, AT)


def test_a_later_format_asks_for_a_later_program() -> None:
    with pytest.raises(BadInput) as told:
        read_visit({**through_text(barber()), "format": FORMAT + 1}, CATALOG, AT)
    assert "最新版本" in told.value.todo


def test_a_draft_of_the_format_before_has_no_signature_and_is_read() -> None:
    document = through_text(barber())
    document["format"] = 1
    del document["signed"]
    assert read_visit(document, CATALOG, AT).visit.confirmation is None
