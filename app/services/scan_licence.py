"""Judge a scanned code and take over what a licence may tell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from app.domain.clock import Clock, shanghai
from app.domain.licence import CodeKind, LicenceReading
from app.domain.person import IdCard
from app.licences.facts import HolderMatch, Match, holder_matches, licence_facts
from app.licences.trust_keeper import TrustKeeper
from app.licences.verify import read_licence
from app.services.duty import Duty
from app.services.visit import ScannedLicence, Visit

LICENCE_KINDS = frozenset({CodeKind.SIGNED_LICENCE, CodeKind.EU_CERTIFICATE, CodeKind.OPAQUE_LICENCE})


def compare_holder(reading: LicenceReading, card: IdCard | None) -> HolderMatch:
    """Is the licence's holder the person whose card was read? Without a card nothing can be said yet."""
    return holder_matches(reading, card) if card else HolderMatch(Match.UNKNOWN, "尚未读取证件，读卡后自动比对")


def may_take_over(visit: Visit, entry: ScannedLicence) -> bool:
    """May this licence fill and waive? Not before the card is read; somebody else's only at the clerk's stated word."""
    known = visit.card is not None and (entry.match.match is not Match.DIFFERENT or bool(entry.relied))
    return known and entry.reading.verdict.usable


def take_over(visit: Visit, entry: ScannedLicence, at: dt.datetime) -> Visit:
    """Fill the form and waive materials from a licence, where it may."""
    if not may_take_over(visit, entry):
        return visit
    facts = [fact for fact in licence_facts(entry.reading, at) if fact.key not in entry.left]
    return replace(
        visit,
        form=visit.form.add(facts),
        checklist=visit.checklist.waive_by_licence(entry.reading),
    )


class ScanLicence:
    """Offline judgement against the trust list. Another person's licence is shown, and fills and waives nothing."""

    def __init__(
        self, clock: Clock, duty: Duty, trust: TrustKeeper, clock_suspect: Callable[[], bool] = lambda: False
    ) -> None:
        self._clock = clock
        self._duty = duty
        self._trust = trust
        self._clock_suspect = clock_suspect

    def read(self, text: str) -> LicenceReading:
        """What the code says; touches no visit. Takes milliseconds and looks into the store: not for the event loop."""
        now, trust = self._clock.now(), self._trust.current
        # A list of tomorrow means a clock of yesterday.
        suspect = self._clock_suspect() or shanghai(now).date() < trust.date
        return read_licence(text, trust, now, policy=self._trust.policy, clock_suspect=suspect)

    def apply(self, visit: Visit, text: str, reading: LicenceReading) -> Visit:
        """The visit with this licence shown; scanning the same code again changes nothing but its verdict."""
        at = self._clock.now()
        scanned = ScannedLicence(text, reading, compare_holder(reading, visit.card))
        if (before := next((entry for entry in visit.licences if entry.text == text), None)) is not None:
            scanned = replace(scanned, relied=before.relied, left=before.left)
        others = tuple(entry for entry in visit.licences if entry.text != text)
        changed = replace(visit, licences=(*others, scanned))
        changed = take_over(changed, scanned, at)
        return changed.with_event(
            at,
            self._duty.clerk,
            "licence.scanned",
            reading.licence.get("identifier", ""),
            verdict=str(reading.verdict),
            reason=reading.reason,
            issuer=reading.issuer or "",
            match=str(scanned.match.match),
            trust_date=str(reading.trust_date or ""),
        )
