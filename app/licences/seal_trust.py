"""Whose seals count: the SM2 certificates of a trust list, and what certificates and seals were revoked.

A certificate in the list is a root for what it issued, and is trusted itself. What trust.json says of it is the same
as of any issuer (docs/licence-format.md), with `seal`, for which part it vouches, and `signers`, whose seals count
under it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from app.licences.gm.certificates import Certificate, is_sm2, read_certificate
from app.licences.gm.sm2 import SM2_WITH_SM3
from app.licences.keys import Scope

MAKER, SIGNER = "maker", "signer"
ROLES = frozenset({MAKER, SIGNER})
_PEM_CERTIFICATE, _PEM_CRL = b"-----BEGIN CERTIFICATE-----", b"-----BEGIN X509 CRL-----"


@dataclass(frozen=True, slots=True)
class SealAnchor:
    """A trusted SM2 certificate. roles: whether it vouches for makers of seals 制章单位, for signers 签章人, or both.
    signers: organisations (name or USCC) whose seals count under it; None: all that it certifies. The rest as in
    app.licences.keys.TrustedKey."""

    certificate: Certificate
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
    roles: frozenset[str] = ROLES
    signers: frozenset[str] | None = None

    def may_sign(self, type_names: frozenset[str], region: str | None) -> bool:
        """As of a key: is a licence of this type, by an issuer of this region, within what it vouches for?"""
        if not Scope(self.types, self.regions).allows(type_names, region):
            return False
        return not self.scopes or any(scope.allows(type_names, region) for scope in self.scopes)

    def covers(self, signer: Certificate) -> bool:
        """Do seals of this one count under it?"""
        return self.signers is None or bool(self.signers & {signer.name, signer.uscc} - {""})

    def holds_at(self, at: dt.datetime) -> bool:
        after = self.not_before is None or self.not_before <= at
        return after and (self.not_after is None or at <= self.not_after)


@dataclass(frozen=True, slots=True)
class SealTrust:
    """Everything about seals in a list. kids: certificates revoked, from when on; serials: the same by issuer and
    number (from revocation lists of the CAs); seals: seals revoked, by their id."""

    anchors: tuple[SealAnchor, ...] = ()
    kids: dict[bytes, dt.datetime] = field(default_factory=dict)
    serials: dict[tuple[bytes, int], dt.datetime] = field(default_factory=dict)
    seals: dict[str, dt.datetime] = field(default_factory=dict)

    def revoked(self, certificate: Certificate) -> dt.datetime | None:
        """Since when what it signs counts for nothing; None: it counts."""
        found = [self.kids[kid] for kid in certificate.kids if kid in self.kids]
        if (key := (certificate.issuer, certificate.serial)) in self.serials:
            found.append(self.serials[key])
        anchor = self.anchor(certificate)
        if anchor is not None and anchor.compromised is not None:
            found.append(anchor.compromised)
        return min(found, default=None)

    def anchor(self, certificate: Certificate) -> SealAnchor | None:
        return next((anchor for anchor in self.anchors if anchor.certificate.raw == certificate.raw), None)

    def trusted(self, role: str) -> list[Certificate]:
        """The certificates that vouch in this role."""
        return [anchor.certificate for anchor in self.anchors if role in anchor.roles]


def read_anchors(data: bytes) -> list[SealAnchor]:
    """The SM2 certificates in a file's bytes; [] when it holds none. ValueError: one is broken."""
    return [_anchor(raw) for raw in _certificates(data)]


def _certificates(data: bytes) -> Iterable[bytes]:
    if _PEM_CERTIFICATE in data:
        certificates: Sequence[x509.Certificate] = x509.load_pem_x509_certificates(data)
    elif data[:1] == b"\x30":
        try:
            certificates = [x509.load_der_x509_certificate(data)]
        except ValueError:
            return []
    else:
        return []
    return [_der(cert) for cert in certificates if is_sm2(cert)]


def _der(cert: x509.Certificate) -> bytes:
    return cert.public_bytes(Encoding.DER)


def _anchor(raw: bytes) -> SealAnchor:
    certificate = read_certificate(raw)
    return SealAnchor(
        certificate,
        certificate.kids,
        certificate.name,
        certificate.uscc,
        not_before=certificate.not_before,
        not_after=certificate.not_after,
    )


def is_crl(data: bytes) -> bool:
    """Is it a list of revoked certificates of a CA (RFC 5280 §5)?"""
    return _PEM_CRL in data or _load_crl(data) is not None


def read_crl(data: bytes, anchors: Iterable[SealAnchor]) -> dict[tuple[bytes, int], dt.datetime]:
    """What a CA revoked, by issuer and number. ValueError: broken, or not signed by a CA of this list."""
    crl = _load_crl(data)
    if crl is None:
        raise ValueError("吊销列表不能读取")
    issuer = crl.issuer.public_bytes()
    if crl.signature_algorithm_oid.dotted_string != SM2_WITH_SM3:
        raise ValueError("吊销列表不是用 SM2 签发的")
    for anchor in anchors:
        certificate = anchor.certificate
        if certificate.subject == issuer and certificate.key.verify(crl.signature, crl.tbs_certlist_bytes):
            return {(issuer, entry.serial_number): entry.revocation_date_utc for entry in crl}
    raise ValueError("吊销列表不是名单内的机构签发的")


def _load_crl(data: bytes) -> x509.CertificateRevocationList | None:
    try:
        if _PEM_CRL in data:
            return x509.load_pem_x509_crl(data)
        return x509.load_der_x509_crl(data) if data[:1] == b"\x30" else None
    except ValueError:
        return None
