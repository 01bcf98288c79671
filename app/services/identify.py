"""Identify the visitor from a card."""

from __future__ import annotations

from dataclasses import replace

from app.domain.clock import Clock, shanghai
from app.domain.person import IdCard, mask
from app.identity.facts import card_facts
from app.licences.facts import holder_matches
from app.services.visit import ScannedLicence, Visit


class Identify:
    """A read card becomes the applicant's facts; licences shown before it are compared with it now."""

    def __init__(self, clock: Clock, clerk: str) -> None:
        self._clock = clock
        self._clerk = clerk

    def apply(self, visit: Visit, card: IdCard, device: str) -> Visit:
        """device: the reader's URI, for the audit trail."""
        at = self._clock.now()
        licences = tuple(
            ScannedLicence(entry.text, entry.reading, holder_matches(entry.reading, card)) for entry in visit.licences
        )
        changed = replace(
            visit,
            card=card,
            licences=licences,
            form=visit.form.add(card_facts(card, at)),
            checklist=visit.checklist.waive_by_card(card, shanghai(at).date()),
        )
        return changed.with_event(
            at, self._clerk, "card.read", mask(card.number or ""), type=str(card.type), device=device
        )
