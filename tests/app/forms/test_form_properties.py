"""For any items, conditions and tables: combining asks each thing once, splitting gives each item exactly its own."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.fact import Fact, Source, SourceKind, Verdict
from app.domain.form import FormDefinition
from app.domain.item import Catalog, Element, ElementType, FieldUse, Item, Role, holds
from app.domain.table import read_table, write_table
from app.forms.combine import combine
from app.forms.fill import FormState
from app.forms.split import split
from app.forms.validate import Validator

AT = dt.datetime(2026, 11, 21, 1, 30, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 21)
ROLES = {r: Role(r, r, r, i) for i, r in enumerate(("applicant", "premises"))}
COLUMNS = ("name", "phone", "area")
ELEMENTS = {e: Element(e, e, e, ElementType.TEXT) for e in ("name", "address", "phone", "area", "kind")} | {
    "staff": Element("staff", "staff", "", ElementType.TABLE, columns=COLUMNS)
}
KEYS = [(r, e) for r in ROLES for e in ELEMENTS]
TEXTS = ("", "a", "b", "㛃𠮷")

_WHEN = st.dictionaries(
    st.sampled_from([f"{r}.{e}" for r, e in KEYS if e != "staff"] + ["answer.x"]),
    st.lists(st.sampled_from(("a", "b", "*", "")), min_size=1, max_size=2, unique=True).map(tuple),
    max_size=2,
)


@st.composite
def _use(draw: st.DrawFn, key: tuple[str, str]) -> FieldUse:
    columns: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    if key[1] == "staff":
        columns = tuple(c for c in COLUMNS if draw(st.booleans()))
        needed = tuple(c for c in columns or COLUMNS if draw(st.booleans()))
    when = draw(st.one_of(st.just({}), _WHEN))
    return FieldUse(*key, draw(st.booleans()), when=when, columns=columns, required_columns=needed)


@st.composite
def _items(draw: st.DrawFn) -> list[Item]:
    made = []
    for n in range(draw(st.integers(1, 4))):
        keys = draw(st.lists(st.sampled_from(KEYS), max_size=7, unique=True))
        uses = tuple(draw(_use(key)) for key in keys)
        made.append(Item(f"i{n}", f"i{n}", "", "d", "", "即办件", 1, 1, "", "", uses, ()))
    return made


_TABLES = st.lists(st.dictionaries(st.sampled_from(COLUMNS), st.sampled_from(TEXTS)), max_size=3).map(write_table)


@st.composite
def _values(draw: st.DrawFn) -> dict[str, str]:
    found = {f"{r}.{e}": draw(_TABLES if e == "staff" else st.sampled_from(TEXTS)) for r, e in KEYS}
    return {**found, "answer.x": draw(st.sampled_from(TEXTS)), "other.secret": "s"}


def catalog_of(items: list[Item]) -> Catalog:
    return Catalog("1", {}, ROLES, ELEMENTS, {i.code: i for i in items}, {})


def asked_plainly(items: list[Item], values: Mapping[str, str]) -> set[tuple[str, str]] | None:
    """Which item asks what, by going round until nothing changes; None where conditions go round in a circle.

    Written from the rule and not from the program: an item's condition sees its own questions where it has them.
    """
    uses = {(item.code, use.key): use for item in items for use in item.fields}
    keys = {key for _, key in uses}

    def looks_at(code: str, key: str) -> set[tuple[str, str]]:
        own = {(code, key)} & uses.keys()
        return own or {node for node in uses if node[1] == key}

    on: dict[tuple[str, str], bool] = {}
    while len(on) < len(uses):
        ready = [n for n in uses if n not in on and all(m in on for k in uses[n].when for m in looks_at(n[0], k))]
        if not ready:
            return None
        for code, key in ready:
            seen = {}
            for k in uses[code, key].when:
                visible = k not in keys or any(on[node] for node in looks_at(code, k))
                seen[k] = values.get(k, "") if visible else ""
            on[code, key] = holds(uses[code, key].when, seen)
    return {node for node, asked in on.items() if asked}


@given(_items(), _values())
@settings(max_examples=100)
def test_split_after_combine_loses_and_leaks_nothing(items: list[Item], values: dict[str, str]) -> None:
    form = combine(catalog_of(items), items)
    parts = split(form, items, values)
    asked = asked_plainly(items, values)
    if asked is None:
        for item in items:  # whatever a circle means, nobody gets what he never asks
            assert parts[item.code].keys() <= {use.key for use in item.fields}
        return
    for item in items:
        wanted = {}
        for use in item.fields:
            text = values[use.key]
            if use.element == "staff":
                mine = use.columns or COLUMNS
                rows = [{c: row[c] for c in mine if row.get(c)} for row in (json.loads(text) if text else [])]
                text = write_table(row for row in rows if row)
            if text and (item.code, use.key) in asked:
                wanted[use.key] = text
        assert parts[item.code] == wanted
        assert list(parts[item.code]) == [use.key for use in item.fields if use.key in wanted]


@given(_items(), _values())
@settings(max_examples=40)
def test_each_item_gets_what_its_own_form_would_have_held(items: list[Item], values: dict[str, str]) -> None:
    """Where an item's conditions look at its own fields only, the bundle changes nothing for it."""
    parts = split(combine(catalog_of(items), items), items, values)
    for item in items:
        own = {use.key for use in item.fields} | {"answer.x"}
        if all(use.when.keys() <= own for use in item.fields):
            alone = combine(catalog_of(items), [item])
            assert parts[item.code] == split(alone, [item], values)[item.code]


@given(_items(), st.randoms(use_true_random=False), _values())
@settings(max_examples=40)
def test_the_order_of_the_items_changes_nothing(items: list[Item], random: object, values: dict[str, str]) -> None:
    catalog, other = catalog_of(items), list(items)
    random.shuffle(other)  # type: ignore[attr-defined]
    one, two = combine(catalog, items), combine(catalog, other)
    assert one.sections == two.sections
    assert sorted(one.items) == sorted(two.items)
    assert split(one, items, values) == split(two, items, values)
    assert Validator(one, TODAY).problems(values) == Validator(two, TODAY).problems(values)


@given(_items(), _values())
@settings(max_examples=40)
def test_what_is_not_asked_is_neither_checked_nor_missed(items: list[Item], values: dict[str, str]) -> None:
    form = combine(catalog_of(items), items)
    state = filled(form, values)
    sent = {key for part in split(form, items, state.values()).values() for key in part}
    plain = {key for key, value in state.values().items() if not value.startswith("[")}
    assert plain <= sent
    assert {p.key for p in Validator(form, TODAY).problems(state.kept())} <= state.asked().keys()
    assert state.kept().keys() >= state.values().keys()


@given(_items(), st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(TEXTS)), max_size=12))
@settings(max_examples=50)
def test_checking_step_by_step_equals_checking_from_scratch(
    items: list[Item], steps: list[tuple[tuple[str, str], str]]
) -> None:
    """The validator that remembers and one that has just been made always agree; so do their forms."""
    form = combine(catalog_of(items), items)
    remembers, values = Validator(form, TODAY), dict[str, str]()
    state = FormState(form)
    for (role, element), text in steps:
        value = write_table([{"name": text, "phone": "x"}]) if element == "staff" else text
        if f"{role}.{element}" not in {f.key for f in form.fields}:
            continue
        values[f"{role}.{element}"] = value
        state = state.type(f"{role}.{element}", value, AT)
        assert remembers.problems(values) == Validator(form, TODAY).problems(values)
        fresh = FormState(form, state._now)
        assert state.states() == fresh.states()
        assert list(state.asked().items()) == list(fresh.asked().items())
        assert list(remembers.asked(values)) == list(state.asked())


_SOURCES = st.builds(Source, st.sampled_from(list(SourceKind)), st.sampled_from(("来源甲", "来源乙")))
_FACTS = st.builds(
    lambda key, value, source, verdict: Fact(*key, value, source, verdict, AT),
    st.sampled_from([key for key in KEYS if key[1] != "staff"]),
    st.sampled_from(TEXTS[1:]),
    _SOURCES,
    st.sampled_from(list(Verdict)),
)
_STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.lists(_FACTS, max_size=3)),
        st.tuples(st.just("offer"), st.lists(_FACTS, max_size=3)),
        st.tuples(st.just("type"), st.tuples(st.sampled_from(KEYS[:5]), st.sampled_from(TEXTS))),
        st.tuples(st.just("settle"), st.integers(0, 5)),
    ),
    max_size=10,
)


@given(_items(), _STEPS)
@settings(max_examples=50)
def test_undo_returns_exactly(items: list[Item], steps: list[tuple[str, object]]) -> None:
    states = [FormState(combine(catalog_of(items), items))]
    for verb, argument in steps:
        now = states[-1]
        match verb, argument:
            case ("add", list(facts)):
                after = now.add(facts)
            case ("offer", list(facts)):
                after = now.offer(facts)
            case ("type", ((role, element), str(text))):
                after = now.type(f"{role}.{element}", text, AT)
            case ("settle", int(number)):
                usable = [f for f in now.facts if f.verdict.usable]
                after = now.settle(usable[number].key, usable[number]) if number < len(usable) else now
        if after is not now:
            states.append(after)
    back = states[-1]
    for before in reversed(states[:-1]):
        back = back.undo()
        assert back == before
        assert back.facts == before.facts
        assert back.states() == before.states()
        assert back.values() == before.values()
        assert back.to_json() == before.to_json()
    assert not back.can_undo


def filled(form: FormDefinition, values: Mapping[str, str]) -> FormState:
    state = FormState(form)
    for f in form.fields:
        if values.get(f.key):
            state = state.type(f.key, values[f.key], AT)
    return state


_CELLS = st.dictionaries(st.text(max_size=3), st.text(max_size=4), max_size=3)


@given(st.lists(_CELLS, max_size=4))
def test_a_table_reads_back_as_written(rows: list[dict[str, str]]) -> None:
    text = write_table(rows)
    assert write_table(read_table(text)) == text
    assert read_table(text) == [kept for row in rows if (kept := {c: v for c, v in row.items() if v})]
