"""Until when a case must be done, and how it stands to that: by its day, or by the moment if half days are promised."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.domain.clock import DAY_ENDS, isoformat
from offline_db.schema import case_limits, cases


@dataclass(frozen=True, slots=True)
class Bounds:
    """What limits are compared with. today: legal day; near: the last one that counts as nearly due. now, near_at: the
    same of limits that end at a moment, UTC."""

    today: dt.date
    near: dt.date
    now: dt.datetime
    near_at: dt.datetime


DUE_AT = sa.select(case_limits.c.due_at).where(case_limits.c.case_id == cases.c.case_id).scalar_subquery()
"""The moment of a row of `cases`; NULL where the limit ends with its day."""
URGENCY = sa.func.coalesce(DUE_AT, cases.c.due + DAY_ENDS, "9999")
"""In which order cases fall due; a limit by days ends when its day does."""


def late(bounds: Bounds) -> sa.ColumnElement[bool]:
    """Past its limit; false without one."""
    by_day = cases.c.due < bounds.today.isoformat()
    return sa.func.coalesce(sa.case((DUE_AT.is_(None), by_day), else_=isoformat(bounds.now) >= DUE_AT), sa.false())


def near(bounds: Bounds) -> sa.ColumnElement[bool]:
    """Nearly due, and not past it; false without a limit."""
    by_day = cases.c.due <= bounds.near.isoformat()
    soon = sa.func.coalesce(sa.case((DUE_AT.is_(None), by_day), else_=isoformat(bounds.near_at) >= DUE_AT), sa.false())
    return sa.and_(soon, sa.not_(late(bounds)))


def next_change(near_hours: float, now: dt.datetime) -> sa.Select[Any]:
    """The next moment after now at which a limit of half days turns a light: nearly due, or over."""
    warned = sa.func.strftime("%Y-%m-%dT%H:%M:%fZ", case_limits.c.due_at, f"-{round(near_hours * 60)} minutes")
    after = isoformat(now)
    return sa.select(
        sa.func.min(sa.case((warned > after, warned), (case_limits.c.due_at > after, case_limits.c.due_at), else_=None))
    )
