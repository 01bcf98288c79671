"""A document that was read for another system, as lists of lost and revoked ones name it."""

from __future__ import annotations

import datetime as dt

from app.bridge.loans import LISTS, Wish
from app.domain.errors import BadInput
from app.identity.lists import HOME, ListedDocument
from app.identity.mrz.parse import parse
from app.identity.mrz.states import alpha3
from devices.kinds.identity import CardReading, MrzReading


def own_fields(wish: Wish) -> tuple[str, ...]:
    """Of the fields that are asked for those that stand on the document."""
    return tuple(name for name in wish.fields if name != LISTS)


def card_listed_as(reading: CardReading) -> ListedDocument | None:
    """None for a card without a number."""
    card = reading.card
    return ListedDocument(HOME, card.number, card.valid_to or "") if card.number else None


def zone_listed_as(reading: MrzReading, today: dt.date) -> ListedDocument | None:
    """None when the lines are no zone, or its number's check digit is wrong: a number misread names nobody."""
    try:
        zone = parse(reading.lines, today)
    except BadInput:
        return None
    check = zone.check("number")
    if not zone.number or (check is not None and not check.ok):
        return None
    expiry = zone.expiry.text if zone.expiry.complete else ""
    return ListedDocument(alpha3(zone.issuer), zone.number, expiry)
