"""The roster as JSON, and back with validation."""

from __future__ import annotations

import datetime as dt
from typing import Any

from app.domain.clock import isoformat, parse_iso
from app.domain.stationing import ChangeKind, DayChange, Post, Rule, Specialist
from app.server import roster_schemas as schemas
from app.server.checking import JsonObject, check_against

FEED = "roster"
RULE, CHANGE, CONTACT = "rule:", "change:", "contact:"
"""What a row of the feed is about, as its id begins."""


def rule_document(rule: Rule) -> JsonObject:
    return {
        "id": rule.rule_id,
        "specialist": specialist_document(rule.specialist),
        "post": post_document(rule.post),
        "weekdays": list(rule.weekdays),
        "start": f"{rule.start:%H:%M}",
        "end": f"{rule.end:%H:%M}",
        "since": rule.since.isoformat(),
        "until": rule.until.isoformat() if rule.until else None,
    }


def change_document(change: DayChange) -> JsonObject:
    return {
        "id": change.change_id,
        "kind": change.kind.value,
        "day": change.day.isoformat(),
        "by": change.by,
        "at": isoformat(change.at),
        "specialist": specialist_document(change.specialist) if change.specialist else None,
        "shift": change.shift,
        "other": change.other,
        "other_day": change.other_day.isoformat() if change.other_day else None,
        "post": post_document(change.post) if change.post else None,
        "start": f"{change.start:%H:%M}",
        "end": f"{change.end:%H:%M}",
        "reason": change.reason,
    }


def specialist_document(who: Specialist) -> JsonObject:
    return {"clerk": who.clerk, "name": who.name, "device": who.device}


def post_document(post: Post) -> JsonObject:
    return {
        "number": post.number,
        "name": post.name,
        "address": post.address,
        "contact": post.contact,
        "phone": post.phone,
    }


def read_rule(document: Any) -> Rule:
    """BadDocument when it is none; ValueError for a day or an hour that does not exist."""
    check_against(schemas.RULE, document)
    return Rule(
        rule_id=document["id"],
        specialist=_specialist(document["specialist"]),
        post=read_post(document["post"]),
        weekdays=tuple(document["weekdays"]),
        start=dt.time.fromisoformat(document["start"]),
        end=dt.time.fromisoformat(document["end"]),
        since=dt.date.fromisoformat(document["since"]),
        until=_day(document["until"]),
    )


def read_change(document: Any) -> DayChange:
    """BadDocument when it is none; ValueError for a day or an hour that does not exist."""
    check_against(schemas.CHANGE, document)
    return DayChange(
        change_id=document["id"],
        kind=ChangeKind(document["kind"]),
        day=dt.date.fromisoformat(document["day"]),
        by=document["by"],
        at=parse_iso(document["at"]),
        specialist=_specialist(document["specialist"]) if document["specialist"] else None,
        shift=document["shift"],
        other=document["other"],
        other_day=_day(document["other_day"]),
        post=read_post(document["post"]) if document["post"] else None,
        start=dt.time.fromisoformat(document["start"]),
        end=dt.time.fromisoformat(document["end"]),
        reason=document["reason"],
    )


def read_absence(document: Any) -> DayChange:
    """Leave as a laptop reports it. BadDocument when it is none; ValueError for a day that does not exist."""
    check_against(schemas.ABSENCE, document)
    return DayChange(
        change_id=document["id"],
        kind=ChangeKind.ABSENT,
        day=dt.date.fromisoformat(document["day"]),
        by=document["name"],
        at=parse_iso(document["at"]),
        specialist=Specialist(document["clerk"], document["name"]),
        reason=document["reason"],
    )


def absence_document(change: DayChange) -> JsonObject:
    """As a laptop reports it."""
    assert change.specialist is not None  # noqa: S101  (leave is somebody's)
    return {
        "id": change.change_id,
        "clerk": change.specialist.clerk,
        "name": change.specialist.name,
        "day": change.day.isoformat(),
        "at": isoformat(change.at),
        "reason": change.reason,
    }


def read_post(document: JsonObject) -> Post:
    """A firm; its fields are looked at by the schema of what it stands in."""
    return Post(document["number"], document["name"], document["address"], document["contact"], document["phone"])


def _specialist(document: JsonObject) -> Specialist:
    return Specialist(document["clerk"], document["name"], document["device"])


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
