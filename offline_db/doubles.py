"""Which cases here may be doubles of another window's: the gateway's messages say it (app.gateway.doubles)."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa

from app.domain.case import AuditEvent
from offline_db import audit
from offline_db.messages import MESSAGES
from offline_db.part import StorePart
from offline_db.rows import to_json
from offline_db.schema import feed_rows

_MARK = ".double."


class DoublePart(StorePart):
    """The store's possible duplicates."""

    def doubles(self, case_id: str) -> list[dict[str, Any]]:
        """The messages about one case's doubles, as the gateway wrote them, not checked."""
        first = case_id + _MARK
        query = (
            sa.select(feed_rows.c.body)
            .where(feed_rows.c.feed == MESSAGES, feed_rows.c.row_id >= first, feed_rows.c.row_id < first + "~")
            .order_by(feed_rows.c.row_id)
        )
        with self._db.read() as connection:
            return [json.loads(body) for body in connection.scalars(query)]

    def open_doubles(self) -> frozenset[str]:
        """case_ids of which nobody has said yet whether they are doubles."""
        unsettled = sa.func.json_extract(feed_rows.c.body, "$.double.decision") == ""
        query = sa.select(feed_rows.c.row_id).where(
            feed_rows.c.feed == MESSAGES, feed_rows.c.row_id.contains(_MARK), unsettled
        )
        with self._db.read() as connection:
            return frozenset(row_id.partition(_MARK)[0] for row_id in connection.scalars(query))

    def note_double(self, message_id: str, decision: str, clerk: str, event: AuditEvent) -> None:
        """The gateway has taken a person's word; the message says so until the gateway's own comes, and is read."""
        key = sa.and_(feed_rows.c.feed == MESSAGES, feed_rows.c.row_id == message_id)
        with self._db.write() as connection:
            body = connection.scalar(sa.select(feed_rows.c.body).where(key))
            if body is not None:
                document = json.loads(body)
                document["double"] |= {"decision": decision, "clerk": clerk}
                connection.execute(sa.update(feed_rows).where(key).values(body=to_json(document), waiting=0))
            audit.append(connection, self._keys.audit, event)
