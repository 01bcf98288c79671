"""The answers of an accepted case's form in the words in which they were asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.case import Case
from app.domain.item import Catalog, Element, ElementType
from app.domain.table import read_table


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. key: role.element; element: None when the catalogue no longer has it. value: not masked, a choice
    by its title, a table as it is stored. source: who says so."""

    key: str
    section: str
    title: str
    element: Element | None
    value: str
    source: str


def answers(case: Case, catalog: Catalog) -> Iterator[Answer]:
    """In the order of the questions."""
    item = catalog.items.get(case.item_code)
    # The item's own wording, as the form showed it, if the catalogue still has the item.
    own = {use.key: use.title for use in item.fields if use.title} if item else {}
    facts = {f"{fact.role}.{fact.element}": fact for fact in case.facts}
    for key, value in case.form.items():
        role, _, name = key.partition(".")
        element = catalog.elements.get(name)
        fact = facts.get(key)
        title = own.get(key) or (element.title if element else name)
        section = catalog.roles[role].title if role in catalog.roles else role
        said = element.codes.get(value, value) if element else value
        yield Answer(key, section, title, element, said, fact.source.label if fact else "")


def rows_in_words(answer: Answer, catalog: Catalog) -> list[str]:
    """The rows of a table, each in one line; none when the answer is no table."""
    if answer.element is None or answer.element.type is not ElementType.TABLE:
        return []
    try:
        rows = read_table(answer.value)
    except ValueError:
        return []
    order = {column: place for place, column in enumerate(answer.element.columns)}
    lines = []
    for row in rows:
        cells = []
        for column, value in sorted(row.items(), key=lambda cell: order.get(cell[0], len(order))):
            element = catalog.elements.get(column)
            title = element.title if element else column
            cells.append(f"{title} {element.codes.get(value, value) if element else value}")
        lines.append("；".join(cells))
    return lines
