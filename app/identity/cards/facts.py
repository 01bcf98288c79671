"""What was read from a picture of a card -> facts, which say that nobody verified them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from app.domain.fact import Fact, Source, SourceKind, Verdict
from app.domain.person import mask
from app.identity.cards.layouts import CardKind
from app.identity.codes import SEX_CODES, nation_code

_TRAVEL = {CardKind.HOME_RETURN: "hm_pass", CardKind.TAIWAN: "tw_pass"}
OF_FORMS = ("name", "name_en", "sex", "nation", "nationality", "birth", "address", "number", "valid_to")
"""Fields that give facts; issuer, first day and counts are read too, but no form asks for them."""


def picture_label(kind: CardKind) -> str:
    """What the clerk reads as the source: the card, and that a picture of it is all there was."""
    return f"{kind.label}·拍照识别（未核验真伪）"


_LABELS = frozenset(picture_label(kind) for kind in CardKind)


def from_picture(fact: Fact) -> bool:
    """Did a picture of a card say this?"""
    return fact.source.label in _LABELS


def picture_facts(
    kind: CardKind, values: Mapping[str, str], at: dt.datetime, role: str = "applicant", device: str = ""
) -> tuple[Fact, ...]:
    """values: field -> value as `Value.value`, read for certain or confirmed by the clerk. at: UTC.

    One fact an element; the verdict is always CAPTURED_UNVERIFIED: a picture proves nothing about the card.
    """
    said: dict[str, str | None] = {
        "name": values.get("name") or (values.get("name_en") if not kind.travel else None),
        "name_en": values.get("name_en"),
        "sex": SEX_CODES.get(values.get("sex", "")),
        "nation": nation_code(values.get("nation", "")),
        "nationality": values.get("nationality"),
        "birth_date": values.get("birth"),
        "address": values.get("address"),
        "valid_to": values.get("valid_to"),
    }
    number = values.get("number", "")
    if kind.travel:
        said |= {"travel_document_type": _TRAVEL[kind] if number else None, "travel_document_number": number}
    else:
        said |= {"id_type": kind.value if number else None, "id_number": number}
    reference = " ".join(part for part in (mask(number) if number else "", device) if part)
    source = Source(SourceKind.CAPTURE, picture_label(kind), reference)
    return tuple(
        Fact(role, element, value, source, Verdict.CAPTURED_UNVERIFIED, at) for element, value in said.items() if value
    )
