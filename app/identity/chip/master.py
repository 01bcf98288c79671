"""Files that bring certificates of states: master lists, LDIF of ICAO's directory, single certificates."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from asn1crypto import core, crl, pem, x509

from app.domain.errors import BadInput
from app.identity.chip.csca import CscaList, Root
from app.identity.chip.signed import Certificate, holds, read_certificate, read_signed
from app.identity.chip.transport import BadAnswer

MAX_FILE = 96 * 1024 * 1024
"""Bytes. ICAO's collection of master lists has about 25 MB, that of certificates and CRLs about 60."""
_MASTER_LIST = "2.23.136.1.1.2"
_LINE = re.compile(rb"^([A-Za-z][A-Za-z0-9;.-]*)(::?) ?(.*)$")
_CERTIFICATES = (b"cacertificate", b"usercertificate")
_LISTS = (b"pkdmasterlistcontent", b"cscamasterlistdata", b"pkdmasterlist")
_CRLS = (b"certificaterevocationlist",)


class _Certificates(core.SetOf):  # type: ignore[misc]  # asn1crypto is not typed
    _child_spec = x509.Certificate


class MasterListBody(core.Sequence):  # type: ignore[misc]
    """CscaMasterList."""

    _fields = [("version", core.Integer), ("certificates", _Certificates)]  # noqa: RUF012


@dataclass(frozen=True, slots=True)
class MasterList:
    """voucher: the state's certificate behind who signed the list. made: when, as the signer says."""

    certificates: tuple[Certificate, ...]
    voucher: Certificate
    made: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Offer:
    """What a file would bring. fingerprint: what a person compares before the first acceptance: of the voucher's
    certificate for a signed list, of the whole file where nobody vouches for it (SHA-256). vouched: somebody whom the
    list in force knows did. refused: what could not be used, and why."""

    roots: tuple[Root, ...]
    fingerprint: str
    vouched: bool
    vouchers: tuple[str, ...] = ()
    made: dt.datetime | None = None
    revoked: dict[bytes, frozenset[int]] = field(default_factory=dict)
    refused: tuple[str, ...] = ()


def read_master_list(data: bytes) -> MasterList:
    """A signed master list. BadAnswer: none, altered, or signed by somebody whom no state in it stands behind."""
    signed = read_signed(data)
    if signed.kind != _MASTER_LIST:
        raise BadAnswer("not a master list")
    if not signed.whole or signed.signer is None:
        raise BadAnswer("the signature is wrong")
    try:
        listed = [one.dump() for one in MasterListBody.load(signed.content)["certificates"]]
    except (ValueError, TypeError, KeyError) as error:
        raise BadAnswer("no list of certificates") from error
    certificates = []
    for der in listed:
        # One certificate that nobody can read must not cost the other five hundred.
        try:
            certificates.append(read_certificate(der))
        except BadAnswer:
            continue
    signer = signed.signer
    for voucher in (*signed.certificates, *certificates):
        if voucher.subject == signer.issuer and voucher is not signer and signer.signed_by(voucher):
            return MasterList(tuple(certificates), voucher, signed.signing_time)
    raise BadAnswer("no state stands behind the signer")


def read_offer(data: bytes, name: str, known: CscaList, at: dt.datetime) -> Offer:
    """What this file would bring to the list. name: to be remembered as the source. at: now, UTC.

    BadInput when it is none of the kinds. In an LDIF each master list is judged by itself; single certificates and the
    file as a whole have nobody to vouch for them.
    """
    if len(data) > MAX_FILE:
        raise BadInput("文件过大", name, "请确认选择的是 CSCA 主列表（.ml）或 LDIF 文件。")
    if _LINE.match(data.lstrip().splitlines()[0] if data.strip() else b"") and b"dn:" in data[:65536].lower():
        return _from_ldif(data, name, known, at)
    try:
        found = read_master_list(data)
    except BadAnswer as refused:
        single = _singles(data)
        if not single:
            raise BadInput(
                "不是可用的签发国证书名单", f"{name}：{_WORDS.get(str(refused), '内容无法识别')}",
                "请重新下载 CSCA 主列表（.ml）、ICAO 目录的 LDIF 文件或证书（DER、PEM）。",
            ) from refused  # fmt: skip
        roots = tuple(Root(one, name, at) for one in single)
        return Offer(roots, hashlib.sha256(data).hexdigest(), vouched=False)
    return _offer(found, name, known, at)


_WORDS = {
    "the signature is wrong": "签名不正确，文件可能被改动",
    "no state stands behind the signer": "签名人没有签发国证书担保",
    "not a master list": "签名的内容不是主列表",
}


def _offer(found: MasterList, name: str, known: CscaList, at: dt.datetime) -> Offer:
    voucher = found.voucher
    roots = tuple(Root(one, name, at, _titled(voucher)) for one in found.certificates)
    return Offer(roots, voucher.fingerprint, _knows(known, voucher), (_titled(voucher),), found.made)


def _knows(known: CscaList, voucher: Certificate) -> bool:
    return any(root.certificate.fingerprint == voucher.fingerprint for root in known.roots)


def _titled(certificate: Certificate) -> str:
    return f"{certificate.country} {certificate.name}".strip()


def _singles(data: bytes) -> list[Certificate]:
    try:
        if pem.detect(data):
            return [read_certificate(der) for _, _, der in pem.unarmor(data, multiple=True)]
        return [read_certificate(data)]
    except (BadAnswer, ValueError):
        return []


def _from_ldif(data: bytes, name: str, known: CscaList, at: dt.datetime) -> Offer:
    roots: dict[str, Root] = {}
    refused, vouchers, lists = [], [], []
    unvouched = False
    made = None
    for attribute, value in ldif_values(data):
        try:
            if attribute in _LISTS:
                found = read_master_list(value)
                unvouched |= not _knows(known, found.voucher)
                made = max(filter(None, (made, found.made)), default=None)
                vouchers.append(_titled(found.voucher))
                more = _offer(found, name, known, at).roots
            elif attribute in _CERTIFICATES:
                one = read_certificate(value)
                # Document signers stand in the directory too; only what may sign others is a root.
                more = (Root(one, name, at),) if one.parsed.ca else ()
                unvouched |= bool(more)
            elif attribute in _CRLS:
                lists.append(value)
                continue
            else:
                continue
        except BadAnswer as error:
            refused.append(_WORDS.get(str(error), "内容无法识别"))
            continue
        for root in more:
            roots.setdefault(root.certificate.fingerprint, root)
    whole = known.with_roots(roots.values())
    revoked: dict[bytes, frozenset[int]] = {}
    for value in lists:
        read = _revoked(value, whole)
        if read is None:
            refused.append("吊销列表的签名无法核验")
        else:
            revoked[read[0]] = revoked.get(read[0], frozenset()) | read[1]
    if not roots and not revoked:
        raise BadInput("文件中没有证书", name, "请重新下载 ICAO 目录的 LDIF 文件。")
    return Offer(
        tuple(roots.values()),
        hashlib.sha256(data).hexdigest(),
        vouched=not unvouched,
        vouchers=tuple(sorted(set(vouchers))),
        made=made,
        revoked=revoked,
        refused=tuple(refused),
    )


def _revoked(data: bytes, known: CscaList) -> tuple[bytes, frozenset[int]] | None:
    """Who is revoked by a list that one of the roots signed; None when none did."""
    try:
        parsed = crl.CertificateList.load(data, strict=True)
        body = parsed["tbs_cert_list"]
        issuer = parsed.issuer.hashable.encode()
        serials = frozenset(int(one["user_certificate"].native) for one in body["revoked_certificates"] or ())
        for root in known.roots:
            key = root.certificate.parsed.public_key
            if root.certificate.subject == issuer and holds(
                key, parsed["signature_algorithm"], parsed["signature"].native, body.dump()
            ):
                return issuer, serials
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    return None


def ldif_values(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Attributes of an LDIF (RFC 2849) in small letters without their options, with their values; what is no Base64 and
    is said to be some is left out."""
    whole = re.sub(rb"\r?\n ", b"", data)
    for line in whole.splitlines():
        found = _LINE.match(line)
        if not found:
            continue
        attribute = found[1].partition(b";")[0].lower()
        if found[2] == b":":
            yield attribute, found[3]
            continue
        try:
            yield attribute, base64.b64decode(found[3], validate=True)
        except (binascii.Error, ValueError):
            continue
