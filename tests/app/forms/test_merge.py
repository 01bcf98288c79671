"""Three-way merging: its laws, and what goes to a person."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.amendment import Contested, Place
from app.domain.item import Element, ElementType
from app.domain.table import read_table, write_table
from app.forms.merge import Merged, MergeRules, merge, row_text, settle

ELEMENTS = {
    e.id: e
    for e in (
        Element("name", "姓名", "Name", ElementType.TEXT, personal=True),
        Element("id_number", "证件号码", "Number", ElementType.ID_NUMBER, personal=True),
        Element("phone", "电话", "Telephone", ElementType.PHONE),
        Element("address", "地址", "Address", ElementType.TEXT),
        Element(
            "members", "家庭成员", "Members", ElementType.TABLE, columns=("name", "id_number", "relation", "phone")
        ),
        Element("notes", "清单", "Notes", ElementType.TABLE, columns=("relation", "phone")),
    )
}
RULES = MergeRules.of(ELEMENTS)
BASE = {"applicant.name": "王㛃", "applicant.id_number": "A1", "applicant.phone": "1", "shop.address": "𠮷祥路 8 号"}

cells = st.sampled_from(("", "甲", "乙", "㛃", "𠮷"))
rows = st.dictionaries(st.sampled_from(("name", "id_number", "relation", "phone")), cells, max_size=4)
tables = st.lists(rows, max_size=4).map(write_table)
note_tables = st.lists(st.dictionaries(st.sampled_from(("relation", "phone")), cells, max_size=2), max_size=4).map(
    write_table
)
forms = st.fixed_dictionaries(
    {},
    optional={
        "applicant.name": cells,
        "applicant.id_number": cells,
        "applicant.phone": cells,
        "partner.name": cells,
        "shop.address": cells,
        "home.members": tables,
        "home.notes": note_tables,
    },
).map(lambda form: {key: value for key, value in form.items() if value})


def merged(base: Mapping[str, str], mine: Mapping[str, str], theirs: Mapping[str, str]) -> Merged:
    return merge(base, mine, theirs, RULES)


def swapped(some: tuple[Contested, ...]) -> set[tuple[Place, str, str, str, bool]]:
    return {(c.place, c.base, c.theirs, c.mine, c.identity) for c in some}


def plain(some: tuple[Contested, ...]) -> set[tuple[Place, str, str, str, bool]]:
    return {(c.place, c.base, c.mine, c.theirs, c.identity) for c in some}


# ------------------------------------------------------------------------------------------------------------ laws


@given(forms, forms)
def test_what_one_side_alone_changed_stands(base: dict[str, str], other: dict[str, str]) -> None:
    assert merged(base, other, base) == Merged(other)
    assert merged(base, base, other) == Merged(other)
    assert merged(base, other, other) == Merged(other)


@given(forms, forms, forms)
def test_the_same_is_contested_from_either_side(b: dict[str, str], m: dict[str, str], t: dict[str, str]) -> None:
    assert plain(merged(b, m, t).contested) == swapped(merged(b, t, m).contested)


@given(forms, forms, forms)
def test_no_value_is_invented_and_none_is_lost(b: dict[str, str], m: dict[str, str], t: dict[str, str]) -> None:
    found = merged(b, m, t)
    sides = [_atoms(side) for side in (b, m, t)]
    result = _atoms(found.values)
    assert result <= set.union(*sides)
    kept = result | {atom for c in found.contested for text in (c.mine, c.theirs) for atom in _atoms_of(c, text)}
    # Whatever a side has that the base had not is in the result, or kept for a person to decide on.
    for side in sides[1:]:
        assert side - sides[0] <= kept


@given(forms, forms, forms)
def test_a_person_who_takes_one_side_throughout_gets_it(
    b: dict[str, str], m: dict[str, str], t: dict[str, str]
) -> None:
    found = merged(b, m, t)
    theirs = settle(found.values, {c.place: c.theirs for c in found.contested}, RULES)
    assert theirs == found.values
    mine = settle(found.values, {c.place: c.mine for c in found.contested}, RULES)
    again = merged(b, m, mine)
    assert not [c for c in again.contested if c.place in {x.place for x in found.contested}]


@given(forms, forms, forms)
def test_who_somebody_is_never_comes_from_two_sides(b: dict[str, str], m: dict[str, str], t: dict[str, str]) -> None:
    found = merged(b, m, t)
    for role in ("applicant", "partner"):
        who = [{k: side.get(f"{role}.{k}", "") for k in ("name", "id_number")} for side in (found.values, b, m, t)]
        assert who[0] in who[1:]


def _atoms(form: Mapping[str, str]) -> set[tuple[str, str, str]]:
    """Every value with its place; of tables every cell, whatever its row."""
    atoms = set()
    for key, value in form.items():
        if key.startswith("home."):
            atoms |= {(key, column, cell) for row in read_table(value) for column, cell in row.items()}
        else:
            atoms.add((key, "", value))
    return atoms


def _atoms_of(c: Contested, text: str) -> set[tuple[str, str, str]]:
    if c.place.column:
        return {(c.place.key, c.place.column, text)}
    if c.place.row and text:
        return {(c.place.key, column, cell) for column, cell in read_table(f"[{text}]")[0].items()}
    return _atoms({c.place.key: text}) if text else set()


# ----------------------------------------------------------------------------------------------------------- cases


def test_different_fields_merge_by_themselves() -> None:
    found = merged(BASE, BASE | {"applicant.phone": "2"}, BASE | {"shop.address": "𠮷祥路 9 号"})
    assert found == Merged(BASE | {"applicant.phone": "2", "shop.address": "𠮷祥路 9 号"})


def test_the_same_field_goes_to_a_person_with_both_values() -> None:
    found = merged(BASE, BASE | {"applicant.phone": "2"}, BASE | {"applicant.phone": "3"})
    assert found.contested == (Contested(Place("applicant.phone"), "1", "2", "3"),)
    assert found.values["applicant.phone"] == "3"
    assert settle(found.values, {Place("applicant.phone"): "2"}, RULES)["applicant.phone"] == "2"


def test_a_name_here_and_a_number_there_are_one_question() -> None:
    found = merged(BASE, BASE | {"applicant.name": "王洁"}, BASE | {"applicant.id_number": "B2"})
    assert {c.place.key for c in found.contested} == {"applicant.name", "applicant.id_number"}
    assert all(c.identity for c in found.contested)


def test_another_person_of_the_form_is_not_concerned() -> None:
    base = BASE | {"partner.name": "李𠮷"}
    assert not merged(base, base | {"applicant.name": "王洁"}, base | {"partner.name": "李吉"}).contested


def test_one_row_each_merges() -> None:
    one, two = {"name": "王㛃", "id_number": "1", "phone": "1"}, {"name": "李𠮷", "id_number": "2", "phone": "2"}
    found = merged(_home(one, two), _home({**one, "phone": "9"}, two), _home(one, {**two, "phone": "8"}))
    assert found == Merged(_home({**one, "phone": "9"}, {**two, "phone": "8"}))


def test_a_row_added_on_both_sides_stays_twice_only_if_it_is_two() -> None:
    one, new, other = {"id_number": "1"}, {"id_number": "2"}, {"id_number": "3"}
    assert merged(_home(one), _home(one, new), _home(one, new)).values == _home(one, new)
    assert _rows(merged(_home(one), _home(one, new), _home(one, other))) == [one, new, other]


def test_one_cell_from_both_sides_goes_to_a_person() -> None:
    one = {"name": "王㛃", "id_number": "1", "phone": "1"}
    found = merged(_home(one), _home({**one, "phone": "2"}), _home({**one, "phone": "3"}))
    assert found.contested == (Contested(Place("home.members", "id_number=1", "phone"), "1", "2", "3"),)
    settled = settle(found.values, {found.contested[0].place: "4"}, RULES)
    assert settled == _home({**one, "phone": "4"})


@pytest.mark.parametrize("ours", [True, False])
def test_a_row_removed_here_and_changed_there_is_one_question(ours: bool) -> None:
    one, two = {"id_number": "1", "phone": "1"}, {"id_number": "2"}
    gone, changed = _home(two), _home({**one, "phone": "7"}, two)
    found = merged(_home(one, two), *((gone, changed) if ours else (changed, gone)))
    (asked,) = found.contested
    assert asked.place == Place("home.members", "id_number=1")
    assert {asked.mine, asked.theirs} == {"", row_text({**one, "phone": "7"})}
    assert _home(two) == settle(found.values, {asked.place: ""}, RULES)
    assert len(_rows(Merged(settle(found.values, {asked.place: row_text({**one, "phone": "7"})}, RULES)))) == 2


def test_rows_without_anything_to_know_them_by_are_known_by_their_content() -> None:
    base = {"home.notes": write_table([{"phone": "1"}, {"phone": "1"}, {"phone": "2"}])}
    mine = {"home.notes": write_table([{"phone": "1"}, {"phone": "2"}])}
    theirs = {"home.notes": write_table([{"phone": "1"}, {"phone": "1"}, {"phone": "2"}, {"phone": "3"}])}
    found = merged(base, mine, theirs)
    assert not found.contested
    assert sorted(row["phone"] for row in read_table(found.values["home.notes"])) == ["1", "2", "3"]


def test_what_is_no_table_goes_to_a_person_whole() -> None:
    found = merged({"home.members": "[]"}, {"home.members": "not one"}, _home({"name": "王㛃"}))
    assert found.contested == (
        Contested(Place("home.members"), "[]", "not one", _home({"name": "王㛃"})["home.members"]),
    )


def _home(*people: dict[str, str]) -> dict[str, str]:
    return {"home.members": write_table(people)}


def _rows(found: Merged) -> list[dict[str, str]]:
    return read_table(found.values["home.members"])
