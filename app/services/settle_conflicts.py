"""Where a correction and the platform do not agree 更正核对: a person decides, value by value."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.domain.amendment import Change, Conflict, Contested, Place
from app.domain.case import AuditEvent, Case, Operation, OperationKind
from app.domain.clock import Clock, parse_iso, shanghai
from app.domain.errors import Refused
from app.domain.fact import Source, SourceKind, Verdict, fact_of
from app.domain.form import FormDefinition, FormField, FormSection, Problem
from app.domain.item import Catalog, Element
from app.domain.table import read_table
from app.forms.entry import normalise
from app.forms.merge import MergeRules, fitted, merge, settle
from app.forms.validate import Validator
from app.identity.hints import checked_with_hint
from app.server.amendment_wire import body_of
from app.services.amended_form import cell_field, definition_of, masked, row_words, shown
from app.services.duty import Duty
from offline_db.store import Store

_CLERK = Source(SourceKind.CLERK, "窗口录入")


@dataclass(frozen=True, slots=True)
class Question:
    """One place to decide on. The values in words, whole and unmasked: who decides must compare every character.

    element: what may be typed instead; None where one of the two must be taken (a whole row of a table).
    """

    contested: Contested
    title: str
    base: str
    mine: str
    theirs: str
    mine_by: str
    mine_at: dt.datetime
    theirs_by: str
    theirs_at: dt.datetime | None
    element: Element | None


@dataclass(frozen=True, slots=True)
class OpenConflict:
    """One case to decide on."""

    conflict: Conflict
    case: Case
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed instead of both. problem: what is wrong with it, "" when nothing."""

    value: str
    problem: str = ""


class SettleConflicts:
    """Reads and writes the store; not for the event loop, `check` excepted."""

    def __init__(self, store: Store, catalog: Catalog, clock: Clock, duty: Duty) -> None:
        self._store = store
        self._catalog = catalog
        self._clock = clock
        self._duty = duty
        self._rules = MergeRules.of(catalog.elements)

    def count(self) -> int:
        """How many cases wait for a decision."""
        return self._store.conflict_count()

    def open(self) -> list[OpenConflict]:
        """All that wait for a decision, or were decided and can still be undone; the oldest first."""
        found = []
        for conflict in self._store.conflicts():
            case = self._store.case(conflict.amendment.case_id)
            if case is not None:
                found.append(OpenConflict(conflict, case, tuple(self._questions(conflict, case))))
        return found

    def check(self, entry: OpenConflict, place: Place, text: str) -> Typed:
        """Understand and check what was typed for a place, as the form would."""
        field = self._field(entry.case, place)
        if field is None:
            return Typed(text, "这一项只能在两个值里选一个")
        today = shanghai(self._clock.now()).date()
        value = normalise(field.element, text.strip(), today, field.columns)
        if not value:
            return Typed("", f"请填写{field.title}")
        plain = replace(field, when=(), asks=())
        section = FormSection(field.role, "", "", (plain,))
        found = Validator(FormDefinition((), (section,)), today, checked_with_hint).problems({field.key: value})
        return Typed(value, next((problem.message for problem in found if not problem.warning), ""))

    def decide(self, entry: OpenConflict, choices: Mapping[Place, str]) -> None:
        """All places are decided: what remains of the correction goes out. Refused: a place is open, what comes out
        does not hold together, or somebody was faster."""
        conflict = entry.conflict
        if any(one.place not in choices for one in conflict.contested):
            raise Refused("还没有决定完", "还有内容没有选定采用哪一个。", "请逐项按 1、2 或 3 选定。")
        merged = merge(conflict.base, conflict.mine, conflict.theirs.form, self._rules)
        wanted = settle(merged.values, choices, self._rules)
        if wrong := self._wrong(entry.case, conflict.theirs.form, wanted):
            raise Refused("选定的内容有矛盾", wrong[0].message, "请改选，或者按 3 另填。")
        at = self._clock.now()
        new = [
            fact_of(place.key, value, _CLERK, Verdict.STATED, at)
            for place, value in choices.items()
            if not place.row
            and value
            and value not in (conflict.mine.get(place.key), conflict.theirs.form.get(place.key))
        ]
        made = replace(conflict.amendment, clerk=self._duty.clerk, made_at=at)
        made = fitted(made, conflict.theirs, wanted, new)
        entry_id = str(uuid.uuid4())
        body = body_of(conflict.theirs.rev, made)
        operation = Operation(entry_id, entry.case.case_id, OperationKind.AMEND, body)
        self._store.decide_conflict(conflict.conflict_id, choices, made, operation, self._event(entry, choices, at))

    def undo(self, entry: OpenConflict) -> None:
        """Take a decision back. Refused once it was sent."""
        event = AuditEvent(self._clock.now(), self._duty.clerk, "amendment.undone", entry.case.provisional_no, {})
        self._store.undo_decision(entry.conflict.conflict_id, event)

    # ---------------------------------------------------------------------------------------------------- inside

    def _event(self, entry: OpenConflict, choices: Mapping[Place, str], at: dt.datetime) -> AuditEvent:
        taken = {}
        for one in entry.conflict.contested:
            value = choices[one.place]
            side = "ours" if value == one.mine else "platform" if value == one.theirs else "other"
            key = one.place.key
            words = one.place.column or key.partition(".")[2]
            name = key if not one.place.row else f"{key}/{words}"
            personal = f"{key.partition('.')[0]}.{words}" if one.place.column else key
            said = "" if one.place.row and not one.place.column else masked(self._catalog, personal, value)
            taken[name] = [side, said]
        return AuditEvent(at, self._duty.clerk, "amendment.decided", entry.case.provisional_no, {"fields": taken})

    def _wrong(self, case: Case, theirs: Mapping[str, str], wanted: Mapping[str, str]) -> list[Problem]:
        """What the decision would break that was not broken at the platform."""
        today = shanghai(self._clock.now()).date()
        validator = Validator(
            definition_of(replace(case, form={**theirs, **wanted}), self._catalog), today, checked_with_hint
        )
        before = {problem.key for problem in validator.problems(theirs) if not problem.warning}
        return [p for p in validator.problems(wanted) if not p.warning and p.key not in before]

    def _questions(self, conflict: Conflict, case: Case) -> list[Question]:
        whole = replace(case, form={**conflict.base, **conflict.theirs.form, **conflict.mine})
        titles = {field.key: field for field in definition_of(whole, self._catalog).fields}
        found = []
        for one in conflict.contested:
            change = _last(conflict.trail, one.place.key)
            element = self._element(one.place)
            found.append(
                Question(
                    contested=one,
                    title=self._title(one, titles),
                    base=self._words(one, element, one.base),
                    mine=self._words(one, element, one.mine),
                    theirs=self._words(one, element, one.theirs),
                    mine_by=conflict.amendment.clerk,
                    mine_at=conflict.amendment.made_at,
                    theirs_by=change.who if change else "",
                    theirs_at=parse_iso(change.at) if change else None,
                    element=None
                    if (one.place.row and not one.place.column) or (element and element.columns)
                    else element,
                )
            )
        return found

    def _words(self, one: Contested, element: Element | None, value: str) -> str:
        if one.place.row and not one.place.column:
            return row_words(self._catalog, read_table(f"[{value}]")[0]) if value else ""
        return shown(self._catalog, element, value)

    def _element(self, place: Place) -> Element | None:
        return self._catalog.elements.get(place.column or place.key.partition(".")[2])

    def _field(self, case: Case, place: Place) -> FormField | None:
        role, _, _ = place.key.partition(".")
        if place.column:
            return cell_field(self._catalog, case, role, place.column)
        if place.row:
            return None
        fields = definition_of(replace(case, form={**case.form, place.key: "?"}), self._catalog).fields
        return next((field for field in fields if field.key == place.key), None)

    def _title(self, one: Contested, titles: Mapping[str, FormField]) -> str:
        """The field with its part of the form; of a table the row too."""
        role, _, name = one.place.key.partition(".")
        field = titles.get(one.place.key)
        element = self._catalog.elements.get(name)
        title = field.title if field else element.title if element else name
        section = self._catalog.roles[role].title if role in self._catalog.roles else role
        words = f"{section} · {title}"
        if one.place.row:
            column, _, value = one.place.row.partition("=")
            if column:
                words += f" · {value}"
            cell = self._catalog.elements.get(one.place.column)
            words += f" · {cell.title if cell else '整行'}"
        return words


def _last(trail: tuple[Change, ...], key: str) -> Change | None:
    """Who changed a field last."""
    return next((change for change in reversed(trail) if key in change.keys), None)
