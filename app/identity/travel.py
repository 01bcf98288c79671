"""Which document a machine-readable zone is of, and whether its number can be that document's.

Sources: GA/T 704.14-2015 (the permits of Hong Kong and Macau residents: three lines of 30, issuer CHN, code C and what
follows it); the rules of numbers in `app.identity.numbers`. Of the permits for Taiwan residents and of the foreigners'
permanent-residence card only the numbers' rules are published, not the second letter of their code. So what a card of
CHN is, its number says; a number of no known shape is no document's.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from app.identity.mrz.layout import Format
from app.identity.mrz.parse import Mrz
from app.identity.mrz.states import alpha3
from app.identity.numbers import NumberCheck, NumberKind, check_number


class TravelKind(StrEnum):
    """Kinds of document. The values are the codes of `travel_document_type`, those of the cards for residents the codes
    of `id_type`, in resources/catalog/elements."""

    PASSPORT = "passport"
    DIPLOMATIC = "diplomatic"
    """Diplomatic, service and official passports."""
    HOME_RETURN = "hm_pass"
    """港澳居民来往内地通行证"""
    TAIWAN = "tw_pass"
    """台湾居民来往大陆通行证"""
    FOREIGNER_2017 = "foreigner2017"
    """外国人永久居留身份证"""
    FOREIGNER_2023 = "foreigner2023"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def residence(self) -> bool:
        """Does it say who somebody is in this country, as a resident card does?"""
        return self in (TravelKind.FOREIGNER_2017, TravelKind.FOREIGNER_2023)


_LABELS = {
    TravelKind.PASSPORT: "护照",
    TravelKind.DIPLOMATIC: "外交或者公务护照",
    TravelKind.HOME_RETURN: "港澳居民来往内地通行证",
    TravelKind.TAIWAN: "台湾居民来往大陆通行证",
    TravelKind.FOREIGNER_2017: "外国人永久居留身份证（2017版）",
    TravelKind.FOREIGNER_2023: "外国人永久居留身份证（2023版）",
    TravelKind.OTHER: "旅行证件",
}
_OFFICIAL_PASSPORTS = ("PD", "PS", "PO", "PE")
"""Diplomatic, service and official passports (Doc 9303-4, 4.2.2.3, and what states print)."""
_OF_NUMBER = {
    NumberKind.HOME_RETURN: TravelKind.HOME_RETURN,
    NumberKind.TAIWAN: TravelKind.TAIWAN,
    NumberKind.FOREIGNER_2017: TravelKind.FOREIGNER_2017,
    NumberKind.FOREIGNER_2023: TravelKind.FOREIGNER_2023,
}


@dataclass(frozen=True, slots=True)
class TravelDocument:
    """A zone's document. number: "" where the zone's own check digit fails, or it is a visa's.

    fault: why the number cannot be this document's, for the clerk; "" when nothing speaks against it. A number with a
    fault fills no form."""

    kind: TravelKind
    number: str
    fault: str = ""


def document_of(zone: Mrz, today: dt.date) -> TravelDocument:
    """today: no birth lies after it."""
    holds = zone.check("number")
    if zone.format.visa or holds is None or not holds.ok:
        return TravelDocument(_by_code(zone), "")
    if not _chinese_card(zone):
        return TravelDocument(_by_code(zone), zone.number)
    check = check_number(zone.number, today=today)
    kind = _OF_NUMBER.get(check.kind, TravelKind.OTHER)
    return TravelDocument(kind, zone.number, _against(check, kind, zone))


def _by_code(zone: Mrz) -> TravelKind:
    if zone.code in _OFFICIAL_PASSPORTS:
        return TravelKind.DIPLOMATIC
    return TravelKind.PASSPORT if zone.code.startswith("P") else TravelKind.OTHER


def _chinese_card(zone: Mrz) -> bool:
    return zone.issuer == "CHN" and zone.format is Format.TD1


def _against(check: NumberCheck, kind: TravelKind, zone: Mrz) -> str:
    """What the number says of itself and of its holder, where the zone says otherwise."""
    if kind is TravelKind.OTHER:
        return ""
    if not check.valid:
        return check.message
    if kind is TravelKind.FOREIGNER_2017 and check.number[:3] != alpha3(zone.nationality):
        return "证件号码中的国籍与机读码不一致"
    # Three letters, four digits of the place, then the birth date: the edition of 2017.
    birth = check.number[7:13] if kind is TravelKind.FOREIGNER_2017 else f"{check.birth:%y%m%d}" if check.birth else ""
    if birth and zone.birth.complete and birth != zone.birth.raw:
        return "证件号码中的出生日期与机读码不一致"
    if check.sex and zone.sex in _SEXES and check.sex != _SEXES[zone.sex]:
        return "证件号码中的性别与机读码不一致"
    return ""


_SEXES = {"M": "1", "F": "2"}
