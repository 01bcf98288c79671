"""Conditional fields and tables, by example."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from app.domain.fact import Fact, Source, SourceKind, Verdict
from app.domain.form import CellProblem, Problem
from app.domain.item import Catalog, Element, ElementType, FieldUse, Item, Role
from app.domain.table import only_columns, read_pasted, read_table, write_table
from app.forms.combine import Conflict, combine
from app.forms.document import instance, schema
from app.forms.entry import read
from app.forms.fill import FormState
from app.forms.schema_checks import schema_validator
from app.forms.split import split
from app.forms.validate import Validator
from app.identity.numbers import check_number

TODAY = dt.date(2026, 11, 21)
AT = dt.datetime(2026, 11, 21, 1, 30, tzinfo=dt.UTC)
T = ElementType
ROLES = {r: Role(r, r, r, i) for i, r in enumerate(("applicant", "business", "premises"))}
COLUMNS = ("name", "id_number", "birth_date", "wage")
ELEMENTS = {
    e.id: e
    for e in (
        Element("name", "姓名", "", T.TEXT, {"maxLength": 20}),
        Element("id_number", "证件号码", "", T.ID_NUMBER),
        Element("birth_date", "出生日期", "", T.DATE),
        Element("use_right", "使用方式", "", T.CHOICE, codes={"own": "自有", "rent": "租赁"}),
        Element("lease_end", "租期至", "", T.DATE),
        Element("area", "面积", "", T.DECIMAL, unit="平方米"),
        Element("landlord", "出租人", "", T.TEXT),
        Element("wage", "月工资", "", T.DECIMAL, {"minimum": 0}),
        Element("employee_list", "职工名册", "", T.TABLE, {"maxItems": 4}, columns=COLUMNS),
    )
}  # fmt: skip
USE, LEASE, AREA, STAFF = "premises.use_right", "premises.lease_end", "premises.area", "business.employee_list"
RENT = {USE: ("rent",)}
NUMBER, WOMAN = "330502199003071232", "330502198811230022"


def item(code: str, *uses: FieldUse) -> Item:
    return Item(code, f"事项{code}", "", "d", "", "即办件", 1, 1, "", "", uses, ())


def catalog(*items: Item) -> Catalog:
    return Catalog("1", {}, ROLES, ELEMENTS, {i.code: i for i in items}, {})


def form(*items: Item, answers: dict[str, str] | None = None) -> Any:
    return combine(catalog(*items), items, answers)


SHOP = item("A", FieldUse("premises", "use_right"), FieldUse("premises", "lease_end", when=RENT))


def test_a_conditional_field_is_asked_checked_and_sent_only_while_its_condition_holds() -> None:
    definition = form(SHOP)
    validator = Validator(definition, TODAY)
    state = FormState(definition).type(USE, "rent", AT)
    assert [p.key for p in validator.problems(state.kept())] == [LEASE]
    leased = state.type(LEASE, "2026-13-01", AT)
    assert [p.message for p in validator.problems(leased.kept())] == ["租期至：没有这一天"]
    owned = leased.type(USE, "own", AT)
    assert list(owned.asked()) == [USE]
    assert validator.problems(owned.kept()) == ()
    assert owned.values() == {USE: "own"}
    assert split(definition, [SHOP], owned.kept()) == {"A": {USE: "own"}}
    assert owned.kept()[LEASE] == "2026-13-01"  # kept …
    assert owned.type(USE, "rent", AT).values() == {USE: "rent", LEASE: "2026-13-01"}  # … and back


def test_what_depends_on_a_field_not_asked_is_not_asked_either() -> None:
    chain = item(
        "A",
        FieldUse("premises", "use_right"),
        FieldUse("premises", "landlord", when=RENT),
        FieldUse("premises", "area", when={"premises.landlord": ("*",)}),
    )
    values = {USE: "own", "premises.landlord": "某人", AREA: "9"}
    assert list(FormState(form(chain)).asked()) == [USE]
    assert split(form(chain), [chain], values) == {"A": {USE: "own"}}
    assert split(form(chain), [chain], values | {USE: "rent"})["A"] == values | {USE: "rent"}


def test_a_field_is_as_strict_and_as_needed_as_those_who_ask_it_now() -> None:
    mild = item("A", FieldUse("premises", "use_right"), FieldUse("premises", "area", required=False))
    strict = item("B", FieldUse("premises", "area", schema={"minimum": 50}, when=RENT))
    definition = form(mild, strict)
    validator = Validator(definition, TODAY)
    assert [p.key for p in validator.problems({USE: "own"})] == []
    assert validator.problem_of(AREA, {USE: "own", AREA: "10"}) is None
    assert validator.problem_of(AREA, {USE: "rent", AREA: "10"}) == Problem(AREA, "面积不能小于 50 平方米")
    assert validator.problem_of(AREA, {USE: "rent"}) == Problem(AREA, "请填写面积", missing=True)
    assert split(definition, [mild, strict], {USE: "own", AREA: "10"}) == {"A": {USE: "own", AREA: "10"}, "B": {}}


def test_conditions_that_wait_for_each_other_ask_nothing() -> None:
    circle = item(
        "A",
        FieldUse("premises", "landlord", when={"premises.area": ("*",)}),
        FieldUse("premises", "area", when={"premises.landlord": ("*",)}),
    )
    values = {"premises.landlord": "某人", AREA: "9"}
    assert Validator(form(circle), TODAY).problems(values) == ()
    assert split(form(circle), [circle], values) == {"A": {}}


def test_answers_of_the_guide_settle_conditions_when_the_form_is_made() -> None:
    asks = item(
        "A",
        FieldUse("premises", "landlord", when={"answer.kind": ("rent",)}),
        FieldUse("premises", "lease_end", when={"answer.kind": ("rent",), **RENT}),
        FieldUse("premises", "use_right"),
    )
    assert [f.key for f in form(asks, answers={"kind": "own"}).fields] == [USE]
    made = form(asks, answers={"answer.kind": "rent"})
    assert [f.key for f in made.fields] == ["premises.landlord", LEASE, USE]
    assert [f.when for f in made.fields] == [(), (RENT,), ()]
    open_still = form(asks)  # no guide yet: judged with the values
    assert split(open_still, [asks], {"premises.landlord": "某", "answer.kind": "rent"})["A"] == {
        "premises.landlord": "某"
    }
    assert split(open_still, [asks], {"premises.landlord": "某"})["A"] == {}


# -- contradictions ---------------------------------------------------------------------------------------------------


def test_a_contradiction_says_who_wants_what_and_the_way_out() -> None:
    small, large = (
        item("A", FieldUse("premises", "area", schema={"maximum": 9})),
        item("B", FieldUse("premises", "area", schema={"minimum": 10})),
    )
    with pytest.raises(Conflict) as caught:
        form(small, large)
    assert caught.value.what == (
        "《事项A》、《事项B》对“面积”的要求相互矛盾：《事项A》要求不大于 9 平方米；《事项B》要求不小于 10 平方米"
    )
    assert "移去《事项A》或者《事项B》，分两次受理" in caught.value.todo
    assert (caught.value.key, set(caught.value.items)) == (AREA, {"A", "B"})


def test_conditions_that_exclude_each_other_keep_contradictions_apart() -> None:
    small = item(
        "A",
        FieldUse("premises", "use_right"),
        FieldUse("premises", "area", schema={"maximum": 9}, when={USE: ("own",)}),
    )
    large = item("B", FieldUse("premises", "area", schema={"minimum": 10}, when=RENT))
    validator = Validator(form(small, large), TODAY)
    assert validator.problem_of(AREA, {USE: "own", AREA: "9"}) is None
    assert validator.problem_of(AREA, {USE: "rent", AREA: "10"}) is None
    assert validator.problem_of(AREA, {USE: "rent", AREA: "9"}) is not None
    with pytest.raises(Conflict):
        form(small, item("B", FieldUse("premises", "area", schema={"minimum": 10}, when={USE: ("*",)})))


def test_three_that_exclude_each_other_only_together_are_told_when_they_meet() -> None:
    """Two by two each pair has a value; all three have none."""
    one = item("A", FieldUse("premises", "use_right"), FieldUse("premises", "area", schema={"multipleOf": 11}))
    two = item("B", FieldUse("premises", "area", schema={"minimum": 1}, when=RENT))
    three = item("C", FieldUse("premises", "area", schema={"maximum": 10}, when=RENT))
    validator = Validator(form(one, two, three), TODAY)
    problem = validator.problem_of(AREA, {USE: "rent", AREA: "5"})
    assert problem is not None
    assert "要求相互矛盾" in problem.message
    assert validator.problem_of(AREA, {USE: "own", AREA: "11"}) is None


def test_default_of_three_is_proposed_only_if_all_agree() -> None:
    uses = [item(c, FieldUse("premises", "area", schema={"default": d})) for c, d in (("A", 1), ("B", 2), ("C", 1))]
    assert "default" not in form(*uses).fields[0].schema
    assert form(uses[0], uses[2]).fields[0].schema["default"] == 1


# -- tables -----------------------------------------------------------------------------------------------------------

POLICE = item("P", FieldUse("business", "employee_list", columns=("name", "id_number"), required_columns=("name",)))
LABOUR = item(
    "L",
    FieldUse(
        "business",
        "employee_list",
        columns=("name", "wage"),
        required_columns=("wage",),
        schema={"minItems": 2, "items": {"properties": {"wage": {"minimum": 2000}}}},
    ),
)
ROWS = write_table([{"name": "张㛃", "id_number": NUMBER, "wage": "5000"}, {"name": "𠮷田", "wage": "3000"}])


def test_two_items_share_a_table_and_each_gets_its_columns() -> None:
    definition = form(POLICE, LABOUR)
    assert [c.id for c in definition.fields[0].columns] == ["name", "id_number", "wage"]
    parts = split(definition, [POLICE, LABOUR], {STAFF: ROWS})
    assert read_table(parts["P"][STAFF]) == [{"name": "张㛃", "id_number": NUMBER}, {"name": "𠮷田"}]
    assert read_table(parts["L"][STAFF]) == [{"name": "张㛃", "wage": "5000"}, {"name": "𠮷田", "wage": "3000"}]
    birth = write_table([{"name": "张", "wage": "5000", "birth_date": "1990-03-07"}])
    assert "birth_date" not in "".join(split(definition, [POLICE, LABOUR], {STAFF: birth})["P"].values())


def test_a_table_is_checked_cell_by_cell() -> None:
    validator = Validator(form(POLICE, LABOUR), TODAY, check_number)
    assert validator.problems({STAFF: ROWS}) == ()
    wrong = write_table(
        [
            {"name": "甲", "wage": "1999"},
            {"wage": "2000", "id_number": NUMBER[:-1] + "9"},
            {"name": "丙"},
            {"name": "丁", "wage": "x"},
            {"name": "戊" * 21, "wage": "3000"},
        ]
    )
    (problem,) = validator.problems({STAFF: wrong})
    assert [(c.row, c.column, c.missing) for c in problem.cells] == [
        (0, "wage", False),
        (1, "name", True),
        (1, "id_number", False),
        (2, "wage", True),
        (3, "wage", False),
        (4, "name", False),
    ]
    assert problem.message.startswith("职工名册至多 4 行（现有 5 行）；第 1 行：月工资不能小于 2000")
    assert problem.message.endswith("共 6 处")
    assert NUMBER[:-1] not in problem.message
    (few,) = validator.problems({STAFF: write_table([{"name": "甲", "wage": "2000"}])})
    assert few.message == "职工名册至少要有 2 行（现有 1 行）"


def test_rows_obey_the_cross_rules() -> None:
    household = item("A", FieldUse("business", "employee_list"))
    rows = write_table([{"name": "张", "id_number": NUMBER, "birth_date": "1990-03-08"}])
    (problem,) = Validator(form(household), TODAY, check_number).problems({STAFF: rows})
    assert problem.cells == (CellProblem(0, "birth_date", "出生日期与证件号码不一致，请核对"),)


def test_a_table_without_rows_lacks_and_one_that_is_none_is_wrong() -> None:
    validator = Validator(form(POLICE), TODAY)
    assert validator.problems({}) == (Problem(STAFF, "请填写职工名册", missing=True),)
    only_foreign = write_table([{"wage": "1"}])  # a column that this form does not ask
    assert validator.problems({STAFF: only_foreign}) == (Problem(STAFF, "请填写职工名册", missing=True),)
    for text in ("{}", "[1]", '[{"name":1}]', "[" * 100_000, "x"):
        (problem,) = validator.problems({STAFF: text})
        assert "读不懂" in problem.message
    # an optional table may stay empty, whatever it must hold once it is begun
    optional = item("L", FieldUse("business", "employee_list", required=False, schema={"minItems": 2}))
    assert Validator(form(optional), TODAY).problems({}) == ()


def test_columns_and_their_need_follow_conditions() -> None:
    first = item("A", FieldUse("premises", "use_right"), FieldUse("business", "employee_list", columns=("name",)))
    more = item("B", FieldUse("business", "employee_list", columns=("wage",), required_columns=("wage",), when=RENT))
    state = FormState(form(first, more)).type(STAFF, write_table([{"name": "甲"}]), AT)
    assert [c.id for c in state.type(USE, "own", AT).asked()[STAFF].columns] == ["name"]
    rented = state.type(USE, "rent", AT)
    assert [c.id for c in rented.asked()[STAFF].columns] == ["name", "wage"]
    (problem,) = Validator(rented.definition, TODAY).problems(rented.kept())
    assert [(c.column, c.missing) for c in problem.cells] == [("wage", True)]


def test_cells_are_read_as_their_columns_are() -> None:
    columns = tuple(ELEMENTS[c] for c in ("name", "birth_date", "wage"))
    typed = write_table([{"name": " 张 ", "birth_date": "19900307", "wage": "5,000.50", "id_number": " x "}])
    kept = read(ELEMENTS["employee_list"], typed, TODAY, columns).value
    assert read_table(kept) == [{"name": "张", "birth_date": "1990-03-07", "wage": "5000.5", "id_number": " x "}]
    assert read(ELEMENTS["employee_list"], "nonsense", TODAY).message


def test_pasted_headings_need_a_majority() -> None:
    titles = (("name", ("姓名", "Name")), ("sex", ("性别",)), ("wage", ("月工资",)))
    assert read_pasted("姓名\t月工资\n张\t5\n", titles) == [{"name": "张", "wage": "5"}]
    assert read_pasted("NAME：\t工号\t 月工资 *\n张\t7\t5\n", titles) == [{"name": "张", "wage": "5"}]
    assert read_pasted("性别\t某\t某某\n", titles) == [{"name": "性别", "sex": "某", "wage": "某某"}]
    assert read_pasted("5\t6\t7\n", titles, first=2) == [{"wage": "5"}]
    assert only_columns("", {"a"}) == ""
    with pytest.raises(ValueError, match="no table"):
        read_pasted("x" * 200_000, titles)


# -- the published document -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "right"),
    [
        ({USE: "own", AREA: "10", STAFF: ROWS}, True),
        ({USE: "own", AREA: "10", STAFF: ROWS, LEASE: "kept, not asked"}, True),
        ({USE: "rent", AREA: "60", LEASE: "2027-01-01", STAFF: ROWS}, True),
        ({USE: "rent", AREA: "60", STAFF: ROWS}, False),
        ({USE: "rent", AREA: "10", LEASE: "2027-01-01", STAFF: ROWS}, False),
        ({USE: "own", AREA: "10", STAFF: write_table([{"name": "甲", "wage": "1"}] * 2)}, False),
        ({USE: "own", AREA: "10", STAFF: write_table([{"name": "甲", "wage": "5000"}])}, False),
    ],
)
def test_the_published_document_agrees_with_the_validator(values: dict[str, str], right: bool) -> None:
    strict = item("B", FieldUse("premises", "area", schema={"minimum": 50}, when=RENT))
    definition = form(SHOP, item("C", FieldUse("premises", "area")), strict, POLICE, LABOUR)
    document = schema(definition)
    Draft202012Validator.check_schema(document)
    assert (Validator(definition, TODAY).problems(values) == ()) is right
    assert schema_validator(document, TODAY).is_valid(instance(definition, values)) is right


def test_an_offer_shows_where_nothing_stands_and_is_taken_at_the_clerks_word() -> None:
    source = Source(SourceKind.CASE, "旧件")
    old = Fact("premises", "landlord", "某人", source, Verdict.STATED, AT - dt.timedelta(days=400))
    definition = form(item("A", FieldUse("premises", "landlord")))
    state = FormState(definition).offer([old])
    assert state.values() == {}
    assert state.state(old.key).offers == (old,)
    assert state.offer([old]) is state
    taken = state.settle(old.key, old)
    assert taken.in_force() == {old.key: old}
    assert taken.state(old.key).offers == ()
    assert taken.undo() == state
    assert FormState.from_json(definition, state.to_json()) == state
    typed = state.type(old.key, "别人", AT)
    assert (typed.state(old.key).offers, typed.state(old.key).rivals) == ((), ())  # old words contradict nobody
    with pytest.raises(ValueError, match="not a usable fact"):
        FormState(definition).settle(old.key, old)
