"""Three items, one form."""

from __future__ import annotations

import dataclasses

import pytest
from jsonschema import Draft202012Validator

from app.domain.errors import BadInput
from app.domain.form import FormDefinition
from app.domain.item import Catalog, Element, ElementType, FieldUse, Item, Role
from app.forms.combine import combine
from app.forms.document import instance, schema


def field(form: FormDefinition, key: str):  # type: ignore[no-untyped-def]
    return next(f for f in form.fields if f.key == key)


def test_each_data_element_is_asked_once(form: FormDefinition, barber: tuple[Item, ...]) -> None:
    keys = [f.key for f in form.fields]
    assert len(keys) == len(set(keys)) == 27
    assert form.asked_separately == sum(len(item.fields) for item in barber) == 43
    assert {f.key for f in form.fields} == {use.key for item in barber for use in item.fields}
    assert field(form, "applicant.name").asked_by == tuple(item.code for item in barber)


def test_sections_follow_the_roles(form: FormDefinition) -> None:
    assert [s.role for s in form.sections] == ["applicant", "business", "premises", "hygiene", "signboard"]
    assert [f.role for s in form.sections for f in s.fields] == [s.role for s in form.sections for _ in s.fields]


def test_the_strictest_constraint_and_need_win(form: FormDefinition) -> None:
    area = field(form, "premises.area").schema
    assert (area["minimum"], area["maximum"], area["exclusiveMinimum"]) == (10, 1000, 0)
    assert field(form, "business.employees").schema["maximum"] == 300
    assert field(form, "business.name").schema["minLength"] == 2


def test_required_if_any_requires(catalog: Catalog, barber: tuple[Item, ...]) -> None:
    optional = dataclasses.replace(barber[2], code="x", fields=(FieldUse("business", "name", required=False),))
    assert not combine(catalog, [optional]).fields[0].required
    both = combine(catalog, [optional, barber[2]])
    assert field(both, "business.name").required


def test_choices_are_narrowed_to_what_all_allow(form: FormDefinition) -> None:
    position = field(form, "signboard.position")
    assert list(position.element.codes) == ["lintel", "wall", "side"]
    assert position.schema["enum"] == ["lintel", "wall", "side"]


def test_titles_are_the_roles_wording(form: FormDefinition) -> None:
    assert field(form, "business.name").title == "字号名称"
    assert field(form, "premises.address").title == "场所地址"
    assert field(form, "applicant.address").title == "住址"


def test_an_item_named_twice_counts_once(catalog: Catalog, barber: tuple[Item, ...], form: FormDefinition) -> None:
    assert combine(catalog, [*barber, barber[0]]) == form
    assert combine(catalog, []) == FormDefinition((), ())


def test_a_contradiction_names_both_items_and_the_field(catalog: Catalog, barber: tuple[Item, ...]) -> None:
    small = dataclasses.replace(
        barber[2], code="small", name="小店备案", fields=(FieldUse("premises", "area", schema={"maximum": 9}),)
    )
    with pytest.raises(BadInput) as caught:
        combine(catalog, [barber[1], small])
    assert "《公共场所卫生许可（美容美发场所）》、《小店备案》对“使用面积”的要求相互矛盾" in caught.value.what


def test_the_document_is_json_schema_2020_12(form: FormDefinition) -> None:
    document = schema(form)
    Draft202012Validator.check_schema(document)
    assert document["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert "business.capital" in document["required"]
    assert "applicant.name_en" not in document["required"]


def test_values_become_the_documents_types(form: FormDefinition) -> None:
    values = {
        "business.employees": "3",
        "premises.area": "88.60",
        "business.name": "3",
        "hygiene.seats": "",
        "no.no": "1",
    }
    made = instance(form, values)
    assert made == {"business.employees": 3, "premises.area": 88.6, "business.name": "3"}
    assert instance(form, {"business.employees": "1_0"}) == {"business.employees": "1_0"}
    assert instance(form, {"business.employees": "NaN"}) == {"business.employees": "NaN"}
    # Half-typed text stays a text and fails the schema: it is not turned into some number.
    properties = schema(form)["properties"]
    assert not Draft202012Validator(properties["business.employees"]).is_valid("1_0")


def test_order_of_equal_roles_is_stable() -> None:
    elements = {e: Element(e, e, e, ElementType.TEXT) for e in "ab"}
    roles = {r: Role(r, r, r, 1) for r in "xy"}
    uses = (FieldUse("y", "a"), FieldUse("x", "b"))
    item = Item("c", "c", "", "d", "", "即办件", 1, 1, "", "", uses, ())
    catalog = Catalog("1", {}, roles, elements, {"c": item}, {})
    assert [s.role for s in combine(catalog, [item]).sections] == ["x", "y"]
