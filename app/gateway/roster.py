"""The roster 驻点排班 at the gateway: kept by supervisors, told to every window, asked when a slip is opened."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import time
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, delete, select

from app.domain.clock import Clock, isoformat, shanghai
from app.domain.errors import BadInput, Refused
from app.domain.matter import ROSTER, SLIPS, Act, Matter, Side, Step
from app.domain.stationing import CHANGE_NAMES, WHY_NAMES, DayChange, Post, Roster, Rule, Specialist
from app.gateway.cases import Result, recall, remember
from app.gateway.database import Database
from app.gateway.feeds import Feeds
from app.gateway.problems import Problem
from app.gateway.roster_tables import roster_assignments, roster_changes, roster_log, roster_rules
from app.gateway.tables import feed_rows, matters
from app.materials.workdays import is_working_day
from app.server import headers as h
from app.server.checking import JsonObject
from app.server.roster_wire import (
    CHANGE,
    CONTACT,
    FEED,
    RULE,
    change_document,
    post_document,
    read_absence,
    read_change,
    read_rule,
    rule_document,
)

TOLD = dt.timedelta(days=7)
"""So long after its last day something stands on the windows' roster."""
KEPT = dt.timedelta(days=365)
"""So long after its last day it is kept here, and the log of it."""
NOBODY_THERE, NOT_ON_ROSTER = "当时无人驻点", "企业没有驻点排班"
"""Why the roster gave a slip to nobody."""
_KIND = "roster"
_CLAIM = "roster"
_PATIENCE, _PAUSE = 10.0, 0.05
"""Seconds for which one change waits for another to end, and between two looks."""
_LATE = dt.timedelta(days=30)
"""A laptop may have been away so long; a day longer past is no leave any more."""
_CONTACTS_AHEAD = 14
"""Days ahead for which a substitute's laptop has the firm's contact."""


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One change of the roster. device: the laptop that reported it, "" for the back office."""

    at: dt.datetime
    by: str
    deed: str
    subject: str
    device: str


class RosterDesk:
    """Keeps it. Every change is checked against the whole roster, logged and told in one transaction."""

    def __init__(self, database: Database, feeds: Feeds, clock: Clock) -> None:
        self._database = database
        self._feeds = feeds
        self._clock = clock

    # ------------------------------------------------------------------------------------------- supervisors

    def set_rule(self, rule: Rule, by: str) -> None:
        """Put a rule in force, or another in the place of the one of its id. BadInput: it is none. Refused: somebody
        would stand at two firms at once."""
        rule.check()
        with self._changing() as connection:
            known = self._roster(connection)
            others = tuple(one for one in known.rules if one.rule_id != rule.rule_id)
            replace(known, rules=(*others, rule)).check(self._today())
            self._put_rule(connection, rule)
            days = "、".join("一二三四五"[day] for day in sorted(rule.weekdays))
            until = f"至 {rule.until}" if rule.until else "起"
            words = f"排班 周{days} {rule.start:%H:%M}–{rule.end:%H:%M} {rule.since} {until}"
            self._note(connection, by, words, f"{rule.specialist.name} · {rule.post.name}")
            self._tell_contacts(connection)

    def load(self, rules: Iterable[Rule], changes: Iterable[DayChange], by: str) -> None:
        """Take in a roster that is kept elsewhere; what is known already stays. Errors as set_rule and change."""
        known = self.roster()
        have = {rule.rule_id for rule in known.rules} | {change.change_id for change in known.changes}
        for rule in rules:
            if rule.rule_id not in have:
                self.set_rule(rule, by)
        for change in changes:
            if change.change_id not in have:
                self.change(change)

    def end_rule(self, rule_id: str, last: dt.date, by: str) -> None:
        """The rule stands until this day. KeyError: there is none. BadInput: before it began."""
        with self._changing() as connection:
            rule = replace(self._rule(connection, rule_id), until=last)
            rule.check()
            self._put_rule(connection, rule)
            self._note(connection, by, f"排班止于 {last}", f"{rule.specialist.name} · {rule.post.name}")
            self._tell_contacts(connection)

    def drop_rule(self, rule_id: str, by: str) -> None:
        """Take a rule back as if it had never been. KeyError: there is none."""
        with self._changing() as connection:
            rule = self._rule(connection, rule_id)
            connection.execute(delete(roster_rules).where(roster_rules.c.rule_id == rule_id))
            self._feeds.put(connection, FEED, RULE + rule_id, None)
            self._note(connection, by, "撤销排班", f"{rule.specialist.name} · {rule.post.name}")
            self._tell_contacts(connection)

    def change(self, change: DayChange) -> None:
        """Note what is different on one day. BadInput, Refused: it says nothing that could be true, or somebody would
        stand at two firms at once."""
        with self._changing() as connection:
            self._add(connection, change, "")

    def drop_change(self, change_id: str, by: str) -> None:
        """Take back what was different on one day. KeyError: there is none. Refused: it would have somebody stand at
        two firms at once."""
        with self._changing() as connection:
            known = self._roster(connection)
            change = next((one for one in known.changes if one.change_id == change_id), None)
            if change is None:
                raise KeyError(change_id)
            left = tuple(one for one in known.changes if one is not change)
            replace(known, changes=left).check(self._today())
            connection.execute(delete(roster_changes).where(roster_changes.c.change_id == change_id))
            self._feeds.put(connection, FEED, CHANGE + change_id, None)
            who = change.specialist.name if change.specialist else ""
            self._note(connection, by, f"撤销{CHANGE_NAMES[change.kind]} {change.day}", who)
            self._tell_contacts(connection)

    # ------------------------------------------------------------------------------------------- specialists

    def report(self, op_id: str, document: JsonObject, device_id: str) -> Result:
        """A specialist's own leave, as their laptop reports it, on the line or days later. Reported twice, also under
        two keys, it is one. Problem 422: no such specialist, no such day, or too long past. 409: being worked on."""
        try:
            absence = read_absence(document)
        except ValueError:
            raise Problem(422, "bad-document", "数据不符合上报格式", "日期不存在") from None
        request_hash = h.sha256_hex(h.canonical(document))
        with self._database.write(f"op:{op_id}", _CLAIM) as connection:
            known = recall(connection, op_id, _KIND, device_id, request_hash)
            if known:
                return known
            result = self._report(connection, absence, device_id)
            now = isoformat(self._clock.now())
            remember(connection, op_id, _KIND, device_id, request_hash, result, now)
            return result

    # ------------------------------------------------------------------------------------------------ asking

    def roster(self) -> Roster:
        """As it stands."""
        with self._database.read() as connection:
            return self._roster(connection)

    def assign(self, connection: Connection, matter: Matter, at: dt.datetime) -> Step | None:
        """Give a slip to whoever stands at its firm at this instant, in the caller's transaction; None: it is none of
        ours, or nobody does. Either way it is written down."""
        if matter.kind not in SLIPS:
            return None
        roster = self._roster(connection)
        shift = roster.standing_at(matter.firm_number, matter.firm, at)
        who = shift.standing if shift is not None else None
        if shift is None or who is None:
            on_it = roster.knows(matter.firm_number, matter.firm)
            self._note_assignment(connection, matter, "", NOBODY_THERE if on_it else NOT_ON_ROSTER)
            return None
        why = WHY_NAMES[shift.why]
        self._note_assignment(connection, matter, who.clerk, why)
        words = f"{why} {who.name}（{who.clerk}）"
        return Step(str(uuid.uuid4()), Act.ASSIGN, Side.OFFICE, ROSTER, self._clock.now(), words)

    def unassigned(self, matter_ids: Iterable[str]) -> dict[str, str]:
        """Which of these slips the roster gave to nobody, and why."""
        query = select(roster_assignments).where(
            roster_assignments.c.matter_id.in_(list(matter_ids)), roster_assignments.c.clerk == ""
        )
        with self._database.read() as connection:
            return {row.matter_id: row.why for row in connection.execute(query)}

    def log(self, limit: int = 50) -> list[LogEntry]:
        """What was changed, the newest first."""
        query = select(roster_log).order_by(roster_log.c.at.desc(), roster_log.c.entry_id.desc()).limit(limit)
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        return [
            LogEntry(dt.datetime.fromisoformat(row.at), row.by, row.deed, row.subject, row.device_id) for row in rows
        ]

    def tidy(self) -> None:
        """Take what is over off the windows' rosters, and forget what has outlived its time."""
        today = self._today()
        untold, gone = (today - TOLD).isoformat(), (today - KEPT).isoformat()
        with self._changing() as connection:
            for rule in self._roster(connection).rules:
                if rule.until is not None and rule.until.isoformat() < untold:
                    self._untell(connection, RULE + rule.rule_id)
            past = select(roster_changes.c.change_id).where(roster_changes.c.last_day < untold)
            for change_id in connection.scalars(past).all():
                self._untell(connection, CHANGE + change_id)
            over = (roster_rules.c.until != "", roster_rules.c.until < gone)
            connection.execute(delete(roster_rules).where(*over))
            connection.execute(delete(roster_changes).where(roster_changes.c.last_day < gone))
            connection.execute(delete(roster_log).where(roster_log.c.at < gone))
            theirs = ~select(matters.c.matter_id).where(matters.c.matter_id == roster_assignments.c.matter_id).exists()
            connection.execute(delete(roster_assignments).where(roster_assignments.c.at < gone, theirs))
            self._tell_contacts(connection)

    # ------------------------------------------------------------------------------------------------- inside

    @contextlib.contextmanager
    def _changing(self) -> Iterator[Connection]:
        """A transaction that no other change of the roster runs beside: two could each be right alone. Waits for
        another to end; Problem 409 when that takes too long."""
        end = time.monotonic() + _PATIENCE
        with contextlib.ExitStack() as stack:
            while True:
                try:
                    connection = stack.enter_context(self._database.write(_CLAIM))
                    break
                except Problem:
                    if time.monotonic() > end:
                        raise
                    time.sleep(_PAUSE)
            yield connection

    def _today(self) -> dt.date:
        return shanghai(self._clock.now()).date()

    def _roster(self, connection: Connection) -> Roster:
        rules = connection.scalars(select(roster_rules.c.document)).all()
        changes = connection.scalars(select(roster_changes.c.document)).all()
        return Roster(
            tuple(read_rule(json.loads(text)) for text in rules),
            tuple(read_change(json.loads(text)) for text in changes),
            is_working_day,
        )

    def _rule(self, connection: Connection, rule_id: str) -> Rule:
        text = connection.scalar(select(roster_rules.c.document).where(roster_rules.c.rule_id == rule_id))
        if text is None:
            raise KeyError(rule_id)
        return read_rule(json.loads(text))

    def _put_rule(self, connection: Connection, rule: Rule) -> None:
        values = {
            "until": rule.until.isoformat() if rule.until else "",
            "document": h.canonical(rule_document(rule)).decode(),
        }
        statement: Any = self._database.insert(roster_rules).values(rule_id=rule.rule_id, **values)
        connection.execute(statement.on_conflict_do_update(index_elements=["rule_id"], set_=values))
        told = rule_document(replace(rule, post=rule.post.masked()))
        self._feeds.put(connection, FEED, RULE + rule.rule_id, {**told, "id": RULE + rule.rule_id})

    def _add(self, connection: Connection, change: DayChange, device_id: str) -> None:
        known = self._roster(connection)
        if any(one.change_id == change.change_id for one in known.changes):
            raise Refused("已经登记过", "这一条已在排班里。", "请刷新后再看。")
        known.check_change(change)
        replace(known, changes=(*known.changes, change)).check(self._today())
        connection.execute(
            roster_changes.insert().values(
                change_id=change.change_id,
                last_day=max(change.day, change.other_day or change.day).isoformat(),
                document=h.canonical(change_document(change)).decode(),
            )
        )
        # Why somebody is on leave is their supervisor's business, not every window's.
        told = replace(change, reason="", post=change.post.masked() if change.post else None)
        self._feeds.put(
            connection, FEED, CHANGE + change.change_id, {**change_document(told), "id": CHANGE + change.change_id}
        )
        who = change.specialist.name if change.specialist else ""
        post = next((s.post.name for s in known.shifts(change.day) if s.shift_id == change.shift), "")
        subject = " · ".join(part for part in (who, post or (change.post.name if change.post else "")) if part)
        self._note(connection, change.by, f"{CHANGE_NAMES[change.kind]} {change.day}", subject, device_id)
        self._tell_contacts(connection)

    def _report(self, connection: Connection, absence: DayChange, device_id: str) -> Result:
        now = self._clock.now()
        if absence.day < shanghai(now - _LATE).date():
            raise Problem(422, "too-late", "日期太久以前", "请假的日期已过去三十天以上")
        roster = self._roster(connection)
        clerk = absence.specialist.clerk if absence.specialist else ""
        there = roster.leave(clerk, absence.day)
        if there is not None:
            return Result(200, {"change": change_document(replace(there, reason="")), "known": True})
        # The clock of a laptop may run ahead: what is newest is told by the time here.
        counted = replace(absence, specialist=roster.names(clerk) or absence.specialist, at=min(absence.at, now))
        try:
            self._add(connection, counted, device_id)
        except (BadInput, Refused) as error:
            raise Problem(422, "not-possible", error.title, error.what) from None
        return Result(201, {"change": change_document(replace(counted, reason="")), "known": False})

    def _note(self, connection: Connection, by: str, deed: str, subject: str, device_id: str = "") -> None:
        connection.execute(
            roster_log.insert().values(
                at=isoformat(self._clock.now()),
                by=by,
                deed=deed,
                subject=subject,
                device_id=device_id,
            )
        )

    def _note_assignment(self, connection: Connection, matter: Matter, clerk: str, why: str) -> None:
        connection.execute(
            roster_assignments.insert().values(
                matter_id=matter.matter_id, at=isoformat(self._clock.now()), clerk=clerk, why=why
            )
        )

    def _tell_contacts(self, connection: Connection) -> None:
        """Each laptop has the contacts of the firms where its specialist stands these days, unmasked, and no others."""
        wanted: dict[str, tuple[Post, Specialist]] = {}
        roster = self._roster(connection)
        for shift in roster.between(self._today(), _CONTACTS_AHEAD):
            who = shift.standing
            if who is not None and who.device and (shift.post.contact or shift.post.phone):
                key = shift.post.number or shift.post.name
                wanted[f"{CONTACT}{key}@{who.device}"] = (shift.post, who)
        query = select(feed_rows.c.entity_id, feed_rows.c.document).where(
            feed_rows.c.feed == FEED, feed_rows.c.entity_id.startswith(CONTACT), ~feed_rows.c.deleted
        )
        known = {row.entity_id: json.loads(row.document) for row in connection.execute(query)}
        for entity_id in known.keys() - wanted.keys():
            self._untell(connection, entity_id)
        for entity_id, (post, who) in wanted.items():
            document = {"id": entity_id, "post": post_document(post)}
            if known.get(entity_id) != document:
                self._feeds.put(connection, FEED, entity_id, document, who.device)

    def _untell(self, connection: Connection, entity_id: str) -> None:
        query = select(feed_rows.c.audience).where(
            feed_rows.c.feed == FEED, feed_rows.c.entity_id == entity_id, ~feed_rows.c.deleted
        )
        row = connection.execute(query).one_or_none()
        if row is not None:
            self._feeds.put(connection, FEED, entity_id, None, row.audience)
