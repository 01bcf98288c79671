"""The schemas of bookings 预约 and of what can be booked."""

from __future__ import annotations

from app.domain.shared_data import BookingState
from app.server.schemas import DATE, TIME_TEXT, list_of, match, object_of, text

DAYS_TOLD = 14
"""How many days from one on are told at once."""

BOOKING_CODE = match(r"^[0-9A-Z-]{6,40}$")
BOOKING = object_of(
    {
        "code": BOOKING_CODE,
        "name": text(300, 1),
        "number": text(64, 1),
        "day": match(DATE),
        "time": match(r"^[0-2]\d:[0-5]\d$"),
        "items": list_of(text(100, 1), 100),
        "answers": {"type": "object", "additionalProperties": {"type": "object", "additionalProperties": text(100)}},
        "fields": {"type": "object", "additionalProperties": text(4000), "maxProperties": 500},
        "made_at": TIME_TEXT,
        "state": {"enum": [state.value for state in BookingState]},
        "outside": {"type": "boolean"},
    },
    optional=("outside",),
)
_CLOCK = match(r"^[0-2]\d:[0-5]\d$")
_SLOT = object_of(
    {
        "time": _CLOCK,
        "until": _CLOCK,
        "extended": {"type": "boolean"},
        "left": {"type": "integer", "minimum": 0, "maximum": 500},
    }
)
BOOKING_SLOTS = object_of({"slots": list_of(_SLOT, 288)})
_DAY = object_of({"day": match(DATE), "open": {"type": "boolean"}, "slots": list_of(_SLOT, 288)})
BOOKING_DAYS = object_of({"days": list_of(_DAY, DAYS_TOLD)})
"""open: the desk opens on that day, although its slots may be over by now."""
BOOKINGS_OF = object_of({"number": text(64, 1), "day": match(DATE), "until": match(DATE)}, optional=("until",))
BOOKINGS = object_of({"bookings": list_of(BOOKING, 100)})
BOOKING_OWNER = object_of({"number": text(64, 1)})
"""Whose a booking is: the number of the document that was read."""
