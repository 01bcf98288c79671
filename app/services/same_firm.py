"""The same firm, another of its people 同一单位，下一人: what was handed in for the firm is handed in once."""

from __future__ import annotations

from dataclasses import replace

from app.domain.clock import Clock, shanghai
from app.domain.errors import BadInput, Refused
from app.domain.item import Item
from app.identity.facts import OTHERS_DOCUMENT, ROLE
from app.services.choose_items import ChooseItems
from app.services.duty import Duty
from app.services.visit import Visit, new_visit
from offline_db.store import Store

FIRM = "firm"
PEOPLE = frozenset({ROLE, OTHERS_DOCUMENT})
"""Roles that are one person: an item that asks for them is applied for person by person."""
CARRIED = frozenset({FIRM, "legal_person", "agent", "handling"})
"""Roles that stay the same for all of a firm's people."""


def of_a_person(item: Item) -> bool:
    """Is it applied for person by person? One that asks for a list of people is the firm's, once."""
    return any(use.role in PEOPLE and not use.columns and not use.required_columns for use in item.fields)


class SameFirm:
    """Begins the next person's visit from the last one's. Reads and writes the store: not for the event loop."""

    def __init__(self, store: Store, choose: ChooseItems, clock: Clock, duty: Duty) -> None:
        self._store = store
        self._choose = choose
        self._clock = clock
        self._duty = duty

    @staticmethod
    def possible(visit: Visit) -> bool:
        """Is it a firm's visit with items that another of its people can apply for?"""
        firm = any(use.role == FIRM for item in visit.items for use in item.fields)
        return firm and any(of_a_person(item) for item in visit.items)

    def next(self, visit: Visit) -> Visit:
        """A new visit for the next person: the items that go by person, what is known of the firm, the firm's papers.
        One that belongs to a visit pack takes its numbers from the pack as well.

        Refused: no item of this visit goes by person.
        """
        again = tuple(item for item in visit.items if of_a_person(item))
        if not again or not self.possible(visit):
            raise Refused("没有下一人可办的事项", "本次事项不是单位为员工逐人申请的。", "按 F12 接待下一位。")
        following = new_visit(self._clock.now())
        for item in again:
            try:
                following = self._choose.add(following, item.code)
            except BadInput:
                # The guide asks the person, too: the clerk chooses it again.
                continue
        if not any(use.role == ROLE for item in following.items for use in item.fields) and visit.card is not None:
            # The firm's agent is still at the window: the card that was read is theirs.
            today = shanghai(self._clock.now()).date()
            waived = following.checklist.waive_by_card(visit.card, today)
            following = replace(following, card=visit.card, checklist=waived)
        facts = [fact for fact in visit.form.facts if fact.role in CARRIED]
        checklist = following.checklist.with_papers_of_firm(visit.checklist)
        papers = [m.use.id for m in checklist.materials if m.use.firm_paper and m.status.settled]
        following = replace(following, form=following.form.add(facts), checklist=checklist).with_event(
            self._clock.now(),
            self._duty.clerk,
            "firm.next_person",
            following.visit_id,
            after=visit.visit_id,
            items=list(following.codes),
            papers=papers,
        )
        if (pack := self._store.pack_of_visit(visit.visit_id)) is not None:
            self._store.bind_visit(following.visit_id, pack.pack_id)
        return following
