"""The form of an accepted case, for correcting it and for deciding between two sides.

The case keeps the catalogue version under which it was accepted; what it may be asked today is what the catalogue says
now, and whatever it holds beyond that stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from app.domain.case import Case
from app.domain.fact import Fact, Source, SourceKind, Verdict
from app.domain.form import Ask, FormDefinition, FormField
from app.domain.item import Catalog, Element, FieldUse, Item
from app.domain.table import read_table
from app.forms.combine import ANSWER, combine, merged_field
from app.forms.fill import FormState
from app.services.my_cases import masked_value

_HELD = Source(SourceKind.CASE, "办件原有内容")


def definition_of(case: Case, catalog: Catalog) -> FormDefinition:
    """The questions of the case's item, and those that it answered beyond them.

    The guide's answers are not kept with a case: a question that hung on one is asked when the case answered it.
    """
    item = catalog.items.get(case.item_code) or _unknown(case)
    uses = [use for asked in item.fields if (use := _settled(asked, case.form)) is not None]
    known = {use.key for use in uses}
    for key in case.form:
        role, _, element = key.partition(".")
        if key not in known and role in catalog.roles and element in catalog.elements:
            uses.append(FieldUse(role, element, required=False))
    return combine(catalog, (replace(item, fields=tuple(uses)),))


def state_of(case: Case, definition: FormDefinition) -> FormState:
    """What stands in the form, each value with the source that it came from."""
    facts = {fact.key: fact for fact in case.facts}
    found = []
    for field in definition.fields:
        value = case.form.get(field.key, "")
        if not value:
            continue
        fact = facts.get(field.key)
        if fact is None or not fact.verdict.usable:
            fact = Fact(field.role, field.element.id, value, _HELD, Verdict.STATED, case.accepted_at)
        found.append(replace(fact, value=value))
    return FormState(definition).add(found)


def cell_field(catalog: Catalog, case: Case, role: str, column: str) -> FormField | None:
    """A table's column as a field of its own; None when the catalogue no longer has it."""
    element = catalog.elements.get(column)
    if element is None:
        return None
    ask = Ask(case.item_code, FieldUse(role, column, required=False))
    return merged_field(f"{role}.{column}", element, (), [ask])


def shown(catalog: Catalog, element: Element | None, value: str) -> str:
    """A value as a clerk reads it: codes by their titles, a table row by row."""
    if element is None or not value:
        return value
    if element.columns:
        try:
            rows = read_table(value)
        except ValueError:
            return value
        return "\n".join(row_words(catalog, row) for row in rows)
    return element.codes.get(value, value)


def row_words(catalog: Catalog, row: Mapping[str, str]) -> str:
    """One row of a table in one line."""
    parts = []
    for column, cell in row.items():
        element = catalog.elements.get(column)
        parts.append(f"{element.title if element else column} {shown(catalog, element, cell)}")
    return "，".join(parts)


def masked(catalog: Catalog, key: str, value: str) -> str:
    """A value for the audit trail: personal ones masked, of a table the number of its rows."""
    element = catalog.elements.get(key.partition(".")[2])
    if element is not None and element.columns:
        try:
            return f"{len(read_table(value))} 行"
        except ValueError:
            return masked_value(value)
    return masked_value(value) if value and (element is None or element.personal) else value


def _settled(use: FieldUse, form: Mapping[str, str]) -> FieldUse | None:
    if not any(key.startswith(ANSWER) for key in use.when):
        return use
    if use.key not in form:
        return None
    return replace(use, when={key: allowed for key, allowed in use.when.items() if not key.startswith(ANSWER)})


def _unknown(case: Case) -> Item:
    """An item that the catalogue no longer has."""
    return Item(
        code=case.item_code,
        name=case.item_name,
        name_en="",
        department="",
        situation="",
        kind="",
        legal_days=0,
        promised_days=0,
        legal_basis="",
        result="",
        fields=(),
        materials=(),
    )
