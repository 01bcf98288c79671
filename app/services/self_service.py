"""Self-service 自助: an applicant prepares a visit alone; at the counter a clerk checks and accepts it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from threading import Lock
from typing import Protocol

from app.domain.case import AuditEvent
from app.domain.clock import Clock, shanghai
from app.domain.fact import Source, SourceKind
from app.services.drafts import HANDED_OVER, SELF_SERVICE, Drafts
from app.services.duty import Duty
from app.services.visit import Visit, new_visit
from offline_db.drafts import DraftState

SAID_BY_APPLICANT = Source(SourceKind.PACK, "本人自助填报")
"""Who says what was typed: not the clerk, who was not there."""
ON_SETTING, TICKET_SETTING = "self_service.on", "self_service.ticket"


class Store(Protocol):
    """The part of the store that is needed."""

    def setting(self, key: str) -> str | None: ...

    def set_setting(self, key: str, value: str) -> None: ...

    def append_audit(self, event: AuditEvent) -> object: ...


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A visit that waits for a clerk. ticket: the number that its applicant was told, e.g. Z007."""

    visit: Visit
    ticket: str


class SelfService:
    """Reads and writes the store: not for the event loop, but for `begin` and `on`, which read what is in memory."""

    def __init__(self, store: Store, drafts: Drafts, clock: Clock, duty: Duty) -> None:
        self._store = store
        self._drafts = drafts
        self._clock = clock
        self._duty = duty
        self._lock = Lock()
        self.on = store.setting(ON_SETTING) == "1"
        """Is the desk's screen turned over to citizens? Survives a restart."""

    def turn(self, on: bool) -> None:
        """Turn the screen over to citizens, or take it back. Refused while nobody is on duty."""
        with self._lock:
            action = "self_service.begun" if on else "self_service.ended"
            self._store.append_audit(AuditEvent(self._clock.now(), self._duty.clerk, action, "", {}))
            self._store.set_setting(ON_SETTING, "1" if on else "0")
            self.on = on

    def begin_at_start(self) -> None:
        """A machine for self-service alone: as if the program had ended in the mode."""
        self._store.set_setting(ON_SETTING, "1")
        self.on = True

    def begin(self) -> Visit:
        """The next applicant's visit. Refused while nobody is on duty."""
        visit = new_visit(self._clock.now())
        return visit.with_event(self._clock.now(), self._duty.clerk, SELF_SERVICE, visit.visit_id)

    def save(self, visit: Visit) -> bool:
        """Keep what was done so far against a crash. False when it was handed over or ended meanwhile."""
        return self._drafts.save(_told(visit))

    def hand_over(self, visit: Visit) -> HandedOver:
        """Done: give it a number of today and park it for the counter. On the disk when this returns."""
        ticket = self._next_ticket()
        at = self._clock.now()
        signed = visit.confirmed is not None
        handed = _told(visit).with_event(
            at, self._duty.clerk, HANDED_OVER, visit.visit_id, ticket=ticket, signed=signed
        )
        self._drafts.park(handed)
        return HandedOver(handed, ticket)

    def leave(self, visit: Visit) -> bool:
        """The applicant has gone. What is worth a clerk's look is parked (True), the rest is wiped."""
        if visit.codes:
            return self._drafts.park(_told(visit))
        self._drafts.end(visit)
        self._drafts.sweep()
        return False

    def wipe(self, visit: Visit) -> None:
        """The applicant wants nothing kept. What was read of them stays in the audit trail only."""
        self._drafts.end(visit)
        self._drafts.sweep()

    def recover(self) -> int:
        """After a restart in the mode: what was open then waits for a clerk; how many."""
        left = [one.draft_id for one in self._drafts.listed() if one.state is DraftState.OPEN]
        for draft_id in left:
            self._drafts.park_left(draft_id)
        self._drafts.sweep()
        return len(left)

    def _next_ticket(self) -> str:
        """Counted by the day, so that numbers stay short enough to be called out."""
        today = shanghai(self._clock.now()).date().isoformat()
        with self._lock:
            try:
                known = json.loads(self._store.setting(TICKET_SETTING) or "{}")
                last = int(known["last"]) if known.get("day") == today else 0
            except (ValueError, TypeError, KeyError, AttributeError):
                last = 0  # damaged: a number given twice in a day is the lesser evil
            self._store.set_setting(TICKET_SETTING, json.dumps({"day": today, "last": last + 1}))
        return f"Z{last + 1:03d}"


def _told(visit: Visit) -> Visit:
    return replace(visit, form=visit.form.said_by(SAID_BY_APPLICANT))
