"""Through which of its own times everything that this gateway acknowledged stands in a second place.

A window keeps a case until then, and only then begins to count the days after which it may forget it; so whatever is
not known is said as "none". The database's second place is a synchronous standby that has flushed all that was written
(asked of PostgreSQL itself), or the last backup that the operator's script reported. The files' second place is that
backup, a copy reported for the files alone, or storage that the operator says keeps everything twice.
"""

from __future__ import annotations

import datetime as dt
import json
import time
from dataclasses import dataclass

from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from app.domain.clock import Clock, isoformat, parse_iso
from app.domain.errors import BadInput
from app.gateway.database import Database
from app.gateway.tables import meta

SLACK = dt.timedelta(minutes=5)
"""A time is written into a row before the row is committed, and the clocks of a hall's gateways differ a little. What
is vouched for therefore ends so long before what was seen; no writing transaction may be half as old."""

_ASK_AGAIN = 2.0
"""Seconds for which an answer of PostgreSQL serves: 2,300 windows ask each minute."""
_KEY = "second_place"
# Waiting for the standby is over for everything that is committed, and nothing old is still being written. Both columns
# are empty to a role without pg_monitor: then the answer is no.
_FLUSHED = text(
    """
    SELECT EXISTS (
        SELECT FROM pg_stat_replication
        WHERE state = 'streaming' AND sync_state IN ('sync', 'quorum') AND flush_lsn >= pg_current_wal_flush_lsn()
    ) AND NOT EXISTS (
        SELECT FROM pg_stat_activity
        WHERE backend_xid IS NOT NULL AND xact_start < clock_timestamp() - interval '150 seconds'
    )
    """
)


@dataclass(frozen=True, slots=True)
class SecondPlace:
    """What the operator says of this gateway's storage.

    at_once: there is no second place and none is wanted (the demo's gateway); everything counts at once.
    files: the files' folder lies on storage that keeps everything twice.
    """

    at_once: bool = False
    files: bool = False


class Durability:
    """Says and keeps how far the second place reaches."""

    def __init__(self, database: Database, clock: Clock, place: SecondPlace) -> None:
        self._database = database
        self._clock = clock
        self._place = place
        self._asked: tuple[float, dt.datetime | None] = (-_ASK_AGAIN, None)

    def through(self, now: dt.datetime) -> dt.datetime | None:
        """Everything received before this time, by the gateway's clock, stands in a second place; None: not known.

        now: the present time by that clock; what is given never lies behind it.
        """
        if self._place.at_once:
            return now
        reported = self._reported()
        both = reported.get("all")
        records = _later(both, self._flushed_at(now))
        files = now if self._place.files else _later(both, reported.get("files"))
        if records is None or files is None:
            return None
        return min(records, files, now) - SLACK

    def mark_backup(self, at: dt.datetime, *, files_only: bool = False) -> dt.datetime:
        """A backup that was begun at this time is complete and lies elsewhere; gives the newest reported by now.

        BadInput: a time to come, which would let windows forget what no backup holds.
        """
        if at > self._clock.now():
            raise BadInput(
                "备份时间不对", f"{isoformat(at)} 还没有到。", "填写备份开始的时间，例如 2026-11-22T01:30:00Z。"
            )
        key = "files" if files_only else "all"
        with self._database.write("second_place") as connection:
            found = connection.scalar(select(meta.c.value).where(meta.c.key == _KEY))
            marks: dict[str, str] = json.loads(found) if found else {}
            newest = max(at, parse_iso(marks[key])) if key in marks else at
            values = {"value": json.dumps({**marks, key: isoformat(newest)})}
            statement = self._database.insert(meta).values(key=_KEY, **values)
            connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_=values))
        return newest

    def _reported(self) -> dict[str, dt.datetime]:
        with self._database.read() as connection:
            found = connection.scalar(select(meta.c.value).where(meta.c.key == _KEY))
        return {key: parse_iso(value) for key, value in json.loads(found).items()} if found else {}

    def _flushed_at(self, now: dt.datetime) -> dt.datetime | None:
        """When the standby was last seen to have everything, at most `_ASK_AGAIN` ago; None: it has not."""
        if not self._database.is_postgres:
            return None
        asked, found = self._asked
        if time.monotonic() - asked >= _ASK_AGAIN:
            found = now if self._flushed() else None
            self._asked = (time.monotonic(), found)
        return found

    def _flushed(self) -> bool:
        try:
            with self._database.read() as connection:
                return bool(connection.scalar(_FLUSHED))
        except DBAPIError:
            # E.g. just demoted to a standby. Not known is no.
            return False


def _later(one: dt.datetime | None, other: dt.datetime | None) -> dt.datetime | None:
    return max((at for at in (one, other) if at is not None), default=None)
