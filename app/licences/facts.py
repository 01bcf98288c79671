"""A licence that was read -> facts for the form; and whether its holder is the person at the counter."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from app.domain.fact import Fact, Source, SourceKind, Verdict
from app.domain.licence import CodeKind, LicenceReading
from app.domain.person import IdCard, mask

_KEY = re.compile(r"(?P<role>[a-z][a-z0-9_]*)\.(?P<element>[a-z][a-z0-9_]*)", re.ASCII)
_LABELS = {CodeKind.FIRM_CODE: "企业码", CodeKind.OPAQUE_LICENCE: "电子证照动态码", CodeKind.LICENCE_URL: "证照网址码"}


def licence_facts(reading: LicenceReading, at: dt.datetime) -> tuple[Fact, ...]:
    """The licence's own data as facts, each with the reading's verdict (the form refuses unusable ones).

    at: when it was scanned, UTC. Claims about the applicant are left out: a licence proves what it is about; who stands
    at the counter is the card's to say, and the two are compared by `holder_matches`.
    """
    label = reading.licence.get("title") or _LABELS.get(reading.kind, "电子证照")
    source = Source(SourceKind.LICENCE, label, reading.licence.get("identifier", ""))
    facts = []
    for key, value in reading.claims.items():
        match = _KEY.fullmatch(key)
        if match and match["role"] != "applicant" and isinstance(value, str) and value:
            facts.append(Fact(match["role"], match["element"], value, source, reading.verdict, at))
    return tuple(facts)


class Match(StrEnum):
    """Is the holder the person on the card?"""

    SAME = "same"
    DIFFERENT = "different"
    UNKNOWN = "unknown"
    """It cannot be told: no number on one side, a firm as holder, or a licence that says nothing trustworthy."""


@dataclass(frozen=True, slots=True)
class HolderMatch:
    """match and, for the clerk, why. words hold no unmasked number."""

    match: Match
    words: str


def holder_matches(reading: LicenceReading, card: IdCard) -> HolderMatch:
    """Compare the licence's holder with the card. Only number and name together make the same person."""
    if reading.verdict in (Verdict.INVALID, Verdict.CAPTURED_UNVERIFIED) or not reading.holder:
        return HolderMatch(Match.UNKNOWN, "证照未经核验，无法比对持有人")
    name, number = reading.holder.get("name", ""), reading.holder.get("id_number", "")
    if not number:
        what = "持有人是单位，请核对经办人授权" if "uscc" in reading.holder else "证照未载持有人证件号码，请人工核对"
        return HolderMatch(Match.UNKNOWN, what)
    if not card.number:
        return HolderMatch(Match.UNKNOWN, "证件上没有号码，请人工核对")
    if _plain(number) != _plain(card.number):
        return HolderMatch(Match.DIFFERENT, f"持有人证件号码为 {mask(number)}，与所持证件不同")
    if _plain(name) not in {_plain(own) for own in (card.name, card.name_en) if own}:
        return HolderMatch(Match.DIFFERENT, "证件号码相同而姓名不同，请核对是否更名")
    return HolderMatch(Match.SAME, "与所持证件为同一人")


def _plain(text: str) -> str:
    """For comparing: canonical form, half width, one case, no spaces, one kind of middle dot."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\s]", "", re.sub(r"[·•‧・∙⋅.]", "·", folded))
