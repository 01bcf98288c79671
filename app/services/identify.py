"""Identify the visitor from a card, or from the machine-readable zone of a travel document."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from app.domain.assisted import GUARDIAN_AGE, Assist, age
from app.domain.clock import Clock, shanghai
from app.domain.fact import Fact, SourceKind
from app.domain.person import IdCard, mask
from app.forms.fill import FormState
from app.identity.cards.facts import from_picture
from app.identity.chip.facts import LABELS as CHIP_LABELS
from app.identity.facts import AGENT, ROLE, ZONE, agent_facts, card_facts, of_another, of_holder, zone_facts
from app.identity.mrz.parse import Mrz
from app.identity.mrz.states import alpha3
from app.licences.facts import holder_matches
from app.services.duty import Duty
from app.services.scan_licence import take_over
from app.services.visit import Visit

CHILD = "child"
"""The role of a child whom a guardian applies for."""


class Identify:
    """A read card becomes the applicant's facts; licences shown before it are compared and taken over now."""

    def __init__(self, clock: Clock, duty: Duty) -> None:
        self._clock = clock
        self._duty = duty

    def apply(self, visit: Visit, card: IdCard, device: str) -> Visit:
        """device: the reader's URI, for the audit trail. Another person's card takes the first one's facts away."""
        at = self._clock.now()
        if visit.card is not None and visit.card.number != card.number:
            visit = _without_person(visit)
        # What the clerk decided was about the first person.
        same = visit.card is not None and visit.card.number == card.number
        licences = tuple(
            replace(entry, match=holder_matches(entry.reading, card), relied=entry.relied if same else "")
            for entry in visit.licences
        )
        changed = replace(
            visit,
            card=card,
            licences=licences,
            form=visit.form.withdraw(_anothers(visit, card)).add(card_facts(card, at)),
            checklist=visit.checklist.waive_by_card(card, shanghai(at).date()),
        )
        for entry in licences:
            changed = take_over(changed, entry, at)
        changed = replace(changed, form=with_child(with_agent(changed.form), shanghai(at).date()))
        return changed.with_event(
            at, self._duty.clerk, "card.read", mask(card.number or ""), type=str(card.type), device=device
        )

    def apply_zone(self, visit: Visit, zone: Mrz, device: str) -> Visit:
        """What a passport's or permit's zone says, as read or as the clerk confirmed it; in place of an earlier one's.

        device: the reader's or camera's URI, or how else the zone came, for the audit trail."""
        at = self._clock.now()
        earlier = [fact for fact in visit.form.facts if fact.source.label == ZONE]
        form = visit.form.withdraw(earlier).add(of_holder(zone_facts(zone, at), visit.card))
        return replace(visit, form=form).with_event(
            at,
            self._duty.clerk,
            "zone.read",
            mask(zone.number),
            type=str(zone.format),
            device=device,
            issuer=alpha3(zone.issuer),
        )


def with_agent(form: FormState) -> FormState:
    """A form that asks for an agent and for no applicant is a firm's: the card that was read is the agent's."""
    asked = form.asked()
    if f"{AGENT}.name" not in asked or f"{ROLE}.name" in asked:
        return form
    return form.add(agent_facts(form.facts))


def with_child(form: FormState, today: dt.date) -> FormState:
    """Where a form asks for the child and for no applicant, a minor's own card answers it."""
    asked = form.asked()
    if f"{CHILD}.name" not in asked or f"{ROLE}.name" in asked:
        return form
    read = [fact for fact in form.facts if fact.role == ROLE and fact.source.kind is SourceKind.CARD]
    births = [age(fact.value, today) for fact in read if fact.element == "birth_date"]
    minor = any(years is not None and years < GUARDIAN_AGE for years in births)
    return form.add(replace(fact, role=CHILD) for fact in read) if minor else form


def _anothers(visit: Visit, card: IdCard) -> list[Fact]:
    """What a passport or permit that was read before said of the applicant, when this card shows that the applicant is
    somebody else: it stays with the person the item is about."""
    told = [fact for fact in visit.form.facts if fact.role == ROLE and fact.source.label in {ZONE, *CHIP_LABELS}]
    return told if of_another(told, card) else []


def _without_person(visit: Visit) -> Visit:
    """What was typed and captured, without what is known of somebody else."""
    personal = (
        SourceKind.CARD, SourceKind.QUERY, SourceKind.LICENCE, SourceKind.CASE, SourceKind.BOOKING, SourceKind.PACK
    )  # fmt: skip
    kept = [
        fact
        for fact in visit.form.facts
        if fact.source.kind not in personal and fact.source.label != ZONE and not from_picture(fact)
    ]
    return replace(
        visit,
        chip=None,
        resident=None,
        assist=Assist(),
        form=FormState(visit.form.definition).add(kept),
        checklist=visit.checklist.for_another_person(),
    )
