"""Limits of half working days at the gateway: one rule, one source of the departments' hours.

The window says when a limit ends as soon as it accepts, because the receipt is printed then. The gateway works it out
again by its own sessions (`set_sessions`; the windows read the same from the feed `policies`). Where the two differ,
the gateway's holds: the case stays, the window is told in words, and its own copy follows with the feed.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, select

from app.domain.case import Case
from app.domain.clock import Clock, isoformat, parse_iso, shanghai
from app.domain.hours import SESSIONS_FEED, SESSIONS_ID, Sessions, read_sessions
from app.gateway.database import Database
from app.gateway.feeds import Feeds, current_in
from app.gateway.tables import cases
from app.materials.workdays import due_after_halves, due_after_sessions, halves_between
from app.server import headers as h

NEAR = dt.timedelta(hours=2)
"""The light of such a case is yellow so long before its limit ends: the last half of a usual session."""
STILL = (11, 12)
"""Stages in which time stands still: 补齐补正, 挂起 (app.gateway.cases.Stage)."""
_OVER = 4


class LimitDesk:
    """Works out, corrects and moves the ends of limits of half days."""

    def __init__(self, database: Database, feeds: Feeds, clock: Clock) -> None:
        self._database = database
        self._feeds = feeds
        self._clock = clock

    def set_sessions(self, sessions: Sessions) -> None:
        """The departments' morning and afternoon from now on; cases received before keep their ends."""
        self._feeds.publish(SESSIONS_FEED, SESSIONS_ID, {"id": SESSIONS_ID, "sessions": sessions.text})

    def sessions(self) -> Sessions:
        """Those in force."""
        with self._database.read() as connection:
            return _sessions(connection)

    def due_of(self, connection: Connection, case: Case) -> dt.datetime | None:
        """When the case's limit ends by the rule here; None: it ends with a day.

        It runs from acceptance. Where the window itself doubts that time, or it lies ahead, it runs from the arrival: a
        clock that is wrong neither shortens the department's time nor stretches the applicant's.
        """
        if not case.halves:
            return None
        now = self._clock.now()
        ahead = (case.accepted_at - now).total_seconds() > h.SKEW_LIMIT
        doubted = ahead or (case.clock is not None and case.clock.suspect)
        return due_after_halves(now if doubted else case.accepted_at, case.halves, _sessions(connection)).at

    def moving(self, connection: Connection, row: Row[Any], stage: int) -> Mapping[str, str | None]:
        """What changes of a case's limit when it moves to a stage. The sessions that were left when time stopped, the
        one it stopped in among them, are counted anew from when it runs again."""
        if row.due_at is None or (row.stage in STILL) == (stage in STILL):
            return {}
        now = self._clock.now()
        if stage in STILL:
            return {"paused_at": isoformat(now)}
        if row.paused_at is None:
            return {}
        sessions = _sessions(connection)
        left = halves_between(parse_iso(row.paused_at), parse_iso(row.due_at), sessions)
        due = isoformat(due_after_sessions(now, left, sessions).at) if left else row.due_at
        return {"paused_at": None, "due_at": due}

    def ends(self) -> Mapping[str, dt.datetime]:
        """Of every case whose time runs by half days: case_id -> when it ends, UTC."""
        query = select(cases.c.case_id, cases.c.due_at).where(_running())
        with self._database.read() as connection:
            return {row.case_id: parse_iso(row.due_at) for row in connection.execute(query)}

    def light(self, due: dt.datetime) -> str:
        """ "red" when it is over, "yellow" when it nearly is, "" else."""
        now = self._clock.now()
        return "red" if now >= due else "yellow" if due - now <= NEAR else ""

    def lights(self, connection: Connection) -> Mapping[str, Counter[str]]:
        """device_id -> how many of its cases have which light."""
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for row in connection.execute(select(cases.c.device_id, cases.c.due_at).where(_running())):
            found[row.device_id][self.light(parse_iso(row.due_at))] += 1
        return found


def corrected(case: Case, due: dt.datetime | None) -> str:
    """What the window is told when its end of the limit is not the gateway's; "" when they agree."""
    if due is None or case.due_at is None or case.due_at == due:
        return ""
    return f"办结期限以平台核定的 {_words(due)} 为准（窗口算得 {_words(case.due_at)}），请告知申请人并重印受理通知书"


def _running() -> ColumnElement[bool]:
    return and_(cases.c.due_at.is_not(None), cases.c.stage.not_in((*STILL, _OVER)))


def _sessions(connection: Connection) -> Sessions:
    document = current_in(connection, SESSIONS_FEED, SESSIONS_ID)
    return read_sessions(document["sessions"]) if document is not None else Sessions()


def _words(at: dt.datetime) -> str:
    return f"{shanghai(at):%Y-%m-%d %H:%M}"
