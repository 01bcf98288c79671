"""Out to where people are 外出受理: check a visit's pack out, begin the visit from it, extend it, give it back.

The pack lies in the encrypted store and nowhere else. Numbers come from its own block, so that nobody else gives the
same ones (offline_db.visit_packs).
"""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any, Protocol

from app.domain.case import AuditEvent, Window
from app.domain.clock import Clock, shanghai
from app.domain.errors import BadInput, Refused
from app.domain.fact import SourceKind
from app.domain.item import Catalog
from app.domain.visit_pack import Appointment, Known, PackState, VisitPack, VisitState
from app.forms.prefill import Stated
from app.server.errors import Rejected, Unreachable
from app.server.visit_wire import pack_document, read_appointment, read_pack
from app.services.choose_items import ChooseItems
from app.services.duty import Duty
from app.services.fill_form import FillForm
from app.services.visit import Visit, new_visit
from offline_db.store import Store
from offline_db.visit_packs import PackWork, StoredPack

log = logging.getLogger(__name__)

FEED = "visits"
LABEL = "外出任务包"
_NOT_FOUND = 404


class PackLine(Protocol):
    """The part of app.server.visit_client.VisitClient that is needed."""

    def check_out(
        self, op_id: str, visit_id: str, *, window_id: str, clerk: str, days: int, catalog_version: str
    ) -> VisitPack: ...
    def extend(self, op_id: str, visit_id: str, *, pack_id: str, clerk: str, days: int) -> VisitPack: ...
    def give_back(
        self, op_id: str, visit_id: str, *, pack_id: str, clerk: str, cases: Sequence[str], done: bool, note: str = ""
    ) -> VisitState: ...


class Sent(Protocol):
    """How a run of the upload went, e.g. app.sync.engine.SyncReport. settled: nothing is left to be sent."""

    @property
    def online(self) -> bool: ...
    @property
    def settled(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class PackOnHand:
    """A pack on this machine and what was done under it. left: until it expires."""

    pack: VisitPack
    state: PackState
    left: dt.timedelta
    work: PackWork


@dataclass(frozen=True, slots=True)
class Outing:
    """One line of the list: a visit as the platform lists it, its pack where this machine has it, or both."""

    visit_id: str
    day: dt.date
    time: str
    title: str
    area: str
    items: tuple[str, ...]
    state: VisitState
    holder: str = ""
    until: dt.datetime | None = None
    on_hand: PackOnHand | None = None


@dataclass(frozen=True, slots=True)
class TakenAlong:
    """A visit begun from a pack. open: names whose guide has still to be asked. gone: codes no longer in the
    catalogue."""

    visit: Visit
    pack: VisitPack
    open: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


class VisitPacks:
    """Reads and writes the store, and asks the platform: not for the event loop. `fill` alone may run there.

    push: sends what waits, as a person who asked for it would. days: for how long a pack is asked for.
    """

    def __init__(
        self,
        store: Store,
        line: PackLine,
        catalog: Catalog,
        choose: ChooseItems,
        fill: FillForm,
        clock: Clock,
        duty: Duty,
        window: Window,
        *,
        push: Callable[[], Sent],
        days: int = 7,
    ) -> None:
        self._store = store
        self._line = line
        self._catalog = catalog
        self._choose = choose
        self._fill = fill
        self._clock = clock
        self._duty = duty
        self._window = window
        self._push = push
        self._days = days
        self._lock = Lock()

    # -- what there is ------------------------------------------------------------------------------------------

    def listed(self) -> list[Outing]:
        """The visits from today on, the packs on hand whatever their day, in the order of day and time. What was done
        or belongs to the past is left out."""
        mine = {one.pack.visit_id: one for one in self.on_hand()}
        today = shanghai(self._clock.now()).date()
        found = [
            _line(planned, mine.pop(planned.visit_id, None))
            for row in self._store.feed_rows(FEED)
            if (planned := _planned(row)) is not None
            and (planned.visit_id in mine or (planned.day >= today and planned.state is not VisitState.DONE))
        ]
        found += [
            Outing(p.visit_id, p.day, p.time, p.title, p.area, p.items, VisitState.OUT, until=p.expires_at, on_hand=one)
            for one in mine.values()
            for p in (one.pack,)
        ]
        return sorted(found, key=lambda line: (line.day, line.time, line.title))

    def on_hand(self) -> list[PackOnHand]:
        """The packs on this machine, the one that expires first at the head."""
        found = []
        for stored in self._store.packs():
            try:
                pack = read_pack(stored.body)
            except (BadInput, ValueError):
                log.error("a stored pack cannot be read: %s", stored.pack_id)
                continue
            now = self._clock.now()
            found.append(PackOnHand(pack, stored.state, pack.left(now), self._store.pack_work(stored.pack_id)))
        return found

    # -- out and back -------------------------------------------------------------------------------------------

    def check_out(self, visit_id: str) -> VisitPack:
        """Take a visit's pack along; it is on the disk when this returns.

        Rejected: another device has it, in the platform's words. Unreachable, TryLater: no line.
        """
        with self._lock:
            pack = self._line.check_out(
                str(uuid.uuid4()),
                visit_id,
                window_id=self._window.id,
                clerk=self._duty.clerk,
                days=self._days,
                catalog_version=self._catalog.version,
            )
        event = self._event(
            "pack.checked_out", pack.pack_id, visit=visit_id, until=shanghai(pack.expires_at).isoformat()
        )
        self._store.save_pack(pack.pack_id, visit_id, pack_document(pack), pack.expires_at, event)
        return pack

    def extend(self, pack_id: str) -> VisitPack:
        """Let a pack hold longer, counted from now. Refused: it is not on hand. Others as `check_out`."""
        stored = self._mine(pack_id)
        with self._lock:
            pack = self._line.extend(
                str(uuid.uuid4()), stored.visit_id, pack_id=pack_id, clerk=self._duty.clerk, days=self._days
            )
        event = self._event("pack.extended", pack_id, until=shanghai(pack.expires_at).isoformat())
        self._store.save_pack(pack_id, stored.visit_id, pack_document(pack), pack.expires_at, event)
        return pack

    def give_back(self, pack_id: str, *, done: bool, note: str = "") -> VisitState:
        """Send what waits, give the pack back, and forget what it said of people who are in no accepted case.

        Refused: something could not be sent, or a visit begun from it waits to be finished. Unreachable, TryLater: the
        pack stays; when the line broke only after the return was begun, the next contact ends it (`finish_returns`).
        """
        if not self._push().online:
            raise Unreachable("现在离线，任务包还在本机，可以继续使用")
        work = self._store.pack_work(pack_id)
        if work.parked:
            raise Refused(
                "还不能交回",
                f"任务包下有 {work.parked} 条被平台退回。",
                "请先在待传清单（F9）中处理，再交回。",
            )
        return self._return(self._store.begin_return(pack_id, str(uuid.uuid4()), done=done, note=note))

    def send(self) -> bool:
        """Send what waits; True when nothing is left."""
        return self._push().settled

    def finish_returns(self) -> int:
        """Go on with returns that a broken line or the end of the program left open; how many ended. The network's
        failures are raised as by the client."""
        count = 0
        for stored in self._store.packs():
            if stored.state is PackState.RETURNING:
                self._return(stored)
                count += 1
        return count

    def run(self) -> bool:
        """For the sync engine, after its feeds."""
        return self.finish_returns() > 0

    def _return(self, stored: StoredPack) -> VisitState:
        clerk = str(stored.body.get("clerk", ""))
        try:
            with self._lock:
                state = self._line.give_back(
                    stored.return_op,
                    stored.visit_id,
                    pack_id=stored.pack_id,
                    clerk=clerk,
                    cases=self._store.pack_work(stored.pack_id).cases,
                    done=stored.done,
                    note=stored.note,
                )
        except Rejected as refusal:
            if refusal.status != _NOT_FOUND:
                raise
            # The platform no longer knows it as ours: nothing is gained by keeping people's data here.
            state = VisitState.OPEN
        event = AuditEvent(self._clock.now(), clerk, "pack.returned", stored.pack_id, {"visit": stored.visit_id})
        self._store.end_return(stored.pack_id, event)
        return state

    # -- the visit itself ---------------------------------------------------------------------------------------

    def begin(self, pack_id: str) -> TakenAlong:
        """A new visit from a pack: items chosen, what is known of firm and place filled in. Its numbers are the pack's.

        Refused: the pack has expired, or is not on hand.
        """
        stored = self._mine(pack_id)
        pack = read_pack(stored.body)
        if pack.expired(self._clock.now()):
            raise Refused(
                "任务包已到期",
                "到期后不能再用它受理；草稿和已受理的办件都还在，会照常上报。",
                "请联网后在“外出受理”中延期。",
            )
        visit = new_visit(self._clock.now())
        undecided, gone = [], []
        for code in pack.items:
            name = self.name_of(code)
            if not name:
                gone.append(code)
                continue
            try:
                visit = self._choose.add(visit, code, pack.answers.get(code))
            except BadInput:  # the guide has more to ask, or the items exclude each other
                undecided.append(name)
        visit = self.fill(visit, pack)
        visit = visit.with_event(
            self._clock.now(), self._duty.clerk, "pack.begun", pack_id, visit=pack.visit_id, items=list(visit.codes)
        )
        self._store.bind_visit(visit.visit_id, pack_id)
        return TakenAlong(visit, pack, tuple(undecided), tuple(gone))

    def pack_of(self, visit_id: str) -> VisitPack | None:
        """The pack on hand that a visit began from; None for one that began at the counter."""
        stored = self._store.pack_of_visit(visit_id)
        if stored is None or stored.state is PackState.RETURNED:
            return None
        return read_pack(stored.body)

    def fill(self, visit: Visit, pack: VisitPack) -> Visit:
        """What the pack says of firm and place, and of the person whose card was read if it knows them. What stands
        there already stays; doing it again changes nothing."""
        known = list(pack.facts)
        if pack.firm is not None:
            told = {fact.key for fact in known}
            of_firm = {"business.name": pack.firm.name, "business.uscc": pack.firm.uscc}
            known += [
                Known(key, value, "", pack.checked_out_at)
                for key, value in of_firm.items()
                if value and key not in told
            ]
        changed = self._take(visit, pack, known, "", of_task=True)
        number = visit.card.number if visit.card is not None else None
        person = next((p for p in pack.people if number and p.number == number), None)
        if person is None:
            return changed
        of_person = list(person.facts)
        if person.phone and not any(fact.key == "applicant.phone" for fact in of_person):
            of_person.append(Known("applicant.phone", person.phone, "", pack.checked_out_at))
        return self._take(changed, pack, of_person, person.number, of_task=False)

    def name_of(self, code: str) -> str:
        """What a code stands for; "" when the catalogue has none of it."""
        for known in (self._catalog.bundles, self._catalog.mains, self._catalog.items):
            if code in known:
                return str(known[code].name)
        return ""

    def _take(self, visit: Visit, pack: VisitPack, known: Sequence[Known], number: str, *, of_task: bool) -> Visit:
        # Values that one source said at one time go in together, so that each keeps its own label and age.
        groups: dict[tuple[str, dt.datetime], dict[str, str]] = {}
        for fact in known:
            groups.setdefault((fact.label, fact.at), {})[fact.key] = fact.value
        take = self._fill.from_task if of_task else self._fill.from_stated
        for (label, at), values in groups.items():
            # A source must have a number to be anybody's; the firm's facts are the task's own.
            said = Stated(
                SourceKind.PACK,
                f"{LABEL} · {label}" if label else LABEL,
                pack.pack_id[:8],
                number or pack.pack_id,
                values,
                at,
            )
            visit = take(visit, said)
        return visit

    def _mine(self, pack_id: str) -> StoredPack:
        stored = self._store.pack(pack_id)
        if stored is None or stored.state is not PackState.ON_HAND:
            raise Refused("任务包已交回", "这个任务包已经不在本机。", "请在清单中重新领取。")
        return stored

    def _event(self, action: str, subject: str, **details: Any) -> AuditEvent:
        return AuditEvent(self._clock.now(), self._duty.clerk, action, subject, dict(details))


def _planned(row: dict[str, Any]) -> Appointment | None:
    try:
        return read_appointment(row)
    except (BadInput, ValueError):
        log.warning("visit %s breaks the contract", str(row.get("id"))[:60])
        return None


def _line(planned: Appointment, on_hand: PackOnHand | None) -> Outing:
    return Outing(
        planned.visit_id,
        planned.day,
        planned.time,
        planned.title,
        planned.area,
        planned.items,
        planned.state,
        planned.holder,
        on_hand.pack.expires_at if on_hand is not None else planned.until,
        on_hand,
    )
