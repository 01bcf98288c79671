"""Photographs kept with consent: the row that names one, and what the platform must hear of it, in one commit."""

from __future__ import annotations

import sqlalchemy as sa

from app.domain.case import AuditEvent, Operation, OutboxState
from offline_db import audit
from offline_db import outbox as queue
from offline_db.part import StorePart
from offline_db.schema import outbox, settings

_TO_COME = (OutboxState.PENDING.value, OutboxState.RETRY.value, OutboxState.PARKED.value)


class PhotoPart(StorePart):
    """The store's photographs."""

    def write_photo(self, key: str, row: str, operations: list[Operation], event: AuditEvent) -> None:
        """Keep a row, or end it (""), queue what the platform must hear, and note it. case_id of each is the
        photograph's id: what else of it has not left yet is taken back, and what is under way goes before."""
        with self._db.write() as connection:
            connection.execute(sa.delete(settings).where(settings.c.key == key))
            connection.execute(sa.insert(settings).values(key=key, value=row))
            about = [operation.case_id for operation in operations]
            waiting = sa.and_(outbox.c.case_id.in_(about), outbox.c.state.in_(_TO_COME))
            values = {"state": OutboxState.WITHDRAWN.value, "next_at": None}
            connection.execute(sa.update(outbox).where(waiting).values(values))
            queue.enqueue(connection, operations, self._now())
            audit.append(connection, self._keys.audit, event)
