"""How one material stands: what was done for it, weighed against what its items allow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from types import MappingProxyType
from typing import Any

from app.domain.item import MaterialUse
from app.domain.material import Clearance, Material, MaterialStatus, Origin, Page
from app.materials.workdays import due_after


@dataclass(frozen=True, slots=True)
class Settlement:
    """Everything done for one material, side by side. reused: pages of an earlier case (origin), taken on reused_on."""

    pages: tuple[Page, ...] = ()
    tolerated_on: dt.date | None = None
    promised: bool = False
    promised_on: dt.date | None = None
    ticked: tuple[str, ...] = ()
    reused: tuple[Page, ...] = ()
    origin: Origin | None = None
    reused_on: dt.date | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "pages": [asdict(page) for page in self.pages],
            "tolerated_on": _text(self.tolerated_on),
            "promised": self.promised,
            "promised_on": _text(self.promised_on),
            "ticked": list(self.ticked),
            "reused": [asdict(page) for page in self.reused],
            "origin": {"number": self.origin.number, "day": self.origin.day.isoformat()} if self.origin else None,
            "reused_on": _text(self.reused_on),
        }

    @classmethod
    def from_json(cls, document: Any) -> Settlement:
        """Read `to_json`'s output, an older one too (no ticks, no reuse). KeyError, TypeError or ValueError."""
        if not isinstance(document["promised"], bool):
            raise TypeError("promised must be true or false")
        origin = document.get("origin")
        return cls(
            tuple(Page(**page) for page in document["pages"]),
            _day(document["tolerated_on"]),
            document["promised"],
            _day(document.get("promised_on")),
            tuple(str(point) for point in document.get("ticked", ())),
            tuple(Page(**page) for page in document.get("reused", ())),
            Origin(str(origin["number"]), dt.date.fromisoformat(origin["day"])) if origin else None,
            _day(document.get("reused_on")),
        )


NOTHING = Settlement()


def strictest(uses: Sequence[MaterialUse]) -> MaterialUse:
    """One material as several items want it together. Only items that require it have a say in what may replace it."""
    deciding = [use for use in uses if use.required] or list(uses)
    return replace(
        uses[0],
        required=any(use.required for use in uses),
        original=any(use.original for use in uses),
        copies=max(use.copies for use in uses),
        tolerable=all(use.tolerable for use in deciding),
        tolerance_needs=tuple(dict.fromkeys(need for use in deciding for need in use.tolerance_needs)),
        tolerance_days=min(use.tolerance_days for use in deciding),
        promise=all(use.promise for use in deciding),
        promise_check_days=min(use.promise_check_days for use in deciding),
        reuse_days=min(use.reuse_days for use in deciding),
        waived_by=tuple(w for w in deciding[0].waived_by if all(w in use.waived_by for use in deciding)),
        acceptance_points=tuple(dict.fromkeys(point for use in uses for point in use.acceptance_points)),
        when={},
        shows={},  # of the catalogue alone: what each item wants to read off it is asked of the items
    )


def proof_for(name: str, material_id: str) -> str:
    """The name of a proof that waives one material only."""
    return f"{name}@{material_id}"


def may_reuse(use: MaterialUse, origin: Origin, today: dt.date) -> bool:
    """Is a paper handed in on origin.day still young enough today? A day in the future never is."""
    return use.reuse_days > 0 and 0 <= (today - origin.day).days <= use.reuse_days


def kept_from(use: MaterialUse, checks: Mapping[str, Clearance]) -> tuple[str, Clearance | None] | None:
    """What keeps a tolerable material from being tolerated: a check that came out badly, else one that nobody has made
    (None); None: nothing does."""
    bad = [(need, checks[need]) for need in use.tolerance_needs if need in checks and not checks[need].ok]
    return next(iter(bad), None) or next(((need, None) for need in use.tolerance_needs if need not in checks), None)


def standing(
    use: MaterialUse,
    asked_by: tuple[str, ...],
    done: Settlement,
    proofs: Mapping[str, str],
    checks: Mapping[str, Clearance] = MappingProxyType({}),
) -> Material:
    """What counts of all that was done: paper in hand, then an earlier case's, then proof, then leave to do without.

    Asked anew each time, because an item that came later may not know the tolerance, the promise or the reuse.
    """

    def line(status: MaterialStatus, reason: str = "", **more: Any) -> Material:
        ticked = tuple(point for point in use.acceptance_points if point in done.ticked)
        return Material(use, asked_by, status, reason, ticked=ticked, **more)

    if done.pages:
        return line(MaterialStatus.CAPTURED, f"已拍 {len(done.pages)} 页", pages=done.pages)
    if done.reused and done.origin and done.reused_on and may_reuse(use, done.origin, done.reused_on):
        words = f"沿用办件 {done.origin.number}（{done.origin.day.isoformat()}）的材料，{len(done.reused)} 页"
        return line(MaterialStatus.CAPTURED, words, pages=done.reused, origin=done.origin)
    # A proof may be good for this one material only: the register shows a flat, though not at this address.
    names = (one for name in use.waived_by for one in (name, proof_for(name, use.id)))
    waived = next((proofs[name] for name in names if name in proofs), "")
    if waived:
        return line(MaterialStatus.WAIVED, waived)
    if done.tolerated_on and use.tolerable and kept_from(use, checks) is None:
        due = due_after(done.tolerated_on, use.tolerance_days)
        note = f"（{due.note}）" if due.note else ""
        words = f"{use.tolerance_days} 个工作日内补交，最迟 {due.day.isoformat()}{note}"
        return line(MaterialStatus.TOLERATED, words, due=due.day)
    if done.promised and use.promise:
        check = (
            due_after(done.promised_on, use.promise_check_days) if done.promised_on and use.promise_check_days else None
        )
        words = "以申请人签署的承诺书代替" + (f"，{check.day.isoformat()} 前核查" if check else "")
        return line(MaterialStatus.PROMISED, words, check_due=check.day if check else None)
    if use.required:
        return line(MaterialStatus.MISSING)
    return line(MaterialStatus.OPTIONAL, "非必交，未提交")


def _text(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
