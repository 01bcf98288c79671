"""What the platform says of the end of single licences, signed with its own key: the rows `licence-ended-HASH` and
`licence-counts-HASH` of the feed `policies` (docs/protocol.md, Issued licences).

A statement carries what it says inside the signature, with its time: one of yesterday cannot be put in the place of
today's.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import cbor2

from app.domain.clock import isoformat, parse_iso
from app.licences.cose import CodeError, SigningKey, open_bytes, public_key_kid, sign_bytes
from app.licences.snapshot import Pin

KIND = "yichuang.licence-end"
"""Stands in the statement, so that nothing else which the same key may sign can pass for one."""
COUNTS = "counts"
"""The state of a licence that counts again: what stood in its place was taken back."""
SIGNS = "licence-ends"
"""Entity of the feed: a statement about no licence, which says that this platform signs all of them."""
MAX_SIGNED = 1000
"""Characters of a signed statement."""


@dataclass(frozen=True, slots=True)
class EndStatement:
    """hash: SHA-256 of the licence's identifier, hex; "" of `SIGNS`. state: how it ended, or COUNTS. at: UTC, when it
    was said."""

    hash: str
    state: str
    at: dt.datetime


def sign_end(said: EndStatement, key: SigningKey) -> str:
    """The statement as a row's `signed` holds it: COSE_Sign1 over CBOR, Base64."""
    body = {"t": KIND, "h": said.hash, "s": said.state, "a": isoformat(said.at)}
    return base64.b64encode(sign_bytes(cbor2.dumps(body, canonical=True), key)).decode("ascii")


def read_end(signed: object, roots: Iterable[Pin]) -> EndStatement | None:
    """Verify a row's `signed` and read it; None when none of these keys signed it, or it is no such statement."""
    pins = tuple(roots)

    def find(kid: bytes) -> Sequence[Pin]:
        return [pin for pin in pins if public_key_kid(pin.public_key) == kid]

    if not isinstance(signed, str) or len(signed) > MAX_SIGNED:
        return None
    try:
        body = cbor2.loads(open_bytes(base64.b64decode(signed, validate=True), find))
        if body["t"] != KIND or not all(isinstance(body[name], str) for name in "hsa"):
            return None
        return EndStatement(body["h"], body["s"], parse_iso(body["a"]))
    except (CodeError, binascii.Error, cbor2.CBORError, ValueError, LookupError, TypeError):
        return None
