"""What the gateway tells this window: the feed "messages", and which of them nobody has read.

A message lies in feed_rows as every row of a feed does; `waiting` = 1 says that it waits for a reader.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from offline_db.part import StorePart
from offline_db.schema import feed_rows

MESSAGES = "messages"
"""The feed whose rows wait for a reader."""


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """A message as the gateway wrote it (app.server.message_schemas.MESSAGE), not checked."""

    message_id: str
    document: dict[str, Any]
    unread: bool


class MessagePart(StorePart):
    """The store's messages."""

    def messages(self, limit: int = 500) -> list[StoredMessage]:
        """The newest first, by the gateway's time."""
        at = sa.func.json_extract(feed_rows.c.body, "$.at")
        query = (
            sa.select(feed_rows)
            .where(feed_rows.c.feed == MESSAGES)
            .order_by(at.desc(), feed_rows.c.row_id.desc())
            .limit(limit)
        )
        with self._db.read() as connection:
            return [
                StoredMessage(row.row_id, json.loads(row.body), bool(row.waiting)) for row in connection.execute(query)
            ]

    def handover(self, case_id: str) -> dict[str, Any] | None:
        """The newest message that says how far a case for another region is, as the gateway wrote it, not checked."""
        return self._newest_of(case_id, sa.func.json_extract(feed_rows.c.body, "$.handover").is_not(None))

    def _newest_of(self, case_id: str, which: sa.ColumnElement[bool]) -> dict[str, Any] | None:
        first = case_id + "."
        query = (
            sa.select(feed_rows.c.body)
            .where(feed_rows.c.feed == MESSAGES, feed_rows.c.row_id >= first, feed_rows.c.row_id < first + "~", which)
            .order_by(sa.func.json_extract(feed_rows.c.body, "$.at").desc(), feed_rows.c.row_id.desc())
            .limit(1)
        )
        with self._db.read() as connection:
            body = connection.scalar(query)
        return None if body is None else dict(json.loads(body))

    def decision(self, case_id: str) -> dict[str, Any] | None:
        """The newest message that says how a case was decided, as the gateway wrote it, not checked."""
        return self._newest_of(case_id, sa.func.json_extract(feed_rows.c.body, "$.kind") == "result")

    def issued_told(self, case_id: str = "") -> list[dict[str, Any]]:
        """The messages that say that a case's e-licence was issued or taken back, as the gateway wrote them, not
        checked, the newest last. case_id: of one case alone."""
        at = sa.func.json_extract(feed_rows.c.body, "$.at")
        said = sa.func.json_extract(feed_rows.c.body, "$.licence").is_not(None)
        query = sa.select(feed_rows.c.body).where(feed_rows.c.feed == MESSAGES, said)
        if case_id:
            first = case_id + "."
            query = query.where(feed_rows.c.row_id >= first, feed_rows.c.row_id < first + "~")
        with self._db.read() as connection:
            return [json.loads(body) for body in connection.scalars(query.order_by(at, feed_rows.c.row_id))]

    def unread_messages(self) -> int:
        """How many nobody has read."""
        query = sa.select(sa.func.count()).where(feed_rows.c.feed == MESSAGES, feed_rows.c.waiting == 1)
        with self._db.read() as connection:
            return connection.scalar(query) or 0

    def mark_read(self, message_ids: Collection[str] | None = None) -> None:
        """Somebody has read these; None: all. Unknown ones are passed over."""
        statement = sa.update(feed_rows).where(feed_rows.c.feed == MESSAGES, feed_rows.c.waiting == 1)
        if message_ids is not None:
            statement = statement.where(feed_rows.c.row_id.in_(list(message_ids)))
        with self._db.write() as connection:
            connection.execute(statement.values(waiting=0))
