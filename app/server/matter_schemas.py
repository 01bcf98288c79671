"""JSON Schemas of firms' matters (app.domain.matter); see app.server.schemas."""

from __future__ import annotations

from app.domain.matter import MAX_STARS, Act, MatterKind, Role, Scope, Side
from app.server.schemas import TIME_TEXT, UUID_TEXT, object_of, text

_STEP = {
    "step_id": UUID_TEXT,
    "act": {"enum": [act.value for act in Act]},
    "side": {"enum": [side.value for side in Side]},
    "by": text(200, 1),
    "at": TIME_TEXT,
    "words": text(2000),
    "role": {"enum": ["", *(role.value for role in Role)]},
    "stars": {"type": "integer", "minimum": 0, "maximum": MAX_STARS},
}
_OPEN = {
    "id": UUID_TEXT,
    "kind": {"enum": [kind.value for kind in MatterKind]},
    "number": text(60, 1),
    "opened_at": TIME_TEXT,
    "opened_by": text(200, 1),
    "firm": text(300, 1),
    "firm_number": text(60),
    "subject": text(300, 1),
    "words": text(4000),
    "scope": {"enum": [scope.value for scope in Scope]},
    "contact": text(100),
    "phone": text(60),
    "details": {
        "type": "object",
        "maxProperties": 400,
        "propertyNames": text(100, 1),
        "additionalProperties": text(2000),
    },
}
STEP = object_of(_STEP)
OPEN = object_of(_OPEN)
"""As a window opens one; the gateway reckons when it is due."""
MATTER = object_of({**_OPEN, "due": TIME_TEXT, "steps": {"type": "array", "maxItems": 200, "items": STEP}})
"""A row of the feed "matters": how one stands at the gateway."""
