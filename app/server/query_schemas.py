"""The schemas of a query for shared data, with the signature of a clerk's key over it."""

from __future__ import annotations

from app.domain.shared_data import FIRM, PERSON
from app.server.schemas import TIME_TEXT, _list, _match, _object, _text

_HEX_32 = _match(r"^[0-9a-f]{32}$")
KEY_PROOF = _object(
    {"certificates": _list(_text(8000, 1), 5), "number": _text(20, 1), "nonce": _HEX_32, "salt": _HEX_32}
    | {"at": TIME_TEXT, "signature": _text(2000, 1)}
)
"""A clerk's key over a call (app.identity.clerk_key); DER and signature in Base64, the holder's certificate first."""
QUERY = _object(
    {
        "scenario": _text(100, 1),
        "purpose": _text(100, 1),
        "subject": _object({"kind": {"enum": [PERSON, FIRM]}, "number": _text(64, 1), "name": _text(300)}, ("name",)),
        "clerk": _text(100, 1),
        "items": _list(_match(r"^[0-9A-Z]{33}$"), 100),
        "proof": KEY_PROOF,
    },
    ("proof",),
)
