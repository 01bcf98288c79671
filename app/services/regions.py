"""Cross-region receiving 异地收件: who decides a case, how far it is, and the seals that it bears."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping

from app.domain.case import Case
from app.domain.errors import BadInput
from app.domain.item import Item
from app.domain.territory import Handover, HandoverState, ReceiveSeal, Territory, within
from app.licences.region_seal import seal_number
from app.server.checking import check_against
from app.server.message_schemas import MESSAGE
from app.services.counter import Counter
from offline_db.store import Store

log = logging.getLogger(__name__)

_FEED, _ENTITY = "policies", "region-"


class Regions:
    """Reads what the platform says of regions, as it was last pulled: it holds offline too."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter
        self._known: list[dict[str, object]] = []

    def reload(self) -> None:
        """Read again what the platform says, and the divisions. Not for the event loop: there what was read last
        serves."""
        rows = self._counter.store.feed_rows(_FEED)
        self._known = [row for row in rows if str(row.get("id", "")).startswith(_ENTITY)]
        if self._known and not self._counter.fill.help.ready:
            # Without the divisions every place would pass for our own.
            self._counter.fill.make_help()

    def territory(self, item: Item, values: Mapping[str, str]) -> Territory | None:
        """The other region that decides this item for these answers; None: it is decided here, or that region's
        platform is not joined to ours."""
        there = self._place(item, values)
        return there if there is not None and within(item.cross_region, self._here(), there.code) else None

    def too_far(self, item: Item, values: Mapping[str, str]) -> Territory | None:
        """The joined region that decides it, where the item may not be received so far away 通办范围."""
        there = self._place(item, values)
        return there if there is not None and not within(item.cross_region, self._here(), there.code) else None

    def seals(self, cases: Iterable[Case]) -> tuple[ReceiveSeal, ...]:
        """The receive seals that the platform has put on these cases."""
        own, found = self._name(self._here()), []
        for case in cases:
            if case.territory is not None and (said := handover_of(self._counter.store, case.case_id)) is not None:
                number = seal_number(said.seal)
                found.append(ReceiveSeal(own, said.territory.name, case.provisional_no, number, said.seal))
        return tuple(found)

    def _place(self, item: Item, values: Mapping[str, str]) -> Territory | None:
        if not item.territory or not values.get(item.territory):
            return None
        joined = {str(row["code"]): str(row["name"]) for row in self._rows() if row.get("receives")}
        if not joined:
            return None
        code = self._counter.fill.help.division(values[item.territory])[:6]
        return Territory(code, joined[code]) if code in joined and code != self._here() else None

    def _here(self) -> str:
        """The code of our own region: the platform's word, else the window's settings."""
        own = next((str(row["code"]) for row in self._rows() if row.get("own")), "")
        return own or self._counter.window.district

    def _name(self, code: str) -> str:
        return next((str(row["name"]) for row in self._rows() if row.get("code") == code), self._counter.window.hall)

    def _rows(self) -> list[dict[str, object]]:
        if not self._known:
            rows = self._counter.store.feed_rows(_FEED)
            self._known = [row for row in rows if str(row.get("id", "")).startswith(_ENTITY)]
        return self._known


def handover_of(store: Store, case_id: str) -> Handover | None:
    """How far a case for another region is, by the platform's last word; None while it has said nothing."""
    document = store.handover(case_id)
    if document is None:
        return None
    try:
        check_against(MESSAGE, document)
    except BadInput:
        log.warning("a message about a hand-over breaks the contract")
        return None
    said = document["handover"]
    territory = Territory(said["territory"]["code"], said["territory"]["name"])
    return Handover(territory, HandoverState(said["state"]), said["number"], said["seal"])
