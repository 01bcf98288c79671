"""The roster 驻点排班: the gateway's state in the feed "roster", and leave that is not there yet in the outbox."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.domain.case import AuditEvent, Operation, OperationKind, OutboxState
from offline_db import audit
from offline_db import outbox as queue
from offline_db.part import StorePart
from offline_db.rows import EMPTIED
from offline_db.schema import outbox


@dataclass(frozen=True, slots=True)
class AbsenceEntry:
    """Leave in the outbox. body: app.server.roster_schemas.ABSENCE. reason: why it is parked."""

    op_id: str
    body: dict[str, Any]
    state: OutboxState
    reason: str


class RosterPart(StorePart):
    """The store's part of the roster."""

    def add_absence(self, operation: Operation, event: AuditEvent) -> None:
        """Queue a specialist's leave and note it, in one commit."""
        with self._db.write() as connection:
            queue.enqueue(connection, [operation], self._now())
            audit.append(connection, self._keys.audit, event)

    def absence_entries(self) -> list[AbsenceEntry]:
        """Leave reported here, in its order; not what was taken back, nor what was emptied."""
        query = (
            sa.select(outbox.c.op_id, outbox.c.body, outbox.c.state, outbox.c.reason)
            .where(
                outbox.c.kind == OperationKind.ROSTER.value,
                outbox.c.state != OutboxState.WITHDRAWN.value,
                outbox.c.body != EMPTIED,
            )
            .order_by(outbox.c.local_seq)
        )
        with self._db.read() as connection:
            rows = connection.execute(query).all()
        return [AbsenceEntry(row.op_id, json.loads(row.body), OutboxState(row.state), row.reason) for row in rows]

    def forget_absences(self, op_ids: list[str]) -> None:
        """Empty leave that was sent and is over: why somebody was away is nobody's business here any more."""
        mine = sa.and_(
            outbox.c.op_id.in_(op_ids),
            outbox.c.kind == OperationKind.ROSTER.value,
            outbox.c.state == OutboxState.DONE.value,
        )
        with self._db.write() as connection:
            connection.execute(sa.update(outbox).where(mine).values(body=EMPTIED, reason=""))
