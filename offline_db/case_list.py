"""The window's own cases as a list: found by what a visitor says, narrowed by day, state and stage, read in pages.

A list is first the numbers (`seq`) of all cases that fit, in one go, then pages of rows by these numbers: a case
accepted meanwhile moves nothing, and 10,000 cases cost a few milliseconds.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Collection
from dataclasses import dataclass, field

import sqlalchemy as sa

from app.domain.case import Case, CaseState
from app.domain.clock import isoformat, parse_iso
from offline_db import due, rows, search
from offline_db.audit import AuditEntry
from offline_db.due import DUE_AT, URGENCY, Bounds
from offline_db.part import StorePart
from offline_db.prepared import Query, any_of
from offline_db.schema import audit, cases, keeping, outbox

_COUNTER = re.compile(r"\d{1,4}")
_FOUND = 500
"""Cases that a search finds at most, the newest."""
_MOST = 20_000
"""Cases of one list; whoever has more narrows it by day."""


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Which cases. words: a 受理流水号, 办件编码, the end of an ID number, a name, or a counter of the day (12 for
    …0012…). since, before: acceptance, UTC, the second excluded. states: only these, empty for all. stages: the
    gateway's 办理环节 ("" while it has told none). running: only cases whose time runs. late, near: of
    these only such as stand so to their limit, the most urgent first; with what it is compared.
    """

    words: str = ""
    since: dt.datetime | None = None
    before: dt.datetime | None = None
    states: tuple[CaseState, ...] = ()
    stages: tuple[str, ...] | None = None
    late: Bounds | None = None
    near: Bounds | None = None
    running: bool = False


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case as a list shows it; names and numbers are not masked. due: the last day, legal time; due_at: the moment,
    UTC, of limits that run by half days."""

    seq: int
    case_id: str
    provisional_no: str
    case_no: str
    item_name: str
    department: str
    applicant_name: str
    applicant_number: str
    accepted_at: dt.datetime
    clerk: str
    state: CaseState
    stage: str
    due: dt.date | None = None
    due_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class StoredCase:
    """One case with what stands around it. together: the cases of the same visit in their order, itself among them.

    trail: its lines of the audit trail, and those of its papers and outbox entries, oldest first.
    """

    case: Case
    stage: str
    together: tuple[Case, ...] = ()
    trail: tuple[AuditEntry, ...] = field(default=())


STOPPED = ("4", "11", "12")
"""Stages in which no time runs: decided; 补齐补正 and 挂起, where the clock stands still (domain facts §4)."""


def running() -> sa.ColumnElement[bool]:
    """Cases whose time runs: neither decided, nor stopped, nor taken back."""
    return sa.and_(cases.c.stage.not_in(STOPPED), cases.c.state != CaseState.WITHDRAWN.value)


_LINES = Query(
    sa.select(*(cases.c[name] for name in CaseLine.__dataclass_fields__ if name in cases.c), DUE_AT.label("due_at"))
    .where(any_of(cases.c.seq, "numbers"))
    .order_by(cases.c.seq.desc())
)


class CaseListPart(StorePart):
    """The store's list of cases."""

    def list_cases(self, wanted: CaseFilter) -> tuple[int, ...]:
        """The numbers of the cases that fit, newest first; those late or nearly due, the most urgent first."""
        pressing = wanted.late is not None or wanted.near is not None
        order = (URGENCY, cases.c.seq) if pressing else (cases.c.seq.desc(),)
        query = sa.select(cases.c.seq).order_by(*order).limit(_MOST)
        if wanted.since is not None:
            query = query.where(cases.c.accepted_at >= isoformat(wanted.since))
        if wanted.before is not None:
            query = query.where(cases.c.accepted_at < isoformat(wanted.before))
        if wanted.states:
            query = query.where(cases.c.state.in_([state.value for state in wanted.states]))
        if wanted.stages is not None:
            query = query.where(cases.c.stage.in_(wanted.stages))
        if wanted.late is not None:
            query = query.where(due.late(wanted.late))
        if wanted.near is not None:
            query = query.where(due.near(wanted.near))
        if wanted.running or pressing:
            query = query.where(running())
        with self._db.read() as connection:
            words = wanted.words.strip()
            if words:
                # The number on a paper ends with the day's counter and a check character; visitors say the counter.
                counter = _COUNTER.fullmatch(words) is not None
                found = (
                    search.of_counter(connection, int(words))
                    if counter
                    else search.numbers_of(connection, words, _FOUND)
                )
                if wanted == CaseFilter(wanted.words):
                    return tuple(found)  # no row need be read
                query = query.where(any_of(cases.c.seq, "numbers")).params(numbers=json.dumps(found))
            return tuple(connection.scalars(query))

    def case_lines(self, numbers: Collection[int]) -> list[CaseLine]:
        """The rows of these numbers, in their order; unknown ones are left out."""
        place = {number: n for n, number in enumerate(numbers)}
        with self._db.read() as connection:
            found = [_line(row) for row in _LINES.rows(connection, numbers=json.dumps(list(numbers)))]
        return sorted(found, key=lambda line: place[line.seq])

    def next_limit(self, near_hours: float, now: dt.datetime) -> dt.datetime | None:
        """The next moment after now, UTC, at which a limit of half days is nearly due or over; None: none is."""
        with self._db.read() as connection:
            found = connection.scalar(due.next_change(near_hours, now).join(cases).where(running()))
        return parse_iso(found) if found else None

    def lost_cases(self) -> list[CaseLine]:
        """Cases that a restored gateway lacks and that cannot be sent again, until a person has seen to them."""
        lost = sa.select(keeping.c.case_id).where(keeping.c.lost_at.is_not(None))
        with self._db.read() as connection:
            mine = sa.select(cases.c.seq).where(cases.c.case_id.in_(lost)).order_by(cases.c.seq.desc())
            numbers = list(connection.scalars(mine))
        return self.case_lines(numbers)

    def case_names(self, case_ids: Collection[str]) -> dict[str, tuple[str, str]]:
        """case_id -> item and applicant, of those that are held here."""
        query = sa.select(cases.c.case_id, cases.c.item_name, cases.c.applicant_name)
        with self._db.read() as connection:
            found = connection.execute(query.where(cases.c.case_id.in_(list(case_ids)))).all()
        return {row.case_id: (row.item_name, row.applicant_name) for row in found}

    def stored_case(self, case_id: str) -> StoredCase | None:
        """A case with its visit and its trail; None when unknown."""
        with self._db.read() as connection:
            found = connection.execute(
                sa.select(cases.c.visit_id, cases.c.stage).where(cases.c.case_id == case_id)
            ).first()
            if found is None:
                return None
            same = sa.select(cases.c.case_id).where(cases.c.visit_id == found.visit_id).order_by(cases.c.seq)
            together = tuple(rows.load_cases(connection, list(connection.scalars(same))))
            case = next(case for case in together if case.case_id == case_id)
            entries = sa.select(outbox.c.op_id).where(outbox.c.case_id == case_id)
            # A paper bears the number of its visit's first case.
            subjects = {case_id, case.visit_id, case.provisional_no, together[0].provisional_no}
            subjects |= set(connection.scalars(entries))
            trail = sa.select(audit).where(audit.c.subject.in_(list(subjects))).order_by(audit.c.seq)
            lines = tuple(AuditEntry(**row) for row in connection.execute(trail).mappings())
        others = {other.provisional_no for other in together} - {case.provisional_no}
        # What was done with the other cases of the visit is not this one's story; the common paper is.
        mine = tuple(e for e in lines if e.subject not in others or e.action.startswith("paper."))
        return StoredCase(case, found.stage, together, mine)


def _line(row: rows.Row) -> CaseLine:
    values = dict(row)
    values["case_no"] = row["case_no"] or ""
    values["accepted_at"] = parse_iso(row["accepted_at"])
    values["state"] = CaseState(row["state"])
    values["due"] = dt.date.fromisoformat(row["due"]) if row["due"] else None
    values["due_at"] = parse_iso(row["due_at"]) if row["due_at"] else None
    return CaseLine(**values)
