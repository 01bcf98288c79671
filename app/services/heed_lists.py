"""What a list of lost or revoked documents said when a document was read: on record, and there for every screen."""

from __future__ import annotations

from typing import Protocol

from app.domain.case import AuditEvent
from app.domain.clock import Clock
from app.domain.person import mask
from app.identity.verification import Answer, Ground, Line
from app.services.duty import Duty
from app.services.verify_identity import READS, VerifyIdentity
from app.services.visit import Visit

LISTED = "document.listed"
"""In the trail, at once: a document was read that a list names; most such visits end without a case. The subject is the
visit, the details hold the masked number, the ground and the day of the list."""
WARNED = "document.warned"
"""Of the visit: the clerk was told so."""


class Keeper(Protocol):
    """The part of the store that is needed."""

    def append_audit(self, event: AuditEvent) -> None: ...


class HeedLists:
    """`look` reads and writes the store; `warned` is quick."""

    def __init__(self, store: Keeper, identity: VerifyIdentity, clock: Clock, duty: Duty) -> None:
        self._store = store
        self._identity = identity
        self._clock = clock
        self._duty = duty

    def look(self, visit: Visit) -> Line:
        """What the list in force says of the document in hand. A hit goes on record, once a reading."""
        said = self._identity.listed(visit)
        if said.answer is Answer.NO and listed_of(visit) is not said.ground:
            person = self._identity.in_hand(visit)
            number = mask(person.number) if person is not None else ""
            details = {"number": number, "ground": said.ground.value, "list": said.detail}
            self._store.append_audit(AuditEvent(self._clock.now(), self._duty.clerk, LISTED, visit.visit_id, details))
        return said

    def warned(self, visit: Visit, said: Line) -> Visit:
        """The clerk was told, and decides what follows."""
        if listed_of(visit) is said.ground:
            return visit
        return visit.with_event(self._clock.now(), self._duty.clerk, WARNED, "", ground=said.ground.value)


def last_reading(visit: Visit) -> int | None:
    """Which event of the visit read a document last; None when none did."""
    found = [at for at, event in enumerate(visit.events) if event.action in READS]
    return found[-1] if found else None


def listed_of(visit: Visit) -> Ground | None:
    """Why the document in hand stands in a list; None while it does not, or nobody has looked since it was read."""
    at = last_reading(visit)
    if at is None:
        return None
    for event in visit.events[at:]:
        if event.action == WARNED:
            return Ground(str(event.details["ground"]))
    return None
