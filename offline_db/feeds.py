"""What comes down from the gateway.

A feed's rows and its cursor are saved in one transaction. A refresh never overwrites a case with unfinished
operations: its row waits here and is applied when the last of them is done, so that nothing is lost with the cursor.

A feed whose cursor is void is read anew from its beginning: what it then no longer names went while nobody told us,
and goes when the end is reached. Until then the old rows serve on; those not yet named again are marked in feed_rows
itself, under the feed's name with a "~" before it, so that a reading cut short goes on where it was.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from app.domain.case import OperationKind, OutboxState
from app.domain.clock import isoformat, parse_iso, shanghai
from app.domain.errors import BadInput
from offline_db import contents
from offline_db.messages import MESSAGES
from offline_db.part import StorePart
from offline_db.rows import EMPTIED, has_unfinished, to_json
from offline_db.schema import case_limits, cases, cursors, feed_rows, outbox

_OLD = "~"
CASES = "cases"
"""The feed whose rows speak of this device's own cases; keyed by case_id, all others by id."""
MATTERS = "matters"
"""The feed whose rows say how this window's matters of firms stand (app.domain.matter)."""


def _update_case(connection: sa.Connection, case_id: str, row: Mapping[str, Any]) -> None:
    """Take over rev, stage, case_no and the moment of a limit, never going back to an older revision."""
    rev = row.get("rev")
    values = {name: str(row[name]) for name in ("stage", "case_no") if row.get(name) is not None}
    statement = sa.update(cases).where(cases.c.case_id == case_id)
    if isinstance(rev, int):
        statement = statement.where(cases.c.rev <= rev)
        if connection.execute(statement.values(rev=rev, **values)).rowcount:
            _update_limit(connection, case_id, row.get("due_at"))
    elif values:
        connection.execute(statement.values(values))


def _update_limit(connection: sa.Connection, case_id: str, due_at: object) -> None:
    """The platform's word on when half days end holds: it knows the departments' hours, and when time stood still."""
    try:
        at = parse_iso(due_at) if isinstance(due_at, str) else None
    except ValueError:
        at = None
    limit = sa.update(case_limits).where(case_limits.c.case_id == case_id)
    if at is not None and connection.execute(limit.values(due_at=isoformat(at))).rowcount:
        day = shanghai(at).date().isoformat()
        connection.execute(sa.update(cases).where(cases.c.case_id == case_id).values(due=day))


def apply_waiting(connection: sa.Connection, case_id: str) -> None:
    """Apply the refresh that waited for the case's operations, inside the caller's transaction."""
    mine = sa.and_(feed_rows.c.feed == CASES, feed_rows.c.row_id == case_id, feed_rows.c.waiting == 1)
    body = connection.scalar(sa.select(feed_rows.c.body).where(mine))
    if body is not None:
        _update_case(connection, case_id, json.loads(body))
        connection.execute(sa.update(feed_rows).where(mine).values(waiting=0))


def _forget_matters(connection: sa.Connection, ids: Sequence[str]) -> None:
    """The gateway has taken these off the list: what was sent of them is nobody's business here any more."""
    theirs = sa.and_(
        outbox.c.case_id.in_(ids),
        outbox.c.kind == OperationKind.MATTER.value,
        outbox.c.state == OutboxState.DONE.value,
    )
    connection.execute(sa.update(outbox).where(theirs).values(body=EMPTIED, reason=""))


class FeedPart(StorePart):
    """The store's copy of the feeds."""

    def cursor(self, feed: str) -> str | None:
        """Where to go on reading the feed; None: from its beginning."""
        with self._db.read() as connection:
            return connection.scalar(sa.select(cursors.c.cursor).where(cursors.c.feed == feed))

    def begin_feed_anew(self, feed: str) -> None:
        """The gateway takes the cursor no more: the feed will be read from its beginning."""
        with self._db.write() as connection:
            connection.execute(sa.delete(cursors).where(cursors.c.feed == feed))
            connection.execute(sa.delete(feed_rows).where(feed_rows.c.feed == _OLD + feed))
            old = sa.select(sa.literal(_OLD + feed), feed_rows.c.row_id, sa.literal("")).where(feed_rows.c.feed == feed)
            connection.execute(sa.insert(feed_rows).from_select(["feed", "row_id", "body"], old))

    def forget_revisions(self) -> None:
        """The gateway was restored from a backup: a case's revision may be lower there than the one known here, and is
        true all the same."""
        with self._db.write() as connection:
            connection.execute(sa.update(cases).where(cases.c.rev > 0).values(rev=0))

    def apply_feed(
        self,
        feed: str,
        rows: Sequence[Mapping[str, Any]],
        tombstones: Sequence[str],
        next_cursor: str,
        *,
        last: bool = True,
    ) -> None:
        """Save rows, removals and the cursor in one transaction.

        last: these are the newest rows that there are; False: another page follows.

        rows of "cases" have case_id and any of rev, stage, case_no, due_at; rows of other feeds have id. tombstones:
        ids of what is gone; a case of this window is never deleted by one. BadInput for a row without its id. A page
        that says nothing new writes nothing: a window asks each feed every minute.
        """
        if not rows and not tombstones and self._stands_at(feed, next_cursor):
            return
        with self._db.write() as connection:
            named = [self._apply(connection, feed, row) for row in rows]
            gone = sa.and_(feed_rows.c.feed == feed, feed_rows.c.row_id.in_(list(tombstones)))
            connection.execute(sa.delete(feed_rows).where(gone))
            if feed == MATTERS:
                _forget_matters(connection, list(tombstones))
            self._confirm(connection, feed, named, last)
            connection.execute(sa.delete(cursors).where(cursors.c.feed == feed))
            connection.execute(sa.insert(cursors).values(feed=feed, cursor=next_cursor))

    def feed_rows(self, feed: str) -> list[dict[str, Any]]:
        """The feed's present rows, by id."""
        query = sa.select(feed_rows.c.body).where(feed_rows.c.feed == feed).order_by(feed_rows.c.row_id)
        with self._db.read() as connection:
            return [json.loads(body) for body in connection.scalars(query)]

    def stage(self, case_id: str) -> str:
        """The stage 办理环节 that the gateway last told, empty while it has told none."""
        with self._db.read() as connection:
            return connection.scalar(sa.select(cases.c.stage).where(cases.c.case_id == case_id)) or ""

    def _stands_at(self, feed: str, cursor: str) -> bool:
        """Is this where the feed is read from next, and is it not being read anew?"""
        with self._db.read() as connection:
            kept = connection.scalar(sa.select(cursors.c.cursor).where(cursors.c.feed == feed))
            old = sa.select(feed_rows.c.row_id).where(feed_rows.c.feed == _OLD + feed).limit(1)
            return kept == cursor and connection.execute(old).first() is None

    @staticmethod
    def _confirm(connection: sa.Connection, feed: str, named: Sequence[str], last: bool) -> None:
        """Of a feed that is read anew: these rows are still there. last: and all others are not."""
        marks = sa.delete(feed_rows).where(feed_rows.c.feed == _OLD + feed)
        connection.execute(marks.where(feed_rows.c.row_id.in_(named)))
        if last:
            unnamed = sa.select(feed_rows.c.row_id).where(feed_rows.c.feed == _OLD + feed)
            gone = sa.and_(feed_rows.c.feed == feed, feed_rows.c.row_id.in_(unnamed))
            if feed == MATTERS:
                old = sa.select(feed_rows.c.row_id).where(gone)
                _forget_matters(connection, list(connection.scalars(old)))
            connection.execute(sa.delete(feed_rows).where(gone))
            connection.execute(marks)

    @staticmethod
    def _apply(connection: sa.Connection, feed: str, row: Mapping[str, Any]) -> str:
        """Save one row; its id."""
        row_id = row.get("case_id" if feed == CASES else "id")
        if not isinstance(row_id, str) or not row_id:
            raise BadInput("平台数据有误", f"平台下发的“{feed}”数据缺少编号，没有保存。", "请联系平台运维人员。")
        key = sa.and_(feed_rows.c.feed == feed, feed_rows.c.row_id == row_id)
        body = to_json(dict(row))
        if feed == MESSAGES:
            before = connection.execute(sa.select(feed_rows.c.body, feed_rows.c.waiting).where(key)).first()
            # Told again word for word (a feed read from its beginning): what was read stays read.
            waiting = before is None or before.body != body or bool(before.waiting)
        else:
            waiting = feed == CASES and has_unfinished(connection, row_id)
        connection.execute(sa.delete(feed_rows).where(key))
        connection.execute(sa.insert(feed_rows).values(feed=feed, row_id=row_id, body=body, waiting=int(waiting)))
        if feed == CASES:
            contents.note_wanted(connection, row_id, row.get("content_rev"))
            if not waiting:
                _update_case(connection, row_id, row)
        return row_id
