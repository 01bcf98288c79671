"""Made-up specialists and firms for the roster, on the Monday after the gateway kit's NOW."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from app.domain.clock import isoformat
from app.domain.stationing import ChangeKind, DayChange, Post, Rule, Specialist

MONDAY = dt.date(2026, 11, 23)
MONDAY_TEN = dt.datetime(2026, 11, 23, 2, tzinfo=dt.UTC)
"""Ten o'clock in legal time."""
FACTORY = Post("91330902MA2DHAA018", "定海䶮记船舶配件厂", "港口路 8 号", "赵䶮", "13905800001")
YARD = Post("", "定海𠮷祥船厂", "船厂路 1 号", "孙𬭚", "13905800002")
BY = "主管 周敏"


def rule(who: Specialist, post: Post = FACTORY, **more: Any) -> Rule:
    """Every working day from nine to five, from that Monday on."""
    values: dict[str, Any] = {"weekdays": (0, 1, 2, 3, 4), "start": dt.time(9), "end": dt.time(17), "since": MONDAY}
    return Rule(str(uuid.uuid4()), who, post, **{**values, **more})


def change(kind: ChangeKind, day: dt.date = MONDAY, **more: Any) -> DayChange:
    return DayChange(str(uuid.uuid4()), kind, day, BY, MONDAY_TEN, **more)


def leave(who: Specialist, day: dt.date = MONDAY, at: dt.datetime = MONDAY_TEN, reason: str = "看病") -> dict[str, Any]:
    """As a laptop reports it."""
    return {
        "id": str(uuid.uuid4()),
        "clerk": who.clerk,
        "name": who.name,
        "day": day.isoformat(),
        "at": isoformat(at),
        "reason": reason,
    }


def slip(post: Post = FACTORY, at: dt.datetime = MONDAY_TEN, kind: str = "demand") -> dict[str, Any]:
    """A firm's slip as a window opens it."""
    return {
        "id": str(uuid.uuid4()), "kind": kind, "number": f"SQ{uuid.uuid4().hex[:10]}", "opened_at": isoformat(at),
        "opened_by": "王㛃", "firm": post.name, "firm_number": post.number, "subject": "用电", "words": "增容",
        "scope": "one", "contact": "赵䶮", "phone": "13905800001", "details": {},
    }  # fmt: skip
