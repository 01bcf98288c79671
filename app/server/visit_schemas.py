"""JSON Schemas of visits 上门服务, their packs 外出任务包 and orders to wipe; see app.server.schemas."""

from __future__ import annotations

from app.domain.numbering import BLOCKS_FROM, LAST_COUNTER
from app.domain.visit_pack import VisitState
from app.server.schemas import DATE, HASH_TEXT, TIME_TEXT, UUID_TEXT, Schema, list_of, match, object_of, text

MAX_DAYS = 30
"""Longest life of a pack: as long as a window may be offline at all."""
WINDOW_ID = r"^[0-9A-Z]{2,6}$"
_CLOCK = match(r"^[0-2]\d:[0-5]\d$")
_CODES = list_of(text(100, 1), 100)
_ANSWERS: Schema = {
    "type": "object",
    "additionalProperties": {"type": "object", "additionalProperties": text(100)},
    "maxProperties": 100,
}
_FACTS = list_of(
    object_of({"key": match(r"^[a-z0-9_]+\.[a-z0-9_]+$"), "value": text(4000, 1), "label": text(200), "at": TIME_TEXT}),
    500,
)
_FIRM = object_of(
    {
        "name": text(300, 1),
        "uscc": text(18),
        "address": text(500),
        "contacts": list_of(object_of({"name": text(300, 1), "phone": text(40), "role": text(100)}), 20),
    }
)
_PEOPLE = list_of(
    object_of({"name": text(300, 1), "number": text(64, 1), "role": text(100), "phone": text(40), "facts": _FACTS}),
    50,
)
_ASKED: Schema = {
    "day": match(DATE),
    "time": _CLOCK,
    "title": text(300, 1),
    "area": text(300),
    "items": _CODES,
}

VISIT = object_of(
    {
        **_ASKED,
        "id": match(r"^[0-9A-Za-z-]{4,60}$"),
        "place": text(500),
        "firm": {"oneOf": [{"type": "null"}, _FIRM]},
        "people": _PEOPLE,
        "answers": _ANSWERS,
        "facts": _FACTS,
        "note": text(2000),
    }
)
"""A visit as whoever plans them hands it to the gateway."""
APPOINTMENT = object_of(
    {
        **_ASKED,
        "id": match(r"^[0-9A-Za-z-]{4,60}$"),
        "state": {"enum": [state.value for state in VisitState]},
        "holder": text(300),
        "holder_device": text(64),
        "until": {"oneOf": [{"type": "null"}, TIME_TEXT]},
    }
)
"""A row of the feed "visits": no person is named."""
_COUNTER: Schema = {"type": "integer", "minimum": BLOCKS_FROM, "maximum": LAST_COUNTER}
BLOCK = object_of(
    {
        "window_id": match(WINDOW_ID),
        "first": _COUNTER,
        "last": _COUNTER,
        "from_day": match(DATE),
        "to_day": match(DATE),
    }
)
PACK = object_of(
    {
        **VISIT["properties"],
        "pack_id": UUID_TEXT,
        "device_id": text(64, 1),
        "clerk": text(100, 1),
        "catalog_version": text(100),
        "trust_version": {"type": "integer", "minimum": 0},
        "blocks": {**list_of(BLOCK, 50), "minItems": 1},
        "checked_out_at": TIME_TEXT,
        "expires_at": TIME_TEXT,
    }
)
CHECKED_OUT = object_of({"pack": PACK, "proof": HASH_TEXT})
_DAYS: Schema = {"type": "integer", "minimum": 1, "maximum": MAX_DAYS}
CHECKOUT = object_of(
    {"window_id": match(WINDOW_ID), "clerk": text(100, 1), "days": _DAYS, "catalog_version": text(100)}
)
EXTEND = object_of({"pack_id": UUID_TEXT, "clerk": text(100, 1), "days": _DAYS})
RETURN = object_of(
    {
        "pack_id": UUID_TEXT,
        "clerk": text(100, 1),
        "cases": list_of(UUID_TEXT, 500),
        "done": {"type": "boolean"},
        "note": text(2000),
    }
)
"""cases: all that were accepted under the pack. done False: nothing was settled, somebody else may go."""
RETURNED = object_of({"pack_id": UUID_TEXT, "state": {"enum": [state.value for state in VisitState]}})
WIPED = object_of({"outcome": {"enum": ["done", "partly"]}, "at": TIME_TEXT})
"""partly: the keys are gone, some files could not be removed yet."""
WIPE_NOTED = object_of({"order_id": UUID_TEXT})
