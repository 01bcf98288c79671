"""Split after combine loses nothing and leaks nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.form import FormDefinition
from app.domain.item import Catalog, Element, ElementType, FieldUse, Item, Role
from app.forms.combine import combine
from app.forms.split import split

ROLES = {r: Role(r, r, r, i) for i, r in enumerate(("applicant", "business", "premises"))}
ELEMENTS = {e: Element(e, e, e, ElementType.TEXT) for e in ("name", "address", "phone", "area")}
KEYS = [(r, e) for r in ROLES for e in ELEMENTS]


def item(code: str, uses: list[tuple[str, str, bool]]) -> Item:
    fields = tuple(FieldUse(role, element, required) for role, element, required in uses)
    return Item(code, code, "", "d", "", "即办件", 1, 1, "", "", fields, ())


def catalog_of(items: list[Item]) -> Catalog:
    return Catalog("1", {}, ROLES, ELEMENTS, {i.code: i for i in items}, {})


_USES = st.lists(st.tuples(st.sampled_from(KEYS), st.booleans()), max_size=8, unique_by=lambda use: use[0])
_ITEMS = st.lists(_USES, min_size=1, max_size=5).map(
    lambda some: [item(f"i{n}", [(*key, required) for key, required in uses]) for n, uses in enumerate(some)]
)
_VALUES = st.dictionaries(
    st.sampled_from([f"{r}.{e}" for r, e in KEYS] + ["other.secret"]), st.text("㛃𠮷䶮𬭚甲1", max_size=3)
)


@given(_ITEMS, _VALUES)
def test_split_after_combine_loses_and_leaks_nothing(items: list[Item], values: dict[str, str]) -> None:
    form = combine(catalog_of(items), items)
    parts = split(form, items, values)
    assert set(parts) == {i.code for i in items}
    for one in items:
        asked = {use.key for use in one.fields}
        assert parts[one.code] == {key: text for key, text in values.items() if key in asked and text}
    sent = {key for part in parts.values() for key in part}
    assert sent == {f.key for f in form.fields if values.get(f.key)}


@given(_ITEMS)
def test_combine_asks_each_question_once_for_all_who_ask(items: list[Item]) -> None:
    form = combine(catalog_of(items), items)
    assert len({f.key for f in form.fields}) == len(form.fields)
    for f in form.fields:
        askers = [i for i in items for use in i.fields if use.key == f.key]
        assert sorted(f.asked_by) == sorted(i.code for i in askers)
        assert f.required == any(use.required for i in items for use in i.fields if use.key == f.key)


def test_the_signboard_desk_learns_no_birth_date(form: FormDefinition, barber: tuple[Item, ...]) -> None:
    values = {f.key: "值" for f in form.fields}
    signboard = split(form, barber, values)[barber[2].code]
    assert "applicant.name" in signboard
    assert "applicant.birth_date" not in signboard
    assert "business.capital" not in signboard


def test_an_item_outside_the_form_is_refused(form: FormDefinition, catalog: Catalog) -> None:
    with pytest.raises(ValueError, match="not part of this form"):
        split(form, catalog.items_of("settle-in-town"), {})
