"""Judge a scanned code and take over what a licence may tell."""

from __future__ import annotations

from dataclasses import replace

from app.domain.clock import Clock
from app.domain.licence import CodeKind, LicenceReading
from app.licences.facts import HolderMatch, holder_matches, licence_facts
from app.licences.trust import TrustList
from app.licences.verify import read_licence
from app.services.visit import ScannedLicence, Visit

LICENCE_KINDS = frozenset({CodeKind.SIGNED_LICENCE, CodeKind.EU_CERTIFICATE, CodeKind.OPAQUE_LICENCE})


class ScanLicence:
    """Offline judgement against the trust list. Another person's licence is shown, and fills and waives nothing."""

    def __init__(self, clock: Clock, clerk: str, trust: TrustList) -> None:
        self._clock = clock
        self._clerk = clerk
        self._trust = trust

    def read(self, text: str) -> LicenceReading:
        """What the code says; touches no visit. Milliseconds of CPU: not for the event loop."""
        return read_licence(text, self._trust, self._clock.now())

    def apply(self, visit: Visit, text: str, reading: LicenceReading) -> Visit:
        """The visit with this licence shown; scanning the same code again changes nothing but its verdict."""
        at = self._clock.now()
        scanned = ScannedLicence(text, reading, holder_matches(reading, visit.card))
        others = tuple(entry for entry in visit.licences if entry.text != text)
        changed = replace(visit, licences=(*others, scanned))
        if scanned.match is not HolderMatch.DIFFERENT and reading.verdict.usable:
            changed = replace(
                changed,
                form=changed.form.add(licence_facts(reading, at)),
                checklist=changed.checklist.waive_by_licence(reading),
            )
        return changed.with_event(
            at,
            self._clerk,
            "licence.scanned",
            reading.licence.get("identifier", ""),
            verdict=str(reading.verdict),
            reason=reading.reason,
            issuer=reading.issuer or "",
            match=str(scanned.match),
            trust_date=str(reading.trust_date or ""),
        )
