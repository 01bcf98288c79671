"""The checklist of a visit: every material once for all items, and how each is settled.

Immutable: each action returns the checklist after it. Pages, proofs, tolerance and promise are remembered side by
side, and how a material stands is worked out from them: taking one thing back uncovers the other, and an item that
joins later finds what a licence proved before it came.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from app.domain.errors import BadInput, Refused
from app.domain.fact import Verdict
from app.domain.item import Item, MaterialUse
from app.domain.licence import LicenceReading
from app.domain.material import Material, MaterialStatus, Page
from app.domain.person import LONG_TERM, IdCard
from app.materials.workdays import due_after

CARD_PREFIX = "card:"
"""In waived_by: waived when a card of this type is read by chip at the window, e.g. card:resident."""

_ROOT = "1.2.156.3005.2."
"""Of the e-licence identifier (GB/T 36904); the 21-character type code follows."""

_HISTORY = 200
_WAIVING = (Verdict.SIGNATURE_VALID, Verdict.VERIFIED_ONLINE)


@dataclass(frozen=True, slots=True)
class _Settlement:
    pages: tuple[Page, ...] = ()
    tolerated_on: dt.date | None = None
    promised: bool = False


_NOTHING = _Settlement()


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """Everything learnt and done. proofs: what a verified licence or card can waive -> the reason, in words."""

    done: dict[str, _Settlement] = field(default_factory=dict)
    proofs: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Line:
    use: MaterialUse
    asked_by: tuple[str, ...]


class Checklist:
    """What the items ask for, merged, and how it stands. Immutable; what can be done depends on the items alone."""

    __slots__ = ("_before", "_lines", "_now")

    def __init__(self, items: Sequence[Item], previous: Checklist | None = None) -> None:
        """previous: keeps what was learnt and done before the cart changed, also for items that may come back."""
        asked: dict[str, list[tuple[str, MaterialUse]]] = {}
        for item in {item.code: item for item in items}.values():
            for use in item.materials:
                asked.setdefault(use.id, []).append((item.code, use))
        self._lines = {
            key: _Line(strictest([use for _, use in some]), tuple(code for code, _ in some))
            for key, some in asked.items()
        }
        self._now: _Snapshot = previous._now if previous else _Snapshot()
        self._before: tuple[_Snapshot, ...] = previous._before if previous else ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Checklist) and (self._lines, self._now) == (other._lines, other._now)

    __hash__ = None  # type: ignore[assignment]

    @property
    def materials(self) -> tuple[Material, ...]:
        """All materials, in the order in which the items ask for them."""
        return tuple(self.material(key) for key in self._lines)

    def material(self, material_id: str) -> Material:
        """One line. KeyError when no item asks for it."""
        line, done = self._lines[material_id], self._now.done.get(material_id, _NOTHING)
        status, reason, due = _standing(line.use, done, self._now.proofs)
        return Material(line.use, line.asked_by, status, reason, done.pages, due)

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
        if today and card.valid_to and card.valid_to != LONG_TERM and card.valid_to < today.isoformat():
            return self
        return self._prove({CARD_PREFIX + card.type.value: f"窗口已读取{card.type.label}芯片"})

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

    def tolerate(self, material_id: str, today: dt.date) -> Checklist:
        """容缺: accept without it, to be handed in within the catalogue's working days from today.

        Refused when an item that requires it does not allow that.
        """
        done, use = self._of(material_id), self._lines[material_id].use
        if not use.tolerable:
            raise Refused("不能容缺受理", f"“{use.name}”不在可容缺材料之列", "请收取材料，或者请申请人补齐后再来")
        return self._with(material_id, replace(done, tolerated_on=today, promised=False))

    def promise(self, material_id: str) -> Checklist:
        """告知承诺: replaced by a signed promise. Refused when an item that requires it does not allow that."""
        done, use = self._of(material_id), self._lines[material_id].use
        if not use.promise:
            raise Refused("不能以承诺代替", f"“{use.name}”不适用告知承诺", "请收取材料，或者请申请人补齐后再来")
        return self._with(material_id, replace(done, promised=True, tolerated_on=None))

    def withdraw(self, material_id: str) -> Checklist:
        """Take tolerance and promise back; pages and waivers stay."""
        return self._with(material_id, replace(self._of(material_id), tolerated_on=None, promised=False))

    @property
    def can_undo(self) -> bool:
        return bool(self._before)

    def undo(self) -> Checklist:
        """The checklist before the last action, under the present items; itself when there is none."""
        return self._made(self._before[-1], self._before[:-1]) if self._before else self

    def to_json(self) -> dict[str, Any]:
        """What was learnt and done, as a JSON document; the items are named by the draft around it."""
        return {
            "done": {
                key: {
                    "pages": [asdict(page) for page in done.pages],
                    "tolerated_on": done.tolerated_on.isoformat() if done.tolerated_on else None,
                    "promised": done.promised,
                }
                for key, done in self._now.done.items()
                if done != _NOTHING
            },
            "proofs": dict(self._now.proofs),
        }

    @classmethod
    def from_json(cls, items: Sequence[Item], document: Any) -> Checklist:
        """Read it back under the items as they are today. Raises BadInput when it is no such document."""
        try:
            done = {str(key): _read_settlement(d) for key, d in document["done"].items()}
            proofs = {str(key): str(reason) for key, reason in document["proofs"].items()}
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise BadInput("草稿不能恢复", "材料清单不完整或者已损坏", "请重新核对并拍摄材料") from error
        return cls(items)._made(_Snapshot(done, proofs), ())

    def _prove(self, proofs: dict[str, str]) -> Checklist:
        now = replace(self._now, proofs=self._now.proofs | proofs)
        return self if now == self._now else self._step(now)

    def _of(self, material_id: str) -> _Settlement:
        if material_id not in self._lines:
            raise Refused("不用收这份材料", "所选事项都不要求它", "先在材料清单里选中一份材料")
        return self._now.done.get(material_id, _NOTHING)

    def _with(self, material_id: str, done: _Settlement) -> Checklist:
        return self._step(replace(self._now, done={**self._now.done, material_id: done}))

    def _step(self, now: _Snapshot) -> Checklist:
        return self._made(now, (*self._before, self._now)[-_HISTORY:])

    def _made(self, now: _Snapshot, before: tuple[_Snapshot, ...]) -> Checklist:
        made = Checklist(())
        made._lines, made._now, made._before = self._lines, now, before
        return made


def strictest(uses: Sequence[MaterialUse]) -> MaterialUse:
    """One material as several items want it together. Only items that require it have a say in what may replace it."""
    deciding = [use for use in uses if use.required] or list(uses)
    return replace(
        uses[0],
        required=any(use.required for use in uses),
        original=any(use.original for use in uses),
        copies=max(use.copies for use in uses),
        tolerable=all(use.tolerable for use in deciding),
        tolerance_days=min(use.tolerance_days for use in deciding),
        promise=all(use.promise for use in deciding),
        waived_by=tuple(w for w in deciding[0].waived_by if all(w in use.waived_by for use in deciding)),
        acceptance_points=tuple(dict.fromkeys(point for use in uses for point in use.acceptance_points)),
    )


def _standing(
    use: MaterialUse, done: _Settlement, proofs: Mapping[str, str]
) -> tuple[MaterialStatus, str, dt.date | None]:
    """What counts of all that was done: paper in hand, then proof, then leave to bring it later.

    Asked anew each time, because an item that came later may not know the tolerance or the promise.
    """
    if done.pages:
        return MaterialStatus.CAPTURED, f"已拍 {len(done.pages)} 页", None
    waived = next((proofs[name] for name in use.waived_by if name in proofs), "")
    if waived:
        return MaterialStatus.WAIVED, waived, None
    if done.tolerated_on and use.tolerable:
        due = due_after(done.tolerated_on, use.tolerance_days)
        note = f"（{due.note}）" if due.note else ""
        words = f"{use.tolerance_days} 个工作日内补交，最迟 {due.day.isoformat()}{note}"
        return MaterialStatus.TOLERATED, words, due.day
    if done.promised and use.promise:
        return MaterialStatus.PROMISED, "以申请人签署的承诺书代替", None
    if use.required:
        return MaterialStatus.MISSING, "", None
    return MaterialStatus.OPTIONAL, "非必交，未提交", None


def _how(reading: LicenceReading) -> str:
    if reading.verdict is Verdict.VERIFIED_ONLINE:
        return "联网核验有效"
    day = f"，信任名单 {reading.trust_date.isoformat()}" if reading.trust_date else ""
    return f"签名有效（离线{day}）"


def _read_settlement(document: Any) -> _Settlement:
    if not isinstance(document["promised"], bool):
        raise TypeError("promised must be true or false")
    day = document["tolerated_on"]
    return _Settlement(
        tuple(Page(**page) for page in document["pages"]),
        dt.date.fromisoformat(day) if day else None,
        document["promised"],
    )
