"""JSON Schemas of the register of foreign residents."""

from __future__ import annotations

from app.domain.resident import ELEMENTS, Standing
from app.server.schemas import TIME_TEXT, Schema, list_of, match, object_of, text

CODE = match(r"^YCR1:[0-9A-Z\x24 %*+./:-]+$") | {"maxLength": 600}
CODE_ID = match(r"^[0-9a-f]{32}$")
PORTRAIT = {"type": ["string", "null"], "pattern": r"^[A-Za-z0-9+/]*={0,2}(?!\n)$", "maxLength": 90_000}
"""JPEG in Base64 (RFC 4648 §4), so at most 66 KB; null for none."""


def _with(grant: Schema) -> Schema:
    return {"scenario": text(100, 1), "purpose": text(100, 1), "clerk": text(100, 1), **grant}


PERSON = object_of(
    {
        "facts": {
            "type": "object",
            "properties": {element: text(300, 1) for element in ELEMENTS},
            "additionalProperties": False,
        },
        "document": text(60, 1),
        "ground": {"enum": ["chip-proved", "chip-signed", "card-reader"]},
        "portrait": PORTRAIT,
    }
)
REGISTER = object_of(
    _with(
        {
            "person": PERSON,
            "place": text(200, 1),
            "consent": object_of({"at": TIME_TEXT, "text": text(1000, 10)}),
            # Of the check that was kept at the window: the number of its record, and what it came to.
            "check": object_of({"record": match(r"^[0-9a-f]{32}$"), "conclusion": {"enum": ["passed"]}}),
        }
    )
)
REGISTERED = object_of(
    {
        "code_id": CODE_ID,
        "code": CODE,
        "registered_at": TIME_TEXT,
        "until": TIME_TEXT,
        "reference": text(64, 1),
        "replaced": list_of(CODE_ID, 100),
    }
)
SERVE = object_of(_with({"code": CODE}))
_RESIDENT = object_of(
    {"code_id": CODE_ID, "person": PERSON, "registered_at": TIME_TEXT, "until": TIME_TEXT, "place": text(200, 1)}
)
SERVED = object_of(
    {
        "standing": {"enum": [standing.value for standing in Standing]},
        "reference": text(64, 1),
        "at": TIME_TEXT,
        "resident": {"oneOf": [{"type": "null"}, _RESIDENT]},
        "ended_at": {"oneOf": [{"type": "null"}, TIME_TEXT]},
    }
)
REVOKE = object_of(_with({"code": CODE, "reason": text(200, 2)}))
REVOKED = object_of(
    {"code_id": CODE_ID, "standing": {"enum": [standing.value for standing in Standing]}, "reference": text(64, 1),
     "at": TIME_TEXT}
)  # fmt: skip
