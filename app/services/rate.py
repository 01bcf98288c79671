"""What a visitor thinks of the service, kept here and sent to the gateway."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence

from app.domain.case import AuditEvent, Case, Operation, OperationKind
from app.domain.clock import Clock
from app.domain.item import Catalog, ElementType
from app.domain.rating import Channel, Grade, Opinion, Rater
from app.server.wire import rating_document
from offline_db.store import Store

_NAMESPACE = uuid.UUID("5f0f2c39-70d5-4f6e-9a80-3d1c8a1c4b9e")


class Rate:
    """Takes one rating a case. Reads and writes the store: not for the event loop."""

    def __init__(self, store: Store, catalog: Catalog, clock: Clock, channel: Channel) -> None:
        self._store = store
        self._catalog = catalog
        self._clock = clock
        self._channel = channel

    def give(
        self, cases: Sequence[Case], grade: Grade, details: Sequence[str] = (), channel: Channel | None = None
    ) -> None:
        """The visitor's one answer for all that was accepted in this visit: a rating a case, with person, item and
        clerk. Refused when one of them was rated already; nothing is stored then. channel: where it was given,
        None for the window's own."""
        opinion = Opinion(grade, self._clock.now(), tuple(details))
        operations = [
            Operation(
                rating_key(case.case_id),
                case.case_id,
                OperationKind.RATING,
                rating_document(case, opinion, channel or self._channel, self._rater(case), self._department(case)),
            )
            for case in cases
        ]
        # The trail says that, never what: the grade is nobody's business at this window. The clerk who served stands
        # for it; by now another may be on duty, or nobody.
        events = [
            AuditEvent(opinion.at, case.clerk, "case.rated", case.provisional_no, {"case_id": case.case_id})
            for case in cases
        ]
        self._store.add_ratings(operations, events)

    def counts(self, since: dt.datetime, before: dt.datetime) -> Mapping[int, int]:
        """grade -> how many were given in this span and have reached the platform (app.services.day_board.Ratings)."""
        return self._store.rating_counts(since, before)

    def _rater(self, case: Case) -> Rater:
        """An entity is served when its own code 统一社会信用代码 stands in the form."""
        elements = (self._catalog.elements.get(key.partition(".")[2]) for key, value in case.form.items() if value)
        has_code = any(element is not None and element.type is ElementType.USCC for element in elements)
        return Rater.ENTITY if has_code else Rater.PERSON

    def _department(self, case: Case) -> str:
        item = self._catalog.items.get(case.item_code)
        return item.department if item else ""


def rating_key(case_id: str) -> str:
    """The operation's id: one a case for ever, so that a second rating can be neither stored nor sent."""
    return str(uuid.uuid5(_NAMESPACE, case_id))
