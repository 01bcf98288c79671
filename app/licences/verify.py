"""What a scanned licence is worth, checked offline (domain facts §3).

Every kind of code gets an honest verdict. Nothing of an INVALID code is repeated: a clerk must not see, let alone
copy, what somebody merely claims.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from app.domain.clock import shanghai
from app.domain.fact import Verdict
from app.domain.issuing import IssuedState
from app.domain.licence import CodeKind, LicenceReading
from app.licences.claims import Claims, read_eu, read_own
from app.licences.cose import BadSignature, MalformedCode, UnknownKey, open_text
from app.licences.identifier import is_identifier
from app.licences.keys import TrustedKey
from app.licences.kinds import clean
from app.licences.kinds_file import recognise
from app.licences.trust import AgePolicy, TrustList

OWN_PREFIX = "YC1:"
EU_PREFIX = "HC1:"
CLOCK_TOLERANCE = dt.timedelta(minutes=2)
"""How far this machine's clock and the issuer's may lie apart."""
CLOCK_WARNING = "本机时间可能不准，请人工核对有效期"
UNKNOWN_ISSUER = "签发者不在信任名单"
NOT_YET = "尚未生效"
_ENDS = {
    IssuedState.ISSUED: "证照已注销",
    IssuedState.WITHDRAWN: "证照已注销：签发它的决定已撤回",
    IssuedState.CONVERTED: "证照已转换为本市证照，请出示转换后的电子证照",
}

_LAYOUTS: dict[CodeKind, tuple[str, Callable[[dict[Any, Any]], Claims]]] = {
    CodeKind.SIGNED_LICENCE: (OWN_PREFIX, read_own),
    CodeKind.EU_CERTIFICATE: (EU_PREFIX, read_eu),
}
_UNSIGNED: dict[CodeKind, tuple[Verdict, str]] = {
    CodeKind.OPAQUE_LICENCE: (Verdict.CAPTURED_UNVERIFIED, "动态码须联网核验，离线仅作登记"),
    CodeKind.FIRM_CODE: (Verdict.CAPTURED_UNVERIFIED, "企业码只标识企业，不能证明出示人身份"),
    CodeKind.LICENCE_URL: (Verdict.CAPTURED_UNVERIFIED, "网址码须在官方平台核验，本机不打开网址"),
    CodeKind.PERSONAL_CODE: (Verdict.CAPTURED_UNVERIFIED, "这是来访人服务码，不是证照，请在窗口扫码"),
    CodeKind.OWN_PAPER: (Verdict.CAPTURED_UNVERIFIED, "这是窗口文书的防伪码，不是证照，请用文书核验"),
    CodeKind.BOOKING: (Verdict.CAPTURED_UNVERIFIED, "这是预约码，不是证照"),
    CodeKind.LEAFLET: (Verdict.CAPTURED_UNVERIFIED, "这是宣传单上的码，不是证照"),
    CodeKind.PARCEL: (Verdict.CAPTURED_UNVERIFIED, "这是快递单号，不是证照"),
    CodeKind.OTHER: (Verdict.INVALID, "不是证照码"),
    CodeKind.UNKNOWN: (Verdict.INVALID, "不是可识别的证照码"),
}


def read_licence(
    text: str,
    trust: TrustList,
    at: dt.datetime,
    tolerance: dt.timedelta = CLOCK_TOLERANCE,
    *,
    kind: CodeKind | None = None,
    policy: AgePolicy | None = None,
    clock_suspect: bool = False,
) -> LicenceReading:
    """Judge a scanned text as of `at` (aware) against a trust list. Never raises for what the text holds.

    kind: what the rules in force take it for; None asks the shipped ones. policy: how old the list may be; None: as
    old as it likes. clock_suspect: this clock is known to be off; each verdict that hangs on a date then says so.
    """
    if at.tzinfo is None:
        raise ValueError("at needs a time zone")
    text = clean(text)
    kind = recognise(text) if kind is None else kind
    if kind in _UNSIGNED:
        return _unsigned(kind, text, trust)
    reading = _signed(kind, text, trust, at, tolerance)
    if policy is not None and trust.is_too_old(at, policy):
        reading = under_old_list(reading, trust, at)
    if clock_suspect and (reading.verdict is not Verdict.INVALID or reading.reason.startswith(NOT_YET)):
        reading = replace(reading, reason=f"{reading.reason}；{CLOCK_WARNING}")
    return reading


def _signed(kind: CodeKind, text: str, trust: TrustList, at: dt.datetime, tolerance: dt.timedelta) -> LicenceReading:
    prefix, layout = _LAYOUTS[kind]
    try:
        opened = open_text(text, prefix, trust.find)
        claims = layout(opened.payload)
    except UnknownKey as error:
        return _invalid(kind, f"{error.title}（{error.what}）", trust)
    except BadSignature as error:
        if not trust.knows(error.kid):  # the small list was tried in its place
            return _invalid(kind, UNKNOWN_ISSUER, trust)
        return _invalid(kind, f"{error.title}：{error.what}", trust)
    except MalformedCode as error:
        return _invalid(kind, f"{error.title}：{error.what}", trust)
    verdict, reason = _judge(claims, opened.key, trust, at, tolerance)
    if verdict is Verdict.INVALID:
        return _invalid(kind, reason, trust, issuer=opened.key.name or None)
    return LicenceReading(
        kind=kind,
        verdict=verdict,
        reason=reason,
        issuer=opened.key.name or f"密钥 {opened.key.kid.hex()}",
        holder=claims.holder,
        licence=claims.licence,
        claims=claims.claims,
        expires=claims.expires,
        trust_date=trust.date,
    )


def under_old_list(reading: LicenceReading, trust: TrustList, at: dt.datetime) -> LicenceReading:
    """What a list that is too old still says: what is forged, and what was revoked by then. It proves nothing."""
    age = f"信任名单（{trust.date.isoformat()}）已 {trust.age(at)} 天未更新，超出规定期限"
    if reading.verdict is Verdict.SIGNATURE_VALID:
        reason = f"签名相符，但{age}，不能作为核验结论，请更新名单或查验原件"
        return replace(reading, verdict=Verdict.CAPTURED_UNVERIFIED, reason=reason)
    if reading.reason.startswith(UNKNOWN_ISSUER):
        return replace(reading, reason=f"{reading.reason}；{age}，新签发者可能未收录，请先更新名单")
    return reading


def _judge(
    claims: Claims, key: TrustedKey, trust: TrustList, at: dt.datetime, tolerance: dt.timedelta
) -> tuple[Verdict, str]:
    """The verdict on a text whose signature holds. The gravest fault decides."""
    if not _may_issue(claims, key):
        return Verdict.INVALID, "签发者无权签发此类证照"
    issued = claims.issued or at
    if key.compromised and issued >= key.compromised:
        return Verdict.INVALID, f"签发者的密钥自 {_day(key.compromised)} 起已停用，之后签发的不予采信"
    if claims.issued and claims.issued > at + tolerance:
        return Verdict.INVALID, f"尚未生效：签发时间 {_day(claims.issued)} 晚于当前时间，请检查本机时钟"
    if (key.not_before and issued < key.not_before) or (key.not_after and issued > key.not_after):
        return Verdict.INVALID, "签发时签发者的证书不在有效期内"
    if claims.starts and at + tolerance < claims.starts:
        return Verdict.INVALID, f"尚未生效：自 {_day(claims.starts)} 起有效"
    if trust.is_revoked(claims.licence["identifier"]):
        return Verdict.REVOKED, f"证照已注销（信任名单 {trust.date.isoformat()}）"
    ended = trust.ended_as(claims.licence["identifier"])
    if ended is not None:
        return Verdict.REVOKED, _ENDS[ended]
    if claims.expires and at - tolerance >= claims.expires:
        return Verdict.EXPIRED, f"证照已于 {_day(claims.expires)} 到期"
    if key.not_after and at > key.not_after:
        return Verdict.EXPIRED, f"签发者的证书已于 {_day(key.not_after)} 到期，请出示重新签发的证照码"
    return Verdict.SIGNATURE_VALID, f"离线核验：签名有效（信任名单 {trust.date.isoformat()}）"


def _may_issue(claims: Claims, key: TrustedKey) -> bool:
    identifier = claims.identifier
    if identifier is not None and key.uscc and identifier.issuer != key.uscc:
        # The identifier names its issuer: nobody numbers licences in another's name.
        return False
    return key.may_sign(claims.type_names, identifier.region if identifier is not None else None)


def _unsigned(kind: CodeKind, text: str, trust: TrustList) -> LicenceReading:
    verdict, reason = _UNSIGNED[kind]
    licence: dict[str, str] = {}
    claims: dict[str, str] = {}
    if kind is CodeKind.OPAQUE_LICENCE and is_identifier(text):
        licence = {"identifier": text}
        reason = "只含证照标识，须联网取得证照后核验"
    if kind is CodeKind.FIRM_CODE and (code := re.search(r"(?<![0-9A-Z])[0-9A-HJ-NPQRTUWXY]{18}(?![0-9A-Z])", text)):
        claims = {"business.uscc": code.group()}
    return LicenceReading(kind, verdict, reason, licence=licence, claims=claims, trust_date=trust.date)


def _invalid(kind: CodeKind, reason: str, trust: TrustList, issuer: str | None = None) -> LicenceReading:
    return LicenceReading(kind, Verdict.INVALID, reason, issuer=issuer, trust_date=trust.date)


def _day(at: dt.datetime) -> str:
    return shanghai(at).date().isoformat()
