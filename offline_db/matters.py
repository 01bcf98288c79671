"""Matters of firms 企业事项 of this window: the gateway's state in the feed "matters", and what is not there yet in
the outbox. Both are encrypted like everything else; there is no third copy."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.domain.case import OperationKind, OutboxState
from offline_db import outbox as queue
from offline_db.feeds import MATTERS
from offline_db.part import StorePart
from offline_db.schema import feed_rows


@dataclass(frozen=True, slots=True)
class MatterEntry:
    """One entry of the outbox about a matter. body: {"open"} or {"matter_id", "step"}. reason: why it is parked."""

    matter_id: str
    body: dict[str, Any]
    state: OutboxState
    reason: str


class MatterPart(StorePart):
    """The store's matters."""

    def matter_documents(self) -> list[dict[str, Any]]:
        """How they stand at the gateway (app.server.matter_schemas.MATTER), not checked."""
        query = sa.select(feed_rows.c.body).where(feed_rows.c.feed == MATTERS)
        with self._db.read() as connection:
            return [json.loads(body) for body in connection.scalars(query)]

    def matter_entries(self) -> list[MatterEntry]:
        """What this window has done in matters, in its order; not what was taken back, nor what was emptied."""
        with self._db.read() as connection:
            rows = connection.execute(queue.entries_of(OperationKind.MATTER)).all()
        return [MatterEntry(row.case_id, json.loads(row.body), OutboxState(row.state), row.reason) for row in rows]
