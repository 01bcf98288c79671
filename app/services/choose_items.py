"""Choose what the visitor came for: bundles and items become one form and one checklist."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from app.catalog.guide import Guide
from app.catalog.related import related
from app.catalog.search import Hit, IndexAhead, SearchIndex
from app.domain.clock import Clock, shanghai
from app.domain.errors import BadInput
from app.domain.item import Catalog, Item
from app.forms.combine import combine
from app.forms.fill import FormState
from app.materials.checklist import Checklist
from app.services.duty import Duty
from app.services.favourites import Favourites
from app.services.identify import with_agent, with_child
from app.services.scan_licence import may_take_over
from app.services.visit import Visit

AT_ONCE = "即办件"
"""The kind of item that is decided while its applicant waits."""
AT_ONCE_MARK: Literal["at_once"] = "at_once"
MORE_AT_ONCE = 12


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to choose without searching, and why it is offered."""

    code: str
    why: Literal["", "pinned", "recent", "related", "at_once"] = ""


class ChooseItems:
    """Adding or taking away an item keeps every fact and every settled material that still has a place."""

    def __init__(
        self,
        catalog: Catalog,
        index: SearchIndex | IndexAhead,
        clock: Clock,
        duty: Duty,
        favourites: Favourites,
    ) -> None:
        self.catalog = catalog
        self.favourites = favourites
        self._index = index
        self._clock = clock
        self._duty = duty

    def warm(self) -> None:
        """Begin making the index, in a thread of its own."""
        self._index.begin()

    @property
    def ready(self) -> bool:
        """Does `find` answer at once, without waiting for the index?"""
        return self._index.ready

    def find(self, words: str) -> list[Hit]:
        """Items and bundles, best first."""
        return self._index.find(words)

    def suggestions(self, chosen: Sequence[Item] = ()) -> tuple[Suggestion, ...]:
        """What to offer before anything is typed: pinned, what goes with the items chosen already, lately chosen, then
        the bundles most visitors come for."""
        pinned = self.favourites.pinned
        others = tuple(code for code in related(self.catalog, chosen) if code not in pinned)
        recent = tuple(code for code in self.favourites.recent() if code not in others)
        rest = (code for code in self.catalog.bundles if code not in (*pinned, *others, *recent))
        return (
            *(Suggestion(code, "pinned") for code in pinned),
            *(Suggestion(code, "related") for code in others),
            *(Suggestion(code, "recent") for code in recent),
            *(Suggestion(code) for code in rest),
        )

    def at_once(self, code: str) -> bool:
        """Is all that this code may come to decided at once 立等可取? KeyError when there is no such code."""
        main = self.catalog.mains.get(code)
        items = [self.catalog.items[one] for one in main.items] if main is not None else self.catalog.items_of(code)
        return all(item.kind == AT_ONCE for item in items)

    def promptest(self, chosen: Sequence[Item] = ()) -> tuple[Suggestion, ...]:
        """The same for an assisted visit 帮办: what is decided at once first, and more of it than is usual here."""
        usual = self.suggestions(chosen)
        known = {one.code for one in usual}
        first = [replace(one, why=one.why or AT_ONCE_MARK) for one in usual if self.at_once(one.code)]
        more = [code for code in self.catalog.mains if code not in known and self.at_once(code)][:MORE_AT_ONCE]
        rest = [one for one in usual if not self.at_once(one.code)]
        return (*first, *(Suggestion(code, AT_ONCE_MARK) for code in more), *rest)

    def guide(self, code: str) -> Guide:
        """The questions that a bundle, a main item or a situation raises. KeyError when there is no such code."""
        return Guide(self.catalog, code)

    def answers(self, visit: Visit, code: str) -> Mapping[str, str]:
        """What this visitor has answered to a code's guide before, be it under the main item or under a situation."""
        for known in (code, *self._situations(visit, code)):
            if known in visit.answers:
                return visit.answers[known]
        return {}

    def add(self, visit: Visit, code: str, answers: Mapping[str, str] | None = None) -> Visit:
        """Put a bundle, a main item or a situation into the cart; choosing it again changes its answers only.

        A main item goes in as the situation that the answers lead to, in the place of another situation of it that
        was reached by the guide. Raises BadInput while the guide is not at its end.
        """
        said = self.answers(visit, code) if answers is None else answers
        guide = self.guide(code)
        if not guide.decided(said):
            raise BadInput("还有问题没有回答", f"《{guide.name}》要先问清情形", "请在引导中逐题选择。")
        target, replaced = code, ""
        if code in self.catalog.mains:
            (target,) = guide.items(said)
            before = (c for c in visit.codes if c in visit.answers and c in self.catalog.mains[code].items)
            replaced = next(before, "")
        if target in visit.codes and dict(said) == dict(visit.answers.get(target, {})):
            return visit
        codes = [target if c == replaced else c for c in visit.codes]
        codes = codes if target in codes else [*codes, target]
        asked = guide.asks or target in visit.answers
        known = {**visit.answers, target: dict(said)} if asked else visit.answers
        return self._with(replace(visit, answers=known), tuple(dict.fromkeys(codes)))

    def remove(self, visit: Visit, code: str) -> Visit:
        """Take a code out of the cart; its answers are kept for the case that it comes back."""
        return self._with(visit, tuple(c for c in visit.codes if c != code))

    def items(self, code: str, answers: Mapping[str, str]) -> tuple[Item, ...]:
        """What a code in the cart stands for under these answers."""
        return self.guide(code).chosen(answers)

    def _situations(self, visit: Visit, code: str) -> list[str]:
        main = self.catalog.mains.get(code)
        if main is None:
            return []
        # A situation in the cart says more than one that was there before.
        return [c for c in (*visit.codes, *reversed(list(visit.answers))) if c in main.items]

    def _form(self, visit: Visit, chosen: tuple[Item, ...]) -> FormState:
        now = self._clock.now()
        asked = visit.form.with_definition(combine(self.catalog, chosen), now)
        return with_child(with_agent(asked), shanghai(now).date())

    def _with(self, visit: Visit, codes: tuple[str, ...]) -> Visit:
        items: dict[str, Item] = {}
        for code in codes:
            items.update({item.code: item for item in self.items(code, visit.answers.get(code, {}))})
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
            form=self._form(visit, chosen),
            checklist=checklist,
        )
        answers = {code: dict(visit.answers[code]) for code in codes if visit.answers.get(code)}
        return changed.with_event(
            self._clock.now(),
            self._duty.clerk,
            "items.chosen",
            visit.visit_id,
            codes=list(codes),
            items=len(chosen),
            **({"answers": answers} if answers else {}),
        )
