"""A card read at the counter -> facts about the applicant."""

from __future__ import annotations

import datetime as dt

from app.domain.fact import Fact, Source, SourceKind, Verdict
from app.domain.person import IdCard, mask
from app.identity.codes import SEX_CODES, nation_code

ROLE = "applicant"


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
