"""SM2 certificates (GB/T 20518, X.509) and their chain to a trusted one.

`cryptography` reads everything in them but the key; the key is a point in the bytes that the issuer signed.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cryptography import x509
from cryptography.x509.oid import NameOID

from app.licences.gm import der
from app.licences.gm.sm2 import SM2_CURVE, SM2_WITH_SM3, Sm2Key

MAX_CERTIFICATE = 64 * 1024
"""Bytes."""
MAX_CHAIN = 5
_EC_KEY = "1.2.840.10045.2.1"
_USCC = re.compile(r"(?<![0-9A-Z])[0-9A-HJ-NPQRTUWXY]{18}(?![0-9A-Z])")
_FIRM_OIDS = ("2.5.4.97", "1.2.156.10260.4.1.4", "2.5.4.5", "2.5.4.11")
"""Where certificates name the firm's code: organizationIdentifier, the extension of GM/T 0015, serial number, unit."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """subject, issuer: the names as they are encoded. name: for people. kids: what a trust list may call it by."""

    raw: bytes
    tbs: bytes
    signature: bytes
    subject: bytes
    issuer: bytes
    key: Sm2Key
    serial: int
    not_before: dt.datetime
    not_after: dt.datetime
    name: str
    uscc: str
    kids: tuple[bytes, ...]
    is_ca: bool
    may_certify: bool
    may_sign: bool

    @property
    def kid(self) -> bytes:
        """First 8 bytes of SHA-256 of the DER: the EU rule, which the trust list keeps for all certificates."""
        return self.kids[0]

    def issued(self, other: Certificate) -> bool:
        """Did this one sign the other?"""
        return other.issuer == self.subject and self.key.verify(other.signature, other.tbs)

    def holds_at(self, at: dt.datetime) -> bool:
        return self.not_before <= at <= self.not_after


def read_certificate(raw: bytes) -> Certificate:
    """From DER. ValueError: not a certificate, or its key or signature is not SM2."""
    if len(raw) > MAX_CERTIFICATE:
        raise ValueError("证书过大")
    try:
        cert = x509.load_der_x509_certificate(raw)
        if cert.signature_algorithm_oid.dotted_string != SM2_WITH_SM3:
            raise ValueError("证书不是用 SM2 签发的")
        tbs = cert.tbs_certificate_bytes
        extensions = cert.extensions
        name, uscc = _names(cert, extensions)
        kids = [hashlib.sha256(raw).digest()[:8]]
        with contextlib.suppress(x509.ExtensionNotFound):
            kids.append(extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest)
        basic, usage = _constraints(extensions)
        return Certificate(
            raw=raw,
            tbs=tbs,
            signature=cert.signature,
            subject=cert.subject.public_bytes(),
            issuer=cert.issuer.public_bytes(),
            key=_key(tbs),
            serial=cert.serial_number,
            not_before=cert.not_valid_before_utc,
            not_after=cert.not_valid_after_utc,
            name=name,
            uscc=uscc,
            kids=tuple(kids),
            is_ca=basic is not None and basic.ca,
            may_certify=basic is not None and basic.ca and (usage is None or usage.key_cert_sign),
            may_sign=usage is None or usage.digital_signature or usage.content_commitment,
        )
    except ValueError:
        raise
    except Exception as error:  # InvalidVersion, DuplicateExtension, ParseError …: no common base but this
        raise ValueError("证书内容有误") from error


def is_sm2(cert: x509.Certificate) -> bool:
    """Is it one of ours to read, not one of `cryptography`'s?"""
    return cert.signature_algorithm_oid.dotted_string == SM2_WITH_SM3


def _key(tbs: bytes) -> Sm2Key:
    fields = der.read(tbs).items()
    if fields and fields[0].tag == der.CONTEXT_0:  # the version, which may be left out
        fields = fields[1:]
    if len(fields) < 6:
        raise ValueError("证书内容有误")
    algorithm, point = fields[5].items()[:2]
    parts = [part.oid() for part in algorithm.items()]
    if parts != [_EC_KEY, SM2_CURVE]:
        raise ValueError("证书的公钥不是 SM2")
    return Sm2Key.read(point.bits())


def _names(cert: x509.Certificate, extensions: x509.Extensions) -> tuple[str, str]:
    name = ""
    for oid in (NameOID.ORGANIZATION_NAME, NameOID.COMMON_NAME):
        found = cert.subject.get_attributes_for_oid(oid)
        if found:
            name = str(found[0].value)
            break
    texts = [str(part.value) for oid in _FIRM_OIDS for part in _attributes(cert.subject, oid)]
    texts += [
        extension.value.value.decode("latin-1")
        for extension in extensions
        if extension.oid.dotted_string in _FIRM_OIDS and isinstance(extension.value, x509.UnrecognizedExtension)
    ]
    codes = (match.group() for text in texts for match in [_USCC.search(text)] if match)
    return name, next(codes, "")


def _attributes(name: x509.Name, oid: str) -> list[x509.NameAttribute[str | bytes]]:
    return name.get_attributes_for_oid(x509.ObjectIdentifier(oid))


def _constraints(extensions: x509.Extensions) -> tuple[x509.BasicConstraints | None, x509.KeyUsage | None]:
    basic = usage = None
    with contextlib.suppress(x509.ExtensionNotFound):
        basic = extensions.get_extension_for_class(x509.BasicConstraints).value
    with contextlib.suppress(x509.ExtensionNotFound):
        usage = extensions.get_extension_for_class(x509.KeyUsage).value
    return basic, usage


def chain(leaf: Certificate, trusted: Sequence[Certificate], others: Iterable[Certificate] = ()) -> list[Certificate]:
    """The chain from a leaf to one of the trusted, both in it; empty when there is none.

    others: certificates that came along and prove nothing by themselves. Validity in time is the caller's to judge.
    """
    return _climb([leaf], trusted, tuple(others)[:20])


def _climb(path: list[Certificate], trusted: Sequence[Certificate], others: Sequence[Certificate]) -> list[Certificate]:
    top = path[-1]
    if any(top.raw == anchor.raw for anchor in trusted):
        return path
    if len(path) >= MAX_CHAIN:
        return []
    for anchor in trusted:
        if anchor.may_certify and anchor.issued(top):
            return [*path, anchor]
    for other in others:
        if other.may_certify and all(other.raw != link.raw for link in path) and other.issued(top):
            found = _climb([*path, other], trusted, others)
            if found:
                return found
    return []
