"""我的驻点: where the clerk on duty stands this week, by the roster as it was read last; asking for leave."""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.domain.case import AuditEvent, Operation, OperationKind, OutboxState
from app.domain.clerk import Clerk
from app.domain.clock import Clock, due_anew, isoformat, parse_iso, shanghai
from app.domain.errors import BadInput, Refused
from app.domain.stationing import ChangeKind, DayChange, Post, Roster, Rule, Shift, Specialist
from app.materials.workdays import is_working_day
from app.server.checking import BadDocument
from app.server.roster_wire import (
    CHANGE,
    CONTACT,
    FEED,
    RULE,
    absence_document,
    read_absence,
    read_change,
    read_post,
    read_rule,
)
from app.services.duty import Duty
from app.services.matters import MatterLine
from app.services.visit_packs import Outing
from offline_db.store import Store

log = logging.getLogger(__name__)

READ_AT = "roster.read_at"
"""Setting: when the platform's roster was read last; at most NOTED_ANEW old while the platform answers."""
DAYS = 7
"""This week: so many days from today on."""
_KEPT = dt.timedelta(days=7)
"""So long after its day leave that was sent is kept here."""


@dataclass(frozen=True, slots=True)
class Station:
    """One of the clerk's shifts. mine: they stand there. matters: of the firm, still running. pack: the firm's outing,
    taken along or not; None: there is none. waiting: leave that the platform does not have yet. refused: why not."""

    shift: Shift
    mine: bool
    matters: tuple[MatterLine, ...] = ()
    pack: Outing | None = None
    waiting: bool = False
    refused: str = ""


@dataclass(frozen=True, slots=True)
class MyRoster:
    """What the panel shows. today: legal. read_at: when the roster was read, None: never. known: is the clerk on it?"""

    clerk: Clerk
    today: dt.date
    stations: tuple[Station, ...]
    read_at: dt.datetime | None
    known: bool


class MyStations:
    """Reads and writes the store: not for the event loop. matters, packs: what this machine holds of them."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        duty: Duty,
        matters: Callable[[], Sequence[MatterLine]],
        packs: Callable[[], Sequence[Outing]],
    ) -> None:
        self._store = store
        self._clock = clock
        self._duty = duty
        self._matters = matters
        self._packs = packs
        self._read: tuple[str | None, dt.datetime] | None = None  # where the feed stood when it was read last, and when

    def mine(self) -> MyRoster:
        """Today's and this week's. Refused: nobody is signed in."""
        clerk, today = self._clerk(), shanghai(self._clock.now()).date()
        rows = self._store.feed_rows(FEED)
        roster, waiting, refused = self._roster(rows)
        posts = _contacts(rows)
        running = [line for line in self._matters() if line.matter.running]
        packs = list(self._packs())
        found = []
        for shift in roster.concerning(clerk.number, today, DAYS):
            post = posts.get(shift.post.number or shift.post.name, shift.post)
            known = replace(shift, post=post)
            mine = shift.standing is not None and shift.standing.clerk == clerk.number
            theirs = tuple(m for m in running if post.means(m.matter.firm_number, m.matter.firm))
            pack = next((one for one in packs if _visits(one, post)), None)
            key = (clerk.number, shift.day)
            found.append(Station(known, mine, theirs, pack, key in waiting, refused.get(key, "")))
        named = roster.names(clerk.number) is not None
        return MyRoster(clerk, today, tuple(found), self._read_at(), named)

    def ask_leave(self, day: dt.date, reason: str) -> DayChange:
        """The clerk's own leave of one day; it goes to the platform when there is a line. BadInput: no reason. Refused:
        asked already, past, or the clerk is not on the roster."""
        clerk, now = self._clerk(), self._clock.now()
        reason = reason.strip()
        if not reason:
            raise BadInput("请假要写明原因", "原因是空的。", "写一句为什么，主管好安排替班。")
        if day < shanghai(now).date():
            raise Refused("不能请假", "这一天已经过去。", "请联系主管补登。")
        roster, _, _ = self._roster(self._store.feed_rows(FEED))
        if roster.names(clerk.number) is None:
            raise Refused("不能请假", "你不在驻点排班里。", "请联系主管。")
        if roster.leave(clerk.number, day) is not None:
            raise Refused("已经请过假", f"{day:%m-%d} 已登记请假。", "要撤销请联系主管。")
        who = Specialist(clerk.number, clerk.name)
        change = DayChange(
            str(uuid.uuid4()), ChangeKind.ABSENT, day, clerk.name, now, specialist=who, reason=reason[:300]
        )
        operation = Operation(str(uuid.uuid4()), change.change_id, OperationKind.ROSTER, absence_document(change))
        # The reason goes to the supervisor, and not into the trail, which is kept for years.
        event = AuditEvent(now, clerk.name, "roster.absent", change.change_id, {"day": day.isoformat()})
        self._store.tell(operation, event)
        return change

    def run(self) -> bool:
        """After the feeds were read: note when, and forget leave that is over. (app.sync.needs.Upkeep)"""
        now, stands = self._clock.now(), self._store.cursor(FEED)
        news = self._read is None or self._read[0] != stands
        if news or due_anew(self._store.setting(READ_AT), now):
            self._store.set_setting(READ_AT, isoformat(now))
        self._read = stands, now
        last = shanghai(now - _KEPT).date()
        sent = [entry for entry in self._store.absence_entries() if entry.state is OutboxState.DONE]
        over = [entry.op_id for entry in sent if _day_of(entry.body) < last]
        if over:
            self._store.forget_absences(over)
        return bool(over)

    def _read_at(self) -> dt.datetime | None:
        """When the roster was read last; of an earlier run of the program what was noted."""
        noted = self._store.setting(READ_AT)
        return self._read[1] if self._read is not None else parse_iso(noted) if noted else None

    def _clerk(self) -> Clerk:
        holder = self._duty.holder
        if holder is None:
            raise Refused("还没有登录", "没有窗口人员登录，不能办理。", "请先登录。")
        return holder

    def _roster(
        self, rows: Sequence[dict[str, Any]]
    ) -> tuple[Roster, set[tuple[str, dt.date]], dict[tuple[str, dt.date], str]]:
        """What the rows of the feed say, with the leave asked for here; whose leave still waits; whose is refused, and
        why."""
        rules: list[Rule] = []
        changes: list[DayChange] = []
        for row in rows:
            row_id = str(row.get("id", ""))
            try:
                if row_id.startswith(RULE):
                    rules.append(read_rule({**row, "id": row_id.removeprefix(RULE)}))
                elif row_id.startswith(CHANGE):
                    changes.append(read_change({**row, "id": row_id.removeprefix(CHANGE)}))
            except (BadDocument, ValueError):
                log.error("a row of the roster breaks the contract: %s", row_id)
        waiting: set[tuple[str, dt.date]] = set()
        refused: dict[tuple[str, dt.date], str] = {}
        for entry in self._store.absence_entries():
            try:
                change = read_absence(entry.body)
            except (BadDocument, ValueError):
                log.error("leave in the outbox cannot be read")
                continue
            clerk = change.specialist.clerk if change.specialist else ""
            if entry.state is OutboxState.PARKED:
                refused[clerk, change.day] = entry.reason
            elif entry.state is not OutboxState.DONE:
                # What was sent the platform tells itself, unless a supervisor took it back.
                waiting.add((clerk, change.day))
                changes.append(change)
        return Roster(tuple(rules), tuple(changes), is_working_day), waiting, refused


def _contacts(rows: Sequence[dict[str, Any]]) -> dict[str, Post]:
    """The firms whose contacts this machine may know, by number, or name where they have none."""
    found: dict[str, Post] = {}
    for row in rows:
        if str(row.get("id", "")).startswith(CONTACT):
            try:
                post = read_post(row["post"])
            except (KeyError, TypeError):
                log.error("a firm's contact cannot be read")
                continue
            found[post.number or post.name] = post
    return found


def _day_of(body: dict[str, Any]) -> dt.date:
    try:
        return dt.date.fromisoformat(str(body.get("day")))
    except ValueError:
        return dt.date.max


def _visits(outing: Outing, post: Post) -> bool:
    """Is this outing to the firm? The list names no number; the pack on hand does."""
    firm = outing.on_hand.pack.firm if outing.on_hand is not None else None
    return post.means(firm.uscc, firm.name) if firm is not None else post.means("", outing.title)
