"""Matters of firms 企业事项 at the gateway: received once, clocked, moved on by the offices, told to their window."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, select

from app.domain.agency import agency_of, standing_of
from app.domain.assessment import ANSWERS, LISTED, ROUTE, SCORE, SOURCE, UNTIL
from app.domain.clock import Clock, isoformat
from app.domain.errors import Refused
from app.domain.matter import Act, Matter, MatterKind, MatterStage, Role, Side, Step
from app.domain.shared_data import SharedRecord, Subject
from app.gateway.cases import Result, recall, remember
from app.gateway.database import Database
from app.gateway.feeds import Feeds
from app.gateway.problems import Problem
from app.gateway.tables import matters
from app.materials.matter_clock import due_of
from app.server import headers as h
from app.server.checking import BadDocument, JsonObject
from app.server.matter_wire import matter_document, read_matter, read_open, read_step

FEED = "matters"
AGENCIES = "agencies"
"""How intermediaries stand: one row each, for every window."""
_KIND = "matter"
_SLACK = dt.timedelta(days=30)
"""A laptop may have been away so long; what claims to be older, or to come, is clocked from its arrival."""


class MatterDesk:
    """Receives matters and steps, and lets the offices take theirs."""

    def __init__(
        self,
        database: Database,
        feeds: Feeds,
        clock: Clock,
        rostered: Callable[[Connection, Matter, dt.datetime], Step | None] = lambda *_: None,
    ) -> None:
        """rostered: gives a firm's slip to whoever stood there when it was opened; None: to nobody."""
        self._database = database
        self._feeds = feeds
        self._clock = clock
        self._rostered = rostered

    def receive(self, op_id: str, body: JsonObject, device_id: str) -> Result:
        """What a window's outbox sends: {"open": a matter} or {"matter_id", "step"}. BadDocument: neither."""
        if set(body) == {"open"}:
            return self.open(op_id, body["open"], device_id)
        if set(body) == {"matter_id", "step"}:
            return self.step(op_id, str(body["matter_id"]), body["step"], device_id)
        raise BadDocument([])

    def open(self, op_id: str, document: JsonObject, device_id: str) -> Result:
        """A matter that a window opened. Its clock runs from when it was opened, offline or not.

        Problem 422: the key or the id stands for something else. 409: in progress.
        """
        matter = _timed(read_open, document)
        request_hash = h.sha256_hex(h.canonical(document))

        def work(connection: Connection) -> Result:
            row = connection.execute(select(matters).where(matters.c.matter_id == matter.matter_id)).one_or_none()
            if row is not None:
                known = json.loads(row.document)
                if row.device_id != device_id or any(known[name] != document[name] for name in document):
                    raise Problem(422, "matter-known", "这个事项已登记", "编号相同而内容不同")
                return Result(201, known, replayed=True)
            now = self._clock.now()
            began = matter.opened_at if now - _SLACK <= matter.opened_at <= now else now
            made = replace(matter, due=due_of(matter.kind, matter.scope, began))
            given = self._rostered(connection, made, began)
            made = made.after(given) if given is not None else made
            self._put(connection, made, device_id)
            return Result(201, matter_document(made))

        return self._once(op_id, matter.matter_id, device_id, request_hash, work)

    def step(self, op_id: str, matter_id: str, document: JsonObject, device_id: str) -> Result:
        """A step that the matter's window takes. Problem 404: not this device's. 422: not possible now, or an
        office's."""
        step = _timed(read_step, document)
        request_hash = h.sha256_hex(h.canonical([matter_id, document]))

        def work(connection: Connection) -> Result:
            row = connection.execute(
                select(matters).where(matters.c.matter_id == matter_id, matters.c.device_id == device_id)
            ).one_or_none()
            if row is None:
                raise Problem(404, "no-matter", "没有这个事项", "它不属于本设备")
            if step.side is not Side.WINDOW:
                raise Problem(422, "not-yours", "不能替部门办理", "这一步由部门完成")
            return Result(200, matter_document(self._moved(connection, read_matter(json.loads(row.document)), step)))

        return self._once(op_id, matter_id, device_id, request_hash, work)

    # ------------------------------------------------------------------------------------------------ offices

    def act(
        self, matter_id: str, act: Act, by: str, words: str = "", *, role: Role | None = None, stars: int = 0
    ) -> Matter:
        """A step of an office. KeyError: no such matter. Refused: not possible now."""
        step = Step(str(uuid.uuid4()), act, Side.OFFICE, by, self._clock.now(), words, role, stars)
        with self._database.write(f"matter:{matter_id}") as connection:
            try:
                return self._moved(connection, self._matter(connection, matter_id), step)
            except Problem as problem:
                raise Refused("现在不能这样处理", problem.detail) from None

    def matter(self, matter_id: str) -> Matter:
        """One as it stands. KeyError: no such matter."""
        with self._database.read() as connection:
            return self._matter(connection, matter_id)

    def listed(self, *, closed: bool = False, limit: int = 200) -> list[Matter]:
        """Those that are not closed, the most urgent first; closed: the closed ones, the last changed first."""
        query = select(matters.c.document)
        if closed:
            query = query.where(matters.c.stage == MatterStage.CLOSED.value).order_by(matters.c.changed_at.desc())
        else:
            query = query.where(matters.c.stage != MatterStage.CLOSED.value).order_by(matters.c.due)
        with self._database.read() as connection:
            return [read_matter(json.loads(text)) for text in connection.scalars(query.limit(limit))]

    def unrested(self, before: dt.datetime) -> list[Matter]:
        """Those in which nothing has happened since, and that an office can move on."""
        query = select(matters.c.document).where(
            matters.c.stage != MatterStage.CLOSED.value, matters.c.changed_at <= isoformat(before)
        )
        with self._database.read() as connection:
            found = [read_matter(json.loads(text)) for text in connection.scalars(query)]
        return [matter for matter in found if matter.may(Side.OFFICE)]

    def record_of(self, source: str, subject: Subject) -> SharedRecord | None:
        """What the platform knows of a firm from its assessments: the newest that was answered, under its form's
        source; under its form's list, that one was sent back. None: nothing."""
        query = select(matters.c.document).where(
            matters.c.firm_number == subject.number,
            matters.c.kind.in_([MatterKind.EVENT.value, MatterKind.CHECKUP.value]),
        )
        with self._database.read() as connection:
            found = [read_matter(json.loads(text)) for text in connection.scalars(query)]
        for matter in sorted(found, key=lambda one: one.opened_at, reverse=True):
            returned = next((step for step in matter.steps if step.act is Act.RETURN), None)
            if matter.details.get(LISTED) == source and returned is not None:
                return SharedRecord(source, subject, {"reason": returned.words}, note=f"自评 {matter.number} 被退回")
            if matter.details.get(SOURCE) == source and matter.stage in (MatterStage.ANSWERED, MatterStage.CLOSED):
                return _assessed(source, subject, matter, returned is None)
        return None

    def tidy(self, before: dt.datetime) -> int:
        """Take matters that were closed before then off their windows' lists. How many."""
        query = select(matters.c.matter_id, matters.c.device_id).where(
            matters.c.stage == MatterStage.CLOSED.value, matters.c.changed_at < isoformat(before)
        )
        with self._database.write() as connection:
            old = connection.execute(query).all()
            for row in old:
                if self._feeds.current(FEED, row.matter_id) is not None:
                    self._feeds.put(connection, FEED, row.matter_id, None, row.device_id)
        return len(old)

    # ------------------------------------------------------------------------------------------------- inside

    def _once(
        self,
        op_id: str,
        matter_id: str,
        device_id: str,
        request_hash: str,
        work: Callable[[Connection], Result],
    ) -> Result:
        with self._database.write(f"op:{op_id}", f"matter:{matter_id}") as connection:
            known = recall(connection, op_id, _KIND, device_id, request_hash)
            if known:
                return known
            result = work(connection)
            remember(connection, op_id, _KIND, device_id, request_hash, result, isoformat(self._clock.now()))
            return result

    def _matter(self, connection: Connection, matter_id: str) -> Matter:
        text = connection.scalar(select(matters.c.document).where(matters.c.matter_id == matter_id))
        if text is None:
            raise KeyError(matter_id)
        return read_matter(json.loads(text))

    def _moved(self, connection: Connection, matter: Matter, step: Step) -> Matter:
        try:
            moved = matter.after(step)
        except Refused as error:
            raise Problem(422, "not-now", error.title, error.what) from None
        if moved is not matter:
            row = select(matters.c.device_id).where(matters.c.matter_id == matter.matter_id)
            self._put(connection, moved, str(connection.scalar(row)))
        return moved

    def _put(self, connection: Connection, matter: Matter, device_id: str) -> None:
        document = matter_document(matter)
        values = {
            "number": matter.number,
            "kind": matter.kind.value,
            "stage": matter.stage.value,
            "device_id": device_id,
            "firm_number": matter.firm_number,
            "due": document["due"],
            "document": h.canonical(document).decode(),
            "changed_at": isoformat(self._clock.now()),
        }
        statement: Any = self._database.insert(matters).values(matter_id=matter.matter_id, **values)
        connection.execute(statement.on_conflict_do_update(index_elements=["matter_id"], set_=values))
        self._feeds.put(connection, FEED, matter.matter_id, document, device_id)
        if matter.rating is not None:
            self._sum_up(connection, agency_of(matter))

    def _sum_up(self, connection: Connection, name: str) -> None:
        """Say anew how an intermediary stands. Two jobs that end at once would each miss the other: one waits."""
        if not name:
            return
        self._database.rules.claim(connection, f"agency:{name}")
        query = select(matters.c.document).where(matters.c.kind == MatterKind.AGENCY.value)
        standing = standing_of(name, (read_matter(json.loads(text)) for text in connection.scalars(query)))
        if standing is not None:
            document = {"id": name, "jobs": standing.jobs, "stars": standing.stars}
            self._feeds.put(connection, AGENCIES, name, document)


def _timed(read: Callable[[Any], Any], document: JsonObject) -> Any:
    """A 31st of February passes the schema's pattern."""
    try:
        return read(document)
    except ValueError:
        raise Problem(422, "bad-document", "数据不符合上报格式", "时间不存在") from None


def _assessed(source: str, subject: Subject, matter: Matter, good: bool) -> SharedRecord:
    details = matter.details
    score = details.get(SCORE, "")
    facts = {
        "assessment_number": matter.number,
        "assessment_score": str(round(float(score))) if score else "",
        "subject": matter.subject,
        "route": details.get(ROUTE, ""),
        "answers": details.get(ANSWERS, ""),
    }
    until = details.get(UNTIL, "")
    return SharedRecord(
        source, subject, {key: value for key, value in facts.items() if value}, good,
        "" if good else f"自评 {matter.number} 被退回，须重新自评", dt.date.fromisoformat(until) if until else None,
    )  # fmt: skip
