"""JSON Schemas (2020-12) of the protocol's documents.

The gateway validates with them and the OpenAPI document repeats them, so that there is one truth. Unknown fields are
tolerated everywhere: a newer workstation may talk to an older gateway and the other way round. Every text and list is
bounded.
"""

from __future__ import annotations

from typing import Any

from app.domain.fact import SourceKind, Verdict
from app.domain.material import MaterialStatus
from app.domain.redemption import RedeemOutcome
from app.domain.wipe import WipeKind
from app.server.headers import MAX_BATCH, MAX_FILE, MAX_RECONCILE

Schema = dict[str, Any]

UUID = r"^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
SHA256 = r"^[0-9a-f]{64}$"
TIME = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$"
DATE = r"^\d{4}-\d{2}-\d{2}$"


def _text(maximum: int, minimum: int = 0) -> Schema:
    return {"type": "string", "minLength": minimum, "maxLength": maximum}


def _match(pattern: str) -> Schema:
    # Python's $ allows one line end after the last character; other languages' does not.
    return {"type": "string", "pattern": pattern.removesuffix("$") + r"(?!\n)$", "maxLength": 64}


def _or_null(text: Schema) -> Schema:
    return {**text, "type": ["string", "null"]}


def _object(properties: Schema, optional: tuple[str, ...] = ()) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
    }


def _list(of: Schema, maximum: int) -> Schema:
    return {"type": "array", "items": of, "maxItems": maximum}


text, match, object_of, list_of = _text, _match, _object, _list
"""The same for the other modules of schemas."""

UUID_TEXT = _match(UUID)
HASH_TEXT = _match(SHA256)
TIME_TEXT = _match(TIME)
SIZE = {"type": "integer", "minimum": 0, "maximum": MAX_FILE}
REV = {"type": "integer", "minimum": 0, "maximum": 1 << 53}
MEDIA_TYPE = _match(r"^[a-z0-9.+-]+/[a-z0-9.+-]+$")

PAGE = _object(
    {
        "sha256": HASH_TEXT,
        "media_type": MEDIA_TYPE,
        "size": SIZE,
        "width": {"type": "integer", "minimum": 0, "maximum": 100_000},
        "height": {"type": "integer", "minimum": 0, "maximum": 100_000},
    }
)
MATERIAL = _object(
    {
        "id": _text(100, 1),
        "name": _text(300, 1),
        "required": {"type": "boolean"},
        "original": {"type": "boolean"},
        "copies": {"type": "integer", "minimum": 0, "maximum": 1000},
        "asked_by": _list(_text(64, 1), 100),
        "status": {"enum": [status.value for status in MaterialStatus]},
        "reason": _text(1000),
        "pages": _list(PAGE, 200),
        "due": _or_null(_match(DATE)),
    }
)
FACT = _object(
    {
        "role": _text(100, 1),
        "element": _text(100, 1),
        "value": _text(4000),
        "source": _object(
            {"kind": {"enum": [kind.value for kind in SourceKind]}, "label": _text(200), "ref": _text(200)}
        ),
        "verdict": {"enum": [verdict.value for verdict in Verdict]},
        "at": TIME_TEXT,
    }
)
# What speaks for or against accepted_at: app.domain.ticks.ClockReading.
CLOCK = _object(
    {
        "offset_ms": {"oneOf": [{"type": "null"}, {"type": "integer"}]},
        "monotonic_ms": {"type": "integer", "minimum": 0},
        "boot_id": _text(64, 1),
        "suspect": {"type": "boolean"},
    }
)
# Of a limit that runs by half working days: how many, and the moment at which they end.
LIMIT = _object({"halves": {"type": "integer", "minimum": 1, "maximum": 2000}, "due_at": TIME_TEXT})
DIVISION = _match(r"^[0-9]{6}$")
TERRITORY = _object({"code": DIVISION, "name": _text(100, 1)})
"""The region that decides a case received elsewhere 属地."""
CASE = _object(
    {
        "case_id": UUID_TEXT,
        "visit_id": _text(64, 1),
        "item": _object(
            {"code": _match(r"^[0-9A-Z]{33}$"), "name": _text(300, 1), "department": _text(300, 1)},
        ),
        "bundle_code": _text(100),
        "provisional_no": _match(r"^[0-9A-Z]{14,24}$"),
        "accepted_at": TIME_TEXT,
        "due": _or_null(_match(DATE)),
        "window": _object(
            {"id": _match(r"^[0-9A-Z]{2,6}$"), "name": _text(200), "hall": _text(200), "district": _text(200)}
        ),
        "clerk": _text(100, 1),
        "catalog_version": _text(100, 1),
        "applicant": _object({"name": _text(300, 1), "number": _text(64)}),
        "form": {
            "type": "object",
            "additionalProperties": _text(4000),
            "propertyNames": {"maxLength": 200},
            "maxProperties": 2000,
        },
        "facts": _list(FACT, 4000),
        "materials": _list(MATERIAL, 200),
        "clock": CLOCK,
        "limit": LIMIT,
        "territory": TERRITORY,
        "assisted": {"type": "boolean"},
    },
    optional=("clock", "limit", "territory", "assisted"),
)
FILE = _object(
    {
        "case_id": UUID_TEXT,
        "material_id": _text(100, 1),
        "sha256": HASH_TEXT,
        "media_type": MEDIA_TYPE,
        "size": SIZE,
        "supplement": {"type": "boolean"},
    },
    optional=("supplement",),
)

ACCEPTED = _object(
    {
        "outcome": {"const": "accepted"},
        "case_id": UUID_TEXT,
        "case_no": _text(64, 1),
        "rev": REV,
        "stage": {"type": "integer"},
        "received_at": TIME_TEXT,
        "time_suspect": {"type": "boolean"},
    }
)
FORM_KEY = {"maxLength": 200, "pattern": r"^[a-z0-9_]+\.[a-z0-9_]+$", "not": {"pattern": r"\n"}}
AMENDMENT = _object(
    {
        "case_id": UUID_TEXT,
        "made_at": TIME_TEXT,
        "clerk": _text(100, 1),
        "reason": _text(1000, 1),
        "changes": {
            "type": "object",
            "additionalProperties": _text(4000),
            "propertyNames": FORM_KEY,
            "minProperties": 1,
            "maxProperties": 500,
        },
        "facts": _list(FACT, 1000),
    }
)
"""A correction of an accepted case: form key -> new value, "" empties it."""
CHANGE = _object(
    {
        "rev": REV,
        "at": TIME_TEXT,
        "who": _text(300),
        "keys": _list(_text(200, 1), 500),
    }
)
CURRENT = _object(
    {
        "case_id": UUID_TEXT,
        "case_no": _text(64, 1),
        "rev": REV,
        "stage": {"type": "integer"},
        "document": CASE,
        "trail": _list(CHANGE, 200),
    }
)
"""A case as the platform has it now. trail: the newest changes of its content, oldest first."""
NEEDS_CORRECTION = _object(
    {
        "outcome": {"const": "needs_correction"},
        "reasons": {
            "type": "array",
            "items": _object({"field": _text(300), "message": _text(1000, 1)}),
            "minItems": 1,
            "maxItems": 20,
        },
    }
)
BATCH = _object(
    {
        "operations": {
            **_list(
                _object({"op_id": UUID_TEXT, "local_seq": REV, "case": {"type": "object"}}, optional=("local_seq",)),
                10 * MAX_BATCH,
            ),
            "minItems": 1,
        }
    }
)
BATCH_RESULTS = _object(
    {
        "results": _list(
            _object({"op_id": UUID_TEXT, "status": {"type": "integer"}, "body": {"type": "object"}}), MAX_BATCH
        )
    }
)
RECONCILE = _object({"op_ids": _list(UUID_TEXT, MAX_RECONCILE)})
RECONCILED = _object(
    {
        "epoch": _text(64, 1),
        "known": _list(UUID_TEXT, MAX_RECONCILE),
        "unknown": _list(UUID_TEXT, MAX_RECONCILE),
        "received": {"type": "object", "additionalProperties": TIME_TEXT, "maxProperties": MAX_RECONCILE},
    },
    optional=("received",),
)
"""received: when each known operation took effect here, by the gateway's clock."""
FEED_PAGE = _object(
    {
        "items": {"type": "array", "items": {"type": "object"}},
        "tombstones": {"type": "array", "items": _text(200, 1)},
        "next": _text(400, 1),
        "count": {"type": "integer", "minimum": 0},
        "checksum": HASH_TEXT,
        "more": {"type": "boolean"},
        "durable_through": TIME_TEXT,
    },
    optional=("durable_through",),
)
RATING = _object(
    {
        "case_id": UUID_TEXT,
        "areaCode": _text(60),
        "deptCode": _text(60),
        "deptName": _text(200),
        "taskCode": _text(64, 1),
        "taskName": _text(300, 1),
        "projectNo": _text(60, 1),
        "proStatus": {"type": "integer", "enum": [1, 2, 3]},
        "pf": {"type": "integer", "minimum": 1, "maximum": 9},
        "userProp": {"type": "integer", "enum": [1, 2]},
        "userName": _text(200),
        "certKey": _text(60),
        "handleUserName": _text(200, 1),
        "satisfaction": {"type": "integer", "minimum": 1, "maximum": 5},
        "evalDetail": _list(_text(20, 1), 20),
        "writingEvaluation": _text(500),
        "assessTime": TIME_TEXT,
        "assessNumber": {"type": "integer", "const": 1},
    }
)
"""好差评 in the field names of GB/T 39735. assessNumber: a case is rated once."""
RATED = _object(
    {
        "case_id": UUID_TEXT,
        "received_at": TIME_TEXT,
        "work_order": {"oneOf": [{"type": "null"}, _object({"id": _text(100, 1), "due": _match(DATE)})]},
    }
)
SEAL = _object(
    {
        "case_id": UUID_TEXT,
        "sha256": HASH_TEXT,
        "media_type": MEDIA_TYPE,
        "size": SIZE,
        "supplement": {"type": "boolean"},
    },
    optional=("supplement",),
)
SEALED = _object({"sha256": HASH_TEXT, "size": SIZE, "stored_at": TIME_TEXT, "case_rev": REV})
QUERIED = _object(
    {
        "source": _text(100, 1),
        "asked_at": TIME_TEXT,
        "found": {"type": "boolean"},
        "reference": _text(64, 1),
        "facts": _list(_object({"element": _text(100, 1), "value": _text(4000)}), 200),
        "proves": {"type": "boolean"},
        "note": _text(300),
        "valid_until": _or_null(_match(DATE)),
    }
)
_LICENCE = _object(
    {
        "type": _match(r"^[a-z][a-z0-9_]{0,63}$"),
        "title": _text(200, 1),
        "identifier": _text(120),
        "issuer": _text(200, 1),
        "holder": {"type": "object", "additionalProperties": _text(300), "maxProperties": 10},
        "claims": {"type": "object", "additionalProperties": _text(4000), "maxProperties": 200},
        "valid_until": _or_null(_match(DATE)),
    }
)
REDEEM = _object(
    {
        "code": _text(512, 1),
        "scenario": _text(100, 1),
        "purpose": _text(100, 1),
        "clerk": _text(100, 1),
        "items": _list(_match(r"^[0-9A-Z]{33}$"), 100),
    }
)
REDEEMED = _object(
    {
        "outcome": {"enum": [outcome.value for outcome in RedeemOutcome]},
        "reference": _text(64, 1),
        "at": TIME_TEXT,
        "licence": {"oneOf": [{"type": "null"}, _LICENCE]},
    }
)
AUDIT_ENTRY = _object(
    {
        "seq": {"type": "integer", "minimum": 1, "maximum": 1 << 53},
        "at": TIME_TEXT,
        "clerk": _text(200),
        "action": _text(200),
        "subject": _text(400),
        "details": _text(20_000),
        "previous": HASH_TEXT,
        "hash": HASH_TEXT,
    }
)
AUDIT = _object({"chain": _text(128, 1), "entries": {**_list(AUDIT_ENTRY, 500), "minItems": 1}})
AUDITED = _object({"chain": _text(128, 1), "through": {"type": "integer", "minimum": 0}})
WIPE_ORDER = _object(
    {
        "id": UUID_TEXT,
        "kind": {"enum": [kind.value for kind in WipeKind]},
        "issued_at": TIME_TEXT,
        "proof": HASH_TEXT,
    }
)
"""What the platform orders of this device; proof binds it to the probe that it answers."""
TIME_REPLY = _object(
    {
        "api": {"const": "yichuang/1"},
        "now": TIME_TEXT,
        "epoch": _text(64, 1),
        "nonce": _text(64),
        "proof": HASH_TEXT,
        "extra": _object({"durable_through": TIME_TEXT}, ("durable_through",)),
        "extra_proof": HASH_TEXT,
        "order": {"oneOf": [{"type": "null"}, WIPE_ORDER]},
    },
    optional=("extra", "extra_proof", "order"),
)
"""extra: what a window must be able to rely on as on the time itself; left out while there is nothing to say."""
HEALTH = _object({"status": {"const": "ready"}})
PROBLEM_DOCUMENT = _object(
    {"type": _text(200, 1), "title": _text(200, 1), "status": {"type": "integer"}, "detail": _text(2000)}
)
PAPER_KEY = _object(
    {
        "public_key": {**_match(r"^[A-Za-z0-9_-]{43}$"), "description": "Ed25519, Base64 (URL alphabet)"},
        "proof": {**_text(100, 80), "description": "signature of the key over the request (paper_certificate)"},
        "window": _text(200),
    }
)
PAPER_CERTIFIED = _object({"certificate": _text(3000, 1), "root": _match(r"^[A-Za-z0-9_-]{43}$")})
OUTDATED = _object(PROBLEM_DOCUMENT["properties"] | {"current": CURRENT}, optional=("current",))
"""A 412 of an amendment: a problem document with the case as it is now."""
