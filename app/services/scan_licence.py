"""Judge a scanned code and take over what a licence may tell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from app.domain.clock import Clock, shanghai
from app.domain.errors import EnvironmentProblem
from app.domain.fact import Verdict
from app.domain.licence import CodeKind, LicenceReading
from app.domain.person import IdCard
from app.licences.facts import HolderMatch, Match, holder_matches, licence_facts
from app.licences.kinds import Recognised
from app.licences.kinds_file import CodeRules
from app.licences.trust_keeper import TrustKeeper
from app.licences.verify import read_licence
from app.services.duty import Duty
from app.services.visit import PendingCode, ScannedLicence, Visit

Keep = Callable[[Visit, str, int], PendingCode]
"""(visit, text, seconds that such codes live) -> what redeeming it needs."""
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


def _came_to_nothing(entry: ScannedLicence, at: dt.datetime) -> bool:
    """A phone shows a new dynamic code every minute: the one before it is then not another licence."""
    over = entry.pending is None or entry.pending.until <= at
    return over and entry.reading.kind is CodeKind.OPAQUE_LICENCE and not entry.reading.holder


class ScanLicence:
    """Offline judgement against the trust list. Another person's licence is shown, and fills and waives nothing."""

    def __init__(
        self,
        clock: Clock,
        duty: Duty,
        trust: TrustKeeper,
        clock_suspect: Callable[[], bool] = lambda: False,
        rules: CodeRules | None = None,
        keep: Keep | None = None,
    ) -> None:
        """rules: by which codes are told apart, those shipped unless given. keep: makes what a dynamic code needs to be
        redeemed; None where nothing is redeemed."""
        self._clock = clock
        self._duty = duty
        self._trust = trust
        self._clock_suspect = clock_suspect
        self._rules = rules or CodeRules()
        self._keep = keep

    @property
    def trouble(self) -> EnvironmentProblem | None:
        """What is wrong with the site's own rules for codes."""
        return self._rules.trouble

    def look_at(self, text: str, symbology: str = "") -> Recognised:
        """What kind of code it is, by its text alone; at most a few milliseconds, whatever the text."""
        return self._rules.look_at(text, symbology)

    def read(self, text: str) -> LicenceReading:
        """What the code says; touches no visit. Takes milliseconds and looks into the store: not for the event loop."""
        now, trust = self._clock.now(), self._trust.current
        # A list of tomorrow means a clock of yesterday.
        suspect = self._clock_suspect() or shanghai(now).date() < trust.date
        kind = self.look_at(text).kind
        return read_licence(text, trust, now, kind=kind, policy=self._trust.policy, clock_suspect=suspect)

    def apply(self, visit: Visit, text: str, reading: LicenceReading) -> Visit:
        """The visit with this licence shown; scanning the same code again changes nothing but its verdict."""
        at = self._clock.now()
        before = next((entry for entry in visit.licences if entry.text == text), None)
        if before is not None and before.reading.verdict is Verdict.VERIFIED_ONLINE:
            return visit  # redeemed already: the code alone would say less
        pending = None
        if reading.kind is CodeKind.OPAQUE_LICENCE and self._keep is not None:
            rule = self.look_at(text).rule
            pending = self._keep(visit, text, rule.lives if rule else 0)
        scanned = ScannedLicence(text, reading, compare_holder(reading, visit.card), pending=pending)
        if before is not None:
            scanned = replace(scanned, relied=before.relied, left=before.left)
        others = tuple(e for e in visit.licences if e.text != text and not (pending and _came_to_nothing(e, at)))
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
