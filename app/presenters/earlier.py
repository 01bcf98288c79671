"""What this person's earlier cases at this window knew."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.case import Case
from app.presenters.desk import Desk
from app.presenters.station import Workstation
from app.services.fill_form import EARLIER_CASES


def offer_earlier(desk: Desk, station: Workstation) -> None:
    """A card or a genuine chip was read: look for the person's cases and offer what they say, but to nobody else."""
    visit = desk.visit
    number = visit.known_number
    if not number:
        return

    def offer(cases: Sequence[Case]) -> None:
        if desk.still(visit.visit_id):
            desk.change(station.services.fill.from_earlier(desk.visit, cases))

    desk.tasks.run(lambda: station.store.find(number, EARLIER_CASES), offer)
