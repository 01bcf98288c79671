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
    """Number and name, or for a firm those of its legal representative."""
    NAME_ONLY = "name_only"
    """The names agree and there is no number to compare: weaker, since many bear one name."""
    DIFFERENT = "different"
    UNKNOWN = "unknown"
    """It cannot be told: no number on one side, a firm as holder, or a licence that says nothing trustworthy."""


@dataclass(frozen=True, slots=True)
class HolderMatch:
    """match and, for the clerk, why. words hold no unmasked number."""

    match: Match
    words: str


REPRESENTATIVE = "legal_person"
"""The role under which a firm's licence names its legal representative 法定代表人."""
_UNVERIFIED = HolderMatch(Match.UNKNOWN, "证照未经核验，无法比对持有人")
_AGENT = HolderMatch(Match.DIFFERENT, "来访人不是持有单位的法定代表人，请核对授权委托")


def holder_matches(reading: LicenceReading, card: IdCard) -> HolderMatch:
    """Compare the licence's holder with the card. Only number and name together make the same person."""
    if reading.verdict is Verdict.INVALID or not reading.holder:
        return _UNVERIFIED
    found = _compared(reading, card)
    if reading.verdict is Verdict.CAPTURED_UNVERIFIED and found.match is not Match.DIFFERENT:
        # Nobody vouches for it, so it cannot show that it is the same person; it can show that it is not.
        return _UNVERIFIED
    return found


def _compared(reading: LicenceReading, card: IdCard) -> HolderMatch:
    holder = reading.holder
    name, number = holder.get("name", ""), holder.get("id_number", "")
    if "uscc" in holder and not number:
        return _representative(reading, card)
    if not number:
        return _by_name(name, holder.get("birth", ""), card)
    if not card.number:
        return HolderMatch(Match.UNKNOWN, "证件上没有号码，请人工核对")
    if _plain(number) != _plain(card.number):
        return HolderMatch(Match.DIFFERENT, f"持有人证件号码为 {mask(number)}，与所持证件不同")
    if not _same_name(name, card):
        return HolderMatch(Match.DIFFERENT, "证件号码相同而姓名不同，请核对是否更名")
    return HolderMatch(Match.SAME, "与所持证件为同一人")


def _by_name(name: str, birth: str, card: IdCard) -> HolderMatch:
    """Without a number: agreement is weak, and so is most disagreement; names in two scripts tell nothing."""
    if birth and card.birth and birth != card.birth[: len(birth)]:
        return HolderMatch(Match.DIFFERENT, "持有人出生日期与所持证件不同")
    if _same_name(name, card):
        return HolderMatch(Match.NAME_ONLY, "仅姓名一致，证照未载证件号码，请人工核对是否本人")
    if card.name and _is_han(name) and _is_han(card.name):
        return HolderMatch(Match.DIFFERENT, "持有人姓名与所持证件不同")
    return HolderMatch(Match.UNKNOWN, "证照未载持有人证件号码，请人工核对")


def _representative(reading: LicenceReading, card: IdCard) -> HolderMatch:
    """A firm's licence: the one who shows it is its legal representative, or needs the firm's authorisation."""
    name, number = (str(reading.claims.get(f"{REPRESENTATIVE}.{key}") or "") for key in ("name", "id_number"))
    if number and card.number:
        if _plain(number) == _plain(card.number) and (not name or _same_name(name, card)):
            return HolderMatch(Match.SAME, "持有单位的法定代表人本人，证件号码一致")
        return _AGENT
    if name and card.name and _is_han(name):
        if _same_name(name, card):
            return HolderMatch(Match.NAME_ONLY, "与持有单位的法定代表人姓名一致，未载证件号码，请人工核对")
        return _AGENT
    return HolderMatch(Match.UNKNOWN, "持有人是单位，请核对经办人授权")


def _same_name(name: str, card: IdCard) -> bool:
    """In either of the card's spellings; in Latin script the order of the parts is each country's own."""
    own = [known for known in (card.name, card.name_en) if known]
    if _plain(name) in {_plain(known) for known in own}:
        return True
    parts = _parts(name)
    return len(parts) > 1 and any(parts == _parts(known) for known in own)


def _parts(name: str) -> list[str]:
    return sorted(re.findall(r"[^\W\d_]+", unicodedata.normalize("NFKC", name).casefold()))


def _is_han(text: str) -> bool:
    return any(unicodedata.name(char, "").startswith("CJK UNIFIED") for char in text)


def _plain(text: str) -> str:
    """For comparing: canonical form, half width, one case, no spaces, one kind of middle dot."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\s]", "", re.sub(r"[·•‧・∙⋅.]", "·", folded))
