"""Whose hardware key this is: the certificate against the platform's authority, and what it signs.

All of it works offline: certificates of the authority and its last list of revoked ones are kept at the window. The
staff number 工号 is the subject's serialNumber (RFC 4519, 2.31), the name its commonName.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from app.domain.clock import isoformat
from app.domain.errors import BadInput
from app.domain.shared_data import KeyProof, QueryRequest
from app.server import headers as h

FEED, RULES_ID = "policies", "clerk-keys"
"""Where the platform tells the windows its authority: a row of this feed."""
_DEPTH = 4
_BROKEN = (InvalidSignature, ValueError, TypeError, UnsupportedAlgorithm)


class KeyVerdict(StrEnum):
    """What a certificate is worth."""

    GOOD = "good"
    FOREIGN = "foreign"
    """Not issued by the platform's authority."""
    EXPIRED = "expired"
    NOT_YET = "not_yet"
    REVOKED = "revoked"
    UNFIT = "unfit"
    """No staff number in it, an authority's own, or not made for signing."""
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class KeyRules:
    """The platform's authority. roots: its certificates. lists: of revoked ones, as last heard. required: every call
    for shared data must be signed by a key."""

    roots: tuple[x509.Certificate, ...] = ()
    lists: tuple[x509.CertificateRevocationList, ...] = ()
    required: bool = False

    def document(self) -> dict[str, Any]:
        """As a row of the feed."""

        def text(one: x509.Certificate | x509.CertificateRevocationList) -> str:
            return base64.b64encode(one.public_bytes(Encoding.DER)).decode()

        return {
            "id": RULES_ID,
            "roots": [text(one) for one in self.roots],
            "lists": [text(one) for one in self.lists],
            "required": self.required,
        }


@dataclass(frozen=True, slots=True)
class KeyHolder:
    """Whom a certificate names. serial: of the certificate, hexadecimal. issuer: its name. until: its last moment.
    list_until: when the list of revoked ones that was consulted should have been followed by another; None: there is
    no list."""

    number: str
    name: str
    serial: str
    issuer: str
    until: dt.datetime
    list_until: dt.datetime | None = None


def read_rules(document: Mapping[str, Any]) -> KeyRules:
    """A row of the feed back. ValueError when it is none."""
    try:
        roots = tuple(x509.load_der_x509_certificate(base64.b64decode(one)) for one in document["roots"])
        lists = tuple(x509.load_der_x509_crl(base64.b64decode(one)) for one in document["lists"])
        return KeyRules(roots, lists, document.get("required", False) is True)
    except (KeyError, TypeError, binascii.Error, UnsupportedAlgorithm) as error:
        raise ValueError("clerk-keys") from error


def read_authority(ca: Path, crl: Path | None = None) -> KeyRules:
    """Certificates of an authority and its list, from PEM files. BadInput: one that is none, or a list of another."""
    try:
        roots = tuple(x509.load_pem_x509_certificates(ca.read_bytes()))
        lists = () if crl is None else (x509.load_pem_x509_crl(crl.read_bytes()),)
    except (OSError, ValueError) as error:
        raise BadInput("发证机构文件有误", f"{ca.name}：{error}", "请换成发证机构给的 PEM 文件。") from error
    if not all(_is_authority(one) for one in roots):
        raise BadInput("发证机构文件有误", f"{ca.name}：不是发证机构的证书", "请换成发证机构给的 PEM 文件。")
    if not all(any(listed.issuer == one.subject and _of_list(listed, one) for one in roots) for listed in lists):
        raise BadInput("吊销名单有误", "名单不是这家发证机构签发的", "请换成同一机构的吊销名单。")
    return KeyRules(roots, lists)


def judge(certificates: Sequence[bytes], rules: KeyRules, at: dt.datetime) -> tuple[KeyVerdict, KeyHolder | None]:
    """The first certificate, with those above it that came along (DER). The holder is told whenever it can be read.

    Of a revoked and expired one it is said that it is revoked. A list past its time still tells what it lists.
    """
    try:
        leaf, *above = [x509.load_der_x509_certificate(one) for one in certificates]
        holder = _holder(leaf)
        chain = _chain(leaf, above, rules.roots)
    except (ValueError, IndexError, UnsupportedAlgorithm):
        return KeyVerdict.UNREADABLE, None
    if chain is None:
        return KeyVerdict.FOREIGN, holder
    for one, issuer in pairwise(chain):
        for listed in rules.lists:
            if listed.issuer != issuer.subject or not _of_list(listed, issuer):
                continue
            if listed.get_revoked_certificate_by_serial_number(one.serial_number) is not None:
                return KeyVerdict.REVOKED, holder
            if holder is not None and one is leaf:
                holder = _with_list(holder, listed)
    for one in chain:
        if at > one.not_valid_after_utc:
            return KeyVerdict.EXPIRED, holder
        if at < one.not_valid_before_utc:
            return KeyVerdict.NOT_YET, holder
    return (KeyVerdict.GOOD if holder is not None and _for_signing(leaf) else KeyVerdict.UNFIT), holder


def signed_by(certificate: bytes, data: bytes, signature: bytes) -> bool:
    """Did this certificate's key sign? ECDSA with SHA-256 on P-256 or larger, or RSA PKCS#1 v1.5 of 2048 bits on."""
    try:
        key = x509.load_der_x509_certificate(certificate).public_key()
        if isinstance(key, ec.EllipticCurvePublicKey) and key.key_size >= 256:
            key.verify(signature, data, ec.ECDSA(hashes.SHA256()))
            return True
        if isinstance(key, rsa.RSAPublicKey) and key.key_size >= 2048:
            key.verify(signature, data, padding.PKCS1v15(), hashes.SHA256())
            return True
    except _BROKEN:
        return False
    return False


def challenge(device_id: str, nonce: str, at: dt.datetime) -> bytes:
    """What a key signs when its holder signs in. It is no call, and no call is it."""
    return h.canonical([h.API, "clerk-sign-in", device_id, nonce, isoformat(at)])


def statement(request: QueryRequest, proof: KeyProof, device_id: str) -> dict[str, str]:
    """What is kept of a signed call: who asked which source, under which scenario, for which purpose and items, when,
    about whom (a digest, salted; the salt is not kept: the log must not become a second register)."""
    subject = request.subject
    about = h.canonical([proof.salt, subject.kind, subject.number, subject.name])
    return {
        "api": h.API,
        "kind": "shared-data-call",
        "device": device_id,
        "source": request.source,
        "scenario": request.scenario,
        "purpose": request.purpose,
        "items": " ".join(request.items),
        "subject": h.sha256_hex(about),
        "clerk": request.clerk,
        "number": proof.number,
        "nonce": proof.nonce,
        "at": isoformat(proof.at),
    }


def statement_bytes(request: QueryRequest, proof: KeyProof, device_id: str) -> bytes:
    """The bytes that the key signs."""
    return h.canonical(statement(request, proof, device_id))


def order(certificates: Sequence[tuple[bytes, bytes]]) -> tuple[bytes, tuple[bytes, ...]]:
    """Of (id, DER) on a key: the id of the holder's, and all with the holder's first. ValueError: nobody's."""
    for at, (ident, der) in enumerate(certificates):
        try:
            one = x509.load_der_x509_certificate(der)
        except (ValueError, UnsupportedAlgorithm):
            continue
        if ident and not _is_authority(one):
            return ident, (der, *(other for place, (_, other) in enumerate(certificates) if place != at))
    raise ValueError("no holder")


def _chain(
    leaf: x509.Certificate, above: Sequence[x509.Certificate], roots: Sequence[x509.Certificate]
) -> list[x509.Certificate] | None:
    chain = [leaf]
    for _ in range(_DEPTH):
        if chain[-1] in roots:
            # A holder's own certificate is never an authority's, even if somebody put it among them.
            return chain if len(chain) > 1 else None
        issuer = next((one for one in (*roots, *above) if _issued(chain[-1], one)), None)
        if issuer is None or issuer in chain:
            return None
        chain.append(issuer)
    return chain if chain[-1] in roots else None


def _issued(one: x509.Certificate, by: x509.Certificate) -> bool:
    if one.issuer != by.subject or not _is_authority(by):
        return False
    try:
        one.verify_directly_issued_by(by)
    except _BROKEN:
        return False
    return True


def _is_authority(one: x509.Certificate) -> bool:
    try:
        return one.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


def _for_signing(one: x509.Certificate) -> bool:
    if _is_authority(one):
        return False
    try:
        return one.extensions.get_extension_for_class(x509.KeyUsage).value.digital_signature
    except x509.ExtensionNotFound:
        return True


def _of_list(listed: x509.CertificateRevocationList, issuer: x509.Certificate) -> bool:
    try:
        return bool(listed.is_signature_valid(issuer.public_key()))  # type: ignore[arg-type]
    except _BROKEN:
        return False


def _holder(leaf: x509.Certificate) -> KeyHolder | None:
    number, name = (_word(leaf.subject, oid) for oid in (NameOID.SERIAL_NUMBER, NameOID.COMMON_NAME))
    if not number or not name:
        return None
    issuer = _word(leaf.issuer, NameOID.COMMON_NAME)
    return KeyHolder(number, name, f"{leaf.serial_number:x}", issuer, leaf.not_valid_after_utc)


def _with_list(holder: KeyHolder, listed: x509.CertificateRevocationList) -> KeyHolder:
    until = listed.next_update_utc
    return KeyHolder(holder.number, holder.name, holder.serial, holder.issuer, holder.until, until)


def _word(name: x509.Name, oid: x509.ObjectIdentifier) -> str:
    found = name.get_attributes_for_oid(oid)
    return str(found[0].value).strip() if found else ""
