"""JSON Schemas of the photographs of people."""

from __future__ import annotations

from app.domain.photo import PhotoStanding
from app.server.schemas import DATE, TIME_TEXT, UUID, Schema, match, object_of, text

MAX_JPEG = 450_000
"""Bytes of one picture; in Base64 it leaves room in a request of 1 MB."""
PHOTO_ID = match(UUID)
NUMBER = text(64, 4)
"""Of the person's document, as the window reads it; the platform keeps only a keyed digest of it."""
JPEG: Schema = {"type": "string", "pattern": r"^[A-Za-z0-9+/]+={0,2}(?!\n)$", "maxLength": (MAX_JPEG + 2) // 3 * 4}
_STANDING: Schema = {"enum": [standing.value for standing in PhotoStanding]}


def _by(fields: Schema) -> Schema:
    """Who asks, from where, for which visit: written down with each use."""
    return object_of({"clerk": text(100, 1), "place": text(200, 1), "visit": text(64, 1), **fields})


def _logged(fields: Schema) -> Schema:
    return object_of({**fields, "reference": text(64, 1), "at": TIME_TEXT})


KEEP = _by(
    {
        "photo_id": PHOTO_ID,
        "number": NUMBER,
        # By the window's own clock; how far that is off X-Client-Time tells.
        "taken": TIME_TEXT,
        "consent": text(1000, 10),
        "jpeg": JPEG,
    }
)
STANDS = _logged({"photo_id": PHOTO_ID, "standing": _STANDING})
FIND = _by({"number": NUMBER})
_FOUND = object_of({"photo_id": PHOTO_ID, "taken": TIME_TEXT, "until": match(DATE), "place": text(200, 1)})
FOUND = _logged({"photo": {"oneOf": [{"type": "null"}, _FOUND]}})
OPEN = _by({"photo_id": PHOTO_ID, "number": NUMBER})
OPENED = _logged({"photo_id": PHOTO_ID, "standing": _STANDING, "jpeg": {"oneOf": [{"type": "null"}, JPEG]}})
WITHDRAW = _by({"photo_id": PHOTO_ID})
