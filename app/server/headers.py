"""What both ends must agree on beside the documents: header names, digests, the proof of the probe, limits.

Content-Digest is RFC 9530 with sha-256. Sizes are bytes, times seconds.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import uuid
from typing import Any

API = "yichuang/1"
API_HEADER = "X-Yichuang-Api"
"""Every reply of the gateway carries it; a 2xx without it is a captive portal."""
IDEMPOTENCY_KEY = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
DEVICE_ID = "X-Device-Id"
LOCAL_SEQ = "X-Local-Seq"
CLIENT_TIME = "X-Client-Time"
IF_MATCH = "If-Match"
"""RFC 9110 §13.1.1: the revision that an amendment was made on, in quotation marks."""
CATALOG_VERSION = "X-Catalog-Version"
REGION_SEAL = "X-Region-Seal"
"""On a case that another region's platform hands over: its receive seal 收件专用章, percent-encoded."""
CONTENT_DIGEST = "Content-Digest"
TUS_VERSION = "1.0.0"
OFFSET_TYPE = "application/offset+octet-stream"
COSE_TYPE = 'application/cose; cose-type="cose-sign1"'
"""RFC 9052 §10.3: a signed snapshot."""
BYTES: dict[str, Any] = {"type": "string", "contentMediaType": "application/cose"}
"""In the place of a reply's schema: the body is no JSON but such a message."""

PACKAGE_TYPE = "application/octet-stream"
PACKAGE: dict[str, Any] = {"type": "string", "contentMediaType": PACKAGE_TYPE}
"""Likewise: bytes of a program package."""

MAX_JSON = 1 << 20
MAX_FILE = 64 << 20
MAX_CHUNK = 4 << 20
MAX_SNAPSHOT = 4 << 20
SNAPSHOT_PART = 256 << 10
PACKAGE_PART = 1 << 20
MAX_REPORT = 256 << 10
"""A crash report."""
MAX_BATCH = 50
MAX_RECONCILE = 500
MAX_PAGE = 500
SKEW_LIMIT = 300.0
"""A device clock further off than this is flagged; its case is accepted all the same."""

PROBLEM = "urn:yichuang:problem:"
DIGEST_MISMATCH = PROBLEM + "digest-mismatch"
"""The body was damaged on its way: a transport error, although it is a 400."""

HELD = PROBLEM + "held"
"""Somebody else has it, and will have it for days: a refusal, although it is a 409."""

NOT_BOOKED = PROBLEM + "booking-"
"""What the types of refused bookings begin with (full, closed, over …): the same tomorrow, although a 409."""


def canonical(document: Any) -> bytes:
    """The one byte form of a JSON document, for hashing: sorted keys, no blanks, UTF-8.

    ValueError (UnicodeEncodeError) when a text holds a lone surrogate.
    """
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def sha256_hex(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def content_digest(data: bytes) -> str:
    """The Content-Digest header for a body."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(data).digest()).decode()}:"


def digest_holds(header: str, data: bytes) -> bool:
    """Does a Content-Digest header name this body? Other algorithms beside sha-256 are ignored, as RFC 9530 allows."""
    expected = content_digest(data)
    return any(hmac.compare_digest(part.strip().encode(), expected.encode()) for part in header.split(","))


def token_key(token: str) -> str:
    """What the gateway keeps instead of the token; also the key of the probe's proof. Tokens are 256 random bits,
    so one round of SHA-256 is enough."""
    return sha256_hex(token.encode())


def time_proof(key: str, nonce: str, now: str, epoch: str, device_id: str) -> str:
    """HMAC-SHA-256 over the probe's reply: only a gateway that knows the device's token can make it."""
    message = canonical([API, nonce, now, epoch, device_id])
    return hmac.new(key.encode(), message, hashlib.sha256).hexdigest()


def extra_proof(key: str, proof: str, extra: dict[str, Any]) -> str:
    """HMAC-SHA-256 over what the probe's reply says besides the time. It covers the probe's own proof, and with it the
    nonce: what was once said cannot be said again to another probe."""
    return hmac.new(key.encode(), canonical([API, "extra", proof, extra]), hashlib.sha256).hexdigest()


def order_proof(key: str, nonce: str, order_id: str, kind: str, issued_at: str, device_id: str) -> str:
    """HMAC-SHA-256 over an order to wipe. The nonce is that of the probe which it answers, so that an order overheard
    once cannot be played again."""
    message = canonical([API, "wipe", nonce, order_id, kind, issued_at, device_id])
    return hmac.new(key.encode(), message, hashlib.sha256).hexdigest()


def pack_proof(key: str, pack: Any) -> str:
    """HMAC-SHA-256 over a visit pack: who made it knows the token of the device that it was made for."""
    return hmac.new(key.encode(), canonical([API, "pack", pack]), hashlib.sha256).hexdigest()


def upload_metadata(values: dict[str, str]) -> str:
    """The Upload-Metadata header of tus: key, blank, Base64 of the value; pairs joined by commas."""
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in values.items())


def read_upload_metadata(header: str) -> dict[str, str]:
    """The other way round. ValueError when it is not of that form."""
    values: dict[str, str] = {}
    for pair in filter(None, (part.strip() for part in header.split(","))):
        key, _, value = pair.partition(" ")
        values[key] = base64.b64decode(value, validate=True).decode()
    return values


def is_uuid(text: str) -> bool:
    """Is this a UUID in its one canonical form (lower case, hyphens)? Safe to use as a file name then."""
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False
