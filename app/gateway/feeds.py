"""Feeds: what changed since a cursor, never missing a row however many write at once.

A sequence alone is not enough: a writer may take number 7, another take 8 and commit first; a reader that then saves
"8" never sees 7. So rows are ordered by (transaction, seq) and only rows of transactions below the horizon, all of
which have ended, are handed out.
"""

from __future__ import annotations

import base64
import json
from dataclasses import astuple, dataclass
from typing import Any

from sqlalchemy import Connection, delete, select, tuple_, union_all

from app.domain.clock import Clock, isoformat
from app.gateway.database import Database
from app.gateway.problems import Problem
from app.gateway.tables import feed_rows, meta
from app.server import headers as h

MESSAGES = "messages"
"""What a window's people should read."""
FEEDS = ("catalog", "policies", "trust", "cases", "visits", "matters", "agencies", "roster", MESSAGES)


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a feed."""

    xid: int
    seq: int


_START = Position(0, 0)


@dataclass(frozen=True, slots=True)
class Floor:
    """Tombstones up to position are gone. generation: how many purges there have been."""

    generation: int
    position: Position


class Feeds:
    """Writes and reads the feeds of one database."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def put(
        self,
        connection: Connection,
        feed: str,
        entity_id: str,
        document: dict[str, Any] | None,
        audience: str | None = None,
    ) -> None:
        """Publish an entity's present state, or its end (document None: a tombstone), in the caller's transaction.

        audience: the one device that may see it, None for all.
        """
        values = {
            "xid": self._database.rules.transaction_id(),
            "seq": self._database.rules.next_seq(connection),
            "audience": audience,
            "document": h.canonical(document or {}).decode(),
            "deleted": document is None,
            "at": isoformat(self._clock.now()),
        }
        statement: Any = self._database.insert(feed_rows).values(feed=feed, entity_id=entity_id, **values)
        connection.execute(statement.on_conflict_do_update(index_elements=["feed", "entity_id"], set_=values))

    def publish(self, feed: str, entity_id: str, document: dict[str, Any] | None) -> None:
        """Publish to all devices in a transaction of its own (catalogue, policies, trust list)."""
        with self._database.write() as connection:
            self.put(connection, feed, entity_id, document)

    def expire(self, feed: str, before: str) -> int:
        """Turn what was last said before a time (RFC 3339) into tombstones: news grow old. How many."""
        with self._database.write() as connection:
            query = select(feed_rows.c.entity_id, feed_rows.c.audience).where(
                feed_rows.c.feed == feed, ~feed_rows.c.deleted, feed_rows.c.at < before
            )
            old = connection.execute(query).all()
            for row in old:
                self.put(connection, feed, row.entity_id, None, row.audience)
            return len(old)

    def current(self, feed: str, entity_id: str) -> dict[str, Any] | None:
        """An entity's present state; None when it was never published, or was removed."""
        with self._database.read() as connection:
            return current_in(connection, feed, entity_id)

    def page(self, feed: str, device_id: str, after: str | None, limit: int) -> dict[str, Any]:
        """One page as the protocol writes it. Problem 404: no such feed. 410: the cursor serves no more."""
        if feed not in FEEDS:
            raise Problem(404, "no-feed", "没有这种数据")
        with self._database.read() as connection:
            epoch, floor = self._database.epoch_in(connection), self._floor(connection, feed)
            start = self._position(after, epoch, floor)
            mine = [
                select(feed_rows)
                .where(
                    feed_rows.c.feed == feed,
                    audience,
                    tuple_(feed_rows.c.xid, feed_rows.c.seq) > (start.xid, start.seq),
                    feed_rows.c.xid < self._database.rules.horizon(),
                )
                .order_by(feed_rows.c.xid, feed_rows.c.seq)
                .limit(limit + 1)
                .subquery()
                # Two walks along the index; asked for with "or", the whole feed would be walked.
                for audience in (feed_rows.c.audience == device_id, feed_rows.c.audience.is_(None))
            ]
            both = union_all(*(select(part) for part in mine)).subquery()
            rows = connection.execute(select(both).order_by(both.c.xid, both.c.seq).limit(limit + 1)).all()
        shown = rows[:limit]
        items = [json.loads(row.document) for row in shown if not row.deleted]
        tombstones = [row.entity_id for row in shown if row.deleted]
        reached = Position(shown[-1].xid, shown[-1].seq) if shown else start
        return {
            "items": items,
            "tombstones": tombstones,
            "next": self._cursor(epoch, floor.generation, reached),
            "count": len(shown),
            "checksum": h.sha256_hex(h.canonical([items, tombstones])),
            "more": len(rows) > limit,
        }

    def purge_tombstones(self, before: str) -> int:
        """Drop tombstones older than a time (RFC 3339). Cursors that have not passed them answer 410 from now on.

        Problem 409: another gateway is at it, and the floor must not be set back by whoever comes second.
        """
        with self._database.write("purge tombstones") as connection:
            old = (feed_rows.c.deleted, feed_rows.c.at < before)
            doomed = connection.execute(select(feed_rows.c.feed, feed_rows.c.xid, feed_rows.c.seq).where(*old)).all()
            for feed in {row.feed for row in doomed}:
                last = max(Position(row.xid, row.seq) for row in doomed if row.feed == feed)
                floor = self._floor(connection, feed)
                values = {"value": json.dumps([floor.generation + 1, *astuple(max(last, floor.position))])}
                statement: Any = self._database.insert(meta).values(key=f"floor:{feed}", **values)
                connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_=values))
            connection.execute(delete(feed_rows).where(*old))
            return len(doomed)

    def _floor(self, connection: Connection, feed: str) -> Floor:
        text = connection.scalar(select(meta.c.value).where(meta.c.key == f"floor:{feed}"))
        if text is None:
            return Floor(0, _START)
        generation, xid, seq = json.loads(text)
        return Floor(generation, Position(xid, seq))

    def _cursor(self, epoch: str, generation: int, position: Position) -> str:
        text = json.dumps([epoch, generation, position.xid, position.seq], separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    def _position(self, cursor: str | None, epoch: str, floor: Floor) -> Position:
        if cursor is None:
            return _START
        try:
            raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
            its_epoch, generation, xid, seq = json.loads(raw)
            position = Position(int(xid), int(seq))
            known = its_epoch == epoch and _START <= position < Position(1 << 62, 0)
        except (ValueError, TypeError, RecursionError) as error:
            raise _gone() from error
        # A reader that began after the purge may be anywhere: what was purged was never shown to it.
        if not known or (generation != floor.generation and position < floor.position):
            raise _gone()
        return position


def current_in(connection: Connection, feed: str, entity_id: str) -> dict[str, Any] | None:
    """`Feeds.current` inside a transaction."""
    row = connection.execute(
        select(feed_rows.c.document, feed_rows.c.deleted).where(
            feed_rows.c.feed == feed, feed_rows.c.entity_id == entity_id
        )
    ).one_or_none()
    if row is None or row.deleted:
        return None
    document: dict[str, Any] = json.loads(row.document)
    return document


def _gone() -> Problem:
    return Problem(410, "resync", "需要重新同步", "游标已失效，请从头读取")
