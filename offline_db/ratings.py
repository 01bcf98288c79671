"""Ratings 好差评 of this window: they live in the outbox, encrypted like everything else, one a case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from app.domain.case import AuditEvent, Operation, OperationKind, OutboxState
from app.domain.clock import isoformat
from app.domain.errors import Refused
from offline_db import audit
from offline_db import outbox as queue
from offline_db.engine import REFUSED_ROW, is_duplicate
from offline_db.part import StorePart
from offline_db.schema import outbox


class RatingPart(StorePart):
    """The store's ratings."""

    def add_ratings(self, operations: Sequence[Operation], events: Sequence[AuditEvent]) -> None:
        """Queue the ratings of one visit and note that they were given, in one commit.

        Refused: a case was rated before. Each rating's op_id follows from its case, so that the queue itself forbids
        a second one.
        """
        now = self._now()
        with self._db.write() as connection:
            try:
                queue.enqueue(connection, operations, now)
            except REFUSED_ROW as error:
                if not is_duplicate(error):
                    raise
                raise Refused("已经评价过", "每次办理只评价一次，先前的评价已经保存。") from None
            for event in events:
                audit.append(connection, self._keys.audit, event)

    def rating_counts(self, since: dt.datetime, before: dt.datetime) -> Mapping[int, int]:
        """grade -> how many were given from `since` until before `before`. Only those that the platform holds: until
        then the window does not know a grade."""
        grade = sa.func.json_extract(outbox.c.body, "$.satisfaction")
        at = sa.func.json_extract(outbox.c.body, "$.assessTime")
        query = (
            sa.select(grade, sa.func.count())
            .where(
                outbox.c.kind == OperationKind.RATING.value,
                outbox.c.state == OutboxState.DONE.value,
                at >= isoformat(since),
                at < isoformat(before),
            )
            .group_by(grade)
        )
        with self._db.read() as connection:
            return {int(found): count for found, count in connection.execute(query)}
