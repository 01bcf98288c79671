"""Unfinished visits: kept at each pause, parked, taken up again, dropped. docs/adr/0014-drafts.md."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any

from app.domain.case import AuditEvent
from app.domain.clock import Clock
from app.domain.errors import BadInput, Refused
from app.domain.item import Catalog
from app.domain.person import mask_name
from app.services.duty import Duty
from app.services.fill_form import FillForm
from app.services.visit import Visit, chosen_names
from app.services.visit_file import Reopened, read_visit, visit_document
from offline_db.drafts import Draft, DraftState
from offline_db.store import Store
from offline_db.vault import Vault

SELF_SERVICE, HANDED_OVER = "visit.self_service", "visit.handed_over"
"""In the trail: an applicant began by themselves 自助, and handed over to the counter."""
_NAMED = 3
"""So many things that lack are named in a list; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """One unfinished visit in a list. who: masked, with the last digits of the number, so that two 张* are told apart.

    what: names of items and bundles. filled of asked fields, settled of materials. lacks: what is named first; more:
    how many besides. since: when it was parked, or last saved. clerk: who had it. by_self: prepared by the
    applicant alone; ticket: the number given out for it, "" when it was not finished.
    """

    draft_id: str
    state: DraftState
    since: dt.datetime
    clerk: str
    who: str = ""
    tail: str = ""
    what: tuple[str, ...] = ()
    filled: int = 0
    asked: int = 0
    settled: int = 0
    materials: int = 0
    lacks: tuple[str, ...] = ()
    more: int = 0
    by_self: bool = False
    ticket: str = ""


class Drafts:
    """Reads and writes the store and the vault: not for the event loop."""

    def __init__(self, store: Store, vault: Vault, catalog: Catalog, clock: Clock, duty: Duty) -> None:
        self._store = store
        self._vault = vault
        self._catalog = catalog
        self._clock = clock
        self._duty = duty
        # The screen's own remembers one validator for the event loop; this one works in the pool.
        self._fill = FillForm(clock)
        self._lock = Lock()
        # A save that was under way comes late: it must neither bring back what ended nor take up what was parked.
        self._ended: set[str] = set()
        self._parked: set[str] = set()
        self._hand = ""

    def save(self, visit: Visit) -> bool:
        """Keep the visit in hand. False when it was parked or has ended meanwhile."""
        with self._lock:
            self._hand = visit.visit_id
            away = visit.visit_id in self._ended | self._parked
            return not away and self._keep(visit, DraftState.OPEN)

    def park(self, visit: Visit) -> bool:
        """Put the visit aside, to be taken up by whoever is on duty then. On the disk when this returns."""
        event = AuditEvent(self._clock.now(), self._duty.clerk, "visit.parked", visit.visit_id, {})
        with self._lock:
            if visit.visit_id in self._ended or not self._keep(visit, DraftState.PARKED, event):
                return False
            self._parked.add(visit.visit_id)
            return True

    def park_left(self, draft_id: str) -> None:
        """Put a visit that a crash left over among the parked ones."""
        event = AuditEvent(self._clock.now(), self._duty.clerk, "visit.parked", draft_id, {"left": True})
        with self._lock:
            self._store.set_draft_state(draft_id, DraftState.PARKED, event)
            self._parked.add(draft_id)

    def listed(self) -> list[Unfinished]:
        """All unfinished visits: the parked ones in the order in which they were parked, then what was left over."""
        return [_unfinished(draft) for draft in self._store.drafts()]

    def take_up(self, draft_id: str) -> Reopened:
        """Read a visit back into the hand.

        BadInput when it cannot be read: it is then set aside, kept as it is, and stands in no one's way.
        Refused when it is not there any more.
        """
        text = self._store.draft_text(draft_id)
        if text is None:
            raise Refused("没有这份草稿", "这位来访者的办理内容已经取回或者已经结束。", "请在挂起清单中重新选择。")
        try:
            reopened = read_visit(_parsed(text), self._catalog, self._clock.now())
            if reopened.visit.visit_id != draft_id:
                raise BadInput("草稿不能恢复", "草稿内容不完整或者已损坏", "请重新读证件、扫证照并填写")
        except BadInput:
            event = AuditEvent(self._clock.now(), self._duty.clerk, "visit.unreadable", draft_id, {})
            self._store.set_draft_state(draft_id, DraftState.UNREADABLE, event)
            raise
        at = self._clock.now()
        event = AuditEvent(at, self._duty.clerk, "visit.resumed", draft_id, {"changes": len(reopened.changes)})
        with self._lock:
            self._store.set_draft_state(draft_id, DraftState.OPEN, event)
            self._parked.discard(draft_id)
            self._hand = draft_id
        return reopened

    def end(self, visit: Visit) -> None:
        """The visitor leaves without a case: what was looked at stays in the audit trail, the rest goes."""
        closed = AuditEvent(self._clock.now(), self._duty.clerk, "visit.abandoned", visit.visit_id, {})
        events = (*visit.events, closed) if visit.events else ()
        with self._lock:
            self._ended.add(visit.visit_id)
            self._store.drop_draft(visit.visit_id, events)

    def discard(self, draft_id: str) -> None:
        """Drop an unfinished visit unopened. Its events are kept, as far as it can be read."""
        text = self._store.draft_text(draft_id)
        try:
            events = read_visit(_parsed(text), self._catalog, self._clock.now()).visit.events
        except BadInput:
            events = ()
        closed = AuditEvent(self._clock.now(), self._duty.clerk, "visit.abandoned", draft_id, {"unopened": True})
        with self._lock:
            self._ended.add(draft_id)
            self._store.drop_draft(draft_id, (*events, closed))

    def expire(self, draft_ids: Iterable[str], by: str) -> int:
        """Drop unfinished visits that nobody came back for, never the one in hand; how many. by: whose rule it is."""
        dropped = 0
        for draft_id in draft_ids:
            with self._lock:
                if draft_id != self._hand:
                    event = AuditEvent(self._clock.now(), by, "visit.expired", draft_id, {})
                    self._store.drop_draft(draft_id, [event])
                    dropped += 1
        if dropped:
            self.sweep()
        return dropped

    def sweep(self) -> int:
        """Remove the captured files that ended visits left without a case; how many."""
        with self._lock:
            gone = self._store.orphans()
            for sha256 in gone:
                self._vault.remove(sha256)
            if gone:
                self._store.forget_files(gone)
        return len(gone)

    def _keep(self, visit: Visit, state: DraftState, event: AuditEvent | None = None) -> bool:
        return self._store.save_draft(
            visit.visit_id,
            json.dumps(visit_document(visit, self._catalog), ensure_ascii=False),
            state=state,
            clerk=self._duty.clerk,
            summary=self._summary(visit),
            files=_files(visit),
            event=event,
        )

    def _summary(self, visit: Visit) -> dict[str, object]:
        """What a list shows, worked out now, so that showing the list opens no draft."""
        titles = {field.key: field.title for field in visit.form.definition.fields}
        problems = [p for p in self._fill.problems(visit) if not p.warning]
        lacks = [titles.get(key, key) for key in dict.fromkeys(p.key for p in problems)]
        lacks += [material.use.name for material in visit.checklist.unsettled()]
        name = visit.form.state("applicant.name").value or (visit.card.name if visit.card else "") or ""
        number = visit.form.state("applicant.id_number").value or (visit.card.number if visit.card else "") or ""
        materials = visit.checklist.materials
        return {
            "who": mask_name(name),
            "tail": number[-4:] if len(number) > 8 else "",
            "what": chosen_names(self._catalog, visit.codes),
            "filled": len(visit.form.values()),
            "asked": len(visit.form.asked()),
            "settled": sum(material.status.settled for material in materials),
            "materials": len(materials),
            "lacks": lacks[:_NAMED],
            "more": max(len(lacks) - _NAMED, 0),
            **({} if (ticket := _by_self(visit)) is None else {"by_self": True, "ticket": ticket}),
        }


def _files(visit: Visit) -> list[str]:
    """Every sealed page that the visit holds, also of materials that are not wanted just now, and the signature's."""
    done = visit.checklist.to_json()["done"].values()
    files = [page["sha256"] for entry in done for page in entry["pages"]]
    given = visit.confirmation
    return [*files, given.page.sha256] if given is not None and given.page is not None else files


def _by_self(visit: Visit) -> str | None:
    """The number that was given out for a visit prepared by the applicant alone 自助; "" for an unfinished one; None
    for one that began at the counter."""
    if not any(event.action == SELF_SERVICE for event in visit.events):
        return None
    given = [str(event.details.get("ticket", "")) for event in visit.events if event.action == HANDED_OVER]
    return given[-1] if given else ""


def _parsed(text: str | None) -> Any:
    try:
        return json.loads(text or "")
    except ValueError:
        return None


def _unfinished(draft: Draft) -> Unfinished:
    summary: Mapping[str, object] = draft.summary or {}

    def number(key: str) -> int:
        value = summary.get(key)
        return value if isinstance(value, int) else 0

    def texts(key: str) -> tuple[str, ...]:
        value = summary.get(key)
        return tuple(map(str, value)) if isinstance(value, list) else ()

    return Unfinished(
        draft.draft_id,
        draft.state,
        draft.parked_at or draft.saved_at,
        draft.clerk,
        who=str(summary.get("who", "")),
        tail=str(summary.get("tail", "")),
        what=texts("what"),
        filled=number("filled"),
        asked=number("asked"),
        settled=number("settled"),
        materials=number("materials"),
        lacks=texts("lacks"),
        more=number("more"),
        by_self=bool(summary.get("by_self")),
        ticket=str(summary.get("ticket", "")),
    )
