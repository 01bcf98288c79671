"""Is the seal on an OFD worth anything? (GB/T 38540-2020 §7, GB/T 33190 §18)

Everything is asked in the order in which an answer makes the next question worth asking, and the first fault decides.
What was signed later than the cause of a revocation counts for nothing; what was signed before keeps its worth, also
when the certificates have run out since: that is how a licence of ten years lives on.
"""

from __future__ import annotations

import datetime as dt
import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from app.domain.clock import shanghai
from app.domain.fact import Verdict
from app.licences.gm.certificates import Certificate, chain, read_certificate
from app.licences.gm.sm2 import SM2_WITH_SM3, SM3_OID, sm3
from app.licences.ofd.package import Package, shorten
from app.licences.ofd.refusal import OfdRefused
from app.licences.ofd.ses import Seal
from app.licences.ofd.signatures import SealPart, Stamp
from app.licences.seal_trust import MAKER, SIGNER, SealAnchor, SealTrust

_SM3_NAMES = frozenset({SM3_OID, "SM3", "sm3"})
_SHOWN_FILES = 3
NO_NAMES: Mapping[str, str] = MappingProxyType({})


class Finding(StrEnum):
    """What was found of a seal. Each has its own words and its own test."""

    VALID = "valid"
    NOT_SIGNED = "not_signed"
    UNREADABLE = "unreadable"
    UNSUPPORTED = "unsupported"
    LIST_ALTERED = "list_altered"
    """Signature.xml itself, the list of what is protected, was changed."""
    FILE_ALTERED = "file_altered"
    UNCOVERED = "uncovered"
    """The seals leave out something that is shown."""
    SIGNATURE_WRONG = "signature_wrong"
    SEAL_FORGED = "seal_forged"
    """The seal's own data does not bear its maker's signature."""
    NOT_IN_SEAL = "not_in_seal"
    """Who signed is not among those who may use the seal."""
    SIGNER_UNTRUSTED = "signer_untrusted"
    MAKER_UNTRUSTED = "maker_untrusted"
    REVOKED = "revoked"
    CERTIFICATE_EXPIRED = "certificate_expired"
    """A certificate was not valid when it was used."""
    SEAL_EXPIRED = "seal_expired"
    """The seal was not valid when it was used."""
    TIME_UNKNOWN = "time_unknown"
    FROM_THE_FUTURE = "from_the_future"


_VERDICTS = {
    Finding.VALID: Verdict.SIGNATURE_VALID,
    Finding.NOT_SIGNED: Verdict.CAPTURED_UNVERIFIED,
    Finding.UNSUPPORTED: Verdict.CAPTURED_UNVERIFIED,
    Finding.REVOKED: Verdict.REVOKED,
}


@dataclass(frozen=True, slots=True)
class SealResult:
    """What one seal is worth, or why it is worth nothing. name: the seal's; signer, maker: organisations by their
    certificates. files: those altered or left out. notes: what does not decide but should be known."""

    finding: Finding
    reason: str
    id: str = ""
    name: str = ""
    seal_id: str = ""
    signer: str = ""
    signer_uscc: str = ""
    maker: str = ""
    signed_at: dt.datetime | None = None
    files: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    anchor: SealAnchor | None = None
    stamps: tuple[Stamp, ...] = ()
    seal: Seal | None = None
    protected: frozenset[str] = frozenset()

    @property
    def verdict(self) -> Verdict:
        return _VERDICTS.get(self.finding, Verdict.INVALID)


class _Fault(Exception):
    def __init__(self, finding: Finding, reason: str, files: Iterable[str] = ()) -> None:
        super().__init__(reason)
        self.finding = finding
        self.reason = reason
        self.files = tuple(files)


def judge_seals(
    package: Package,
    parts: Iterable[SealPart],
    trust: SealTrust,
    at: dt.datetime,
    tolerance: dt.timedelta,
    names: Mapping[str, str] = NO_NAMES,
) -> tuple[SealResult, ...]:
    """Every seal of a file by itself. at: now, aware. names: what the clerk calls a file. A handful of milliseconds a
    seal and megabyte."""
    return tuple(_judge(package, part, trust, at, tolerance, names) for part in parts)


def decisive(results: tuple[SealResult, ...], used: Iterable[str], names: Mapping[str, str] = NO_NAMES) -> SealResult:
    """What the seals are worth together: the worst of them; and they must cover all that was shown.

    used: the files of the package that make up what was shown and read.
    """
    judged = [result for result in results if result.finding is not Finding.UNSUPPORTED]
    if not results:
        return SealResult(Finding.NOT_SIGNED, "文件没有电子印章，未经核验，请查验原件")
    if not judged:
        return results[0]
    order = (Verdict.INVALID, Verdict.REVOKED, Verdict.CAPTURED_UNVERIFIED, Verdict.SIGNATURE_VALID)
    worst = min(judged, key=lambda result: order.index(result.verdict))
    if worst.finding is not Finding.VALID:
        return worst
    protected = frozenset(file for result in judged for file in result.protected)
    left_out = sorted(set(used) - protected)
    if left_out:
        words = f"印章没有保护文件的全部内容（{_listed(left_out, names)}），可能在盖章后添加"
        return SealResult(Finding.UNCOVERED, words, worst.id, worst.name, files=tuple(left_out), seal=worst.seal)
    return worst


def _judge(
    package: Package,
    part: SealPart,
    trust: SealTrust,
    at: dt.datetime,
    tolerance: dt.timedelta,
    names: Mapping[str, str],
) -> SealResult:
    value = part.value
    if part.plain:
        return SealResult(Finding.UNSUPPORTED, "只有数字签名，没有电子印章，本机不能核验", part.id)
    if value is None:
        return SealResult(Finding.UNREADABLE, f"电子印章数据不能读取（{part.problem}）", part.id, stamps=part.stamps)
    seal = value.seal
    signer = maker = anchor = None
    notes: list[str] = []
    files: tuple[str, ...] = ()
    try:
        if part.method not in _SM3_NAMES or {value.algorithm, seal.algorithm} != {SM2_WITH_SM3}:
            raise _Fault(Finding.UNSUPPORTED, "印章使用的算法不是国密 SM2、SM3，本机不能核验")
        signer, maker = _certificate(value.signer, "签章人"), _certificate(seal.maker, "制章单位")
        _check_digests(package, part, value.data_hash, names)
        if not any(signer.key.verify(value.signature, signed) for signed in value.signed):
            raise _Fault(Finding.SIGNATURE_WRONG, "签章的签名不符，签章数据可能被改动或伪造")
        if not any(maker.key.verify(seal.signature, signed) for signed in seal.signed):
            raise _Fault(Finding.SEAL_FORGED, "印章没有制章单位的有效签名，印章可能是伪造的")
        if signer.raw not in seal.certificates and sm3(signer.raw) not in seal.digests:
            raise _Fault(Finding.NOT_IN_SEAL, f"签章人（{signer.name}）不在印章“{seal.name}”的授权证书之列")
        paths, anchor = _chains(signer, maker, seal, trust)
        moment = _check_time(value.at, at, tolerance)
        _check_revoked(paths, seal, trust, moment)
        _check_validity(signer, maker, seal, anchor, moment)
        notes += _notes(signer, at, moment, value.stamped)
        finding, reason = Finding.VALID, "电子印章有效"
    except _Fault as fault:
        finding, reason, files = fault.finding, fault.reason, fault.files
    return SealResult(
        finding,
        reason,
        part.id,
        seal.name,
        seal.id,
        signer.name if signer else "",
        signer.uscc if signer else "",
        maker.name if maker else "",
        value.at,
        files,
        tuple(notes),
        anchor,
        part.stamps,
        seal,
        frozenset(file for file, _ in part.references),
    )


def _certificate(raw: bytes, whose: str) -> Certificate:
    try:
        certificate = read_certificate(raw)
    except ValueError as error:
        raise _Fault(Finding.UNREADABLE, f"{whose}证书不能读取（{error}）") from error
    if not certificate.may_sign:
        raise _Fault(Finding.SIGNER_UNTRUSTED, f"{whose}证书的用途不含签名")
    return certificate


def _check_digests(package: Package, part: SealPart, stated: bytes, names: Mapping[str, str]) -> None:
    if sm3(part.raw) != stated:
        raise _Fault(Finding.LIST_ALTERED, "签章的保护清单被改动，签章失效", (part.file,))
    altered = [file for file, digest in part.references if not _is_whole(package, file, digest)]
    if altered:
        raise _Fault(Finding.FILE_ALTERED, f"盖章后文件被改动：{_listed(altered, names)}", altered)
    if not part.references:
        raise _Fault(Finding.UNCOVERED, "印章没有保护任何文件")


def _is_whole(package: Package, file: str, digest: bytes) -> bool:
    try:
        return sm3(package.read(file, track=False)) == digest
    except OfdRefused:
        return False  # taken away, or no longer to be unpacked


def _chains(
    signer: Certificate, maker: Certificate, seal: Seal, trust: SealTrust
) -> tuple[tuple[list[Certificate], list[Certificate]], SealAnchor | None]:
    """The signer's chain and the maker's, and the root of the first."""
    along = _along(seal)
    path = chain(signer, trust.trusted(SIGNER), along)
    if not path:
        raise _Fault(Finding.SIGNER_UNTRUSTED, f"签章人（{signer.name}）的证书不是信任名单内的机构签发的")
    anchor = trust.anchor(path[-1])
    if anchor is not None and not anchor.covers(signer):
        raise _Fault(Finding.SIGNER_UNTRUSTED, f"签章人（{signer.name}）不在信任名单认可的盖章单位之列")
    made = chain(maker, trust.trusted(MAKER), along)
    if not made:
        raise _Fault(Finding.MAKER_UNTRUSTED, f"印章的制章单位（{maker.name}）不在信任名单")
    return (path, made), anchor


def _along(seal: Seal) -> list[Certificate]:
    """Certificates that the seal brings along; some put those of the CAs between there."""
    found = []
    for raw in seal.certificates[:20]:
        try:
            found.append(read_certificate(raw))
        except ValueError:
            continue
    return found


def _check_time(stated: dt.datetime | None, now: dt.datetime, tolerance: dt.timedelta) -> dt.datetime:
    if stated is None:
        raise _Fault(Finding.TIME_UNKNOWN, "签章没有可读的签章时间，不能判断当时证书是否有效")
    if stated > now + tolerance:
        raise _Fault(Finding.FROM_THE_FUTURE, f"签章时间（{_minute(stated)}）晚于当前时间，请检查本机时钟或查验原件")
    return stated


def _check_revoked(
    paths: tuple[list[Certificate], list[Certificate]], seal: Seal, trust: SealTrust, moment: dt.datetime
) -> None:
    since = trust.seals.get(seal.id)
    if since is not None and since <= moment:
        raise _Fault(Finding.REVOKED, f"印章“{seal.name}”{_since(since)}已注销")
    for whose, path, when in (("签章人", paths[0], moment), ("制章单位", paths[1], seal.created)):
        for link in path:
            since = trust.revoked(link)
            if since is not None and since <= when:
                raise _Fault(Finding.REVOKED, f"{whose}的证书（{link.name}）{_since(since)}已吊销")


def _check_validity(
    signer: Certificate, maker: Certificate, seal: Seal, anchor: SealAnchor | None, moment: dt.datetime
) -> None:
    if not signer.holds_at(moment):
        raise _Fault(Finding.CERTIFICATE_EXPIRED, f"签章时签章人的证书不在有效期内（{_period(signer)}）")
    if anchor is not None and not anchor.holds_at(moment):
        raise _Fault(Finding.CERTIFICATE_EXPIRED, f"签章时签发机构（{anchor.name}）的证书不在有效期内")
    if not maker.holds_at(seal.created):
        raise _Fault(Finding.CERTIFICATE_EXPIRED, f"制章时制章单位的证书不在有效期内（{_period(maker)}）")
    if not seal.starts <= moment <= seal.ends:
        words = f"签章时印章不在有效期内（{_day(seal.starts)} 至 {_day(seal.ends)}）"
        raise _Fault(Finding.SEAL_EXPIRED, words)


def _notes(signer: Certificate, now: dt.datetime, moment: dt.datetime, stamped: bool) -> list[str]:
    notes = []
    if now > signer.not_after:
        notes.append(f"签章人的证书已于 {_day(signer.not_after)} 到期，签章时有效")
    if stamped:
        notes.append("时间戳未核验，签章时间以签章人所记为准")
    return notes


def _period(certificate: Certificate) -> str:
    return f"{_day(certificate.not_before)} 至 {_day(certificate.not_after)}"


def _since(since: dt.datetime) -> str:
    return f"自 {_day(since)} 起" if since.year > 1 else ""


def _listed(files: list[str], names: Mapping[str, str]) -> str:
    called = list(dict.fromkeys(names.get(file) or shorten(posixpath.basename(file)) for file in files))
    shown = "、".join(called[:_SHOWN_FILES])
    return shown if len(called) <= _SHOWN_FILES else f"{shown} 等 {len(called)} 处"


def _day(at: dt.datetime) -> str:
    # 9999-12-31T23:59:59Z is how a certificate says "for ever"; it has no Chinese time.
    return shanghai(at).date().isoformat() if at.year < 9999 else "长期"


def _minute(at: dt.datetime) -> str:
    return f"{shanghai(at):%Y-%m-%d %H:%M}"
