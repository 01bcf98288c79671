"""A chip that was read -> facts about the applicant, worth what the verdict says."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from app.domain.errors import BadInput
from app.domain.fact import Fact, Source, SourceKind, Verdict
from app.identity.chip.verdict import Check, Judgement, Result
from app.identity.facts import ROLE, zone_facts
from app.identity.mrz.parse import Mrz, parse

if TYPE_CHECKING:
    from app.identity.chip.read import ChipReading

LABEL = "证件芯片"
UNVERIFIED = "证件芯片（未核验真伪）"
LABELS = frozenset({LABEL, UNVERIFIED})
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")


def zone_of(reading: ChipReading, at: dt.datetime) -> Mrz | None:
    """DG1 taken apart; None when it was not read, or is no zone that can be."""
    try:
        return parse(reading.zone, at.date()) if reading.zone else None
    except BadInput:
        return None


def chip_facts(reading: ChipReading, at: dt.datetime, role: str = ROLE) -> tuple[Fact, ...]:
    """What the chip says of its holder. at: now, UTC.

    A chip that is genuine speaks as the state does. One whose signer is not known here, or has run out, is worth no
    more than what is printed: for review. One that is false gives nothing.
    """
    zone = zone_of(reading, at)
    judgement = reading.verdict.judgement
    unaltered = reading.verdict.line(Check.CONTENT).result is Result.PASSED
    if zone is None or judgement is Judgement.FALSE or not unaltered:
        return ()
    if reading.verdict.trusted:
        kind, label, verdict = SourceKind.CARD, LABEL, Verdict.SIGNATURE_VALID
    else:
        kind, label, verdict = SourceKind.CAPTURE, UNVERIFIED, Verdict.CAPTURED_UNVERIFIED
    facts = [
        replace(fact, source=Source(kind, label, fact.source.ref), verdict=verdict)
        for fact in zone_facts(zone, at, role)
    ]
    name = holder_name(reading)
    if name and facts:
        facts.append(Fact(role, "name", name, facts[0].source, verdict, at))
    return tuple(facts)


def holder_name(reading: ChipReading) -> str:
    """The name in Chinese characters, where DG11 has it; "" otherwise."""
    name = reading.more.full_name if reading.more is not None else ""
    # Surname and given name are parted by fillers on the chip, and by nothing on paper.
    return name.replace(" ", "") if _HAN.search(name) else ""
