"""Cases at the gateway: received exactly once, numbered, moved through their stages."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from sqlalchemy import Connection, Row, and_, func, select

from app.domain.case import Case
from app.domain.clock import Clock, isoformat, parse_iso, shanghai
from app.gateway.arrival import Arrival, Incoming, accepted_document, accepting, case_number, feed_document
from app.gateway.database import Database, bump, settle
from app.gateway.doubles import Arrived, DoubleDesk, double_key
from app.gateway.feeds import MESSAGES, Feeds
from app.gateway.limits import LimitDesk, corrected
from app.gateway.problems import Problem, key_reused
from app.gateway.regions import RegionDesk
from app.gateway.tables import amendments, case_numbers, cases, feed_rows, operations, pages
from app.gateway.talk import Talk
from app.server import headers as h
from app.server.checking import BadDocument, Flaw, JsonObject
from app.server.wire import read_case_and_text


class Stage(IntEnum):
    """办件状态 of the national code table (domain facts §4)."""

    RECEIVED = 1
    """收件"""
    ACCEPTED = 2
    """受理: the case and all its pages are here."""
    UNDER_REVIEW = 3
    """审核"""
    DECIDED = 4
    """办结"""
    CORRECTION = 11
    """补齐补正"""
    SUSPENDED = 12
    """挂起"""
    OTHER = 99


_KINDS = {Stage.CORRECTION: "correction", Stage.DECIDED: "result", Stage.SUSPENDED: "notice"}


@dataclass(frozen=True, slots=True)
class Decision:
    """What a department says when it moves a case on. words: for the clerk and the applicant, e.g. what is to be
    put right. due: until when, legal time. result: 准予, 不予 …, when it decided."""

    words: str = ""
    due: dt.date | None = None
    result: str = ""


Follow = Callable[[Connection, Row[Any], Stage, Decision], JsonObject | None]
"""(transaction, the case before the move, stage, decision) -> what else its message says."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends: the device, its own sequence number and its clock, as the headers say."""

    device_id: str
    local_seq: int = 0
    client_time: str | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to one operation. replayed: it was given before."""

    status: int
    document: JsonObject
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class Received:
    """What became of cases that came together. results: None, and nothing done, for what is not plainly new or whose
    device may not call: `CaseDesk.submit` has the answer. doubtful: to be looked at before they are acknowledged."""

    results: list[Result | None]
    doubtful: list[Arrived]


class CaseDesk:
    """Receives cases. item_codes: the items that may be received, None for any well-formed code. follow: what a move by
    a department here makes or ends (app.gateway.issuing)."""

    def __init__(
        self,
        database: Database,
        feeds: Feeds,
        clock: Clock,
        item_codes: Collection[str] | None,
        doubles: DoubleDesk,
        regions: RegionDesk,
        limits: LimitDesk,
        follow: Follow,
    ) -> None:
        self._follow = follow
        self._regions = regions
        self._limits = limits
        self._database = database
        self._feeds = feeds
        self._clock = clock
        self._item_codes = None if item_codes is None else frozenset(item_codes)
        self._doubles = doubles

    def submit(self, op_id: str, document: Any, sender: Sender) -> Result:
        """Receive one case under its key. Problem 409 in progress, 422 the key or the case came with other content.

        A business refusal takes no effect and is not remembered: the same key may come again once it is put right.
        """
        case, text = self._read(document)
        result = self._take(op_id, case, text, sender)
        if isinstance(case, Case) and "case_no" in result.document:
            # Also of a repetition: the first attempt may have ended before this.
            key = double_key(case.applicant_number, case.item_code)
            self.look([Arrived(case.case_id, key, sender.device_id)])
        return result

    def incoming(self, op_id: str, document: Any, sender: Sender, token_key: str) -> Incoming | None:
        """What `receiving` needs; None for what only `submit` can answer. No database is asked.

        token_key: the device's own, which nobody has looked up yet.
        """
        case, text = self._read(document)
        if isinstance(case, Result) or case.halves:  # when half days end is worked out in its transaction
            return None
        return Incoming(op_id, self._arrival(case, text.decode(), h.sha256_hex(text), sender), token_key)

    def receiving(self, incoming: Sequence[Incoming]) -> Talk[Received]:
        """Receive cases of several windows in one transaction. No key and no case may come twice in it."""
        numbers = yield from accepting(incoming)
        written = [one.arrival.values for one in incoming if one.case_id in numbers]
        arrived = [Arrived(row["case_id"], row["double_key"], row["device_id"]) for row in written]
        doubtful = yield from self._doubles.glancing(arrived)
        results = [
            Result(201, accepted_document(one.arrival.row(numbers[one.case_id]))) if one.case_id in numbers else None
            for one in incoming
        ]
        return Received(results, doubtful)

    def look(self, arrived: Sequence[Arrived]) -> None:
        """Called once these cases stand here, before they are acknowledged: has another window received the same?"""
        self._doubles.look(arrived)

    def _take(self, op_id: str, case: Case | Result, text: bytes, sender: Sender) -> Result:
        request_hash = h.sha256_hex(text)
        if self._database.is_postgres and isinstance(case, Case) and not case.halves:
            arrival = self._arrival(case, text.decode(), request_hash, sender)
            numbers = self._database.carry(accepting([Incoming(op_id, arrival)]))
            if numbers:
                return Result(201, accepted_document(arrival.row(numbers[case.case_id])))
            # The key or the case is known, or in progress. Which of them, and what to answer, is found below.
        with self._database.write(f"op:{op_id}") as connection:
            known = recall(connection, op_id, "case", sender.device_id, request_hash)
            if known:
                return known
            if isinstance(case, Result):
                return case
            self._database.rules.claim(connection, f"case:{case.case_id}")
            result = self._existing(connection, case.case_id, request_hash, sender)
            if result is None:
                result = self._receive(connection, self._arrival(case, text.decode(), request_hash, sender), case)
            remember(connection, op_id, "case", sender.device_id, request_hash, result, isoformat(self._clock.now()))
            return result

    def reconcile(self, op_ids: list[str], device_id: str) -> JsonObject:
        """Which of these operations of the device took effect here, and when."""
        with self._database.read() as connection:
            query = select(operations.c.op_id, operations.c.created_at).where(
                operations.c.op_id.in_(op_ids), operations.c.device_id == device_id
            )
            known = {row.op_id: row.created_at for row in connection.execute(query)}
            epoch = self._database.epoch_in(connection)
            settle(connection)
        return {
            "epoch": epoch,
            "known": [op_id for op_id in op_ids if op_id in known],
            "unknown": [op_id for op_id in op_ids if op_id not in known],
            "received": known,
        }

    def advance(self, case_id: str, stage: Stage, decision: Decision | None = None) -> None:
        """Move a case to a stage, as the deciding department does; visible in the feed, and a message tells the
        window that accepted it. KeyError: no such case."""
        with self._database.write() as connection:
            row, decision = locked(connection, case_id), decision or Decision()
            if row.territory is not None:
                raise Problem(422, "decided-elsewhere", "不能在这里办理", "这件属地办理，由办理地的平台办结")
            self.move(connection, case_id, stage, decision, self._follow(connection, row, stage, decision))

    def move(
        self,
        connection: Connection,
        case_id: str,
        stage: Stage,
        decision: Decision,
        more: JsonObject | None = None,
    ) -> None:
        """`advance` inside a transaction, whoever decides. more: what else the message says."""
        self._advance(connection, case_id, stage)
        self.tell(connection, locked(connection, case_id), decision, more=more)

    def standing(self, stage: Stage, until: dt.datetime, limit: int = 50) -> list[str]:
        """Cases decided here that have stood in a stage since before `until`, the longest first."""
        moved = and_(feed_rows.c.feed == "cases", feed_rows.c.entity_id == cases.c.case_id, ~feed_rows.c.deleted)
        query = (
            select(cases.c.case_id)
            .join(feed_rows, moved)
            .where(cases.c.stage == int(stage), cases.c.territory.is_(None), feed_rows.c.at <= isoformat(until))
            .order_by(feed_rows.c.at, cases.c.case_id)
            .limit(limit)
        )
        with self._database.read() as connection:
            return list(connection.scalars(query))

    def withdraw(self, case_id: str) -> None:
        """Take a case out of the feed (a tombstone); the case itself is kept for the record. KeyError: no such case."""
        with self._database.write() as connection:
            row = locked(connection, case_id)
            self._follow(connection, row, Stage.OTHER, Decision())
            self._feeds.put(connection, "cases", case_id, None, row.device_id)

    def page_sealed(self, connection: Connection, case_id: str) -> int:
        """Called when a page of the case was sealed. The last one makes the case accepted. Gives the case's rev."""
        row = locked(connection, case_id)
        missing = connection.scalar(select(func.count()).where(pages.c.case_id == case_id, pages.c.sealed_at.is_(None)))
        if missing == 0 and row.stage == Stage.RECEIVED and row.territory is None:
            return self._advance(connection, case_id, Stage.ACCEPTED)
        return int(row.rev)

    def document(self, case_id: str) -> JsonObject:
        """A case as it was received. KeyError: no such case."""
        with self._database.read() as connection:
            text = connection.scalar(select(cases.c.document).where(cases.c.case_id == case_id))
        if text is None:
            raise KeyError(case_id)
        document: JsonObject = json.loads(text)
        return document

    def numbers(self) -> dict[str, str]:
        """case_id -> 办件编码 of every case here."""
        with self._database.read() as connection:
            return {row.case_id: row.case_no for row in connection.execute(select(cases.c.case_id, cases.c.case_no))}

    def _existing(self, connection: Connection, case_id: str, document_hash: str, sender: Sender) -> Result | None:
        """The case came before under another key (its key was forgotten, or the sender broke the rules)."""
        row = connection.execute(select(cases).where(cases.c.case_id == case_id)).one_or_none()
        if row is None:
            return None
        if row.document_hash != document_hash or row.device_id != sender.device_id:
            raise Problem(422, "case-exists", "此办件已用其他内容上报", "同一 case_id 对应的内容与前次不同")
        return Result(201, accepted_document(row._mapping), replayed=True)

    def _read(self, document: Any) -> tuple[Case | Result, bytes]:
        """The case, or the business refusal of it; and the document's canonical form."""
        try:
            case, text = read_case_and_text(document)
        except BadDocument as error:
            return refusal(error.flaws), h.canonical(document)
        if self._item_codes is not None and case.item_code not in self._item_codes:
            return refusal([Flaw("item/code", "平台未开通此事项")]), text
        flaw = self._regions.flaw(case.territory)
        return (refusal([flaw]) if flaw else case), text

    def _arrival(self, case: Case, text: str, document_hash: str, sender: Sender) -> Arrival:
        now = self._clock.now()
        elsewhere = self._regions.elsewhere(case.territory)
        wanted = {(material.use.id, page.sha256) for material in case.materials for page in material.pages}
        values = {
            "case_id": case.case_id,
            "device_id": sender.device_id,
            "local_seq": sender.local_seq,
            "item_code": case.item_code,
            "provisional_no": case.provisional_no,
            "catalog_version": case.catalog_version,
            "document": text,
            "document_hash": document_hash,
            # 属地办理: it is accepted where it is decided, and so far only received here.
            "stage": int(Stage.RECEIVED if wanted or elsewhere else Stage.ACCEPTED),
            "rev": 1,
            "received_at": isoformat(now),
            "client_time": sender.client_time,
            "time_suspect": _suspect(case, sender.client_time, now),
            "double_key": double_key(case.applicant_number, case.item_code),
            "territory": elsewhere,
            "due_at": None,
            "paused_at": None,
        }
        # 实施编码 (31 characters) + the day in legal time + a counter of that day.
        return Arrival(values, f"{case.item_code[:31]}{shanghai(now):%Y%m%d}", sorted(wanted))

    def _receive(self, connection: Connection, arrival: Arrival, case: Case) -> Result:
        number = bump(self._database.rules, connection, case_numbers, {"prefix": arrival.prefix}, "last")
        due = self._limits.due_of(connection, case)
        row = {**arrival.row(case_number(arrival.prefix, number)), "due_at": isoformat(due) if due else None}
        connection.execute(cases.insert().values(dict(row)))
        if arrival.pages:
            connection.execute(
                pages.insert(),
                [
                    {"case_id": row["case_id"], "material_id": material_id, "sha256": sha256}
                    for material_id, sha256 in arrival.pages
                ],
            )
        self._feeds.put(connection, "cases", row["case_id"], feed_document(row, row["received_at"]), row["device_id"])
        if words := corrected(case, due):
            self.tell(connection, locked(connection, row["case_id"]), Decision(words), "notice")
        return Result(201, accepted_document(row))

    def _advance(self, connection: Connection, case_id: str, stage: Stage) -> int:
        row = locked(connection, case_id)
        rev = int(row.rev) + 1
        values = {"stage": int(stage), "rev": rev, **self._limits.moving(connection, row, int(stage))}
        connection.execute(cases.update().where(cases.c.case_id == case_id).values(values))
        self.publish(connection, locked(connection, case_id))
        return rev

    def publish(self, connection: Connection, row: Row[Any]) -> None:
        """Put a case's present state into the feed."""
        changed = content_rev(connection, row.case_id)
        document = feed_document(row._mapping, isoformat(self._clock.now()), changed)
        self._feeds.put(connection, "cases", row.case_id, document, row.device_id)

    def tell(
        self, connection: Connection, row: Row[Any], decision: Decision, kind: str = "", more: JsonObject | None = None
    ) -> None:
        """Send the case's window a message. kind: other than the stage's own. more: what else it says."""
        document = {
            "id": f"{row.case_id}.{row.rev}",
            "kind": kind or _KINDS.get(Stage(row.stage), "stage"),
            "case_id": row.case_id,
            "case_no": row.case_no,
            "provisional_no": row.provisional_no,
            "stage": row.stage,
            "at": isoformat(self._clock.now()),
            "words": decision.words,
            "due": decision.due.isoformat() if decision.due else None,
            "result": decision.result,
            **(more or {}),
        }
        self._feeds.put(connection, MESSAGES, document["id"], document, row.device_id)


def recall(connection: Connection, op_id: str, kind: str, device_id: str, request_hash: str) -> Result | None:
    """The answer once given under this key; None when it is new. Problem 422: the key stands for something else."""
    row = connection.execute(select(operations).where(operations.c.op_id == op_id)).one_or_none()
    if row is None:
        return None
    if (row.kind, row.device_id, row.request_hash) != (kind, device_id, request_hash):
        raise key_reused()
    settle(connection)
    return Result(row.status, json.loads(row.response), replayed=True)


def remember(
    connection: Connection, op_id: str, kind: str, device_id: str, request_hash: str, result: Result, now: str
) -> None:
    """Keep the answer under its key, in the transaction of its effect."""
    connection.execute(
        operations.insert().values(
            op_id=op_id,
            device_id=device_id,
            kind=kind,
            request_hash=request_hash,
            status=result.status,
            response=h.canonical(result.document).decode(),
            created_at=now,
        )
    )


def content_rev(connection: Connection, case_id: str) -> int:
    """The revision at which a case's content last changed: 1 as it was received."""
    query = select(func.max(amendments.c.rev)).where(amendments.c.case_id == case_id)
    return int(connection.scalar(query) or 1)


def locked(connection: Connection, case_id: str) -> Row[Any]:
    """The case's row, held to the end of the transaction. KeyError: no such case."""
    row = connection.execute(select(cases).where(cases.c.case_id == case_id).with_for_update()).one_or_none()
    if row is None:
        raise KeyError(case_id)
    return row


def refusal(flaws: list[Flaw]) -> Result:
    """A business refusal: it takes no effect and is not remembered."""
    reasons = [{"field": flaw.field[:300], "message": flaw.message} for flaw in flaws[:20]]
    return Result(200, {"outcome": "needs_correction", "reasons": reasons})


def _suspect(case: Case, client_time: str | None, now: dt.datetime) -> bool:
    """Can the device's clock not be believed, now or when the case was accepted? It is accepted all the same.

    At its acceptance: the window says so itself, or the time lies ahead. One long past is no sign: windows work
    offline.
    """
    if client_time is None or (case.clock is not None and case.clock.suspect):
        return True
    try:
        if (case.accepted_at - now).total_seconds() > h.SKEW_LIMIT:
            return True
        return abs((parse_iso(client_time) - now).total_seconds()) > h.SKEW_LIMIT
    except (ValueError, OverflowError):
        return True
