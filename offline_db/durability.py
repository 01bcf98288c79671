"""Which cases are safe at the gateway: acked → durable, and back when the gateway was restored from a backup."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from app.domain.case import AuditEvent, CaseState, Operation, OperationKind, OutboxState
from app.domain.clock import isoformat, parse_iso
from app.domain.errors import Refused
from app.domain.material import FileState
from offline_db import audit
from offline_db.part import StorePart
from offline_db.rows import operation
from offline_db.schema import arrivals, cases, gone_files, keeping, outbox, pages

_APART = (OperationKind.RATING.value, OperationKind.AUDIT.value)
"""Kinds that are no part of a case's contents."""
_BATCH = 200


@dataclass(frozen=True, slots=True)
class CaseKeeping:
    """What became of a case here. Times are the gateway's; None: not so (yet).

    files: (material id, sha256) -> where that file stands.
    """

    durable_at: dt.datetime | None = None
    files_at: dt.datetime | None = None
    contents_at: dt.datetime | None = None
    lost_at: dt.datetime | None = None
    files: dict[tuple[str, str], FileState] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DoneEntry:
    """A finished entry of the outbox without its body."""

    op_id: str
    kind: OperationKind
    local_seq: int


class DurabilityPart(StorePart):
    """The store's knowledge of what the gateway holds safely."""

    def case_keeping(self, case_id: str) -> CaseKeeping:
        """What became of a case and of each of its files."""
        with self._db.read() as connection:
            kept = connection.execute(sa.select(keeping).where(keeping.c.case_id == case_id)).mappings().first()
            acked = connection.scalar(sa.select(cases.c.case_no).where(cases.c.case_id == case_id)) is not None
            sent = connection.execute(
                sa.select(outbox.c.state, outbox.c.body).where(
                    outbox.c.case_id == case_id, outbox.c.kind == OperationKind.FILE.value
                )
            ).all()
            gone = set(
                connection.scalars(
                    sa.select(gone_files.c.sha256)
                    .join(pages, pages.c.sha256 == gone_files.c.sha256)
                    .where(pages.c.case_id == case_id)
                )
            )
        files = {}
        for row in sent:
            body = json.loads(row.body)
            key = (str(body.get("material_id", "")), str(body.get("sha256", "")))
            files[key] = FileState.PURGED if key[1] in gone else _file_state(row.state, acked)
        times = {
            name: parse_iso(kept[name]) if kept is not None and kept[name] else None
            for name in ("durable_at", "files_at", "contents_at", "lost_at")
        }
        return CaseKeeping(**times, files=files)

    def file_gone(self, sha256: str) -> dt.datetime | None:
        """When a file of the vault was cleared here; None: it was not."""
        with self._db.read() as connection:
            at = connection.scalar(sa.select(gone_files.c.gone_at).where(gone_files.c.sha256 == sha256))
        return parse_iso(at) if at else None

    def done_entries(self) -> list[DoneEntry]:
        """Every entry that the gateway has taken, in the order of local_seq."""
        query = sa.select(outbox.c.op_id, outbox.c.kind, outbox.c.local_seq).where(
            outbox.c.state == OutboxState.DONE.value
        )
        with self._db.read() as connection:
            return [
                DoneEntry(row.op_id, OperationKind(row.kind), row.local_seq)
                for row in connection.execute(query.order_by(outbox.c.local_seq))
            ]

    def entry(self, op_id: str) -> Operation | None:
        """One entry of the outbox; None when unknown."""
        with self._db.read() as connection:
            row = connection.execute(sa.select(outbox).where(outbox.c.op_id == op_id)).mappings().first()
        return None if row is None else operation(row)

    def undated(self, limit: int = 500) -> list[str]:
        """Finished operations of acked cases of which it is not known when the gateway took them, oldest first."""
        query = (
            sa.select(outbox.c.op_id)
            .join(cases, cases.c.case_id == outbox.c.case_id)
            .outerjoin(arrivals, arrivals.c.op_id == outbox.c.op_id)
            .where(
                cases.c.state == CaseState.ACKED.value,
                outbox.c.state == OutboxState.DONE.value,
                outbox.c.kind.not_in(_APART),
                arrivals.c.op_id.is_(None),
            )
            .order_by(outbox.c.local_seq)
            .limit(limit)
        )
        with self._db.read() as connection:
            return list(connection.scalars(query))

    def note_arrivals(self, received: Mapping[str, dt.datetime]) -> None:
        """When the gateway took operations, by its clock."""
        if received:
            rows = [{"op_id": op_id, "received_at": isoformat(at)} for op_id, at in received.items()]
            with self._db.write() as connection:
                connection.execute(insert(arrivals).on_conflict_do_nothing(), rows)

    def awaits_durable(self) -> bool:
        """Is a case acked and not yet known to stand in a second place?"""
        query = sa.select(cases.c.case_id).where(cases.c.state == CaseState.ACKED.value).limit(1)
        with self._db.read() as connection:
            return connection.execute(query).first() is not None

    def mark_durable(self, through: dt.datetime, now: dt.datetime) -> int:
        """Acked cases of which the gateway received everything before `through` are durable; how many became so.

        Both by the gateway's clock. A case with an entry that was not sent, is parked or was taken back is not: part of
        it stands nowhere but here.
        """
        before, since = isoformat(through), isoformat(now)
        lacks = (
            sa.select(outbox.c.op_id)
            .outerjoin(arrivals, arrivals.c.op_id == outbox.c.op_id)
            .where(
                outbox.c.case_id == cases.c.case_id,
                outbox.c.kind.not_in(_APART),
                sa.or_(
                    outbox.c.state != OutboxState.DONE.value,
                    arrivals.c.received_at.is_(None),
                    arrivals.c.received_at >= before,
                ),
            )
        )
        sent = sa.exists().where(
            outbox.c.case_id == cases.c.case_id,
            outbox.c.kind == OperationKind.CASE.value,
            outbox.c.state == OutboxState.DONE.value,
        )
        query = sa.select(cases.c.case_id).where(cases.c.state == CaseState.ACKED.value, sent, ~lacks.exists())
        marked = 0
        with self._db.read() as connection:
            if connection.execute(query.limit(1)).first() is None:
                return 0
        while True:
            # In small transactions, the question asked inside each: a page may be added meanwhile.
            with self._db.write() as connection:
                found = list(connection.scalars(query.limit(_BATCH)))
                if found:
                    connection.execute(
                        sa.update(cases).where(cases.c.case_id.in_(found)).values(state=CaseState.DURABLE.value)
                    )
                    _keep(connection, found, durable_at=since)
            marked += len(found)
            if len(found) < _BATCH:
                return marked

    def doubt_durable(self) -> int:
        """The gateway was restored from a backup: no case is known to be safe any more; how many were.

        Days that were counted begin anew once it says so again.
        """
        with self._db.write() as connection:
            changed = connection.execute(
                sa.update(cases).where(cases.c.state == CaseState.DURABLE.value).values(state=CaseState.ACKED.value)
            )
            connection.execute(sa.update(keeping).values(durable_at=None))
            return changed.rowcount

    def forget_arrivals(self, op_ids: Collection[str]) -> None:
        """The gateway does not know these operations any more."""
        wanted = list(op_ids)
        with self._db.write() as connection:
            for start in range(0, len(wanted), _BATCH):
                part = wanted[start : start + _BATCH]
                connection.execute(sa.delete(arrivals).where(arrivals.c.op_id.in_(part)))

    def note_lost(self, case_ids: Collection[str], event: AuditEvent) -> list[str]:
        """The gateway lacks these cases, or part of them, and this machine cannot send it again: a person must know.

        Gives their 受理流水号 in their order. They stand under "needs attention" until `settle_loss`.
        """
        with self._db.write() as connection:
            query = sa.select(cases.c.case_id, cases.c.provisional_no).where(cases.c.case_id.in_(list(case_ids)))
            found = connection.execute(query.order_by(cases.c.seq)).all()
            ids = [row.case_id for row in found]
            _keep(connection, ids, lost_at=isoformat(event.at))
            connection.execute(
                sa.update(cases).where(cases.c.case_id.in_(ids)).values(state=CaseState.NEEDS_ATTENTION.value)
            )
            audit.append(connection, self._keys.audit, event)
        return [row.provisional_no for row in found]

    def settle_loss(self, case_id: str, event: AuditEvent) -> None:
        """A person has seen to it. Refused when there is nothing to settle (somebody was faster)."""
        with self._db.write() as connection:
            lost = sa.and_(keeping.c.case_id == case_id, keeping.c.lost_at.is_not(None))
            if connection.execute(sa.update(keeping).where(lost).values(lost_at=None)).rowcount != 1:
                raise Refused("该办件已处理", "这个办件已不在待处理状态。", "请刷新清单。")
            connection.execute(
                sa.update(cases)
                .where(cases.c.case_id == case_id, cases.c.state == CaseState.NEEDS_ATTENTION.value)
                .values(state=CaseState.ACKED.value)
            )
            audit.append(connection, self._keys.audit, event)


def _file_state(state: str, acked: bool) -> FileState:
    if state == OutboxState.DONE:
        return FileState.STORED
    if state == OutboxState.INFLIGHT:
        return FileState.UPLOADING
    if state in (OutboxState.PARKED, OutboxState.WITHDRAWN):
        return FileState.REFUSED
    return FileState.DECLARED if acked else FileState.SEALED


def _keep(connection: sa.Connection, case_ids: Collection[str], **values: str) -> None:
    if case_ids:
        statement = insert(keeping).on_conflict_do_update(index_elements=["case_id"], set_=values)
        connection.execute(statement, [{"case_id": case_id, **values} for case_id in case_ids])
