"""Until when a case must be done 承诺时限: by its item, the form and the departments' hours.

One source for those hours: the platform tells them in its feed `policies` (docs/half-days.md). A window that has heard
nothing of them counts by the usual ones, as the platform does.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from app.domain.clock import shanghai
from app.domain.hours import SESSIONS_FEED, SESSIONS_ID, Sessions, read_sessions
from app.domain.item import Item
from app.domain.urgency import days_of, halves_of
from app.materials.workdays import add_working_days, due_after_halves

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """day: the last one, legal time. halves, at: of a limit that runs by half working days, how many and the moment
    (UTC) at which it ends; 0 and None of others, which end with the day."""

    day: dt.date
    halves: int = 0
    at: dt.datetime | None = None


class Policies(Protocol):
    """The part of offline_db.store.Store that is needed."""

    def feed_rows(self, feed: str) -> list[dict[str, Any]]: ...


def sessions_of(store: Policies) -> Sessions:
    """The departments' morning and afternoon, as the platform told them last; the usual ones else."""
    row = next((row for row in store.feed_rows(SESSIONS_FEED) if row.get("id") == SESSIONS_ID), None)
    try:
        return read_sessions(row["sessions"]) if row is not None else Sessions()
    except (KeyError, TypeError, ValueError, AttributeError):
        log.warning("the platform's working hours cannot be read")
        return Sessions()


def limit_of(item: Item, form: Mapping[str, str], accepted: dt.datetime, sessions: Sessions) -> TimeLimit:
    """The limit of a case of this item with this form, accepted at this moment (UTC)."""
    halves = halves_of(item, form)
    if not halves:
        return TimeLimit(add_working_days(shanghai(accepted).date(), round(days_of(item, form))))
    due = due_after_halves(accepted, halves, sessions)
    return TimeLimit(due.day, halves, due.at)
