"""What the clerk does with a licence that was shown: look through it, leave some of it, rely on somebody else's."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain.clock import Clock
from app.domain.errors import BadInput
from app.domain.fact import Fact
from app.forms.fill import same_value
from app.licences.facts import Match, licence_facts
from app.logs import mask_text
from app.materials.checklist import Checklist
from app.services.duty import Duty
from app.services.scan_licence import may_take_over, take_over
from app.services.visit import ScannedLicence, Visit

SHORTEST_REASON = 2
"""Characters: a dot is no reason."""


class Standing(StrEnum):
    """Where a licence's word on a field stands."""

    FILLS = "fills"
    """It stands in the form, or would once it may."""
    AGREES = "agrees"
    """Another source stands there and says the same."""
    DIFFERS = "differs"
    """Another value stands there."""
    LEFT = "left"
    """The clerk does not take it over."""
    NOT_ASKED = "not_asked"
    """The form does not ask it."""


@dataclass(frozen=True, slots=True)
class OfferedFact:
    """One value of a licence for the form, and where it stands. here: what stands in the form now."""

    fact: Fact
    standing: Standing
    here: str = ""


class UseLicence:
    """Every decision goes into the audit trail; nothing of a licence ever fills the applicant (app.licences.facts)."""

    def __init__(self, clock: Clock, duty: Duty) -> None:
        self._clock = clock
        self._duty = duty

    def offered(self, visit: Visit, text: str) -> tuple[OfferedFact, ...]:
        """What the licence with this code says for the form. Those that the form asks come first."""
        entry = _entry(visit, text)
        asked = visit.form.asked()
        found = [self._standing(visit, entry, fact) for fact in licence_facts(entry.reading, self._clock.now())]
        order = {key: place for place, key in enumerate(asked)}
        return tuple(sorted(found, key=lambda one: order.get(one.fact.key, len(order))))

    def waives(self, visit: Visit, text: str) -> tuple[str, ...]:
        """Which materials of the list it makes needless, now or once it may; their ids."""
        entry = _entry(visit, text)
        fresh = Checklist(visit.items).under(visit.form.values())
        proven = fresh.waive_by_licence(entry.reading)
        before = {material.use.id: material.status for material in fresh.materials}
        return tuple(m.use.id for m in proven.materials if m.status is not before[m.use.id])

    def may_fill(self, visit: Visit, text: str) -> bool:
        """May it fill and waive as things stand?"""
        return may_take_over(visit, _entry(visit, text))

    def needs_reason(self, visit: Visit, text: str) -> bool:
        """Is it somebody else's, so that only the clerk's stated reason lets it be used?"""
        entry = _entry(visit, text)
        other = entry.match.match is Match.DIFFERENT and not entry.relied
        return other and visit.card is not None and entry.reading.verdict.usable

    def choose(self, visit: Visit, text: str, keys: Collection[str]) -> Visit:
        """Take these form keys over from the licence and leave its others; what was taken before is withdrawn."""
        entry = _entry(visit, text)
        at = self._clock.now()
        facts = licence_facts(entry.reading, at)
        left = frozenset(fact.key for fact in facts if fact.key not in keys)
        if left == entry.left:
            return visit
        chosen = replace(entry, left=left)
        changed = _with(visit, chosen)
        changed = replace(changed, form=changed.form.withdraw(fact for fact in facts if fact.key in left))
        changed = take_over(changed, chosen, at)
        return changed.with_event(
            at, self._duty.clerk, "licence.chosen", _subject(entry), taken=sorted(keys), left=sorted(left)
        )

    def rely(self, visit: Visit, text: str, reason: str) -> Visit:
        """Use a licence although its holder is not the person at the counter. BadInput without a reason, or where there
        is nothing to decide."""
        entry = _entry(visit, text)
        if not self.needs_reason(visit, text):
            raise BadInput("不用确认", "这份证照不需要说明理由", "请直接查看证照内容。")
        reason = " ".join(reason.split())
        if len(reason) < SHORTEST_REASON:
            raise BadInput("没有写明理由", "持有人不是来访人，须写明为什么可以采用", "例如：房东出租，承租人办理。")
        at = self._clock.now()
        relied = replace(entry, relied=reason)
        changed = take_over(_with(visit, relied), relied, at)
        return changed.with_event(
            at,
            self._duty.clerk,
            "licence.relied",
            _subject(entry),
            match=str(entry.match.match),
            reason=mask_text(reason),
        )

    def _standing(self, visit: Visit, entry: ScannedLicence, fact: Fact) -> OfferedFact:
        if fact.key not in visit.form.asked():
            return OfferedFact(fact, Standing.NOT_ASKED)
        state = visit.form.state(fact.key)
        if fact.key in entry.left:
            return OfferedFact(fact, Standing.LEFT, state.value)
        if state.fact is None or state.fact.source == fact.source or not state.value:
            return OfferedFact(fact, Standing.FILLS, state.value)
        same = same_value(state.value, fact.value)
        return OfferedFact(fact, Standing.AGREES if same else Standing.DIFFERS, state.value)


def _entry(visit: Visit, text: str) -> ScannedLicence:
    found = next((entry for entry in visit.licences if entry.text == text), None)
    if found is None:
        raise BadInput("没有这份证照", "来访人已经换人，或者证照已经移走", "请重新扫码。")
    return found


def _with(visit: Visit, changed: ScannedLicence) -> Visit:
    licences = tuple(changed if entry.text == changed.text else entry for entry in visit.licences)
    return replace(visit, licences=licences)


def _subject(entry: ScannedLicence) -> str:
    return entry.reading.licence.get("identifier", "")
