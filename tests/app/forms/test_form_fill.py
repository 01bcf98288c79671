"""Facts fill the form by trust; the clerk has the last word; nothing is overwritten unseen."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import BadInput
from app.domain.fact import Fact, Source, SourceKind, Verdict
from app.domain.form import FieldState, FormDefinition
from app.domain.item import Catalog, Item
from app.forms.combine import combine
from app.forms.fill import FormState, proposals

AT = dt.datetime(2026, 11, 21, 1, 30, tzinfo=dt.UTC)
NAME = "applicant.name"
CARD = Source(SourceKind.CARD, "居民身份证", "3305**********1234")
LICENCE = Source(SourceKind.LICENCE, "不动产权证书", "1.2.156…")


def fact(
    key: str,
    value: str,
    source: Source = CARD,
    verdict: Verdict = Verdict.CHIP_READ,
    minutes: int = 0,
) -> Fact:
    role, _, element = key.partition(".")
    return Fact(role, element, value, source, verdict, AT + dt.timedelta(minutes=minutes))


@pytest.fixture
def empty(form: FormDefinition) -> FormState:
    return FormState(form)


def test_an_empty_form_is_empty(empty: FormState) -> None:
    assert empty.values() == {}
    assert empty.state(NAME) == FieldState()
    assert not empty.can_undo
    assert empty.undo() is empty


def test_a_fact_fills_its_field_and_names_its_source(empty: FormState) -> None:
    filled = empty.add([fact(NAME, "张㛃𠮷䶮𬭚")])
    assert filled.values() == {NAME: "张㛃𠮷䶮𬭚"}
    assert filled.in_force()[NAME].source == CARD
    assert empty.values() == {}


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_more_trusted_source_stands_whatever_the_order(empty: FormState, order: tuple[int, int]) -> None:
    facts = [fact(NAME, "张伟"), fact(NAME, "章伟", LICENCE, Verdict.SIGNATURE_VALID)]
    state = empty.add([facts[order[0]]]).add([facts[order[1]]]).state(NAME)
    assert state.value == "张伟"
    assert [rival.value for rival in state.rivals] == ["章伟"]


def test_sources_that_agree_are_no_rivals(empty: FormState) -> None:
    area = "premises.area"
    query = Source(SourceKind.QUERY, "不动产登记查询")
    state = empty.add([fact(area, "88.60", LICENCE), fact(area, "88.6", query)]).state(area)
    assert state.fact is not None
    assert state.fact.source == query
    assert state.rivals == ()


@pytest.mark.parametrize("verdict", [Verdict.EXPIRED, Verdict.REVOKED, Verdict.INVALID])
def test_what_is_not_usable_never_fills_and_never_contradicts(empty: FormState, verdict: Verdict) -> None:
    bad = fact("premises.address", "旧址", LICENCE, verdict)
    assert empty.add([bad]).state("premises.address") == FieldState()
    good = fact("premises.address", "新址", Source(SourceKind.QUERY, "查询"))
    filled = empty.add([bad, good])
    assert filled.state("premises.address").rivals == ()
    assert bad in filled.facts


def test_the_clerks_entry_wins_and_the_card_stands_beside_it(empty: FormState) -> None:
    state = empty.add([fact(NAME, "张伟")]).type(NAME, "张玮", AT).state(NAME)
    assert state.value == "张玮"
    assert state.fact is not None
    assert state.fact.source.kind is SourceKind.CLERK
    assert [rival.source for rival in state.rivals] == [CARD]


def test_a_card_read_after_typing_does_not_overwrite(empty: FormState) -> None:
    state = empty.type(NAME, "张玮", AT).add([fact(NAME, "张伟")]).state(NAME)
    assert (state.value, [r.value for r in state.rivals]) == ("张玮", ["张伟"])


def test_a_fact_stated_by_the_clerk_but_not_typed_here_is_weak(empty: FormState) -> None:
    said = fact(NAME, "张玮", Source(SourceKind.CLERK, "上次来访登记"), Verdict.STATED)
    assert empty.add([said, fact(NAME, "张伟")]).state(NAME).value == "张伟"


def test_typing_what_the_card_says_keeps_the_card_as_source(empty: FormState) -> None:
    read = empty.add([fact(NAME, "张伟")])
    assert read.type(NAME, "张伟", AT) is read
    back = read.type(NAME, "张玮", AT).type(NAME, "张伟", AT)
    assert back.in_force()[NAME].source == CARD
    assert back.state(NAME).rivals == ()


def test_typing_what_a_rival_says_chooses_the_rival(empty: FormState) -> None:
    both = empty.add([fact(NAME, "张伟"), fact(NAME, "章伟", LICENCE)])
    state = both.type(NAME, "章伟", AT).state(NAME)
    assert state.fact is not None
    assert state.fact.source == LICENCE
    assert [r.value for r in state.rivals] == ["张伟"]


def test_clearing_empties_the_field_but_forgets_nothing(empty: FormState) -> None:
    cleared = empty.add([fact(NAME, "张伟")]).type(NAME, "", AT)
    assert NAME not in cleared.values()
    assert NAME not in cleared.in_force()
    assert [r.value for r in cleared.state(NAME).rivals] == ["张伟"]
    assert empty.type(NAME, "张", AT).type(NAME, "", AT).state(NAME) == FieldState()


def test_settling_ends_the_dispute_until_somebody_says_something_new(empty: FormState) -> None:
    other = fact(NAME, "章伟", LICENCE, Verdict.SIGNATURE_VALID)
    settled = empty.add([fact(NAME, "张伟"), other]).settle(NAME, other)
    assert settled.state(NAME) == FieldState(other, ())
    again = settled.add([fact(NAME, "张偉", Source(SourceKind.QUERY, "人口查询"))])
    assert again.state(NAME).value == "章伟"
    assert [r.value for r in again.state(NAME).rivals] == ["张偉"]


def test_a_settled_source_that_changes_its_word_reopens_the_matter(empty: FormState) -> None:
    other = fact(NAME, "章伟", LICENCE)
    settled = empty.add([fact(NAME, "张伟"), other]).settle(NAME, other)
    changed = settled.add([fact(NAME, "章卫", LICENCE, minutes=1)]).state(NAME)
    assert (changed.value, [r.value for r in changed.rivals]) == ("张伟", ["章卫"])


def test_a_reopened_matter_shows_all_who_differ(empty: FormState) -> None:
    other, query = fact(NAME, "章伟", LICENCE), fact(NAME, "张偉", Source(SourceKind.QUERY, "人口查询"))
    settled = empty.add([fact(NAME, "张伟"), query, other]).settle(NAME, other)
    assert settled.state(NAME).rivals == ()
    reopened = settled.add([fact(NAME, "章卫", LICENCE, minutes=1)]).state(NAME)
    assert [r.value for r in reopened.rivals] == ["张偉", "章卫"]
    typed = settled.type(NAME, "张三", AT).state(NAME)
    assert [r.value for r in typed.rivals] == ["张伟", "张偉", "章伟"]


def test_repeating_oneself_changes_nothing(empty: FormState) -> None:
    other = fact(NAME, "章伟", LICENCE)
    settled = empty.add([fact(NAME, "张伟"), other]).settle(NAME, other)
    assert settled.add([fact(NAME, "章伟", LICENCE, minutes=5)]) is settled


def test_settling_with_a_foreign_unknown_or_unusable_fact_is_refused(empty: FormState) -> None:
    known = fact(NAME, "张伟")
    bad = fact(NAME, "章伟", LICENCE, Verdict.EXPIRED)
    state = empty.add([known, bad])
    for wrong in (fact(NAME, "李四"), fact("applicant.sex", "1"), bad):
        with pytest.raises(ValueError, match="not a usable fact"):
            state.settle(NAME, wrong)


def test_a_source_replaces_its_own_earlier_word(empty: FormState) -> None:
    state = empty.add([fact(NAME, "张伟")]).add([fact(NAME, "张玮", minutes=1)]).state(NAME)
    assert (state.value, state.rivals) == ("张玮", ())


def test_two_cards_contradict_each_other_in_the_open(empty: FormState) -> None:
    other = Source(SourceKind.CARD, "居民身份证", "3305**********5678")
    state = empty.add([fact(NAME, "张伟"), fact(NAME, "李娜", other, minutes=1)]).state(NAME)
    assert (state.value, [r.value for r in state.rivals]) == ("李娜", ["张伟"])


def test_proposals_fill_what_nobody_said_and_contradict_nobody(form: FormDefinition) -> None:
    state = FormState(FormDefinition((), ())).with_definition(form, AT)
    assert state.values()["business.trade"] == "8040"
    assert state.in_force()["business.trade"].source.kind is SourceKind.DEFAULT
    said = state.add([fact("business.trade", "8051", LICENCE)])
    assert said.state("business.trade").value == "8051"
    assert said.state("business.trade").rivals == ()
    typed = state.type("business.trade", "8053", AT)
    assert typed.values()["business.trade"] == "8053"
    assert typed.undo().values()["business.trade"] == "8040"
    assert not FormState(form).values()


def test_proposals_keep_their_time_when_items_come_and_go(catalog: Catalog, barber: tuple[Item, ...]) -> None:
    first = FormState(combine(catalog, barber[:1])).with_definition(combine(catalog, barber[:1]), AT)
    later = first.with_definition(combine(catalog, barber), AT + dt.timedelta(hours=1))
    assert later.in_force()["business.trade"].at == AT
    assert later.in_force()["hygiene.place_category"].at == AT + dt.timedelta(hours=1)
    gone = later.with_definition(combine(catalog, barber[2:]), AT)
    assert "business.trade" not in gone.values()
    assert {f.key for f in proposals(combine(catalog, barber[2:]), AT)} == {"signboard.position", "signboard.lighting"}


def test_facts_for_items_not_yet_chosen_wait(catalog: Catalog, barber: tuple[Item, ...]) -> None:
    state = FormState(FormDefinition((), ())).add([fact("premises.area", "88.6", LICENCE)])
    assert state.values() == {}
    assert state.with_definition(combine(catalog, barber)).values() == {"premises.area": "88.6"}


def test_undo_goes_back_step_by_step_under_the_present_form(
    empty: FormState, catalog: Catalog, barber: tuple[Item, ...]
) -> None:
    state = empty.add([fact(NAME, "张伟")]).type(NAME, "张玮", AT).type("hygiene.seats", "3", AT)
    small = state.with_definition(combine(catalog, barber[2:]))
    assert small.undo().definition == small.definition
    assert state.undo().undo().values() == {NAME: "张伟"}
    assert state.undo().undo().undo() == empty


def test_a_draft_comes_back_as_it_was(empty: FormState, form: FormDefinition) -> None:
    other = fact(NAME, "章伟", LICENCE, Verdict.SIGNATURE_VALID)
    state = (
        empty.with_definition(form, AT)
        .add([fact(NAME, "张㛃𠮷䶮𬭚"), other, fact("x.later", "1")])
        .settle(NAME, other)
        .type("hygiene.seats", "3", AT)
    )
    text = json.dumps(state.to_json(), ensure_ascii=False)
    back = FormState.from_json(form, json.loads(text))
    assert back == state
    assert back.states() == state.states()
    assert back.facts == state.facts


@pytest.mark.parametrize(
    "document",
    [
        None,
        [],
        {},
        {"facts": [{}], "chosen": {}, "settled": {}},
        {"facts": [], "chosen": {NAME: 0}, "settled": {}},
        {"facts": [], "chosen": {}, "settled": {NAME: [1]}},
        {"facts": 3, "chosen": {}, "settled": {}},
    ],
)
def test_a_broken_draft_is_refused_in_words(form: FormDefinition, document: object) -> None:
    with pytest.raises(BadInput, match="草稿不能恢复"):
        FormState.from_json(form, document)


def test_a_draft_whose_decision_points_elsewhere_is_refused(empty: FormState, form: FormDefinition) -> None:
    document = empty.add([fact(NAME, "张伟"), fact("applicant.sex", "1")]).to_json()
    document["chosen"] = {"applicant.sex": 0}
    with pytest.raises(BadInput):
        FormState.from_json(form, document)


_FACTS = st.builds(
    lambda value, kind, verdict, minutes, ref: fact(NAME, value, Source(kind, "来源", ref), verdict, minutes),
    st.sampled_from("甲乙丙"),
    st.sampled_from(list(SourceKind)),
    st.sampled_from(list(Verdict)),
    st.integers(0, 5),
    st.sampled_from("ab"),
)


@given(st.lists(_FACTS, max_size=8))
def test_whatever_is_learnt_every_usable_word_is_shown_or_agrees(facts: list[Fact]) -> None:
    """No usable fact is lost from sight: it stands, or says the same, or is a rival (defaults aside)."""
    state = FormState(FormDefinition((), ())).add(facts)
    shown = state.state(NAME)
    latest = {f.source: f for f in facts}
    usable = [f for f in latest.values() if f.verdict.usable]
    if not usable:
        assert shown == FieldState()
        return
    assert shown.fact is not None
    order = list(SourceKind)
    assert order.index(shown.fact.source.kind) == min(order.index(f.source.kind) for f in usable)
    said = {shown.value} | {rival.value for rival in shown.rivals}
    assert {f.value for f in usable if f.source.kind is not SourceKind.DEFAULT} <= said
