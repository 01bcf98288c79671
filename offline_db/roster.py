"""The roster 驻点排班: the gateway's state in the feed "roster", and leave that is not there yet in the outbox."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.domain.case import OperationKind, OutboxState
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

    def absence_entries(self) -> list[AbsenceEntry]:
        """Leave reported here, in its order; not what was taken back, nor what was emptied."""
        with self._db.read() as connection:
            rows = connection.execute(queue.entries_of(OperationKind.ROSTER)).all()
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
