"""Who comes along to the window: a minor's guardian 监护人, who applies, or a helper 陪同人, who is only noted."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from app.domain.applicant import keys_of
from app.domain.assisted import GUARDIAN_AGE, HELPERS, Companion, Role, age, birth_of
from app.domain.clock import Clock, shanghai
from app.domain.errors import BadInput, Refused
from app.domain.fact import Fact, SourceKind
from app.domain.person import IdCard, mask
from app.identity.facts import ROLE, card_facts
from app.services.duty import Duty
from app.services.visit import Visit

GUARDIAN = "guardian"
"""The role of a guardian's values on the form."""
_CHILD = "child"
_ASKED = ("name", "id_number", "id_type")
"""What is taken from a guardian's document: who it is, and no more."""


@dataclass(frozen=True, slots=True)
class GuardianFindings:
    """What F7 says of the guardian, in words."""

    blockers: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


class Companions:
    """Switches assisted mode and notes who came along. Quick; no disk is touched."""

    def __init__(self, clock: Clock, duty: Duty) -> None:
        self._clock = clock
        self._duty = duty

    def switch(self, visit: Visit, on: bool) -> Visit:
        """Begin assisted mode, or end or decline it. The trail says that, and never why."""
        if visit.assist == visit.assist.switched(on):
            return visit
        changed = replace(visit, assist=visit.assist.switched(on))
        action = "assist.begun" if on else "assist.ended" if visit.assist.on else "assist.declined"
        return changed.with_event(self._clock.now(), self._duty.clerk, action, visit.visit_id)

    def helper(self, visit: Visit, relation: str) -> Visit:
        """Note a helper by the relation (of HELPERS) alone; "" for nobody any more. BadInput: another word."""
        if relation and relation not in HELPERS:
            raise BadInput("没有这种关系", relation, f"可选：{'、'.join(HELPERS)}。")
        came = Companion(Role.HELPER, relation) if relation else None
        changed = replace(_without_guardian(visit), assist=replace(visit.assist, companion=came))
        return changed.with_event(
            self._clock.now(), self._duty.clerk, "companion.noted", visit.visit_id, relation=relation
        )

    def guardian(self, visit: Visit, card: IdCard, device: str) -> Visit:
        """Take the guardian from a document that was read. device: the reader's URI, for the trail.

        Refused: it is the applicant's own, a minor's, or no longer valid.
        """
        at = self._clock.now()
        today = shanghai(at).date()
        if visit.card is not None and card.number and card.number == visit.card.number:
            raise Refused("这是申请人自己的证件", "监护人要用自己的证件。", "请放监护人的证件，再读一次。")
        years = age(birth_of(card.birth or "", card.number or ""), today)
        if years is not None and years < GUARDIAN_AGE:
            raise Refused("不能当监护人", f"证件的持有人未满 {GUARDIAN_AGE} 周岁。", "请成年的监护人出示证件。")
        if card.expired(today):
            raise Refused("监护人的证件已过期", "过期的证件不能用来办理。", "请出示有效的证件，或请另一位监护人来办。")
        facts = [replace(fact, role=GUARDIAN) for fact in card_facts(card, at, device) if fact.element in _ASKED]
        visit = _without_guardian(visit)
        assist = replace(visit.assist, companion=Companion(Role.GUARDIAN))
        checklist = visit.checklist.waive_by_guardian(card)
        changed = replace(visit, form=visit.form.add(facts), assist=assist, checklist=checklist)
        return changed.with_event(
            at, self._duty.clerk, "guardian.read", mask(card.number or ""), type=str(card.type), device=device
        )


def is_minor(visit: Visit, today: dt.date) -> bool:
    """Is whoever's card was read, or whom the form names when none was, not yet of age?"""
    card, values = visit.card, visit.form.values()
    if card is not None:
        years = age(birth_of(card.birth or "", card.number or ""), today)
    else:
        years = _years(values, ROLE, today)
    return years is not None and years < GUARDIAN_AGE


def guardian_of(visit: Visit) -> str:
    """The name of the guardian who acts at this visit; "" when nobody does."""
    came = visit.assist.companion
    return visit.form.values().get(f"{GUARDIAN}.name", "") if came and came.role is Role.GUARDIAN else ""


def applicant_named(visit: Visit) -> str:
    """Whom the form names as the applicant, or the card; "" for nobody."""
    values = visit.form.values()
    keys = keys_of(values)
    return values[keys[0]] if keys is not None else (visit.card.name or "") if visit.card is not None else ""


def guardian_findings(visit: Visit, today: dt.date) -> GuardianFindings:
    """What stands against acceptance where an item wants a minor's guardian (Item.guardian)."""
    values = visit.form.values()
    subject = keys_of({key: value for key, value in values.items() if key.split(".")[0] in (ROLE, _CHILD)})
    role = subject[0].split(".")[0] if subject else ROLE
    years = _years(values, role, today)
    wanted = [item.name for item in visit.items if item.guardian]
    if not wanted or years is None or years >= GUARDIAN_AGE:
        return GuardianFindings()
    name, number = (values.get(f"{GUARDIAN}.{key}", "") for key in ("name", "id_number"))
    what = "、".join(wanted)
    if not name or not number:
        return GuardianFindings((f"{what}：申请人未成年，要由监护人代为申请，还没有登记监护人（Shift+F4）",))
    if number == values.get(f"{role}.id_number", ""):
        return GuardianFindings((f"{what}：监护人和申请人是同一个人",))
    old = age(birth_of("", number), today)
    if old is not None and old < GUARDIAN_AGE:
        return GuardianFindings((f"{what}：登记的监护人未满 {GUARDIAN_AGE} 周岁",))
    fact = visit.form.state(f"{GUARDIAN}.id_number").fact
    read = fact is not None and fact.source.kind in (SourceKind.CARD, SourceKind.QUERY, SourceKind.LICENCE)
    return GuardianFindings((), () if read else ("监护人的证件没有读，请核对原件",))


def _years(values: dict[str, str], role: str, today: dt.date) -> int | None:
    birth = birth_of(values.get(f"{role}.birth_date", ""), values.get(f"{role}.id_number", ""))
    return age(birth, today)


def _read_of(fact: Fact, role: str) -> bool:
    return fact.role == role and fact.source.kind is SourceKind.CARD


def _without_guardian(visit: Visit) -> Visit:
    """Without what an earlier guardian's document said: it was another person's."""
    gone = [fact for fact in visit.form.facts if _read_of(fact, GUARDIAN)]
    if not gone:
        return visit
    return replace(visit, form=visit.form.withdraw(gone), checklist=visit.checklist.without_guardian())
