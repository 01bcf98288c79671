"""The certificate of a window's paper key: the platform says whose key it is and how long it holds.

A CWT in COSE_Sign1 (RFC 8392, RFC 9052) with the key as proof-of-possession claim (RFC 8747 §3.2), signed with the
platform's root key (Ed25519). Small enough to travel inside each paper's file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import cbor2
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519

from app.domain.errors import BadInput
from app.licences.cbor_bounds import OutOfBounds, check_bounds
from app.licences.cose import CodeError, PublicKey, SigningKey, open_bytes, public_key_kid, sign_bytes
from app.licences.snapshot import Pin

KIND = "yichuang.paper-key"
"""Stands in the certificate, so that nothing else which the same root may sign can pass for one."""
MAX_CERTIFICATE = 2_000
"""Bytes."""
_SUB, _EXP, _NBF, _CNF = 2, 4, 5, 8
_OKP, _ED25519 = 1, 6
_MAX_TEXT = 200


class BadCertificate(BadInput):
    """Not a certificate that a trusted root signed."""

    def __init__(self, what: str) -> None:
        super().__init__("密钥证书无效", what, "请联网同步一次；仍不成功请联系平台管理员。")


@dataclass(frozen=True, slots=True)
class PaperCertificate:
    """What the platform says of a key. device: its id there; window: whose it is, in words. data: as it was signed."""

    device: str
    window: str
    public_key: PublicKey
    not_before: dt.datetime
    not_after: dt.datetime
    data: bytes

    @property
    def kid(self) -> bytes:
        return public_key_kid(self.public_key)

    def holds_at(self, at: dt.datetime) -> bool:
        """May the key sign at this time?"""
        return self.not_before <= at <= self.not_after


def issue(
    root: SigningKey, key: Pin, device: str, window: str, not_before: dt.datetime, not_after: dt.datetime
) -> bytes:
    """Certify a window's key. ValueError: texts that no certificate holds, or a time that ends before it begins."""
    if not_after <= not_before or max(len(device), len(window)) > _MAX_TEXT:
        raise ValueError("cannot be certified")
    raw = key.public_key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    claims = {
        _SUB: device,
        _EXP: int(not_after.timestamp()),
        _NBF: int(not_before.timestamp()),
        _CNF: {1: {1: _OKP, -1: _ED25519, -2: raw}},
        "t": KIND,
        "w": window,
    }
    return sign_bytes(cbor2.dumps(claims, canonical=True), root)


def read_certificate(data: bytes, roots: Iterable[Pin]) -> PaperCertificate:
    """Verify a certificate and read it; its dates are the caller's to judge. BadCertificate says why not."""
    if len(data) > MAX_CERTIFICATE:
        raise BadCertificate("内容过长")
    known = tuple(roots)

    def find(kid: bytes) -> Sequence[Pin]:
        return [root for root in known if public_key_kid(root.public_key) == kid]

    try:
        body = open_bytes(data, find)
    except CodeError as error:
        raise BadCertificate("不是由登记的平台密钥签名，或者已被改动") from error
    try:
        check_bounds(body)
        claims: Any = cbor2.loads(body)
        key = claims[_CNF][1]
        if claims["t"] != KIND or key[1] != _OKP or key[-1] != _ED25519:
            raise ValueError("kind")
        return PaperCertificate(
            device=str(claims[_SUB])[:_MAX_TEXT],
            window=str(claims["w"])[:_MAX_TEXT],
            public_key=ed25519.Ed25519PublicKey.from_public_bytes(key[-2]),
            not_before=dt.datetime.fromtimestamp(claims[_NBF], dt.UTC),
            not_after=dt.datetime.fromtimestamp(claims[_EXP], dt.UTC),
            data=data,
        )
    except (OutOfBounds, cbor2.CBORError, ValueError, LookupError, TypeError, OverflowError, OSError) as error:
        raise BadCertificate("内容不符合格式") from error


def request_body(device: str, key: Pin, window: str) -> bytes:
    """What a window signs with the key to show that it holds it (RFC 8747 §3.1 asks for some such proof)."""
    body: bytes = cbor2.dumps(["yichuang.certify", device, key.text, window])
    return body
