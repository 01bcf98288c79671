"""Two sides changed one case: what can be put together without asking, and what a person must decide.

Rules, for a base that both started from:
- A field that only one side changed takes that side's value; both the same: that value.
- A field that both changed differently is contested.
- What says who somebody is (name, number, kind of document …) hangs together within a role: once both sides touched it,
  everything touched of it is contested, unless both say the same. Half of one person and half of another is nobody.
- Tables merge by row, rows by cell. A row is known by a column that tells all rows apart: a number, else the name, else
  by all that stands in it. A row that one side removed and the other changed is contested as a whole.
- What is contested stands in the result as the platform has it; both values are kept beside it.

Materials are not merged here: they are add-only, each page a file of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.domain.amendment import DIVISION, Amendment, Content, Contested, Place, difference
from app.domain.fact import Fact
from app.domain.item import Element, ElementType
from app.domain.table import Row, read_table, write_table

_NUMBERS = ("id_number", "uscc", "travel_document_number")
_IDENTITY = frozenset({"name", "name_en", "id_type", "travel_document_type", "birth_date", "sex", *_NUMBERS})
"""Elements that say who somebody is, those that follow from a number included."""


@dataclass(frozen=True, slots=True)
class MergeRules:
    """What the catalogue says of elements. identity: their ids. tables: element id -> columns that tell rows apart, the
    surest first."""

    identity: frozenset[str] = _IDENTITY
    tables: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, elements: Mapping[str, Element]) -> MergeRules:
        """The rules of a catalogue's elements."""
        numbers = {e.id for e in elements.values() if e.type in (ElementType.ID_NUMBER, ElementType.USCC)}
        sure = (*sorted(numbers | set(_NUMBERS)), "name")
        tables = {
            e.id: tuple(column for column in sure if column in e.columns)
            for e in elements.values()
            if e.type is ElementType.TABLE
        }
        return cls(_IDENTITY | numbers, tables)


@dataclass(frozen=True, slots=True)
class Merged:
    """values: the form with everything that needed no asking. contested: the rest, in the order of the form."""

    values: dict[str, str]
    contested: tuple[Contested, ...] = ()


def merge(base: Mapping[str, str], mine: Mapping[str, str], theirs: Mapping[str, str], rules: MergeRules) -> Merged:
    """Put two sides' forms together. mine: this window's; theirs: the platform's, whose order of rows leads."""
    asked = _together(base, mine, theirs, rules)
    values: dict[str, str] = {}
    contested: list[Contested] = []
    for key in dict.fromkeys((*theirs, *mine, *base)):
        b, m, t = (side.get(key, "") for side in (base, mine, theirs))
        element = key.partition(".")[2]
        if key in asked:
            contested.append(Contested(Place(key), b, m, t, identity=True))
            found = t
        elif m in (t, b):
            found = t
        elif t == b:
            found = m
        elif element in rules.tables:
            found, some = _table(key, b, m, t, rules)
            contested += some
        else:
            contested.append(Contested(Place(key), b, m, t))
            found = t
        if found:
            values[key] = found
    return Merged(values, tuple(contested))


def settle(values: Mapping[str, str], choices: Mapping[Place, str], rules: MergeRules) -> dict[str, str]:
    """The form with a person's decisions in it. choices: place -> value; of a row its canonical JSON, "" removes it."""
    result = dict(values)
    tables: dict[str, list[tuple[Place, str]]] = {}
    for place, value in choices.items():
        if place.row:
            tables.setdefault(place.key, []).append((place, value))
        else:
            result[place.key] = value
    for key, some in tables.items():
        # All rows of a table are known by the same column.
        rows = _by_name(read_table(result.get(key, "")), some[0][0].row.partition("=")[0])
        for place, value in some:
            if place.column:
                rows[place.row] = {**rows.get(place.row, {}), place.column: value}
            elif value:
                rows[place.row] = read_table(f"[{value}]")[0]
            else:
                rows.pop(place.row, None)
        result[key] = write_table(rows.values())
    return {key: value for key, value in result.items() if value}


def fitted(amendment: Amendment, theirs: Content, wanted: Mapping[str, str], new: Sequence[Fact] = ()) -> Amendment:
    """The amendment that makes `wanted` of the platform's form: with its own facts where they say just that.

    new: facts of values that a person wrote while deciding.
    """
    changes = difference(theirs.form, wanted)
    said = {fact.key: fact for fact in (*amendment.facts, *new)}
    # A table put together from both sides is still what the clerk's own word was merged into.
    told = tuple(replace(said[key], value=value) for key, value in changes.items() if value and key in said)
    codes = tuple(
        fact
        for key, fact in said.items()
        if key.endswith(DIVISION)
        and key not in changes
        and (address := key.removesuffix(DIVISION)) in changes
        and changes[address] == amendment.changes.get(address)
    )
    return replace(amendment, changes=changes, facts=(*told, *codes))


def _together(
    base: Mapping[str, str], mine: Mapping[str, str], theirs: Mapping[str, str], rules: MergeRules
) -> frozenset[str]:
    """The identity fields that both sides' changes put in question."""
    asked: set[str] = set()
    roles = dict.fromkeys(key.partition(".")[0] for key in (*base, *mine, *theirs))
    for role in roles:
        group = [f"{role}.{element}" for element in rules.identity]
        ours = {k for k in group if mine.get(k, "") != base.get(k, "")}
        other = {k for k in group if theirs.get(k, "") != base.get(k, "")}
        if ours and other and any(mine.get(k, "") != theirs.get(k, "") for k in ours | other):
            asked |= {k for k in ours | other if mine.get(k, "") != theirs.get(k, "")}
    return frozenset(asked)


# --------------------------------------------------------------------------------------------------------- tables


def _by_name(rows: Iterable[Row], column: str) -> dict[str, Row]:
    """Rows under what they are known by. column: what tells them apart; "": all that stands in them, and the count of
    those that are alike."""
    if column:
        return {f"{column}={row[column]}": row for row in rows}
    seen: Counter[str] = Counter()
    found = {}
    for row in rows:
        words = row_text(row)
        seen[words] += 1
        found[f"={words}#{seen[words]}"] = row
    return found


def _tells_apart(sides: Iterable[Sequence[Row]], column: str) -> bool:
    """Has every row of every side this cell, and no two of one side the same?"""
    return all(
        all(row.get(column) for row in rows) and len({row[column] for row in rows}) == len(rows) for rows in sides
    )


def row_text(row: Row) -> str:
    """One row as its canonical JSON; "" for an empty one."""
    return write_table([row])[1:-1]


def _table(key: str, b: str, m: str, t: str, rules: MergeRules) -> tuple[str, list[Contested]]:
    """A table that both sides changed: the merged one, and what of it is contested."""
    element = key.partition(".")[2]
    try:
        texts = [read_table(text) for text in (b, m, t)]
    except ValueError:
        return t, [Contested(Place(key), b, m, t)]  # somebody's is no table: all or nothing
    column = next((c for c in rules.tables[element] if _tells_apart(texts, c)), "")
    base, mine, theirs = (_by_name(side, column) for side in texts)
    rows: dict[str, Row] = {}
    contested: list[Contested] = []
    for name in _order(list(base), list(mine), list(theirs)):
        row, some = _row(key, name, base.get(name), mine.get(name), theirs.get(name), rules)
        contested += some
        if row is not None:
            rows[name] = row
    return write_table(rows.values()), contested


def _row(
    key: str, name: str, b: Row | None, m: Row | None, t: Row | None, rules: MergeRules
) -> tuple[Row | None, list[Contested]]:
    if m in (t, b):
        return t, []
    if t == b:
        return m, []
    if m is None or t is None:
        # Removed here and changed there: half a row is none, so it goes to a person whole.
        words = [row_text(row) if row else "" for row in (b, m, t)]
        return t, [Contested(Place(key, name), words[0], words[1], words[2], identity=True)]
    cells: Row = {}
    contested = []
    old = b or {}
    asked = _together_in(old, m, t, rules)
    for column in dict.fromkeys((*t, *m, *old)):
        ours, other, before = m.get(column, ""), t.get(column, ""), old.get(column, "")
        if column in asked or not (ours in (other, before) or other == before):
            contested.append(Contested(Place(key, name, column), before, ours, other, column in rules.identity))
            cells[column] = other
        else:
            cells[column] = ours if other == before else other
    return {c: v for c, v in cells.items() if v}, contested


def _together_in(b: Row, m: Row, t: Row, rules: MergeRules) -> frozenset[str]:
    ours = {c for c in rules.identity if m.get(c, "") != b.get(c, "")}
    other = {c for c in rules.identity if t.get(c, "") != b.get(c, "")}
    return frozenset(c for c in ours | other if m.get(c, "") != t.get(c, "")) if ours and other else frozenset()


def _order(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """The rows of all: as the platform has them; what only we have follows the row that it follows with us."""
    order = list(theirs)
    for side in (mine, base):
        before = ""
        for name in side:
            if name not in order:
                order.insert(order.index(before) + 1 if before in order else 0 if not before else len(order), name)
            before = name
    return order
