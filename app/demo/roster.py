"""The made-up roster of the demo world: the demo's clerk stands at one firm, colleagues at another."""

from __future__ import annotations

import datetime as dt
import uuid

from app.domain.clock import Clock, shanghai
from app.domain.stationing import ChangeKind, DayChange, Post, Rule, Specialist

FACTORY = Post("91330902MA2DHAA018", "定海䶮记船舶配件厂", "定海区港口路 8 号（演练）", "赵𬭚", "13905800001")
YARD = Post("91330902MA2DHBB028", "定海𠮷祥船厂", "定海区船厂路 1 号（演练）", "孙㛃", "13905800002")
COLLEAGUE = Specialist("0002", "李𠮷（演练）")
SUPERVISOR = "排班主管（演练）"
_EVERY_DAY = (0, 1, 2, 3, 4)
_HOURS = (dt.time(8, 30), dt.time(17, 30))
_ROOM = dt.timedelta(hours=2)
"""Of a play that begins in the evening or on a holiday: so long the firm is manned all the same."""


def demo_roster(clerk: str, name: str, device: str, clock: Clock) -> tuple[tuple[Rule, ...], tuple[DayChange, ...]]:
    """Its rules, and the extra days by which the clerk stands at the factory now, whenever now is."""
    now = clock.now()
    me = Specialist(clerk, name, device)
    since = dt.date(2026, 1, 5)
    rules = (
        Rule("demo-factory", me, FACTORY, _EVERY_DAY, *_HOURS, since),
        Rule("demo-yard", COLLEAGUE, YARD, (0, 2, 4), *_HOURS, since),
    )
    first, last = shanghai(now - dt.timedelta(minutes=10)), shanghai(now + _ROOM)
    changes = []
    for day in sorted({first.date(), last.date()}):
        start = _floor(first) if day == first.date() else dt.time(0)
        end = _floor(last) if day == last.date() else dt.time(23, 59)
        if start < end:
            ident = str(uuid.uuid5(uuid.NAMESPACE_URL, f"yichuang-demo-roster {day} {start:%H}"))
            changes.append(
                DayChange(ident, ChangeKind.EXTRA, day, SUPERVISOR, now, me, post=FACTORY, start=start, end=end)
            )
    return rules, tuple(changes)


def _floor(at: dt.datetime) -> dt.time:
    return at.time().replace(second=0, microsecond=0, tzinfo=None)
