"""The combined form: several items' questions, each asked once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.domain.fact import Fact
from app.domain.item import Element, FieldUse, When


@dataclass(frozen=True, slots=True)
class Ask:
    """One item's question behind a field. item: its code. A condition on the guide's answers is already settled."""

    item: str
    use: FieldUse


@dataclass(frozen=True, slots=True)
class FormField:
    """One question of the combined form. key is "role.element". schema is the merged JSON Schema of all who ask.

    asked_by: codes of the items that ask for it; len(asked_by) - 1 questions were saved here. when: the conditions
    under which it is asked: it is asked if ANY of them holds (empty: always). columns: of a TABLE, in order.
    asks: the questions that were merged, in the order of asked_by; whole: the element with all its codes, which schema
    may have narrowed. Both are empty in a form that was not combined from items.
    """

    key: str
    role: str
    element: Element
    title: str
    title_en: str
    required: bool
    schema: dict[str, Any]
    asked_by: tuple[str, ...]
    when: tuple[When, ...] = ()
    columns: tuple[Element, ...] = ()
    asks: tuple[Ask, ...] = ()
    whole: Element | None = None


@dataclass(frozen=True, slots=True)
class FormSection:
    """The fields of one role, in the order in which they are asked."""

    role: str
    title: str
    title_en: str
    fields: tuple[FormField, ...]


@dataclass(frozen=True, slots=True)
class FormDefinition:
    """One form for several items."""

    items: tuple[str, ...]
    sections: tuple[FormSection, ...]

    @property
    def fields(self) -> tuple[FormField, ...]:
        return tuple(f for s in self.sections for f in s.fields)

    @property
    def asked_separately(self) -> int:
        """How many questions the separate forms would have asked."""
        return sum(len(f.asked_by) for f in self.fields)


@dataclass(frozen=True, slots=True)
class FieldState:
    """What stands in a field now: the fact in force and the facts that disagree with it.

    offers: what may be taken over at the clerk's word, because it is too old to be filled in unasked.
    """

    fact: Fact | None = None
    rivals: tuple[Fact, ...] = ()
    offers: tuple[Fact, ...] = ()

    @property
    def value(self) -> str:
        return self.fact.value if self.fact else ""


@dataclass(frozen=True, slots=True)
class FieldTrail:
    """All that is known of a field, for who wants to know why this stands there.

    others: what else was said or offered, the unusable included, most trusted first. settled: the clerk chose among
    sources that disagreed; reason: in the clerk's words, "" when none was given.
    """

    fact: Fact | None = None
    others: tuple[Fact, ...] = ()
    settled: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong with one cell of a table. row: from 0, in the value's own order; column: its element."""

    row: int
    column: str
    message: str
    missing: bool = False
    warning: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a field, in words for the clerk.

    missing: nothing stands there yet. warning: soft, may be kept. cells: of a table, where; message sums them up.
    """

    key: str
    message: str
    missing: bool = False
    warning: bool = False
    cells: tuple[CellProblem, ...] = ()
