"""A card read at the counter -> facts about the applicant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from app.domain.fact import Fact, Source, SourceKind, Verdict
from app.domain.person import IdCard, mask
from app.identity.codes import SEX_CODES, nation_code
from app.identity.mrz.parse import Mrz, Oddity
from app.identity.mrz.states import alpha3
from app.identity.travel import TravelKind, document_of

ROLE = "applicant"
AGENT = "agent"
"""经办人: who stands at the window for a firm."""


def card_facts(card: IdCard, at: dt.datetime, device: str = "") -> tuple[Fact, ...]:
    """What a card says of the applicant: one fact an element, nothing for what the card does not hold.

    at: when it was read, UTC. device: the reader's name. Choices are codes: sex GB/T 2261.1, nation GB/T 3304,
    id_type the card's type. A foreigner without a Chinese name is named as the card does, in Latin letters.
    """
    values = {
        "name": card.name or card.name_en,
        "name_en": card.name_en,
        "sex": SEX_CODES.get(card.sex) if card.sex else None,
        "nation": nation_code(card.nation) if card.nation else None,
        "birth_date": card.birth,
        "id_type": card.type.value,
        "id_number": card.number,
        "address": card.address,
        "valid_to": card.valid_to,
    }
    reference = " ".join(part for part in (mask(card.number) if card.number else "", device) if part)
    source = Source(SourceKind.CARD, card.type.label, reference)
    return tuple(
        Fact(ROLE, element, value, source, Verdict.CHIP_READ, at) for element, value in values.items() if value
    )


def agent_facts(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The same card's words on whoever stands at the window for a firm: name and number."""
    return tuple(
        replace(fact, role=AGENT)
        for fact in facts
        if fact.role == ROLE and fact.source.kind is SourceKind.CARD and fact.element in ("name", "id_number")
    )


ZONE = "证件机读区（未核验真伪）"
"""The label of every fact that a machine-readable zone gave."""
_SEXES = {"M": "1", "F": "2"}
OTHERS_DOCUMENT = "foreigner"
"""The role of whom an item is about when somebody else applies for them: an employer, a landlord."""


def zone_facts(zone: Mrz, at: dt.datetime, role: str = ROLE, device: str = "") -> tuple[Fact, ...]:
    """What the machine-readable zone of a travel document says of its holder.

    Only what is printed there and known whole: a birth date without its day, a name that may be cut off and a state
    that is no code of the list give nothing. The zone proves nothing about the document: always CAPTURED_UNVERIFIED.
    Of a visa the number is left out, since it may be the visa's or the passport's; so is a number that cannot be this
    document's (`document_of`). The card of a permanent resident is an identity card to forms, everything else a travel
    document.
    """
    names = " ".join(part for part in (zone.surname, zone.given_names) if part)
    whole_name = not {Oddity.NAME_TRUNCATED, Oddity.IRREGULAR_NAME} & set(zone.oddities)
    values = {
        "name_en": names if whole_name else "",
        "sex": _SEXES.get(zone.sex, ""),
        "birth_date": zone.birth.text if zone.birth.complete else "",
        "nationality": alpha3(zone.nationality),
    }
    document = document_of(zone, at.date())
    if document.number and not document.fault:
        kind = document.kind
        prefix = "id" if kind.residence else "travel_document"
        values[f"{prefix}_number"] = document.number
        values[f"{prefix}_type"] = "" if kind is TravelKind.OTHER else kind.value
        values["valid_to"] = zone.expiry.text if zone.expiry.complete else ""
    if not _holds(zone, "birth"):
        del values["birth_date"]
    if not _holds(zone, "expiry"):
        values.pop("valid_to", None)
    reference = " ".join(part for part in (mask(zone.number) if zone.number else "", device) if part)
    source = Source(SourceKind.CAPTURE, ZONE, reference)
    return tuple(
        Fact(role, element, value, source, Verdict.CAPTURED_UNVERIFIED, at)
        for element, value in values.items()
        if value
    )


def of_holder(facts: Iterable[Fact], card: IdCard | None) -> tuple[Fact, ...]:
    """What a travel document says of the applicant -> said of the person an item is about as well.

    Where a card was read that cannot be the same person's, somebody applies for another: then only of the latter."""
    own = tuple(facts)
    about = tuple(replace(fact, role=OTHERS_DOCUMENT) for fact in own)
    return about if card is not None and of_another(own, card) else (*own, *about)


def of_another(facts: Iterable[Fact], card: IdCard) -> bool:
    """Can what a document says not be of the person whose card was read? By birth date and sex, where both tell."""
    said = {fact.element: fact.value for fact in facts}
    sex = SEX_CODES.get(card.sex or "", "")
    return _differ(card.birth or "", said.get("birth_date", "")) or _differ(sex, said.get("sex", ""))


def _differ(one: str, other: str) -> bool:
    """Are both known, and not the same?"""
    return bool(one and other and one != other)


def _holds(zone: Mrz, name: str) -> bool:
    check = zone.check(name)
    return check is not None and check.ok
