"""Materials that the visitor handed in before 沿用: found in earlier cases, offered, taken over."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from app.domain.case import Case, CaseState
from app.domain.clock import Clock, shanghai
from app.domain.errors import Refused
from app.domain.material import Material, MaterialStatus, Origin, Page
from app.materials.settle import may_reuse
from app.services.duty import Duty
from app.services.visit import Visit
from offline_db.store import Store
from offline_db.vault import Vault

_EARLIER = 100
"""Newest cases of a person that are looked through."""


@dataclass(frozen=True, slots=True)
class Offer:
    """An earlier case's pages for one material. why_not: why they cannot be taken over, in words; empty when they can.

    until: the last day on which they can.
    """

    material: str
    origin: Origin
    item_name: str
    pages: tuple[Page, ...]
    until: dt.date
    why_not: str = ""

    @property
    def open(self) -> bool:
        return not self.why_not


class Reuse:
    """Looks in this machine's store, for the person whose card was read: a typed number opens no one's papers."""

    def __init__(self, store: Store, vault: Vault, clock: Clock, duty: Duty) -> None:
        self._store = store
        self._vault = vault
        self._clock = clock
        self._duty = duty

    def offers(self, visit: Visit) -> dict[str, Offer]:
        """material -> the best offer: the youngest paper that serves, else the youngest that does not, with the reason.

        Reads the store; not for the event loop.
        """
        number = visit.card.number if visit.card else None
        wanted = {m.use.id: m for m in visit.checklist.materials if m.use.reuse_days > 0}
        if not number or not wanted:
            return {}
        found: dict[str, Offer] = {}
        for case in self._store.find(number, _EARLIER):
            if case.applicant_number != number or case.state is CaseState.WITHDRAWN:
                continue
            for earlier in case.materials:
                line = wanted.get(earlier.use.id)
                if line is not None and earlier.status is MaterialStatus.CAPTURED and earlier.pages:
                    offer = self._offer(line, earlier, case)
                    best = found.get(line.use.id)
                    if best is None or (offer.open, offer.origin.day) > (best.open, best.origin.day):
                        found[line.use.id] = offer
        return found

    def take_over(self, visit: Visit, offer: Offer) -> Visit:
        """Use the offered pages in this visit. Refused when the offer is not open, or no longer."""
        if not offer.open:
            raise Refused("不能沿用以前的材料", offer.why_not, "请收取材料。")
        at = self._clock.now()
        checklist = visit.checklist.reuse(offer.material, offer.pages, offer.origin, shanghai(at).date())
        return replace(visit, checklist=checklist).with_event(
            at, self._duty.clerk, "material.reused", offer.material, origin=offer.origin.number, pages=len(offer.pages)
        )

    def _offer(self, line: Material, earlier: Material, case: Case) -> Offer:
        origin = earlier.origin or Origin(case.provisional_no, shanghai(case.accepted_at).date())
        until = origin.day + dt.timedelta(days=line.use.reuse_days)
        today = shanghai(self._clock.now()).date()
        why_not = ""
        if not may_reuse(line.use, origin, today):
            why_not = f"{line.use.reuse_days} 天内有效，{until.isoformat()} 已到期"
        elif not all(self._vault.exists(page.sha256) for page in earlier.pages):
            why_not = "影像已不在本机"
        return Offer(line.use.id, origin, case.item_name, earlier.pages, until, why_not)
