"""Choose what the visitor came for: bundles and items become one form and one checklist."""

from __future__ import annotations

from dataclasses import replace

from app.catalog.search import Hit, SearchIndex
from app.domain.clock import Clock, shanghai
from app.domain.item import Catalog, Item
from app.forms.combine import combine
from app.materials.checklist import Checklist
from app.services.scan_licence import may_take_over
from app.services.visit import Visit


class ChooseItems:
    """Adding or taking away an item keeps every fact and every settled material that still has a place."""

    def __init__(self, catalog: Catalog, index: SearchIndex, clock: Clock, clerk: str) -> None:
        self.catalog = catalog
        self._index = index
        self._clock = clock
        self._clerk = clerk

    def find(self, words: str) -> list[Hit]:
        """Items and bundles, best first."""
        return self._index.find(words)

    def add(self, visit: Visit, code: str) -> Visit:
        """Put a bundle or an item into the cart; choosing it twice changes nothing."""
        return visit if code in visit.codes else self._with(visit, (*visit.codes, code))

    def remove(self, visit: Visit, code: str) -> Visit:
        return self._with(visit, tuple(c for c in visit.codes if c != code))

    def _with(self, visit: Visit, codes: tuple[str, ...]) -> Visit:
        items: dict[str, Item] = {}
        for code in codes:
            items.update({item.code: item for item in self.catalog.items_of(code)})
        chosen = tuple(items.values())
        checklist = Checklist(chosen, previous=visit.checklist)
        if visit.card is not None:
            checklist = checklist.waive_by_card(visit.card, shanghai(self._clock.now()).date())
        for entry in visit.licences:
            if may_take_over(visit, entry):
                checklist = checklist.waive_by_licence(entry.reading)
        changed = replace(
            visit,
            codes=codes,
            items=chosen,
            form=visit.form.with_definition(combine(self.catalog, chosen), self._clock.now()),
            checklist=checklist,
        )
        return changed.with_event(
            self._clock.now(), self._clerk, "items.chosen", visit.visit_id, codes=list(codes), items=len(chosen)
        )
