"""The clocks of firms' matters: 1, 3, 5 working days, or hours."""

from __future__ import annotations

import datetime as dt

from app.domain.clock import SHANGHAI, shanghai
from app.domain.matter import INSPECTION_HOURS, KIND_DAYS, SCOPE_DAYS, Matter, MatterKind, Scope
from app.materials.workdays import add_working_days

NEAR = dt.timedelta(hours=16)
"""The light turns yellow so long before the time is over: from the morning of the last day."""


def due_of(kind: MatterKind, scope: Scope, opened_at: dt.datetime) -> dt.datetime:
    """Until when it must be answered: the end of the last working day in legal time, or so many hours later."""
    if kind is MatterKind.INSPECTION:
        return opened_at + dt.timedelta(hours=INSPECTION_HOURS)
    days = KIND_DAYS.get(kind, SCOPE_DAYS[scope])
    last = add_working_days(shanghai(opened_at).date(), days)
    return dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), SHANGHAI).astimezone(dt.UTC)


def light_of(matter: Matter, now: dt.datetime) -> str:
    """ "green", "yellow" when nearly due, "red" when overdue, "" when its clock has stopped or it has none."""
    if matter.due is None or not matter.running:
        return ""
    if now >= matter.due:
        return "red"
    return "yellow" if matter.due - now <= NEAR else "green"
