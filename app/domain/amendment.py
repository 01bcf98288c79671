"""Amendments 更正: what a window corrects in a case that it accepted; and what the platform has of that case meanwhile.

An amendment names single elements, so that two sides who touch different ones do not meet (app.forms.merge).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from app.domain.applicant import WHO, keys_of
from app.domain.case import Case
from app.domain.fact import Fact

DIVISION = "_division"
"""Ending of the element under which the code of an address's division goes beside the address."""


@dataclass(frozen=True, slots=True)
class Amendment:
    """One correction. changes: form key -> new value, "" empties it. facts: the sources of the new values.

    clerk, made_at: who, and when by the window's clock, UTC.
    """

    case_id: str
    made_at: dt.datetime
    clerk: str
    reason: str
    changes: Mapping[str, str]
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """What may be amended of a case, as it stood at the platform's revision rev."""

    rev: int
    form: Mapping[str, str]
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """Who changed which fields at the platform, and when. rev: the revision that came of it. keys: form keys."""

    rev: int
    at: str
    who: str
    keys: tuple[str, ...]


class Standing(StrEnum):
    """How an amendment stands."""

    WAITING = "waiting"
    """It is in force at this window and the platform has not confirmed it yet."""
    DONE = "done"
    CONFLICT = "conflict"
    """The platform has something else there: a person decides."""
    DROPPED = "dropped"
    """Taken back by a person."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: a form field; in a table one cell (column), or a whole row (column "")."""

    key: str
    row: str = ""
    column: str = ""


@dataclass(frozen=True, slots=True)
class Contested:
    """A place that both sides changed. Values are texts; of a whole row its canonical JSON, "" when it is not there.

    identity: it says who somebody is, so that nothing is proposed.
    """

    place: Place
    base: str
    mine: str
    theirs: str
    identity: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """An amendment that could not be merged by itself, with everything that both sides have.

    base: the form on which the amendment was made; mine: with it; theirs: the platform's. trail: who changed what.
    choices: what a person decided, by place; None while nobody has. undoable: decided, and not sent yet.
    """

    conflict_id: int
    amendment: Amendment
    base: Mapping[str, str]
    mine: Mapping[str, str]
    mine_facts: tuple[Fact, ...]
    theirs: Content
    trail: tuple[Change, ...]
    found_at: dt.datetime
    contested: tuple[Contested, ...] = ()
    choices: Mapping[Place, str] | None = None
    decided_by: str = ""
    decided_at: dt.datetime | None = None
    undoable: bool = field(default=False)


def amended(case: Case, changes: Mapping[str, str], facts: tuple[Fact, ...]) -> Case:
    """The case with an amendment in it. The gateway and the window use this same rule, so that both hold the same."""
    return with_content(case, *amended_content(case.form, case.facts, changes, facts))


def with_content(case: Case, form: Mapping[str, str], facts: tuple[Fact, ...]) -> Case:
    """The case with another form; who applies follows from it, where it was asked there."""

    def said(key: str, known: str) -> str:
        return form.get(key, "") if key in case.form or key in form else known

    name, number = keys_of(case.form) or WHO[0]
    return replace(
        case,
        form=dict(form),
        facts=facts,
        applicant_name=said(name, case.applicant_name),
        applicant_number=said(number, case.applicant_number),
    )


def amended_content(
    form: Mapping[str, str], facts: tuple[Fact, ...], changes: Mapping[str, str], new: tuple[Fact, ...]
) -> tuple[dict[str, str], tuple[Fact, ...]]:
    """Form and facts with an amendment in them: values keep their order, the facts of what changed are replaced."""
    values = {key: changes.get(key, value) for key, value in form.items()} | dict(changes)
    gone = {key for change in changes for key in (change, change + DIVISION)} | {fact.key for fact in new}
    return {k: v for k, v in values.items() if v}, (*(f for f in facts if f.key not in gone), *new)


def difference(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str]:
    """The changes that make `after` of `before`."""
    return {key: after.get(key, "") for key in (*before, *after) if before.get(key, "") != after.get(key, "")}
