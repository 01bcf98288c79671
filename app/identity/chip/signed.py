"""CMS SignedData (RFC 5652) and certificates as passports use them: who signed this, and does it hold?

The structures are read by `asn1crypto`: it keeps the bytes that were signed, and lets curves be spelt out. RSA is
checked by `cryptography`, curves by app.identity.chip.curves.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from asn1crypto import cms, core, x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from app.identity.chip.curves import digest, verifies
from app.identity.chip.infos import ec_key
from app.identity.chip.transport import BadAnswer

_HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha1": hashes.SHA1(),  # noqa: S303  # passports of older kinds; which hash counts is the state's word
     "sha224": hashes.SHA224(), "sha256": hashes.SHA256(), "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}  # fmt: skip
_MOST_RSA_BITS = 16384


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate, read once. country: as its subject writes it, in capitals. der: as it came."""

    der: bytes
    name: str
    country: str
    subject: bytes
    issuer: bytes
    serial: int
    not_before: dt.datetime
    not_after: dt.datetime
    key_id: bytes
    issuer_key_id: bytes
    parsed: Any

    @property
    def fingerprint(self) -> str:
        """SHA-256, hexadecimal."""
        return hashlib.sha256(self.der).hexdigest()

    def signed_by(self, signer: Certificate) -> bool:
        """Did this key make the certificate? Names and dates are not looked at."""
        body = self.parsed["tbs_certificate"].dump()
        return holds(signer.parsed.public_key, self.parsed["signature_algorithm"], self.parsed.signature, body)


def read_certificate(der: bytes) -> Certificate:
    """A certificate in DER. BadAnswer when it is none."""
    try:
        parsed = x509.Certificate.load(der, strict=True)
        body = parsed["tbs_certificate"]
        names = parsed.subject.native
        country = names.get("country_name", "")
        shown = names.get("common_name") or names.get("organization_name") or ""
        return Certificate(
            der=bytes(der),
            name=shown if isinstance(shown, str) else "、".join(map(str, shown)),
            country=str(country).upper(),
            # Hashable: how names are written differs between issuers in case and string type.
            subject=parsed.subject.hashable.encode(),
            issuer=parsed.issuer.hashable.encode(),
            serial=parsed.serial_number,
            not_before=body["validity"]["not_before"].native,
            not_after=body["validity"]["not_after"].native,
            key_id=parsed.key_identifier or b"",
            issuer_key_id=parsed.authority_key_identifier or b"",
            parsed=parsed,
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise BadAnswer("no certificate") from error


@dataclass(frozen=True, slots=True)
class Signed:
    """What somebody signed. kind: the content's object identifier, dotted. signer: whose key made the signature, as the
    message brings it; None when it brings none. whole: the signature holds for that key and the content."""

    kind: str
    content: bytes
    signer: Certificate | None
    whole: bool
    signing_time: dt.datetime | None
    certificates: tuple[Certificate, ...]


def read_signed(data: bytes) -> Signed:
    """A SignedData with one signer that counts. BadAnswer when it is none."""
    try:
        info = cms.ContentInfo.load(data)
        if info["content_type"].native != "signed_data":
            raise BadAnswer("not signed data")
        body = info["content"]
        content = bytes(body["encap_content_info"]["content"].native)
        kind = body["encap_content_info"]["content_type"].dotted
        given = [one.chosen.dump() for one in body["certificates"] or () if one.name == "certificate"]
        signers = list(body["signer_infos"])
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise BadAnswer("no signed data") from error
    certificates = tuple(_readable(given))
    best = None
    for signer in signers:
        best = _judge(signer, kind, content, certificates)
        if best.whole:
            break
    if best is None:
        raise BadAnswer("nobody signed")
    return best


def _readable(given: Iterable[bytes]) -> Iterable[Certificate]:
    for der in given:
        try:
            yield read_certificate(der)
        except BadAnswer:
            continue


def _judge(signer: Any, kind: str, content: bytes, certificates: tuple[Certificate, ...]) -> Signed:
    when = None
    found = next((one for one in certificates if _names(signer["sid"], one)), None)
    try:
        attributes = signer["signed_attrs"]
        body = content
        whole = True
        if attributes:
            values = {one["type"].native: one["values"] for one in attributes}
            name = signer["digest_algorithm"]["algorithm"].native
            whole = (
                values["message_digest"][0].native == digest(name, content) and values["content_type"][0].dotted == kind
            )
            if "signing_time" in values:
                when = values["signing_time"][0].chosen.native
            body = attributes.untag().dump()
        elif kind != "1.2.840.113549.1.7.1":
            whole = False  # RFC 5652 §5.3: other contents must have signed attributes
        if whole and found is not None:
            method = signer["signature_algorithm"]
            used = signer["digest_algorithm"]["algorithm"].native
            whole = holds(found.parsed.public_key, method, signer["signature"].native, body, used)
    except (BadAnswer, ValueError, TypeError, KeyError, AttributeError, IndexError):
        whole = False
    return Signed(kind, content, found, whole and found is not None, when, certificates)


def _names(sid: Any, certificate: Certificate) -> bool:
    if sid.name == "issuer_and_serial_number":
        named = sid.chosen
        same = named["issuer"].hashable.encode() == certificate.issuer
        return bool(same and named["serial_number"].native == certificate.serial)
    return bool(certificate.key_id and sid.chosen.native == certificate.key_id)


def holds(key: Any, method: Any, signature: bytes, body: bytes, used: str = "") -> bool:
    """Is this the key's signature over body? method: SignedDigestAlgorithm. used: the hash that stands beside it."""
    try:
        algorithm = method.signature_algo
        if algorithm == "ecdsa":
            # Some signers leave the hash out of the method and say it beside.
            group, point = ec_key(key)
            r, s = (int(part) for part in core.SequenceOf.load(signature, spec=core.Integer).native)
            return verifies(group, point, digest(_hash_of(method, used), body), r, s)
        if algorithm not in ("rsassa_pkcs1v15", "rsassa_pss"):
            return False
        return _rsa_holds(key, method, signature, body, used)
    except (BadAnswer, ValueError, TypeError, KeyError, InvalidSignature, UnsupportedAlgorithm):
        return False


def _hash_of(method: Any, used: str) -> str:
    try:
        return str(method.hash_algo)
    except ValueError:
        return used


def _rsa_holds(key: Any, method: Any, signature: bytes, body: bytes, used: str) -> bool:
    if key.algorithm not in ("rsa", "rsassa_pss"):
        return False
    numbers = key["public_key"].parsed.native
    if int(numbers["modulus"]).bit_length() > _MOST_RSA_BITS:
        return False
    public = rsa.RSAPublicNumbers(int(numbers["public_exponent"]), int(numbers["modulus"])).public_key()
    if method.signature_algo == "rsassa_pss":
        wanted = method["parameters"]
        name = wanted["hash_algorithm"]["algorithm"].native
        masked = wanted["mask_gen_algorithm"]["parameters"]["algorithm"].native
        scheme: padding.AsymmetricPadding = padding.PSS(
            padding.MGF1(_HASHES[masked]), int(wanted["salt_length"].native)
        )
    else:
        name, scheme = _hash_of(method, used), padding.PKCS1v15()
    public.verify(signature, body, scheme, _HASHES[name])
    return True
