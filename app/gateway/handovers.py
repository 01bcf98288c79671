"""转办: cases that another region decides go to its platform, and what it says comes back.

Exactly once, whatever fails on the way: every call bears a key that follows from the case, so that a repetition is
known there by its key and an answer that was lost is given again. A case counts as handed over only when all of it is
there; until then it stands here as 待转办 and is tried again, ever more slowly. What the other region says is taken in
together with the cursor up to which it was read.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import logging
import threading
import uuid
from collections.abc import Callable
from typing import Any, Protocol

from sqlalchemy import Connection, Row, select

from app.domain.clock import Clock, isoformat, parse_iso
from app.domain.errors import EnvironmentProblem, YichuangError
from app.domain.territory import HandoverState, Territory
from app.gateway.cases import CaseDesk, Decision, Stage, locked
from app.gateway.database import Database
from app.gateway.feeds import MESSAGES
from app.gateway.files import FileDesk
from app.gateway.http import REGION_DEVICE
from app.gateway.problems import Problem
from app.gateway.region_tables import handover_pages, handovers, regions
from app.gateway.regions import Partner, RegionDesk
from app.gateway.tables import cases, files, pages
from app.licences.region_seal import make_seal
from app.server.checking import BadDocument, JsonObject, check_against
from app.server.client import CaseReply, FeedPage, GatewayClient, Sealed
from app.server.errors import CursorExpired, Rejected, TryLater, Unreachable
from app.server.message_schemas import MESSAGE
from app.server.wire import FileBody

log = logging.getLogger(__name__)

_SPACE = uuid.UUID("6f9e2c4e-60d5-4d5c-9a0c-7f4f3f0f5a11")
"""Keys of hand-overs are UUIDv5 in it: the same case and page give the same key, after any crash too."""
_FIRST, _LONGEST = dt.timedelta(seconds=2), dt.timedelta(minutes=10)
_BATCH = 20
_TIMEOUT = (3.0, 30.0)


class Line(Protocol):
    """What is needed of app.server.client.GatewayClient."""

    def submit_case(self, op_id: str, document: JsonObject, local_seq: int = 0, *, seal: str = "") -> CaseReply: ...

    def upload(self, op_id: str, body: FileBody, data: bytes) -> Sealed: ...

    def feed(self, name: str, after: str | None, limit: int = 200) -> FeedPage: ...

    def close(self) -> None: ...


class HandoverDesk:
    """Does the work in passes (`work`), one at a time; several processes of a hall do no harm to each other."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        cases_desk: CaseDesk,
        file_desk: FileDesk,
        region_desk: RegionDesk,
        connect: Callable[[Partner, str], Line] | None = None,
    ) -> None:
        """connect: a line to a partner, as the device that we are there."""
        self._database = database
        self._clock = clock
        self._cases = cases_desk
        self._files = file_desk
        self._regions = region_desk
        self._connect = connect or (lambda partner, device: GatewayClient(partner.url, device, partner.token, _TIMEOUT))
        self._one_at_a_time = threading.Lock()
        self._silent: dict[str, tuple[dt.datetime, dt.timedelta]] = {}
        """Partner -> not asked for news before, and how long that pause was."""

    def work(self) -> int:
        """Seal what is new, hand over what is due, take in what came back; how many cases moved."""
        with self._one_at_a_time:
            own = self._regions.own()
            partners = [one for one in self._regions.partners() if one.url]
            if own is None or not partners:
                return 0
            moved = self._seal_new(own, partners)
            for partner in partners:
                moved += self._with(partner, own)
            return moved

    def retry_now(self) -> int:
        """Somebody knows that the other side is well again: nobody's pause counts any more. As `work`."""
        self._silent.clear()
        with self._database.write() as connection:
            connection.execute(
                handovers.update()
                .where(handovers.c.state == HandoverState.WAITING)
                .values(next_at=isoformat(self._clock.now()))
            )
        return self.work()

    def waiting(self) -> list[Row[Any]]:
        """待转办 and 退回, the oldest first: case_id, case_no, region, state, reason, attempts."""
        query = (
            select(handovers, cases.c.case_no)
            .join(cases, cases.c.case_id == handovers.c.case_id)
            .where(handovers.c.state != HandoverState.HANDED)
            .order_by(cases.c.received_at)
        )
        with self._database.read() as connection:
            return list(connection.execute(query))

    def handed(self) -> list[Row[Any]]:
        """已转办: case_id, region, number there."""
        with self._database.read() as connection:
            return list(connection.execute(select(handovers).where(handovers.c.state == HandoverState.HANDED)))

    # ------------------------------------------------------------------------------------------------ sealing

    def _seal_new(self, own: Territory, partners: list[Partner]) -> int:
        """Put the receive seal on cases that have none, and tell their windows that they wait."""
        known = {one.region.code: one.region for one in partners}
        new = (
            select(cases)
            .outerjoin(handovers, handovers.c.case_id == cases.c.case_id)
            .where(cases.c.territory.in_(list(known)), handovers.c.case_id.is_(None))
            .limit(_BATCH)
        )
        with self._database.read() as connection:
            found = connection.execute(new).all()
        key = self._regions.signing_key() if found else None
        for row in found:
            if key is None:
                break
            to = known[row.territory]
            seal = make_seal(
                key,
                own,
                to,
                case_id=row.case_id,
                case_no=row.case_no,
                provisional_no=row.provisional_no,
                item_code=row.item_code,
                digest=row.document_hash,
                received_at=parse_iso(row.received_at),
            )
            values = {"region": to.code, "state": HandoverState.WAITING.value, "seal": seal, "number": ""}
            more = {"attempts": 0, "heard": 0, "next_at": isoformat(self._clock.now()), "reason": ""}
            statement: Any = self._database.insert(handovers).values(case_id=row.case_id, **values, **more)
            with self._database.write() as connection:
                if connection.execute(statement.on_conflict_do_nothing()).rowcount:
                    self._tell(
                        connection, row.case_id, to, HandoverState.WAITING, seal, "", "已加盖收件专用章，等待转办"
                    )
        return len(found)

    # --------------------------------------------------------------------------------------------- one partner

    def _with(self, partner: Partner, own: Territory) -> int:
        due = self._due(partner)
        news = self._awaited(partner)
        if not due and not news:
            return 0
        line = self._connect(partner, REGION_DEVICE + own.code)
        try:
            moved = 0
            for row in due:
                with contextlib.suppress(Problem):  # another process of the hall is at this one
                    moved += self._hand_over(line, partner, row)
            return moved + (self._take_in(line, partner) if news else 0)
        finally:
            line.close()

    def _due(self, partner: Partner) -> list[Row[Any]]:
        """Cases whose turn it is and all of whose pages are here; and handed ones with a page that came later."""
        now = isoformat(self._clock.now())
        missing = select(pages.c.case_id).where(pages.c.sealed_at.is_(None))
        owed = (
            select(pages.c.case_id)
            .outerjoin(
                handover_pages,
                (handover_pages.c.case_id == pages.c.case_id)
                & (handover_pages.c.material_id == pages.c.material_id)
                & (handover_pages.c.sha256 == pages.c.sha256),
            )
            .where(pages.c.sealed_at.is_not(None), handover_pages.c.case_id.is_(None))
        )
        query = (
            select(handovers, cases.c.document, cases.c.case_no)
            .join(cases, cases.c.case_id == handovers.c.case_id)
            .where(
                handovers.c.region == partner.region.code,
                handovers.c.next_at <= now,
                ((handovers.c.state == HandoverState.WAITING) & handovers.c.case_id.not_in(missing))
                | ((handovers.c.state == HandoverState.HANDED) & handovers.c.case_id.in_(owed)),
            )
            .order_by(handovers.c.next_at)
            .limit(_BATCH)
        )
        with self._database.read() as connection:
            return list(connection.execute(query))

    def _hand_over(self, line: Line, partner: Partner, row: Row[Any]) -> int:
        """The case, then its pages, then the mark that it is there. Any of it may be repeated."""
        try:
            # As it was received: the seal is over this text.
            document = json.loads(row.document) if row.state == HandoverState.WAITING else None
            number = row.number
            if document is not None:
                reply = line.submit_case(str(uuid.uuid5(_SPACE, row.case_id)), document, seal=row.seal)
                if not reply.accepted:
                    raise Rejected(200, "办理地退回", "；".join(flaw.message for flaw in reply.reasons))
                number = reply.case_no
            self._send_pages(line, row.case_id, supplement=document is None)
        except (Unreachable, TryLater, OSError) as error:
            return self._postpone(partner, row, error)
        except Rejected as refusal:
            # What is said of us (a token, a seal) may be put right by an administrator: it is tried again.
            return (
                self._postpone(partner, row, refusal)
                if refusal.about_the_device
                else self._refuse(partner, row, refusal)
            )
        if document is None:
            return 1
        with self._database.write(f"handover:{row.case_id}") as connection:
            state = connection.scalar(select(handovers.c.state).where(handovers.c.case_id == row.case_id))
            if state != HandoverState.WAITING:
                return 0  # another process was as far
            self._mark(connection, row.case_id, state=HandoverState.HANDED, number=number, reason="", handed=True)
            more = _handover(partner.region, HandoverState.HANDED, number, row.seal)
            words = f"已转办：{partner.region.name}，办理地编号 {number}"
            self._cases.move(connection, row.case_id, Stage.ACCEPTED, Decision(words), more)
        return 1

    def _send_pages(self, line: Line, case_id: str, *, supplement: bool) -> None:
        sent = select(handover_pages.c.material_id, handover_pages.c.sha256).where(handover_pages.c.case_id == case_id)
        query = (
            select(pages.c.material_id, pages.c.sha256, files.c.size, files.c.media_type)
            .join(files, files.c.sha256 == pages.c.sha256)
            .where(pages.c.case_id == case_id, pages.c.sealed_at.is_not(None))
        )
        with self._database.read() as connection:
            known = {(row.material_id, row.sha256) for row in connection.execute(sent)}
            wanted = [row for row in connection.execute(query) if (row.material_id, row.sha256) not in known]
        for row in wanted:
            op_id = str(uuid.uuid5(_SPACE, f"{case_id}/{row.material_id}/{row.sha256}"))
            body = FileBody(case_id, row.material_id, row.sha256, row.media_type, row.size, supplement)
            line.upload(op_id, body, self._files.path(row.sha256).read_bytes())
            statement: Any = self._database.insert(handover_pages).values(
                case_id=case_id, material_id=row.material_id, sha256=row.sha256
            )
            with self._database.write() as connection:
                connection.execute(statement.on_conflict_do_nothing())

    def _postpone(self, partner: Partner, row: Row[Any], error: YichuangError | OSError) -> int:
        pause = min(_FIRST * 2 ** min(row.attempts, 12), _LONGEST)
        reason = error.title if isinstance(error, YichuangError) else "本平台的文件读不出"
        log.warning("handing over to %s was put off: %s", partner.region.code, type(error).__name__)
        with self._database.write(f"handover:{row.case_id}") as connection:
            self._mark(
                connection, row.case_id, attempts=row.attempts + 1, reason=reason, next_at=self._clock.now() + pause
            )
            if row.attempts == 0 and row.state == HandoverState.WAITING:
                words = f"待转办：{partner.region.name}的平台暂时联系不上，恢复后自动转办"
                self._tell(connection, row.case_id, partner.region, HandoverState.WAITING, row.seal, "", words)
        return 0

    def _refuse(self, partner: Partner, row: Row[Any], refusal: Rejected) -> int:
        reason = refusal.detail or refusal.title
        with self._database.write(f"handover:{row.case_id}") as connection:
            self._mark(connection, row.case_id, state=HandoverState.REFUSED, reason=reason)
            words = f"办理地退回：{reason}"
            self._tell(connection, row.case_id, partner.region, HandoverState.REFUSED, row.seal, "", words)
        return 1

    # ---------------------------------------------------------------------------------------------- what comes back

    def _awaited(self, partner: Partner) -> bool:
        """Is there a case of which the partner has still something to say?"""
        now = self._clock.now()
        if (silent := self._silent.get(partner.region.code)) is not None and now < silent[0]:
            return False
        query = (
            select(handovers.c.case_id)
            .join(cases, cases.c.case_id == handovers.c.case_id)
            .where(
                handovers.c.region == partner.region.code,
                handovers.c.state == HandoverState.HANDED,
                cases.c.stage != int(Stage.DECIDED),
            )
            .limit(1)
        )
        with self._database.read() as connection:
            return connection.execute(query).first() is not None

    def _take_in(self, line: Line, partner: Partner) -> int:
        cursor, moved, more = partner.cursor, 0, True
        while more:
            try:
                page = line.feed(MESSAGES, cursor)
            except CursorExpired:
                # From the beginning: what was heard before is known by its revision.
                cursor = None
                continue
            except (EnvironmentProblem, Rejected) as error:
                pause = min(self._silent.get(partner.region.code, (None, _FIRST / 2))[1] * 2, _LONGEST)
                self._silent[partner.region.code] = (self._clock.now() + pause, pause)
                log.warning("no news from %s: %s", partner.region.code, type(error).__name__)
                return moved
            self._silent.pop(partner.region.code, None)
            with self._database.write(f"region:{partner.region.code}") as connection:
                moved += sum(self._hear(connection, partner, document) for document in page.items)
                connection.execute(
                    regions.update().where(regions.c.code == partner.region.code).values(cursor=page.next)
                )
            cursor, more = page.next, page.more
        return moved

    def _hear(self, connection: Connection, partner: Partner, document: JsonObject) -> int:
        """One message of the other region about a case that we handed over; anything else is passed over."""
        try:
            check_against(MESSAGE, document)
        except BadDocument:
            log.warning("a message from %s breaks the contract", partner.region.code)
            return 0
        case_id, stage = document["case_id"], document["stage"]
        row = connection.execute(
            select(handovers).where(handovers.c.case_id == case_id, handovers.c.region == partner.region.code)
        ).one_or_none()
        rev = document["id"].removeprefix(f"{case_id}.")
        if row is None or stage not in list(Stage) or not rev.isdecimal() or int(rev) <= row.heard:
            return 0  # not ours, a possible double there, or heard before
        own = locked(connection, case_id)
        if own.stage == Stage.DECIDED:
            return 0
        self._mark(connection, case_id, heard=int(rev))
        due = dt.date.fromisoformat(document["due"]) if document["due"] else None
        decision = Decision(document["words"], due, document["result"])
        more = _handover(partner.region, HandoverState.HANDED, row.number, row.seal)
        if own.stage == stage:
            self._cases.tell(connection, own, decision, document["kind"], more)
        else:
            self._cases.move(connection, case_id, Stage(stage), decision, more)
        return 1

    # ------------------------------------------------------------------------------------------------ inside

    def _mark(
        self,
        connection: Connection,
        case_id: str,
        *,
        next_at: dt.datetime | None = None,
        handed: bool = False,
        **values: Any,
    ) -> None:
        if next_at is not None:
            values["next_at"] = isoformat(next_at)
        if handed:
            values |= {"handed_at": isoformat(self._clock.now()), "attempts": 0}
        connection.execute(handovers.update().where(handovers.c.case_id == case_id).values(**values))

    def _tell(
        self,
        connection: Connection,
        case_id: str,
        region: Territory,
        state: HandoverState,
        seal: str,
        number: str,
        words: str,
    ) -> None:
        more = _handover(region, state, number, seal)
        self._cases.tell(connection, locked(connection, case_id), Decision(words), "notice", more)


def _handover(region: Territory, state: HandoverState, number: str, seal: str) -> JsonObject:
    territory = {"code": region.code, "name": region.name}
    return {"handover": {"territory": territory, "state": state.value, "number": number, "seal": seal}}
