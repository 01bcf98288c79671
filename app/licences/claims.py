"""The two layouts of claims that we read: our own e-licences and the EU digital certificates.

Ours is described in docs/licence-format.md; the EU's in its Technical Specifications for Digital Green Certificates,
volume 1, and its JSON schema. Signed does not mean well-formed: everything is checked for shape and size here.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Any

from app.domain.errors import BadInput
from app.licences.cose import MalformedCode
from app.licences.identifier import LicenceIdentifier, parse_identifier

ISS, EXP, NBF, IAT = 1, 4, 5, 6
"""Registered CWT claims (RFC 8392 §4)."""
LICENCE_CLAIM = -65537
"""Our private claim; integers below -65536 are for private use (RFC 8392 §9.1)."""
EU_CLAIM, EU_V1 = -260, 1

_EU_KINDS = {
    "v": ("eu_vaccination", "欧盟数字证书（疫苗接种）"),
    "t": ("eu_test", "欧盟数字证书（检测）"),
    "r": ("eu_recovery", "欧盟数字证书（康复）"),
}
CLAIM_KEY = re.compile(r"[a-z][a-z0-9_]{0,31}\.[a-z][a-z0-9_]{0,31}", re.ASCII)
TYPE_ID = re.compile(r"[a-z][a-z0-9_]{0,63}", re.ASCII)
_MAX_TEXT = 1000


@dataclass(frozen=True, slots=True)
class Claims:
    """What a payload says. identifier: parsed for our own licences. Times are UTC, None where not stated."""

    holder: dict[str, str]
    licence: dict[str, str]
    claims: dict[str, Any]
    identifier: LicenceIdentifier | None = None
    issued: dt.datetime | None = None
    starts: dt.datetime | None = None
    expires: dt.datetime | None = None
    type_names: frozenset[str] = field(default_factory=frozenset)
    """Every name of the licence's type that an issuer's scope may list."""


def read_own(payload: dict[Any, Any]) -> Claims:
    """Claims of our own layout. MalformedCode names the part that is wrong."""
    licence = _map(payload.get(LICENCE_CLAIM), "证照内容")
    try:
        identifier = parse_identifier(_text(licence.get("identifier"), "证照标识"))
    except MalformedCode:
        raise
    except BadInput as error:
        raise MalformedCode(error.title) from error
    type_id = _text(licence.get("type"), "证照类型")
    if not TYPE_ID.fullmatch(type_id):
        raise MalformedCode("证照类型有误")
    holder = {key: _text(value, "持有人") for key, value in _map(licence.get("holder"), "持有人").items()}
    if not holder.keys() <= {"name", "id_number", "uscc"} or "name" not in holder:
        raise MalformedCode("持有人信息有误")
    claims = {key: _text(value, "照面信息") for key, value in _map(licence.get("claims", {}), "照面信息").items()}
    if not all(CLAIM_KEY.fullmatch(key) for key in claims):
        raise MalformedCode("照面信息名称有误")
    title = _text(licence.get("title"), "证照名称")
    return Claims(
        holder=holder,
        licence={"type": type_id, "title": title, "identifier": str(identifier)},
        claims=claims,
        identifier=identifier,
        issued=_time(payload, IAT),
        starts=_time(payload, NBF),
        expires=_time(payload, EXP),
        type_names=frozenset({type_id, identifier.type_code}),
    )


def read_eu(payload: dict[Any, Any]) -> Claims:
    """Claims of an EU digital certificate: claim -260, map 1. MalformedCode names the part that is wrong."""
    certificate = _map(_map(payload.get(EU_CLAIM), "证书内容").get(EU_V1), "证书内容")
    names = _map(certificate.get("nam"), "姓名")
    found = [(kind, certificate[kind]) for kind in _EU_KINDS if certificate.get(kind)]
    if len(found) != 1 or not isinstance(found[0][1], list | tuple):
        raise MalformedCode("证书种类有误")
    kind, entries = found[0]
    entry = _map(entries[0], "证书条目")
    type_id, title = _EU_KINDS[kind]
    name = " ".join(_text(names[key], "姓名") for key in ("gn", "fn") if names.get(key)) or " ".join(
        _text(names[key], "姓名").replace("<", " ") for key in ("gnt", "fnt") if names.get(key)
    )
    if not name:
        raise MalformedCode("姓名有误")
    holder = {"name": name}
    if certificate.get("dob"):
        holder["birth"] = _text(certificate["dob"], "出生日期")[:10]
    return Claims(
        holder=holder,
        licence={"type": type_id, "title": title, "identifier": _text(entry.get("ci"), "证书标识")},
        claims={key: _plain(value) for key, value in entry.items() if isinstance(key, str)},
        issued=_time(payload, IAT),
        starts=_time(payload, NBF),
        expires=_time(payload, EXP),
        type_names=frozenset({type_id}),
    )


def _map(value: Any, what: str) -> dict[Any, Any]:
    if not isinstance(value, dict):
        raise MalformedCode(f"{what}格式有误")
    return value


def _text(value: Any, what: str) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= _MAX_TEXT:
        raise MalformedCode(f"{what}有误")
    return value


def _plain(value: Any) -> str | int | float | None:
    """Only what JSON can say, so that the reading can be printed and stored."""
    if isinstance(value, dt.date):
        return value.isoformat()
    return value if isinstance(value, str | int | float) or value is None else str(value)


def _time(payload: dict[Any, Any], claim: int) -> dt.datetime | None:
    """A NumericDate. Some EU issuers tag it as a date (CBOR tag 1), which the decoder has then already read."""
    value = payload.get(claim)
    if value is None:
        return None
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise MalformedCode("有效期格式有误")
    try:
        return dt.datetime.fromtimestamp(value, dt.UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise MalformedCode("有效期超出范围") from error
