"""Print jobs: written before anything is sent, so that whatever fails in between, no paper is printed twice.

A job of a case stands in the store with its case or after it, never before: what is not committed cannot be printed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa

from app.domain.case import AuditEvent
from app.domain.clock import isoformat, parse_iso
from app.domain.errors import Defect, Refused
from app.domain.printing import (
    ON_PAPER,
    BatchPaper,
    BatchProgress,
    BatchState,
    PrintCounts,
    PrintJob,
    PrintState,
)
from offline_db import audit
from offline_db.part import StorePart
from offline_db.schema import audit as trail
from offline_db.schema import cases, print_batches, prints

OPEN_DAYS = 7
"""For so long somebody can still say what became of a paper."""
FRESH = dt.timedelta(minutes=30)
"""A job that waited longer when the program ended is not printed unasked at the next start: nobody stands there."""

_ENDED: tuple[sa.ColumnElement[str], ...] = (sa.literal_column("'printed'"), sa.literal_column("'cancelled'"))
_WANTS = prints.c.state.not_in(_ENDED)
"""Jobs that have not ended. Written out, not bound: SQLite uses the partial index only when it reads its condition."""
_NOT_STORED = ("seq", "applicant")
_IN_BATCH = 500
"""Numbers asked for in one statement."""


def waiting_for(slot: str) -> tuple[sa.ColumnElement[bool], ...]:
    """What a printer may be sent: it waits, and its batch, if it is of one, runs."""
    paused = sa.select(print_batches.c.batch_id).where(print_batches.c.state != BatchState.RUNNING.value)
    return (
        prints.c.slot == slot,
        prints.c.state == PrintState.WAITING.value,
        _WANTS,
        prints.c.batch_id.not_in(paused),
    )


def insert_prints(connection: sa.Connection, jobs: Sequence[PrintJob]) -> None:
    """Write jobs in the caller's transaction; one that is there already stays as it is.

    Defect when a job's case is not stored: a paper must not promise what a power cut could take back.
    """
    for job in jobs:
        if job.case_id and connection.scalar(sa.select(cases.c.seq).where(cases.c.case_id == job.case_id)) is None:
            raise Defect("文书不能打印", "它所说的办件还没有保存。", "请先受理，再打印。")
        row = {name: value for name, value in asdict(job).items() if name not in _NOT_STORED}
        for name in ("queued_at", "started_at", "ended_at"):
            row[name] = isoformat(row[name]) if row[name] is not None else None
        row["state"], row["outcome"] = job.state.value, job.outcome or None
        connection.execute(sa.insert(prints).prefix_with("OR IGNORE").values(row))


class PrintPart(StorePart):
    """The store's print jobs and batches."""

    # ------------------------------------------------------------------------------------------------ one job

    def queue_prints(self, jobs: Sequence[PrintJob], event: AuditEvent | None = None) -> None:
        """Write jobs, with an audit line, as one commit. A job that is there already stays as it is: asked for twice
        it is printed once. Defect: see insert_prints."""
        with self._db.write() as connection:
            insert_prints(connection, jobs)
            if event is not None:
                audit.append(connection, self._keys.audit, event)

    def start_print(self, job_id: str, slot: str) -> bool:
        """To be called before anything is sent; on the disk when this returns. False: this job is not to be sent to
        this printer (any more), e.g. it was called off a moment ago, or may be on paper already."""
        waits = sa.and_(prints.c.job_id == job_id, prints.c.slot == slot, prints.c.state == PrintState.WAITING.value)
        values = {"state": PrintState.SENDING.value, "started_at": self._now(), "outcome": None, "ended_at": None}
        with self._db.write() as connection:
            return connection.execute(sa.update(prints).where(waits).values(values)).rowcount == 1

    def end_print(self, job_id: str, state: PrintState, outcome: str, detail: str = "") -> None:
        """How the sending ended: PRINTED, UNKNOWN, or WAITING when surely nothing came out. Defect for a job that was
        not being sent."""
        sent = sa.and_(prints.c.job_id == job_id, prints.c.state == PrintState.SENDING.value)
        values = {"state": state.value, "outcome": outcome, "detail": detail, "ended_at": self._now()}
        with self._db.write() as connection:
            if connection.execute(sa.update(prints).where(sent).values(values)).rowcount != 1:
                raise Defect("打印记录出错", "有一份文书没有登记就送去打印了。")

    def note_made(self, job_id: str, reprint: int) -> None:
        """A further print got its number; from now on it keeps it."""
        with self._db.write() as connection:
            connection.execute(sa.update(prints).where(prints.c.job_id == job_id).values(reprint=reprint))

    def settle_print(self, job_id: str, came_out: bool, event: AuditEvent) -> None:
        """A person looked. came_out: it is printed; else it waits to be sent again, to the printer's driver as another
        job. Refused when it is neither printed nor of unknown fate."""
        looked = sa.and_(
            prints.c.job_id == job_id, prints.c.state.in_([PrintState.UNKNOWN.value, PrintState.PRINTED.value])
        )
        values: dict[str, Any] = {"state": PrintState.PRINTED.value, "ended_at": self._now(), "detail": ""}
        if not came_out:
            values = {"state": PrintState.WAITING.value, "tries": prints.c.tries + 1, "detail": "", "batch_id": ""}
        with self._db.write() as connection:
            if connection.execute(sa.update(prints).where(looked).values(values)).rowcount != 1:
                raise _gone()
            audit.append(connection, self._keys.audit, event)

    def release_print(self, job_id: str, slot: str) -> None:
        """Let a job that is kept back or waits go to this printer. Refused when it is on its way already."""
        self._change((job_id,), {"state": PrintState.WAITING.value, "slot": slot}, None)

    def cancel_prints(self, job_ids: Collection[str], event: AuditEvent) -> None:
        """Call off jobs that are kept back or wait. Refused when one is on its way already."""
        self._change(job_ids, {"state": PrintState.CANCELLED.value, "ended_at": self._now()}, event)

    def _change(self, job_ids: Collection[str], values: dict[str, Any], event: AuditEvent | None) -> None:
        before = sa.and_(
            prints.c.job_id.in_(list(job_ids)), prints.c.state.in_([PrintState.HELD.value, PrintState.WAITING.value])
        )
        with self._db.write() as connection:
            if connection.execute(sa.update(prints).where(before).values(values)).rowcount != len(job_ids):
                raise _gone()
            if event is not None:
                audit.append(connection, self._keys.audit, event)

    def recover_prints(self) -> None:
        """After a start: what was being sent may have come out; what waited long, or in a batch, waits for a word."""
        cut = isoformat(self._clock.now() - FRESH)
        sent = prints.c.state == PrintState.SENDING.value
        stale = sa.and_(prints.c.state == PrintState.WAITING.value, prints.c.queued_at < cut, prints.c.batch_id == "")
        running = print_batches.c.state == BatchState.RUNNING.value
        why = "打印途中程序中断，可能已经打印，请查看打印机"
        with self._db.write() as connection:
            connection.execute(sa.update(prints).where(sent).values(state=PrintState.UNKNOWN.value, detail=why))
            connection.execute(sa.update(prints).where(stale).values(state=PrintState.HELD.value))
            connection.execute(sa.update(print_batches).where(running).values(state=BatchState.PAUSED.value))

    # ------------------------------------------------------------------------------------------------- lists

    def next_print(self, slot: str, after: int = 0) -> PrintJob | None:
        """What the printer gets next: people at the window before batches, in the order they were asked for. A batch
        that is paused gives none. after: the next but so many."""
        order = (prints.c.batch_id != "", prints.c.seq)
        found = self._jobs(*waiting_for(slot), order=order, limit=1, offset=after)
        return found[0] if found else None

    def print_job(self, job_id: str) -> PrintJob | None:
        """One job; None when it was never asked for."""
        found = self._jobs(prints.c.job_id == job_id)
        return found[0] if found else None

    def print_jobs(self, since: dt.datetime, limit: int = 500) -> list[PrintJob]:
        """Jobs asked for since then, and older ones that still want something; the newest first."""
        wants = sa.and_(_WANTS, prints.c.queued_at >= self._oldest())
        recent = prints.c.queued_at >= isoformat(since)
        return self._jobs(sa.or_(recent, wants), order=(prints.c.seq.desc(),), limit=limit)

    def held_prints(self, paper_number: str) -> list[PrintJob]:
        """Jobs of a paper that are kept back."""
        return self._jobs(prints.c.paper_number == paper_number, prints.c.state == PrintState.HELD.value, _WANTS)

    def print_counts(self) -> PrintCounts:
        """What wants something; the papers of a batch are its own affair, but for those of unknown fate."""
        query = (
            sa.select(prints.c.state, sa.func.count().label("many"))
            .where(_WANTS, prints.c.queued_at >= self._oldest())
            .where(sa.or_(prints.c.batch_id == "", prints.c.state == PrintState.UNKNOWN.value))
            .group_by(prints.c.state)
        )
        with self._db.read() as connection:
            found = {row.state: row.many for row in connection.execute(query)}
        waiting = found.get("waiting", 0) + found.get("sending", 0)
        return PrintCounts(waiting, found.get("held", 0), found.get("unknown", 0))

    def _oldest(self) -> str:
        return isoformat(self._clock.now() - dt.timedelta(days=OPEN_DAYS))

    def _jobs(
        self,
        *where: sa.ColumnElement[bool],
        order: Sequence[Any] = (prints.c.seq,),
        limit: int | None = None,
        offset: int = 0,
    ) -> list[PrintJob]:
        query = sa.select(prints, sa.func.coalesce(cases.c.applicant_name, "").label("applicant"))
        query = query.select_from(prints.outerjoin(cases, cases.c.case_id == prints.c.case_id))
        query = query.where(*where).order_by(*order).limit(limit).offset(offset)
        with self._db.read() as connection:
            return [_job(row) for row in connection.execute(query).mappings()]

    # ----------------------------------------------------------------------------------------------- batches

    def batch_papers(self, numbers: Sequence[int]) -> list[BatchPaper]:
        """The papers of these cases (`list_cases`), one a visit, oldest first. printed: it may be on paper."""
        found: list[BatchPaper] = []
        for at in range(0, len(numbers), _IN_BATCH):
            found += self._papers_of(numbers[at : at + _IN_BATCH])
        unique = {paper.number: paper for paper in found}
        return sorted(unique.values(), key=lambda paper: (paper.accepted_at, paper.number))

    def _papers_of(self, numbers: Sequence[int]) -> list[BatchPaper]:
        visits = sa.select(cases.c.visit_id).where(cases.c.seq.in_(list(numbers)))
        first = sa.func.min(cases.c.seq)
        heads = (
            sa.select(first.label("seq"), sa.func.count().label("cases"))
            .where(cases.c.visit_id.in_(visits))
            .group_by(cases.c.visit_id)
            .subquery()
        )
        query = sa.select(cases, heads.c.cases.label("together")).join(heads, heads.c.seq == cases.c.seq)
        with self._db.read() as connection:
            rows = list(connection.execute(query).mappings())
            papers = [row["provisional_no"] for row in rows]
            sealed_at = sa.func.json_extract(trail.c.details, "$.sealed").label("sealed")
            made = sa.select(trail.c.subject, sealed_at).where(trail.c.subject.in_(papers))
            sealed = {row.subject: row.sealed for row in connection.execute(made.where(trail.c.action == "paper.made"))}
            out = prints.c.state.in_([state.value for state in ON_PAPER])
            printed = set(
                connection.scalars(sa.select(prints.c.paper_number).where(out, prints.c.paper_number.in_(papers)))
            )
        return [
            BatchPaper(
                row["case_id"],
                row["provisional_no"],
                row["applicant_name"],
                parse_iso(row["accepted_at"]),
                row["together"],
                str(sealed[row["provisional_no"]] or ""),
                row["provisional_no"] in printed,
            )
            for row in rows
            if row["provisional_no"] in sealed
        ]

    def add_batch(self, batch_id: str, title: str, slot: str, jobs: Sequence[PrintJob], event: AuditEvent) -> None:
        """A batch and all its jobs as one commit, running. Refused while another is under way."""
        with self._db.write() as connection:
            if connection.scalar(sa.select(print_batches.c.batch_id).where(_under_way())) is not None:
                raise Refused("还有一批没有打完", "上一批打印还没有结束。", "先把它打完或停止，再开始新的一批。")
            values = {"batch_id": batch_id, "title": title, "slot": slot, "state": BatchState.RUNNING.value}
            connection.execute(
                sa.insert(print_batches).values(**values, clerk=event.clerk, made_at=isoformat(event.at))
            )
            insert_prints(connection, jobs)
            audit.append(connection, self._keys.audit, event)

    def set_batch(self, batch_id: str, state: BatchState, event: AuditEvent | None = None) -> None:
        """Pause, continue or end a batch. STOPPED calls off what was not sent."""
        ended = self._now() if state in (BatchState.STOPPED, BatchState.DONE) else None
        where = sa.and_(print_batches.c.batch_id == batch_id, _under_way())
        with self._db.write() as connection:
            changed = connection.execute(
                sa.update(print_batches).where(where).values(state=state.value, ended_at=ended)
            )
            if changed.rowcount == 1 and state is BatchState.STOPPED:
                waits = sa.and_(
                    prints.c.batch_id == batch_id,
                    prints.c.state.in_([PrintState.WAITING.value, PrintState.HELD.value]),
                )
                connection.execute(
                    sa.update(prints).where(waits).values(state=PrintState.CANCELLED.value, ended_at=ended)
                )
            if changed.rowcount == 1 and event is not None:
                audit.append(connection, self._keys.audit, event)

    def batch(self, batch_id: str = "") -> BatchProgress | None:
        """A batch and how far it is; without a name the one under way. None when there is none."""
        which = print_batches.c.batch_id == batch_id if batch_id else _under_way()
        with self._db.read() as connection:
            row = connection.execute(sa.select(print_batches).where(which)).mappings().first()
            if row is None:
                return None
            # A paper that was said not to have come out left the batch to go at once; its place still counts.
            places = prints.c.job_id.startswith(f"{row['batch_id']}:", autoescape=True)
            states = sa.select(prints.c.state, sa.func.count().label("many")).where(places).group_by(prints.c.state)
            found = {row.state: row.many for row in connection.execute(states)}
        return BatchProgress(
            row["batch_id"],
            row["title"],
            row["slot"],
            BatchState(row["state"]),
            parse_iso(row["made_at"]),
            sum(found.values()),
            found.get("printed", 0),
            found.get("unknown", 0),
            found.get("cancelled", 0),
        )

    def batch_jobs(self, batch_id: str) -> list[PrintJob]:
        """A batch's jobs in its order."""
        mine = prints.c.job_id.startswith(f"{batch_id}:", autoescape=True)
        return self._jobs(mine, order=(prints.c.position,))


def _under_way() -> sa.ColumnElement[bool]:
    return print_batches.c.state.in_([BatchState.RUNNING.value, BatchState.PAUSED.value])


def _gone() -> Refused:
    return Refused("这份打印任务已经变了", "它已经送往打印机，或者已有人处理。", "请刷新打印清单再看。")


def _job(row: Any) -> PrintJob:
    values = {name: row[name] for name in PrintJob.__dataclass_fields__}
    for name in ("queued_at", "started_at", "ended_at"):
        values[name] = parse_iso(values[name]) if values[name] else None
    values["state"] = PrintState(values["state"])
    values["outcome"] = values["outcome"] or ""
    return PrintJob(**values)
