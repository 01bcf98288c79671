"""What this machine forgets once the gateway holds it safely: first files, then what a case says about people.

Each step is a small transaction that asks its question again inside itself, so that a crash between two leaves nothing
half done and a clerk never waits for more than one. A file is written down as gone before it is removed: what a crash
leaves of it is removed at the next run. All times are the gateway's clock, as last heard.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from app.domain.case import AuditEvent, CaseState, OperationKind
from app.domain.clock import isoformat, parse_iso
from offline_db import audit as trail
from offline_db.papers_due import outstanding
from offline_db.part import StorePart
from offline_db.rows import EMPTIED, FINISHED
from offline_db.schema import (
    amendments,
    audit,
    cases,
    conflicts,
    draft_files,
    feed_rows,
    gone_files,
    keeping,
    materials,
    metadata,
    outbox,
    pages,
    print_batches,
    prints,
    settings,
)

_SEALED = sa.func.json_extract(audit.c.details, "$.sealed")
"""In the trail: where a paper lies in the vault, as whoever made it wrote down."""
_MERGE_PAGES = 64


@dataclass(frozen=True, slots=True)
class SealedPaper:
    """A paper in the vault. case_nos: the numbers of its visit's cases, none for a paper without a case."""

    sha256: str
    number: str
    made_at: dt.datetime
    case_nos: tuple[str, ...] = ()


def _speaking() -> list[sa.Table]:
    """Tables whose rows say what a case is about: all that name one, but for those that hold its bare line. A new
    part's table is cleared unless it is named here; children come before their parents."""
    bare = {cases.name, pages.name, outbox.name, keeping.name}
    named = [table for table in metadata.sorted_tables if "case_id" in table.c and table.name not in bare]
    return named[::-1]


def _due(before: str) -> sa.ColumnElement[bool]:
    """Cases that have been durable since before a time; of `keeping` joined with `cases`."""
    return sa.and_(cases.c.state == CaseState.DURABLE.value, keeping.c.durable_at <= before)


_JOINED = keeping.join(cases, cases.c.case_id == keeping.c.case_id)


class RetentionPart(StorePart):
    """The store's forgetting."""

    # ------------------------------------------------------------------------------------------------- files

    def files_due(self, before: dt.datetime, limit: int = 200) -> list[str]:
        """Files of cases that have been durable since before a time, unless another case or a draft needs them."""
        with self._db.read() as connection:
            return list(connection.scalars(_files_due(isoformat(before)).limit(limit)))

    def give_up_files(self, files: Collection[str], before: dt.datetime, now: dt.datetime, event: AuditEvent) -> int:
        """Write down that these are gone, those that are still due; how many. Remove them afterwards."""
        with self._db.write() as connection:
            query = _files_due(isoformat(before)).where(pages.c.sha256.in_(list(files)))
            found = [str(sha256) for sha256 in connection.scalars(query)]
            self._give_up(connection, found, now, event)
        return len(found)

    def papers_kept(self) -> list[SealedPaper]:
        """Papers whose files are in the vault, in the order in which they were made."""
        query = (
            sa.select(audit.c.at, audit.c.subject, _SEALED.label("sealed"))
            .outerjoin(gone_files, gone_files.c.sha256 == _SEALED)
            .where(_SEALED.is_not(None), gone_files.c.sha256.is_(None))
            .order_by(audit.c.seq)
        )
        mine = cases.alias("mine")
        together = (
            sa.select(mine.c.provisional_no, cases.c.provisional_no)
            .join(cases, cases.c.visit_id == mine.c.visit_id)
            .where(mine.c.provisional_no.in_(sa.select(audit.c.subject).where(_SEALED.is_not(None))))
        )
        with self._db.read() as connection:
            made = connection.execute(query).all()
            visits: dict[str, list[str]] = {}
            for number, other in connection.execute(together):
                visits.setdefault(number, []).append(other)
        return [
            SealedPaper(str(row.sealed), row.subject, parse_iso(row.at), tuple(visits.get(row.subject, ())))
            for row in made
        ]

    def give_up_papers(
        self, papers: Sequence[SealedPaper], before: dt.datetime, now: dt.datetime, event: AuditEvent
    ) -> int:
        """Write down that papers are gone: those whose cases have all been durable since before a time, and those
        without a case made before it. How many."""
        with self._db.write() as connection:
            found = _papers_due(connection, papers, before)
            self._give_up(connection, found, now, event)
        return len(found)

    def count_papers(self, papers: Sequence[SealedPaper], before: dt.datetime) -> int:
        """How many of them `give_up_papers` would give up."""
        with self._db.read() as connection:
            return len(_papers_due(connection, papers, before))

    def files_to_remove(self, limit: int = 200) -> list[str]:
        """Files that were given up and may still be in the vault."""
        query = sa.select(gone_files.c.sha256).where(gone_files.c.removed == 0).limit(limit)
        with self._db.read() as connection:
            return list(connection.scalars(query))

    def file_wanted(self, sha256: str) -> bool:
        """Does a draft, or a case that is not due, need this file after all? Then it is not gone any more."""
        with self._db.write() as connection:
            # One accepted since is not durable yet, or has become so since.
            open_case = (
                sa.select(pages.c.sha256)
                .select_from(
                    pages.outerjoin(keeping, keeping.c.case_id == pages.c.case_id).outerjoin(
                        gone_files, gone_files.c.sha256 == pages.c.sha256
                    )
                )
                .where(
                    pages.c.sha256 == sha256,
                    sa.or_(keeping.c.durable_at.is_(None), keeping.c.durable_at > gone_files.c.gone_at),
                )
            )
            drafted = sa.select(draft_files.c.sha256).where(draft_files.c.sha256 == sha256)
            wanted = any(connection.execute(query.limit(1)).first() is not None for query in (open_case, drafted))
            if wanted:
                connection.execute(sa.delete(gone_files).where(gone_files.c.sha256 == sha256))
            return wanted

    def files_removed(self, files: Collection[str]) -> None:
        """The vault holds these no more."""
        with self._db.write() as connection:
            connection.execute(sa.update(gone_files).where(gone_files.c.sha256.in_(list(files))).values(removed=1))

    def close_files(self, before: dt.datetime, now: dt.datetime) -> int:
        """Cases without a file left here are noted as such; how many became so. After all that was due was removed."""
        gone = sa.select(gone_files.c.sha256).where(
            gone_files.c.sha256 == pages.c.sha256,
            gone_files.c.removed == 1,
            gone_files.c.gone_at >= keeping.c.durable_at,
        )
        gone = gone.correlate(pages, keeping)
        left = sa.select(pages.c.sha256).where(pages.c.case_id == keeping.c.case_id, ~gone.exists())
        left = left.correlate(keeping)
        query = sa.select(keeping.c.case_id).select_from(_JOINED)
        query = query.where(_due(isoformat(before)), keeping.c.files_at.is_(None), ~left.exists())
        with self._db.write() as connection:
            found = sa.update(keeping).where(keeping.c.case_id.in_(query.scalar_subquery()))
            return connection.execute(found.values(files_at=isoformat(now))).rowcount

    def known_files(self) -> set[str]:
        """Every file that a case, a draft, a paper, a print job, a half-mended table or a kept photograph needs.
        Whoever keeps a file of the vault by another reference must be named here, or it is taken for an orphan."""
        kept_table = sa.func.json_extract(settings.c.value, "$.sealed")
        paged = sa.select(pages.c.sha256).distinct().outerjoin(keeping, keeping.c.case_id == pages.c.case_id)
        papers = sa.select(_SEALED).outerjoin(gone_files, gone_files.c.sha256 == _SEALED)
        queries = (
            # The rows of what was cleared stay for ever: they name no file that is here.
            paged.where(keeping.c.files_at.is_(None)),
            sa.select(draft_files.c.sha256).distinct(),
            papers.where(_SEALED.is_not(None), gone_files.c.sha256.is_(None)),
            sa.select(prints.c.sealed)
            .outerjoin(gone_files, gone_files.c.sha256 == prints.c.sealed)
            .where(prints.c.sealed != "", gone_files.c.sha256.is_(None)),
            sa.select(kept_table).where(
                sa.or_(settings.c.key.like("batch.draft.%"), settings.c.key.like("photo.kept.%")),
                sa.func.json_valid(settings.c.value) == 1,
            ),
        )
        with self._db.read() as connection:
            return {str(found) for query in queries for found in connection.scalars(query) if found}

    # ---------------------------------------------------------------------------------------------- contents

    def contents_due(self, before: dt.datetime, limit: int = 50) -> list[str]:
        """Cases that have been durable since before a time, without files here, nothing owed and nothing to send."""
        with self._db.read() as connection:
            return list(connection.scalars(_contents_due(isoformat(before)).limit(limit)))

    def clear_contents(
        self, case_ids: Collection[str], before: dt.datetime, now: dt.datetime, event: AuditEvent
    ) -> int:
        """Forget what these cases say about people, those that are still due; how many.

        Number, item, times, states and hashes of files stay for the day's board and the trail.
        """
        with self._db.write() as connection:
            query = _contents_due(isoformat(before)).where(keeping.c.case_id.in_(list(case_ids)))
            found = list(connection.scalars(query))
            if not found:
                return 0
            mine = cases.c.case_id.in_(found)
            for seq in list(connection.scalars(sa.select(cases.c.seq).where(mine))):
                connection.exec_driver_sql("DELETE FROM case_names WHERE rowid = ?", (seq,))
            connection.execute(
                sa.update(cases)
                .where(mine)
                .values(applicant_name="", applicant_number="", number_reversed="", form=EMPTIED)
            )
            theirs = sa.select(amendments.c.seq).where(amendments.c.case_id.in_(found))
            connection.execute(sa.delete(conflicts).where(conflicts.c.amendment.in_(theirs)))
            for table in _speaking():
                connection.execute(sa.delete(table).where(table.c.case_id.in_(found)))
            said = sa.func.json_extract(feed_rows.c.body, "$.case_id").in_(found)
            connection.execute(sa.delete(feed_rows).where(feed_rows.c.feed == "messages", said))
            # Of a rating stays what the board counts.
            grade = sa.func.json_object(
                "satisfaction",
                sa.func.json_extract(outbox.c.body, "$.satisfaction"),
                "assessTime",
                sa.func.json_extract(outbox.c.body, "$.assessTime"),
            )
            body = sa.case((outbox.c.kind == OperationKind.RATING.value, grade), else_=EMPTIED)
            connection.execute(sa.update(outbox).where(outbox.c.case_id.in_(found)).values(body=body, reason=""))
            connection.execute(
                sa.update(keeping).where(keeping.c.case_id.in_(found)).values(contents_at=isoformat(now))
            )
            trail.append(connection, self._keys.audit, event)
        return len(found)

    def merge_names(self, *, begin: bool = False) -> bool:
        """A step of writing the index of names anew, without those that were cleared; False when it is done.

        begin: of the first step. The index forgets a name only when its part is written again.
        """
        with self._db.write() as connection:
            raw = connection.connection.driver_connection
            assert raw is not None  # noqa: S101  (a connection in use has one)
            before = raw.total_changes
            connection.exec_driver_sql(
                "INSERT INTO case_names (case_names, rank) VALUES ('merge', ?)",
                (-_MERGE_PAGES if begin else _MERGE_PAGES,),
            )
            # FTS5's own sign: a merge that had nothing to do changes one row.
            return bool(raw.total_changes - before > 1)

    # ------------------------------------------------------------------------------------------------- others

    def drop_prints(self, before: dt.datetime) -> int:
        """Forget print jobs asked for before a time, by this machine's clock; how many. Their files are then known to
        nobody, and go as such."""
        with self._db.write() as connection:
            connection.execute(sa.delete(print_batches).where(print_batches.c.made_at < isoformat(before)))
            return connection.execute(sa.delete(prints).where(prints.c.queued_at < isoformat(before))).rowcount

    def settings_under(self, prefix: str) -> dict[str, str]:
        """Settings whose key begins so, without empty ones."""
        query = sa.select(settings.c.key, settings.c.value).where(
            settings.c.key.startswith(prefix, autoescape=True), settings.c.value != ""
        )
        with self._db.read() as connection:
            return {row.key: row.value for row in connection.execute(query)}

    def fold(self) -> bool:
        """Fold the log into the database and empty it: it holds pages as they were. False: a reader was in the way."""
        return self._db.checkpoint()

    def _give_up(self, connection: sa.Connection, files: Sequence[str], now: dt.datetime, event: AuditEvent) -> None:
        if files:
            values = {"gone_at": isoformat(now), "removed": 0}
            statement = insert(gone_files).on_conflict_do_update(index_elements=["sha256"], set_=values)
            connection.execute(statement, [{"sha256": sha256, **values} for sha256 in dict.fromkeys(files)])
            trail.append(connection, self._keys.audit, event)


def _files_due(before: str) -> sa.Select[tuple[str]]:
    other, theirs, their_case = pages.alias(), keeping.alias(), cases.alias()
    held = (
        sa.select(other.c.sha256)
        .select_from(
            other.join(their_case, their_case.c.case_id == other.c.case_id).outerjoin(
                theirs, theirs.c.case_id == other.c.case_id
            )
        )
        .where(
            other.c.sha256 == pages.c.sha256,
            sa.or_(
                their_case.c.state != CaseState.DURABLE.value,
                theirs.c.durable_at.is_(None),
                theirs.c.durable_at > before,
            ),
        )
    )
    drafted = sa.select(draft_files.c.sha256).where(draft_files.c.sha256 == pages.c.sha256)
    return (
        sa.select(pages.c.sha256)
        .distinct()
        .select_from(
            _JOINED.join(pages, pages.c.case_id == keeping.c.case_id).outerjoin(
                gone_files, gone_files.c.sha256 == pages.c.sha256
            )
        )
        .where(
            _due(before),
            keeping.c.files_at.is_(None),
            # Given up before, unless the same bytes came in again since.
            sa.or_(gone_files.c.sha256.is_(None), gone_files.c.gone_at < keeping.c.durable_at),
            ~held.exists(),
            ~drafted.exists(),
        )
    )


def _papers_due(connection: sa.Connection, papers: Sequence[SealedPaper], before: dt.datetime) -> list[str]:
    query = sa.select(cases.c.provisional_no).select_from(_JOINED).where(_due(isoformat(before)))
    wanted = {number for paper in papers for number in paper.case_nos}
    safe = set(connection.scalars(query.where(cases.c.provisional_no.in_(wanted))))
    return [
        paper.sha256
        for paper in papers
        if (safe.issuperset(paper.case_nos) if paper.case_nos else paper.made_at < before)
    ]


def _contents_due(before: str) -> sa.Select[tuple[str]]:
    unfinished = sa.select(outbox.c.op_id).where(outbox.c.case_id == keeping.c.case_id, outbox.c.state.not_in(FINISHED))
    owed = sa.select(materials.c.case_id).where(materials.c.case_id == keeping.c.case_id, outstanding())
    return (
        sa.select(keeping.c.case_id)
        .select_from(_JOINED)
        .where(
            _due(before),
            keeping.c.files_at.is_not(None),
            keeping.c.contents_at.is_(None),
            ~unfinished.exists(),
            ~owed.exists(),
        )
    )
