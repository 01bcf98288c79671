"""The checklist of a visit: every material once for all items, and how each is settled.

Immutable: each action returns the checklist after it. Pages, proofs, tolerance and promise are remembered side by
side, and how a material stands is worked out from them (app.materials.settle): taking one thing back uncovers the
other, and an item that joins later finds what a licence proved before it came. A material whose condition does not
hold is not on the list; what was done for it is kept and returns with it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app.domain.clock import shanghai
from app.domain.errors import BadInput, Refused
from app.domain.fact import Verdict
from app.domain.item import FACE_CHECK, Item, MaterialUse, holds
from app.domain.licence import LicenceReading
from app.domain.material import Clearance, Material, MaterialStatus, Origin, Page
from app.domain.person import IdCard
from app.materials.settle import NOTHING, Settlement, kept_from, may_reuse, proof_for, standing, strictest

CARD_PREFIX = "card:"
"""In waived_by: waived when a card of this type is read by chip at the window, e.g. card:resident."""
GUARDIAN_PREFIX = "guardian:"
"""In waived_by: waived when the guardian's card of this type is read by chip at the window, e.g. guardian:resident."""
QUERY_PREFIX = "query:"
"""In waived_by: waived when a shared-data query of this kind was answered, e.g. query:marriage."""

_ROOT = "1.2.156.3005.2."
"""Of the e-licence identifier (GB/T 36904); the 21-character type code follows."""

_HISTORY = 200
_WAIVING = (Verdict.SIGNATURE_VALID, Verdict.VERIFIED_ONLINE)


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """Everything learnt and done. proofs: what a verified licence or card can waive -> the reason, in words.
    checks: what tolerance hangs on (MaterialUse.tolerance_needs) -> how it came out."""

    done: dict[str, Settlement] = field(default_factory=dict)
    proofs: dict[str, str] = field(default_factory=dict)
    checks: dict[str, Clearance] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Line:
    use: MaterialUse
    asked_by: tuple[str, ...]


class Checklist:
    """What the items ask for, merged, and how it stands. Immutable; what can be done depends on the items alone."""

    __slots__ = ("_asked", "_before", "_facts", "_lines", "_now", "condition_keys")

    def __init__(
        self, items: Sequence[Item], previous: Checklist | None = None, values: Mapping[str, str] | None = None
    ) -> None:
        """previous: keeps what was learnt and done before the cart changed, also for items that may come back.

        values: form values and answers by which conditions are judged (`under`); None: those that previous knew.
        """
        asked: dict[str, list[tuple[str, MaterialUse]]] = {}
        for item in {item.code: item for item in items}.values():
            for use in item.materials:
                asked.setdefault(use.id, []).append((item.code, use))
        self._asked = asked
        self.condition_keys = frozenset(key for some in asked.values() for _, use in some for key in use.when)
        known = values if values is not None else previous._facts if previous else {}
        self._facts: dict[str, str] = {key: known[key] for key in self.condition_keys if known.get(key)}
        self._lines = _lines(asked, self._facts)
        self._now: _Snapshot = previous._now if previous else _Snapshot()
        self._before: tuple[_Snapshot, ...] = previous._before if previous else ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Checklist) and (self._lines, self._now) == (other._lines, other._now)

    __hash__ = None  # type: ignore[assignment]

    def under(self, values: Mapping[str, str]) -> Checklist:
        """The checklist under these form values and answers; itself when no condition (`condition_keys`) is touched."""
        facts = {key: values[key] for key in self.condition_keys if values.get(key)}
        if facts == self._facts:
            return self
        made = self._made(self._now, self._before)
        made._facts, made._lines = facts, _lines(self._asked, facts)
        return made

    @property
    def materials(self) -> tuple[Material, ...]:
        """All materials wanted now, in the order in which the items ask for them."""
        return tuple(self.material(key) for key in self._lines)

    def material(self, material_id: str) -> Material:
        """One line. KeyError when no item asks for it now."""
        line = self._lines[material_id]
        return standing(
            line.use, line.asked_by, self._now.done.get(material_id, NOTHING), self._now.proofs, self._now.checks
        )

    def unsettled(self) -> tuple[Material, ...]:
        """What still stands in the way of acceptance."""
        return tuple(m for m in self.materials if not m.status.settled)

    @property
    def saved(self) -> int:
        """How many separate copies were spared: those that items share, and all of a material that is waived."""
        return sum(len(m.asked_by) - (m.status is not MaterialStatus.WAIVED) for m in self.materials)

    def waive_by_licence(self, reading: LicenceReading) -> Checklist:
        """Waive 免交 what a verified licence proves. A licence that is merely captured, expired … waives nothing.

        Whose licence it must be is the caller's to judge: a tenant shows the landlord's.
        """
        if reading.verdict not in _WAIVING:
            return self
        identifier = reading.licence.get("identifier", "")
        type_code = identifier.removeprefix(_ROOT).partition(".")[0] if identifier.startswith(_ROOT) else ""
        title = reading.licence.get("title") or "电子证照"
        issuer = f"，签发：{reading.issuer}" if reading.issuer else ""
        reason = f"已核验《{title}》电子证照{issuer}，{_how(reading)}"
        return self._prove({name: reason for name in (reading.licence.get("type", ""), type_code) if name})

    def waive_by_card(self, card: IdCard, today: dt.date | None = None) -> Checklist:
        """Waive 免交 what the card's chip, read at the window, proves. With today an expired card waives nothing."""
        if today and card.expired(today):
            return self
        return self._prove({CARD_PREFIX + card.type.value: f"窗口已读取{card.type.label}芯片"})

    def waive_by_guardian(self, card: IdCard) -> Checklist:
        """Waive 免交 what a guardian's own card, read at the window and valid, proves."""
        return self._prove({GUARDIAN_PREFIX + card.type.value: f"窗口已读取监护人的{card.type.label}芯片"})

    def without_guardian(self) -> Checklist:
        """An earlier guardian's card proves nothing any more."""
        proofs = {name: why for name, why in self._now.proofs.items() if not name.startswith(GUARDIAN_PREFIX)}
        now = replace(self._now, proofs=proofs)
        return self if now == self._now else self._step(now)

    def waive_by_query(
        self,
        kind: str,
        department: str,
        at: dt.datetime,
        reference: str = "",
        materials: Collection[str] | None = None,
    ) -> Checklist:
        """Waive 免交 what a shared-data query of this kind proves. department: who answered; at: when, UTC.

        reference: the number of the call. materials: ids of those that the answer proves; None: all that name the kind.
        Whose data it must be, and whether the answer says yes, is the caller's to judge.
        """
        call = f"，编号 {reference}" if reference else ""
        reason = f"已通过数据共享向{department}查询核实（{shanghai(at):%Y-%m-%d %H:%M}{call}）"
        name = QUERY_PREFIX + kind
        names = [name] if materials is None else [proof_for(name, material) for material in materials]
        return self._prove(dict.fromkeys(names, reason))

    def reuse(self, material_id: str, pages: Sequence[Page], origin: Origin, today: dt.date) -> Checklist:
        """Take over the pages of an earlier case. Pages captured now go before them.

        Refused when the catalogue does not allow that, or the paper is too old today.
        """
        done, use = self._of(material_id), self._lines[material_id].use
        if not pages or not may_reuse(use, origin, today):
            limit = f"只能沿用 {use.reuse_days} 天以内提交的" if use.reuse_days else "每次都要重新提交"
            raise Refused("不能沿用以前的材料", f"“{use.name}”{limit}", "请收取材料")
        return self._with(material_id, replace(done, reused=tuple(pages), origin=origin, reused_on=today))

    def tick(self, material_id: str, index: int) -> Checklist:
        """Confirm an acceptance point 收件要点, counted from 0, or take that back. IndexError when there is none."""
        done, points = self._of(material_id), self._lines[material_id].use.acceptance_points
        if not 0 <= index < len(points):
            raise IndexError(f"no point {index}")
        point = points[index]
        ticked = tuple(p for p in done.ticked if p != point) if point in done.ticked else (*done.ticked, point)
        return self._with(material_id, replace(done, ticked=ticked))

    def tick_all(self, material_id: str) -> Checklist:
        """Confirm every acceptance point; take all back when all are confirmed."""
        done, points = self._of(material_id), self._lines[material_id].use.acceptance_points
        if not points:
            return self
        ticked = () if set(points) <= set(done.ticked) else points
        return self._with(material_id, replace(done, ticked=ticked))

    def capture(self, material_id: str, page: Page) -> Checklist:
        """Add a page. Refused when no item asks for the material. The same page twice is one page."""
        done = self._of(material_id)
        if page in done.pages:
            return self
        return self._with(material_id, replace(done, pages=(*done.pages, page)))

    def drop_page(self, material_id: str, index: int) -> Checklist:
        """Take a page away, counted from 0. IndexError when there is none."""
        done = self._of(material_id)
        if not 0 <= index < len(done.pages):
            raise IndexError(f"no page {index}")
        return self._with(material_id, replace(done, pages=done.pages[:index] + done.pages[index + 1 :]))

    def replace_page(self, material_id: str, index: int, page: Page) -> Checklist:
        """Put another picture in a page's place, e.g. the same page turned. IndexError when there is none."""
        done = self._of(material_id)
        if not 0 <= index < len(done.pages):
            raise IndexError(f"no page {index}")
        pages = (*done.pages[:index], page, *done.pages[index + 1 :])
        return self._with(material_id, replace(done, pages=tuple(dict.fromkeys(pages))))

    def move_page(self, material_id: str, index: int, to: int) -> Checklist:
        """Move a page to another place, both counted from 0. IndexError when there is none."""
        done = self._of(material_id)
        if not (0 <= index < len(done.pages) and 0 <= to < len(done.pages)):
            raise IndexError(f"no page {index} or place {to}")
        if index == to:
            return self
        pages = list(done.pages)
        pages.insert(to, pages.pop(index))
        return self._with(material_id, replace(done, pages=tuple(pages)))

    def drop_reuse(self, material_id: str) -> Checklist:
        """Give the pages of an earlier case back."""
        done = self._of(material_id)
        return self._with(material_id, replace(done, reused=(), origin=None, reused_on=None)) if done.reused else self

    def tolerate(self, material_id: str, today: dt.date) -> Checklist:
        """容缺: accept without it, to be handed in within the catalogue's working days from today.

        Refused when an item that requires it does not allow that, or only after a check that nobody has made or that
        came out badly.
        """
        done, use = self._of(material_id), self._lines[material_id].use
        if not use.tolerable:
            raise Refused("不能容缺受理", f"“{use.name}”不在可容缺材料之列", "请收取材料，或者请申请人补齐后再来")
        if kept := kept_from(use, self._now.checks):
            raise _not_tolerated(use.name, *kept)
        return self._with(material_id, replace(done, tolerated_on=today, promised=False, promised_on=None))

    def promise(self, material_id: str, today: dt.date | None = None) -> Checklist:
        """告知承诺: replaced by a signed promise, to be checked within the catalogue's working days from today.

        Without today there is no day of the check. Refused when an item that requires it does not allow that.
        """
        done, use = self._of(material_id), self._lines[material_id].use
        if not use.promise:
            raise Refused("不能以承诺代替", f"“{use.name}”不适用告知承诺", "请收取材料，或者请申请人补齐后再来")
        return self._with(material_id, replace(done, promised=True, promised_on=today, tolerated_on=None))

    def may_tolerate(self, material_id: str) -> bool:
        """Would `tolerate` do it now? KeyError when no item asks for it."""
        use = self._lines[material_id].use
        return use.tolerable and kept_from(use, self._now.checks) is None

    def cleared(self, need: str, ok: bool, words: str) -> Checklist:
        """How a check that tolerance may hang on came out (MaterialUse.tolerance_needs); the last one counts."""
        known = self._now.checks.get(need)
        made = Clearance(ok, words)
        return self if known == made else self._step(replace(self._now, checks={**self._now.checks, need: made}))

    def clearance(self, need: str) -> Clearance | None:
        """How a check came out; None: nobody has made it for this person."""
        return self._now.checks.get(need)

    def withdraw(self, material_id: str) -> Checklist:
        """Take tolerance and promise back; pages and waivers stay."""
        done = self._of(material_id)
        return self._with(material_id, replace(done, tolerated_on=None, promised=False, promised_on=None))

    def for_another_person(self) -> Checklist:
        """Another person's card was read: papers in hand stay, with what was confirmed on them; the rest goes.

        Nothing of the first person can be had back by `undo`.
        """
        kept = {
            key: Settlement(pages=done.pages, ticked=done.ticked) for key, done in self._now.done.items() if done.pages
        }
        return self._made(_Snapshot(kept), ())

    def with_papers_of_firm(self, before: Checklist) -> Checklist:
        """The same firm, another person: papers about the firm serve again, with what was confirmed on them, and so
        does what a licence or a query proved of the firm alone.
        """
        about_firm = {use.id for some in self._asked.values() for _, use in some if use.firm_paper}
        kept = {
            key: replace(done, tolerated_on=None, promised=False, promised_on=None)
            for key, done in before._now.done.items()
            if key in about_firm
        }
        uses = [use for asked in (self._asked, before._asked) for some in asked.values() for _, use in some]
        personal = {name for use in uses if not use.firm_paper for name in use.waived_by}
        named = {name for use in uses if use.firm_paper for name in use.waived_by} - personal
        proofs = {
            name: reason
            for name, reason in before._now.proofs.items()
            if not name.startswith(CARD_PREFIX) and (name in named or name.partition("@")[2] in about_firm)
        }
        return self._made(_Snapshot({**self._now.done, **kept}, {**self._now.proofs, **proofs}), ())

    @property
    def can_undo(self) -> bool:
        return bool(self._before)

    def undo(self) -> Checklist:
        """The checklist before the last action, under the present items; itself when there is none."""
        return self._made(self._before[-1], self._before[:-1]) if self._before else self

    def to_json(self) -> dict[str, Any]:
        """What was learnt and done, as a JSON document; the items are named by the draft around it."""
        return {
            "done": {key: done.to_json() for key, done in self._now.done.items() if done != NOTHING},
            "proofs": dict(self._now.proofs),
            "checks": {key: [check.ok, check.words] for key, check in self._now.checks.items()},
        }

    @classmethod
    def from_json(cls, items: Sequence[Item], document: Any) -> Checklist:
        """Read it back under the items as they are today. Raises BadInput when it is no such document."""
        try:
            done = {str(key): Settlement.from_json(d) for key, d in document["done"].items()}
            proofs = {str(key): str(reason) for key, reason in document["proofs"].items()}
            told = document.get("checks", {}).items()  # drafts of an older version have none
            checks = {str(key): Clearance(bool(ok), str(words)) for key, (ok, words) in told}
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise BadInput("草稿不能恢复", "材料清单不完整或者已损坏", "请重新核对并拍摄材料") from error
        return cls(items)._made(_Snapshot(done, proofs, checks), ())

    def _prove(self, proofs: dict[str, str]) -> Checklist:
        now = replace(self._now, proofs=self._now.proofs | proofs)
        return self if now == self._now else self._step(now)

    def _of(self, material_id: str) -> Settlement:
        if material_id not in self._lines:
            raise Refused("不用收这份材料", "所选事项都不要求它", "先在材料清单里选中一份材料")
        return self._now.done.get(material_id, NOTHING)

    def _with(self, material_id: str, done: Settlement) -> Checklist:
        return self._step(replace(self._now, done={**self._now.done, material_id: done}))

    def _step(self, now: _Snapshot) -> Checklist:
        return self._made(now, (*self._before, self._now)[-_HISTORY:])

    def _made(self, now: _Snapshot, before: tuple[_Snapshot, ...]) -> Checklist:
        made = Checklist(())
        made._asked, made.condition_keys, made._facts = self._asked, self.condition_keys, self._facts
        made._lines, made._now, made._before = self._lines, now, before
        return made


def _not_tolerated(name: str, need: str, check: Clearance | None) -> Refused:
    """Why it is not tolerated, and what would help."""
    if check is not None:
        return Refused("不能容缺受理，请逐件审核", f"“{name}”：{check.words}", "请收取材料，或者请申请人补齐后再来")
    if need == FACE_CHECK:
        return Refused("先核对人证再容缺", f"“{name}”核对本人后才能容缺", "按 Ctrl+F3 核对，是本人后再按 T")
    return Refused("先核查再容缺", f"“{name}”要先查共享数据才能容缺", "按 Ctrl+D 查询后再按 T")


def _lines(asked: Mapping[str, Sequence[tuple[str, MaterialUse]]], facts: Mapping[str, str]) -> dict[str, _Line]:
    """What is wanted under these facts: an item whose condition does not hold has no say in the material either."""
    wanted = {key: [(code, use) for code, use in some if holds(use.when, facts)] for key, some in asked.items()}
    return {
        key: _Line(strictest([use for _, use in some]), tuple(code for code, _ in some))
        for key, some in wanted.items()
        if some
    }


def _how(reading: LicenceReading) -> str:
    if reading.verdict is Verdict.VERIFIED_ONLINE:
        return "联网核验有效"
    day = f"，信任名单 {reading.trust_date.isoformat()}" if reading.trust_date else ""
    return f"签名有效（离线{day}）"
