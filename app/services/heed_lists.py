"""What a list of lost or revoked documents said when a document was read: on record, and there for every screen."""

from __future__ import annotations

from app.domain.clock import Clock
from app.domain.person import mask
from app.identity.verification import Answer, Ground, Line
from app.services.duty import Duty
from app.services.verify_identity import READS, VerifyIdentity
from app.services.visit import Visit

LISTED = "document.listed"
"""In the trail: a document was read that a list names. Its details hold the ground and the day of the list."""


class HeedLists:
    """`look` reads the store; `heeded` is quick."""

    def __init__(self, identity: VerifyIdentity, clock: Clock, duty: Duty) -> None:
        self._identity = identity
        self._clock = clock
        self._duty = duty

    def look(self, visit: Visit) -> Line:
        """What the list in force says of the document in hand."""
        return self._identity.listed(visit)

    def heeded(self, visit: Visit, said: Line) -> Visit:
        """A document in hand that a list names goes on record, once a reading. The clerk decides what follows."""
        if said.answer is not Answer.NO or listed_of(visit) is said.ground:
            return visit
        person = self._identity.in_hand(visit)
        subject = mask(person.number) if person is not None else ""
        return visit.with_event(
            self._clock.now(), self._duty.clerk, LISTED, subject, ground=said.ground.value, list=said.detail
        )


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
        if event.action == LISTED:
            return Ground(str(event.details["ground"]))
    return None
