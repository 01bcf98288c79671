"""JSON Schemas of the e-licences that the platform issues; see app.server.schemas."""

from __future__ import annotations

from app.domain.issuing import IssuedState
from app.server.schemas import TIME_TEXT, UUID_TEXT, match, object_of, text

STATES = [IssuedState.ISSUED.value, IssuedState.WITHDRAWN.value]
HASH = match(r"^[0-9a-f]{64}$")
VERSION = {"type": "integer", "minimum": 1, "maximum": 9999}
FETCH = object_of(
    {"case_id": UUID_TEXT, "scenario": text(100, 1), "purpose": text(100, 1), "clerk": text(100, 1)},
)
FETCHED = object_of(
    {
        "case_id": UUID_TEXT,
        "version": VERSION,
        "state": {"enum": STATES},
        "type": match(r"^[a-z][a-z0-9_]{0,63}$"),
        "title": text(100, 1),
        # The licence's text as a QR symbol carries it (docs/licence-format.md); "" once it was withdrawn.
        "code": text(4000),
        "issued_at": TIME_TEXT,
        "expires_at": TIME_TEXT,
        "reference": text(64, 1),
    }
)
TOLD = object_of({"title": text(100, 1), "state": {"enum": STATES}, "version": VERSION})
"""What a message says of the licence of its case: that there is one, never what is in it."""
EVERY_END = object_of(
    {
        "id": text(100, 1),
        "hash": HASH,
        "state": {"enum": [IssuedState.WITHDRAWN.value, IssuedState.CONVERTED.value]},
        "title": text(100),
        "at": TIME_TEXT,
    }
)
"""A row `licence-ended-HASH` of the feed "policies"."""
