"""JSON Schemas of the roster (app.domain.stationing); see app.server.schemas."""

from __future__ import annotations

from app.domain.stationing import ChangeKind
from app.server.schemas import TIME_TEXT, UUID_TEXT, match, object_of, text

CLOCK_TEXT = match(r"^([01]\d|2[0-3]):[0-5]\d$")
DATE_TEXT = match(r"^\d{4}-\d{2}-\d{2}$")
_DAY_OR_NONE = {"type": ["string", "null"], "maxLength": 10}
SPECIALIST = object_of({"clerk": text(20, 1), "name": text(50, 1), "device": text(64)})
POST = object_of(
    {"number": text(60), "name": text(300, 1), "address": text(300), "contact": text(100), "phone": text(60)}
)
RULE = object_of(
    {
        "id": text(80, 1),
        "specialist": SPECIALIST,
        "post": POST,
        "weekdays": {"type": "array", "maxItems": 7, "items": {"type": "integer", "minimum": 0, "maximum": 6}},
        "start": CLOCK_TEXT,
        "end": CLOCK_TEXT,
        "since": DATE_TEXT,
        "until": _DAY_OR_NONE,
    }
)
"""A rule, as the feed tells it."""
CHANGE = object_of(
    {
        "id": text(80, 1),
        "kind": {"enum": [kind.value for kind in ChangeKind]},
        "day": DATE_TEXT,
        "by": text(200, 1),
        "at": TIME_TEXT,
        "specialist": {"anyOf": [SPECIALIST, {"type": "null"}]},
        "shift": text(80),
        "other": text(80),
        "other_day": _DAY_OR_NONE,
        "post": {"anyOf": [POST, {"type": "null"}]},
        "start": CLOCK_TEXT,
        "end": CLOCK_TEXT,
        "reason": text(300),
    }
)
"""What is different on one day, as the feed tells it. The reason of an absence is not told to windows."""
ABSENCE = object_of(
    {
        "id": UUID_TEXT,
        "clerk": text(20, 1),
        "name": text(50, 1),
        "day": DATE_TEXT,
        "at": TIME_TEXT,
        "reason": text(300, 1),
    }
)
"""As a specialist's laptop reports it."""
REPORTED = object_of({"change": CHANGE, "known": {"type": "boolean"}})
"""known: this day's leave was there already; nothing was added."""
STANDING = object_of(
    {
        "at": TIME_TEXT,
        "known": {"type": "boolean"},
        "clerk": text(20),
        "name": text(50),
        "why": text(20),
    }
)
"""Who stands at a firm. known: is the firm on the roster? clerk, name, why: "" when nobody stands there."""
