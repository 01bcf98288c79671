"""Trusted keys out of files: X.509 certificates, public keys, JWK (RFC 7517, 8037)."""

from __future__ import annotations

import base64
import binascii
import contextlib
import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import NameOID

from app.licences.cose import PublicKey, algorithm_of, public_key_kid
from app.licences.gm.certificates import is_sm2

_EU_KEY_USES = {"1": "eu_test", "2": "eu_vaccination", "3": "eu_recovery"}
_EU_KEY_USE_ROOTS = ("1.3.6.1.4.1.1847.2021.1.", "1.3.6.1.4.1.0.1847.2021.1.")
"""Extended key usages that bind a signer to kinds of EU certificates (the second: an early typo in the field)."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What an issuer may sign, together: these types in these regions. None: no limit."""

    types: frozenset[str] | None = None
    regions: tuple[str, ...] | None = None

    def allows(self, type_names: frozenset[str], region: str | None) -> bool:
        """type_names: all names of the licence's type. region: the issuer's place by the identifier; None: not said."""
        if self.types is not None and not self.types & type_names:
            return False
        return region is None or self.regions is None or region.startswith(self.regions)


@dataclass(frozen=True, slots=True)
class TrustedKey:
    """A key that may sign, and for whom and what.

    kids: every identifier it may be called by; the first is its own. types: licence type ids or 21-character type
    codes; regions: GB/T 2260 prefixes; None: no limit. scopes: beside these, one of them must allow the licence; empty:
    no further limit. not_before, not_after: UTC, when it may sign. compromised: UTC, from when on what it signed counts
    for nothing.
    """

    public_key: PublicKey
    kids: tuple[bytes, ...]
    name: str = ""
    uscc: str = ""
    types: frozenset[str] | None = None
    regions: tuple[str, ...] | None = None
    not_before: dt.datetime | None = None
    not_after: dt.datetime | None = None
    file: str = ""
    scopes: tuple[Scope, ...] = ()
    compromised: dt.datetime | None = None

    @property
    def kid(self) -> bytes:
        return self.kids[0]

    def may_sign(self, type_names: frozenset[str], region: str | None) -> bool:
        """Is a licence of this type, by an issuer of this region, within what the key may sign?"""
        if not Scope(self.types, self.regions).allows(type_names, region):
            return False
        return not self.scopes or any(scope.allows(type_names, region) for scope in self.scopes)


def certificate_kid(certificate: x509.Certificate) -> bytes:
    """First 8 bytes of SHA-256 of the DER: the EU rule."""
    return hashlib.sha256(certificate.public_bytes(serialization.Encoding.DER)).digest()[:8]


def read_keys(data: bytes) -> list[TrustedKey]:
    """All keys in one file's bytes, whatever its format. ValueError says what is wrong with it.

    SM2 certificates among them are left out: they judge seals, not codes (app.licences.seal_trust).
    """
    if b"-----BEGIN" in data:
        return _read_pem(data)
    if data.lstrip()[:1] == b"{":
        return _read_jwks(data)
    try:
        certificate = x509.load_der_x509_certificate(data)
    except ValueError:
        return [_from_public(serialization.load_der_public_key(data))]
    return [] if is_sm2(certificate) else [_from_certificate(certificate)]


def _read_pem(data: bytes) -> list[TrustedKey]:
    if b"PRIVATE KEY-----" in data:
        raise ValueError("私钥不得放入信任目录")
    if b"-----BEGIN CERTIFICATE-----" in data:
        return [_from_certificate(cert) for cert in x509.load_pem_x509_certificates(data) if not is_sm2(cert)]
    return [_from_public(serialization.load_pem_public_key(data))]


def _from_certificate(cert: x509.Certificate) -> TrustedKey:
    key = _supported(cert.public_key())
    if not _signs(cert):
        raise ValueError("证书用途不含数字签名")
    kids = [certificate_kid(cert)]
    with contextlib.suppress(x509.ExtensionNotFound):
        kids.append(cert.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest)
    return TrustedKey(
        public_key=key,
        kids=(*kids, public_key_kid(key)),
        name=_subject(cert),
        types=_eu_types(cert),
        not_before=cert.not_valid_before_utc,
        not_after=cert.not_valid_after_utc,
    )


def _signs(cert: x509.Certificate) -> bool:
    """RFC 5280 §4.2.1.3: a certificate that names its usages may sign only with one of these two."""
    try:
        usage = cert.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.digital_signature or usage.content_commitment


def _subject(cert: x509.Certificate) -> str:
    for oid in (NameOID.ORGANIZATION_NAME, NameOID.COMMON_NAME):
        for attribute in cert.subject.get_attributes_for_oid(oid):
            return str(attribute.value)
    return ""


def _eu_types(cert: x509.Certificate) -> frozenset[str] | None:
    try:
        uses: Iterable[x509.ObjectIdentifier] = cert.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return None
    types = {
        _EU_KEY_USES[use.dotted_string.removeprefix(root)]
        for use in uses
        for root in _EU_KEY_USE_ROOTS
        if use.dotted_string.removeprefix(root) in _EU_KEY_USES
    }
    return frozenset(types) or None


def _from_public(key: object) -> TrustedKey:
    public = _supported(key)
    return TrustedKey(public_key=public, kids=(public_key_kid(public),))


def _supported(key: object) -> PublicKey:
    if not isinstance(key, ec.EllipticCurvePublicKey | rsa.RSAPublicKey | ed25519.Ed25519PublicKey):
        raise ValueError(f"不支持的密钥类型 {type(key).__name__}")
    algorithm_of(key)
    return key


def _read_jwks(data: bytes) -> list[TrustedKey]:
    document = json.loads(data)
    entries = document.get("keys", [document])
    if not isinstance(entries, list):
        raise ValueError("JWK 集合格式有误")
    return [_from_jwk(entry) for entry in entries]


def _from_jwk(jwk: dict[str, Any]) -> TrustedKey:
    if "d" in jwk or "k" in jwk:
        raise ValueError("私钥不得放入信任目录")
    if jwk.get("use", "sig") != "sig":
        raise ValueError("JWK 用途不是签名")
    try:
        match jwk["kty"], jwk.get("crv"):
            case "EC", "P-256":
                key: PublicKey = ec.EllipticCurvePublicNumbers(
                    _number(jwk["x"]), _number(jwk["y"]), ec.SECP256R1()
                ).public_key()
            case "RSA", _:
                key = rsa.RSAPublicNumbers(_number(jwk["e"]), _number(jwk["n"])).public_key()
            case "OKP", "Ed25519":
                key = ed25519.Ed25519PublicKey.from_public_bytes(_b64url(jwk["x"]))
            case kty, crv:
                raise ValueError(f"不支持的密钥类型 {kty} {crv or ''}")
    except (KeyError, TypeError) as error:
        raise ValueError("JWK 缺少字段") from error
    algorithm_of(key)
    return TrustedKey(public_key=key, kids=(*kid_readings(jwk.get("kid")), public_key_kid(key)), name=_jwk_name(jwk))


def _jwk_name(jwk: dict[str, Any]) -> str:
    name = jwk.get("name", jwk.get("iss", ""))
    return name if isinstance(name, str) else ""


def kid_readings(kid: object) -> list[bytes]:
    """The bytes that a kid written as text may stand for: JSON knows none, so hex, Base64 and plain text are met."""
    if not isinstance(kid, str) or not kid:
        return []
    readings = []
    for decode in (bytes.fromhex, _b64url, str.encode):
        try:
            readings.append(decode(kid))
        except (ValueError, binascii.Error):
            continue
    return readings


def _number(text: str) -> int:
    return int.from_bytes(_b64url(text), "big")


def _b64url(text: str) -> bytes:
    plain = text.replace("+", "-").replace("/", "_").rstrip("=")
    return base64.b64decode(plain + "=" * (-len(plain) % 4), altchars=b"-_", validate=True)
