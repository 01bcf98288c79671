"""The form of a case between two sides: what the platform has, what this window has amended on top of it.

The case's own row always says what is in force at this window: the platform's form with every open amendment in it. A
refresh from the platform changes only what lies below.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.domain.amendment import Amendment, Content, Standing, amended, with_content
from app.domain.clock import parse_iso
from app.domain.fact import Fact
from offline_db import rows
from offline_db.rows import to_json
from offline_db.schema import amendments, cases, contents

OPEN = (Standing.WAITING.value, Standing.CONFLICT.value)
_FIRST = 1
"""The platform's revision of a case as it was sent."""


@dataclass(frozen=True, slots=True)
class StoredAmendment:
    """An amendment as it lies here. seq: the order in which amendments were made. base: the form it was made on."""

    seq: int
    op_id: str
    amendment: Amendment
    base: Mapping[str, str]
    standing: Standing


def facts_text(facts: tuple[Fact, ...]) -> str:
    return to_json([rows.fact_values(fact) for fact in facts])


def read_facts(text: str) -> tuple[Fact, ...]:
    return tuple(rows.read_fact(document) for document in json.loads(text))


def form_text(form: Mapping[str, str]) -> str:
    """A form with its order, which is the order of the questions."""
    return json.dumps(dict(form), ensure_ascii=False)


def read_amendment(row: sa.Row[Any]) -> StoredAmendment:
    """One row of the table."""
    made = Amendment(
        row.case_id, parse_iso(row.made_at), row.clerk, row.reason, json.loads(row.changes), read_facts(row.facts)
    )
    return StoredAmendment(row.seq, row.op_id, made, json.loads(row.base), Standing(row.standing))


def of_operation(connection: sa.Connection, op_id: str) -> StoredAmendment | None:
    """The amendment that an operation sends."""
    row = connection.execute(sa.select(amendments).where(amendments.c.op_id == op_id)).first()
    return read_amendment(row) if row is not None else None


def open_of(connection: sa.Connection, case_id: str) -> list[StoredAmendment]:
    """The case's amendments that the platform has not confirmed, in their order."""
    mine = sa.and_(amendments.c.case_id == case_id, amendments.c.standing.in_(OPEN))
    query = sa.select(amendments).where(mine).order_by(amendments.c.seq)
    return [read_amendment(row) for row in connection.execute(query)]


def content(connection: sa.Connection, case_id: str) -> Content | None:
    """What the platform has of the case as far as this machine knows; None for an unknown case."""
    row = connection.execute(sa.select(contents).where(contents.c.case_id == case_id)).first()
    if row is not None and row.form is not None:
        return Content(row.rev, json.loads(row.form), read_facts(row.facts))
    found = rows.load_cases(connection, [case_id])
    return Content(row.rev if row is not None else _FIRST, found[0].form, found[0].facts) if found else None


def set_content(connection: sa.Connection, case_id: str, now: Content) -> None:
    """The platform has this; what is in force here follows from it."""
    values = {"rev": now.rev, "form": form_text(now.form), "facts": facts_text(now.facts)}
    if connection.execute(sa.update(contents).where(contents.c.case_id == case_id).values(values)).rowcount == 0:
        connection.execute(sa.insert(contents).values(case_id=case_id, wanted=0, **values))
    rewrite(connection, case_id)


def rewrite(connection: sa.Connection, case_id: str) -> None:
    """Make the case's own row say what is in force: the platform's form and the open amendments on top of it."""
    known = content(connection, case_id)
    if known is None:
        return
    case = with_content(rows.load_cases(connection, [case_id])[0], known.form, known.facts)
    for waiting in open_of(connection, case_id):
        case = amended(case, waiting.amendment.changes, waiting.amendment.facts)
    rows.rewrite_content(connection, case)


def drop(connection: sa.Connection, op_id: str) -> None:
    """An amendment was taken back: the case is as it would be without it."""
    mine = sa.and_(amendments.c.op_id == op_id, amendments.c.standing.in_(OPEN))
    case_id = connection.scalar(sa.select(amendments.c.case_id).where(mine))
    if case_id is not None:
        connection.execute(sa.update(amendments).where(mine).values(standing=Standing.DROPPED.value))
        rewrite(connection, case_id)


def note_wanted(connection: sa.Connection, case_id: str, rev: object) -> None:
    """The feed tells at which revision the case's content last changed; what is newer than ours is to be fetched."""
    if not isinstance(rev, int) or rev <= _FIRST:
        return
    if connection.scalar(sa.select(cases.c.seq).where(cases.c.case_id == case_id)) is None:
        return  # of another profile of this device
    known = sa.update(contents).where(contents.c.case_id == case_id)
    if connection.execute(known.values(wanted=rev)).rowcount == 0:
        connection.execute(sa.insert(contents).values(case_id=case_id, rev=_FIRST, wanted=rev))
